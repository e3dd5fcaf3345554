"""Any catalogue, page and site that a score can meet, for property tests."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from score_cases import EVERYTHING, rule

from reports.model import KindSample, PageResult, Sample, SiteResult
from rules.model import IMPACTS, PageOutcome, RuleInfo, SiteOutcome, Verdict
from rules.page import PageState
from rules.plain.wording import Wording

# Some that serve many groups, some that serve one, some that are not scored: AAA, withdrawn, none.
CRITERIA = ("1.1.1", "1.2.2", "1.3.1", "1.4.3", "2.1.2", "2.4.4", "3.1.1", "3.3.2", "4.1.2", "1.4.6", "4.1.1")
SERVES = ("302.1", "LV", "hearing", "LC")

infos = st.builds(
    lambda number, wcag, **more: rule(f"rule-{number}", *wcag, **more),
    st.integers(0, 9),
    st.lists(st.sampled_from(CRITERIA), max_size=3, unique=True),
    impact=st.sampled_from(IMPACTS),
    scope=st.sampled_from(("component", "page")),
    covers=st.sampled_from(("fully", "partly")),
    serves=st.lists(st.sampled_from(SERVES), max_size=2, unique=True).map(tuple),
    kind=st.sampled_from(("page", "page", "site")),
)
extras = st.lists(infos, min_size=1, max_size=6, unique_by=lambda info: info.id).map(tuple)
# With every criterion covered all groups have a number; without, some or none have.
catalogues = st.tuples(st.sampled_from((EVERYTHING, EVERYTHING, ())), extras).map(lambda two: two[0] + two[1])


def outcomes(catalogue: tuple[RuleInfo, ...], *verdicts: Verdict) -> st.SearchStrategy[PageOutcome]:
    """Outcomes of rules of a catalogue with one of these verdicts; few fingerprints, so that some meet."""
    own = [info for info in catalogue if info not in EVERYTHING]
    return st.builds(
        lambda info, verdict, mark, count, blocks: PageOutcome(
            info.id, verdict, info.wcag, impact=info.impact, fingerprint=mark, count=count,
            blocks=blocks and verdict is Verdict.FAILED,
        ),
        st.sampled_from(own),
        st.sampled_from(verdicts),
        st.sampled_from("abc"),
        st.integers(1, 60),
        st.booleans(),
    )  # fmt: skip


wordings = st.builds(Wording, st.just("en"), st.integers(1, 900), st.integers(0, 60), st.floats(0, 1))


def pages(catalogue: tuple[RuleInfo, ...]) -> st.SearchStrategy[PageResult]:
    """Tested pages with any outcomes."""
    return st.builds(
        PageResult,
        url=st.just("https://example.gov/"),
        outcomes=st.lists(outcomes(catalogue, *Verdict), max_size=12).map(tuple),
        wording=st.none() | wordings,
    )


def _many(page: st.SearchStrategy[PageResult]) -> st.SearchStrategy[list[PageResult]]:
    """14 pages, of which a few differ: enough for a drawn sample, and quick to generate."""
    return st.lists(page, min_size=1, max_size=4).map(lambda few: [few[n % len(few)] for n in range(14)])


@st.composite
def sites(draw: st.DrawFn, catalogue: tuple[RuleInfo, ...]) -> SiteResult:
    """Sites that were looked at as a whole or drawn from, with a few kinds of page and site outcomes."""
    whole = draw(st.booleans())
    found = draw(st.lists(pages(catalogue), min_size=1, max_size=8) if whole else _many(pages(catalogue)))
    urls = [f"https://example.gov/{number}" for number in range(len(found))]
    placed = tuple(
        replace(
            page,
            url=url,
            template=draw(st.sampled_from("stuv")),
            random=draw(st.integers(0, 9)) > 0,
            state=draw(st.sampled_from((PageState.TESTED,) * 15 + (PageState.TIMEOUT,))),
        )
        for page, url in zip(found, urls, strict=True)
    )
    kinds = tuple(KindSample(name, draw(st.integers(1, 500)), 1) for name in "stuv")
    known = len(placed) if whole else draw(st.integers(len(placed) + 1, 3000))
    concerns = st.builds(
        lambda info, verdict, on, mark: SiteOutcome(verdict, "message", tuple(on), mark, info.id),
        st.sampled_from(catalogue),
        st.sampled_from(list(Verdict)),
        st.lists(st.sampled_from(urls), max_size=5, unique=True),
        st.sampled_from("abc"),
    )
    return SiteResult(
        "https://example.gov/",
        "Example",
        sample=Sample(known, len(placed), kinds),
        pages=placed,
        site_outcomes=tuple(draw(st.lists(concerns, max_size=3))),
    )
