"""One check with everything that it found: why, for whom, how to fix, and every place, a problem at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from reports.html.by_rule import TOLD, Found
from reports.html.findings import TEAMS, Findings, Item, Link, owner_file, rule_file
from reports.html.issue import issue_text
from reports.html.picture import Crop, crop
from reports.html.untested import criterion_text
from reports.problems import Hit, Problem
from reports.text import cut, one_line
from reports.words import ROLES, STANDINGS
from rules.model import Verdict
from rules.standards.wcag import criteria

SENTENCES = 100
PAGES = 20
ELEMENTS = 3000
"""What a document has at most; the numbers below are what its pieces take of them."""

_FRAME, _OF_ENTRY, _OF_PAGE, _OF_SENTENCE = 150, 45, 5, 5
LONGEST_TEXT = 1500
LONGEST_SNIPPET = 800
_ACT = "https://www.w3.org/WAI/standards-guidelines/act/rules/"


class PageHit(NamedTuple):
    """A page that has the problem, how often, and where its text is edited."""

    link: Link
    times: int
    edit: Link = Link("")


@dataclass(frozen=True, slots=True)
class Entry:
    """One problem or question of a check, with the first place where it was seen and the pages that have it."""

    item: Item
    anchor: str
    message: str
    blocks: bool
    selector: str
    snippet: str
    frame: str
    variants: str
    fingerprint: str
    pages: tuple[PageHit, ...]
    page_count: int
    picture: Crop | None = None
    owners: tuple[Link, ...] = ()
    issue: Markup = Markup()


@dataclass(frozen=True, slots=True)
class Check:
    """All that the page of a check shows."""

    id: str
    title: str
    part: int
    parts: tuple[Link, ...]
    why: str
    fix: str
    role: str
    standing: str
    criteria: tuple[Link, ...]
    methods: tuple[Link, ...]
    problems: tuple[Entry, ...]
    problems_left: int
    questions: tuple[Entry, ...]
    questions_left: int
    sentences: tuple[PageHit, ...]
    sentences_left: int


def check(findings: Findings, found: Found, part: int = 0) -> Check:
    """A document of a rule with its problems and open questions; the first of its parts tells of sentences as well."""
    info, here = found.info, found.parts[part]
    standings = {STANDINGS[problem.standing] for problem in found.told} or {STANDINGS["advice"]}
    worded = sorted(findings.wordings.get(info.id, ()), key=lambda one: (-one[1], one[0])) if part == 0 else []
    sentences = tuple(_with_sentences(findings, place, times) for place, times in worded[:SENTENCES])
    pages = _pages_of_each(len(here), len(sentences))
    entries = [(problem.verdict, entry(findings, problem, pages=pages)) for problem in here]
    ends = found.problems[:TOLD][-1:] == [one for one in here if one.verdict is Verdict.FAILED][-1:]
    return Check(
        id=one_line(info.id, 80),
        title=one_line(info.title, 200),
        part=part + 1,
        parts=tuple(Link(f"Part {at + 1}", rule_file(info.id, at)) for at in range(len(found.parts))),
        why=cut(info.why, LONGEST_TEXT),
        fix=cut(info.fix, LONGEST_TEXT),
        role=ROLES[info.role],
        standing="; ".join(sorted(standings)),
        criteria=tuple(_criterion(number) for number in info.wcag),
        methods=tuple(Link(f"ACT rule {name}", f"{_ACT}{name}/") for name in info.act if _is_act(name)),
        problems=tuple(one for verdict, one in entries if verdict is Verdict.FAILED),
        problems_left=max(len(found.problems) - TOLD, 0) if ends else 0,
        questions=tuple(one for verdict, one in entries if verdict is not Verdict.FAILED),
        questions_left=max(len(found.questions) - TOLD, 0) if part == len(found.parts) - 1 else 0,
        sentences=sentences,
        sentences_left=len(worded) - len(sentences),
    )


def _pages_of_each(entries: int, sentences: int) -> int:
    """How many pages each entry names, so that the document stays within `ELEMENTS`."""
    room = ELEMENTS - _FRAME - _OF_SENTENCE * sentences
    return max(1, min(PAGES, (room // max(entries, 1) - _OF_ENTRY) // _OF_PAGE))


def _with_sentences(findings: Findings, place: tuple[int, int], times: int) -> PageHit:
    link = findings.page_link(place)
    return PageHit(link._replace(href=f"{link.href}#reading") if link.href else link, times, findings.edit(place))


def entry(findings: Findings, problem: Problem, *, pages: int = PAGES) -> Entry:
    """A problem as a section of its check's page."""
    place = problem.place
    variants = sorted({variant for hit in problem.hits for variant in hit.variants})
    named = [_page_hit(findings, problem, hit) for hit in problem.hits[:pages]]
    return Entry(
        item=findings.item(problem),
        anchor=findings.anchor(problem),
        message=cut(problem.message, LONGEST_TEXT),
        blocks=problem.blocks,
        selector=cut(place.selector, 300) if place else "",
        snippet=cut(place.snippet, LONGEST_SNIPPET) if place else "",
        frame=one_line(place.frame, 200) if place else "",
        variants=one_line(", ".join(variants)),
        fingerprint=one_line(problem.fingerprint, 40),
        pages=tuple(named),
        page_count=len(problem.hits),
        picture=_picture(findings, problem),
        owners=_owners(findings, problem),
        issue=escape(issue_text(findings, problem)) if problem.verdict is Verdict.FAILED else escape(""),
    )


def _page_hit(findings: Findings, problem: Problem, hit: Hit) -> PageHit:
    """A page that has a problem; only what is fixed in its text leads to where that is edited."""
    where = (problem.site, hit.page)
    edit = findings.edit(where) if problem.rule.role == "content" else Link("")
    return PageHit(findings.page_link(where), hit.count, edit)


def _owners(findings: Findings, problem: Problem) -> tuple[Link, ...]:
    return tuple(Link(owner.told, owner_file(owner.team)) for owner in findings.owned.teams_of(problem)[:TEAMS])


def _picture(findings: Findings, problem: Problem) -> Crop | None:
    """The place on the first of the shown pages of which there is a picture."""
    for hit in problem.hits[:PAGES]:
        page = findings.page((problem.site, hit.page))
        if found := crop(page, hit.place, findings.files, what=one_line(hit.message, 120)):
            return found
    return None


def _criterion(number: str) -> Link:
    known = criteria().get(number)
    return Link(criterion_text(number), known.understanding if known else "")


def _is_act(name: str) -> bool:
    return re.fullmatch(r"[a-z0-9]{6}", name) is not None
