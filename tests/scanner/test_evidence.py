"""Kept evidence gives the scan's own outcomes again, and a file that is not evidence is refused with a sentence."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reports.model import KindSample, PageResult, Sample, Scan, SiteResult, Tool
from reports.store import open_store
from rules.errors import EnvironmentFault, StoredDataError
from rules.evidence.axe import Axe, AxeNode, AxeResult
from rules.evidence.dom import DOCUMENT, ELEMENT, STYLES, DomSnapshot, Frame, Node
from rules.evidence.response import Response
from rules.page import Page, PageState
from scanner.crawl.queue import QueueItem, SiteQueue
from scanner.crawl.site import SiteCrawl
from scanner.evidence import EvidenceFolder, audit_folder
from scanner.sites import Target

URL = "https://www.example.gov/"
TOOL = Tool("0.0.1", axe="4.0.0", browser="headless-shell 150.0.0.0", rule_set="of then")


def page(url: str = URL, **more: Any) -> Page:
    """A page with an image that axe-core reports."""
    nodes = (
        Node(DOCUMENT, -1, -1, 0),
        Node(ELEMENT, 0, 0, 0, tag="html", attributes=(("lang", "en"),), role="RootWebArea"),
        Node(ELEMENT, 1, 1, 0, tag="body"),
        Node(ELEMENT, 2, 2, 0, tag="img", role="image", exposed=True, box=(0.0, 0.0, 10.0, 10.0), style=0),
    )
    snapshot = DomSnapshot(nodes, (Frame(url, url, root=0, owner=-1, title="Page"),), (("",) * len(STYLES),))
    axe = Axe("4.0.0", (AxeResult("image-alt", failed=(AxeNode(3, "img", "", "", "critical"),)),))
    given: dict[str, Any] = {"response": Response(url, 200), "snapshot": snapshot, "axe": axe, **more}
    return Page(url, **given)


@pytest.fixture
def site(tmp_path: Path) -> SiteCrawl:
    with open_store(tmp_path / "store.db") as store:
        target = Target(url=URL, name="Example", agency="Agency", kind="principal", profile="us-508")
        number = store.create_scan(
            started="", tool=TOOL, rules=(), sites=[(SiteResult(url=URL, name="Example"), {"url": URL})]
        )
        return SiteCrawl(0, target, SiteQueue(store, scan=number, site=0))


@pytest.fixture
def kept(tmp_path: Path, site: SiteCrawl) -> Path:
    """A folder with one page in it."""
    EvidenceFolder(tmp_path / "evidence", TOOL).keep(site, item(0, URL), page())
    return tmp_path / "evidence" / "0000" / "000000.json.gz"


def item(ordinal: int, url: str) -> QueueItem:
    return QueueItem(ordinal, url, depth=0, found_on="", attempts=1)


def failures(result: PageResult) -> list[tuple[str, str]]:
    return [(o.rule, o.target.selector) for o in result.outcomes if o.verdict == "failed" and o.target]


def test_a_kept_page_is_judged_again_with_the_service_that_it_belongs_to(kept: Path) -> None:
    scan = audit_folder(kept.parent.parent)
    [again] = scan.sites
    assert (again.url, again.name, again.agency, again.kind) == (URL, "Example", "Agency", "principal")
    assert (again.profile, again.state) == ("us-508", "judged")
    assert ("image-alt", "body > img") in failures(again.pages[0])
    assert (scan.tool.axe, scan.tool.browser) == (TOOL.axe, TOOL.browser), "what gathered it"
    assert scan.tool.rule_set not in ("", TOOL.rule_set), "what judged it now"
    assert (scan.started, scan.finished) == ("", ""), "no clock"


def test_the_same_page_is_kept_as_the_same_bytes(kept: Path, site: SiteCrawl, tmp_path: Path) -> None:
    EvidenceFolder(tmp_path / "again", TOOL).keep(site, item(0, URL), page())
    assert (tmp_path / "again" / "0000" / "000000.json.gz").read_bytes() == kept.read_bytes()


def test_pages_come_in_their_order_under_the_names_that_were_asked_for(tmp_path: Path, site: SiteCrawl) -> None:
    folder = EvidenceFolder(tmp_path / "evidence", TOOL)
    served = "http://127.0.0.1:4000/page.html"
    site.follows = False
    folder.keep(site, item(0, "b/page.html"), page(served))
    folder.keep(site, item(1, "a.html"), page("http://127.0.0.1:4001/a.html"))
    folder.keep(site, item(2, "gone.html"), Page("http://127.0.0.1:4001/gone.html", PageState.TIMEOUT, "Too late."))
    [again] = audit_folder(tmp_path / "evidence").sites
    assert [(result.url, str(result.state)) for result in again.pages] == [
        ("b/page.html", "tested"),
        ("a.html", "tested"),
        ("gone.html", "timeout"),
    ]
    assert again.site_outcomes == ()


def test_a_page_that_ended_where_another_one_did_is_a_copy_again(tmp_path: Path, site: SiteCrawl) -> None:
    folder = EvidenceFolder(tmp_path / "evidence", TOOL)
    folder.keep(site, item(0, URL), page())
    folder.keep(site, item(1, f"{URL}home"), page(f"{URL}home", snapshot=page().snapshot))
    [again] = audit_folder(tmp_path / "evidence").sites
    assert [str(result.state) for result in again.pages] == ["tested", "duplicate"]


def test_a_sample_stays_one(tmp_path: Path, site: SiteCrawl) -> None:
    folder = EvidenceFolder(tmp_path / "evidence", TOOL)
    folder.keep(site, item(0, URL), page())
    folder.keep(site, replace(item(1, f"{URL}a"), random=True), page(f"{URL}a"))
    sample = Sample(4_180, 2, (KindSample("1ab2c3d4", 4_180, 2, "/*", URL, "Page"),))
    folder.close(Scan(1, "", "", TOOL, sites=(SiteResult(URL, "Example", sample=sample),)))
    [again] = audit_folder(tmp_path / "evidence").sites
    assert again.sample == sample
    assert [result.random for result in again.pages] == [False, True]
    folder.begin()
    folder.keep(site, item(0, URL), page())
    assert audit_folder(tmp_path / "evidence").sites[0].sample == Sample(1, 1)


def test_a_new_scan_takes_away_the_evidence_of_an_older_one_and_nothing_else(kept: Path, site: SiteCrawl) -> None:
    folder = kept.parent.parent
    own = [folder / "notes.txt", kept.parent / "mine.json.gz", folder / "0000.txt"]
    for path in own:
        path.write_text("mine", "utf-8")
    EvidenceFolder(folder, TOOL).begin()
    assert not kept.exists()
    assert all(path.exists() for path in own)
    with pytest.raises(StoredDataError, match="no kept evidence"):
        audit_folder(folder)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, site: SiteCrawl) -> None:
    (tmp_path / "evidence").write_text("a file", "utf-8")
    with pytest.raises(EnvironmentFault, match="cannot be kept") as caught:
        EvidenceFolder(tmp_path / "evidence", TOOL).keep(site, item(0, URL), page())
    assert "000000.json.gz" in caught.value.where


def changed(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what a file of evidence says."""
    content = json.loads(gzip.decompress(path.read_bytes()))
    change(content)
    path.write_bytes(gzip.compress(json.dumps(content).encode()))


