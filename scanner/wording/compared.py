"""Two versions of a text side by side: what became easier, what harder, and which findings are gone or new."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.wording.judged import Judged
from scanner.wording.marked import grade_words

CLEAR = 0.02
"""A difference of barriers below this is none that a reader would notice."""


def compared(old: Judged, new: Judged) -> Iterator[str]:
    """A table of both with the verdict below it."""
    rows = (
        ("words", f"{len(old.prose.words):,}", f"{len(new.prose.words):,}"),
        ("sentences", f"{len(old.prose.sentences):,}", f"{len(new.prose.sentences):,}"),
        ("reading grade", grade_words(old), grade_words(new)),
        ("findings", f"{len(old.found):,}", f"{len(new.found):,}"),
        ("per 1,000 words", f"{old.rate:,.0f}", f"{new.rate:,.0f}"),
        ("barrier, 0 to 1", f"{old.barrier:.2f}", f"{new.barrier:.2f}"),
    )
    width = max(len("before"), *(len(row[1]) for row in rows))
    yield f"{'':<15}  {'before':<{width}}  after"
    for name, before, after in rows:
        yield f"{name:<15}  {before:<{width}}  {after}"
    for rule in sorted(old.counts.keys() | new.counts.keys()):
        was, now = old.counts[rule], new.counts[rule]
        if was != now:
            yield f"{'fewer' if now < was else 'more'}: {rule}, {was:,} before, {now:,} after"
    yield verdict(old, new)


def verdict(old: Judged, new: Judged) -> str:
    """Whether the new text is better, in the words that all reports use for change."""
    change = new.barrier - old.barrier
    if abs(change) < CLEAR:
        return "No clear change."
    return "The new text is better." if change < 0 else "The new text is worse."
