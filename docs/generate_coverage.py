"""The page on coverage: which success criteria rules test, how far, and what is left to a person."""

from __future__ import annotations

from collections.abc import Sequence

from generate_text import NOTE, plain, table

from reports.words import counted
from rules.model import RuleInfo
from rules.registry import load_rules
from rules.standards.left import left_to_people
from rules.standards.wcag import Criterion, criteria

AXE = "axe"


def coverage_page() -> str:
    """Every A and AA criterion of WCAG 2.2 with the rules that test it and what they do not see."""
    infos = load_rules(plugins=()).infos
    asked = [one for one in criteria().values() if one.level != "AAA" and one.is_in("2.2")]
    by_criterion = {one.id: [info for info in infos if one.id in info.wcag] for one in asked}
    fully = [one for one in asked if _extent(by_criterion[one.id]) == "fully"]
    partly = [one for one in asked if _extent(by_criterion[one.id]) == "partly"]
    rows = [_row(one, by_criterion[one.id]) for one in asked]
    head = ("Success criterion", "Level", "Tested", "By", "Left to a person")
    people = len(asked) - len(fully) - len(partly)
    return f"""{NOTE}

# Coverage

What Curbcut tests of the {len(asked)} success criteria of WCAG 2.2 at levels A and AA:
{len(fully)} fully, {len(partly)} partly, {people} by a person only. *Partly* means that rules find some failures with
certainty and that others need somebody to look; then the last column says what for. No automated test, ours included,
shows that a page meets a criterion that it tests partly.

{table(head, rows)}
"""


def _extent(infos: Sequence[RuleInfo]) -> str:
    if not infos:
        return "by a person"
    return "fully" if any(info.covers == "fully" for info in infos) else "partly"


def _row(criterion: Criterion, infos: Sequence[RuleInfo]) -> tuple[str, ...]:
    own = [f"[{info.id}](rules.md#{info.id})" for info in infos if info.origin != AXE]
    axe = [info for info in infos if info.origin == AXE]
    by = ", ".join([*own, *([counted(len(axe), "rule") + " of axe-core"] if axe else [])]) or "nobody"
    left = "" if _extent(infos) == "fully" else left_to_people().get(criterion.id, "")
    return (f"{criterion.id} {plain(criterion.title)}", criterion.level, _extent(infos), by, plain(left) or "nothing")
