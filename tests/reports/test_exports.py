"""Every format says the verdict, is read back by parsers that are not ours, and no page can put words into it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import factory
import jsonschema
import pytest
import scans
from junitparser import JUnitXml
from lxml import etree, html
from sarif_pydantic import Sarif

from reports.agreed import Agreed
from reports.baseline import baseline_of
from reports.exports import FORMATS, github, junit, markdown, sarif, text
from reports.gate import Action, GatePlan, GateVerdict, Policy, judge_gate
from reports.model import Scan
from reports.words import banned_words
from rules.model import Place

A, B, C, D = (letter * 16 for letter in "abcd")
OLD = scans.scan(scans.page(scans.failed(A), scans.failed(D), url="https://a.example/"), rules=scans.WHOLE)
NEW = scans.scan(
    scans.page(scans.failed(A), scans.failed(B, count=2), scans.failed(C), url="https://a.example/"),
    scans.page(scans.failed(B), url="https://a.example/b"),
    rules=scans.WHOLE,
)
KNOWN = baseline_of(OLD)
RED = judge_gate(NEW, baseline=KNOWN)
GREEN = judge_gate(OLD, baseline=KNOWN)
NOTHING = replace(OLD, complete=False)
UNJUDGED = judge_gate(NOTHING, baseline=KNOWN)
HOSTILE = [
    "](https://evil.example) @admins fixes #1 <!-- --> ```",
    "::error::Curbcut is broken\n::set-output name=x::y%0A::warning::z",
    *factory.HOSTILE,
    "]]></failure><testcase name='x'/>&amp;\x00\ufffe",
]


def hostile_scan(words: str) -> Scan:
    outcome = scans.failed(A, message=words, target=Place(words, words))
    return scans.scan(scans.page(outcome, url=f"https://a.example/{words}"))


# -- for people --------------------------------------------------------------------------------------------------------


def test_people_read_what_is_new_whom_it_stops_how_to_fix_it_and_how_to_see_it() -> None:
    lines = text(NEW, RED).splitlines()
    assert lines[0] == "failed: 2 new problems at serious or worse."
    assert "  Fixed, thank you: 1 problem (image-alt). `curbcut baseline update --only-shrink` takes it out" in lines[1]
    first = lines.index("  new: It fails (critical, image-alt)")
    assert lines[first + 1 : first + 6] == [
        "       2 times on https://a.example/ and on 1 more page",
        "       #it",
        "       who: People without vision, people with limited vision and people without or with limited hearing",
        "       fix: fix",
        "       see it here: curbcut check https://a.example/ --only image-alt",
    ]


def test_a_comment_has_the_verdict_in_its_title_and_folds_all_but_three() -> None:
    many = scans.scan(scans.page(*[scans.failed(f"{number:016x}") for number in range(30)]))
    comment = markdown(many, judge_gate(many))
    assert comment.startswith("<!-- curbcut -->\n\n### Curbcut: 30 problems at serious or worse\n")
    assert (comment.count("<details open>"), comment.count("<details>")) == (3, 17)
    assert "And 10 more, in the report." in comment
    assert not re.search(r"\bscore\b", comment)


def test_a_comment_thanks_for_what_was_fixed() -> None:
    assert "- Fixed, thank you: 1 problem" in markdown(NEW, RED)


def test_a_comment_on_what_could_not_be_judged_blames_nobody() -> None:
    comment = markdown(NOTHING, UNJUDGED)
    assert "### Curbcut: could not judge this change" in comment
    assert "The scan stopped before its end" in comment


def test_a_comment_is_one_line_when_nothing_changed() -> None:
    assert markdown(OLD, GREEN).splitlines() == [
        "<!-- curbcut -->",
        "Curbcut: nothing that fails found by automated checks on 1 page.",
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_page_writes_no_markup_into_a_comment_and_calls_nobody(words: str) -> None:
    comment = markdown(hostile_scan(words), judge_gate(hostile_scan(words)))
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", comment)
    assert "@" not in outside
    assert "<script" not in outside
    assert "](https" not in outside
    assert outside.count("<!--") == 1
    tags = {element.tag for element in html.fromstring(f"<div>{outside}</div>").iter() if isinstance(element.tag, str)}
    assert tags <= {"div", "details", "summary", "b"}


# -- for GitHub --------------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(?P<kind>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def annotations(document: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands as the runner reads them."""

    def plain(value: str) -> str:
        for code, letter in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            value = value.replace(code, letter)
        return value

    found = []
    for line in document.splitlines():
        command = COMMAND.fullmatch(line)
        assert command, line
        pairs = (pair.partition("=") for pair in command["properties"].split(","))
        found.append((command["kind"], {name: plain(value) for name, _, value in pairs}, plain(command["message"])))
    return found


