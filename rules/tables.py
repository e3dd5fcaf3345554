"""Tables as HTML forms them: which cell lies on which slot, and which header cells each cell has.

Source: the HTML standard, "Forming a table" and "Forming relationships between data cells and header cells".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.element import Element

_SECTIONS = ("thead", "tbody", "tfoot")
_WIDEST, _TALLEST = 1000, 65534
_MOST_SLOTS = 20_000
"""A table of more slots is not formed: what it takes grows with them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A td or th on its slots; `group` numbers the row group that it lies in."""

    element: Element
    x: int
    y: int
    width: int
    height: int
    group: int

    @property
    def is_header(self) -> bool:
        """Whether it is a th."""
        return self.element.tag == "th"

    @property
    def scope(self) -> str:
        """The scope in lower case, empty for none or an unknown one, which HTML calls auto."""
        written = self.element.get("scope").strip().lower()
        return written if written in ("row", "col", "rowgroup", "colgroup") else ""


@dataclass(slots=True)
class Table:
    """A table's cells by slot; None on a slot that two cells claim.

    HTML lets a th without scope head its columns only where no td shares its rows, and its rows only where none
    shares its columns. Empty td, such as the one in a corner, are not counted here: nobody takes them for data.
    With `both_ways` a th without scope heads rows and columns, wherever it stands.
    """

    cells: list[Cell] = field(default_factory=list)
    slots: dict[tuple[int, int], Cell | None] = field(default_factory=dict)
    data_rows: set[int] = field(default_factory=set)
    data_columns: set[int] = field(default_factory=set)

    both_ways: bool = False

    def is_column_header(self, cell: Cell) -> bool:
        """Whether a th heads the columns that it spans."""
        if self.both_ways and not cell.scope:
            return True
        return cell.scope == "col" or (
            not cell.scope and self.data_rows.isdisjoint(range(cell.y, cell.y + cell.height))
        )

    def is_row_header(self, cell: Cell) -> bool:
        """Whether a th heads the rows that it spans."""
        if cell.scope:
            return cell.scope == "row"
        if self.both_ways:
            return True
        return not self.is_column_header(cell) and self.data_columns.isdisjoint(range(cell.x, cell.x + cell.width))

    def headers(self, cell: Cell) -> Iterator[Cell]:
        """The header cells that HTML assigns to a cell, some perhaps twice, and empty ones among them."""
        if cell.element.has("headers"):
            tokens = set(cell.element.get("headers").split())
            yield from (one for one in self.cells if one is not cell and one.element.get("id") in tokens)
            return
        for y in range(cell.y, cell.y + cell.height):
            yield from self._towards(cell, [(x, y) for x in range(cell.x - 1, -1, -1)], across=True)
        for x in range(cell.x, cell.x + cell.width):
            yield from self._towards(cell, [(x, y) for y in range(cell.y - 1, -1, -1)], across=False)
        yield from (one for one in self.cells if one is not cell and self._heads_group(one, cell))

    def _towards(self, cell: Cell, way: list[tuple[int, int]], *, across: bool) -> Iterator[Cell]:
        """The headers on the way from a cell to the edge that no other block of headers hides."""
        hidden: set[tuple[int, int]] = set()
        block = [cell] if cell.is_header else []
        in_block = cell.is_header
        for slot in way:
            found = self.slots.get(slot)
            if found is None:
                continue
            if found.is_header:
                in_block = True
                block.append(found)
                heads = self.is_row_header(found) if across else self.is_column_header(found)
                if heads and _extent(found, across) not in hidden:
                    yield found
            elif in_block:
                in_block = False
                hidden |= {_extent(one, across) for one in block}
                block = []

    def _heads_group(self, header: Cell, cell: Cell) -> bool:
        if not header.is_header or header.scope != "rowgroup":
            return False
        return (
            header.group == cell.group and header.x <= cell.x + cell.width - 1 and header.y <= cell.y + cell.height - 1
        )


def form(table: Element) -> Table | None:
    """The slots of a table element, None where it is too large to be formed.

    Groups of columns are not formed, so that scope=colgroup heads nothing here.
    """
    formed = Table()
    y = 0
    for group, rows in enumerate(_groups(table)):
        # Cells of the group that reach down into rows to come never leave it.
        for number, row in enumerate(rows):
            x = 0
            for element in (child for child in row.children if child.tag in ("td", "th")):
                while (x, y) in formed.slots:
                    x += 1
                width = _span(element.get("colspan"), _WIDEST) or 1
                height = min(_span(element.get("rowspan"), _TALLEST) or len(rows), len(rows) - number)
                if len(formed.slots) + width * height > _MOST_SLOTS:
                    return None
                _put(formed, Cell(element, x, y, width, height, group))
                x += width
            y += 1
    return formed


def _put(table: Table, cell: Cell) -> None:
    table.cells.append(cell)
    columns, rows = range(cell.x, cell.x + cell.width), range(cell.y, cell.y + cell.height)
    for slot in ((x, y) for x in columns for y in rows):
        table.slots[slot] = None if slot in table.slots else cell
    if not cell.is_header and (cell.element.text or any(cell.element.descendants())):
        table.data_rows.update(rows)
        table.data_columns.update(columns)


def _groups(table: Element) -> Iterator[list[Element]]:
    """Rows by group, those of the footer last; rows outside of a group are one for themselves."""
    for part in sorted(table.children, key=lambda one: one.tag == "tfoot"):
        if part.tag in _SECTIONS:
            yield [row for row in part.children if row.tag == "tr"]
        elif part.tag == "tr":
            yield [part]


def _span(written: str, most: int) -> int:
    digits = written.strip()
    return min(int(digits[:6]), most) if digits.isascii() and digits.isdigit() else 1


def _extent(cell: Cell, across: bool) -> tuple[int, int]:
    return (cell.y, cell.height) if across else (cell.x, cell.width)