HOSTILE: dict[str, Callable[[Path], object]] = {
    "not compressed": lambda path: path.write_bytes(b"{}"),
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "damaged": lambda path: path.write_bytes(path.read_bytes()[:12] + bytes(40) + path.read_bytes()[52:]),
    "not JSON": lambda path: path.write_bytes(gzip.compress(b"{{{")),
    "another kind of JSON": lambda path: path.write_bytes(gzip.compress(b'{"schema": "1"}')),
    "deep": lambda path: path.write_bytes(gzip.compress(b"[" * 200_000)),
    "larger than any page": lambda path: path.write_bytes(gzip.compress(b" " * 200_000_100, 1)),
    "half a character": lambda path: path.write_bytes(gzip.compress(b'{"format": "\\ud800"}')),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_evidence_is_refused_with_its_name(kept: Path, name: str) -> None:
    HOSTILE[name](kept)
    with pytest.raises(StoredDataError) as caught:
        audit_folder(kept.parent.parent)
    assert caught.value.where.startswith(str(kept))
    assert len(str(caught.value)) < 400 + len(str(kept))


def node(number: int, **values: Any) -> Callable[[dict[str, Any]], None]:
    names = Node._fields

    def change(content: dict[str, Any]) -> None:
        for name, value in values.items():
            content["page"]["snapshot"]["nodes"][number][names.index(name)] = value

    return change


def at(*path: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        place: Any = content
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


CONTRADICTIONS: dict[str, Callable[[dict[str, Any]], None]] = {
    "a node is its own parent": node(3, parent=3),
    "a parent that comes later": node(2, parent=3),
    "a written parent that is itself": node(3, dom_parent=3),
    "a parent far away": node(3, parent=-7),
    "a frame that there is not": node(3, frame=1),
    "a style that there is not": node(3, style=9),
    "a host that comes later": node(2, host=3),
    "a frame's owner that there is not": at("page", "snapshot", "frames", 0, 3, value=99),
    "a frame that lies in itself": at("page", "snapshot", "frames", 0, 3, value=3),
    "a root that there is not": at("page", "snapshot", "frames", 0, 2, value=-1),
    "a style with too few values": at("page", "snapshot", "styles", value=[[]]),
    "axe-core's node that there is not": at("page", "axe", "results", 0, "failed", 0, "node", value=4),
    "a listener nowhere": at("page", "listeners", value={"elements": [{"node": -1, "events": []}]}),
    "another version's format": at("format", value=99),
    "a state that there is not": at("page", "state", value="perfect"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_evidence_whose_parts_do_not_belong_together_is_refused(kept: Path, name: str) -> None:
    changed(kept, lambda _: None)
    assert audit_folder(kept.parent.parent).sites[0].pages[0].tested, "unchanged it is evidence"
    changed(kept, CONTRADICTIONS[name])
    with pytest.raises(StoredDataError) as caught:
        audit_folder(kept.parent.parent)
    assert caught.value.where.startswith(str(kept))
