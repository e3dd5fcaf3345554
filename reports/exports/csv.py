"""Problems as a table for spreadsheets: a row for each problem and page that has it."""

from __future__ import annotations

import csv as tables
import io
import re
from collections.abc import Iterable, Iterator

from reports.exports.cells import PLACE, PROBLEM, SIGNS, Cell, Cells
from reports.exports.decisions import listed_problems
from reports.gate import GateVerdict
from reports.model import Scan

COLUMNS = tuple(column.name for column in (*PROBLEM, *PLACE))

MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of the machine; what reads tables otherwise knows how to skip it."""

_AFTER_SEMICOLON = re.compile(f'(;["\\s]*)(?=[{SIGNS}])')


def csv(scan: Scan, verdict: GateVerdict) -> Iterator[str]:
    """The table of RFC 4180, a line at a time; open problems first, in the order of the report.

    Where a comma is a decimal sign spreadsheets split at semicolons, and quotation marks do not hold them back. So
    what would begin a formula after one is kept from it as well.
    """
    cells = Cells.of(scan)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for problem, decide in listed_problems(scan, verdict):
            same = cells.problem(problem)
            for hit in problem.hits or (None,):
                yield (*same, *cells.place(problem, hit, decision=decide(problem, hit)))

    yield from table(rows())


def table(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The lines of a table with our columns; its cells come from `Cells`, which let none begin a formula."""
    yield MARK + _line(COLUMNS)
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[Cell]) -> str:
    line = io.StringIO(newline="")
    writer = tables.writer(line, quoting=tables.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([_kept(cell) if isinstance(cell, str) and ";" in cell else cell for cell in cells])
    return line.getvalue()


def _kept(cell: str) -> str:
    return _AFTER_SEMICOLON.sub(r"\1'", cell)
