"""The verdict as GitHub's workflow commands, which become annotations of a run."""

from __future__ import annotations

from collections.abc import Iterator

from reports.exports.told import headline, place, title, where
from reports.gate import GateVerdict, Tracked
from reports.model import Scan
from reports.text import one_line

MOST = 10
"""More of one kind in a step are not shown."""


def github(scan: Scan, verdict: GateVerdict) -> str:
    """A line for each problem that fails or warns, for what could not be judged, and one for the verdict."""
    return "".join(f"{line}\n" for line in _lines(verdict))


def _lines(verdict: GateVerdict) -> Iterator[str]:
    kind = {0: "notice", 1: "error", 3: "error"}[verdict.exit_code]
    said = " ".join(verdict.sentences[:1] if verdict.exit_code != 3 else verdict.gaps)
    yield _command(kind, f"Curbcut {title(verdict)}", said)
    for found, severity in ((verdict.new, "error"), (verdict.warned, "warning")):
        for one in found[: MOST - 1]:
            yield _command(severity, f"Curbcut: {one.rule.id}", f"{headline(one)} {where(one)}, {place(one)}", one)


def _command(kind: str, heading: str, message: str, one: Tracked | None = None) -> str:
    file = one.worst.page if one and "://" not in one.worst.page else ""
    properties = [*([f"file={_property(file)}"] if file else []), f"title={_property(heading)}"]
    return f"::{kind} {','.join(properties)}::{_data(message)}"


def _data(text: str) -> str:
    return one_line(text, 1000).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
