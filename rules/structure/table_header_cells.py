"""Asks whether tables without header cells have none for anybody."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, page_rule, passed
from rules.layout import can_be_seen

_TABLES = ("table", "grid", "treegrid")
_CELLS = frozenset({"cell", "gridcell"})
_HEADERS = frozenset({"columnheader", "rowheader"})


@page_rule(
    title="Tables say which of their cells are headers",
    why="People who cannot see the table are read a value without what it is the value of.",
    fix="Mark header cells up as th, with scope=col for the head of a column and scope=row for that of a row.",
    wcag=("1.3.1",),
    impact="serious",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 14.A",
)
def table_header_cells(page: Page) -> Iterator[Outcome]:
    """A table that the browser exposes as one has header cells.

    Applies to tables of two rows and two columns or more. A table without header cells is a question: what
    looks like a header is one for those who see it, and some tables have none for anybody.
    """
    for table in page.dom.by_role(*_TABLES):
        cells = [cell for cell in table.descendants() if _table_of(cell) is table]
        rows = [cell for cell in cells if cell.role == "row"]
        headers = [cell for cell in cells if cell.role in _HEADERS]
        plain = [cell for cell in cells if cell.role in _CELLS and cell.text]
        if len(rows) < 2 or len(headers) + len(plain) < 4 or len(plain) < 2 or not can_be_seen(table):
            continue
        if headers or any(cell.has("headers") for cell in plain):
            yield passed(table)
        else:
            yield cant_tell(table, "Do people who see this table find no headers of rows or columns in it either?")


def _table_of(cell: Element) -> Element | None:
    return next((above for above in cell.ancestors() if above.role in _TABLES), None)
