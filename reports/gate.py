"""Whether a scan may go through: nothing new that counts, and enough was looked at to say so.

What was not looked at is never a pass. When both are wrong, new problems decide the exit code and the
sentences say both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.baseline import Baseline
from reports.model import PageResult, Scan, SiteResult
from reports.regressions import NewProblem, new_problems, unseen_problems
from rules.errors import UsageError
from rules.model import IMPACTS, Impact, Verdict
from rules.page import PageState

THROUGH, FAILED, NOT_JUDGED = 0, 1, 3
MAX_UNTESTED = 0.10

# 29 of 100 are not more than .29, although .29 · 100 is 28.999….
_ROUNDING = 1e-9
_RAN = frozenset({Verdict.FAILED, Verdict.PASSED, Verdict.CANT_TELL})


@dataclass(frozen=True, slots=True)
class UntestedPage:
    """A chosen page that was not judged, with its state and why."""

    site: str
    page: str
    state: PageState
    reason: str


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """The gate's exit code (0, 1 or 3), the sentences that explain it, what is new, what was not tested.

    `gaps` say why too little was looked at; any of them means that the scan is no judgement.
    """

    exit_code: int
    sentences: tuple[str, ...]
    new: tuple[NewProblem, ...] = ()
    untested: tuple[UntestedPage, ...] = ()
    gaps: tuple[str, ...] = ()


def judge_gate(
    scan: Scan,
    *,
    fail_on: Impact = "serious",
    baseline: Baseline | None = None,
    max_untested: float = MAX_UNTESTED,
) -> GateVerdict:
    """What the gate says of a scan; without a baseline every problem at `fail_on` or worse is new.

    `max_untested` is the share of a site's chosen pages that may go untested. It holds for each site, so
    that one which locks the scanner out does not hide among others; copies of a page are left aside.
    """
    if fail_on not in IMPACTS:
        raise UsageError(f"{fail_on!r} is no impact.", do=f"Use one of: {', '.join(IMPACTS)}.")
    if not 0 <= max_untested <= 1:
        raise UsageError(f"The share of untested pages lies between 0 and 1, not at {max_untested}.")
    new = new_problems(scan, fail_on=fail_on, baseline=baseline or Baseline())
    gaps = tuple(_gaps(scan, max_untested))
    untested = tuple(
        UntestedPage(site.url, page.url, page.state, page.reason or "No check came to its end on it.")
        for site in scan.sites
        for page in _untested(site)
    )
    kind = ("new problem" if baseline else "problem") + ("" if len(new) == 1 else "s")
    sentences: list[str] = []
    if new:
        sentences.append(f"{len(new)} {kind} at {fail_on} or worse.")
    if gaps:
        sentences += ["Not judged: not enough was looked at.", *gaps]
    if not sentences:
        looked_at = sum(_is_judged(page) for site in scan.sites for page in site.pages)
        pages = "1 page" if looked_at == 1 else f"{looked_at} pages"
        sentences.append(f"No {kind} at {fail_on} or worse found by automated checks on {pages}.")
    sentences += _remarks(scan, baseline)
    exit_code = FAILED if new else NOT_JUDGED if gaps else THROUGH
    return GateVerdict(exit_code, tuple(sentences), new, untested, gaps)


def _gaps(scan: Scan, max_untested: float) -> Iterator[str]:
    """Why too little was looked at, a sentence each."""
    if not scan.complete:
        yield "The scan stopped before its end."
    if not scan.sites:
        yield "The scan has no sites."
    for site in scan.sites:
        chosen, untested = _chosen(site), _untested(site)
        if site.state != "judged":
            yield f"{site.url} was not judged: {site.reason or site.state}"
        elif not any(_is_judged(page) for page in site.pages):
            yield f"No page of {site.url} was tested."
        elif untested and untested[0] is site.pages[0]:
            first = untested[0]
            yield f"The first page of {site.url} was not tested ({first.state}): {first.reason}".rstrip(": ")
        elif len(untested) > max_untested * len(chosen) + _ROUNDING:
            share = f"{len(untested)} of {len(chosen)} chosen pages"
            yield f"{share} of {site.url} were not tested; at most {max_untested:.0%} may be."


def _remarks(scan: Scan, baseline: Baseline | None) -> Iterator[str]:
    """What a reader should know although it does not change the verdict."""
    if baseline and baseline.rule_set and baseline.rule_set != scan.tool.rule_set:
        yield "The baseline was made with other rules; what only the rules of this scan find counts as new."
    if baseline and (told := unseen_problems(scan, baseline)):
        yield told
    for verdict, said in ((Verdict.ERROR, "broke"), (Verdict.UNTESTED, "lacked evidence")):
        pages = [page for site in scan.sites for page in site.pages]
        rules = sorted({outcome.rule for page in pages for outcome in page.with_verdict(verdict)})
        if rules:
            named = ", ".join(rules[:5]) + (f" and {len(rules) - 5} more" if len(rules) > 5 else "")
            yield f"Rules that {said} on some pages, so that these are not tested for them: {named}."


def _chosen(site: SiteResult) -> list[PageResult]:
    return [page for page in site.pages if page.state is not PageState.DUPLICATE]


def _untested(site: SiteResult) -> list[PageResult]:
    return [page for page in _chosen(site) if not _is_judged(page)]


def _is_judged(page: PageResult) -> bool:
    # A page without the evidence of a probe, or on which no rule came to its end, was not really looked at.
    whole = all(probe.ran for probe in page.probes)
    return page.tested and whole and any(outcome.verdict in _RAN for outcome in page.outcomes)
