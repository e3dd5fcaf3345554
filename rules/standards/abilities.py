"""Which groups of people a success criterion serves, by three published maps.

The maps speak of functional performance: EN 301 549 (clauses 4.2.1 to 4.2.11) and the United States'
Section 508 (302.1 to 302.9). `GROUPS` joins their statements into the five groups that get a number and
four that appear with findings only. Source of every row: `_source` in `abilities.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from rules.errors import CurbcutError, UsageError

Relation = Literal["primary", "secondary"]
DEFAULT_MAP = "en-v4.1"
PLAIN_LANGUAGE = "plain-language"

MAPS: Mapping[str, str] = MappingProxyType(
    {
        "en-v4.1": "EN 301 549 V4.1, Annex B",
        "en-v3.2.1": "EN 301 549 V3.2.1, Annex B",
        "us-508": "Section 508, functional performance criteria",
    }
)

STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "WV": "4.2.1 Usage without vision",
        "LV": "4.2.2 Usage with limited vision",
        "WPC": "4.2.3 Usage without perception of colour",
        "WH": "4.2.4 Usage without hearing",
        "LH": "4.2.5 Usage with limited hearing",
        "WVC": "4.2.6 Usage with no or limited vocal capability",
        "LMS": "4.2.7 Usage with limited manipulation or strength",
        "LR": "4.2.8 Usage with limited reach",
        "PST": "4.2.9 Minimize photosensitive seizure triggers",
        "LC": "4.2.10 Usage with limited cognition, language or learning",
        "PR": "4.2.11 Privacy",
        "302.1": "302.1 Without Vision",
        "302.2": "302.2 With Limited Vision",
        "302.3": "302.3 Without Perception of Color",
        "302.4": "302.4 Without Hearing",
        "302.5": "302.5 With Limited Hearing",
        "302.6": "302.6 Without Speech",
        "302.7": "302.7 With Limited Manipulation",
        "302.8": "302.8 With Limited Reach and Strength",
        "302.9": "302.9 With Limited Language, Cognitive, and Learning Abilities",
    }
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people and the statements of both sides of the Atlantic that it joins."""

    id: str
    people: str
    en: tuple[str, ...]
    us: tuple[str, ...]
    headline: bool = True

    def legal(self, side: Literal["en", "us"]) -> tuple[str, ...]:
        """The statements' names as the standard prints them, for EN 301 549 or Section 508."""
        return tuple(STATEMENTS[key] for key in (self.en if side == "en" else self.us))


GROUPS: tuple[Group, ...] = (
    Group("without-vision", "people without vision", ("WV",), ("302.1",)),
    Group("limited-vision", "people with limited vision", ("LV", "WPC"), ("302.2", "302.3")),
    Group("hearing", "people without or with limited hearing", ("WH", "LH"), ("302.4", "302.5")),
    Group("manipulation", "people with limited manipulation, reach or strength", ("LMS", "LR"), ("302.7", "302.8")),
    Group("cognition", "people with limited language, cognitive or learning abilities", ("LC",), ("302.9",)),
    Group("colour-perception", "people without perception of colour", ("WPC",), ("302.3",), headline=False),
    Group("speech", "people with no or limited speech", ("WVC",), ("302.6",), headline=False),
    Group("seizures", "people with photosensitive seizures", ("PST",), (), headline=False),
    Group("privacy", "people who need privacy while they use assistive technology", ("PR",), (), headline=False),
)

HEADLINE: tuple[str, ...] = tuple(group.id for group in GROUPS if group.headline)


@dataclass(frozen=True, slots=True)
class AbilityMap:
    """One published map: how each criterion relates to each group.

    `relations` is criterion → group → relation; what is not in it does not serve the group. `derived`
    are the criteria whose row the source does not have (`_source` says where it was taken from).
    """

    name: str
    title: str
    relations: Mapping[str, Mapping[str, Relation]]
    derived: frozenset[str]

    def relation(self, criterion: str, group: str) -> Relation | None:
        """How a criterion serves a group; None when it does not."""
        return self.relations.get(criterion, {}).get(group)


@cache
def ability_map(name: str = DEFAULT_MAP) -> AbilityMap:
    """The map of that name; raises `UsageError` that lists the known ones."""
    if name not in MAPS:
        raise UsageError(f"There is no ability map named {name!r}.", do=f"Use one of: {', '.join(MAPS)}.")
    rows: dict[str, dict[str, tuple[str, str]]] = _data()["criteria"]
    relations = {criterion: _relations(*row[name]) for criterion, row in rows.items()}
    # No standard has a criterion for plain language; whom it serves is what EN 301 549 calls 4.2.10.
    relations[PLAIN_LANGUAGE] = MappingProxyType({"cognition": "primary"})
    return AbilityMap(name, MAPS[name], MappingProxyType(relations), frozenset(_data()["derived"][name]))


def served_groups(names: Iterable[str]) -> frozenset[str]:
    """The ids of the groups that a rule's `serves` names; of all groups when it names none.

    A name is a group's id or a statement ("WV", "302.9"). One that is neither is a defect of the rule.
    """
    chosen = tuple(names)
    groups = _groups_by_name()
    for name in chosen:
        if name not in groups:
            raise CurbcutError(
                f"There is no group or statement named {name!r}.", do=f"Use one of: {', '.join(groups)}."
            )
    return frozenset(group for name in chosen or groups for group in groups[name])


def trusted_tester(test: str, criterion: str) -> tuple[str, ...]:
    """The statements that a test of DHS Trusted Tester v5 serves, to narrow a rule by; () when unknown."""
    tests: dict[str, dict[str, str]] = _data()["trusted_tester"]
    return tuple(tests.get(test, {}).get(criterion, "").split())


def _relations(primary: str, secondary: str) -> Mapping[str, Relation]:
    # A group joins several statements, and the larger relation counts: hence primary last.
    groups = _groups_by_name()
    found: dict[str, Relation] = {}
    for key in secondary.split():
        found.update(dict.fromkeys(groups[key], "secondary"))
    for key in primary.split():
        found.update(dict.fromkeys(groups[key], "primary"))
    return MappingProxyType(found)


@cache
def _groups_by_name() -> Mapping[str, tuple[str, ...]]:
    names = [group.id for group in GROUPS] + list(STATEMENTS)
    return MappingProxyType(
        {name: tuple(g.id for g in GROUPS if name == g.id or name in g.en or name in g.us) for name in names}
    )


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("rules.standards").joinpath("abilities.json").read_text("utf-8"))
    return loaded
