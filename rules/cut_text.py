"""What cut texts say, as the rules on enlarging and on spacing read it."""

from __future__ import annotations

from collections.abc import Iterator

from rules.evidence.sizes import Variant
from rules.model import Outcome, cant_tell, failed
from rules.page import Page


def lost_texts(page: Page, variant: Variant, *, when: str) -> Iterator[Outcome]:
    """A failure for each text that is certainly lost in a variant, a question for each that may be; `when` says when.

    Certain is that text is not meant to be cut where nothing else but it can be meant to lie outside, and nothing
    offers the rest. The cut part of others may be had in another way, as in a row of slides; and what is
    cut in the designer's own window may be cut on purpose.
    """
    told: set[int] = set()
    for cut in page.sizes.cuts if page.sizes else ():
        element, by = page.dom.at(cut.node), page.dom.at(cut.by)
        if cut.variant != variant or element is None or by is None or cut.by in told:
            continue
        told.add(cut.by)
        if cut.alone and not cut.mended and not cut.before:
            yield failed(by, f"{when}, a part of the text in this cannot be seen, as it is cut off.")
        elif not cut.mended:
            yield cant_tell(by, f"{when}, can all of the text in this still be seen, if need be in another way?")
