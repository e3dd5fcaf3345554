"""Outcomes in the Evaluation and Report Language of W3C (EARL 1.0, JSON-LD), for auditors and for W3C itself.

The shape is the one that W3C asks of tools that report how they implement its ACT rules: a subject for each page with
an assertion for each rule. Everything needed to read it stands in the document; nothing has to be fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reports.gate import GateVerdict
from reports.jsontext import clean
from reports.model import PageResult, Scan
from rules.model import PageOutcome, RuleInfo, Verdict
from rules.standards.wcag import criteria

CONTEXT: dict[str, Any] = {
    "@vocab": "http://www.w3.org/ns/earl#",
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "ptr": "http://www.w3.org/2009/pointers#",
    "sch": "https://schema.org/",
    "WCAG2": "https://www.w3.org/TR/WCAG22/#",
    "ACT": "https://www.w3.org/WAI/standards-guidelines/act/rules/",
    "WebPage": "sch:WebPage",
    "name": "doap:name",
    "release": "doap:release",
    "revision": "doap:revision",
    "source": {"@id": "dct:source", "@type": "@id"},
    "title": "dct:title",
    "description": "dct:description",
    "expression": "ptr:expression",
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
    "assertedBy": {"@type": "@id"},
    "outcome": {"@type": "@id"},
    "mode": {"@type": "@id"},
    "assertions": {"@reverse": "subject"},
}
"""What the words of the document mean, after the schema of EARL 1.0 and W3C's reporting format for ACT rules."""

ASSERTOR = "urn:curbcut:assertor"

_OUTCOMES = {
    Verdict.FAILED: "earl:failed",
    Verdict.PASSED: "earl:passed",
    Verdict.CANT_TELL: "earl:cantTell",
    Verdict.UNTESTED: "earl:untested",
    Verdict.ERROR: "earl:untested",
}


def earl(scan: Scan, _verdict: GateVerdict) -> str:
    """The document. The gate's verdict has no part in it, as EARL speaks of tests and not of builds."""
    tool = {
        "@id": ASSERTOR,
        "@type": ["Assertor", "Software"],
        "name": "Curbcut",
        "release": {"@type": "doap:Version", "revision": scan.tool.curbcut},
        "description": f"axe-core {scan.tool.axe}, rule set {scan.tool.rule_set}, {scan.tool.browser}",
    }
    rules = {info.id: info for info in scan.rules}
    subjects = [_subject(page, rules) for site in scan.sites for page in site.pages]
    document = {"@context": CONTEXT, "@graph": [tool, *subjects]}
    return clean(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)) + "\n"


def _subject(page: PageResult, rules: dict[str, RuleInfo]) -> dict[str, Any]:
    """One page. That of a page that was not judged says why and has no assertions, which EARL reads as untested."""
    subject: dict[str, Any] = {"@type": ["TestSubject", "WebPage"], "source": page.url, "title": page.title}
    if not page.tested:
        return subject | {"description": f"{page.state}: {page.reason}", "assertions": []}
    return subject | {"assertions": list(_assertions(page, rules))}


def _assertions(page: PageResult, rules: dict[str, RuleInfo]) -> Iterator[dict[str, Any]]:
    """An assertion for each outcome, and one for each rule of W3C's that found nothing to judge on the page."""
    told: set[str] = set()
    for outcome in page.outcomes:
        told.add(outcome.rule)
        if outcome.rule in rules:
            yield _assertion(rules[outcome.rule], _result(outcome))
    for name, info in sorted(rules.items()):
        if name not in told and info.act and info.kind == "page":
            yield _assertion(info, {"@type": "TestResult", "outcome": "earl:inapplicable"})


def _assertion(info: RuleInfo, result: dict[str, Any]) -> dict[str, Any]:
    known = criteria()
    required = [
        {"@id": f"WCAG2:{known[name].slug}", "@type": "TestRequirement", "title": f"WCAG2: {name}"}
        for name in info.wcag
        if name in known
    ]
    act = [{"@id": f"ACT:{name}/", "@type": "TestCriterion"} for name in info.act]
    test = {"@id": f"urn:curbcut:rule:{info.id}", "@type": "TestCase", "title": info.id, "isPartOf": [*required, *act]}
    return {
        "@type": "Assertion",
        "assertedBy": ASSERTOR,
        "mode": "earl:automatic",
        "test": test,
        "result": result,
    }


def _result(outcome: PageOutcome) -> dict[str, Any]:
    result: dict[str, Any] = {"@type": "TestResult", "outcome": _OUTCOMES[outcome.verdict]}
    if outcome.message:
        result["description"] = outcome.message
    if outcome.target is not None and outcome.target.selector:
        place = " ".join(part for part in (outcome.target.frame, outcome.target.selector) if part)
        result["pointer"] = {"@type": "ptr:CSSSelectorPointer", "expression": place}
    return result
