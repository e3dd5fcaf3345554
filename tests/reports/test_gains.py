"""What is gained when a problem is gone is what a scan without it would score, to the last digit."""

from __future__ import annotations

from dataclasses import replace

import score_cases as cases
from hypothesis import given, settings
from hypothesis import strategies as st
from score_cases import CATALOGUE, outcomes, page
from score_strategies import catalogues, sites

from reports.gains import Gain, by_gain, gains
from reports.model import PageResult, Sample, Scan, SiteResult, Tool
from reports.problems import Problem, problems
from reports.score import SiteScore, score_scan
from rules.model import RuleInfo, Verdict
from rules.page import PageState

HOME = "https://example.gov/"


def scan(site: SiteResult, catalogue: tuple[RuleInfo, ...] = CATALOGUE) -> Scan:
    return Scan(1, "2026-11-01T10:00:00Z", "2026-11-01T10:05:00Z", Tool("0.1.0"), rules=catalogue, sites=(site,))


def without(site: SiteResult, gone: Problem) -> SiteResult:
    """The service as it is when one problem is mended."""

    def stays(verdict: Verdict, rule: str, fingerprint: str) -> bool:
        return (verdict, rule, fingerprint) != (Verdict.FAILED, gone.rule.id, gone.fingerprint)

    return replace(
        site,
        pages=tuple(
            replace(page, outcomes=tuple(o for o in page.outcomes if stays(o.verdict, o.rule, o.fingerprint)))
            for page in site.pages
        ),
        site_outcomes=tuple(o for o in site.site_outcomes if stays(o.verdict, o.rule, o.fingerprint)),
    )


def headlines(score: SiteScore) -> list[float]:
    return [page.headline.high for page in score.pages if page.headline is not None]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_gain_is_the_score_of_a_scan_without_the_problem(data: st.DataObject) -> None:
    catalogue = data.draw(catalogues)
    before = scan(data.draw(sites(catalogue)), catalogue)
    scores = score_scan(before)
    found = problems(before)
    for problem, gain in zip(found, gains(before, scores, found), strict=True):
        (now,) = score_scan(scan(without(before.sites[0], problem), catalogue)).sites
        if now.headline is not None:
            assert gain.whole
            assert gain.after == now.headline.high
        elif heads := headlines(now):
            assert not gain.whole
            assert abs(sum(heads) / len(heads) - (gain.after or 0)) < 1e-9
        else:
            assert gain == Gain()
        assert gain.exact >= 0


def many(count: int, *parts: object, start: int = 0) -> list[PageResult]:
    return [page(*parts, url=f"{HOME}{start + n}", template="t") for n in range(count)]  # type: ignore[arg-type]


def test_what_is_on_every_page_comes_before_what_is_graver_on_one() -> None:
    contrast, label = outcomes(cases.CONTRAST, 3), outcomes(cases.LABEL, 1)
    pages = (*many(9, contrast), *many(1, contrast, label, start=9))
    whole = scan(SiteResult(HOME, "Permits", sample=Sample(10, 10), pages=pages))
    scores = score_scan(whole)
    assert [problem.rule.id for problem in problems(whole)] == ["label", "color-contrast"]
    ranked = by_gain(whole, scores, problems(whole))
    assert [(problem.number, problem.rule.id) for problem, _ in ranked] == [(1, "color-contrast"), (2, "label")]
    assert ranked[0][1].points > ranked[1][1].points > 0
    assert scores.sites[0].headline is not None
    assert ranked[0][1].before == scores.sites[0].headline.high


def test_advice_stays_behind_whatever_it_gives() -> None:
    pages = many(4, outcomes(cases.HEADINGS, 1), outcomes(cases.LIST, 1))
    whole = scan(SiteResult(HOME, "Permits", sample=Sample(4, 4), pages=tuple(pages)))
    ranked = by_gain(whole, score_scan(whole), problems(whole))
    assert [problem.rule.id for problem, _ in ranked] == ["list", "heading-order"]
    assert ranked[1][1].points == 0


def test_a_part_of_a_service_gains_on_its_pages() -> None:
    pages = (*many(1, outcomes(cases.LABEL, 1)), *many(1, start=1))
    whole = scan(SiteResult(HOME, "Permits", sample=Sample(500, 2), pages=pages))
    ((_, gain),) = by_gain(whole, score_scan(whole), problems(whole))
    assert not gain.whole
    assert gain.after == 100.0


def test_without_numbers_nothing_is_gained() -> None:
    gone = PageResult(HOME, state=PageState.TIMEOUT)
    pages = (gone, *many(1, outcomes(cases.LABEL, 1), start=1))
    whole = scan(SiteResult(HOME, "Permits", pages=pages), (cases.LABEL,))
    assert gains(whole, None, problems(whole)) == (Gain(),)
    assert gains(whole, score_scan(whole), problems(whole)) == (Gain(),)
    assert Gain().points == 0
