"""The reading grade of a whole service: its band, its hardest pages, and the words and sentences that drive it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from reports.html.findings import Findings, Link
from reports.model import PageResult
from reports.reading_grade import band_said, target_of, target_said
from reports.text import cut, language_tag, one_line
from reports.words import counted
from rules.plain.grades import Tally, grade_of
from rules.plain.wording import Wording

PAGES = 10
SENTENCES = 5
WORDS = 10
_NAMES = {"en": "English", "es": "Spanish"}

_Place = tuple[int, int]
_Worded = tuple[_Place, PageResult, Wording]


class PageGrade(NamedTuple):
    """A page with its band and how it stands towards the target."""

    link: Link
    title: str
    band: str
    standing: str
    words: int


class Driving(NamedTuple):
    """A sentence that drives the grade of its page."""

    text: str
    link: Link


@dataclass(frozen=True, slots=True)
class ServiceReading:
    """What is said of a service's prose in one language; `said` are sentences, the band first.

    `pages` are the graded ones, hardest first, `graded` how many there are.
    """

    language: str
    name: str
    said: tuple[str, ...]
    pages: tuple[PageGrade, ...]
    graded: int
    words: str
    sentences: tuple[Driving, ...]


def service_reading(findings: Findings, index: int) -> tuple[ServiceReading, ...]:
    """The reading of a service, for each language that its pages are graded in, the one with most words first."""
    by_language: dict[str, list[_Worded]] = {}
    for at, page in enumerate(findings.scan.sites[index].pages):
        if page.tested and page.wording is not None:
            by_language.setdefault(page.wording.language, []).append(((index, at), page, page.wording))
    most_first = sorted(by_language.items(), key=lambda item: (-sum(one[2].words for one in item[1]), item[0]))
    return tuple(_read(findings, language, pages) for language, pages in most_first)


def _read(findings: Findings, language: str, pages: Sequence[_Worded]) -> ServiceReading:
    target = target_of(findings.scan.settings)
    graded = [one for one in pages if one[2].low is not None and one[2].high is not None]
    graded.sort(key=lambda one: (-(one[2].low or 0), -(one[2].high or 0), one[0]))
    return ServiceReading(
        language=language_tag(language),
        name=_NAMES.get(language, one_line(language, 40)),
        said=tuple(_said(language, pages, len(graded), target)),
        pages=tuple(_page(findings, one, target) for one in graded[:PAGES]),
        graded=len(graded),
        words=", ".join(_words(graded)),
        sentences=tuple(_sentences(findings, graded)),
    )


def _said(language: str, pages: Sequence[_Worded], graded: int, target: int) -> Iterator[str]:
    added = reduce(Tally.plus, (wording.counted for _, _, wording in pages), Tally())
    extent = f"{counted(added.words, 'word')} in sentences on {counted(len(pages), 'page')}"
    band = grade_of(added, language=language)
    if band is None:
        yield f"Too short to grade: {extent}."
        return
    yield f"Reading grade {band_said(*band)}, {target_said(*band, target)}: {extent}, read as one text."
    above = sum((wording.low or 0) > target for _, _, wording in pages)
    yield f"Long enough for a grade of their own: {counted(graded, 'page')}, {above:,} of them above the target."


def _page(findings: Findings, one: _Worded, target: int) -> PageGrade:
    place, page, wording = one
    band = (wording.low or 0, wording.high or 0)
    link = findings.page_link(place)
    link = link._replace(href=f"{link.href}#reading") if link.href else link
    return PageGrade(link, one_line(page.title, 120), band_said(*band), target_said(*band, target), wording.words)


def _words(graded: Sequence[_Worded]) -> Iterator[str]:
    """The words that drive the grade on most pages."""
    pages = Counter(word for _, page, _ in graded if page.reading for word in set(page.reading.words[:WORDS]))
    for word in sorted(pages, key=lambda word: (-pages[word], word))[:WORDS]:
        yield one_line(word, 40)


def _sentences(findings: Findings, graded: Sequence[_Worded]) -> Iterator[Driving]:
    """The first sentence that drives the grade of each of the hardest pages; what pages share is told once."""
    told: set[str] = set()
    for place, page, _ in graded:
        driving = (one.text for one in page.reading.sentences if one.drives) if page.reading else ()
        text = next((text for text in driving if text not in told), None)
        if text is not None and len(told) < SENTENCES:
            told.add(text)
            yield Driving(cut(text, 400), findings.page_link(place))
