"""The sections of a text with the grade of each: where in a long text the hard part is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.plain.grades import count, grade_of
from rules.plain.prose import Prose, Unit
from rules.text import short

MOST = 40
"""So many sections are told; a text with more has them one screen long each."""

_HEADING = 80
"""Characters of a heading by which a section is found."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (empty for what stands before the first one) and what follows up to the next.

    `words` are all but those of headings and quotations. `low` and `high` are None where it is too short to grade.
    """

    heading: str
    words: int
    low: int | None = None
    high: int | None = None


def sections(prose: Prose) -> tuple[Section, ...]:
    """The sections in order, those without words left out; none for a text without headings, which is one."""
    if not any(unit.kind == "heading" for unit in prose.units):
        return ()
    made = (_section(prose, units) for units in _parted(prose))
    return tuple(section for section in made if section.words)[:MOST]


def _parted(prose: Prose) -> Iterator[list[Unit]]:
    """The units of each section, its heading first."""
    part: list[Unit] = []
    for unit in prose.units:
        if unit.kind == "heading" and part:
            yield part
            part = []
        part.append(unit)
    if part:
        yield part


def _section(prose: Prose, units: list[Unit]) -> Section:
    heading = prose.at(units[0]) if units[0].kind == "heading" else ""
    every = [one for unit in units if unit.kind not in ("heading", "quotation") for one in unit.sentences]
    counted = count(tuple(sentence for sentence in every if sentence.whole), language=prose.language)
    low, high = grade_of(counted, language=prose.language) or (None, None)
    return Section(short(heading, _HEADING), sum(len(sentence.words) for sentence in every), low, high)
