"""Success criteria and profiles: the counts that their standards give."""

from __future__ import annotations

import pytest

from rules.errors import UsageError
from rules.standards.wcag import criteria, numeric, profile, profiles, standing


@pytest.mark.parametrize(
    ("name", "count", "parsing"),
    [
        ("wcag22-aa", 55, False),
        ("us-508", 38, True),
        ("us-ada-title-ii", 50, True),
        ("eu-en301549-v3.2.1", 50, True),
        ("eu-en301549-v4.1", 55, False),
        ("uk-psbar", 55, False),
    ],
)
def test_profiles_have_as_many_criteria_as_their_standard(name: str, count: int, parsing: bool) -> None:
    """4.1.1 belongs to every version of WCAG before 2.2."""
    found = profile(name)
    assert len(found.criteria) == count
    assert ("4.1.1" in found.criteria) is parsing


def test_there_are_86_criteria_of_wcag_22_and_the_withdrawn_one() -> None:
    by_level = [c.level for c in criteria().values() if c.is_in("2.2")]
    assert (len(by_level), by_level.count("A"), by_level.count("AA")) == (86, 31, 24)
    assert [c.id for c in criteria().values() if c.removed_in] == ["4.1.1"]
    assert [c.id for c in criteria().values()] == sorted(criteria(), key=numeric)


def test_a_criterion_knows_where_w3c_explains_it() -> None:
    assert criteria()["1.4.10"].understanding == "https://www.w3.org/WAI/WCAG22/Understanding/reflow"
    assert criteria()["4.1.1"].understanding == "https://www.w3.org/WAI/WCAG21/Understanding/parsing"


def test_an_unknown_profile_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="wcag22-aa, us-508"):
        profile("wcag3")
    assert next(iter(profiles())) == "wcag22-aa"


@pytest.mark.parametrize(
    ("wcag", "name", "expected"),
    [
        (("1.4.3",), "us-508", "required"),
        (("1.4.10",), "us-508", "beyond"),
        (("1.4.10", "1.4.3"), "us-508", "required"),
        (("2.4.11",), "us-ada-title-ii", "beyond"),
        (("1.4.6",), "wcag22-aa", "advice"),
        ((), "wcag22-aa", "advice"),
        (("4.1.1",), "wcag22-aa", "advice"),
        (("4.1.1",), "us-508", "required"),
    ],
)
def test_a_profile_says_how_a_rule_stands(wcag: tuple[str, ...], name: str, expected: str) -> None:
    assert standing(wcag, profile(name)) == expected


def test_numbers_sort_as_numbers_and_names_last() -> None:
    assert sorted(["plain-language", "1.4.10", "1.4.3"], key=numeric) == ["1.4.3", "1.4.10", "plain-language"]
