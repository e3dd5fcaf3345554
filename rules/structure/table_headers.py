"""Judges whether cells that name their headers name headers of their own table."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short
from rules.layout import can_be_seen

_HEADERS = frozenset({"columnheader", "rowheader"})
_CELLS = frozenset({"td", "th"})


@page_rule(
    title="Cells name header cells of their own table",
    why="People who cannot see the table are read no header, or a wrong one, together with this cell.",
    fix="Let the headers attribute list ids of th cells of the same table. In a simple table leave it out: scope does.",
    wcag=("1.3.1",),
    act=("a25f45",),
    impact="serious",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 14.B",
    replaces=("td-headers-attr",),
)
def table_headers(page: Page) -> Iterator[Outcome]:
    """Every id in a cell's headers attribute is that of another cell of the same table, and a header.

    Applies to td and th with a headers attribute in tables that are seen and that the browser exposes as
    tables. A cell that is no header can still be meant as one, so that is a question.
    """
    for cell in page.dom.by_tag("td", "th"):
        tokens = cell.get("headers").split()
        table = _table(cell)
        if not tokens or table is None or not (table.exposed and table.role and can_be_seen(table)):
            continue
        named = {token: page.dom.by_id(token, cell.node.frame) for token in tokens}
        wrong = [token for token, header in named.items() if not _is_other_cell(header, cell, table)]
        plain = [token for token, header in named.items() if header is not None and header.role not in _HEADERS]
        if wrong:
            yield failed(
                cell, f"The headers attribute of this cell names no header of its table: {short(' '.join(wrong))}."
            )
        elif plain:
            yield cant_tell(
                cell, f"Are the ordinary cells that this cell names its headers ({short(' '.join(plain))})?"
            )
        else:
            yield passed(cell)


def _table(cell: Element) -> Element | None:
    return next((above for above in cell.ancestors() if above.tag == "table"), None)


def _is_other_cell(header: Element | None, cell: Element, table: Element) -> bool:
    return header is not None and header.tag in _CELLS and header is not cell and _table(header) is table
