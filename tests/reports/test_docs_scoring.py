"""docs/scoring.md says what the code does: its example runs, its tables are the code's."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
import score_cases as cases

from reports.score import FORMULA as F
from reports.score import tables

DOC = Path(__file__).parents[2] / "docs" / "scoring.md"

TABLES = {
    "constants": tables.constants_table(),
    "groups": tables.groups_table(),
    "criteria": tables.criteria_table(),
    "orientation": tables.orientation_table((case, cases.oriented(case)) for case in cases.ORIENTATION),
}


def test_the_worked_example_gives_the_numbers_in_the_text() -> None:
    results = doctest.testfile(str(DOC), module_relative=False)
    assert results.attempted > 10
    assert results.failed == 0


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_those_of_the_code(name: str) -> None:
    block = re.search(rf"<!-- generated: {name} -->\n(.*?)\n?<!-- end -->", DOC.read_text("utf-8"), re.DOTALL)
    assert block is not None
    assert block[1] == TABLES[name], f"docs/scoring.md should hold:\n\n{TABLES[name]}"


def short(value: float) -> str:
    """A constant as the text writes it: .9 and not 0.9, 1 and not 1.0."""
    return f"{value:g}".lstrip("0")


@pytest.mark.parametrize(
    "sentence",
    [
        f"b = min(1, {short(F.extent_one)} + {short(F.extent_slope)} · log10 f)",
        f"A check of the page as a whole: b = {short(F.extent_page)}.",
        f"critical {short(F.critical)}, serious {short(F.serious)},",
        f"moderate {short(F.moderate)}, minor {short(F.minor)}.",
        f"100 · Π (1 − {short(F.share)} · m · B)^({short(F.damping)}^j)",
        f"m is {short(F.primary)} for a primary and {short(F.secondary)} for a secondary criterion",
        f"A group gets a number when K ≥ {short(F.coverage)}",
        f"{short(1)} + {short(F.kind_slope)} · log10(1 + its known pages)",
        f"Service = {short(F.site_mean)} · M + {short(F.site_worst)} · Q",
        f"{F.level * 100:g} % of {F.draws} draws",
        f"More than {F.untested * 100:g} % of pages",
        f"formula version {F.version}",
    ],
)
def test_constants_in_the_prose_are_those_of_the_code(sentence: str) -> None:
    assert sentence in " ".join(DOC.read_text("utf-8").split())
