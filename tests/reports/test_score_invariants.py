"""What must stay true of every score whatever the facts: the page, the site and the headline."""

from __future__ import annotations

import json
from dataclasses import replace

import score_strategies as any_
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from score_cases import rule

from reports.model import PageResult, Scan, SiteResult, Tool
from reports.score import PageScore, SiteScore, score_page, score_scan, score_site
from rules.model import Outcome, PageOutcome, RuleInfo, SiteOutcome, Verdict

pages_ = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
sites_ = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
data = st.data()


def numbers(score: PageScore | SiteScore) -> dict[str, float]:
    """Every number of a score by a name for it, ranges among them."""
    found: dict[str, float | None] = {}
    for name, part in [*score.groups.items(), ("headline", score.headline)]:
        if part is not None:
            found |= {f"{name} high": part.high, f"{name} low": part.low}
            span = getattr(part, "range", None)
            found |= {f"{name} from": span[0], f"{name} to": span[1]} if span else {}
    return {name: value for name, value in found.items() if value is not None}


def never_higher(after: PageScore | SiteScore, before: PageScore | SiteScore) -> bool:
    """Whether no number that was there is higher now, or gone."""
    then, now = numbers(before), numbers(after)
    return all(name in now and now[name] <= value for name, value in then.items())


def text(score: PageScore | SiteScore) -> str:
    """A score as its bytes in results."""
    return json.dumps(score.as_json(), sort_keys=True)


def with_outcomes(page: PageResult, *more: PageOutcome) -> PageResult:
    """The page with further outcomes."""
    return replace(page, outcomes=(*page.outcomes, *more))


def on_one_page(site: SiteResult, position: int, *more: PageOutcome) -> SiteResult:
    """The site with further outcomes on one of its pages."""
    pages = list(site.pages)
    pages[position] = with_outcomes(pages[position], *more)
    return replace(site, pages=tuple(pages))


@pages_
@given(data)
def test_adding_a_pass_changes_nothing_on_a_page(data: st.DataObject) -> None:
    """A video or an image more, with nothing wrong with it, buys nothing: no denominator, same coverage."""
    catalogue = data.draw(any_.catalogues)
    page = data.draw(any_.pages(catalogue))
    passing = data.draw(st.lists(any_.outcomes(catalogue, Verdict.PASSED), max_size=4))
    assert text(score_page(with_outcomes(page, *passing), catalogue)) == text(score_page(page, catalogue))


@sites_
@given(data)
def test_adding_a_pass_changes_nothing_on_a_site(data: st.DataObject) -> None:
    """The same for the site, its headline and its ranges."""
    catalogue = data.draw(any_.catalogues)
    site = data.draw(any_.sites(catalogue))
    position = data.draw(st.integers(0, len(site.pages) - 1))
    richer = on_one_page(site, position, data.draw(any_.outcomes(catalogue, Verdict.PASSED)))
    assert text(score_site(richer, catalogue)) == text(score_site(site, catalogue))


@pages_
@given(data)
def test_adding_a_failure_never_raises_anything_on_a_page(data: st.DataObject) -> None:
    """Neither a group's number, nor its lower end, nor the headline."""
    catalogue = data.draw(any_.catalogues)
    page = data.draw(any_.pages(catalogue))
    worse = with_outcomes(page, data.draw(any_.outcomes(catalogue, Verdict.FAILED)))
    assert never_higher(score_page(worse, catalogue), score_page(page, catalogue))


@sites_
@given(data)
def test_adding_a_failure_never_raises_anything_on_a_site(data: st.DataObject) -> None:
    """Neither on a page nor through a site rule; the ends of the likely range do not rise either."""
    catalogue = data.draw(any_.catalogues)
    site = data.draw(any_.sites(catalogue))
    position = data.draw(st.integers(0, len(site.pages) - 1))
    worse = on_one_page(site, position, data.draw(any_.outcomes(catalogue, Verdict.FAILED)))
    concern = SiteOutcome(Verdict.FAILED, "", (site.pages[position].url,), "x", catalogue[-1].id)
    before = score_site(site, catalogue)
    assert never_higher(score_site(worse, catalogue), before)
    assert never_higher(score_site(replace(site, site_outcomes=(*site.site_outcomes, concern)), catalogue), before)


