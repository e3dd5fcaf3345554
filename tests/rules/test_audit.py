"""The audit groups what is the same, never takes missing evidence for a good sign, and survives a broken rule."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

import pytest

from rules import (
    Outcome,
    Page,
    PageDigest,
    SiteOutcome,
    Untested,
    Verdict,
    cant_tell,
    failed,
    page_rule,
    passed,
    site_rule,
)
from rules.audit import audit
from rules.model import PageRule
from rules.page import PageState
from rules.site_audit import audit_site

LookAt = Callable[[str], Awaitable[Page]]

ABOUT = {
    "title": "Buttons are good",
    "why": "Why.",
    "fix": "Fix.",
    "wcag": ("4.1.2",),
    "impact": "serious",
    "scope": "component",
    "role": "development",
}
PAGE = """<html lang=en><title>T</title><main>
<button class=a>One</button><button class=a>Two</button><button class=a>Three</button>
<button class=b name=go>Go</button>
<p>text</p></main></html>"""


@page_rule(**ABOUT)
def judged_buttons(page: Page) -> Iterator[Outcome]:
    """Every button fails, every paragraph passes, and the page as a whole raises two questions."""
    yield cant_tell(None, "Is it one?")
    for button in page.dom.by_tag("button"):
        yield failed(button, f"{button.name} is wrong.", blocks=button.name == "Go")
    for paragraph in (*page.dom.by_tag("p"), *page.dom.by_tag("p")):
        yield passed(paragraph)
    yield cant_tell(None, "Is it two?")


@page_rule(**{**ABOUT, "needs": ("dom", "listeners")})
def careful_rule(page: Page) -> Iterator[Outcome]:
    """Needs listeners."""
    yield passed()


@page_rule(**ABOUT)
def broken_rule(page: Page) -> Iterator[Outcome]:
    """Yields and then breaks."""
    yield failed(page.dom.by_tag("button")[0], "This is lost.")
    raise KeyError("gone")


@page_rule(**ABOUT)
def honest_rule(page: Page) -> Iterator[Outcome]:
    """Finds out late that it cannot judge."""
    yield passed()
    raise Untested("Half of the evidence is missing.")


async def test_the_same_component_is_one_line_with_its_count(look_at: LookAt) -> None:
    lines = audit(await look_at(PAGE), [judged_buttons])
    flagged = {line.target.selector: line for line in lines if line.target}
    assert {selector: line.count for selector, line in flagged.items()} == {
        "main > button:nth-of-type(1)": 3,
        "main > button:nth-of-type(4)": 1,
    }
    three, one = flagged.values()
    assert (three.message, three.wcag, three.impact, three.blocks) == ("One is wrong.", ("4.1.2",), "serious", False)
    assert one.blocks
    assert len({three.fingerprint, one.fingerprint}) == 2
    assert one.target is not None
    assert 'class="b"' in one.target.snippet


async def test_what_passed_is_summed_and_questions_of_the_page_stay_apart(look_at: LookAt) -> None:
    lines = audit(await look_at(PAGE), [judged_buttons])
    [good] = [line for line in lines if line.verdict is Verdict.PASSED]
    assert (good.count, good.target, good.fingerprint) == (2, None, "")
    assert {line.message for line in lines if line.verdict is Verdict.CANT_TELL} == {"Is it one?", "Is it two?"}


async def test_missing_evidence_is_untested_never_passed(look_at: LookAt) -> None:
    page = await look_at(PAGE)
    assert [line.verdict for line in audit(page, [careful_rule])] == [Verdict.PASSED]
    [line] = audit(replace(page, listeners=None), [careful_rule])
    assert (line.verdict, line.message) == (Verdict.UNTESTED, "There is no evidence from: listeners.")
    [late] = audit(page, [honest_rule])
    assert (late.verdict, late.message) == (Verdict.UNTESTED, "Half of the evidence is missing.")


async def test_a_rule_that_raises_is_an_error_and_costs_nothing_else(look_at: LookAt) -> None:
    page = await look_at(PAGE)
    alone = audit(page, [judged_buttons])
    lines = audit(page, [broken_rule, judged_buttons])
    assert lines[1:] == alone
    assert (lines[0].rule, lines[0].verdict, lines[0].message) == ("broken-rule", Verdict.ERROR, "KeyError: 'gone'")


@pytest.mark.parametrize("state", [state for state in PageState if state is not PageState.TESTED])
async def test_what_is_no_page_is_not_judged(look_at: LookAt, state: PageState) -> None:
    assert audit(replace(await look_at(PAGE), state=state), [judged_buttons]) == ()


async def test_lines_come_in_the_same_order_however_the_rule_yields(look_at: LookAt) -> None:
    page = await look_at(PAGE)
    backwards: PageRule = replace(judged_buttons, judge=lambda page: reversed(list(judged_buttons.judge(page))))
    forth, back = ([(line.verdict, line.count) for line in audit(page, [rule])] for rule in (judged_buttons, backwards))
    assert [verdict for verdict, _ in forth] == sorted(verdict for verdict, _ in forth)
    assert sorted(back) == sorted(forth)


async def test_a_rule_with_a_new_name_keeps_its_fingerprints(look_at: LookAt) -> None:
    page = await look_at(PAGE)
    info = replace(judged_buttons.info, id="pressed-buttons", aliases=(judged_buttons.info.id, "second-name"))
    was, now = audit(page, [judged_buttons]), audit(page, [replace(judged_buttons, info=info)])
    assert [one.fingerprint for one in now] == [one.fingerprint for one in was]
    assert {one.rule for one in now} == {"pressed-buttons"}


@site_rule(**{**ABOUT, "scope": "page"})
def same_title(pages: tuple[PageDigest, ...]) -> Iterator[SiteOutcome]:
    """Every page fails under the name of its title."""
    for page in pages:
        yield SiteOutcome(Verdict.FAILED, f"{page.title} again.", (page.url,), page.title)
    yield SiteOutcome(Verdict.PASSED, pages=tuple(page.url for page in pages))


@site_rule(**{**ABOUT, "scope": "page"})
def broken_site_rule(pages: tuple[PageDigest, ...]) -> Iterator[SiteOutcome]:
    """Breaks."""
    yield SiteOutcome(Verdict.FAILED, pages[99].title)


def test_site_rules_are_named_in_their_outcomes_and_keep_their_identity() -> None:
    pages = (PageDigest("/b", title="B"), PageDigest("/a", title="A"))
    outcomes = audit_site(pages, [broken_site_rule, same_title])
    assert [(one.rule, one.verdict, one.message) for one in outcomes] == [
        ("broken-site-rule", Verdict.ERROR, "IndexError: tuple index out of range"),
        ("same-title", Verdict.FAILED, "A again."),
        ("same-title", Verdict.FAILED, "B again."),
        ("same-title", Verdict.PASSED, ""),
    ]
    moved = audit_site((PageDigest("/elsewhere", title="A"),), [same_title])
    assert moved[0].fingerprint == outcomes[1].fingerprint, "a problem keeps its identity on another page"
    assert len({one.fingerprint for one in outcomes[1:3]}) == 2
    assert outcomes[3].fingerprint == ""
