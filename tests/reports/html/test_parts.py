"""Rules that found much: their problems stand in several documents of a size that a browser carries, each once."""

from __future__ import annotations

from dataclasses import replace

import factory
from lxml import html

from reports.html.by_rule import ENTRIES, TOLD
from reports.html.findings import gather
from reports.html.report import pages
from reports.owners import Owner, Owners
from rules.model import Verdict
from scanner.crawl.globs import Glob

RULE = factory.rule("card-name", role="content")
LIMIT = 3000


def read() -> dict[str, html.HtmlElement]:
    found = [factory.outcome(RULE, f"Card {at} has no name.", fingerprint=f"{at:016x}") for at in range(130)]
    asked = [replace(one, verdict=Verdict.CANT_TELL, fingerprint=f"a{one.fingerprint[1:]}") for one in found[:30]]
    places = [factory.page(f"https://a.example/{at}/x", "A", [*found, *asked]) for at in range(25)]
    scan = factory.scan(replace(factory.faultless(), url="https://a.example/", pages=tuple(places)), rules=[RULE])
    owners = Owners(tuple(Owner(f"Team {at}", pages=(Glob.parse(f"/{at}/*"),)) for at in range(25)))
    findings = gather(scan, None, owners=owners, edit_link="https://cms.example/{path}")
    return {name: html.document_fromstring(text) for name, text in pages(findings)}


def test_problems_are_dealt_out_and_lists_lead_to_each() -> None:
    told = read()
    files = [name for name in told if name.startswith("problems/")]
    assert files == [f"problems/card-name{part}.html" for part in ("", ".2", ".3", ".4")]
    entries = [told[file].xpath("//section[contains(@class, 'entry')]/@id") for file in files]
    assert [len(part) for part in entries] == [ENTRIES, ENTRIES, ENTRIES, TOLD + 30 - 3 * ENTRIES]
    assert len({one for part in entries for one in part}) == TOLD + 30
    links = told["problems.html"].xpath("//li[contains(@class, 'item')]//h3/a/@href")
    assert len(links) == 130
    for link in links[:TOLD]:
        file, _, place = link.partition("#")
        assert place in entries[files.index(file)]
    assert set(links[TOLD:]) == {"problems/card-name.html"}
    assert ["and 30 more in results.json" in told[file].text_content() for file in files] == [False, False, True, False]


def test_each_part_leads_to_the_others_and_has_its_own_title() -> None:
    told = {name: document for name, document in read().items() if name.startswith("problems/")}
    assert len({document.findtext(".//title") for document in told.values()}) == len(told)
    links = told["problems/card-name.2.html"].xpath("//dd/a[starts-with(., 'Part')]")
    assert [(link.text_content(), link.get("href")) for link in links] == [
        ("Part 1", "../problems/card-name.html"),
        ("Part 3", "../problems/card-name.3.html"),
        ("Part 4", "../problems/card-name.4.html"),
    ]


def test_no_document_of_a_rule_or_of_a_team_is_too_much_for_a_browser() -> None:
    for name, document in read().items():
        if name.startswith(("problems", "questions", "owners/")):
            assert sum(1 for _ in document.iter("*")) <= LIMIT, name
