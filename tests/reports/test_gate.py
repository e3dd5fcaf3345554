"""The gate stops new problems, names them, and never lets through what was not looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest
import scans
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.baseline import Baseline, baseline_of
from reports.gate import GatePlan, State, judge_gate
from reports.model import SiteResult
from rules.errors import StoredDataError, UsageError
from rules.model import PageOutcome, SiteOutcome, Verdict
from rules.page import PageState, ProbeReport

A, B, C, D = (letter * 16 for letter in "abcd")
CLEAN = scans.page(url="https://a.example/clean")


def untested(number: int, state: PageState = PageState.TIMEOUT):
    return scans.page(url=f"https://a.example/{number}", state=state)


def names(verdict) -> list[str]:
    return [problem.fingerprint for problem in verdict.new]


def test_a_scan_without_failures_goes_through_in_honest_words():
    verdict = judge_gate(scans.scan(CLEAN, CLEAN))
    assert verdict.exit_code == 0
    assert verdict.sentences == ("No problems at serious or worse found by automated checks on 2 pages.",)
    assert verdict.gaps == ()


def test_a_failure_is_named_with_rule_page_selector_and_count():
    pages = (scans.page(scans.failed(A)), scans.page(scans.failed(A, count=4), url="https://a.example/most"))
    verdict = judge_gate(scans.scan(*pages))
    assert verdict.exit_code == 1
    assert verdict.sentences == ("1 problem at serious or worse.",)
    [problem] = verdict.new
    assert (problem.rule, problem.worst.page, problem.worst.selector) == (scans.ALT, "https://a.example/most", "#it")
    assert (problem.worst.count, problem.allowed, len(problem.spots)) == (4, 0, 2)
    assert problem.sentence == (
        "critical, image-alt, “Images have text alternatives”: not so on https://a.example/most at #it, "
        "4 times, on 2 pages."
    )


@pytest.mark.parametrize(
    ("rule", "fail_on", "stops"),
    [
        (scans.ALT, "critical", True),
        (scans.ALT, "minor", True),
        (scans.SLIGHT, "minor", True),
        (scans.SLIGHT, "moderate", False),
        (scans.NICE, "minor", False),
        (scans.TRIPLE, "minor", False),
    ],
)
def test_impact_and_standing_decide_what_counts(rule, fail_on, stops):
    verdict = judge_gate(scans.scan(scans.page(scans.failed(A, rule=rule))), GatePlan(fail_on=fail_on))
    assert verdict.exit_code == (1 if stops else 0)


@pytest.mark.parametrize(("profile", "code"), [("wcag22-aa", 1), ("us-ada-title-ii", 1), ("us-508", 0)])
def test_the_profile_of_the_site_decides_what_is_required(profile, code):
    scan = scans.scan(scans.page(scans.failed(A, rule=scans.SLIGHT)))
    scan = replace(scan, sites=(replace(scan.sites[0], profile=profile),))
    assert judge_gate(scan, GatePlan(fail_on="minor")).exit_code == code


@pytest.mark.parametrize("verdict", [Verdict.CANT_TELL, Verdict.UNTESTED, Verdict.ERROR, Verdict.PASSED])
def test_only_what_certainly_fails_stops(verdict):
    assert judge_gate(scans.scan(scans.page(replace(scans.failed(A), verdict=verdict)))).exit_code == 0


def test_what_the_baseline_has_goes_through():
    scan = scans.scan(scans.page(scans.failed(A, count=2)))
    verdict = judge_gate(scan, baseline=baseline_of(scan))
    assert (verdict.exit_code, verdict.new) == (0, ())
    assert verdict.sentences == ("No new problems at serious or worse found by automated checks on 1 page.",)


def test_one_more_of_the_same_on_a_page_is_seen():
    before = scans.scan(scans.page(scans.failed(A, count=2), url="1"), scans.page(url="2"))
    after = scans.scan(scans.page(scans.failed(A, count=2), url="1"), scans.page(scans.failed(A, count=3), url="2"))
    verdict = judge_gate(after, baseline=baseline_of(before))
    assert verdict.exit_code == 1
    [problem] = verdict.new
    assert (problem.worst.page, problem.worst.count, problem.allowed, len(problem.spots)) == ("2", 3, 2, 1)
    assert "3 times (the baseline has 2)" in problem.sentence


def test_one_more_is_seen_when_it_comes_in_another_line():
    before = scans.scan(scans.page(scans.failed(A)))
    after = scans.scan(scans.page(scans.failed(A), scans.failed(A, blocks=True)))
    assert judge_gate(after, baseline=baseline_of(before)).new[0].worst.count == 2


def test_the_same_problem_on_a_further_page_is_not_new():
    before = scans.scan(scans.page(scans.failed(A, count=2)))
    after = scans.scan(*[scans.page(scans.failed(A, count=2), url=str(number)) for number in range(9)])
    assert judge_gate(after, baseline=baseline_of(before)).exit_code == 0


counts = st.dictionaries(st.sampled_from([A, B, C, D]), st.integers(1, 3))


@settings(deadline=None)
@given(st.lists(counts, min_size=1, max_size=3), st.lists(counts, min_size=1, max_size=3))
def test_a_fix_and_a_new_problem_never_cancel_out(before, after):
    def scan(pages):
        lines = [[scans.failed(name, count=count) for name, count in page.items()] for page in pages]
        return scans.scan(*[scans.page(*page, url=str(number)) for number, page in enumerate(lines)])

    allowed = {name: max(page.get(name, 0) for page in before) for name in (A, B, C, D)}
    expected = {name for page in after for name, count in page.items() if count > allowed[name]}
    verdict = judge_gate(scan(after), GatePlan(expected_pages=0), baseline=baseline_of(scan(before)))
    assert set(names(verdict)) == expected
    assert len(verdict.new) == len(expected)
    assert verdict.exit_code == (1 if expected else 0)


def test_new_problems_come_worst_first_and_then_by_pages():
    serious = replace(scans.ALT, impact="serious")
    pages = [
        scans.page(scans.failed(A, rule=serious), scans.failed(C, rule=serious), url="1"),
        scans.page(scans.failed(C, rule=serious), url="2"),
    ]
    catalogue = (serious, replace(scans.ALT, id="worse"))
    pages[0] = replace(pages[0], outcomes=(*pages[0].outcomes, scans.failed(B, rule=catalogue[1])))
    assert names(judge_gate(scans.scan(*pages, rules=catalogue))) == [B, C, A]


def test_a_baseline_without_rules_knows_all_and_any_other_only_its_own():
    scan = scans.scan(scans.page(scans.failed(A)))
    assert judge_gate(scan, baseline=Baseline("abc")).exit_code == 1
    assert judge_gate(scan, baseline=Baseline("abc", rules={"image-alt": frozenset({"1"})})).exit_code == 1
    verdict = judge_gate(scan, baseline=Baseline("abc", rules={"html-lang": frozenset({"1"})}))
    assert (verdict.exit_code, verdict.new) == (0, ())
    assert [one.fingerprint for one in verdict.in_state(State.NEWLY_DETECTED)] == [A]


def with_site_outcome(scan, outcome):
    return replace(scan, sites=(replace(scan.sites[0], site_outcomes=(outcome,)),))


@pytest.mark.parametrize("fingerprint", [A, "menu", ""])
def test_problems_of_a_whole_site_count_and_can_be_accepted(fingerprint):
    concern = SiteOutcome(Verdict.FAILED, "Menus differ.", ("1", "2"), fingerprint, "navigation-alike")
    pages = [scans.page(url=url) for url in "123"]
    scan = with_site_outcome(scans.scan(*pages), concern)
    [problem] = judge_gate(scan).new
    assert (problem.rule, problem.worst.page, problem.worst.count) == (scans.ALIKE, "1", 1)
    assert len(problem.spots) == 2
    assert judge_gate(scan, baseline=baseline_of(scan)).exit_code == 0
    other = replace(concern, fingerprint=fingerprint and B, message="Another.")
    assert judge_gate(with_site_outcome(scan, other), baseline=baseline_of(scan)).exit_code == 1
    assert judge_gate(with_site_outcome(scan, replace(concern, verdict=Verdict.CANT_TELL))).exit_code == 0


def test_a_site_problem_of_an_unknown_rule_is_not_overlooked():
    with pytest.raises(StoredDataError, match="lacks 'gone'"):
        judge_gate(with_site_outcome(scans.scan(CLEAN), SiteOutcome(Verdict.FAILED, rule="gone")))


def test_a_page_problem_of_an_unknown_rule_is_not_overlooked():
    verdict = judge_gate(scans.scan(scans.page(scans.failed(A)), rules=()))
    assert (verdict.exit_code, verdict.new[0].rule.title) == (1, "image-alt")


@pytest.mark.parametrize(
    ("scan", "said"),
    [
        (scans.scan(CLEAN, complete=False), "stopped before its end"),
        (scans.scan(CLEAN, sites=()), "no sites"),
        (scans.scan(), "No page of https://a.example/ was tested."),
        (scans.scan(untested(1, PageState.DUPLICATE)), "No page of"),
        (
            scans.scan(untested(1), CLEAN, *[CLEAN] * 20),
            "The first page of https://a.example/ was not tested (timeout)",
        ),
        (
            scans.scan(CLEAN, untested(1), *[CLEAN] * 7),
            "1 of 9 chosen pages of https://a.example/ were not tested; at most 10%",
        ),
        (scans.scan(replace(CLEAN, outcomes=())), "No page of"),
        (
            scans.scan(
                replace(CLEAN, outcomes=(PageOutcome("html-lang", Verdict.ERROR), PageOutcome("x", Verdict.UNTESTED)))
            ),
            "No page of",
        ),
        (
            scans.scan(sites=(SiteResult("https://b.example/", "B", state="not-judged", reason="Unreachable."),)),
            "Unreachable.",
        ),
    ],
)
def test_what_was_not_looked_at_is_never_a_pass(scan, said):
    verdict = judge_gate(scan)
    assert verdict.exit_code == 3
    assert verdict.sentences[0] == "Not judged: not enough was looked at."
    assert said in verdict.gaps[0]
    assert verdict.sentences[1 : len(verdict.gaps) + 1] == verdict.gaps


@pytest.mark.parametrize(("missing", "code"), [(1, 0), (2, 3)])
def test_a_tenth_may_go_untested(missing, code):
    pages = [CLEAN, *map(untested, range(missing)), *[CLEAN] * (9 - missing)]
    verdict = judge_gate(scans.scan(*pages))
    assert verdict.exit_code == code
    assert [page.page for page in verdict.untested] == [f"https://a.example/{number}" for number in range(missing)]


def test_a_share_is_not_exceeded_by_rounding():
    pages = [CLEAN, *map(untested, range(29)), *[CLEAN] * 70]
    assert judge_gate(scans.scan(*pages), GatePlan(max_untested=0.29)).exit_code == 0
    assert judge_gate(scans.scan(*pages), GatePlan(max_untested=0.28)).exit_code == 3


def test_copies_of_a_page_are_not_untested():
    pages = [CLEAN, *[untested(number, PageState.DUPLICATE) for number in range(5)]]
    verdict = judge_gate(scans.scan(*pages))
    assert (verdict.exit_code, verdict.untested) == (0, ())


def test_a_site_that_locks_the_scanner_out_does_not_hide_among_others():
    good = scans.scan(*[CLEAN] * 50).sites[0]
    shut = replace(scans.scan(CLEAN, *map(untested, range(3))).sites[0], url="https://shut.example/")
    verdict = judge_gate(scans.scan(sites=(good, shut)))
    assert verdict.exit_code == 3
    assert "https://shut.example/" in verdict.sentences[1]


def test_new_problems_decide_and_what_was_not_looked_at_is_said_too():
    verdict = judge_gate(scans.scan(scans.page(scans.failed(A)), complete=False))
    assert verdict.exit_code == 1
    assert verdict.sentences == (
        "1 problem at serious or worse.",
        "Not judged: not enough was looked at.",
        "The scan stopped before its end.",
    )
    assert verdict.gaps == ("The scan stopped before its end.",)


def test_rules_that_did_not_run_are_named():
    gaps = [PageOutcome(f"rule-{number}", Verdict.UNTESTED) for number in range(7)]
    verdict = judge_gate(scans.scan(scans.page(*gaps, PageOutcome("broken", Verdict.ERROR))))
    assert verdict.exit_code == 0
    assert verdict.sentences[1].endswith("broken.")
    assert verdict.sentences[2].endswith("rule-0, rule-1, rule-2, rule-3, rule-4 and 2 more.")


def test_a_page_without_the_evidence_of_a_probe_is_not_judged():
    blind = replace(CLEAN, probes=(ProbeReport("axe", "took longer than 20 seconds"),))
    verdict = judge_gate(scans.scan(blind))
    assert verdict.exit_code == 3
    assert judge_gate(scans.scan(replace(CLEAN, probes=(ProbeReport("axe"),)))).exit_code == 0


def test_nonsense_is_refused():
    with pytest.raises(UsageError, match="'severe' is no impact"):
        judge_gate(scans.scan(CLEAN), GatePlan(fail_on="severe"))
    with pytest.raises(UsageError, match="between 0 and 1"):
        judge_gate(scans.scan(CLEAN), GatePlan(max_untested=10))
    scan = scans.scan(CLEAN)
    with pytest.raises(UsageError, match="no profile named"):
        judge_gate(replace(scan, sites=(replace(scan.sites[0], profile="mine"),)))
