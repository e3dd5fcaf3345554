"""Each criterion that profiles can require says what a person still has to look at."""

from __future__ import annotations

from rules.standards.left import left_to_people
from rules.standards.wcag import criteria


def test_every_criterion_of_levels_a_and_aa_is_in_it_and_no_other() -> None:
    asked = {one.id for one in criteria().values() if one.level != "AAA" and one.is_in("2.2")}
    assert set(left_to_people()) == asked


def test_each_is_a_sentence() -> None:
    assert all(text.startswith("Whether ") and text.endswith(".") for text in left_to_people().values())
