"""The text of an issue: whole, readable as it is, and without anything that a page could make of it."""

from __future__ import annotations

import re
from dataclasses import replace

import factory
from lxml import html

from reports.html.findings import gather
from reports.html.issue import issue_text
from reports.html.report import documents
from reports.score import score_scan


def texts() -> dict[str, str]:
    """By rule the text of the first problem that it found."""
    findings = gather(factory.one_service(), None)
    return {problem.rule.id: issue_text(findings, problem) for problem in reversed(findings.problems)}


def test_it_says_what_whom_where_and_how() -> None:
    text = texts()["image-alt"]
    assert text.startswith("## ")
    for part in (
        "- How bad: Stops people (critical), required by the profile",
        "- Who: People without vision",
        "- Element: `main img:nth-of-type(2)`",
        "- WCAG 1.1.1 Non-text Content (A): <https://www.w3.org/WAI/WCAG22/Understanding/non-text-content>",
        factory.IMAGE_ALT.fix,
        '```html\n<img src="/img/office-4711.jpg" class="wide">\n```',
        "- Rule `image-alt`, fingerprint `",
    ):
        assert part in text


def test_of_many_pages_a_few_stand_there_and_the_rest_is_counted() -> None:
    text = texts()["button-name"]
    assert len(re.findall("^- `https://", text, re.MULTILINE)) == 5
    assert text.endswith("- and 9 more")


def test_nothing_of_a_page_becomes_markup_or_reaches_a_person() -> None:
    hostile = (*factory.HOSTILE, "@team #12 ![x](https://evil.example/x.png) **bold**", "```\n# out of the fence")
    rule = factory.rule("card")
    outcomes = [
        factory.outcome(rule, text, target=factory.Place(text, text), fingerprint=f"{at:016x}")
        for at, text in enumerate(hostile)
    ]
    page = factory.page("https://a.example/", "A", outcomes)
    findings = gather(factory.scan(replace(factory.faultless(), pages=(page,)), rules=[rule]), None)
    for problem in findings.problems:
        text = issue_text(findings, problem)
        fence = re.search(r"^(`{3,})html$", text, re.MULTILINE)
        assert fence
        inside, outside = re.split(rf"^{fence[1]}(?:html)?$", text, flags=re.MULTILINE)[1:3]
        assert inside.strip()
        assert outside.startswith("\n\n### Pages that have it")
        prose = re.sub(r"(`+).*?\1", "", text.partition("\n### Markup")[0])
        assert not re.search(r"<(?!https://www\.w3\.org/)|@|(?<!&)#\d|!\[|\*\*|\x1b|\u202e", prose)


def test_the_document_holds_the_same_text_for_each_problem() -> None:
    scan = factory.rich_scan()
    findings = gather(scan, score_scan(scan))
    for name, text in documents(scan, score_scan(scan)):
        if name.startswith("problems/"):
            document = html.document_fromstring(text)
            areas = document.xpath("//details[@class='copy']/textarea[@readonly]")
            assert len(areas) == len(document.xpath("//h2[@id='problems']/following-sibling::section")), name
            told = {issue_text(findings, problem) for problem in findings.problems}
            assert {area.text for area in areas} <= told
