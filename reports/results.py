"""Scans as results.json and back: the stable file that reports, gates and other programs read.

It holds the facts of a `Scan` and, for readers without our formula, the scores. Scores are ignored on
reading, because they follow from the facts. The same scan always gives the same bytes.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from reports.jsontext import parse, render
from reports.model import SCHEMA, PageResult, Scan, SiteResult
from reports.plain import from_plain, to_plain
from rules.errors import EnvironmentFault, StoredDataError

_OUTCOME_LEVEL = 6


def to_json(scan: Scan, scores: Mapping[str, Any] | None = None) -> str:
    """results.json for a scan: sorted keys, an outcome a line, scores merged in where given.

    `scores` is `ScanScores.as_json()`. What it says of the scan, of each site and of each page goes to
    the `scores` of that scan, site and page.
    """
    plain = to_plain(replace(scan, sites=()))
    plain["schema"] = SCHEMA
    plain["rules"] = {rule.pop("id"): rule for rule in plain["rules"]}
    plain["sites"] = [_site_to_plain(site) for site in scan.sites]
    if scores is not None:
        _merge(plain, scores)
    return render(plain, levels=_OUTCOME_LEVEL) + "\n"


def from_json(text: str, *, source: str) -> Scan:
    """The scan in the text of a results.json; a StoredDataError names the place in `source` that is wrong.

    Rules come in the order of their ids and probes in the order of their names, as in a store.
    """
    value = parse(text, source=source)
    _check_schema(value, source)
    _relist(value, "rules", _rule_of, source=source, place="")
    for number, site in enumerate(_list_in(value, "sites")):
        for index, page in enumerate(_list_in(site, "pages")):
            _relist(page, "probes", _probe_of, source=source, place=f"sites[{number}].pages[{index}].")
    return from_plain(Scan, value, source=source)


def page_to_plain(page: PageResult) -> dict[str, Any]:
    """A page as it stands in results.json and in the store."""
    plain: dict[str, Any] = to_plain(page)
    plain["probes"] = {probe.name: probe.state for probe in page.probes}
    return plain


def page_from_plain(value: Any, *, source: str) -> PageResult:
    """The page that `page_to_plain` wrote; a StoredDataError names `source` and the place in it."""
    _relist(value, "probes", _probe_of, source=source, place="")
    return from_plain(PageResult, value, source=source)


def load_results(path: Path) -> Scan:
    """The scan in a results.json file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise StoredDataError(
            "There is no such results file.", where=str(path), do="`curbcut scan` writes one."
        ) from None
    except UnicodeDecodeError:
        raise StoredDataError("This is not UTF-8 text, so not a results file.", where=str(path)) from None
    except OSError as error:
        raise StoredDataError(f"This file cannot be read: {error.strerror}.", where=str(path)) from None
    return from_json(text, source=str(path))


def save_results(path: Path, scan: Scan, scores: Mapping[str, Any] | None = None) -> None:
    """Writes results.json so that a reader sees the old file or the whole new one, never half of it."""
    write_whole(path, to_json(scan, scores))


def write_whole(path: Path, text: str) -> None:
    """Writes a text file at once: beside its place first, then moved there; makes missing folders."""
    spare = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with spare.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        spare.replace(path)
    except OSError as error:
        with suppress(OSError):
            spare.unlink()
        raise EnvironmentFault(
            f"This file cannot be written: {error.strerror}.",
            where=str(path),
            do="Choose another folder with --output, or make this one writable.",
        ) from None


def _check_schema(value: Any, source: str) -> None:
    schema = value.get("schema") if isinstance(value, dict) else None
    if not isinstance(schema, str):
        raise StoredDataError("This is not a results file of Curbcut: it names no schema.", where=source)
    if schema != SCHEMA:
        raise StoredDataError(
            f"This results file has schema {schema[:20]!r}; this Curbcut reads {SCHEMA!r}.",
            where=source,
            do="Use the version of Curbcut that wrote it, or scan again.",
        )


def _site_to_plain(site: SiteResult) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(replace(site, pages=()))
    plain["pages"] = [page_to_plain(page) for page in site.pages]
    return plain


def _list_in(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _relist(parent: Any, key: str, item: Callable[[str, Any], object], *, source: str, place: str) -> None:
    """Turns the object at `key` into the model's list, in the order of its keys."""
    if not isinstance(parent, dict) or key not in parent:
        return
    keyed = parent[key]
    if not isinstance(keyed, dict):
        raise StoredDataError("Expected an object.", where=f"{source}, {place}{key}")
    parent[key] = [item(name, keyed[name]) for name in sorted(keyed)]


def _rule_of(name: str, info: Any) -> object:
    return {**info, "id": name} if isinstance(info, dict) else info


def _probe_of(name: str, state: Any) -> object:
    return {"name": name, "state": state}


def _merge(plain: dict[str, Any], scores: Mapping[str, Any]) -> None:
    plain["scores"] = {name: value for name, value in scores.items() if name != "sites"}
    for site, of_site in zip(plain["sites"], scores["sites"], strict=True):
        site["scores"] = {name: value for name, value in of_site.items() if name != "pages"}
        for page, of_page in zip(site["pages"], of_site["pages"], strict=True):
            page["scores"] = of_page
