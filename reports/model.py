"""Results as plain data: what a scan found, before anything is scored or told.

Scores are not in it: they follow from these facts by `reports.score`, so that an old scan can be
scored again after the formula changed. `reports.results` writes and reads the same facts as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.agreed import Agreed
from rules.digest import PageDigest
from rules.focus_path import FocusPath
from rules.inventory import Held
from rules.model import PageOutcome, RuleInfo, SiteOutcome, Verdict
from rules.page import PageState, ProbeReport
from rules.plain.reading import Reading
from rules.plain.wording import Wording
from rules.spots import Spot

SCHEMA = "1"


@dataclass(frozen=True, slots=True)
class Tool:
    """Which versions judged: a change of any of them may change findings."""

    curbcut: str
    axe: str = ""
    browser: str = ""
    rule_set: str = ""
    broken_plugins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page from its top: `page` in its own window, `narrow` in one of 320 CSS px.

    `spaced` is as `page` with the text set further apart, and there only where that cuts something off.

    `file` is its place beside the results; `width` and `height` are what it shows of the page in CSS px.
    """

    name: str
    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageResult:
    """What is known of one page: `url` as asked for, `state` with its `reason`, outcomes by rule.

    `template` names the kind of page. `notes` are facts a reader must know, such as requests that were
    let through or refused. `inventory` counts what it holds that a person may have to look at,
    `wording` measures its prose where there is some in a language with formulas, `reading` holds its hard sentences.
    A page that was operated has the path of the keyboard focus, and with pictures the spots of what they show.
    """

    url: str
    final_url: str = ""
    status: int = 0
    state: PageState = PageState.TESTED
    reason: str = ""
    title: str = ""
    language: str = ""
    template: str = ""
    random: bool = False
    probes: tuple[ProbeReport, ...] = ()
    outcomes: tuple[PageOutcome, ...] = ()
    notes: tuple[str, ...] = ()
    inventory: tuple[Held, ...] = ()
    wording: Wording | None = None
    reading: Reading | None = None
    pictures: tuple[PagePicture, ...] = ()
    focus_path: FocusPath | None = None
    spots: tuple[Spot, ...] = ()

    @property
    def tested(self) -> bool:
        """Whether this was judged as a page."""
        return self.state is PageState.TESTED

    def with_verdict(self, verdict: Verdict) -> Iterator[PageOutcome]:
        """The page's outcomes of one verdict."""
        return (outcome for outcome in self.outcomes if outcome.verdict is verdict)


@dataclass(frozen=True, slots=True)
class KindSample:
    """How many pages of one kind are known and how many were looked at.

    `template` is empty for a kind of which no page was tested. `pattern` is what the addresses of its pages have
    in common, such as `/news/*`; `example` is the address of a page, `title` its title. Pages that nobody
    opened are counted by what their addresses promise.
    """

    template: str
    known: int
    looked_at: int
    pattern: str = ""
    example: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """How much of a site was looked at, copies of a page left aside. `whole` only when every known page was visited."""

    known: int = 0
    looked_at: int = 0
    kinds: tuple[KindSample, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing that is known was left out."""
        return self.known > 0 and self.known == self.looked_at


@dataclass(frozen=True, slots=True)
class SiteResult:
    """One service: `url` its address in the list, `state` `judged` or `not-judged` with a `reason`."""

    url: str
    name: str
    agency: str = ""
    kind: str = ""
    profile: str = "wcag22-aa"
    state: str = "judged"
    reason: str = ""
    sample: Sample = Sample()
    pages: tuple[PageResult, ...] = ()
    site_outcomes: tuple[SiteOutcome, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def known(self) -> int:
        """How many pages it has as far as is known; a copy of another page is none of its own."""
        own = sum(page.state is not PageState.DUPLICATE for page in self.pages)
        return max(self.sample.known, own)


@dataclass(frozen=True, slots=True)
class Review:
    """What a person answered who looked at a problem or an open question: `no-problem` or `problem`.

    `count` is how often a page had it at most, `day` when it was answered, as in 2026-11-23.
    """

    fingerprint: str
    rule: str
    answer: str
    count: int
    day: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """One run over one or more services, with the catalogue of the rules that judged.

    `started` and `finished` are ISO 8601 in UTC and the only times in it. `complete` is false for a run
    that was stopped or ran out of time. `agreed` and `reviews` are what people decided about its problems, and
    `unstable` the fingerprints that a second visit did not find again; a store keeps none of them.
    """

    number: int
    started: str
    finished: str
    tool: Tool
    settings: dict[str, object] = field(default_factory=dict)
    rules: tuple[RuleInfo, ...] = ()
    sites: tuple[SiteResult, ...] = ()
    complete: bool = True
    agreed: tuple[Agreed, ...] = ()
    reviews: tuple[Review, ...] = ()
    unstable: tuple[str, ...] = ()

    def rule(self, name: str) -> RuleInfo | None:
        """The catalogue's entry of a rule."""
        return next((info for info in self.rules if info.id == name), None)


__all__ = [
    "SCHEMA",
    "Agreed",
    "KindSample",
    "PageDigest",
    "PagePicture",
    "PageResult",
    "Review",
    "Sample",
    "Scan",
    "SiteResult",
    "Tool",
]
