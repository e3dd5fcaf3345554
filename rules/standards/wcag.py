"""WCAG's success criteria and the profiles that require some of them, as typed data.

The criteria are those of WCAG 2.0 to 2.2 at all levels, with 4.1.1 that WCAG 2.2 withdrew. A profile is
what one law or standard requires: all A and AA criteria of one version. Source: `_source` in `wcag.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from rules.errors import UsageError

Level = Literal["A", "AA", "AAA"]
Standing = Literal["required", "beyond", "advice"]
DEFAULT_PROFILE = "wcag22-aa"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion; `removed_in` is the version of WCAG that withdrew it, "" for all but 4.1.1."""

    id: str
    title: str
    level: Level
    since: str
    slug: str
    removed_in: str = ""

    @property
    def understanding(self) -> str:
        """The address of W3C's explanation of it."""
        version = "21" if self.removed_in else "22"
        return f"https://www.w3.org/WAI/WCAG{version}/Understanding/{self.slug}"

    def is_in(self, version: str) -> bool:
        """Whether a version of WCAG ("2.0", "2.1", "2.2") has it, at whatever level."""
        return self.since <= version and not (self.removed_in and self.removed_in <= version)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one law or standard requires: `criteria` are the A and AA criteria of WCAG `version`."""

    id: str
    title: str
    version: str
    criteria: frozenset[str]


def numeric(criterion: str) -> tuple[int, ...]:
    """A sort key that puts 1.4.3 before 1.4.10, and names that are not numbers last."""
    parts = criterion.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else (99,)


@cache
def criteria() -> Mapping[str, Criterion]:
    """Every success criterion by its number, in the order of WCAG."""
    rows: dict[str, list[Any]] = _data()["criteria"]
    return MappingProxyType({number: Criterion(number, *row) for number, row in rows.items()})


@cache
def profiles() -> Mapping[str, Profile]:
    """Every profile by its id, the default one first."""
    rows: dict[str, list[str]] = _data()["profiles"]
    return MappingProxyType(
        {
            name: Profile(name, title, version, frozenset(c.id for c in criteria().values() if _asked(c, version)))
            for name, (title, version) in rows.items()
        }
    )


def profile(name: str = DEFAULT_PROFILE) -> Profile:
    """The profile of that id; raises `UsageError` that lists the known ones."""
    try:
        return profiles()[name]
    except KeyError:
        known = ", ".join(profiles())
        raise UsageError(f"There is no profile named {name!r}.", do=f"Use one of: {known}.") from None


def standing(wcag: Iterable[str], required_by: Profile) -> Standing:
    """How a rule with these criteria stands under a profile: the strongest standing of any of them.

    `required` by the profile, `beyond` it but in WCAG 2.2 A or AA, else `advice` (AAA and best practice).
    """
    named = frozenset(wcag)
    if named & required_by.criteria:
        return "required"
    return "beyond" if named & profile().criteria else "advice"


def _asked(criterion: Criterion, version: str) -> bool:
    return criterion.level != "AAA" and criterion.is_in(version)


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("rules.standards").joinpath("wcag.json").read_text("utf-8"))
    return loaded
