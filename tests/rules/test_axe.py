"""axe-core's rules in our words: metadata against the real axe-core, words, verdicts, messages and doubts."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from benchmarks.axe_metadata import bundled, differences
from reports.words import banned_words
from rules.audit import audit
from rules.axe import AxeWords, axe_infos, axe_rules, axe_words
from rules.axe_certainty import CERTAIN_WHERE
from rules.evidence.axe import Axe, AxeNode, AxeResult
from rules.evidence.dom import DOCUMENT, ELEMENT, TEXT, DomSnapshot, Frame, Node
from rules.model import PageOutcome, Verdict
from rules.page import Page
from rules.standards.abilities import served_groups, trusted_tester
from scanner.browser.tab import Tab
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

TEXT_OF_DATA = files("rules.standards").joinpath("axe.json").read_text("utf-8")
DATA: dict[str, Any] = json.loads(TEXT_OF_DATA)
INFOS = {info.id: info for info in axe_infos()}
FIELDS = ("title", "why", "fix", "message", "question")


class TestMetadata:
    """Ids, criteria, ACT ids, impacts and completeness, both ways."""

    async def test_equals_the_bundled_axe_core(self, browser: Browser) -> None:
        assert differences(DATA, await bundled(browser)) == []

    async def test_every_difference_is_told(self, browser: Browser) -> None:
        theirs = await bundled(browser)
        ours = copy.deepcopy(DATA)
        ours["axe"] = "0"
        del ours["rules"]["image-alt"]
        del ours["left_out"]["target-size"]
        ours["rules"]["made-up"] = {}
        ours["rules"]["duplicate-id"] = {"wcag": ["4.1.1"], "act": ["3ea0c8"], "impact": "minor"}
        ours["left_out"]["list"] = "Both here and there."
        ours["rules"]["label"] |= {"wcag": [], "act": ["e086e"], "impact": "minor"}
        assert differences(ours, theirs) == [
            "version: 0 here, 4.12.1 there",
            "duplicate-id: both in rules and in left_out",
            "image-alt: runs by default, and is not in rules",
            "label: wcag is [] here, ['4.1.2'] there",
            "label: act is ['e086e'] here, ['e086e5'] there",
            "label: impact is minor here, critical there",
            "list: both in rules and in left_out",
            "made-up: axe-core does not have it",
            "target-size: is off by default, and not in left_out",
        ]

    def test_best_practice_has_no_criterion(self) -> None:
        assert {name for name, info in INFOS.items() if not info.wcag} >= {"region", "heading-order", "tabindex"}
        assert INFOS["scrollable-region-focusable"].wcag == ("2.1.1", "2.1.3")

    def test_what_concerns_the_document_has_the_scope_page(self) -> None:
        page = {name for name, info in INFOS.items() if info.scope == "page"}
        assert page >= {"html-has-lang", "document-title", "bypass", "meta-viewport", "landmark-one-main"}
        assert not page & {"image-alt", "label", "color-contrast", "region"}

    @pytest.mark.parametrize("name", [name for name, info in INFOS.items() if info.serves])
    def test_narrower_groups_follow_trusted_tester(self, name: str) -> None:
        info = INFOS[name]
        test = re.search(r"test (\S+?)(;|$)", info.serves_source)
        assert test, info.serves_source
        stated = [trusted_tester(test[1], criterion) for criterion in ("4.1.2", "1.1.1", "1.3.1", "2.4.4")]
        source = served_groups(next(filter(None, stated))) - {"colour-perception"}
        kept = {"manipulation"} if "manipulation kept" in info.serves_source else set()
        assert set(info.serves) == source | kept

    def test_an_image_without_alt_does_not_lower_hearing(self) -> None:
        assert "hearing" not in INFOS["image-alt"].serves


class TestWords:
    """Plain, short, our own, and never what must not be said."""

    def test_file_is_written_in_one_way(self) -> None:
        assert json.dumps(DATA, indent=1, sort_keys=True, ensure_ascii=False) + "\n" == TEXT_OF_DATA

    @pytest.mark.parametrize("name", DATA["rules"])
    def test_texts_are_whole_short_sentences(self, name: str) -> None:
        entry = DATA["rules"][name]
        assert entry["title"][-1] not in ".?!"
        assert all(entry[key].endswith(".") for key in ("why", "fix", "message"))
        assert entry["question"].endswith("?")
        assert len(sentences(entry["fix"])) <= 2
        for key in FIELDS:
            assert max(len(sentence.split()) for sentence in sentences(entry[key])) <= 24, entry[key]
            assert entry[key][0].isupper()

    @pytest.mark.parametrize("name", DATA["rules"])
    def test_nothing_is_said_that_must_not_be(self, name: str) -> None:
        entry = DATA["rules"][name]
        told = [*(entry[key] for key in FIELDS), entry.get("detail", ""), *entry.get("because", {}).values()]
        assert banned_words(" ".join(told)) == []
        assert banned_words(INFOS[name].docs) == []

    @pytest.mark.parametrize("name", [name for name, entry in DATA["rules"].items() if "certain" in entry])
    def test_a_doubt_has_its_evidence(self, name: str) -> None:
        assert len(DATA["rules"][name]["doubt"].split()) > 8
        assert DATA["rules"][name]["doubt"] in INFOS[name].docs

    async def test_no_sentence_is_axe_cores(self, browser: Browser, axe_script: AxeScript) -> None:
        page = await browser.new_page()
        await page.evaluate(f"{axe_script.whole}\n;0")
        known = runs(await page.evaluate("JSON.stringify([axe.getRules(), axe._audit.data.checks])"))
        await page.close()
        assert len(known) > 1000
        shared = {run for name in DATA["rules"] for key in FIELDS for run in runs(DATA["rules"][name][key]) & known}
        assert shared == set()

    def test_the_documentation_tells_message_and_question(self) -> None:
        words = axe_words()
        for name, info in INFOS.items():
            assert words[name].message in info.docs
            assert words[name].question in info.docs

    def test_an_unknown_condition_is_refused(self) -> None:
        with pytest.raises(ValueError, match="'sometimes' is no condition"):
            AxeWords("It is so.", "Is it so?", certain="sometimes")


class TestVerdicts:
    """Handmade evidence: what axe-core found becomes outcomes with our words."""

    def test_failed_incomplete_and_passed(self) -> None:
        page = page_with(AxeResult("image-alt", (at(3),), (at(4),), 2))
        lines = outcomes(page, "image-alt")
        assert [(line.verdict, line.count) for line in lines] == [
            (Verdict.CANT_TELL, 1),
            (Verdict.FAILED, 1),
            (Verdict.PASSED, 2),
        ]
        assert lines[0].message == "Does this image have a text that tells what it shows?"
        assert lines[1].message == "This image has no text alternative."
        assert lines[1].target is not None
        assert lines[1].target.selector == "body > img:nth-of-type(1)"
        assert (lines[1].wcag, lines[1].act, lines[1].impact) == (("1.1.1",), ("23a2a8",), "critical")

    def test_what_did_not_run_is_untested(self) -> None:
        assert [line.verdict for line in outcomes(page_with(), "image-alt")] == [Verdict.UNTESTED]
        assert [line.verdict for line in outcomes(Page("http://127.0.0.1/"), "image-alt")] == [Verdict.UNTESTED]

    def test_not_applicable_gives_nothing(self) -> None:
        assert outcomes(page_with(AxeResult("image-alt")), "image-alt") == ()

    def test_axe_cores_own_message_is_not_told(self) -> None:
        node = AxeNode(3, "img", "", "Element has no alt attribute, says axe")
        [line] = outcomes(page_with(AxeResult("image-alt", (node,))), "image-alt")
        assert "axe" not in line.message

    def test_facts_of_a_check_are_told(self) -> None:
        data = {"contrastRatio": "2.97", "expectedContrastRatio": "4.5:1", "fgColor": "#999999", "bgColor": "#ffffff"}
        [line] = outcomes(page_with(AxeResult("color-contrast", (at(3, **data),))), "color-contrast")
        assert line.message == (
            "This text does not stand out enough from its background. "
            "The contrast is 2.97:1 (#999999 on #ffffff); at least 4.5:1 is needed."
        )

    def test_no_half_facts_are_told(self) -> None:
        [line] = outcomes(page_with(AxeResult("color-contrast", (at(3, contrastRatio="2"),))), "color-contrast")
        assert line.message == "This text does not stand out enough from its background."

    def test_lists_are_told_by_name_only_once_and_in_order(self) -> None:
        data = {"10": "aria-last", "2": 'aria-label="Jane Doe"', "0": "aria-live=polite", "1": "aria-live=off"}
        [line] = outcomes(page_with(AxeResult("aria-allowed-attr", (at(3, **data),))), "aria-allowed-attr")
        assert line.message.endswith("Not allowed: aria-live, aria-label, aria-last.")

    def test_why_a_question_is_open_is_told(self) -> None:
        result = AxeResult("color-contrast", (), (at(3, messageKey="bgImage"), at(4, messageKey="newReason")))
        first, second = (line.message for line in outcomes(page_with(result), "color-contrast"))
        assert first.startswith("A picture lies behind it. Does this text stand out")
        assert second.startswith("Does this text stand out")

    def test_facts_from_a_hostile_page_stay_short_text(self) -> None:
        data = {"0": "{message}{0.__class__}" + "\n" * 9 + "x" * 5000}
        [line] = outcomes(page_with(AxeResult("aria-roles", (at(3, **data),))), "aria-roles")
        assert "{message}{0.__class__} xxx" in line.message
        assert len(line.message) < 200

    def test_a_place_that_was_not_found_again_is_named(self) -> None:
        nodes = (AxeNode(-1, "#a > img", "iframe", ""), AxeNode(-1, "#b > img", "", ""))
        lines = outcomes(page_with(AxeResult("image-alt", nodes)), "image-alt")
        assert {line.message for line in lines} == {
            "This image has no text alternative. Place: iframe | #a > img.",
            "This image has no text alternative. Place: #b > img.",
        }
        assert [line.target for line in lines] == [None, None]

    def test_what_concerns_the_page_has_no_place(self) -> None:
        page = page_with(AxeResult("html-has-lang", (at(1),)), AxeResult("color-contrast", (at(2),)))
        assert outcomes(page, "html-has-lang")[0].target is None
        assert outcomes(page, "color-contrast")[0].target is not None

    def test_a_failure_that_is_never_certain_is_asked(self) -> None:
        [line] = outcomes(page_with(AxeResult("blink", (at(3),))), "blink")
        assert (line.verdict, line.message) == (Verdict.CANT_TELL, "Is this text calm, without any blinking?")

    def test_a_condition_without_its_element_does_not_hold(self) -> None:
        [line] = outcomes(page_with(AxeResult("list", (AxeNode(-1, "ul", "", ""),))), "list")
        assert line.verdict is Verdict.CANT_TELL

    def test_replaced_rules_are_left_out(self) -> None:
        names = {rule.info.id for rule in axe_rules({"image-alt"})}
        assert names == set(INFOS) - {"image-alt"}


CASES = {
    "avoid-inline-spacing": (
        '<p id="failed" style="letter-spacing: .05em !important">Opening hours</p>',
        '<div id="asked" style="letter-spacing: .05em !important">'
        '<p style="letter-spacing: .2em !important">Opening hours</p></div>',
    ),
    "frame-focusable-content": (
        '<iframe tabindex="-1" title="Map" srcdoc="<button id=failed>Zoom</button>"></iframe>',
        '<iframe tabindex="-1" title="Map" style="opacity: 0" srcdoc="<button>Zoom</button>"></iframe>',
    ),
    "list": (
        '<ul id="failed"><li>Monday</li><a href="#">More days</a></ul>',
        '<ul id="failed-too">Days <div><li>Monday</li></div></ul>',
        '<ul id="asked"><div><li>Monday <b>only</b></li></div></ul>',
    ),
    "listitem": (
        '<div><li id="failed">Monday</li></div>',
        '<ul><a id="around" href="#"><li id="failed-too">Tuesday</li></a></ul>',
        '<ul role="directory"><li id="asked">Wednesday</li></ul>',
    ),
    "definition-list": (
        '<dl id="failed"><p>All days</p><dt>Monday</dt><dd>9 to 5</dd></dl>',
        '<dl id="asked"><section><dt>Monday</dt><dd>9 to 5</dd></section></dl>',
    ),
    "scrollable-region-focusable": (
        f'<div id="failed" style="height: 60px; overflow: auto">{"<p>A long notice</p>" * 9}</div>',
        f'<ul id="asked" role="menu" style="height: 60px; overflow: auto">{"<li role=menuitem>A choice</li>" * 9}</ul>',
    ),
}


class TestCertainty:
    """In the real browser: axe-core reports each of these, and only some are certain failures."""

    @pytest.mark.parametrize("rule", CASES)
    async def test_a_condition_parts_failures_from_questions(
        self, rule: str, tab: Tab, serve: Callable[[Path], str], tmp_path: Path
    ) -> None:
        body = "".join(CASES[rule])
        (tmp_path / "page.html").write_text(f'<!doctype html><html lang="en"><title>Days</title>{body}', "utf-8")
        page = await visit(tab, f"{serve(tmp_path)}/page.html", VisitPlan())
        assert page.axe is not None
        reported = next(result for result in page.axe.results if result.rule == rule)
        assert len(reported.failed) == len(CASES[rule])
        lines = outcomes(page, rule)
        asked = [line for line in lines if line.verdict is Verdict.CANT_TELL]
        certain = [line for line in lines if line.verdict is Verdict.FAILED]
        assert sum(line.count for line in asked) == 1
        assert sum(line.count for line in certain) == len(CASES[rule]) - 1
        if "iframe" not in body:
            assert [line.target and line.target.selector for line in asked] == ["#asked"]

    def test_every_condition_is_used_and_tried(self) -> None:
        used = {
            name: entry["certain"] for name, entry in DATA["rules"].items() if isinstance(entry.get("certain"), str)
        }
        assert set(used.values()) == set(CERTAIN_WHERE)
        assert set(used) == set(CASES)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!:;]) ", text)


def runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    words = re.findall(r"[\w-]+", text.lower())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def at(index: int, **data: str) -> AxeNode:
    return AxeNode(index, "", "", "", data=tuple(data.items()))


def page_with(*results: AxeResult) -> Page:
    """html > body > (p > text, img) with these results of axe-core: 1 is html, 2 body, 3 and 4 two images."""
    nodes = (
        Node(DOCUMENT, -1, -1, 0),
        Node(ELEMENT, 0, 0, 0, "html"),
        Node(ELEMENT, 1, 1, 0, "body", exposed=True),
        Node(ELEMENT, 2, 2, 0, "img", exposed=True, role="image"),
        Node(ELEMENT, 2, 2, 0, "img", exposed=True, role="image", attributes=(("class", "second"),)),
        Node(TEXT, 2, 2, 0, text="Welcome"),
    )
    address = "http://127.0.0.1/"
    return Page(address, snapshot=DomSnapshot(nodes, (Frame(address, address, 0, -1),), ()), axe=Axe("0", results))


def outcomes(page: Page, rule: str) -> tuple[PageOutcome, ...]:
    return audit(page, [one for one in axe_rules() if one.info.id == rule])
