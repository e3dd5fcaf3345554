"""Text set further apart, as readers set it who could not tell its letters and lines apart else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from scanner.probes.worlds import World

# The values are those of WCAG 2.2, 1.4.12.
_SPACED = """
(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    + "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  globalThis.curbcutSpaced = sheet;
})()
"""
_PLAIN = "document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== curbcutSpaced)"


@asynccontextmanager
async def spaced(documents: Iterable[World]) -> AsyncIterator[None]:
    """While this lasts the text of the documents has the spacing that WCAG 1.4.12 names."""
    each = list(documents)
    for document in each:
        await document.value(_SPACED)
    yield
    for document in each:
        await document.value(_PLAIN)
