"""The six qualities: each check is met, missing, open or not tested, and the data names only rules that there are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from score_cases import outcomes, page

from reports.model import PageResult, Sample, SiteResult
from reports.numbers import GroupNumber, Number, Numbers
from reports.qualities import Met, State, site_qualities
from rules.model import RuleInfo, SiteOutcome, Verdict
from rules.page import PageState
from rules.plain.wording import Wording
from rules.registry import load_rules
from rules.standards.abilities import GROUPS
from rules.standards.qualities import qualities

HOME = "https://example.gov/"
RULES = load_rules().infos
REFLOW = next(info for info in RULES if info.id == "reflow")
CAPTCHA = next(info for info in RULES if info.id == "captcha")


def found(*pages: PageResult, numbers: Numbers | None = None, site: SiteResult | None = None) -> dict[str, Met]:
    whole = site or SiteResult(HOME, "Permits", sample=Sample(len(pages), len(pages)), pages=pages)
    return {one.quality.id: one for one in site_qualities(whole, RULES, numbers or Numbers())}


def state(quality: str, title: str, *pages: PageResult, **more: object) -> State:
    one = found(*pages, **more)[quality]  # type: ignore[arg-type]
    (known,) = (s for check, s in zip(one.quality.checks, one.states, strict=True) if title in check.title)
    return known


def test_the_data_names_rules_and_facts_that_there_are() -> None:
    known = {info.id for info in RULES}
    for quality in qualities():
        for check in quality.checks:
            assert set(check.rules) <= known, check
            assert bool(check.rules) + bool(check.principle) + bool(check.fact) == 1, check
    assert [quality.id for quality in qualities()] == [
        "simple", "accessible", "equitable", "protective", "transparent", "responsive",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.FAILED, State.MISSING),
        (Verdict.CANT_TELL, State.OPEN),
        (Verdict.PASSED, State.MET),
        (Verdict.UNTESTED, State.MET),  # orientation-lock ran
    ],
)
def test_a_check_follows_from_what_its_rules_found(verdict: Verdict, expected: State) -> None:
    assert state("equitable", "narrow", page(outcomes(REFLOW, 1, verdict=verdict))) is expected


def test_a_rule_that_ran_nowhere_is_not_tested() -> None:
    silent = page(outcomes(CAPTCHA, 1, verdict=Verdict.UNTESTED))
    assert state("equitable", "puzzle", silent) is State.NOT_TESTED
    assert state("equitable", "puzzle", silent, page(url=f"{HOME}b")) is State.MET


def test_one_failure_on_one_page_is_enough() -> None:
    pages = (page(), page(outcomes(CAPTCHA, 1), url=f"{HOME}b"))
    assert state("equitable", "puzzle", *pages) is State.MISSING
    assert state("accessible", "principle 1", *pages) in (State.MISSING, State.MET)
    assert any(one.met < len(one.states) for one in found(*pages).values())


def test_rules_over_the_whole_site_count_as_well() -> None:
    moved = SiteOutcome(Verdict.FAILED, "Help moves.", (HOME,), rule="help-location")
    site = SiteResult(HOME, "Permits", sample=Sample(1, 1), pages=(page(),), site_outcomes=(moved,))
    assert state("responsive", "Help", site=site) is State.MISSING
    assert state("responsive", "Help", site=replace(site, site_outcomes=())) is State.MET


@pytest.mark.parametrize(
    ("url", "final", "expected"),
    [
        (HOME, "", State.MET),
        ("http://example.gov/", HOME, State.MET),
        (HOME, "http://example.gov/x", State.MISSING),
        ("http://127.0.0.1:8000/", "", State.NOT_TESTED),
        ("forms/apply.html", "", State.NOT_TESTED),
    ],
)
def test_https_is_a_matter_of_where_pages_ended(url: str, final: str, expected: State) -> None:
    assert state("protective", "HTTPS", PageResult(url, final_url=final)) is expected


def test_prose_is_easy_as_the_score_takes_it() -> None:
    easy, hard = Wording("en", 500, 30, 0.1), Wording("en", 500, 30, 0.9)
    assert state("simple", "easy to read", page(wording=easy)) is State.MET
    assert state("simple", "easy to read", page(wording=hard)) is State.MISSING
    assert state("simple", "easy to read", page()) is State.NOT_TESTED


def test_a_group_that_falls_behind_is_missing() -> None:
    def numbers(*values: int) -> Numbers:
        groups = [group for group in GROUPS if group.headline]
        return Numbers(Number(1), tuple(GroupNumber(g, Number(v)) for g, v in zip(groups, values, strict=True)))

    assert state("equitable", "No group", page(), numbers=numbers(90, 90, 95, 88, 85)) is State.MET
    assert state("equitable", "No group", page(), numbers=numbers(40, 90, 95, 88, 85)) is State.MISSING
    assert state("equitable", "No group", page()) is State.NOT_TESTED


def test_a_proven_blocker_stops_people() -> None:
    assert state("accessible", "Nobody is stopped", page()) is State.MET
    assert state("accessible", "Nobody is stopped", page(outcomes(REFLOW, 1, blocks=True))) is State.MISSING


def test_a_service_without_a_tested_page_meets_nothing() -> None:
    for one in found(PageResult(HOME, state=PageState.TIMEOUT)).values():
        assert set(one.states) == {State.NOT_TESTED}
        assert one.met == 0


def test_what_is_missing_is_named() -> None:
    one = found(page(outcomes(CAPTCHA, 1)))["equitable"]
    assert one.titles(State.MISSING) == ("Nobody has to solve a puzzle that has no other way",)


def test_a_rule_that_a_catalogue_lacks_counts_for_nothing() -> None:
    few: tuple[RuleInfo, ...] = tuple(info for info in RULES if info.id == "captcha")
    site = SiteResult(HOME, "Permits", sample=Sample(1, 1), pages=(page(),))
    states = {state for one in site_qualities(site, few, Numbers()) for state in one.states}
    assert State.NOT_TESTED in states
