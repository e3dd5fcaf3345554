"""Scans as results.json and back: the stable file that reports, gates and other programs read.

It holds the facts of a `Scan` and, for readers without our formula, the scores. Scores are ignored on
reading, because they follow from the facts. The same scan always gives the same bytes.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from reports.jsontext import parse, pieces
from reports.model import SCHEMA, PageResult, Scan, SiteResult
from reports.plain import from_plain, to_plain
from rules.errors import EnvironmentFault, StoredDataError
from rules.inventory import Held

_OUTCOME_LEVEL = 6


def to_json(scan: Scan, scores: Mapping[str, Any] | None = None) -> str:
    """results.json for a scan: sorted keys, an outcome a line, scores merged in where given.

    `scores` is `ScanScores.as_json()`. What it says of the scan, of each site and of each page goes to
    the `scores` of that scan, site and page.
    """
    return "".join(json_pieces(scan, scores))


def json_pieces(scan: Scan, scores: Mapping[str, Any] | None = None) -> Iterator[str]:
    """The same text piece by piece, made as it is asked for, so that memory stays flat."""
    plain = to_plain(replace(scan, sites=()))
    plain["schema"] = SCHEMA
    plain["rules"] = {rule.pop("id"): rule for rule in plain["rules"]}
    of_sites = scores["sites"] if scores is not None else [None] * len(scan.sites)
    plain["sites"] = (_site(site, scored) for site, scored in zip(scan.sites, of_sites, strict=True))
    yield from pieces(_scored(plain, scores, below="sites"), levels=_OUTCOME_LEVEL)
    yield "\n"


def from_json(text: str, *, source: str) -> Scan:
    """The scan in the text of a results.json; a StoredDataError names the place in `source` that is wrong.

    Rules come in the order of their ids and probes in the order of their names, as in a store.
    """
    value = parse(text, source=source)
    _check_schema(value, source)
    _relist(value, "rules", _rule_of, source=source, place="")
    for number, site in enumerate(_list_in(value, "sites")):
        for index, page in enumerate(_list_in(site, "pages")):
            for key, item in _KEYED.items():
                _relist(page, key, item, source=source, place=f"sites[{number}].pages[{index}].")
    return from_plain(Scan, value, source=source)


def page_to_plain(page: PageResult) -> dict[str, Any]:
    """A page as it stands in results.json and in the store."""
    plain: dict[str, Any] = to_plain(page)
    plain["probes"] = {probe.name: probe.state for probe in page.probes}
    plain["inventory"] = {held.kind: _held(held) for held in page.inventory}
    plain["pictures"] = {one.pop("name"): one for one in plain["pictures"]}
    return plain


def _held(held: Held) -> dict[str, Any]:
    """Without places where none is named, as every page has several such lines."""
    return {"count": held.count, **({"places": to_plain(held.places)} if held.places else {})}


def page_from_plain(value: Any, *, source: str) -> PageResult:
    """The page that `page_to_plain` wrote; a StoredDataError names `source` and the place in it."""
    for key, item in _KEYED.items():
        _relist(value, key, item, source=source, place="")
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
    write_whole(path, json_pieces(scan, scores))


def write_whole(path: Path, text: str | Iterable[str]) -> None:
    """Writes a text file, or its pieces, at once: beside its place first, then moved there; makes missing folders."""
    with whole_file(path) as file:
        file.writelines(piece.encode() for piece in ([text] if isinstance(text, str) else text))


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write bytes to, which stands at `path` when the block has come to its end, and not before."""
    spare = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with spare.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        spare.replace(path)
    except OSError as error:
        raise EnvironmentFault(
            f"This file cannot be written: {error.strerror}.",
            where=str(path),
            do="Choose another folder with --output, or make this one writable.",
        ) from None
    finally:
        with suppress(OSError):
            spare.unlink()


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


def _site(site: SiteResult, scores: Mapping[str, Any] | None) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(replace(site, pages=()))
    of_pages = scores["pages"] if scores is not None else [None] * len(site.pages)
    plain["pages"] = (
        _scored(page_to_plain(page), scored, below="") for page, scored in zip(site.pages, of_pages, strict=True)
    )
    return _scored(plain, scores, below="pages")


def _scored(plain: dict[str, Any], scores: Mapping[str, Any] | None, *, below: str) -> dict[str, Any]:
    """`plain` with its own scores; those of what lies below stand there."""
    own = {name: value for name, value in (scores or {}).items() if name != below}
    return plain if scores is None else {**plain, "scores": own}


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


def _held_of(kind: str, held: Any) -> object:
    return {**held, "kind": kind} if isinstance(held, dict) else held


def _picture_of(name: str, picture: Any) -> object:
    return {**picture, "name": name} if isinstance(picture, dict) else picture


_KEYED: Mapping[str, Callable[[str, Any], object]] = {
    "inventory": _held_of,
    "pictures": _picture_of,
    "probes": _probe_of,
}
"""What a page has by name in results.json, and as a list in the model."""
