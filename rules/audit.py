"""Every rule over one page: evidence in, outcomes out; pure, and never stopped by a broken rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext

from rules.fingerprint import fingerprint
from rules.model import Outcome, PageOutcome, PageRule, Place, Untested, Verdict
from rules.page import Page, PageState

Limit = Callable[[], AbstractContextManager[None]]
_Key = tuple[Verdict, str, str, bool]


def audit(page: Page, rules: Iterable[PageRule], *, limit: Limit = nullcontext) -> tuple[PageOutcome, ...]:
    """The outcomes of every rule on a page, in the order of rule ids, verdicts and places.

    A page that was not tested gives none. A rule whose evidence is missing is `untested`; one that
    raises is `error` and keeps nothing of what it yielded before. `limit` is put around each rule and
    may raise Untested in one that takes too long.
    """
    if page.state is not PageState.TESTED:
        return ()
    return tuple(outcome for rule in rules for outcome in _judge(page, rule, limit))


def _judge(page: Page, rule: PageRule, limit: Limit) -> list[PageOutcome]:
    missing = [name for name in rule.info.needs if not page.has(name)]
    if missing:
        return [_plain(rule, Verdict.UNTESTED, f"There is no evidence from: {', '.join(missing)}.")]
    try:
        with limit():
            outcomes = list(rule.judge(page))
    except Untested as gap:
        return [_plain(rule, Verdict.UNTESTED, str(gap))]
    except Exception as error:  # a rule's defect must not cost the page; it is reported as what it is
        return [_plain(rule, Verdict.ERROR, f"{type(error).__name__}: {error}")]
    return _grouped(rule, outcomes)


def _grouped(rule: PageRule, outcomes: list[Outcome]) -> list[PageOutcome]:
    """Outcomes by verdict and fingerprint with their counts; passed ones summed."""
    groups: dict[_Key, list[Outcome]] = {}
    for outcome in outcomes:
        known = _identity(rule, outcome)
        message = "" if outcome.element is not None else outcome.message
        groups.setdefault((outcome.verdict, known, message, outcome.blocks), []).append(outcome)
    lines = [
        PageOutcome(
            rule=rule.info.id,
            verdict=verdict,
            wcag=rule.info.wcag,
            act=rule.info.act,
            impact=rule.info.impact,
            target=_place(same[0]) if verdict is not Verdict.PASSED else None,
            message=same[0].message,
            fingerprint=known,
            count=len(same),
            blocks=blocks,
        )
        for (verdict, known, _, blocks), same in groups.items()
    ]
    return sorted(lines, key=lambda line: (line.verdict, line.target.selector if line.target else "", line.fingerprint))


def _identity(rule: PageRule, outcome: Outcome) -> str:
    if outcome.verdict is Verdict.PASSED:
        return ""
    return fingerprint(rule.info.first_id, outcome.element, words=outcome.words)


def _place(outcome: Outcome) -> Place | None:
    element = outcome.element
    return None if element is None else Place(element.selector, element.snippet, element.frame)


def _plain(rule: PageRule, verdict: Verdict, message: str) -> PageOutcome:
    info = rule.info
    return PageOutcome(rule=info.id, verdict=verdict, wcag=info.wcag, act=info.act, impact=info.impact, message=message)
