"""The page on coverage: which success criteria rules test, how far, and what is left to a person."""

from __future__ import annotations

from collections.abc import Sequence

from generate_text import NOTE, plain, table

from reports.coverage import extent
from reports.words import counted
from rules.axe import axe_infos, axe_left_out, axe_words
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
    fully = [one for one in asked if extent(one.id, infos) == "fully"]
    partly = [one for one in asked if extent(one.id, infos) == "partly"]
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

## Who decides what

Every rule of axe-core, and who decides what it looks at. Where an own rule decides, axe-core's is switched off, so that
nothing is reported twice. What axe-core cannot decide is a question for a person; how many of them remain on pages of
others is told in [accuracy.md](accuracy.md#what-axe-core-leaves-open).

{table(("Rule of axe-core", "Decided by", "Note"), _deciders(infos))}
"""


def _row(criterion: Criterion, infos: Sequence[RuleInfo]) -> tuple[str, ...]:
    own = [f"[{info.id}](rules.md#{info.id})" for info in infos if info.origin != AXE]
    axe = [info for info in infos if info.origin == AXE]
    by = ", ".join([*own, *([counted(len(axe), "rule") + " of axe-core"] if axe else [])]) or "nobody"
    tested = extent(criterion.id, infos)
    left = "" if tested == "fully" else left_to_people().get(criterion.id, "")
    return (f"{criterion.id} {plain(criterion.title)}", criterion.level, tested, by, plain(left) or "nothing")


def _deciders(infos: Sequence[RuleInfo]) -> list[tuple[str, ...]]:
    """Every rule of axe-core with who decides what it looks at: an own rule, axe-core, or nobody and why."""
    instead: dict[str, list[str]] = {}
    for info in infos:
        for name in info.replaces:
            instead.setdefault(name, []).append(f"[{info.id}](rules.md#{info.id})")
    rows = {name: ("nobody", reason) for name, reason in axe_left_out().items()}
    for info in axe_infos():
        rows[info.id] = ("axe-core", _certainty(axe_words()[info.id].certain))
    for name, own in instead.items():
        off = plain(axe_left_out()[name]) if name in axe_left_out() else "Switched off in axe-core."
        rows[name] = (", ".join(own), off)
    return [(f"`{name}`", who, why if who.startswith("[") else plain(why)) for name, (who, why) in sorted(rows.items())]


def _certainty(certain: bool | str) -> str:
    if certain is False:
        return "Its failures are questions for a person."
    return "" if certain is True else "Its failures count where they are certain, elsewhere they are questions."
