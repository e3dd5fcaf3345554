"""The words in which results are told: one catalogue, so that every document says the same thing alike.

Below it stands what must never be said, and what to say instead. A report that calls a page accessible,
or names people by what they lack, does harm however right its numbers are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from rules.model import Impact, Role
from rules.page import PageState
from rules.standards.wcag import Standing

HONESTY = (
    "Automated checks find only part of all problems. A result without findings does not show that people "
    "can use a service; try it with people who have disabilities."
)
NO_FAILURE = "no failure found by automated checks"


class ImpactWords(NamedTuple):
    """How bad a problem is: a label, the same for an open question, what several problems or one of them do."""

    label: str
    possible: str
    verb: str
    verb_of_one: str


IMPACTS: Mapping[Impact, ImpactWords] = MappingProxyType(
    {
        "critical": ImpactWords("Stops people", "Could stop people", "stop people", "stops people"),
        "serious": ImpactWords("Makes it hard", "Could make it hard", "make it hard", "makes it hard"),
        "moderate": ImpactWords("Slows", "Could slow", "slow people", "slows people"),
        "minor": ImpactWords("Small", "Could be small", "are small", "is small"),
    }
)

ROLES: Mapping[Role, str] = MappingProxyType(
    {"content": "whoever writes the content", "design": "design", "development": "development"}
)

STANDINGS: Mapping[Standing, str] = MappingProxyType(
    {
        "required": "required by the profile",
        "beyond": "beyond the profile, in WCAG 2.2 A or AA",
        "advice": "advice, weighs nothing in a score",
    }
)


class StateWords(NamedTuple):
    """What became of a page: a few words for a table, and a sentence."""

    label: str
    sentence: str


STATES: Mapping[PageState, StateWords] = MappingProxyType(
    {
        PageState.TESTED: StateWords("looked at", "The checks looked at this page."),
        PageState.BLOCKED: StateWords("refused", "The service refused our visit, or asked for proof or consent first."),
        PageState.LOGIN: StateWords("behind a login", "A login stands in front of it."),
        PageState.SOFT_404: StateWords("not found", "It says that nothing was found, though with a status of success."),
        PageState.ERROR_PAGE: StateWords("error", "The service answered with an error."),
        PageState.TIMEOUT: StateWords("did not finish", "It went on loading until our time was up."),
        PageState.CRASHED: StateWords("crashed", "It brought down the browser's tab, twice."),
        PageState.ROBOTS: StateWords("robots.txt", "The service's robots.txt asks not to visit it."),
        PageState.NOT_HTML: StateWords(
            "not a web page", "It is a document, a picture or something else than a web page."
        ),
        PageState.INCOMPLETE_DATA: StateWords("data missing", "Data that it needs was refused or did not arrive."),
        PageState.UNSTYLED: StateWords("style missing", "A style sheet that it needs did not load."),
        PageState.UNREACHABLE: StateWords("unreachable", "Nothing answered at its address."),
        PageState.DUPLICATE: StateWords("same as another", "It shows the same as a page that was looked at."),
    }
)


_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def counted(number: int, noun: str, plural: str = "") -> str:
    """`number` with its noun: "1 page", "4,180 pages"; `plural` for nouns that do not take an s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day(moment: str) -> str:
    """The day of an ISO 8601 time as people write it, "2 March 2026"; the text itself where it is no time."""
    try:
        known = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{known.day} {_MONTHS[known.month - 1]} {known.year}"


def listed(items: Iterable[str]) -> str:
    """Items as a sentence says them: "one", "one and two", "one, two and three"."""
    *most, last = list(items) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def started(sentence: str) -> str:
    """The sentence with its first letter large; the rest is left alone."""
    return sentence[:1].upper() + sentence[1:]


class Banned(NamedTuple):
    """A way of speaking that must not occur, and what to say instead."""

    pattern: re.Pattern[str]
    say: str


_PLACE = r"(?:pages?|sites?|websites?|services?|forms?|content)"

BANNED: tuple[Banned, ...] = tuple(
    Banned(re.compile(pattern, re.IGNORECASE), say)
    for pattern, say in (
        (r"\b(?:non-?)?(?:compliant|conformant|certified)\b", "no failure found by automated checks"),
        (r"\bviolat(?:es?|ed|ing|ions?)\b", "problem"),
        (rf"\b{_PLACE} (?:has |have |had )?pass(?:e[sd])?\b", "no failure found by automated checks"),
        (rf"\bpass(?:ed|ing) {_PLACE}\b", "no failure found by automated checks"),
        (rf"\b{_PLACE} (?:is|are|was|were) (?:now |fully |not |already )?(?:in)?accessible\b", "say what stops whom"),
        (rf"\b(?:in)?accessible {_PLACE}\b", "say what stops whom"),
        (r"\bfully accessible\b", "no failure found by automated checks"),
        (
            r"\bthe (?:blind|deaf|disabled|handicapped)\b(?! (?:people|person|users?|state|attribute|control|button))",
            "people who cannot see, people who …",
        ),
        (
            r"\b(?:visually|hearing|cognitively|mobility)[ -]impaired\b|\bimpaired (?:people|persons?|users?)\b",
            "people with limited …",
        ),
        (r"\bsuffer(?:s|ing)? from\b|\bwheelchair[ -]bound\b", "people with …, people who use …"),
        (r"\bnormal (?:users?|people|persons?)\b", "people"),
        (
            r"\b\d[\d.,]*\s*(?:%|per ?cent|thousand|million|billion)? of (?:all )?(?:people|users|citizens)\b",
            "no head counts",
        ),
        (r"\b(?:thousands?|millions?|billions?) (?:of )?(?:people|users|citizens)\b", "no head counts"),
        (
            r"\bscreen ?readers? (?:says?|will say|said)\b",
            "the order, names and roles that the browser gives to assistive technology",
        ),
    )
)


def banned_words(text: str) -> list[tuple[str, str]]:
    """Every banned expression in `text` with what to say instead, in the order of the text."""
    found = [(match.start(), match[0], ban.say) for ban in BANNED for match in ban.pattern.finditer(text)]
    return [(expression, say) for _, expression, say in sorted(found)]
