"""The words of judgement: what a rule is, what it yields, and what the audit makes of it.

Rule writers need `page_rule` or `site_rule` and the three verdict makers `failed`, `passed` and
`cant_tell`; everything else here is data that flows from the audit into results and reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from rules.digest import PageDigest
    from rules.element import Element
    from rules.page import Page
    from rules.plain.prose import Finding, Prose
    from rules.plain.style import Style


class Verdict(StrEnum):
    """What is known of one rule at one place; `cant_tell` is shown to people as "needs a person"."""

    FAILED = "failed"
    PASSED = "passed"
    CANT_TELL = "cant_tell"
    UNTESTED = "untested"
    ERROR = "error"


Impact = Literal["critical", "serious", "moderate", "minor"]
Scope = Literal["component", "page"]
Role = Literal["content", "design", "development"]
Kind = Literal["page", "site", "document"]

IMPACTS: tuple[Impact, ...] = ("critical", "serious", "moderate", "minor")


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """Everything about a rule that is data: it travels in results, so that a report needs no rule code.

    `title` says what is true where the rule is met. `why` says who is stopped and how, `fix` what to do.
    `needs` names evidence (`dom`, `axe`, `listeners` …); without it the rule is untested, never passed.
    `serves` narrows the ability groups of the rule's criteria and must name its `serves_source`.
    `replaces` lists axe rules that this rule decides instead, so that nothing is reported twice.
    `aliases` are ids that the rule had before, the first one first.
    `since` is the year and month of the first rule set that has it; a service that pins an earlier one does without.
    `covers` is "fully" only when no failure of the criteria can escape the rule together with its peers.
    """

    id: str
    title: str
    why: str
    fix: str
    wcag: tuple[str, ...]
    impact: Impact
    scope: Scope
    role: Role
    kind: Kind = "page"
    topic: str = ""
    act: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("dom",)
    serves: tuple[str, ...] = ()
    serves_source: str = ""
    replaces: tuple[str, ...] = ()
    covers: Literal["fully", "partly"] = "partly"
    aliases: tuple[str, ...] = ()
    origin: str = "curbcut"
    version: int = 1
    since: str = "2026.11"
    docs: str = ""

    @property
    def first_id(self) -> str:
        """The id that the rule had first, which its fingerprints are made of, so that no new name loses them."""
        return self.aliases[0] if self.aliases else self.id


class Untested(Exception):
    """Raised by a rule that finds its evidence incomplete: the rule is untested on this page, never passed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation judged at one place: what a rule yields.

    `element` is None for the page as a whole. `message` is a full sentence: for `failed` what is wrong,
    for `cant_tell` the precise question that a person has to answer. `blocks` marks a proven blocker,
    such as a keyboard trap: nobody of the groups concerned gets past it. `words` are those that an outcome is about
    where two of them at the same component are two problems: they are part of its identity.
    """

    verdict: Verdict
    element: Element | None = None
    message: str = ""
    blocks: bool = False
    words: str = ""


def failed(element: Element | None, message: str, *, blocks: bool = False, words: str = "") -> Outcome:
    """A certain failure at `element` (None: the page as a whole); `message` says what is wrong."""
    return Outcome(Verdict.FAILED, element, message, blocks, words)


def passed(element: Element | None = None) -> Outcome:
    """The expectation is met at `element`."""
    return Outcome(Verdict.PASSED, element)


def cant_tell(element: Element | None, question: str) -> Outcome:
    """Evidence cannot decide; `question` is what a person should look at, answerable with yes or no."""
    return Outcome(Verdict.CANT_TELL, element, question)


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """A site rule's outcome: `pages` are the URLs that it counts on.

    `fingerprint` names in a rule's outcome what it is about (a landmark, a link) and must not change from scan
    to scan; the audit makes 16 hexadecimal digits of it and of the rule.
    """

    verdict: Verdict
    message: str = ""
    pages: tuple[str, ...] = ()
    fingerprint: str = ""
    rule: str = ""


PageJudge = Callable[["Page"], Iterable[Outcome]]
SiteJudge = Callable[["tuple[PageDigest, ...]"], Iterable[SiteOutcome]]
DocumentJudge = Callable[["Prose", "Style"], "Iterable[Finding]"]
Judge = TypeVar("Judge", PageJudge, SiteJudge, DocumentJudge, covariant=False)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Judge]):
    """A rule: what is known about it, and the pure function that judges.

    `languages` are the codes of those in whose texts a rule on words is right; other rules ask for none.
    """

    info: RuleInfo
    judge: Judge
    languages: tuple[str, ...] = ()


PageRule = Rule[PageJudge]
SiteRule = Rule[SiteJudge]
DocumentRule = Rule[DocumentJudge]


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page: shortest stable selector, own markup (input values taken out), path of frames."""

    selector: str
    snippet: str
    frame: str = ""


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """One line of results: the outcomes of one rule with one verdict and one fingerprint on one page.

    `count` is how often the same component occurs on this page; `target` is its first place, None for
    the page as a whole. Passed outcomes are summed per rule. `variants` names the presentations (dark,
    320 px …) in which the problem shows; empty means as served.
    """

    rule: str
    verdict: Verdict
    wcag: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    impact: Impact = "moderate"
    target: Place | None = None
    message: str = ""
    fingerprint: str = ""
    variants: tuple[str, ...] = ()
    count: int = 1
    blocks: bool = False


def page_rule(**metadata: object) -> Callable[[Callable[[Page], Iterator[Outcome]]], PageRule]:
    """A decorator that turns a generator of outcomes into a page rule; see `RuleInfo` for the metadata.

    The id is the function's name in kebab-case and must equal the file's; the topic is the folder's
    name; the docstring becomes the rule's documentation.
    """

    def decorate(judge: Callable[[Page], Iterator[Outcome]]) -> PageRule:
        return Rule(_info(judge, "page", metadata), judge)

    return decorate


def site_rule(
    **metadata: object,
) -> Callable[[Callable[[tuple[PageDigest, ...]], Iterator[SiteOutcome]]], SiteRule]:
    """A decorator that turns a generator over page digests into a site rule."""

    def decorate(judge: Callable[[tuple[PageDigest, ...]], Iterator[SiteOutcome]]) -> SiteRule:
        return Rule(_info(judge, "site", metadata), judge)

    return decorate


def document_rule(
    *, languages: tuple[str, ...] = ("en",), **metadata: object
) -> Callable[[Callable[[Prose, Style], Iterator[Finding]]], DocumentRule]:
    """A decorator that turns a generator over prose into a rule on words, for pages and for texts by themselves.

    A rule that only counts may be right in other `languages` than English as well.
    """

    def decorate(judge: Callable[[Prose, Style], Iterator[Finding]]) -> DocumentRule:
        return Rule(_info(judge, "document", metadata), judge, languages)

    return decorate


def _info(judge: Callable[..., object], kind: Kind, metadata: dict[str, object]) -> RuleInfo:
    name = judge.__name__.strip("_").replace("_", "-")
    parts = judge.__module__.split(".")
    topic = parts[-2] if len(parts) > 1 else ""
    documentation = re.sub(r"\n +", "\n", (judge.__doc__ or "").strip())
    return RuleInfo(**{"id": name, "kind": kind, "topic": topic, "docs": documentation, **metadata})  # type: ignore[arg-type]  # checked by RuleInfo's own signature and by the registry
