"""The report as a folder: whole, safe whatever pages say, repeatable, bounded."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import factory
import pytest
from lxml import html

from reports.html import write_report
from reports.html.groups import groups
from reports.html.report import documents
from reports.model import Scan
from reports.numbers import Number, Numbers
from reports.results import from_json, to_json
from reports.score import score_scan
from reports.words import HONESTY, NO_FAILURE
from rules.errors import EnvironmentFault
from rules.model import Verdict

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
SCANS = {
    "rich": factory.rich_scan(),
    "one": factory.one_service(),
    "clean": factory.clean_scan(),
    "empty": factory.scan(),
}


@pytest.fixture(scope="module", params=[*SCANS, "unscored"])
def report(request: pytest.FixtureRequest) -> dict[str, html.HtmlElement]:
    """Every document of a report, parsed, by its name."""
    scan = SCANS.get(request.param, SCANS["rich"])
    scores = None if request.param == "unscored" else score_scan(scan)
    return {name: html.document_fromstring(text) for name, text in documents(scan, scores)}


def digests(scan: Scan, *, scored: bool = True) -> dict[str, str]:
    scores = score_scan(scan) if scored else None
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in documents(scan, scores)}


def text_of(scan: Scan, name: str = "index.html", *, scored: bool = True) -> str:
    text = dict(documents(scan, score_scan(scan) if scored else None))[name]
    document = html.document_fromstring(text)
    for cell in document.iter("td", "th", "dt", "dd"):
        cell.tail = " "
    return " ".join(document.text_content().split())


def test_every_link_inside_the_report_leads_to_a_file_and_a_place(report: dict[str, html.HtmlElement]) -> None:
    ids = {name: set(document.xpath("//@id")) for name, document in report.items()}
    for name, document in report.items():
        for href in document.xpath("//a/@href"):
            if href.startswith(("http://", "https://")):
                continue
            target, place = urldefrag(unquote(href))
            base = Path("/report") / name
            file = str((base.parent / target).resolve().relative_to("/report")) if target else name
            assert file in report, f"{name} links to {href}"
            assert not place or place in ids[file], f"{name} links to {href}"


def test_addresses_from_pages_are_linked_only_when_they_are_web_addresses(
    report: dict[str, html.HtmlElement],
) -> None:
    for document in report.values():
        for link in document.xpath("//a[contains(@href, ':')]"):
            assert re.match(r"https?://[a-z0-9.-]+(/|$)", link.get("href"))
            assert link.get("rel") == "noopener noreferrer"


def test_text_of_pages_never_becomes_markup(report: dict[str, html.HtmlElement]) -> None:
    for name, document in report.items():
        assert not document.xpath("//img | //iframe | //form | //link | //object | //base"), name
        scripts = document.xpath("//script")
        ours = {"src": f"{'../' * name.count('/')}report.js", "defer": "defer"}
        assert [(dict(one.attrib), one.text) for one in scripts] in ([], [(ours, None)]), name
        policy = document.xpath("string(//meta[@http-equiv]/@content)")
        assert ("; script-src 'self'" in policy) == bool(scripts), name
        assert policy.count("script-src") == len(scripts), name
        assert not [key for element in document.iter("*") for key in element.attrib if key.startswith("on")], name
        assert not document.xpath("//@style | //*[not(self::script)]/@src | //@srcset | //@ping | //@target"), name
        assert len(document.xpath("//style")) == len(document.xpath("//title")) == 1, name


def test_hostile_strings_are_shown_as_the_text_that_they_are() -> None:
    shown = text_of(SCANS["rich"], "services/02.html")
    assert "Hostile <script>alert(document.domain)</script>invoice⟨U+202E⟩gnp.exe" in shown
    assert factory.BREAKOUT in shown
    assert factory.FORMULA in shown
    assert "⟨U+001B⟩[31mred" in shown


def test_no_hidden_character_gets_into_a_document() -> None:
    for name, text in documents(SCANS["rich"], None):
        assert not HIDDEN.search(text), name


def test_a_document_has_one_main_heading_and_skips_no_level(report: dict[str, html.HtmlElement]) -> None:
    for name, document in report.items():
        levels = [int(heading.tag[1]) for heading in document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(below - above <= 1 for above, below in pairwise(levels)), name


def test_links_of_one_name_have_one_target(report: dict[str, html.HtmlElement]) -> None:
    for name, document in report.items():
        targets: dict[str, str] = {}
        for link in document.iter("a"):
            text = " ".join(link.text_content().split())
            assert text, name
            assert targets.setdefault(text, link.get("href")) == link.get("href"), f"{name}: {text}"


def test_titles_tell_documents_apart(report: dict[str, html.HtmlElement]) -> None:
    titles = [document.findtext(".//title") for document in report.values()]
    assert len(titles) == len(set(titles))


def test_every_document_says_what_checks_cannot_find(report: dict[str, html.HtmlElement]) -> None:
    for name, document in report.items():
        assert HONESTY in " ".join(document.text_content().split()), name


def test_the_first_heading_is_the_verdict() -> None:
    document = html.document_fromstring(dict(documents(SCANS["one"], None))["index.html"])
    assert document.findtext(".//h1/bdi") == "Harbour Benefits: 3 problems stop people and 2 make it hard."


def test_without_scores_every_number_is_missing_and_says_so() -> None:
    shown = text_of(SCANS["one"], scored=False)
    assert "No group has a number. This scan was not scored." in shown
    assert "of 100" not in shown


def test_beside_a_number_stand_range_questions_and_coverage() -> None:
    shown = text_of(SCANS["one"])
    row = shown[shown.index("302.2 With Limited Vision") :][:250]
    assert re.search(r"\d+ of 100", row)
    assert re.search(r"Likely range \d+–\d+\.", row)
    assert re.search(r"\d+ problems and 1 open question\.", row)
    assert re.search(r"\d+ if 1 open question turns out to be a problem\.", row)
    assert re.search(r"Checks covered \d+% of what they need\.", row)


def numbers(*values: int | None, lowest: tuple[int, ...] = (0,)) -> Numbers:
    """Five groups with these numbers, those at `lowest` at the bottom."""
    empty = Numbers().groups
    return Numbers(
        groups=tuple(
            replace(
                group,
                number=Number(value, value, None, "" if value is not None else "Too little."),
                lowest=at in lowest,
            )
            for at, (group, value) in enumerate(zip(empty, values, strict=True))
        )
    )


def test_the_hardest_group_is_named_unless_all_are_alike() -> None:
    assert groups(numbers(40, 60, 70, 80, 90), profile="").hardest == "Hardest for people without vision."
    assert groups(numbers(40, 41, 70, 80, 90, lowest=(0, 1)), profile="").hardest == (
        "Hardest for people without vision and people with limited vision (too close to tell apart)."
    )
    assert groups(numbers(40, 60, 70, 80, None), profile="").hardest == (
        "Hardest, of those with a number, for people without vision."
    )
    assert groups(numbers(9, 9, 9, 9, 9, lowest=(0, 1, 2, 3, 4)), profile="").hardest == ""
    assert groups(numbers(9, None, None, None, None), profile="").hardest == ""


def test_only_what_the_bars_show_is_explained() -> None:
    assert "Bars run from 0 to 100. " in text_of(SCANS["clean"])
    assert "the faint part depends on them; the line above is the likely range." in text_of(SCANS["one"])
    assert "Bars run" not in text_of(SCANS["one"], scored=False)


def test_a_problem_says_where_it_was_seen() -> None:
    shown = text_of(SCANS["one"], "services/01.html")
    assert (
        "Seen on 14 of 14 pages, for example on 1. /. Fixed in one shared part, usually by development; "
        "9.8 points more if fixed. Element header button.search" in shown
    )
    assert "Seen on 1 of 14 pages: 1. /. Fixed in its text, usually by whoever writes the content" in shown


def test_looking_at_nothing_never_reads_like_finding_nothing() -> None:
    silent = factory.scan(factory.silent(), rules=factory.RULES)
    for name, text in documents(silent, score_scan(silent)):
        shown = html.document_fromstring(text).xpath("string(//main)").lower()
        assert NO_FAILURE not in shown, name
        assert "no question open" not in shown, name


def test_names_of_groups_follow_the_law_of_the_service() -> None:
    american = text_of(SCANS["one"])
    assert "302.4 Without Hearing" in american
    assert "4.2.4 Usage without hearing" not in american
    assert "4.2.4 Usage without hearing" in text_of(SCANS["clean"])


def test_pages_that_were_not_judged_stand_with_their_reason() -> None:
    shown = text_of(SCANS["one"])
    assert "3 pages of 17 visited that could not be judged" in shown
    assert "behind a login A login stands in front of it. 1" in shown
    assert "did not finish It went on loading until our time was up. 1" in shown
    login = text_of(SCANS["one"], "pages/0015.html")
    assert "The page asks for a password." in login
    assert NO_FAILURE not in login.lower()


def test_kinds_of_page_have_names_and_those_that_nobody_looked_at_say_so() -> None:
    text = text_of(SCANS["one"], "services/01.html")
    assert "Pages like /news/* 4,000 12 3,988" in text
    assert "Pages like /archive/* 50 0 50 none was looked at" in text
    assert "Opened 17 of 4,180 known pages;" in text
    assert "Left out: 4,163." in text
    assert "Nobody has looked at 1 kind of page: pages like /archive/* (50)." in text
    assert "2 kinds of page (1 more that nobody looked at)" in text_of(SCANS["one"])


def test_a_check_that_could_not_judge_is_named_on_its_page_and_in_the_overview() -> None:
    sentence = "Focus can leave every component with the keyboard"
    assert f"{sentence} 1 There is no evidence from: focus." in text_of(SCANS["one"])
    page = text_of(SCANS["one"], "pages/0005.html")
    assert f"Checks that could not judge {sentence}: There is no evidence from: focus." in page
    assert "focus took longer than 20 s" in page


def test_criteria_without_a_check_are_counted_and_named() -> None:
    shown = text_of(SCANS["one"])
    assert "19 of 38 success criteria had no check (Section 508 (WCAG 2.0 A and AA))" in shown
    assert "2.3.1 Three Flashes or Below Threshold (A)" in shown


def test_a_problem_is_told_with_reason_remedy_place_and_sources() -> None:
    text = dict(documents(SCANS["one"], None))["problems/image-alt.html"]
    document = html.document_fromstring(text)
    shown = " ".join(document.text_content().split())
    assert factory.IMAGE_ALT.why in shown
    assert factory.IMAGE_ALT.fix in shown
    assert '<img src="/img/office-4711.jpg" class="wide">' in shown
    assert "main img:nth-of-type(2)" in shown
    assert "Stops people (critical) People without vision." in shown
    links = document.xpath("//main//a/@href")
    assert "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content" in links
    assert "https://www.w3.org/WAI/standards-guidelines/act/rules/23a2a8/" in links


def test_advice_stands_apart_and_never_among_what_to_fix_first() -> None:
    advice = "The notice stands outside every landmark."
    assert advice not in text_of(SCANS["one"])
    listed = text_of(SCANS["one"], "problems.html")
    assert listed.index("Advice, weighs nothing in a score") < listed.index(advice)


def test_the_same_scan_gives_the_same_bytes_whatever_the_seed_of_hashing() -> None:
    script = (
        f"import sys; sys.path[:0] = {[str(Path.cwd()), str(Path(__file__).parents[1])]!r}\n"
        "import factory, hashlib\n"
        "from reports.html.report import documents\n"
        "from reports.score import score_scan\n"
        "scan = factory.rich_scan()\n"
        "whole = hashlib.sha256()\n"
        "for name, text in documents(scan, score_scan(scan)): whole.update(f'{name} {text}'.encode())\n"
        "print(whole.hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != ""


@pytest.mark.parametrize("name", SCANS)
def test_results_json_gives_the_same_report_as_the_scan(name: str) -> None:
    again = from_json(to_json(SCANS[name]), source="results.json")
    assert digests(again) == digests(SCANS[name])


def test_a_rule_that_the_catalogue_lacks_is_shown_under_its_own_name() -> None:
    lacking = replace(SCANS["one"], rules=())
    written = dict(documents(lacking, None))
    assert "What should be true button-name" in text_of(lacking, "problems/button-name.html", scored=False)
    assert "problems/consistent-help.html" in written


def many_findings(sites: int, pages: int, problems: int) -> Iterator[object]:
    rule = factory.rule("card-name")
    for site in range(sites):
        home = f"https://service-{site}.example.gov/"
        found = [
            factory.outcome(rule, f"Card {number} has no name. {'Why? ' * 200}", fingerprint=f"{number:016x}")
            for number in range(problems)
        ]
        asked = [replace(one, verdict=Verdict.CANT_TELL) for one in found]
        first = factory.page(home, "Home " * 200, [*found, *asked])
        others = [factory.page(f"{home}{'deep/' * 100}{number}", "Page", found[:1]) for number in range(pages - 1)]
        yield replace(factory.faultless(), url=home, name=f"Service {site} {'x' * 500}", pages=(first, *others))


@pytest.mark.parametrize(("sites", "pages", "problems"), [(300, 4, 3), (1, 3000, 1500)])
def test_a_report_stays_of_a_size_that_can_be_sent(sites: int, pages: int, problems: int) -> None:
    scan = factory.scan(*many_findings(sites, pages, problems), rules=[factory.rule("card-name")])
    written = dict(documents(scan, None))
    sizes = {name: len(text.encode()) for name, text in written.items()}
    assert sizes["index.html"] <= 1_000_000
    assert max(sizes.values()) <= 1_000_000
    assert sum(sizes.values()) <= 60_000_000
    assert "more in results.json" in written["problems.html"]
    assert len([name for name in written if name.startswith("pages/")]) == 1000


def test_writing_gives_the_files_with_the_overview_first(tmp_path: Path) -> None:
    scan = SCANS["rich"]
    paths = write_report(scan, None, tmp_path / "new" / "report")
    assert paths[0] == tmp_path / "new" / "report" / "index.html"
    assert sorted(paths) == sorted(path for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert paths[0].read_text("utf-8") == dict(documents(scan, None))["index.html"]


def test_a_folder_that_cannot_be_written_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("a file is in the way")
    with pytest.raises(EnvironmentFault, match="report"):
        write_report(SCANS["clean"], None, tmp_path / "report")