@pages_
@given(data)
def test_an_open_question_lowers_only_the_lower_end(data: st.DataObject) -> None:
    """And once answered with "it fails", nothing is higher than while it was open."""
    catalogue = data.draw(any_.catalogues)
    page = data.draw(any_.pages(catalogue))
    question = data.draw(any_.outcomes(catalogue, Verdict.CANT_TELL))
    before, asked = score_page(page, catalogue), score_page(with_outcomes(page, question), catalogue)
    answered = score_page(with_outcomes(page, replace(question, verdict=Verdict.FAILED)), catalogue)
    assert never_higher(asked, before)
    assert never_higher(answered, asked)
    assert [group.high for group in asked.groups.values()] == [group.high for group in before.groups.values()]


@pages_
@given(data)
def test_order_is_irrelevant_on_a_page(data: st.DataObject) -> None:
    """Of outcomes and of the catalogue, to the byte."""
    catalogue = data.draw(any_.catalogues)
    page = data.draw(any_.pages(catalogue))
    mixed = replace(page, outcomes=tuple(data.draw(st.permutations(page.outcomes))))
    turned = tuple(data.draw(st.permutations(catalogue)))
    assert text(score_page(mixed, turned)) == text(score_page(page, catalogue))


@sites_
@given(data)
def test_order_is_irrelevant_on_a_site(data: st.DataObject) -> None:
    """Of pages, kinds of page and site outcomes; pages' scores stay in the order of the pages."""
    catalogue = data.draw(any_.catalogues)
    site = data.draw(any_.sites(catalogue))
    mixed = replace(
        site,
        pages=tuple(data.draw(st.permutations(site.pages))),
        site_outcomes=tuple(reversed(site.site_outcomes)),
        sample=replace(site.sample, kinds=tuple(reversed(site.sample.kinds))),
    )
    found, expected = score_site(mixed, catalogue), score_site(site, catalogue)
    assert [page.url for page in found.pages] == [page.url for page in mixed.pages]
    assert sorted(map(text, found.pages)) == sorted(map(text, expected.pages))
    assert text(replace(found, pages=())) == text(replace(expected, pages=()))


@pages_
@given(data)
def test_merging_engines_never_raises(data: st.DataObject) -> None:
    """A second rule for the same criteria, whatever it yields, lowers or leaves every number."""
    catalogue = data.draw(any_.catalogues)
    page = data.draw(any_.pages(catalogue))
    twin = replace(
        data.draw(st.sampled_from(catalogue)), id="twin", covers=data.draw(st.sampled_from(("fully", "partly")))
    )
    more = data.draw(st.lists(any_.outcomes((twin,), *Verdict), max_size=3))
    merged = score_page(with_outcomes(page, *more), (*catalogue, twin))
    assert never_higher(merged, score_page(page, catalogue))


@pages_
@given(data)
def test_a_second_engine_that_sees_the_same_never_counts_twice(data: st.DataObject) -> None:
    """The same outcomes under another rule's name leave every number as it is."""
    catalogue = data.draw(any_.catalogues)
    page = data.draw(any_.pages(catalogue))
    same = [replace(outcome, rule=f"{outcome.rule}-again") for outcome in page.outcomes]
    doubled = (*catalogue, *(replace(info, id=f"{info.id}-again") for info in catalogue))
    once, twice = score_page(page, catalogue), score_page(with_outcomes(page, *same), doubled)
    assert numbers(once) == numbers(twice)


@pages_
@given(data)
def test_the_lower_end_is_never_above_the_number(data: st.DataObject) -> None:
    """On the page, in 0 to 100, with factors that multiply to the number."""
    catalogue = data.draw(any_.catalogues)
    score = score_page(data.draw(any_.pages(catalogue)), catalogue)
    for group in score.groups.values():
        if group.high is not None and group.low is not None:
            assert 0 <= group.low <= group.high <= 100
    if score.headline is not None:
        assert 0 <= score.headline.low <= score.headline.high <= 100


