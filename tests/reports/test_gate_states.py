"""A problem is fixed only where somebody looked; what a new check detects is not new; what moved is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
import scans

from reports.baseline import Baseline, baseline_of
from reports.gate import State, judge_gate, track
from reports.model import KindSample, Sample, Scan, Tool
from reports.ratchet import pruned, shrunk, step, updated, with_rules
from rules.model import PageOutcome, SiteOutcome, Verdict
from rules.page import PageState, ProbeReport

A, B, C = (letter * 16 for letter in "abc")
HOME, OTHER = "https://a.example/", "https://a.example/b"
BEFORE = scans.scan(scans.page(scans.failed(A)), scans.page(scans.failed(B, rule=scans.SLIGHT), url=OTHER))
KNOWN = baseline_of(BEFORE)


def states(scan: Scan, baseline: Baseline = KNOWN) -> dict[str, State]:
    return {one.fingerprint: one.state for one in track(scan, baseline)}


def scan_of(*pages, **more) -> Scan:
    return scans.scan(*pages, scans.page(scans.failed(B, rule=scans.SLIGHT), url=OTHER), **more)


def test_what_is_gone_from_a_place_that_was_looked_at_is_fixed() -> None:
    scan = scan_of(scans.page())
    assert states(scan) == {A: State.FIXED, B: State.PERSISTING}
    verdict = judge_gate(scan, baseline=KNOWN)
    assert verdict.exit_code == 0
    assert verdict.sentences[1].startswith("Fixed, thank you: 1 problem (image-alt). `curbcut baseline update --only")


SILENT = PageOutcome("image-alt", Verdict.UNTESTED)


@pytest.mark.parametrize(
    ("scan", "why"),
    [
        (scan_of(), "https://a.example/ was not looked at by its rule"),
        (scan_of(scans.page(url="https://a.example/else")), "https://a.example/ was not looked at by its rule"),
        (scan_of(scans.page(state=PageState.TIMEOUT)), "was not looked at"),
        (scan_of(scans.page(state=PageState.DUPLICATE)), "was not looked at"),
        (scan_of(scans.page(SILENT)), "was not looked at by its rule"),
        (scan_of(scans.page(replace(SILENT, verdict=Verdict.ERROR))), "was not looked at by its rule"),
        (scan_of(replace(scans.page(), probes=(ProbeReport("axe", "took too long"),))), "was not looked at"),
        (scan_of(scans.page(), rules=(scans.SLIGHT,)), "its rule is not among those of the scan"),
        (scan_of(scans.page(), rules=(replace(scans.ALT, version=2), scans.SLIGHT)), "judges in another way since"),
    ],
)
def test_what_was_not_looked_at_on_full_evidence_is_not_fixed(scan: Scan, why: str) -> None:
    assert states(scan)[A] is State.NOT_LOOKED_AT
    [lost] = [one for one in track(scan, KNOWN) if one.fingerprint == A]
    assert why in lost.reason
    assert any(why in sentence for sentence in judge_gate(scan, baseline=KNOWN).sentences)
    assert A in shrunk(KNOWN, scan).accepted, "what nobody looked at stays in the baseline"
    assert A in updated(KNOWN, scan).accepted


def test_a_problem_of_many_pages_is_fixed_only_where_as_many_were_looked_at() -> None:
    pages = [f"https://a.example/{number}" for number in range(9)]
    known = baseline_of(scans.scan(*[scans.page(scans.failed(A), url=url) for url in pages]))
    assert len(known.accepted[A].places) == 3
    assert known.accepted[A].pages == 9
    assert states(scans.scan(*[scans.page(url=url) for url in pages]), known) == {A: State.FIXED}
    assert states(scans.scan(*[scans.page(url=url) for url in pages[:8]]), known) == {A: State.NOT_LOOKED_AT}


def test_a_rule_with_a_new_name_is_the_one_that_the_baseline_knows() -> None:
    renamed = replace(scans.ALT, id="picture-alt", aliases=(scans.ALT.id,))
    rules = (renamed, scans.SLIGHT)
    same = scan_of(scans.page(scans.failed(A, rule=renamed)), rules=rules)
    more = scan_of(scans.page(scans.failed(A, rule=renamed), scans.failed(C, rule=renamed)), rules=rules)
    assert judge_gate(same, baseline=KNOWN).exit_code == 0
    verdict = judge_gate(more, baseline=KNOWN)
    assert {one.fingerprint: one.state for one in verdict.problems}[C] is State.NEW, "not newly detected"
    gone = scan_of(scans.page(), rules=rules)
    assert states(gone, KNOWN.under_names_of(rules))[A] is State.FIXED


def test_one_page_that_still_has_it_is_enough_to_persist() -> None:
    known = baseline_of(scans.scan(scans.page(scans.failed(A)), scans.page(scans.failed(A), url=OTHER)))
    assert states(scans.scan(scans.page(), scans.page(scans.failed(A), url=OTHER)), known) == {A: State.PERSISTING}


def test_a_page_that_was_renamed_is_moved_and_goes_through() -> None:
    scan = scan_of(scans.page(scans.failed(A), url="https://a.example/start"))
    assert states(scan)[A] is State.MOVED
    verdict = judge_gate(scan, baseline=KNOWN)
    assert verdict.exit_code == 0
    assert any(sentence.startswith("On other pages than before: 1 problem") for sentence in verdict.sentences)


def test_one_more_on_the_renamed_page_is_new() -> None:
    scan = scan_of(scans.page(scans.failed(A, count=2), url="https://a.example/start"))
    assert states(scan)[A] is State.NEW
    assert judge_gate(scan, baseline=KNOWN).exit_code == 1


NEWER = replace(scans.ALT, version=2)
WITH_AXE = replace(scans.ALT, origin="axe")


@pytest.mark.parametrize("fingerprint", [A, C])
@pytest.mark.parametrize("count", [1, 2])
def test_what_another_version_of_a_rule_finds_is_newly_detected(fingerprint: str, count: int) -> None:
    scan = scan_of(scans.page(scans.failed(fingerprint, rule=NEWER, count=count)), rules=(NEWER, scans.SLIGHT))
    known = fingerprint == A and count == 1
    assert states(scan)[fingerprint] is (State.PERSISTING if known else State.NEWLY_DETECTED)
    verdict = judge_gate(scan, baseline=KNOWN)
    assert verdict.exit_code == 0
    assert known or any("Newly detected by checks" in sentence for sentence in verdict.sentences)


@pytest.mark.parametrize(("axe", "state"), [("4.11.3", State.NEW), ("4.12.0", State.NEWLY_DETECTED)])
def test_a_larger_step_of_axe_detects_and_a_small_one_does_not(axe: str, state: State) -> None:
    tool, rules = Tool("1", axe="4.11.0"), (WITH_AXE, scans.SLIGHT)
    known = baseline_of(scan_of(scans.page(), tool=tool, rules=rules))
    scan = scan_of(scans.page(scans.failed(C, rule=WITH_AXE)), tool=replace(tool, axe=axe), rules=rules)
    assert states(scan, known)[C] is state


def test_a_rule_that_lacked_evidence_when_the_baseline_was_made_detects_and_makes_nothing_new() -> None:
    known = baseline_of(scan_of(scans.page(SILENT), rules=(scans.ALT, scans.SLIGHT)))
    known = replace(known, rules={rule: known.rules[rule] for rule in known.rules if rule != "image-alt"})
    assert states(scan_of(scans.page(scans.failed(C))), known)[C] is State.NEWLY_DETECTED
    silent = [scans.page(SILENT), scans.page(SILENT, url=OTHER)]
    assert "image-alt" not in baseline_of(scans.scan(*silent)).rules


# -- problems of a whole service ---------------------------------------------------------------------------------------


def compared(*outcomes: SiteOutcome) -> Scan:
    scan = scans.scan(scans.page(), scans.page(url=OTHER))
    return replace(scan, sites=(replace(scan.sites[0], site_outcomes=outcomes),))


def test_a_problem_between_pages_is_fixed_only_where_pages_were_compared() -> None:
    concern = SiteOutcome(Verdict.FAILED, "Menus differ.", (HOME, OTHER), C, "navigation-alike")
    known = baseline_of(compared(concern))
    assert known.accepted[C].places == (HOME, OTHER)
    assert states(compared(SiteOutcome(Verdict.PASSED, rule="navigation-alike")), known) == {C: State.FIXED}
    assert states(compared(), known) == {C: State.NOT_LOOKED_AT}
    assert states(compared(SiteOutcome(Verdict.ERROR, rule="navigation-alike")), known) == {C: State.NOT_LOOKED_AT}


# -- how a baseline follows --------------------------------------------------------------------------------------------


def test_shrinking_takes_out_what_is_fixed_and_takes_nothing_in() -> None:
    scan = scan_of(scans.page(scans.failed(C)))
    change = step(KNOWN, shrunk(KNOWN, scan))
    assert (change.removed, change.added, change.raised) == ((A,), (), ())
    assert shrunk(KNOWN, scan).rules == KNOWN.rules
    assert judge_gate(BEFORE, baseline=shrunk(KNOWN, scan)).exit_code == 1, "a fixed problem that returns fails"


def test_shrinking_lowers_a_count_only_where_every_place_was_looked_at() -> None:
    many = [scans.page(scans.failed(A, count=4)), scans.page(scans.failed(A, count=2), url=OTHER)]
    known = baseline_of(scans.scan(*many))
    fewer = scans.page(scans.failed(A, count=1))
    assert shrunk(known, scans.scan(fewer, many[1])).allows(A) == 2
    assert shrunk(known, scans.scan(fewer)).allows(A) == 4
    assert shrunk(known, scans.scan(many[0], scans.page(scans.failed(A, count=9), url=OTHER))).allows(A) == 4


def test_taking_rules_in_accepts_what_they_detect_and_nothing_else() -> None:
    scan = scan_of(
        scans.page(scans.failed(A), scans.failed(C, rule=scans.NICE)), rules=(scans.ALT, scans.SLIGHT, scans.NICE)
    )
    before = replace(KNOWN, rules={rule: KNOWN.rules[rule] for rule in ("image-alt", "meta-slight")})
    worse = replace(scan.sites[0].pages[0], outcomes=(*scan.sites[0].pages[0].outcomes, scans.failed("d" * 16)))
    scan = replace(scan, sites=(replace(scan.sites[0], pages=(worse, *scan.sites[0].pages[1:])),))
    after = with_rules(before, scan)
    assert step(before, after).added == (C,)
    assert after.knows("region", "1")
    assert not before.knows("region", "1")


def test_an_update_accepts_everything_and_knows_what_was_looked_at() -> None:
    scan = scan_of(scans.page(scans.failed(C)))
    after = updated(KNOWN, scan)
    assert set(after.accepted) == {B, C}
    assert updated(after, scan) == after
    assert judge_gate(scan, baseline=after).exit_code == 0


def test_pruning_takes_out_what_no_scan_can_meet() -> None:
    gone = replace(scans.page(state=PageState.ERROR_PAGE), status=404)
    assert set(pruned(KNOWN, scan_of(gone)).accepted) == {B}
    assert set(pruned(KNOWN, scan_of(replace(gone, status=500))).accepted) == {A, B}
    assert set(pruned(KNOWN, scan_of(scans.page(), rules=(scans.SLIGHT,))).accepted) == {B}


# -- what the guard knows from a baseline ------------------------------------------------------------------------------


def test_fewer_pages_than_the_baseline_had_are_no_verdict() -> None:
    known = baseline_of(scans.scan(*[scans.page(url=f"https://a.example/{number}") for number in range(20)]))

    def code(pages: int) -> int:
        few = scans.scan(*[scans.page(url=f"https://a.example/{number}") for number in range(pages)])
        return judge_gate(few, baseline=known).exit_code

    assert [code(20), code(18), code(17), code(1)] == [0, 0, 3, 3]


def test_a_kind_of_page_that_is_gone_is_no_verdict_and_a_redesign_is_one() -> None:
    def scan(template: str, pattern: str) -> Scan:
        pages = (scans.page(), replace(scans.page(url=OTHER), template=template))
        kinds = (KindSample(template, 1, 1, pattern),)
        found = scans.scan(*pages)
        return replace(found, sites=(replace(found.sites[0], sample=Sample(2, 2, kinds)),))

    known = baseline_of(scan("form", "/apply/*"))
    assert judge_gate(scan("form", "/start/*"), baseline=known).exit_code == 0
    assert judge_gate(scan("form-2030", "/apply/*"), baseline=known).exit_code == 0
    verdict = judge_gate(scan("article", "/news/*"), baseline=known)
    assert verdict.exit_code == 3
    assert verdict.gaps == (
        "No page like /apply/* of https://a.example/ was tested; the baseline knows that kind of page.",
    )
    nothing = replace(scan("form", "/apply/*"), sites=(replace(scan("form", "/apply/*").sites[0], pages=()),))
    assert not [gap for gap in judge_gate(nothing, baseline=known).gaps if "No page like" in gap]


def test_a_check_that_ran_for_the_baseline_and_now_nowhere_is_no_verdict() -> None:
    pages = [scans.page(SILENT), scans.page(scans.failed(B, rule=scans.SLIGHT), SILENT, url=OTHER)]
    verdict = judge_gate(scans.scan(*pages), baseline=KNOWN)
    assert (verdict.exit_code, verdict.gaps) == (3, ("Checks that ran for the baseline ran on no page: image-alt.",))
    one = [scans.page(SILENT), scans.page(scans.failed(B, rule=scans.SLIGHT), url=OTHER)]
    assert judge_gate(scans.scan(*one), baseline=KNOWN).exit_code == 0


def test_a_check_of_a_plug_in_that_could_not_be_loaded_is_no_verdict() -> None:
    scan = scan_of(scans.page(), rules=(scans.SLIGHT,))
    assert judge_gate(scan, baseline=KNOWN).exit_code == 0
    broken = replace(scan, tool=replace(scan.tool, broken_plugins=("plug-in x: gone",)))
    assert judge_gate(broken, baseline=KNOWN).exit_code == 3
