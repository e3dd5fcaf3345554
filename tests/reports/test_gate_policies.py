"""Limits count what they select and nothing else; exceptions change no score; answers of people do as they say."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
import scans
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.agreed import Agreed
from reports.baseline import baseline_of
from reports.gate import Action, GatePlan, Policy, judge_gate
from reports.gate.policy import Selection
from reports.model import KindSample, Review, Sample, Scan, Tool
from reports.results import from_json, to_json
from reports.reviews import answered, answers_for, read_reviews, reviews_text
from reports.score import score_scan
from rules.errors import ConfigError
from rules.model import Verdict
from rules.page import PageState

A, B, C = (letter * 16 for letter in "abc")
TODAY = "2026-11-23"
OFF = GatePlan(today=TODAY, action=Action.OFF)


@dataclass(frozen=True)
class Prefix:
    """A pattern that matches whatever holds its text."""

    text: str

    def matches(self, url: str) -> bool:
        return self.text in url


def code(scan: Scan, *policies: Policy, **more: object) -> int:
    return judge_gate(scan, replace(OFF, policies=policies), **more).exit_code


LANG = replace(scans.ALT, id="html-lang", wcag=("3.1.1",))
SLIGHTLY = scans.failed(B, rule=scans.SLIGHT)
SCAN = scans.scan(
    replace(scans.page(scans.failed(A), url="https://a.example/"), template="home"),
    replace(scans.page(scans.failed(A), SLIGHTLY, url="https://a.example/form"), template="f"),
    replace(scans.page(scans.failed(C, rule=scans.NICE), url="form.html"), template="f"),
    rules=(*scans.CATALOGUE, LANG),
)
SCAN = replace(SCAN, sites=(replace(SCAN.sites[0], sample=Sample(3, 3, (KindSample("f", 2, 2, "/f/*"),))),))


@pytest.mark.parametrize(
    ("selection", "problems"),
    [
        (Selection(), 2),
        (Selection(standings=("advice",)), 1),
        (Selection(standings=("required", "advice")), 3),
        (Selection(impact="serious"), 1),
        (Selection(rules=("meta-slight",)), 1),
        (Selection(criteria=("1.1.1",)), 1),
        (Selection(criteria=("9.9.9",)), 0),
        (Selection(groups=("without-vision",)), 1),
        (Selection(sites=("https://b.example/",)), 0),
        (Selection(pages=(Prefix("/form"),)), 2),
        (Selection(not_pages=(Prefix("/form"),)), 1),
        (Selection(pages=(Prefix("/form.html"),), standings=("advice",)), 1),
        (Selection(kinds=("/f/*",), standings=("required", "advice")), 3),
        (Selection(kinds=("home",), standings=("required", "advice")), 1),
    ],
)
def test_a_limit_counts_what_it_selects(selection: Selection, problems: int) -> None:
    assert code(SCAN, Policy("max-problems", problems, selection=selection)) == 0
    if problems:
        assert code(SCAN, Policy("max-problems", problems - 1, selection=selection)) == 1


def test_zero_means_zero_and_the_limit_is_named() -> None:
    verdict = judge_gate(SCAN, replace(OFF, policies=(Policy("max-problems", 0, name="Forms"),)))
    assert verdict.sentences[0] == "Forms: 2 problems; at most 0 may be."
    assert len(verdict.new) == 2


def test_a_warning_is_said_and_lets_through() -> None:
    policy = Policy("max-problems", 0, name="Forms", start="2026-12-01")
    verdict = judge_gate(SCAN, replace(OFF, policies=(policy,)))
    assert verdict.exit_code == 0
    assert "Warning: Forms: 2 problems; at most 0 may be." in verdict.sentences
    assert len(verdict.warned) == 2
    assert judge_gate(SCAN, replace(OFF, today="2026-12-01", policies=(policy,))).exit_code == 1
    off = replace(policy, start="", action=Action.OFF)
    assert judge_gate(SCAN, replace(OFF, policies=(off,))).warned == ()


def test_the_gate_as_a_whole_can_start_later() -> None:
    assert judge_gate(SCAN, GatePlan(today=TODAY, start="2026-11-24")).exit_code == 0
    assert judge_gate(SCAN, GatePlan(today=TODAY, start="2026-11-23")).exit_code == 1


def test_only_new_problems_are_under_a_limit_on_new_ones() -> None:
    known = baseline_of(scans.scan(SCAN.sites[0].pages[0]))
    policy = Policy("max-new", selection=Selection(impact="minor"))
    verdict = judge_gate(SCAN, replace(OFF, policies=(policy,)), baseline=known)
    assert [one.fingerprint for one in verdict.new] == [B]


def test_what_new_checks_detect_is_new_from_a_day_on() -> None:
    known = baseline_of(scans.scan(scans.page()))
    known = replace(known, rules={"html-lang": frozenset({"1"})})
    plan = GatePlan(today=TODAY, new_rules_from="2026-11-24")
    assert judge_gate(SCAN, plan, baseline=known).exit_code == 0
    assert judge_gate(SCAN, replace(plan, today="2026-11-24"), baseline=known).exit_code == 1


def test_open_questions_can_be_limited() -> None:
    question = replace(scans.failed(A), verdict=Verdict.CANT_TELL)
    scan = scans.scan(scans.page(question))
    assert [code(scan, Policy("max-open-questions", most)) for most in (0, 1)] == [1, 0]


def test_pages_that_stay_untested_can_be_limited_by_what_they_are() -> None:
    pages = [scans.page(url=f"https://a.example/{number}") for number in range(40)]
    pages[30] = replace(scans.page(url="https://a.example/form", state=PageState.TIMEOUT))
    policy = Policy("max-untested", 0, name="Forms", selection=Selection(pages=(Prefix("/form"),)))
    verdict = judge_gate(scans.scan(*pages), replace(OFF, policies=(policy,)))
    assert verdict.exit_code == 3
    assert verdict.gaps == ("Forms: 1 of 1 chosen page of https://a.example/ were not tested; at most 0% may be.",)
    assert code(scans.scan(*pages), replace(policy, selection=Selection(pages=(Prefix("/3"),)))) == 0
    assert code(scans.scan(*pages), replace(policy, action=Action.WARN)) == 0


@pytest.mark.parametrize(("pages", "expected"), [(3, 3), (4, 4)])
def test_expected_pages_are_counted(pages: int, expected: int) -> None:
    scan = scans.scan(*[scans.page(url=str(number)) for number in range(pages)])
    assert judge_gate(scan, replace(OFF, expected_pages=expected)).exit_code == 0
    verdict = judge_gate(scan, replace(OFF, expected_pages=expected + 1))
    assert verdict.exit_code == 3
    assert verdict.gaps == (f"{pages} pages of https://a.example/ tested, and {expected + 1} are expected.",)


# -- scores ------------------------------------------------------------------------------------------------------------


def scored(*fingerprints: str) -> Scan:
    from rules.registry import load_rules

    info = next(info for info in load_rules().infos if info.id == "image-alt")
    lines = [scans.failed(name, rule=info) for name in fingerprints]
    return scans.scan(scans.page(*lines), rules=(*load_rules().infos, LANG), tool=Tool("1"))


@pytest.mark.parametrize("of", ["site", "page"])
def test_a_score_fails_only_where_the_same_pages_are_clearly_worse(of: str) -> None:
    selection = Selection(groups=("without-vision",))
    least = Policy("min-score", 90, name="Score", of=of, selection=selection)  # type: ignore[arg-type]
    bad, good = scored(A, B, C), scored()
    assert code(bad, least, before=good) == 1
    assert code(bad, least, before=bad) == 0
    assert code(bad, least) == 0
    [said] = [s for s in judge_gate(bad, replace(OFF, policies=(least,))).sentences if "Score" in s]
    assert "at least 90 is asked for (nothing to compare it with)" in said
    assert code(bad, replace(least, action=Action.WARN), before=good) == 0
    assert code(good, least, before=bad) == 0
    worse = Policy("score-not-worse", of=of, selection=selection)  # type: ignore[arg-type]
    assert [code(bad, worse, before=good), code(bad, worse, before=bad), code(good, worse, before=bad)] == [1, 0, 0]


# -- exceptions --------------------------------------------------------------------------------------------------------

MAP = Agreed("image-alt", "The map goes.", "Maps team", "2026-11-23", selector="#it")


def agreed(scan: Scan, *exceptions: Agreed, today: str = TODAY):
    return judge_gate(replace(scan, agreed=exceptions), GatePlan(today=today))


def test_an_agreed_exception_lets_through_and_is_named() -> None:
    verdict = agreed(SCAN, MAP)
    assert verdict.exit_code == 0
    [said] = [sentence for sentence in verdict.sentences if "agreed exception" in sentence]
    assert said == (
        "1 agreed exception in use, which changes no score: "
        "image-alt at #it, agreed until 2026-11-23 (Maps team): The map goes."
    )


def test_an_exception_that_is_over_fails_with_its_text() -> None:
    verdict = agreed(SCAN, MAP, today="2026-11-24")
    assert verdict.exit_code == 1
    assert (
        "The exception for image-alt at #it ended on 2026-11-23, and the problem is still there. "
        "Maps team had agreed: The map goes."
    ) in verdict.sentences


def test_an_exception_that_is_over_fails_even_where_the_baseline_knows_the_problem() -> None:
    over = replace(SCAN, agreed=(MAP,))
    assert judge_gate(over, GatePlan(today="2026-11-24"), baseline=baseline_of(SCAN)).exit_code == 1


def test_an_exception_that_nothing_needs_is_named_and_fails_nothing() -> None:
    verdict = agreed(SCAN, MAP, replace(MAP, selector="#gone", expires="2020-01-01"))
    assert verdict.exit_code == 0
    assert "Agreed exceptions that nothing needs any more: image-alt at #gone." in verdict.sentences


@pytest.mark.parametrize(
    "other",
    [
        replace(MAP, rule="button-name"),
        replace(MAP, selector="#other"),
        replace(MAP, selector="", fingerprint=B),
    ],
)
def test_an_exception_covers_only_what_was_agreed_on(other: Agreed) -> None:
    assert agreed(SCAN, other).exit_code == 1


def test_an_exception_for_one_place_leaves_the_others() -> None:
    from rules.model import Place

    elsewhere = scans.failed(A, target=Place("#other", "<img>"))
    scan = scans.scan(scans.page(scans.failed(A)), scans.page(elsewhere, url="https://a.example/b"))
    verdict = agreed(scan, MAP)
    assert verdict.exit_code == 1
    assert [spot.selector for spot in verdict.new[0].spots] == ["#other"]
    assert agreed(scan, replace(MAP, selector="", fingerprint=A)).exit_code == 0


exceptions = st.lists(
    st.builds(
        Agreed,
        st.sampled_from(["image-alt", "meta-slight", "gone"]),
        st.just("r"),
        st.just("o"),
        st.sampled_from(["2020-01-01", "2030-01-01"]),
        st.sampled_from(["", A, B]),
        st.just("#it"),
    ),
    max_size=100,
)


@settings(deadline=None, max_examples=30)
@given(exceptions)
def test_exceptions_change_no_score_to_the_byte(several: list[Agreed]) -> None:
    scan = replace(SCAN, agreed=tuple(several))
    plain = to_json(SCAN, score_scan(SCAN).as_json())
    with_them = to_json(scan, score_scan(answered(scan)).as_json())
    read = from_json(with_them, source="r")
    assert replace(read, rules=scan.rules) == scan
    assert to_json(replace(read, agreed=()), score_scan(answered(read)).as_json()) == plain


# -- answers of people -------------------------------------------------------------------------------------------------

NO = Review(A, "image-alt", "no-problem", 1, TODAY, "Ada Lovelace", "It only decorates.")


def test_a_false_alarm_leaves_score_and_gate_and_is_counted() -> None:
    scan = replace(scored(A), reviews=(NO,))
    assert score_scan(answered(scan)).as_json() == score_scan(scored()).as_json()
    verdict = judge_gate(scan)
    assert verdict.exit_code == 0
    assert "1 answer of people taken into account, by Ada Lovelace." in verdict.sentences


def test_more_of_it_than_was_answered_is_open_again() -> None:
    scan = scans.scan(scans.page(scans.failed(A, count=2)))
    assert judge_gate(replace(scan, reviews=(NO,))).exit_code == 1
    assert judge_gate(replace(scan, reviews=(replace(NO, count=2),))).exit_code == 0


def test_a_question_that_was_answered_with_problem_is_one() -> None:
    question = replace(scans.failed(A), verdict=Verdict.CANT_TELL)
    scan = scans.scan(scans.page(question))
    assert judge_gate(scan).exit_code == 0
    assert judge_gate(replace(scan, reviews=(replace(NO, answer="problem"),))).exit_code == 1


def test_only_answers_about_a_scan_go_along_with_it() -> None:
    assert answers_for(scored(A), [replace(NO, fingerprint=C), NO]) == (NO,)


def test_answers_are_written_and_read_and_the_latest_counts() -> None:
    other = replace(NO, fingerprint=B, answer="problem", count=12, reason='They "see" it.')
    text = reviews_text([other, NO])
    assert read_reviews(text, source="r") == (NO, other)
    later = reviews_text([replace(NO, answer="problem", day="2027-01-01")]).splitlines()[1]
    assert read_reviews(f"{text}{later}\n", source="r")[0].answer == "problem"
    assert read_reviews(text.replace(TODAY, "2028-01-01", 1) + later, source="r")[0].answer == "no-problem"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "r:1: The first line of a file of answers is: # Curbcut answers 1."),
        ("{0}\n{1}\n", "r:2: Expected a fingerprint"),
        (f'{{0}}\n{A} image-alt maybe 1 2026-11-23 "A"  b\n', "Answers are: no-problem, problem."),
        (f'{{0}}\n{A} i problem 1 2026-11-23 "A"  b\n{A} i no-problem 1 2026-11-23 "B"  c\n', "r:3: This was answered"),
    ],
)
def test_a_wrong_line_of_answers_is_named(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_reviews(text.format("# Curbcut answers 1", "nonsense"), source="r")
    assert words in str(caught.value)


# -- a second visit ----------------------------------------------------------------------------------------------------


def test_what_a_second_visit_did_not_find_again_is_listed_and_fails_nothing() -> None:
    scan = replace(scans.scan(scans.page(scans.failed(A), scans.failed(B))), unstable=(A,))
    verdict = judge_gate(scan)
    assert [one.fingerprint for one in verdict.new] == [B]
    assert [one.fingerprint for one in verdict.unstable] == [A]
    only = replace(scans.scan(scans.page(scans.failed(A))), unstable=(A,))
    assert judge_gate(only).exit_code == 0
    assert any(sentence.startswith("Unstable, so not counted: ") for sentence in judge_gate(only).sentences)