@sites_
@given(data)
def test_the_likely_range_holds_the_number_of_a_site(data: st.DataObject) -> None:
    """And the lower end of open questions is never above the number."""
    catalogue = data.draw(any_.catalogues)
    score = score_site(data.draw(any_.sites(catalogue)), catalogue)
    for part in (*score.groups.values(), score.headline):
        if part is not None and part.high is not None and part.low is not None:
            assert 0 <= part.low <= part.high <= 100
            assert part.range is None or part.range[0] <= part.high <= part.range[1]


@sites_
@given(data)
def test_tenfold_padding_moves_a_site_by_less_than_four(data: st.DataObject) -> None:
    """Ten times as many pages of one kind, with the same content, whether only known or looked at as well."""
    catalogue = data.draw(any_.catalogues)
    site = data.draw(any_.sites(catalogue))
    site = replace(site, sample=replace(site.sample, known=len(site.pages), looked_at=len(site.pages), kinds=()))
    padded_kind = data.draw(st.sampled_from(sorted({page.template for page in site.pages})))
    copies = [
        replace(page, url=f"{page.url}?copy={n}")
        for page in site.pages
        for n in range(9)
        if page.template == padded_kind
    ]
    concerns = tuple(
        replace(
            concern, pages=(*concern.pages, *(copy.url for copy in copies if copy.url.split("?")[0] in concern.pages))
        )
        for concern in site.site_outcomes
    )
    count = len(site.pages) + len(copies)
    padded = replace(
        site,
        pages=(*site.pages, *copies),
        site_outcomes=concerns,
        sample=replace(site.sample, known=count, looked_at=count),
    )
    before, after = score_site(site, catalogue), score_site(padded, catalogue)
    assume(before.exact and after.exact)
    then, now = numbers(before), numbers(after)
    assume(then.keys() == now.keys())
    assert all(abs(now[name] - value) < 4 for name, value in then.items())


@sites_
@given(data)
def test_looking_at_too_few_pages_gives_no_number(data: st.DataObject) -> None:
    """Nobody gets a number by stopping after a few good pages: no number, and a sentence why."""
    catalogue = data.draw(any_.catalogues)
    site = data.draw(any_.sites(catalogue))
    first = site.pages[: data.draw(st.integers(0, 9))]
    part = replace(site, pages=first, sample=replace(site.sample, known=len(site.pages) + 10, looked_at=len(first)))
    score = score_site(part, catalogue)
    assert numbers(score) == {}
    assert score.reason


@sites_
@given(data)
def test_exceptions_and_notes_change_no_score(data: st.DataObject) -> None:
    """Who agreed to what, names, times and settings are told beside the facts and are no part of them."""
    catalogue = data.draw(any_.catalogues)
    site = data.draw(any_.sites(catalogue))
    told = replace(
        site,
        name="Other",
        profile="us-508",
        notes=("Agreed exception until 31 Jan: rule-0",),
        pages=tuple(replace(page, notes=("exception",), reason="x") for page in site.pages),
    )
    plain = Scan(1, "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", Tool("1"), rules=catalogue, sites=(site,))
    other = replace(plain, number=2, finished="", settings={"exceptions": ["rule-0"]}, sites=(told,), complete=False)
    assert score_scan(other).as_json() == score_scan(plain).as_json()
    assert not {"exception", "exceptions", "agreed"} & ({*PageOutcome.__slots__} | {*Outcome.__slots__})


@sites_
@given(data)
def test_another_site_in_the_scan_changes_no_number_of_the_first(data: st.DataObject) -> None:
    """As long as the same groups get a number: each site has its own draws."""
    catalogue: tuple[RuleInfo, ...] = (*any_.EVERYTHING, rule("rule-0", "1.1.1"))
    site, other = data.draw(any_.sites(catalogue)), data.draw(any_.sites(catalogue))
    alone = Scan(1, "", "", Tool("1"), rules=catalogue, sites=(site,))
    both = replace(alone, sites=(replace(other, url="https://other.gov/"), site))
    one, two = score_scan(alone), score_scan(both)
    assume(one.numbered == two.numbered)
    assert text(one.sites[0]) == text(two.sites[1])
