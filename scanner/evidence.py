"""Pages kept as evidence, one compressed file each, and judged again from there."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from reports.jsontext import compact, parse
from reports.model import PageResult, Sample, Scan, SiteResult, Tool
from reports.plain import from_plain, to_plain
from reports.results import write_whole
from reports.site_pages import as_duplicate
from rules.digest import PageDigest
from rules.errors import EnvironmentFault, StoredDataError
from rules.evidence.dom import DomSnapshot
from rules.page import Page
from rules.plain.style import USUAL, Style
from rules.registry import RuleSet, load_rules
from rules.site_audit import audit_site
from scanner.finish import same_address, same_content
from scanner.worker import judge, named

if TYPE_CHECKING:
    from scanner.crawl.queue import QueueItem
    from scanner.crawl.site import SiteCrawl

FORMAT = 1
LARGEST = 200_000_000
SAMPLE = "sample.json"
_FILE = re.compile(r"\d{4,}/\d{6,}\.json\.gz")


@dataclass(frozen=True, slots=True)
class Service:
    """The service that a kept page belongs to; `follows` is false where exactly the named pages were wanted."""

    number: int
    url: str
    name: str
    agency: str = ""
    kind: str = ""
    profile: str = "wcag22-aa"
    follows: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of evidence: a page, the address that was asked for, its service, the versions that gathered it.

    `random` says that the page was drawn at random.
    """

    format: int
    tool: Tool
    service: Service
    asked: str
    page: Page
    random: bool = False


class EvidenceFolder:
    """Where a scan keeps its pages: `SERVICE/ORDINAL.json.gz`, each understandable alone."""

    def __init__(self, folder: Path, tool: Tool) -> None:
        self.folder = folder
        self._tool = tool

    def begin(self) -> None:
        """Take away what an earlier scan kept here: together they would be judged as one. Other files stay."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for path in _files(self.folder):
                path.unlink()
                path.with_name(SAMPLE).unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def keep(self, site: SiteCrawl, item: QueueItem, page: Page) -> None:
        """Write one page; input values were never in it."""
        path = self.folder / f"{site.number:04d}" / f"{item.ordinal:06d}.json.gz"
        kept = Kept(FORMAT, self._tool, _service(site), item.url, page, item.random)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # No time in the header: the same page gives the same bytes.
            path.write_bytes(gzip.compress(_adapter().dump_json(kept), 6, mtime=0))
        except OSError as error:
            raise _unwritable(path, error) from error

    def close(self, scan: Scan) -> None:
        """Write how much of each service the pages are a sample of: nothing in the pages themselves tells it."""
        for number, site in enumerate(scan.sites):
            path = self.folder / f"{number:04d}" / SAMPLE
            if path.parent.is_dir():
                write_whole(path, compact(to_plain(site.sample)) + "\n")


def audit_folder(folder: Path, *, style: Style = USUAL) -> Scan:
    """A scan made of kept evidence with today's rules and house style; no browser, no network, no clock.

    It has the pages that were visited; what robots.txt kept the scan from left no evidence.
    """
    files = _files(folder)
    if not files:
        raise StoredDataError("There is no kept evidence here.", where=str(folder), do="Scan with --keep-evidence.")
    rules = load_rules(style=style)
    tool = replace(_read(files[0]).tool, curbcut=version("curbcut"), rule_set=rules.hash, broken_plugins=rules.broken)
    sites = tuple(_site(list(paths), rules) for _, paths in groupby(files, key=lambda path: path.parent))
    settings: dict[str, object] = {} if style == USUAL else {"house-style": style.as_json()}
    return Scan(0, "", "", tool, settings, rules.infos, sites)


def _site(files: list[Path], rules: RuleSet) -> SiteResult:
    """One service judged again; one page at a time, so that memory stays flat."""
    results: list[PageResult] = []
    digests: list[PageDigest | None] = []
    for path in files:
        kept = _read(path)
        done = named(judge(kept.page, rules.page_rules), kept.asked)
        results.append(replace(done.result, random=kept.random))
        digests.append(done.digest)
    service = kept.service
    if service.follows:
        for position, reason in list(same_address(enumerate(results))):
            results[position], digests[position] = as_duplicate(results[position], reason), None
        for position, reason in same_content((at, digest) for at, digest in enumerate(digests) if digest):
            results[position], digests[position] = as_duplicate(results[position], reason), None
    compared = tuple(digest for digest in digests if digest) if service.follows else ()
    tested = any(result.tested for result in results)
    return SiteResult(
        url=service.url,
        name=service.name,
        agency=service.agency,
        kind=service.kind,
        profile=service.profile,
        state="judged" if tested else "not-judged",
        reason="" if tested else next((result.reason for result in results if result.reason), "No page was tested."),
        sample=_sample(files[0].with_name(SAMPLE)) or Sample(len(results), len(results)),
        pages=tuple(results),
        site_outcomes=audit_site(compared, rules.site_rules) if service.follows else (),
        notes=("Judged again from kept evidence.",),
    )


def _sample(path: Path) -> Sample | None:
    """What the scan said of its sample; None where it was stopped before it could."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoredDataError(f"This evidence cannot be read: {error}.", where=str(path)) from error
    return from_plain(Sample, parse(text, source=str(path)), source=str(path))


