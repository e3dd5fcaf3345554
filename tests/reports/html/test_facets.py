"""What the list of problems can be narrowed by: right for each problem, in a fixed order, bounded."""

from __future__ import annotations

from dataclasses import replace

import factory
from lxml import html

from reports.agreed import Agreed
from reports.baseline import identity_of
from reports.html.facets import OPTIONS, Facets, facets
from reports.html.findings import Findings, gather
from reports.html.report import documents
from reports.model import Scan
from reports.owners import Owner, Owners
from reports.score import score_scan
from scanner.crawl.globs import Glob

LIMIT = 3000


def read(scan: Scan) -> tuple[Findings, Facets]:
    findings = gather(scan, score_scan(scan))
    return findings, facets(findings, findings.problems)


def texts(found: Facets, number: int, key: str) -> list[str]:
    """What a problem is in one respect, in words."""
    options = {option.token: option.text for facet in found.shown if facet.key == key for option in facet.options}
    return [options[token] for token in found.tokens[number].get(key, "").split()]


def test_every_problem_is_found_under_what_it_is() -> None:
    findings, found = read(factory.one_service())
    by_rule = {problem.rule.id: problem.number for problem in findings.problems}
    assert texts(found, by_rule["image-alt"], "group") == ["People without vision"]
    assert texts(found, by_rule["image-alt"], "criterion") == ["1.1.1 Non-text Content (A)"]
    assert texts(found, by_rule["image-alt"], "role") == ["Whoever writes the content"]
    assert texts(found, by_rule["image-alt"], "effort") == ["Its text"]
    assert texts(found, by_rule["button-name"], "effort") == ["One shared part"]


def test_counts_beside_the_options_are_those_of_the_list() -> None:
    _, found = read(factory.rich_scan())
    assert {"group", "criterion", "standing", "effort", "role"} <= {facet.key for facet in found.shown}
    for facet in found.shown:
        tokens = [token for mine in found.tokens.values() for token in mine.get(facet.key, "").split()]
        assert {option.token: tokens.count(option.token) for option in facet.options} == {
            option.token: option.problems for option in facet.options
        }


def test_criteria_stand_in_the_order_of_their_numbers() -> None:
    rules = [factory.rule(f"check-{at}", wcag=(number,)) for at, number in enumerate(("2.4.11", "2.4.9", "1.4.3"))]
    page = factory.page("https://a.example/", "A", [factory.outcome(rule, rule.id) for rule in rules])
    _, found = read(factory.scan(replace(factory.faultless(), pages=(page,)), rules=rules))
    (shown,) = (facet for facet in found.shown if facet.key == "criterion")
    assert [option.text.split()[0] for option in shown.options] == ["1.4.3", "2.4.9", "2.4.11"]


def test_what_all_problems_have_in_common_is_nothing_to_choose_by() -> None:
    rule = factory.rule("only")
    page = factory.page("https://a.example/", "A", [factory.outcome(rule, "One"), factory.outcome(rule, "The other")])
    _, found = read(factory.scan(replace(factory.faultless(), pages=(page,)), rules=[rule]))
    assert found.shown == ()
    assert set(found.tokens) == {1, 2}


def test_a_problem_that_was_agreed_on_everywhere_has_that_status() -> None:
    scan = factory.one_service()
    findings, _ = read(scan)
    chosen = findings.problems[0]
    name = identity_of(chosen.rule.id, chosen.fingerprint)
    agreed = Agreed(chosen.rule.id, "A new one comes", "Web team", "2027-01-31", fingerprint=name)
    findings, found = read(replace(scan, agreed=(agreed,)))
    status = {number: texts(found, number, "status") for number in found.tokens}
    assert [number for number, said in status.items() if said == ["Agreed exception"]] == [chosen.number]
    assert {tuple(said) for said in status.values()} == {("Agreed exception",), ("Open",)}


def test_the_list_stays_bounded_whatever_there_is_to_choose() -> None:
    rules = [
        factory.rule(f"check-{at}", wcag=(f"{1 + at % 4}.{1 + at % 5}.{1 + at}",), role=("design", "content")[at % 2])
        for at in range(300)
    ]
    page = factory.page("https://a.example/", "A", [factory.outcome(rule, f"Problem {rule.id}") for rule in rules])
    sites = [replace(factory.faultless(), url=f"https://{at}.example/", pages=(page,)) for at in range(2)]
    scan = factory.scan(*sites, rules=rules)
    patterns = (*(Glob.parse(f"/{at}/*") for at in range(99)), Glob.parse("/*"))
    owners = Owners(tuple(Owner(f"Team {at}", pages=(pattern,)) for at, pattern in enumerate(patterns)))
    assert all(len(facet.options) <= OPTIONS for facet in read(scan)[1].shown)
    document = html.document_fromstring(dict(documents(scan, None, owners=owners))["problems.html"])
    assert 1000 < sum(1 for _ in document.iter("*")) <= LIMIT
