"""The six qualities of a service as lines of a table."""

from __future__ import annotations

from typing import NamedTuple

from reports.html.findings import Findings
from reports.qualities import Met, State, site_qualities
from reports.words import counted


class QualityRow(NamedTuple):
    """A quality: how many of its checks are met, and the others by name."""

    name: str
    met: str
    missing: tuple[str, ...]
    open: tuple[str, ...]
    untested: tuple[str, ...]


def quality_rows(findings: Findings, index: int) -> tuple[QualityRow, ...]:
    """The six qualities of a service; none where no page of it was looked at."""
    if not findings.tested[index]:
        return ()
    scan = findings.scan
    found = site_qualities(scan.sites[index], scan.rules, findings.numbers.sites[index])
    return tuple(_row(one) for one in found)


def _row(one: Met) -> QualityRow:
    return QualityRow(
        one.quality.name,
        f"met {one.met} of {counted(len(one.states), 'check')}",
        one.titles(State.MISSING),
        one.titles(State.OPEN),
        one.titles(State.NOT_TESTED),
    )
