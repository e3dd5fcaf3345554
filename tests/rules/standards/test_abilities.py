"""The ability maps: how many criteria serve each group, and how names lead to groups."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from rules.errors import CurbcutError, UsageError
from rules.standards.abilities import (
    GROUPS,
    HEADLINE,
    MAPS,
    PLAIN_LANGUAGE,
    STATEMENTS,
    ability_map,
    served_groups,
    trusted_tester,
)
from rules.standards.wcag import profile


def counts(name: str) -> dict[str, tuple[int, int]]:
    """How many criteria of WCAG 2.2 A and AA serve each group as primary and as secondary."""
    found = ability_map(name)
    return {
        group.id: tuple(
            sum(found.relation(criterion, group.id) == relation for criterion in profile().criteria)
            for relation in ("primary", "secondary")
        )  # type: ignore[misc]
        for group in GROUPS
    }


def test_the_default_map_gives_each_group_what_its_table_gives_the_statements() -> None:
    """The counts of V4.1's table for single statements; for unions, the larger relation of each row."""
    assert counts("en-v4.1") == {
        "without-vision": (35, 3),
        "limited-vision": (41, 10),
        "hearing": (9, 8),
        "manipulation": (26, 13),
        "cognition": (37, 15),
        "colour-perception": (7, 2),
        "speech": (6, 4),
        "seizures": (3, 3),
        "privacy": (2, 0),
    }


@pytest.mark.parametrize("name", MAPS)
def test_every_criterion_that_is_scored_has_a_row(name: str) -> None:
    relations = ability_map(name).relations
    assert {c for c in profile().criteria if c not in relations} == set()
    assert ability_map(name).derived <= set(relations)


def test_rows_that_a_source_does_not_have_are_named() -> None:
    assert ability_map("en-v3.2.1").derived == {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}
    assert len(ability_map("us-508").derived) == 18


def test_the_us_map_knows_yes_and_no_and_nothing_for_some_groups() -> None:
    found = counts("us-508")
    assert {secondary for _, secondary in found.values()} == {0}
    assert [name for name, both in found.items() if both == (0, 0)] == ["seizures", "privacy"]


@pytest.mark.parametrize(
    ("criterion", "group", "relation"),
    [
        ("1.1.1", "hearing", "primary"),
        ("1.4.2", "hearing", "primary"),  # limited hearing only
        ("1.4.1", "limited-vision", "primary"),
        ("1.4.1", "without-vision", None),
        ("3.3.2", "colour-perception", "secondary"),
        (PLAIN_LANGUAGE, "cognition", "primary"),
        (PLAIN_LANGUAGE, "hearing", None),
        ("1.4.6", "limited-vision", None),
    ],
)
def test_a_union_takes_the_larger_relation(criterion: str, group: str, relation: str | None) -> None:
    assert ability_map().relation(criterion, group) == relation


def test_five_groups_get_a_number() -> None:
    assert HEADLINE == ("without-vision", "limited-vision", "hearing", "manipulation", "cognition")


def test_groups_know_the_names_that_both_standards_print() -> None:
    hearing = next(group for group in GROUPS if group.id == "hearing")
    assert hearing.legal("us") == ("302.4 Without Hearing", "302.5 With Limited Hearing")
    assert hearing.legal("en") == ("4.2.4 Usage without hearing", "4.2.5 Usage with limited hearing")


def test_what_a_rule_serves_may_be_named_by_group_or_statement() -> None:
    assert served_groups(()) == {group.id for group in GROUPS}
    assert served_groups(("302.4",)) == served_groups(("WH",)) == served_groups(("hearing",)) == {"hearing"}
    assert served_groups(("302.1", "LC")) == {"without-vision", "cognition"}
    assert served_groups(("WPC",)) == {"limited-vision", "colour-perception"}
    with pytest.raises(CurbcutError, match=r"'302\.10'"):
        served_groups(("302.10",))


def test_an_unknown_map_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="us-508"):
        ability_map("en-v5")


def test_trusted_tester_narrows_below_a_criterion() -> None:
    """Captions' sibling: an audio transcript serves hearing, an alternative for silent video vision."""
    assert trusted_tester("16.A", "1.2.1") == ("302.4", "302.5", "302.9")
    assert trusted_tester("16.B", "1.2.1") == ("302.1", "302.2", "302.9")
    assert trusted_tester("99.Z", "1.2.1") == ()


@pytest.mark.parametrize("name", ["abilities.json", "wcag.json"])
def test_data_names_its_published_source_and_only_known_statements(name: str) -> None:
    data = json.loads(files("rules.standards").joinpath(name).read_text("utf-8"))
    assert data["_source"]
    if name == "abilities.json":
        rows = [" ".join(pair) for row in data["criteria"].values() for pair in row.values()]
        rows += [statements for test in data["trusted_tester"].values() for statements in test.values()]
        assert {key for row in rows for key in row.split()} <= set(STATEMENTS)
