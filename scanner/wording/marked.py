"""A judged text in lines for a terminal: its sentences with numbered brackets around what is hard, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from reports.reading_grade import band_said, target_said
from reports.text import one_line
from reports.words import counted
from rules.plain.prose import Sentence, Unit
from rules.plain.reading import DRIVING
from scanner.wording.judged import GRADED, Found, Judged

_SHOWN = 70
"""Characters of a sentence by which it is found."""

TOO_SHORT = "too short to grade"
NOT_GRADED = "not graded: the text is not in English or Spanish"


def marked(one: Judged, *, by_line: bool = True) -> Iterator[str]:
    """The sentences with findings in the order of the text, each with its notes, and a summary behind them.

    They are counted by lines where the text is one of lines (`by_line`), else by paragraphs, headings and items.
    """
    text, found = one.prose.text, one.found
    lines = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]
    name, starts = ("line", lines) if by_line else ("part", [unit.start for unit in one.prose.units])

    def named(place: int) -> str:
        return f"{name} {bisect_right(starts, place)}"

    for begin, end, notes in _stretches(one):
        yield f"{named(begin)}: {_bracketed(text, begin, end, notes)}"
        for number, note in enumerate(notes, start=1):
            plainer = f" Plainer: {note.finding.suggestion}" if note.finding.suggestion else ""
            yield f"  ({number}) {note.rule}: {note.finding.message}{plainer}"
        yield ""
    if not found and one.prose.language == "en":
        yield "Nothing hard was found by these rules."
    if one.prose.language == "es":
        yield "In Spanish only lengths and the house style are looked at."
    yield from summary(one, named)


def summary(one: Judged, named: Callable[[int], str]) -> Iterator[str]:
    """Words, sentences, grade with what drives it, findings by rule; `named` tells a place."""
    words, sentences = len(one.prose.words), len(one.prose.sentences)
    yield f"{counted(words, 'word')}, {counted(sentences, 'sentence')}"
    yield f"Reading grade: {grade_words(one)}{_target(one)}"
    yield from _driving(one, named)
    yield from _sections(one)
    if one.found:
        yield f"{counted(len(one.found), 'finding')}, {one.rate:,.0f} per 1,000 words"
        longest = max(map(len, one.counts))
        most_first = sorted(one.counts.items(), key=lambda item: (-item[1], item[0]))
        for rule, number in most_first:
            yield f"  {rule:<{longest}}  {number:>4,}"
        yield f"What a rule asks for, and why: curbcut rules {most_first[0][0]}"


def grade_words(one: Judged) -> str:
    """The band of grades in words, or why there is none."""
    if one.grade is not None:
        low, high = one.grade.low, one.grade.high
        return band_said(low, high)
    return TOO_SHORT if one.prose.language in GRADED else NOT_GRADED


def _target(one: Judged) -> str:
    return f", {target_said(one.grade.low, one.grade.high, one.target)}" if one.grade else ""


def _driving(one: Judged, named: Callable[[int], str]) -> Iterator[str]:
    """The words and the sentences that drive the grade."""
    if one.grade is None:
        return
    if one.grade.words:
        yield f"  Words that drive it: {', '.join(one.grade.words)}"
    for sentence in one.grade.sentences[:DRIVING]:
        yield f"  A sentence that does, {named(sentence.start)}: {one_line(one.prose.at(sentence), _SHOWN)}"


def _sections(one: Judged) -> Iterator[str]:
    """The sections that are long enough for a grade, where they are not the whole text."""
    parted = one.sections
    if len(parted) < 2:
        return
    for section in parted:
        if section.low is not None and section.high is not None:
            standing = target_said(section.low, section.high, one.target)
            heading = section.heading or "before the first heading"
            yield f"  {heading}: {band_said(section.low, section.high)}, {standing}"


def _stretches(one: Judged) -> Iterator[tuple[int, int, list[Found]]]:
    """The sentences that have findings, with these; findings that go further take the sentences along."""
    places = _places(one)
    starts = [place.start for place in places]
    begin, end, notes = 0, 0, list[Found]()
    for found in one.found:
        number = max(0, bisect_right(starts, found.finding.start) - 1)
        place = places[number] if places else found.finding
        if notes and place.start < end:
            end = max(end, found.finding.end)
            notes.append(found)
            continue
        if notes:
            yield begin, end, notes
        begin, end, notes = min(place.start, found.finding.start), max(place.end, found.finding.end), [found]
    if notes:
        yield begin, end, notes


def _places(one: Judged) -> list[Sentence | Unit]:
    return [place for unit in one.prose.units for place in (unit.sentences or (unit,))]


def _bracketed(text: str, begin: int, end: int, notes: Sequence[Found]) -> str:
    """The text from `begin` to `end` with `[…](1)` around what the first note is about, and so on."""
    marks: list[tuple[int, int, int, str]] = []
    for number, note in enumerate(notes, start=1):
        first, last = note.finding.start, max(note.finding.start, note.finding.end)
        # At one place what ends closes before what begins opens; the outer opens first and closes last.
        marks.append((first, 1, -last, "["))
        marks.append((last, 0, -first, f"]({number})"))
    pieces: list[str] = []
    place = begin
    for at, _, _, mark in sorted(marks):
        pieces += [text[place:at], mark]
        place = max(place, at)
    return " ".join("".join([*pieces, text[place:end]]).split())