def _unwritable(path: Path, error: OSError) -> EnvironmentFault:
    return EnvironmentFault(f"The evidence cannot be kept: {error.strerror}.", where=str(path))


def _service(site: SiteCrawl) -> Service:
    target = site.target
    return Service(
        number=site.number,
        url=target.url,
        name=target.name or target.url,
        agency=target.agency,
        kind=target.kind or "",
        profile=target.profile or "wcag22-aa",
        follows=site.follows,
    )


def _files(folder: Path) -> list[Path]:
    """Files of evidence in the order of services and pages."""
    found = (path for path in folder.glob("*/*.json.gz") if _FILE.fullmatch(path.relative_to(folder).as_posix()))
    return sorted(found, key=lambda path: (int(path.parent.name), int(path.name.partition(".")[0])))


def _read(path: Path) -> Kept:
    try:
        with gzip.open(path) as file:
            raw = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise StoredDataError(f"This evidence cannot be read: {error}.", where=str(path)) from error
    if len(raw) > LARGEST:
        raise StoredDataError("This evidence is larger than any page.", where=str(path))
    try:
        kept = _adapter().validate_json(raw)
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise StoredDataError(
            "This is not evidence that Curbcut kept.", where=f"{path}, {place}" if place else str(path)
        ) from None
    if kept.format != FORMAT:
        raise StoredDataError("This evidence is of another version of Curbcut.", where=str(path))
    for flaw in _flaws(kept.page):
        raise StoredDataError(f"This evidence contradicts itself: {flaw}.", where=str(path))
    return kept


def _flaws(page: Page) -> Iterator[str]:
    """What keeps the parts of a page from belonging together; rules rely on it, and circles would hold them forever."""
    if page.snapshot is None:
        return
    yield from _tree_flaws(page.snapshot)
    size = len(page.snapshot.nodes)
    if page.axe and any(
        not -1 <= node.node < size for result in page.axe.results for node in (*result.failed, *result.incomplete)
    ):
        yield "axe-core names a node that there is not"
    if page.listeners and any(not 0 <= listener.node < size for listener in page.listeners.elements):
        yield "a listener is on a node that there is not"
    if page.pictures and any(not 0 <= picture.node < size for picture in page.pictures.seen):
        yield "a picture is on a node that there is not"
    if page.fields and any(not 0 <= field.node < size for field in page.fields.elements):
        yield "a field is on a node that there is not"


def _tree_flaws(tree: DomSnapshot) -> Iterator[str]:
    size, frames, styles = len(tree.nodes), len(tree.frames), len(tree.styles)
    for index, node in enumerate(tree.nodes):
        above = (node.parent, node.dom_parent, node.host)
        if not all(-1 <= other < index for other in above):
            yield f"node {index} comes before the one that it lies in"
        if not 0 <= node.frame < frames or not -1 <= node.style < styles:
            yield f"node {index} has a frame or style that there is not"
    for number, frame in enumerate(tree.frames):
        if not -1 <= frame.owner < size or not 0 <= frame.root < size:
            yield f"frame {number} has an owner or root that there is not"
        elif frame.owner >= 0 and tree.nodes[frame.owner].frame >= number:
            yield f"frame {number} lies in one that comes after it"
    if any(len(row) != len(tree.style_names) for row in tree.styles):
        yield "a style has more or fewer values than names"


@cache
def _adapter() -> TypeAdapter[Kept]:
    """The reader and writer of `Kept`, which takes a while to make."""
    return TypeAdapter(Kept)
