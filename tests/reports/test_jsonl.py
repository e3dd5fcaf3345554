"""JSON Lines hold every outcome with its page as their published schema says, and results.json comes out as it is."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import factory
import pytest
import scans
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from reports.agreed import Agreed
from reports.exports import FORMATS
from reports.gate import judge_gate
from reports.model import Review, Scan
from reports.results import from_json, to_json
from reports.reviews import answered
from reports.score import score_scan
from rules.model import Verdict
from rules.page import PageState

DOCS = Path(__file__).parents[2] / "docs"
A, B, C = (letter * 16 for letter in "abc")


def schema(name: str) -> dict[str, Any]:
    return json.loads((DOCS / name).read_text("utf-8"))


OF_RESULTS = Resource.from_contents(schema("results.schema.json"))
LINE = Draft202012Validator(
    schema("outcomes.schema.json"), registry=Registry().with_resource("results.schema.json", OF_RESULTS)
)
OUTCOME = Draft202012Validator(
    {"$ref": "results.schema.json#/$defs/outcome"},
    registry=Registry().with_resource("results.schema.json", OF_RESULTS),
)


def written(name: str, scan: Scan) -> str:
    return "".join(FORMATS[name](scan, judge_gate(scan)))


def lines(scan: Scan) -> list[dict[str, Any]]:
    return [json.loads(line) for line in io.StringIO(written("jsonl", scan), newline="\n")]


@pytest.mark.parametrize(
    "scan", [factory.rich_scan(), factory.clean_scan(), scans.scan()], ids=["rich", "clean", "none"]
)
def test_every_line_is_as_its_schema_says(scan: Scan) -> None:
    for line in lines(scan):
        LINE.validate(line)
        if line["page"] and line["outcome"]:
            OUTCOME.validate(line["outcome"])


def test_the_schema_is_one_and_refuses_what_is_not_as_it_says() -> None:
    Draft202012Validator.check_schema(schema("outcomes.schema.json"))
    [line] = lines(scans.scan(scans.page(url="https://a.example/")))
    for broken in (
        {**line, "more": 1},
        {**line, "answer": "yes"},
        {**line, "outcome": {"rule": "x"}},
        {**line, "page": {}},
    ):
        assert not LINE.is_valid(broken)


def test_nothing_is_left_out_and_nothing_is_told_twice() -> None:
    scan = factory.rich_scan()
    told = lines(scan)
    pages = [page for site in scan.sites for page in site.pages]
    assert len(told) == sum(len(page.outcomes) or 1 for page in pages) + sum(len(s.site_outcomes) for s in scan.sites)
    whole = json.loads(to_json(scan))
    outcomes = [one for site in whole["sites"] for page in site["pages"] for one in page["outcomes"]]
    assert [line["outcome"] for line in told if line["page"] and line["outcome"]] == outcomes


def test_a_page_that_was_not_judged_has_a_line_and_is_not_passed_over() -> None:
    scan = scans.scan(scans.page(url="https://a.example/", state=PageState.LOGIN))
    [line] = lines(scan)
    assert (line["page"]["state"], line["page"]["reason"], line["outcome"]) == ("login", "It was not.", None)


def test_a_line_is_a_line_to_readers_that_know_other_ends_of_lines() -> None:
    words = "one\u2028two\u2029three\x85four\nfive\r\nsix"
    document = written("jsonl", scans.scan(scans.page(scans.failed(A, message=words))))
    assert len(document.splitlines()) == document.count("\n") == 2
    assert json.loads(document.splitlines()[0])["outcome"]["message"] == words


def test_what_a_person_said_stands_beside_what_the_check_found() -> None:
    question = replace(scans.failed(B), verdict=Verdict.CANT_TELL)
    reviews = (
        Review(A, "image-alt", "no-problem", 1, "2026-11-23", "Ada", "It decorates."),
        Review(B, "image-alt", "problem", 1, "2026-11-23", "Ada", "It does not."),
    )
    scan = replace(scans.scan(scans.page(scans.failed(A), question, scans.failed(C))), reviews=reviews)
    found = {line["outcome"]["fingerprint"]: (line["outcome"]["verdict"], line["answer"]) for line in lines(scan)[:3]}
    assert found == {A: ("failed", "no-problem"), B: ("cant_tell", "problem"), C: ("failed", None)}


def test_json_is_results_json_with_the_decisions_on_it() -> None:
    review = Review(A, "image-alt", "no-problem", 1, "2026-11-23", "Ada", "It decorates.")
    agreed = Agreed("image-alt", "Later.", "Team", "2030-01-01", fingerprint=B)
    scan = scans.scan(scans.page(scans.failed(A), scans.failed(B)), rules=scans.WHOLE)
    scan = replace(scan, reviews=(review,), agreed=(agreed,))
    document = written("json", scan)
    assert document == to_json(scan, score_scan(answered(scan)).as_json())
    assert from_json(document, source="r.json") == scan
    Draft202012Validator(schema("results.schema.json")).validate(json.loads(document))
