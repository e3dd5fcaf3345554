"""The `[owners]` table of a project's settings as teams with their pages; an error names its line."""

from __future__ import annotations

from collections.abc import Mapping

from reports.owners import Owner, Owners
from rules.errors import ConfigError
from scanner.config import shown, unknown_name
from scanner.crawl.globs import Glob

KEYS = ("contact", "pages", "kinds")
MOST, LONGEST = 100, 200
_EXAMPLE = 'Write: [owners] "Benefits team" = { contact = "benefits@example.gov", pages = ["/benefits/*"] }'


def read_owners(table: Mapping[str, object], *, where: str = "") -> Owners:
    """The teams that a table names, in its order. Raises ConfigError."""
    if len(table) > MOST:
        raise ConfigError(f"owners names {len(table)} teams, and {MOST} are the most.", where=where)
    return Owners(tuple(_owner(team, known, where) for team, known in table.items()))


def _owner(team: str, known: object, where: str) -> Owner:
    if not team.strip() or len(team) > LONGEST:
        raise ConfigError(f"{shown(team)} is not the name of a team.", where=where, do=_EXAMPLE)
    if not isinstance(known, Mapping):
        raise ConfigError(f"the owner {shown(team)} is {shown(known)}, expected a table.", where=where, do=_EXAMPLE)
    for name in known:
        if name not in KEYS:
            raise unknown_name(name, KEYS, thing="a part of an owner", where=where)
    contact = known.get("contact", "")
    if not isinstance(contact, str) or len(contact) > LONGEST:
        raise ConfigError(f"the contact of {shown(team)} is {shown(contact)}, expected a short text.", where=where)
    pages, kinds = _texts(team, known, "pages", where), _texts(team, known, "kinds", where)
    if not pages and not kinds:
        raise ConfigError(f"the owner {shown(team)} has neither pages nor kinds.", where=where, do=_EXAMPLE)
    return Owner(team, contact, tuple(Glob.parse(text, where=where) for text in pages), kinds)


def _texts(team: str, known: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = known.get(key, [])
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, list) or not all(isinstance(one, str) and one for one in several):
        expected = "expected a text or a list of texts"
        raise ConfigError(f"{key} of the owner {shown(team)} is {shown(value)}, {expected}.", where=where)
    return tuple(several)
