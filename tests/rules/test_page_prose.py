"""The prose of a page is what people come to read, and a rule on words points at the element where it stands."""

from __future__ import annotations

import pickle
from collections.abc import Awaitable, Callable, Iterator

import pytest

from rules import Finding, Prose, Style, document_rule
from rules.audit import audit
from rules.model import PageRule, Verdict
from rules.page import Page
from rules.plain.on_page import MOST, on_page
from rules.plain.style import USUAL
from rules.plain.wording import wording
from rules.registry import load_rules

Look = Callable[[str], Awaitable[Page]]

SHAPES = {
    "news item": (
        """<body><header><a href="/">Agency</a><nav><ul><li><a href="/n">News</a></li></ul></nav></header>
        <div class="cookie-banner" role="region" aria-label="Cookies"><p>We use cookies to count visits.</p></div>
        <main><p class="breadcrumbs"><a href="/">Home</a> and <a href="/n">News</a> and more</p>
        <h1>New help with <em>energy</em> bills</h1><p><time>3 May 2026</time></p>
        <p>From June on, you can get help.<br>The minister said: <q>We will pay.</q></p>
        <blockquote><p>Every home counts in this county.</p></blockquote>
        <figure><img src="x.png" alt="A house"><figcaption>A house in winter.</figcaption></figure>
        <aside><p>Read about other news here.</p></aside></main><footer><p>All rights are kept by us.</p></footer>""",
        [
            ("heading", "New help with energy bills"),
            ("paragraph", "3 May 2026"),
            ("paragraph", "From June on, you can get help."),
            ("paragraph", "The minister said: We will pay."),
            ("quotation", "Every home counts in this county."),
            ("paragraph", "A house in winter."),
        ],
    ),
    "service start page": (
        """<main><h1>Apply for a permit</h1><p>Use this service to <a style="display: inline-block" href="/f">ask for a
        permit</a> for your home.</p><p>You need:</p><ul><li>your card</li><li><p>a letter from your bank</p></li></ul>
        <p><a href="/start" role="button">Start now</a></p><p><a href="/other">Other ways to apply</a></p>
        <p hidden>This is not shown to anybody.</p><p style="visibility: hidden">Nor is this text here.</p></main>""",
        [
            ("heading", "Apply for a permit"),
            ("paragraph", "Use this service to ask for a permit for your home."),
            ("paragraph", "You need:"),
            ("item", "your card"),
            ("item", "a letter from your bank"),
        ],
    ),
    "form step": (
        """<main><form><fieldset><legend><h1>What is your name?</h1></legend>
        <div class="hint">We use it to write to you.</div><label for="n">Full name</label><input id="n">
        <select><option>One of many options here</option></select><button>Go on</button></fieldset></form></main>""",
        [("heading", "What is your name?"), ("paragraph", "We use it to write to you.")],
    ),
    "policy": (
        """<div id="header"><p>This is the Agency of Rules.</p></div>
        <div class="side-bar"><p>See our other rules.</p></div>
        <div><h2>1. Scope</h2><ol><li>Read the rule.<ul><li>all of it</li></ul></li><li>Sign it.</li></ol>
        <p>Call the office:<br>from 9 to 5<br>on weekdays</p><pre>x = 1</pre>
        <table><tr><td>Not read here.</td></tr></table>
        <address>1 Main Street</address><p>Set <code>a = 1</code> in <span lang="fr">le fichier</span> now.</p>
        <p lang="es">Usted puede leer esto en su casa.</p></div>
        <div class="footer"><p>Contact us at any time.</p></div>""",
        [
            ("heading", "1. Scope"),
            ("step", "Read the rule."),
            ("item", "all of it"),
            ("step", "Sign it."),
            ("paragraph", "Call the office: from 9 to 5 on weekdays"),
            ("paragraph", "Set a = 1 in now."),
        ],
    ),
    "list of links": (
        """<main><h1>Benefits</h1><ul><li><a href="/1">Check what you can get</a></li><li><a href="/2">Report a
        change of your address</a></li><li><a href="/3">Appeal</a> within a month</li></ul></main>""",
        [("heading", "Benefits"), ("item", "Appeal within a month")],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_page_is_read_as_people_read_it(shape: str, look_at: Look) -> None:
    html, expected = SHAPES[shape]
    page = await look_at(f'<html lang="en"><title>T</title>{html}')
    assert [(unit.kind, page.prose.at(unit)) for unit in page.prose.units] == expected
    assert page.prose.language == "en"
    for unit, element in zip(page.prose.units, page.prose.elements, strict=True):
        assert page.prose.at(unit).split()[0] in element.text
        assert page.prose.element_at(unit.start) is element
        assert page.prose.element_at(unit.end) is element


@document_rule(
    title="Nobody is told to utilize", why="W.", fix="F.", wcag=(), impact="minor", scope="component", role="content"
)
def utilize(prose: Prose, _: Style) -> Iterator[Finding]:
    """Every "utilize" is found."""
    place = prose.text.find("utilize")
    while place >= 0:
        yield Finding(place, place + 7, "This word is longer than it has to be.", "use")
        place = prose.text.find("utilize", place + 1)


@pytest.fixture
def rule() -> PageRule:
    """The rule as one for pages."""
    return on_page(utilize, USUAL)


async def test_a_finding_is_told_at_its_element_with_the_text_to_search_for(rule: PageRule, look_at: Look) -> None:
    page = await look_at(
        '<html lang="en-GB"><main><h1>Permits</h1><p id="a">You must utilize the form. We utilize it too.</p>'
        '<p id="b">You can use the form.</p><p id="c">They utilize another form.</p></main>'
    )
    told = list(rule.judge(page))
    assert [(one.element.get("id") if one.element else "", one.verdict) for one in told] == [
        ("a", Verdict.FAILED),
        ("c", Verdict.FAILED),
        ("", Verdict.PASSED),
        ("b", Verdict.PASSED),
    ]
    assert told[0].message == (
        "This word is longer than it has to be. Search for “You must utilize the form.”. Plainer: “use”. "
        "It is the first of 2 in this part."
    )
    # Two sentences in components of one shape are two problems.
    first, second = (line for line in audit(page, [rule]) if line.verdict is Verdict.FAILED)
    assert first.fingerprint != second.fingerprint
    assert pickle.loads(pickle.dumps(page)).prose.text == page.prose.text


async def test_what_a_page_has_too_often_is_told_a_bounded_number_of_times(rule: PageRule, look_at: Look) -> None:
    parts = "".join(f"<p>You must utilize form {number}.</p>" for number in range(MOST + 5))
    page = await look_at(f'<html lang="en"><main>{parts}</main>')
    told = [one for one in rule.judge(page) if one.verdict is Verdict.FAILED]
    assert len(told) == MOST
    assert told[-1].message.endswith(" 5 more parts of this page have it.")


@pytest.mark.parametrize("tag", ["fr", "es", ""])
async def test_a_page_that_may_be_in_another_language_is_not_judged(tag: str, rule: PageRule, look_at: Look) -> None:
    page = await look_at(f'<html lang="{tag}"><main><p>Utilize: utilize form B12.</p></main>')
    assert list(rule.judge(page)) == []


async def test_a_page_that_declares_no_language_is_read_in_the_one_that_its_words_are(
    rule: PageRule, look_at: Look
) -> None:
    page = await look_at("<html><main><p>You must utilize the form that we have sent to you.</p></main>")
    assert page.prose.language == "en"
    assert [one.verdict for one in rule.judge(page)] == [Verdict.FAILED]
    page = await look_at("<html><main><p>Usted puede pedir una ayuda cuando su casa es difícil de calentar.</p></main>")
    assert page.prose.language == "es"


async def test_a_page_in_another_language_than_it_says_is_not_judged(rule: PageRule, look_at: Look) -> None:
    german = "Sie können Hilfe für die Miete beantragen, wenn Sie in dem Kreis wohnen und keine Arbeit haben. "
    page = await look_at(f'<html lang="en"><main><p>{german * 6} utilize</p></main>')
    assert page.prose.language == ""
    assert list(rule.judge(page)) == []


HARD = (
    "The determination of the eligibility of the applicant shall be predicated upon the verification of documentation "
    "that is submitted in accordance with the applicable regulations of the administering organization. "
)


async def test_prose_is_measured_in_english_and_spanish_and_in_no_other_language(look_at: Look) -> None:
    rules = load_rules(plugins=()).page_rules
    hard = wording(await look_at(f'<html lang="en"><main><p>{HARD * 6}</p></main>'), rules)
    easy = wording(await look_at(f'<html lang="en"><main><p>{"You can ask us for help with your rent. " * 16}'), rules)
    assert hard is not None
    assert easy is not None
    assert hard.low is not None
    assert easy.high is not None
    assert (hard.low, hard.sentences) > (12, 5)
    assert easy.high < 5
    assert easy.barrier < 0.1 < 0.9 < hard.barrier
    spanish = "Usted puede pedir una ayuda cuando su casa es difícil de calentar. Traiga las dos facturas. "
    other = wording(await look_at(f'<html lang="es"><main><p>{spanish * 10}</p></main>'), rules)
    assert other is not None
    assert other.language == "es"
    french = "Vous pouvez demander une aide quand votre maison est difficile à chauffer. "
    assert wording(await look_at(f'<html lang="fr"><main><p>{french * 10}</p></main>'), rules) is None
    assert wording(await look_at('<html lang="en"><main><h1>Help</h1></main>'), rules) is None


async def test_a_text_too_short_to_grade_has_a_barrier_and_no_grade(look_at: Look) -> None:
    page = await look_at(f'<html lang="en"><main><p>{HARD}</p></main>')
    found = wording(page, load_rules(plugins=()).page_rules)
    assert found is not None
    assert (found.low, found.high, found.sentences) == (None, None, 1)
    assert found.barrier > 0.5


async def test_findings_that_weigh_raise_the_barrier(look_at: Look) -> None:
    page = await look_at(f'<html lang="en"><main><p>{"You shall bring the form to us. " * 12}</p></main>')
    rules = load_rules(plugins=()).page_rules
    without, weighed = (wording(page, rules, weights=weights) for weights in ({}, {"shall": 1.0}))
    assert without is not None
    assert weighed is not None
    assert weighed.barrier > without.barrier + 0.2
