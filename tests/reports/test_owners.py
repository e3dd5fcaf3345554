"""Who answers for what: the first team whose pages fit, and for a problem every team whose pages have it."""

from __future__ import annotations

from dataclasses import replace

import factory

from reports.model import KindSample, Sample
from reports.owners import Owner, Owners, owned
from reports.problems import problems
from scanner.crawl.globs import Glob

ALL = Owner("Everybody else", "web@a.example", (Glob.parse("/*"),))
FORMS = Owner("Forms", "forms@a.example", (Glob.parse("/forms/*"),))
NEWS = Owner("News", kinds=("/news/*",))
RULE = factory.rule("button-name")


def page(path: str, *messages: str, template: str = "plain"):
    outcomes = [factory.outcome(RULE, message) for message in messages]
    return factory.page(f"https://a.example{path}", path, outcomes, template=template)


SITE = replace(
    factory.faultless(),
    url="https://a.example/",
    sample=Sample(known=9, kinds=(KindSample("t1", 5, 5, pattern="/news/*"),)),
    pages=(
        page("/forms/a", "Shared button", "Button of forms"),
        page("/news/1", "Shared button", template="t1"),
        page("/news/2", "Shared button", template="t1"),
        page("/other"),
    ),
)
SCAN = factory.scan(SITE, rules=[RULE])


def test_the_first_team_that_fits_has_a_page() -> None:
    owners = Owners((FORMS, NEWS, ALL))
    assert [owners.of_page(SITE, page) for page in SITE.pages] == [FORMS, NEWS, NEWS, ALL]
    assert [Owners((ALL, FORMS)).of_page(SITE, page) for page in SITE.pages] == [ALL] * 4
    assert [Owners((FORMS,)).of_page(SITE, page) for page in SITE.pages] == [FORMS, None, None, None]


def test_a_template_names_a_kind_as_well_and_no_template_is_no_kind() -> None:
    owners = Owners((Owner("News", kinds=("t1", "")),))
    assert [owners.of_page(SITE, page) is not None for page in SITE.pages] == [False, True, True, False]
    assert owners.of_page(SITE, page("/x", template="")) is None


def test_a_shared_problem_has_every_team_and_first_that_with_most_pages() -> None:
    found = problems(SCAN)
    teams = {problem.message: owned(SCAN, Owners((FORMS, NEWS)), found).teams_of(problem) for problem in found}
    assert teams == {"Shared button": (NEWS, FORMS), "Button of forms": (FORMS,)}
    nobody = owned(SCAN, Owners((NEWS,)), found)
    assert {problem.message: nobody.teams_of(problem) for problem in found} == {
        "Shared button": (NEWS,),
        "Button of forms": (),
    }


def test_a_file_of_this_machine_is_compared_by_its_path() -> None:
    assert Owners((FORMS,)).of_page(SITE, replace(page("/"), url="forms/a.html")) is FORMS
