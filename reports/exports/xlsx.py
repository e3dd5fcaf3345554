"""Problems, places, questions and pages as a workbook, written row by row so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from reports.exports.about import COLUMNS, about
from reports.exports.cells import Cell
from reports.exports.sheets import Book, Sheet
from reports.gate import GateVerdict
from reports.model import Scan
from reports.verdict import site_name
from reports.words import HONESTY, counted

if TYPE_CHECKING:
    from xlsxwriter import Workbook

ROWS = 1_048_576
"""What a sheet of Excel holds, its head included."""

NEVER_ELSE_THAN_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx(scan: Scan, verdict: GateVerdict, file: BinaryIO, *, rows: int = ROWS) -> None:
    """Writes the workbook; the time it bears is when the scan ended. Sheets have at most so many `rows`.

    Text from pages is written as text and nothing else: no formula, no link, no number.
    """
    # Only here, so that a gate or a report starts without it.
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    # Sheets lie in a folder of their own meanwhile, so that nothing stays behind when something goes wrong.
    with TemporaryDirectory(prefix="curbcut-") as folder:
        options = {"constant_memory": True, "use_zip64": True, "tmpdir": folder, **NEVER_ELSE_THAN_TEXT}
        workbook = Workbook(file, options)
        workbook.set_properties(_properties(scan))
        _fill(workbook, Book.of(scan, verdict), rows=rows)
        try:
            workbook.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error


def _fill(workbook: Workbook, book: Book, *, rows: int) -> None:
    formats = _formats(workbook)
    left_out = []
    for sheet in book.sheets():
        spare = sheet.many - (rows - 1)
        if spare > 0:
            # One row more makes place for the sentence that says so.
            said = f"{sheet.name}: {counted(spare + 1, 'row')} of {sheet.many:,} are not in this sheet."
            left_out.append(f"{said} CSV and JSON have all of them.")
            sheet = sheet._replace(rows=_cut(sheet.rows, rows - 2, left_out[-1]), many=rows - 1)
        _write(workbook, sheet, formats)
    told = tuple(about(book, left_out=tuple(left_out)))
    _write(workbook, Sheet("About", COLUMNS, told, len(told)), formats)


def _cut(rows: Iterable[tuple[Cell, ...]], most: int, said: str) -> Iterator[tuple[Cell, ...]]:
    yield from islice(rows, most)
    yield ("", said)


def _properties(scan: Scan) -> dict[str, Any]:
    named = site_name(scan.sites[0]) if len(scan.sites) == 1 else counted(len(scan.sites), "service")
    try:
        ended = datetime.fromisoformat(scan.finished or scan.started)
    except ValueError:
        # Any day, as long as it is not today's.
        ended = datetime(1980, 1, 1)
    return {
        "title": f"Problems of {named}",
        "subject": "Results of automated checks",
        "author": "Curbcut",
        "comments": HONESTY,
        "created": ended,
    }


def _formats(workbook: Workbook) -> dict[str, Any]:
    top = {"valign": "top"}
    head = {"bold": True, "text_wrap": True, "bottom": 1, **top}
    kinds = {"head": head, "plain": top, "wraps": {**top, "text_wrap": True}, "number": {**top, "num_format": "#,##0"}}
    return {kind: workbook.add_format(looks) for kind, looks in kinds.items()}


def _write(workbook: Workbook, sheet: Sheet, formats: dict[str, Any]) -> None:
    """One sheet: a head that stays in sight, repeats in print and is named as such for screen readers."""
    page, last = workbook.add_worksheet(sheet.name), len(sheet.columns) - 1
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.name, formats["head"])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(sheet.many, 1), last)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{sheet.name}&RPage &P of &N")
    workbook.define_name(f"{sheet.name}!ColumnTitle", f"={sheet.name}!$A$1")
    looks = [formats["wraps" if column.wraps else "plain"] for column in sheet.columns]
    for number, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    page.write_string(number, at, cell, looks[at])
            else:
                page.write_number(number, at, cell, formats["number"])
