"""The fields of a line of `sites.txt`: `key=value` pairs as attributes of a target, each with its own check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, TypeVar, get_args
from urllib.parse import urljoin

from rules.errors import ConfigError
from scanner.browser.requests import RequestPattern
from scanner.config import shown, unknown_name
from scanner.crawl.globs import Glob
from scanner.net.addresses import HostPattern
from scanner.settings import Profile, Reach, Robots

Kind = Literal["principal", "sub-agency", "secondary"]
Choice = TypeVar("Choice", bound=str)
Reader = Callable[[str, str, str], Any]
"""What gives the value of a field from its text, its name, and the place to name in errors."""

KINDS: tuple[Kind, ...] = get_args(Kind)
PROFILES: tuple[Profile, ...] = get_args(Profile)
ROBOTS: tuple[Robots, ...] = get_args(Robots)
REACHES: tuple[Reach, ...] = get_args(Reach)

_FIELD: Final = re.compile(r"""([^\s="']+)=("[^"]*"|'[^']*'|[^\s"']\S*)?(?=\s|$)""")


def read_fields(rest: str, *, url: str, where: str) -> dict[str, Any]:
    """The attributes of a target by name, from what stands behind its address `url`; raises ConfigError."""
    readers = _readers(url)
    found: dict[str, Any] = {}
    for key, value in _fields(rest, where):
        if key not in readers:
            raise unknown_name(key, FIELDS, thing="a field", where=where)
        attribute = key.replace("-", "_")
        if attribute in found:
            raise ConfigError(f"{key} is given twice.", where=where)
        if not value:
            raise ConfigError(f"{key} has no value.", where=where, do=f"Write {key}=… or leave it out.")
        found[attribute] = readers[key](value, key, where)
    return found


def _fields(rest: str, where: str) -> Iterator[tuple[str, str]]:
    rest = rest.strip()
    while rest and not rest.startswith("#"):
        field = _FIELD.match(rest)
        if not field:
            raise _not_a_field(rest, where)
        key, value = field[1], field[2] or ""
        yield key, (value[1:-1] if value[:1] in ('"', "'") else value).strip()
        rest = rest[field.end() :].strip()


def _not_a_field(rest: str, where: str) -> ConfigError:
    if re.match(r"""[^\s="']+=["']""", rest):
        what = f"the quotation mark in {shown(rest)} is not closed, or text follows it without a blank."
        return ConfigError(what, where=where)
    word = rest.split()[0]
    if re.fullmatch(r"(https?://.*|[\w-]+(\.[\w-]+)+(/.*)?)", word):
        return ConfigError(f"{shown(word)} is a second address.", where=where, do="Write one service a line.")
    do = 'Fields look like name="Find a benefit"; a comment starts with #.'
    return ConfigError(f"{shown(word)} is not a field.", where=where, do=do)


def _readers(url: str) -> dict[str, Reader]:
    """Every field with what reads it, for the target at `url`."""
    return {
        "name": _text,
        "kind": _one_of(KINDS),
        "profile": _one_of(PROFILES),
        "max-pages": _count,
        "robots": _one_of(ROBOTS),
        "scope": _one_of(REACHES),
        "include": _patterns,
        "exclude": _patterns,
        "max-depth": _count,
        "allow-requests": _requests(url),
        "allow-hosts": _hosts,
    }


def _text(value: str, key: str, where: str) -> str:
    return value


def _one_of(choices: tuple[Choice, ...]) -> Reader:
    def read(value: str, key: str, where: str) -> Choice:
        for choice in choices:
            if choice == value:
                return choice
        *most, last = choices
        raise ConfigError(f"{key} is {shown(value)}, expected {', '.join(most)} or {last}.", where=where)

    return read


def _patterns(value: str, key: str, where: str) -> tuple[str, ...]:
    """Patterns separated by blanks, which no address holds."""
    return tuple(Glob.parse(text, where=where).text for text in value.split())


def _count(value: str, key: str, where: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ConfigError(f"{key} is {shown(value)}, expected a whole number, 0 for no limit.", where=where)
    return int(value)


def _requests(base: str) -> Reader:
    """Patterns separated by commas; a path means the target's own server."""

    def one(text: str, where: str) -> RequestPattern:
        method, _, url = text.partition(" ")
        try:
            return RequestPattern.parse(f"{method} {urljoin(base, url.strip()) if url else ''}")
        except ConfigError as error:
            what = f"allow-requests holds {shown(text)}, expected a method and an address or path."
            do = 'Write for instance allow-requests="POST /graphql, POST https://api.example.gov/search"'
            raise ConfigError(what, where=where, do=do) from error

    return lambda value, key, where: tuple(one(text.strip(), where) for text in value.split(","))


def _hosts(value: str, key: str, where: str) -> tuple[HostPattern, ...]:
    """Hosts separated by commas."""
    try:
        return tuple(HostPattern(text.strip()) for text in value.split(","))
    except ConfigError as error:
        raise ConfigError(f"{key}: {error.what}.", where=where, do=error.do) from error


FIELDS: Final = tuple(_readers(""))
"""The names of all fields, in the order in which errors and documentation name them."""
