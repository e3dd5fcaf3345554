"""How an address is built: what of it names a kind of page, and what only counts, dates or identifies one of many."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from scanner.crawl.urls import site

NUMBER, TOKEN = "#", "{id}"
LONGEST_PATH = 25
MOST_REPEATS = 3

_DIGITS = re.compile(r"\d+")
_ONLY_NUMBERS = re.compile(r"[\W_]*(?:#[\W_]*)+")
_YEAR = r"(?:19|20|21)\d\d"
_DATE = re.compile(rf"{_YEAR}(?:[-_.]?(?:0?[1-9]|1[0-2])(?:[-_.]?(?:0?[1-9]|[12]\d|3[01]))?)?(?:T[\d:.Z+-]*)?")
_PART_OF_DATE = re.compile(r"\d{1,2}|w\d{1,2}", re.IGNORECASE)
_DATE_NAME = re.compile(
    r"(?:.*[-_.\[])?(?:dates?|year|month|week|day|hour|time|yr|fecha|mes|a[nñ]o|mois|jour|annee|startdate|enddate)\]?",
    re.IGNORECASE,
)
# Parameters that name a page, where others filter or sort one.
_PAGE_NAME = re.compile(
    r".*id|p|page|start|offset|node|article|doc|document|item|name|slug|title|view|option|task|section|lang", re.I
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_RANDOM = re.compile(r"(?=(?:[^\d]*\d){3})(?=(?:[^a-z]*[a-z]){3})[a-z0-9_~-]{16,}", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """One normalised address taken apart; `segments` and `pairs` are those of its path and query."""

    url: str
    site: str
    segments: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, url: str) -> Shape:
        """The shape of a normalised address."""
        parts = urlsplit(url)
        segments = tuple(segment for segment in parts.path.split("/") if segment)
        pairs = [piece.partition("=") for piece in parts.query.split("&") if piece]
        return cls(url, site(url) or "", segments, tuple((name, value) for name, _, value in pairs))

    @cached_property
    def skeleton(self) -> tuple[str, ...]:
        """The path with every number as `#` and every random id as `{id}`."""
        return tuple(TOKEN if is_token(segment) else _DIGITS.sub(NUMBER, segment) for segment in self.segments)

    @cached_property
    def family(self) -> tuple[str, ...]:
        """Site and folders without those that only count or date: `/calendar/2026/05` is of `/calendar`."""
        return (self.site, *(piece for piece in self.skeleton if not _is_variable(piece)))

    @cached_property
    def pattern(self) -> str:
        """The kind of address as a person reads it: `/calendar/#/#`, `/list?colour&size`."""
        names = sorted({_DIGITS.sub(NUMBER, name) for name, _ in self.pairs})
        return f"/{'/'.join(self.skeleton)}" + (f"?{'&'.join(names)}" if names else "")

    @cached_property
    def varies(self) -> bool:
        """Whether anything in it counts or identifies one of many."""
        return bool(self.pairs) or any(NUMBER in piece or piece == TOKEN for piece in self.skeleton)

    @cached_property
    def is_dated(self) -> bool:
        """Whether it names a day, week, month or year, and nothing that stands at that date."""
        numbers = [segment for segment, piece in zip(self.segments, self.skeleton, strict=True) if _is_variable(piece)]
        in_path = bool(numbers) and _DATE.fullmatch(numbers[0]) is not None
        if numbers and not (in_path and all(_PART_OF_DATE.fullmatch(number) for number in numbers[1:])):
            return False
        in_path = in_path and _is_variable(self.skeleton[-1])
        return in_path or any(_is_date(name, value) for name, value in self.pairs)

    @cached_property
    def token_at(self) -> int:
        """The place of the first random id in the path, -1 for none."""
        return self.skeleton.index(TOKEN) if TOKEN in self.skeleton else -1

    def filters_like(self, other: Shape) -> bool:
        """Whether it is the other's address with a filter more or another one, as lists with filters link to."""
        own, its = Counter(self.pairs), Counter(other.pairs)
        if self.segments != other.segments or not its:
            return False
        if its < own:
            return True
        more, less = own - its, its - own
        if more.total() != 1 or less.total() != 1 or own.total() < 2:
            return False
        (name, _), (before, _) = next(iter(more)), next(iter(less))
        return name == before and not _PAGE_NAME.fullmatch(name)

    @cached_property
    def repeats(self) -> bool:
        """Whether its path repeats itself, as links to a folder do that are taken from inside that folder."""
        words = [segment for segment in self.segments if not segment.isdigit()]
        if len(self.segments) > LONGEST_PATH or max(Counter(words).values(), default=0) > MOST_REPEATS:
            return True
        most = len(words) // MOST_REPEATS
        return any(_block(words, size) for size in range(1, most + 1))


def is_token(segment: str) -> bool:
    """Whether a segment reads like a random id, and not like words or a number."""
    text = unquote(segment)
    if _UUID.fullmatch(text):
        return True
    return _RANDOM.fullmatch(text) is not None and text.count("-") + text.count("_") <= 1


def _is_variable(piece: str) -> bool:
    return piece == TOKEN or _ONLY_NUMBERS.fullmatch(piece) is not None


def _is_date(name: str, value: str) -> bool:
    text = unquote(value)
    if _DATE.fullmatch(text):
        return len(text) > 4 or _DATE_NAME.fullmatch(unquote(name)) is not None
    return bool(_DIGITS.search(text)) and _DATE_NAME.fullmatch(unquote(name)) is not None


def _block(words: list[str], size: int) -> bool:
    """Whether some `size` words stand three times in a row."""
    length = size * MOST_REPEATS
    return any(
        words[start : start + size] * MOST_REPEATS == words[start : start + length]
        for start in range(len(words) - length + 1)
    )
