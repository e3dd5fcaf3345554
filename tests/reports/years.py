"""Stores with scans over time: each scan by its day, of services that `scans.py` writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import scans

from reports.model import PageResult, Sample, Scan, SiteResult
from reports.store import Store, open_store
from rules.model import RuleInfo

A, B, C, D = (letter * 16 for letter in "abcd")
LANGUAGE = RuleInfo(
    "html-lang", "Pages name their language", "why", "fix", ("3.1.1",), "serious", "page", "development"
)
HOME, OTHER = "https://a.example/", "https://a.example/b"


def on(day: str, *pages: PageResult, **more: object) -> Scan:
    """A scan of the service A on a day, with these pages."""
    more.setdefault("rules", (*scans.CATALOGUE, LANGUAGE))
    return replace(scans.scan(*pages, **more), started=f"{day}T08:00:00Z", finished=f"{day}T09:00:00Z")


def of_both(day: str, first: tuple[PageResult, ...], second: tuple[PageResult, ...]) -> Scan:
    """A scan of two services on a day."""
    scan = on(day, *first)
    other = SiteResult("https://b.example/", "B", sample=Sample(len(second), len(second)), pages=second)
    return replace(scan, sites=(*scan.sites, other))


def kept(store: Store, *several: Scan) -> Store:
    """The store with these scans in it."""
    for scan in several:
        store.save_scan(scan)
    return store


def written(file: Path, *several: Scan) -> Path:
    """A store on disk with these scans."""
    with open_store(file) as store:
        kept(store, *several)
    return file
