"""What no check decides of one service, criterion by criterion: what is there to look at, and on which pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reports.coverage import extent
from reports.html.findings import Findings, Link
from reports.html.untested import criterion_text
from reports.model import PageResult
from reports.problems import Problem
from reports.text import one_line
from reports.words import counted
from rules.inventory import Held
from rules.standards.concerns import concerns, kinds
from rules.standards.left import left_to_people
from rules.standards.wcag import criteria, numeric, profile

PLACES = 5
"""Pages that are named of a thing or a question."""

QUESTIONS = 10
"""Open questions that are told of a criterion."""

NOT_LOOKED_AT = frozenset({"files"})


class ThingPage(NamedTuple):
    """A page that holds a thing: how often, and the first of them, by address or selector."""

    link: Link
    times: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """What the pages hold of one kind, on the pages that hold most of it; `left_out` more pages hold it."""

    anchor: str
    told: str
    looked_at: bool
    pages: tuple[ThingPage, ...]
    left_out: int


class Asked(NamedTuple):
    """An open question under its criterion, with the first pages to look at; `left_out` more pages have it."""

    text: str
    number: int
    href: str
    pages: tuple[Link, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Left:
    """What of one criterion is left: the sentence, what there is to look at, or why there is nothing.

    `beyond` the profile; `every_page` where it concerns pages whatever they hold; `note` is what was not found.
    """

    criterion: Link
    beyond: bool
    sentence: str
    things: tuple[Link, ...]
    every_page: bool
    note: str
    asked: tuple[Asked, ...]
    asked_left_out: int


@dataclass(frozen=True, slots=True)
class LeftToPeople:
    """The criteria that checks test in part or not at all: those with something to look at, of every page, without.

    `examples` are a page of each kind: what concerns every page can be looked at there.
    """

    here: tuple[Left, ...]
    every_page: tuple[Left, ...]
    nothing: tuple[Left, ...]
    things: tuple[Thing, ...]
    examples: tuple[Link, ...]
    example_count: int


def left(findings: Findings, index: int) -> LeftToPeople:
    """What is left to a person of the service at `index`."""
    return _Service(findings, index).told()


class _Service:
    """One service with its tested pages, and what they hold."""

    def __init__(self, findings: Findings, index: int) -> None:
        self.findings = findings
        self.index = index
        site = findings.scan.sites[index]
        self.pages: list[tuple[int, PageResult]] = [(at, page) for at, page in enumerate(site.pages) if page.tested]
        self.required = profile(site.profile).criteria

    def told(self) -> LeftToPeople:
        groups: dict[str, list[Left]] = {"here": [], "every_page": [], "nothing": []}
        for number in sorted(profile().criteria, key=numeric) if self.pages else ():
            if extent(number, self.findings.scan.rules) != "fully":
                groups[self._group(number)].append(self._left(number))
        examples = self._examples()
        sought = {thing.href.removeprefix("#held-") for one in groups["here"] for thing in one.things} | NOT_LOOKED_AT
        return LeftToPeople(
            **{name: tuple(lefts) for name, lefts in groups.items()},
            things=tuple(self._thing(kind) for kind in kinds() if kind in sought & set(self.held)),
            examples=tuple(examples[:PLACES]),
            example_count=len(examples),
        )

    @cached_property
    def held(self) -> dict[str, list[tuple[int, Held]]]:
        """By kind, the pages that hold it with what they hold, those with most of it first."""
        found: dict[str, list[tuple[int, Held]]] = {}
        for at, page in self.pages:
            for held in page.inventory:
                found.setdefault(held.kind, []).append((at, held))
        for several in found.values():
            several.sort(key=lambda one: (-one[1].count, one[0]))
        return found

    @cached_property
    def seen(self) -> dict[str, int]:
        """On how many pages each kind of evidence was there to count by."""
        names = {kind.evidence for kind in kinds().values()}
        told = [page for _, page in self.pages if page.inventory]
        ran = [{probe.name for probe in page.probes if probe.ran} for page in told]
        return {name: len(told) if name == "dom" else sum(name in probes for probes in ran) for name in names}

    def _group(self, number: str) -> str:
        concern = concerns()[number]
        if any(kind in self.held for kind in concern.kinds):
            return "here"
        unknown = any(not self.seen[kinds()[kind].evidence] for kind in concern.kinds)
        return "every_page" if concern.every_page or unknown else "nothing"

    def _left(self, number: str) -> Left:
        asked = [one for one in self.findings.questions_of[self.index] if number in one.rule.wcag]
        here = [kind for kind in concerns()[number].kinds if kind in self.held]
        return Left(
            criterion=Link(criterion_text(number), criteria()[number].understanding),
            beyond=number not in self.required,
            sentence=left_to_people()[number],
            things=tuple(Link(self._counted(kind), f"#held-{kind}") for kind in here),
            every_page=concerns()[number].every_page,
            note="" if here else " ".join(self._missing(number)),
            asked=tuple(self._asked(question) for question in asked[:QUESTIONS]),
            asked_left_out=max(0, len(asked) - QUESTIONS),
        )

    def _missing(self, number: str) -> Iterator[str]:
        """That nothing was found which a criterion concerns, and where nobody could have found it."""
        by_extent: dict[int, list[str]] = {}
        for kind in concerns()[number].kinds:
            by_extent.setdefault(self.seen[kinds()[kind].evidence], []).append(kinds()[kind].one)
        for seen, names in sorted(by_extent.items(), reverse=True):
            things = " or ".join(names)
            if not seen:
                yield f"Not looked for: {things}."
            elif not concerns()[number].every_page:
                where = f"{counted(seen, 'page')} looked at"
                if seen < len(self.pages):
                    where = f"{seen:,} of {counted(len(self.pages), 'page')}; the others were not watched for it"
                yield f"No {things} on the {where}."

    def _counted(self, kind: str) -> str:
        words = kinds()[kind]
        return counted(sum(held.count for _, held in self.held[kind]), words.one, words.several)

    def _thing(self, kind: str) -> Thing:
        holders = self.held[kind]
        pages = (
            ThingPage(self._page(at), held.count, tuple(one_line(place, 100) for place in held.places))
            for at, held in holders[:PLACES]
        )
        told = f"{self._counted(kind)} on {counted(len(holders), 'page')}"
        return Thing(f"held-{kind}", told, kind not in NOT_LOOKED_AT, tuple(pages), max(0, len(holders) - PLACES))

    def _asked(self, question: Problem) -> Asked:
        item = self.findings.item(question)
        pages = tuple(self._page(hit.page) for hit in question.hits[:PLACES])
        return Asked(item.headline, item.number, item.href, pages, max(0, len(question.hits) - PLACES))

    def _page(self, at: int) -> Link:
        return self.findings.page_link((self.index, at))

    def _examples(self) -> list[Link]:
        first: dict[str, int] = {}
        for at, page in self.pages:
            first.setdefault(page.template, at)
        return [self._page(at) for at in first.values()]
