"""Problems grouped by fingerprint: one for what is repaired once."""

from __future__ import annotations

from dataclasses import replace

import factory
import pytest
from factory import outcome, page, rule, scan

from reports.model import Scan, SiteResult
from reports.problems import problems
from rules.errors import UsageError
from rules.model import IMPACTS, Place, RuleInfo, SiteOutcome, Verdict

HOME = "https://a.example.gov/"
NAMES = rule("names")


def site(*pages: object, **known: object) -> SiteResult:
    return SiteResult(HOME, "A", pages=pages, **known)  # type: ignore[arg-type]


def one(*pages: object, rules: tuple[RuleInfo, ...] = (NAMES,), **known: object) -> Scan:
    return scan(site(*pages, **known), rules=rules)


def test_one_component_on_many_pages_is_one_problem() -> None:
    broken = outcome(NAMES, "The button has no name.", fingerprint="aa")
    found = problems(one(page(HOME, "", [broken]), page(f"{HOME}b", "", [replace(broken, count=3)])))
    assert [(p.fingerprint, len(p.hits), p.count, p.number) for p in found] == [("aa", 2, 4, 1)]


def test_two_lines_of_one_fingerprint_on_a_page_are_one_hit() -> None:
    lines = [outcome(NAMES, "No name.", fingerprint="aa"), outcome(NAMES, "No name.", fingerprint="aa", blocks=True)]
    (problem,) = problems(one(page(HOME, "", lines)))
    assert [(hit.page, hit.count) for hit in problem.hits] == [(0, 2)]
    assert problem.blocks


def test_the_same_fingerprint_in_two_services_is_two_problems() -> None:
    broken = page(HOME, "", [outcome(NAMES, "No name.", fingerprint="aa")])
    found = problems(scan(site(broken), replace(site(broken), url="https://b.example.gov/"), rules=[NAMES]))
    assert [(p.site, p.fingerprint) for p in found] == [(0, "aa"), (1, "aa")]


def test_questions_are_apart_from_problems() -> None:
    asked = outcome(NAMES, "Does the name fit?", verdict=Verdict.CANT_TELL, fingerprint="aa")
    both = one(page(HOME, "", [asked, outcome(NAMES, "No name.", fingerprint="aa")]))
    assert [p.headline for p in problems(both)] == ["No name."]
    assert [p.headline for p in problems(both, verdict=Verdict.CANT_TELL)] == ["Does the name fit?"]


def test_what_stops_people_comes_first_then_what_is_on_most_pages() -> None:
    rules = tuple(rule(impact, impact=impact) for impact in IMPACTS)
    everywhere = [outcome(info, f"{info.id}.") for info in reversed(rules)]
    once = [outcome(info, f"{info.id}, once.") for info in rules]
    found = problems(one(page(HOME, "", [*once, *everywhere]), page(f"{HOME}b", "", everywhere), rules=rules))
    expected = [text for impact in IMPACTS for text in (f"{impact}.", f"{impact}, once.")]
    assert [p.message.lower() for p in found] == expected
    assert [p.number for p in found] == list(range(1, 9))


def test_a_proven_blocker_stops_people_whatever_its_impact() -> None:
    slow = rule("slow", impact="moderate")
    critical = rule("critical", impact="critical")
    found = problems(
        one(page(HOME, "", [outcome(critical, "C."), outcome(slow, "S.", blocks=True)]), rules=(slow, critical))
    )
    assert [(p.message, p.stops, p.impact) for p in found] == [("S.", True, "critical"), ("C.", True, "critical")]


def test_advice_comes_last_and_stops_nobody() -> None:
    advice = rule("advice", impact="critical", wcag=())
    found = problems(one(page(HOME, "", [outcome(advice, "A."), outcome(NAMES, "N.")]), rules=(advice, NAMES)))
    assert [(p.message, p.standing, p.stops) for p in found] == [("N.", "required", False), ("A.", "advice", False)]


def test_the_profile_says_what_is_required() -> None:
    newer = rule("newer", wcag=("2.5.8",))
    broken = page(HOME, "", [outcome(newer, "N.")])
    assert [p.standing for p in problems(one(broken, rules=(newer,)))] == ["required"]
    assert [p.standing for p in problems(one(broken, rules=(newer,), profile="us-508"))] == ["beyond"]
    with pytest.raises(UsageError, match="no-such-law"):
        problems(one(broken, rules=(newer,), profile="no-such-law"))


def test_outcomes_of_site_rules_are_problems_on_the_pages_that_they_name() -> None:
    moved = SiteOutcome(Verdict.FAILED, "The link moved.", (f"{HOME}b", "https://elsewhere.example/"), "cc", "names")
    (problem,) = problems(one(page(HOME), page(f"{HOME}b"), site_outcomes=(moved,)))
    assert [hit.page for hit in problem.hits] == [1]
    assert problem.place is None


def test_an_outcome_of_a_site_rule_without_a_known_page_is_not_lost() -> None:
    whole = SiteOutcome(Verdict.FAILED, "There is no statement.", (), "dd", "names")
    (problem,) = problems(one(page(HOME), site_outcomes=(whole,)))
    assert (problem.message, problem.hits) == ("There is no statement.", ())


def test_a_rule_that_the_catalogue_lacks_still_tells_its_problem() -> None:
    foreign = outcome(rule("foreign", impact="critical", wcag=("1.1.1",)), "F.")
    (problem,) = problems(one(page(HOME, "", [foreign]), rules=()))
    assert (problem.rule.id, problem.impact, problem.rule.wcag) == ("foreign", "critical", ("1.1.1",))


def test_people_are_those_whom_the_criteria_serve_first_narrowed_by_the_rule() -> None:
    def people(info: RuleInfo, **known: str) -> str:
        return problems(one(page(HOME, "", [outcome(info, "X.")]), rules=(info,)), **known)[0].people  # type: ignore[arg-type]

    assert people(rule("images", wcag=("1.1.1",), serves=("WV",))) == "People without vision"
    assert "hearing" in people(rule("images", wcag=("1.1.1",)))
    assert people(rule("contrast", wcag=("1.4.3",)), map="us-508") == "People with limited vision"
    assert people(rule("advice", wcag=())) == ""


def test_a_problem_without_a_message_says_what_is_not_so() -> None:
    (problem,) = problems(one(page(HOME, "", [outcome(rule("names", title="Buttons have a name"), "")])))
    assert problem.headline == "This is not so everywhere: Everything is right about names"


def test_the_first_place_is_kept_and_headlines_are_one_line() -> None:
    long = outcome(NAMES, f"line one\nline two {factory.HUGE}", target=Place("a", "<a>"), fingerprint="aa")
    (problem,) = problems(one(page(HOME, "", [long])))
    assert problem.place == Place("a", "<a>")
    assert "\n" not in problem.headline
    assert len(problem.headline) <= 180


def test_the_order_of_pages_and_outcomes_changes_no_number() -> None:
    whole = factory.one_service()
    (service,) = whole.sites
    turned = replace(
        service, pages=tuple(replace(p, outcomes=tuple(reversed(p.outcomes))) for p in reversed(service.pages))
    )
    numbers = [(p.number, p.rule.id, p.fingerprint) for p in problems(whole)]
    assert [(p.number, p.rule.id, p.fingerprint) for p in problems(replace(whole, sites=(turned,)))] == numbers
