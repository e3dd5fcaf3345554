"""A rule that takes too long on a page is untested there, and the rules after it judge as ever."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from rules.audit import audit
from rules.evidence.dom import DomSnapshot
from rules.model import Outcome, PageRule, Untested, Verdict, passed
from rules.page import Page
from rules.registry import load_rules
from scanner.limits import rule_limits, time_limit

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no timer to set")

PAGE = Page("http://127.0.0.1/", snapshot=DomSnapshot((), (), ()))


def endless(_: Page) -> Iterator[Outcome]:
    while True:
        yield from ()


def quick(_: Page) -> Iterator[Outcome]:
    yield passed()


def rule(identity: str, judge: object) -> PageRule:
    known = load_rules().page_rules[0]
    info = replace(known.info, id=identity, needs=())
    return replace(known, info=info, judge=judge)


def test_a_slow_rule_is_untested_and_costs_no_other() -> None:
    rules = (rule("a-quick", quick), rule("b-endless", endless), rule("c-quick", quick))
    outcomes = audit(PAGE, rules, limit=rule_limits(each_s=0.1))
    assert [outcome.verdict for outcome in outcomes] == [Verdict.PASSED, Verdict.UNTESTED, Verdict.PASSED]
    assert outcomes[1].message == "The check took longer than 0.1 seconds on this page."


def test_all_rules_together_have_an_end() -> None:
    rules = tuple(rule(f"endless-{number}", endless) for number in range(20))
    outcomes = audit(PAGE, rules, limit=rule_limits(each_s=0.2, all_s=0.4))
    assert {outcome.verdict for outcome in outcomes} == {Verdict.UNTESTED}
    assert len([outcome for outcome in outcomes if "0.2 seconds" in outcome.message]) <= 2


def test_the_timer_is_taken_away_again() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(Untested), time_limit(0.05):
        time.sleep(1)
    with time_limit(0.05):
        pass
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
