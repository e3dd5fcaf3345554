"""The scan behind `results-example.json`: one small service, written by hand with something of everything.

Rules are real ones, so that the example stays true: those that say something here, and one for each success
criterion besides, because coverage follows from the rules that ran.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.model import KindSample, PageResult, Sample, Scan, SiteResult, Tool
from rules.inventory import Held
from rules.model import PageOutcome, Place, RuleInfo, SiteOutcome, Verdict
from rules.page import PageState, ProbeReport
from rules.registry import load_rules

HOME = "https://benefits.example.gov/"
FORM, ARTICLE = "5010a35e", "d7e82189"
PROBES = ("axe", "dom", "listeners", "media", "resources")
SETTINGS: dict[str, object] = {"fail-on": "serious", "max-pages": 50, "profile": "us-508", "robots": "obey"}
TOOL = Tool("0.1.0", axe="4.12.1", browser="headless-shell 143.0.7499.40", rule_set="3f9c2ab1d004")

BUTTON = Place("header > button", '<button class="search"><svg viewBox="0 0 16 16">…</svg></button>')
HINT = Place("form > .hint", '<span class="hint">You can apply at any time.</span>')
VIDEO = Place("#how-to", '<video id="how-to" controls src="/media/how-to.webm">', 'iframe[title="Help"]')


def example_scan() -> Scan:
    """A finished scan: pages with problems and a question, one without, and an address that holds a document."""
    known = {info.id: info for info in load_rules(plugins=()).infos}
    search = _failed(known["button-name"], "This button has no name.", BUTTON, "8138df6a9d9acb42")
    grey = _failed(known["text-contrast"], "This text does not stand out.", HINT, "3a8f410a7b21c96d", count=4)
    mute = _failed(known["html-has-lang"], "The page does not declare its language.", None, "0f9d3c61e2ab7845")
    video = known["video-captions"]
    asks = _outcome(
        video, Verdict.CANT_TELL, "Does this video have captions for all that is said?", VIDEO, "b17c5f02d94e6a38"
    )
    blind = _outcome(known["frame-title"], Verdict.UNTESTED, "There is no evidence from: axe.")
    home = [search, *_passed(known, {"text-contrast": 41, "link-name": 23})]
    form = [search, grey, mute, asks, blind, *_passed(known, {"link-name": 9})]
    pages = (
        _page("", "Find a benefit", ARTICLE, home),
        _page("apply", "Apply", FORM, form, language="", held=(Held("videos", 1, ("/media/how-to.webm",)),)),
        _page("contact", "Contact", ARTICLE, _passed(known, {"text-contrast": 17, "label": 4, "link-name": 9})),
        PageResult(f"{HOME}rates", status=200, state=PageState.NOT_HTML, reason="The address holds application/pdf."),
    )
    moved = SiteOutcome(
        Verdict.FAILED,
        "“Contact” stands in the footer, and in the header on 2 other pages.",
        pages=(f"{HOME}apply",),
        fingerprint="5d2c0c11aa03be42",
        rule="help-location",
    )
    said = {outcome.rule for page in pages for outcome in page.outcomes} | {moved.rule}
    site = SiteResult(
        url=HOME,
        name="Find a benefit",
        agency="Department of Examples",
        kind="principal",
        profile="us-508",
        sample=Sample(
            4,
            4,
            (
                KindSample(FORM, 1, 1, "/apply", f"{HOME}apply", "Apply"),
                KindSample(ARTICLE, 2, 2, "/", HOME, "Find a benefit"),
            ),
        ),
        pages=pages,
        site_outcomes=(moved,),
        notes=("robots.txt asks for 2 seconds between pages, which was obeyed.",),
    )
    rules = tuple(known[name] for name in sorted(said | _one_for_each_criterion(known.values(), beside=said)))
    return Scan(12, "2026-03-02T08:00:00Z", "2026-03-02T08:00:31Z", TOOL, SETTINGS, rules, (site,))


def _one_for_each_criterion(infos: Iterable[RuleInfo], *, beside: set[str]) -> set[str]:
    """A rule for each criterion that none of the rules `beside` has."""
    known = sorted(infos, key=lambda info: info.id not in beside)
    first = {criterion: info.id for info in reversed(known) for criterion in info.wcag}
    return set(first.values())


def _page(
    path: str,
    title: str,
    kind: str,
    outcomes: Sequence[PageOutcome],
    *,
    language: str = "en",
    held: Iterable[Held] = (),
) -> PageResult:
    return PageResult(
        url=HOME + path,
        status=200,
        title=title,
        language=language,
        template=kind,
        probes=tuple(ProbeReport(name) for name in PROBES),
        inventory=(Held("headings", 2), Held("links", 9), *held),
        outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.rule)),
    )


def _passed(known: dict[str, RuleInfo], counts: dict[str, int]) -> list[PageOutcome]:
    return [_outcome(known[name], Verdict.PASSED, count=count) for name, count in counts.items()]


def _failed(info: RuleInfo, message: str, place: Place | None, fingerprint: str, *, count: int = 1) -> PageOutcome:
    return _outcome(info, Verdict.FAILED, message, place, fingerprint, count=count)


def _outcome(
    info: RuleInfo,
    verdict: Verdict,
    message: str = "",
    place: Place | None = None,
    fingerprint: str = "",
    *,
    count: int = 1,
) -> PageOutcome:
    return PageOutcome(info.id, verdict, info.wcag, info.act, info.impact, place, message, fingerprint, count=count)