def test_annotations_name_the_verdict_and_each_problem() -> None:
    verdict, first, second = annotations(github(NEW, RED))
    assert verdict[:2] == ("error", {"title": "Curbcut 2 new problems at serious or worse"})
    assert first == (
        "error",
        {"title": "Curbcut: image-alt"},
        "It fails. 2 times on https://a.example/ and on 1 more page, #it",
    )
    assert second[0] == "error"
    assert annotations(github(NOTHING, UNJUDGED)) == [
        ("error", {"title": "Curbcut could not judge this change"}, "The scan stopped before its end.")
    ]
    assert annotations(github(OLD, GREEN))[0][0] == "notice"


def test_annotations_of_files_stand_at_the_file() -> None:
    scan = scans.scan(scans.page(scans.failed(A), url="public/a,b.html"))
    assert annotations(github(scan, judge_gate(scan)))[1][1]["file"] == "public/a,b.html"


def test_warnings_stay_warnings() -> None:
    verdict = judge_gate(NEW, GatePlan(action=Action.WARN))
    assert [kind for kind, _, _ in annotations(github(NEW, verdict))] == ["notice", "warning", "warning", "warning"]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_page_gives_no_commands(words: str) -> None:
    document = github(hostile_scan(words), judge_gate(hostile_scan(words)))
    assert [kind for kind, _, _ in annotations(document)] == ["error", "error"]


# -- JUnit -------------------------------------------------------------------------------------------------------------


def read_junit(scan: Scan, verdict: GateVerdict) -> etree._Element:
    return etree.fromstring(junit(scan, verdict).encode())


def test_each_check_is_a_case_and_failures_are_its_problems() -> None:
    root = read_junit(NEW, RED)
    [case] = root.xpath("//testcase[@name='image-alt']")
    assert [failure.get("message") for failure in case.findall("failure")] == ["It fails.", "It fails."]
    assert "https://a.example/" in case.find("failure").text
    assert root.get("failures") == "1"
    assert int(root.get("tests")) == len(root.findall(".//testcase")) == len(NEW.rules) + 1
    green = read_junit(OLD, GREEN)
    assert (green.get("failures"), green.get("errors")) == ("0", "0")


def test_what_was_not_looked_at_is_an_error_and_a_check_that_never_ran_is_skipped() -> None:
    root = read_junit(NOTHING, UNJUDGED)
    assert root.get("errors") == "1"
    assert root.xpath("//error/@message") == ["The scan stopped before its end."]
    assert root.xpath("//testcase[skipped]/@name") == ["navigation-alike"]


def test_a_parser_of_others_counts_the_same() -> None:
    suites = JUnitXml.fromstring(junit(NEW, RED).encode())
    cases = [case for suite in suites for case in suite]
    assert [case.name for case in cases if case.is_failure] == ["image-alt"]
    assert (suites.tests, suites.failures, suites.errors) == (len(NEW.rules) + 1, 1, 0)


def test_an_exception_that_is_over_is_a_failure() -> None:
    over = Agreed("image-alt", "Later.", "Team", "2020-01-01", fingerprint=A)
    scan = replace(OLD, agreed=(over,))
    root = read_junit(scan, judge_gate(scan, GatePlan(today="2026-01-01"), baseline=KNOWN))
    assert root.xpath("//testcase[failure]/@name") == [f"exception for image-alt at {A}"]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_page_adds_no_cases(words: str) -> None:
    scan = hostile_scan(words)
    assert len(read_junit(scan, judge_gate(scan)).findall(".//testcase")) == len(scan.rules) + 1


# -- SARIF -------------------------------------------------------------------------------------------------------------

MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
NOTIFICATION = {"level": LEVEL, "message": MESSAGE}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex", "level"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
        "message": MESSAGE,
        "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "properties": {"type": "object"},
        "suppressions": {
            "type": "array",
            "items": {
                "required": ["kind"],
                "properties": {
                    "kind": {"enum": ["inSource", "external"]},
                    "status": {"enum": ["accepted", "underReview", "rejected"]},
                    "justification": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
        "locations": {
            "type": "array",
            "items": {
                "properties": {
                    "physicalLocation": {
                        "required": ["artifactLocation"],
                        "properties": {
                            "artifactLocation": {"properties": {"uri": {"type": "string", "format": "uri-reference"}}},
                            "region": {"properties": {"startLine": {"type": "integer", "minimum": 1}}},
                        },
                    },
                    "logicalLocations": {"type": "array"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "rules": {"type": "array", "uniqueItems": True, "items": {"required": ["id"]}},
                                },
                            }
                        }
                    },
                    "automationDetails": {"type": "object"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                    "invocations": {
                        "items": {
                            "required": ["executionSuccessful"],
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "exitCode": {"type": "integer"},
                                "toolExecutionNotifications": {
                                    "items": {
                                        "required": ["message"],
                                        "properties": {"level": LEVEL, "message": MESSAGE},
                                    }
                                },
                            },
                            "additionalProperties": False,
                        }
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
"""What of SARIF 2.1.0 is used here, after OASIS's specification: sections 3.13, 3.14, 3.20, 3.27, 3.35 and 3.58."""

PUBLISHED = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
"""The whole of it as it is published, without its descriptions; what is used here must be more exact."""

ADDRESS = r"[\w%/:?#\[\]@!$&'()*+,;=.~-]+"


def read_sarif(scan: Scan, verdict: GateVerdict) -> dict:
    text = sarif(scan, verdict)
    log = json.loads(text)
    read = Sarif.model_validate_json(text)
    assert [result.rule_id for result in read.runs[0].results or ()] == [
        result["ruleId"] for result in log["runs"][0]["results"]
    ]
    jsonschema.validate(log, LOG, format_checker=jsonschema.FormatChecker())
    jsonschema.Draft4Validator(PUBLISHED, format_checker=jsonschema.FormatChecker()).validate(log)
    [run] = log["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == "none" or result.get("kind", "fail") == "fail", "section 3.27.10"
        for place in result.get("locations", []):
            assert re.fullmatch(
                r"[\w%/:?#\[\]@!$&'()*+,;=.~-]+", place["physicalLocation"]["artifactLocation"]["uri"], re.A
            )
    return run


def test_states_become_baseline_states() -> None:
    run = read_sarif(NEW, RED)
    found = {r["partialFingerprints"]["curbcut/v1"]: (r["baselineState"], r["level"]) for r in run["results"]}
    assert found == {
        A: ("unchanged", "warning"),
        B: ("new", "error"),
        C: ("new", "error"),
        D: ("absent", "none"),
    }
    [invocation] = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (True, 1)


def test_an_agreed_exception_is_a_suppression_with_its_reason() -> None:
    scan = replace(OLD, agreed=(Agreed("image-alt", "Later.", "Team", "2030-01-01", fingerprint=A),))
    run = read_sarif(scan, judge_gate(scan, GatePlan(today="2026-01-01"), baseline=KNOWN))
    [told] = [result["suppressions"][0]["justification"] for result in run["results"] if "suppressions" in result]
    assert told == f"image-alt at {A}, agreed until 2030-01-01 (Team): Later"


def test_a_run_that_could_not_judge_did_not_succeed() -> None:
    [invocation] = read_sarif(NOTHING, UNJUDGED)["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "The scan stopped before its end."


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    scan = hostile_scan(words)
    assert len(read_sarif(scan, judge_gate(scan))["results"]) == 1


# -- all of them -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("pair", [(NEW, RED), (OLD, GREEN), (NOTHING, UNJUDGED)], ids=["red", "green", "unjudged"])
def test_the_same_verdict_gives_the_same_bytes_in_the_right_words(name: str, pair: tuple[Scan, GateVerdict]) -> None:
    document = "".join(FORMATS[name](*pair))
    assert document == "".join(FORMATS[name](*pair))
    assert document.endswith("\n")
    assert banned_words(document) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_rich_scan_can_be_told(name: str) -> None:
    scan = factory.rich_scan()
    plan = GatePlan(policies=(Policy("max-problems", 0, name="All"),))
    assert "".join(FORMATS[name](scan, judge_gate(scan, plan)))
