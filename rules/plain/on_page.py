"""Rules on words as rules for pages: what they find in the prose of a page, told at its elements."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.model import DocumentRule, Outcome, PageRule, Rule, failed, passed
from rules.plain.findings import findings
from rules.plain.prose import Finding, Prose
from rules.plain.style import Style
from rules.text import short

if TYPE_CHECKING:
    from rules.element import Element
    from rules.page import Page
    from rules.page_prose import PageProse

MOST = 20
"""So many places of a page are told for each rule; who writes as hard as that knows it by then."""

_LENGTH = 80
"""Characters of the text to search for."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """What a rule on words, under a style, makes of a page."""

    rule: DocumentRule
    style: Style

    def __call__(self, page: Page) -> Iterator[Outcome]:
        """The outcomes on a page, one for each element that has prose."""
        return _judged(self, page)

    def found(self, prose: PageProse) -> tuple[Finding, ...]:
        """The findings in the prose of a page, looked for once."""
        if id(self) not in prose.known:
            prose.known[id(self)] = (self, findings(self.rule, prose, self.style))
        return prose.known[id(self)][1]


def on_page(rule: DocumentRule, style: Style) -> PageRule:
    """The rule as one that judges pages: one outcome for each element with findings, passed for the others.

    Only pages in the rule's languages are judged.
    """
    return Rule(rule.info, OnPage(rule, style), rule.languages)


def excerpt(prose: Prose, finding: Finding) -> str:
    """The text to search for: the words found, from the beginning of their sentence where that is near enough."""
    number = bisect_right(prose.units, finding.start, key=lambda unit: unit.start) - 1
    around = prose.units[number].sentences if number >= 0 else ()
    inside = [sentence for sentence in around if sentence.start <= finding.start < sentence.end]
    if not inside:
        return short(prose.text[finding.start : finding.end], _LENGTH)
    start, end = inside[0].start, max(inside[0].end, finding.end)
    if finding.end - start > _LENGTH and finding.end - finding.start < end - start:
        start = finding.start
    return short(prose.text[start:end], _LENGTH)


def _judged(judge: OnPage, page: Page) -> Iterator[Outcome]:
    prose = page.prose
    if prose.language not in judge.rule.languages:
        return
    places: dict[Element, list[Finding]] = {element: [] for element in prose.elements}
    for finding in judge.found(prose):
        element = prose.element_at(finding.start)
        if element is not None:
            places[element].append(finding)
    told = [(element, found) for element, found in places.items() if found]
    for number, (element, found) in enumerate(told[:MOST], start=1):
        more = len(told) - MOST if number == MOST else 0
        words = excerpt(prose, found[0])
        yield failed(element, _message(found, words, more=more), words=words)
    for element, found in places.items():
        if not found:
            yield passed(element)


def _message(found: list[Finding], words: str, *, more: int) -> str:
    first = found[0]
    parts = [first.message, f"Search for “{words}”."]
    if first.suggestion:
        parts.append(f"Plainer: “{first.suggestion}”.")
    if len(found) > 1:
        parts.append(f"It is the first of {len(found)} in this part.")
    if more > 0:
        parts.append(f"{more} more parts of this page have it.")
    return " ".join(parts)
