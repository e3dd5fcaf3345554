"""The export in EARL says what the results say, as a reader of JSON-LD that is not ours understands it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import factory
import pytest
import scans
from pyld import jsonld

from reports.exports import earl
from reports.gate import judge_gate
from reports.model import Scan
from rules.model import Place, Verdict
from rules.page import PageState

EARL = "http://www.w3.org/ns/earl#"
DCT = "http://purl.org/dc/terms/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PTR = "http://www.w3.org/2009/pointers#"
DOAP = "http://usefulinc.com/ns/doap#"
A = "a" * 16

Statement = tuple[str, str, str]


def read(scan: Scan) -> list[Statement]:
    """The statements of the document; anything that would have to be fetched is an error."""

    def offline(url: str, _options: Any) -> Any:
        raise AssertionError(f"the document asks for {url}")

    dataset = jsonld.to_rdf(json.loads(earl(scan, judge_gate(scan))), {"documentLoader": offline})
    rows = dataset["@default"]
    return [(row["subject"]["value"], row["predicate"]["value"], row["object"]["value"]) for row in rows]


def objects(graph: list[Statement], subject: str, predicate: str) -> list[str]:
    return [there for here, how, there in graph if (here, how) == (subject, predicate)]


def subjects(graph: list[Statement], predicate: str, value: str) -> list[str]:
    return [here for here, how, there in graph if (how, there) == (predicate, value)]


def outcomes(graph: list[Statement], page: str) -> Counter[str]:
    """How often each outcome stands for a page."""
    (subject,) = subjects(graph, f"{DCT}source", page)
    results = [
        one
        for assertion in subjects(graph, f"{EARL}subject", subject)
        for one in objects(graph, assertion, f"{EARL}result")
    ]
    return Counter(value.removeprefix(EARL) for result in results for value in objects(graph, result, f"{EARL}outcome"))


def test_each_outcome_becomes_an_assertion_about_its_page() -> None:
    failure = scans.failed(A, target=Place("#send", "<button>", "iframe"))
    question = replace(scans.failed("b" * 16), verdict=Verdict.CANT_TELL)
    graph = read(scans.scan(scans.page(failure, question, url="https://a.example/")))
    found = outcomes(graph, "https://a.example/")
    assert (found["failed"], found["cantTell"]) == (1, 1)
    assert "iframe #send" in [value for _, how, value in graph if how == f"{PTR}expression"]


def test_the_rule_and_the_criterion_are_named_as_w3c_names_them() -> None:
    graph = read(scans.scan(scans.page(scans.failed(A), url="https://a.example/")))
    (case,) = subjects(graph, f"{DCT}title", "image-alt")
    assert f"{EARL}TestCase" in objects(graph, case, TYPE)
    assert "https://www.w3.org/TR/WCAG22/#non-text-content" in objects(graph, case, f"{DCT}isPartOf")


def test_every_assertion_is_complete_and_made_by_one_version_of_curbcut() -> None:
    scan = scans.scan(scans.page(scans.failed(A), url="https://a.example/"))
    graph = read(scan)
    assertions = subjects(graph, TYPE, f"{EARL}Assertion")
    assert assertions
    for assertion in assertions:
        for part in ("assertedBy", "subject", "test", "result", "mode"):
            assert len(objects(graph, assertion, EARL + part)) == 1
    (maker,) = {there for _, how, there in graph if how == f"{EARL}assertedBy"}
    (release,) = objects(graph, maker, f"{DOAP}release")
    assert objects(graph, release, f"{DOAP}revision") == [scan.tool.curbcut]


def test_a_page_that_was_not_judged_has_no_assertions_and_says_why() -> None:
    page = replace(scans.page(url="https://a.example/", state=PageState.LOGIN), reason="It asks for a password.")
    graph = read(scans.scan(page))
    assert not outcomes(graph, "https://a.example/")
    (subject,) = subjects(graph, f"{DCT}source", "https://a.example/")
    assert objects(graph, subject, f"{DCT}description") == ["login: It asks for a password."]


@pytest.mark.parametrize("words", factory.HOSTILE)
def test_no_page_can_put_statements_into_it(words: str) -> None:
    scan = scans.scan(scans.page(scans.failed(A, message=words, target=Place(words, words)), url="https://a.example/"))
    plain = scans.scan(scans.page(scans.failed(A, message="m", target=Place("s", "s")), url="https://a.example/"))
    assert Counter(how for _, how, _ in read(scan)) == Counter(how for _, how, _ in read(plain))
