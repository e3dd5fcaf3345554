"""Judges whether arrow keys lead through a list of tabs."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed


@page_rule(
    title="Arrow keys lead through tabs",
    why="Assistive technology announces tabs, for which people press arrow keys; nothing happens.",
    fix="Move the focus with the arrow keys and let Tab stop at the selected tab alone, or use links instead of tabs.",
    wcag=(),
    impact="minor",
    scope="component",
    role="development",
    needs=("dom", "widgets"),
)
def tab_keys(page: Page) -> Iterator[Outcome]:
    """From the selected tab of a list an arrow key moves the focus to another.

    Best practice (ARIA Authoring Practices, tabs). Applies to lists of at least two tabs of which one takes the focus.
    Where Tab does not lead to the others either, `key-operation` fails as well.
    """
    for one in page.widgets.tabs if page.widgets else ():
        tab = page.dom.at(one.node)
        if tab is None:
            continue
        yield passed(tab) if one.arrows else failed(tab, "No arrow key moves the focus to another tab of this list.")
