"""Every own rule judges its fixture pages as their ids say, and a broken rule would not."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from verdict_pages import (
    PAGES,
    Told,
    page_files,
    site_folders,
    skipped,
    told_by_page,
    told_by_site,
    yielded_by_page,
    yielded_by_site,
)

from rules.axe import axe_infos
from rules.digest import digest
from rules.model import PageRule, SiteRule, Verdict
from rules.page import Page
from rules.plain.style import Style
from rules.registry import load_rules
from rules.standards.abilities import served_groups
from rules.standards.wcag import criteria

Gather = Callable[[Path], Awaitable[Page]]
Compared = list[tuple[str, Told, Told]]
"""File or folder name, what it says, what the rule yields."""

_STYLE = Style(preferred={"hardship money": "crisis fund", "council tax": "Council Tax", "help desk": "help"})
_SET = load_rules(plugins=(), style=_STYLE)
OWN: list[PageRule | SiteRule] = [
    rule for rule in (*_SET.page_rules, *_SET.site_rules) if rule.info.origin == "curbcut"
]
EVERY_RULE = pytest.mark.parametrize(
    "rule",
    # All tests of a rule in one process, so that each of its pages is looked at once.
    [pytest.param(rule, id=rule.info.id, marks=pytest.mark.xdist_group(rule.info.id)) for rule in OWN],
)

F, P, Q = Verdict.FAILED, Verdict.PASSED, Verdict.CANT_TELL
DEFECTS: dict[str, dict[Verdict, Verdict]] = {
    "negated": {F: P, P: F, Q: Q},
    "silent": {},
    "without passes": {F: F, Q: Q},
    "always failed": {F: F, P: F, Q: F},
    "always passed": {F: P, P: P, Q: P},
    "always undecided": {F: Q, P: Q, Q: Q},
}
"""What a broken rule makes of each verdict; a verdict that is left out is not yielded any more."""


async def compared(rule: PageRule | SiteRule, gather: Gather) -> Compared:
    """What each fixture of the rule says beside what the rule yields."""
    if rule.info.kind == "site":
        folders = site_folders(rule.info)
        sites = [(folder, [digest(await gather(path)) for path in sorted(folder.glob("*.html"))]) for folder in folders]
        return [(folder.name, told_by_site(folder), yielded_by_site(rule, pages)) for folder, pages in sites]  # type: ignore[arg-type]
    looked_at = [(path, await gather(path)) for path in page_files(rule.info)]
    return [(path.name, told_by_page(path, page), yielded_by_page(rule, page)) for path, page in looked_at]  # type: ignore[arg-type]


@EVERY_RULE
async def test_the_rule_judges_its_pages_as_they_say(rule: PageRule | SiteRule, gather: Gather) -> None:
    for name, says, yields in await compared(rule, gather):
        differences = {"yielded": sorted(yields - says), "said": sorted(says - yields)}
        assert differences == {"yielded": [], "said": []}, name


@EVERY_RULE
@pytest.mark.parametrize("defect", DEFECTS)
async def test_its_pages_tell_a_broken_rule_from_a_right_one(
    rule: PageRule | SiteRule, defect: str, gather: Gather
) -> None:
    makes = DEFECTS[defect]
    pairs = [(says, yields) for _, says, yields in await compared(rule, gather)]
    broken = [{(place, makes[verdict]) for place, verdict in yields if verdict in makes} for _, yields in pairs]
    assert any(says != wrong for (says, _), wrong in zip(pairs, broken, strict=True))


@EVERY_RULE
async def test_its_pages_show_enough_of_each_verdict(rule: PageRule | SiteRule, gather: Gather) -> None:
    verdicts = [verdict for _, says, _ in await compared(rule, gather) for _, verdict in says]
    assert verdicts.count(F) >= 3 or (F not in verdicts and verdicts.count(Q) >= 3), "three failures of different cause"
    assert verdicts.count(P) >= 3, "three passes that look like failures"
    if rule.info.kind != "site":
        skips = sum([skipped(path, await gather(path)) for path in page_files(rule.info)])
    else:
        skips = sum(1 for folder in site_folders(rule.info) for _ in folder.glob("skip-*.html"))
    assert skips, "one place at which the rule does not apply"


@EVERY_RULE
def test_its_metadata_is_complete(rule: PageRule | SiteRule) -> None:
    info = rule.info
    for sentence in (info.why, info.fix):
        assert re.fullmatch(r"[A-Z].+[.]", sentence), sentence
    assert re.match(r"[A-Z]", info.title)
    assert not info.title.endswith(".")
    assert info.docs.partition("\n")[0].endswith("."), "the docstring's first line says what is judged"
    assert set(info.wcag) <= set(criteria())
    assert bool(info.serves) == bool(info.serves_source), "who is served is narrowed only with a source"
    assert served_groups(info.serves)
    assert set(info.replaces) <= {axe.id for axe in axe_infos()}
    assert all(re.fullmatch(r"[0-9a-z]{6}", act) for act in info.act)


def test_every_fixture_belongs_to_a_rule() -> None:
    ids = {(rule.info.topic, rule.info.id) for rule in OWN}
    strays = [
        path.relative_to(PAGES)
        for path in PAGES.glob("*/*")
        if path.name.partition(".")[2] and (path.parent.name, path.name.partition(".")[0]) not in ids
    ]
    assert [path for path in strays if path.suffix == ".html" or "." in path.name] == []
