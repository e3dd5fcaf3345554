"""The last words of a scan: few, plain, the verdict first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import factory
import pytest

from reports.model import Scan
from reports.numbers import scan_numbers, whole
from reports.problems import problems
from reports.score import score_scan
from reports.summary import LINES, summary_lines
from reports.verdict import verdict, worst_first
from reports.words import HONESTY
from rules.model import Verdict

GOLDEN = Path(__file__).parent / "golden"
PATHS = {"Report": "curbcut-report/index.html", "Results": "curbcut-report/results.json"}
SCANS = {
    "many-services": factory.rich_scan(),
    "one-service": factory.one_service(),
    "no-findings": factory.clean_scan(),
    "nothing-judged": factory.scan(factory.silent(), rules=factory.RULES),
}


def summary(scan: Scan, *, scored: bool = True) -> list[str]:
    scores = score_scan(scan) if scored else None
    return summary_lines(scan, scores, paths=PATHS, exit_code=0, reason="The scan is done.")


@pytest.mark.parametrize("name", SCANS)
def test_the_summary_is_what_was_agreed(name: str) -> None:
    expected = (GOLDEN / f"summary-{name}.txt").read_text("utf-8")
    assert "\n".join(summary(SCANS[name])) + "\n" == expected


def test_however_much_there_is_to_say_it_takes_at_most_15_plain_lines() -> None:
    services = [
        replace(factory.hostile(), url=f"https://{number}.example.gov/", name=f"Service {number}\n\x1b[2J{'x' * 5000}")
        for number in range(40)
    ]
    crowd = factory.scan(*services, factory.silent(), rules=factory.RULES, complete=False)
    paths = {f"File {number}": f"folder/{number}\u202e" for number in range(9)}
    lines = summary_lines(crowd, None, paths=paths, exit_code=3, reason="first\nsecond \x07")
    assert len(lines) <= LINES
    assert all(line.isprintable() and len(line) <= 300 for line in lines)
    assert "and 38 more services" in "\n".join(lines)
    assert "folder/8" in "\n".join(lines)
    assert lines[-1] == "Exit code 3: first second ⟨U+0007⟩"


def test_without_scores_the_summary_says_that_there_is_none() -> None:
    lines = summary(SCANS["one-service"], scored=False)
    assert lines[1] == "  Harbour Benefits: no score, looked at 14 of 4,180 pages."


def test_the_honesty_line_is_always_there() -> None:
    assert all(HONESTY in summary(scan) for scan in SCANS.values())


def test_advice_is_never_among_the_fixes() -> None:
    advised = factory.page("https://a.example.gov/", "", [factory.outcome(factory.REGION, "Outside every landmark.")])
    lines = summary(factory.scan(replace(factory.faultless(), pages=(advised,)), rules=factory.RULES))
    assert lines[0] == "City Library: no failure found by automated checks."
    assert not [line for line in lines if line.startswith("Fix first")]


def test_looking_at_nothing_never_reads_like_finding_nothing() -> None:
    silent, unread = factory.silent(), replace(factory.silent(), state="judged", reason="")
    sentences = {
        (): "Nothing could be judged: the list of services is empty.",
        (silent,): "Licences: not judged. Its first page did not answer.",
        (unread,): "Licences: not judged. No page could be tested.",
        (silent, unread): "None of 2 services could be judged.",
        (
            silent,
            factory.faultless(),
        ): "No failure found by automated checks in 1 service. 1 service could not be judged.",
    }
    for sites, sentence in sentences.items():
        assert verdict(factory.scan(*sites), ()) == sentence


def test_problems_of_a_service_that_was_not_judged_are_told_all_the_same() -> None:
    scan = factory.scan(replace(factory.harbour(), state="not-judged", reason="Too few pages."), rules=factory.RULES)
    assert verdict(scan, problems(scan)) == (
        "Harbour Benefits: not judged. Too few pages. Even so, 3 problems stop people and 2 make it hard."
    )


@pytest.mark.parametrize(
    ("impact", "sentence"),
    [
        ("critical", "City Library: 2 problems stop people."),
        ("serious", "City Library: 2 problems make it hard."),
        ("moderate", "City Library: 2 problems slow people."),
        ("minor", "City Library: 2 problems are small."),
    ],
)
def test_the_verdict_says_what_the_gravest_problems_do(impact: str, sentence: str) -> None:
    broken = factory.rule("broken", impact=impact)
    page = factory.page("https://a.example.gov/", "", [factory.outcome(broken, text) for text in ("One.", "Another.")])
    scan = factory.scan(replace(factory.faultless(), pages=(page,)), rules=[broken])
    assert verdict(scan, problems(scan)) == sentence


def test_services_stand_by_what_stops_people_and_those_not_judged_last() -> None:
    scan = factory.scan(
        factory.silent(), factory.faultless(), factory.hostile(), factory.harbour(), rules=factory.RULES
    )
    assert worst_first(scan, problems(scan)) == [3, 2, 1, 0]


def test_an_open_question_changes_no_verdict() -> None:
    scan = SCANS["one-service"]
    (service,) = scan.sites
    without = replace(
        service,
        pages=tuple(
            replace(page, outcomes=tuple(o for o in page.outcomes if o.verdict is not Verdict.CANT_TELL))
            for page in service.pages
        ),
    )
    silent = replace(scan, sites=(without,))
    assert verdict(silent, problems(silent)) == verdict(scan, problems(scan))


def test_a_number_is_100_only_when_nothing_was_lost() -> None:
    assert [whole(score) for score in (100.0, 99.9, 99.5, 44.4, 0.0)] == [100, 99, 99, 44, 0]


def test_numbers_are_those_of_the_scores_in_the_order_of_the_scan() -> None:
    scan = SCANS["many-services"]
    scores = score_scan(scan)
    numbers = scan_numbers(scan, scores)
    for site, score in zip(numbers.sites, scores.sites, strict=True):
        assert (site.headline.value is None) == (score.headline is None)
        assert len(site.pages) == len(score.pages)
        for group in site.groups:
            told = score.groups.get(group.group.id)
            assert group.number.value == (whole(told.high) if told and told.high is not None else None)
            assert group.number.value is not None or group.number.reason
