"""Judges whether text stands out strongly from its background."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule
from rules.contrast_verdict import judged

_LEAST, _LEAST_LARGE = 7.0, 4.5


@page_rule(
    title="Text stands out strongly from its background",
    why="People whose sight is too low for ordinary contrast, and who use no screen reader, read only strong text.",
    fix="Use nearly black text on nearly white, or the reverse, for everything that people have to read.",
    wcag=("1.4.6",),
    act=("09o5cg",),
    impact="minor",
    scope="component",
    role="design",
)
def text_contrast_enhanced(page: Page) -> Iterator[Outcome]:
    """Text has a contrast of at least 7 to 1 with its background, large text (24 px, or 18.66 px in bold) 4.5 to 1.

    The same as for the minimum contrast, with the stricter numbers of level AAA: advice, which no score counts.
    Where the colours behind a text are not certain nothing is asked, since the minimum contrast asks already.
    """
    yield from (outcome for outcome in judged(page, _LEAST, _LEAST_LARGE) if outcome.verdict != "cant_tell")
