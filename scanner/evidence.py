"""Pages kept as evidence, one compressed file each, and judged again from there."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from reports.model import Sample, Scan, SiteResult, Tool
from rules.errors import EnvironmentFault, StoredDataError
from rules.page import Page
from rules.registry import load_rules
from rules.site_audit import audit_site
from scanner.worker import judge

if TYPE_CHECKING:
    from scanner.crawl.queue import QueueItem
    from scanner.crawl.site import SiteCrawl

FORMAT = 1
LARGEST = 200_000_000


@dataclass(frozen=True)
class Kept:
    """One file of evidence: a page, the site that it belongs to and the versions that gathered it."""

    format: int
    tool: Tool
    site: str
    name: str
    page: Page


_KEPT = TypeAdapter(Kept)


class EvidenceFolder:
    """Where a scan keeps its pages: `SITE/ORDINAL.json.gz`, each with the versions that gathered it."""

    def __init__(self, folder: Path, tool: Tool) -> None:
        self.folder = folder
        self._tool = tool

    def keep(self, site: SiteCrawl, item: QueueItem, page: Page) -> None:
        """Write one page; input values were never in it."""
        path = self.folder / f"{site.number:04d}" / f"{item.ordinal:06d}.json.gz"
        kept = Kept(FORMAT, self._tool, site.target.url, site.target.name, page)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # No time in the header: the same page gives the same bytes.
            path.write_bytes(gzip.compress(_KEPT.dump_json(kept), 6, mtime=0))
        except OSError as error:
            raise EnvironmentFault(f"The evidence cannot be kept: {error.strerror}.", where=str(path)) from error


def audit_folder(folder: Path) -> Scan:
    """A scan made of kept evidence with today's rules; no browser, no network, no clock."""
    files = sorted(folder.glob("*/*.json.gz")) or sorted(folder.glob("*.json.gz"))
    if not files:
        raise StoredDataError("There is no kept evidence here.", where=str(folder), do="Scan with --keep-evidence.")
    rules = load_rules()
    sites: dict[Path, list[Path]] = {}
    for path in files:
        sites.setdefault(path.parent, []).append(path)
    results: list[SiteResult] = []
    tool = Tool("")
    for pages in sites.values():
        works = []
        for path in pages:
            kept = _read(path)
            tool = kept.tool
            works.append(judge(kept.page, rules.page_rules))
        digests = tuple(work.digest for work in works if work.digest)
        results.append(
            SiteResult(
                url=kept.site,
                name=kept.name or kept.site,
                state="judged" if digests else "not-judged",
                reason="" if digests else "None of the kept pages could be judged.",
                sample=Sample(len(works), len(works)),
                pages=tuple(work.result for work in works),
                site_outcomes=audit_site(digests, rules.site_rules),
                notes=("Judged again from kept evidence.",),
            )
        )
    tool = replace(tool, curbcut=version("curbcut"), rule_set=rules.hash, broken_plugins=rules.broken)
    return Scan(0, "", "", tool, {}, rules.infos, tuple(results))


def _read(path: Path) -> Kept:
    try:
        with gzip.open(path) as file:
            raw = file.read(LARGEST + 1)
    except (OSError, EOFError) as error:
        raise StoredDataError(f"This evidence cannot be read: {error}.", where=str(path)) from error
    if len(raw) > LARGEST:
        raise StoredDataError("This evidence is larger than any page.", where=str(path))
    try:
        kept = _KEPT.validate_json(raw)
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise StoredDataError("This is not evidence that Curbcut kept.", where=f"{path}, {place}") from error
    if kept.format != FORMAT:
        raise StoredDataError("This evidence is of another version of Curbcut.", where=str(path))
    return kept
