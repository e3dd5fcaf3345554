"""Fixture pages of rules: which belong to a rule, what their ids and names say, what the rule makes of them.

An element whose id is `fail-…`, `pass-…`, `review-…` or `skip-…` says what its rule yields there (`skip`:
nothing). A page as a whole says it in the case of its file name, `<rule-id>.fail-….html`; another case is
only a page more. For a site rule the pages of one folder, `<rule-id>.<case>/`, say it in their own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from rules import PageDigest
from rules.model import Outcome, PageRule, RuleInfo, SiteOutcome, SiteRule, Verdict
from rules.page import Page

PAGES = Path(__file__).parent / "pages"
THE_PAGE = "the page"
VERDICTS = {"fail": Verdict.FAILED, "pass": Verdict.PASSED, "review": Verdict.CANT_TELL, "skip": None}

_SAYS = re.compile(r"(fail|pass|review|skip)(?:-|$)")

Told = frozenset[tuple[str, Verdict]]
"""Places and their verdicts; a place where nothing is yielded is not in it."""


def page_files(info: RuleInfo) -> list[Path]:
    """The fixture pages of a page rule; fails with what to add when there is none."""
    folder = PAGES / info.topic
    found = sorted([*folder.glob(f"{info.id}.html"), *folder.glob(f"{info.id}.*.html")])
    assert found, (
        f"The rule {info.id} has no fixture page. Add {(folder / info.id).relative_to(PAGES.parents[2])}.html with "
        "elements whose ids begin with fail-, pass-, review- or skip- and so say what the rule yields there; "
        f"for what it says of a page as a whole add {info.id}.fail-<cause>.html, {info.id}.pass-<cause>.html …"
    )
    return found


def site_folders(info: RuleInfo) -> list[Path]:
    """The fixture sites of a site rule; fails with what to add when there is none."""
    folder = PAGES / info.topic
    found = sorted(path for path in folder.glob(f"{info.id}.*") if path.is_dir())
    assert found, (
        f"The site rule {info.id} has no fixture site. Add folders {(folder / info.id).relative_to(PAGES.parents[2])}"
        ".<case>/ with pages whose file names begin with fail-, pass-, review- or skip-."
    )
    return found


def told_by_page(path: Path, page: Page) -> Told:
    """What the ids in a fixture page, and its own file name, say."""
    case = path.name.removesuffix(".html").partition(".")[2]
    names = [element.get("id") for element in page.dom.elements if _SAYS.match(element.get("id"))]
    assert len(set(names)) == len(names), f"{path.name} has an id twice."
    return _said([(name, name) for name in names] + ([(THE_PAGE, case)] if _SAYS.match(case) else []))


def told_by_site(folder: Path) -> Told:
    """What the file names of a fixture site say."""
    return _said((path.stem, path.stem) for path in folder.glob("*.html"))


def skipped(path: Path, page: Page) -> int:
    """How many places of a fixture page say that the rule does not apply."""
    case = path.name.removesuffix(".html").partition(".")[2]
    return sum(element.get("id").startswith("skip-") for element in page.dom.elements) + case.startswith("skip")


def yielded_by_page(rule: PageRule, page: Page) -> Told:
    """What the rule yields on a page. A place without an id goes by its selector, which no fixture says.

    A rule on words passes every part of a page's prose; only those count that say so.
    """
    every = frozenset((_place(outcome), outcome.verdict) for outcome in rule.judge(page))
    if rule.info.kind != "document":
        return every
    return frozenset(one for one in every if one[1] is not Verdict.PASSED or _SAYS.match(one[0]))


def yielded_by_site(rule: SiteRule, digests: Iterable[PageDigest]) -> Told:
    """What the site rule yields, by the stems of the pages' file names."""
    outcomes: Iterable[SiteOutcome] = rule.judge(tuple(digests))
    return frozenset((Path(url).stem, outcome.verdict) for outcome in outcomes for url in outcome.pages)


def _said(places: Iterable[tuple[str, str]]) -> Told:
    found: set[tuple[str, Verdict]] = set()
    for place, says in places:
        match = _SAYS.match(says)
        assert match, f"{place}: the name must begin with fail, pass, review or skip."
        verdict = VERDICTS[match[1]]
        if verdict is not None:
            found.add((place, verdict))
    return frozenset(found)


def _place(outcome: Outcome) -> str:
    if outcome.element is None:
        return THE_PAGE
    name = outcome.element.get("id")
    return name if _SAYS.match(name) else outcome.element.selector
