"""The tables of `docs/scoring.md`, from the code and data that they describe; a test keeps them equal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from reports.score.formula import FORMULA
from reports.score.scores import PageScore
from rules.standards.abilities import DEFAULT_MAP, GROUPS, HEADLINE, PLAIN_LANGUAGE, ability_map
from rules.standards.wcag import numeric, profile


def constants_table() -> str:
    """Every constant of the formula with its meaning."""
    rows = [(f"`{f.name}`", str(getattr(FORMULA, f.name)), str(f.metadata["meaning"])) for f in fields(FORMULA)]
    return _markdown(("constant", "value", "meaning"), rows)


def groups_table() -> str:
    """Every group with the statements that it joins, and whether it gets a number."""
    rows = [
        (
            f"`{group.id}`",
            group.people,
            "; ".join(group.legal("en")),
            "; ".join(group.legal("us")) or "none",
            "yes" if group.headline else "no",
        )
        for group in GROUPS
    ]
    return _markdown(("group", "people", "EN 301 549", "Section 508", "number"), rows)


def criteria_table(map: str = DEFAULT_MAP) -> str:
    """Which scored criteria serve each headline group under a map."""
    abilities = ability_map(map)
    scored = sorted(profile().criteria | {PLAIN_LANGUAGE}, key=numeric)
    rows = [
        (
            f"`{group}`",
            *(
                ", ".join(c for c in scored if abilities.relation(c, group) == kind)
                for kind in ("primary", "secondary")
            ),
        )
        for group in HEADLINE
    ]
    return _markdown(("group", "primary (m = 1)", "secondary (m = .4)"), rows)


def orientation_table(cases: Iterable[tuple[str, PageScore]]) -> str:
    """What typical pages score, so that a number means something."""
    rows = [
        (
            case,
            *(str(score.groups[name].high) for name in HEADLINE),
            str(score.headline.high) if score.headline else "none",
        )
        for case, score in cases
    ]
    return _markdown(("a page with", *HEADLINE, "headline"), rows)


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
