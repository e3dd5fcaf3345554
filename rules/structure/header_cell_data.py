"""Judges whether header cells head anything."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, visible_text
from rules.layout import can_be_seen
from rules.tables import Cell, Table, form

_TABLES = ("table", "grid", "treegrid")
_HEADERS = frozenset({"columnheader", "rowheader"})
_CELLS = _HEADERS | {"cell", "gridcell"}
_PLACED = ("aria-colindex", "aria-colspan", "aria-rowindex", "aria-rowspan", "aria-owns")


@page_rule(
    title="Header cells have cells that they head",
    why="People who cannot see the table are told of a header, and then never hear a value that belongs to it.",
    fix="Use th only where cells below or beside it belong to it, and give it scope=col or scope=row. Let cells with "
    "a headers attribute name all of their headers.",
    wcag=("1.3.1",),
    act=("d0f69e",),
    impact="serious",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 14.B",
    replaces=("th-has-data-cells",),
)
def header_cell_data(page: Page) -> Iterator[Outcome]:
    """A header cell is assigned to another cell, as HTML assigns headers by place, scope and headers attribute.

    Applies to header cells that are seen, say something, and belong to a table or grid that the browser exposes as
    one. In tables made of roles a header counts as assigned where its row, or its column of another row, has another
    cell. Where only a missing scope keeps a cell from being assigned, that is a question, and so are tables without
    any data. Tables of more than 20,000 slots give no outcome.
    """
    for table in page.dom.by_role(*_TABLES):
        if not can_be_seen(table):
            continue
        inside = [cell for cell in table.descendants() if cell.role in _CELLS and _table_of(cell) is table]
        headers = [cell for cell in inside if cell.role in _HEADERS and can_be_seen(cell) and visible_text(cell)]
        if not headers:
            continue
        heads = _by_markup(table, headers) if table.tag == "table" else _by_roles(table, inside)
        has_data = len(inside) > sum(cell.role in _HEADERS for cell in inside)
        yield from (_judged(header, heads[header.index], has_data) for header in headers if header.index in heads)


def _judged(header: Element, heads: bool | None, has_data: bool) -> Outcome:
    text = short(visible_text(header))
    if heads:
        return passed(header)
    if heads is None:
        return cant_tell(header, f"Is it clear without a scope which cells the header cell “{text}” belongs to?")
    if has_data:
        return failed(header, f"No cell of this table belongs to the header cell “{text}”.")
    return cant_tell(header, f"Is “{text}” the header of something, though this table holds no data?")


def _table_of(cell: Element) -> Element | None:
    return next((above for above in cell.ancestors() if above.role in _TABLES), None)


def _by_markup(table: Element, headers: list[Element]) -> dict[int, bool | None]:
    """By the index of each th whether a cell is assigned to it, None where one would be if it had a scope.

    Empty for a table that is too large.
    """
    formed = form(table)
    if formed is None:
        return {}
    wanted = {header.index for header in headers if header.tag == "th"}
    # Groups of columns are not formed, so a header of one is never said to head nothing.
    mine = [cell.element.index for cell in formed.cells if cell.element.index in wanted and cell.scope != "colgroup"]
    heads: dict[int, bool | None] = dict.fromkeys(mine, False)
    _assign(formed, heads, True)
    if False in heads.values():
        formed.both_ways = True
        _assign(formed, heads, None)
    return heads


def _assign(table: Table, heads: dict[int, bool | None], found: bool | None) -> None:
    for cell in table.cells:
        if cell.element.role in _CELLS and _may_find(table, cell, heads):
            for header in table.headers(cell):
                if heads.get(header.element.index) is False:
                    heads[header.element.index] = found


def _may_find(table: Table, cell: Cell, heads: dict[int, bool | None]) -> bool:
    """Whether a header that nothing is assigned to yet stands before or above the cell."""
    return cell.element.has("headers") or any(
        one is not cell and heads.get(one.element.index) is False and _is_before(one, cell)
        for one in table.cells
        if one.is_header
    )


def _is_before(header: Cell, cell: Cell) -> bool:
    beside = header.y < cell.y + cell.height and header.y + header.height > cell.y and header.x < cell.x
    above = header.x < cell.x + cell.width and header.x + header.width > cell.x and header.y < cell.y
    return beside or above or header.scope == "rowgroup"


def _by_roles(table: Element, inside: list[Element]) -> dict[int, bool | None]:
    """The same for a table of roles; empty where attributes place its cells elsewhere than they stand."""
    if any(one.has(name) for one in (table, *table.descendants()) for name in _PLACED):
        return {}
    rows: dict[int, list[Element]] = {}
    for cell in inside:
        row = next((above for above in cell.ancestors() if above.role == "row"), None)
        if row is None or _table_of(row) is not table:
            return {}
        rows.setdefault(row.index, []).append(cell)
    heads: dict[int, bool | None] = {}
    for mine, cells in rows.items():
        for column, cell in enumerate(cells):
            others = any(len(row) > column for number, row in rows.items() if number != mine)
            if cell.role == "columnheader":
                heads[cell.index] = others
            elif cell.role == "rowheader":
                heads[cell.index] = len(cells) > 1
    return heads
