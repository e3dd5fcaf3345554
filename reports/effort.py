"""How far a repair reaches, from where the fix is: one text, one place, one shared part, every page, a frame.

A class and no number of hours: who sees only the page cannot know what is behind it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reports.problems import Problem

_SHARED = 2
"""On so many pages a component with one fingerprint is one part that pages share."""


class Effort(StrEnum):
    """Where the fix is, from the least to the most."""

    TEXT = "text"
    PLACE = "place"
    SHARED = "shared"
    PAGES = "pages"
    FRAME = "frame"


class Words(NamedTuple):
    """How large a repair is, in a word, and where it is made."""

    size: str
    where: str


WORDS: dict[Effort, Words] = {
    Effort.TEXT: Words("small", "its text"),
    Effort.PLACE: Words("small", "one place"),
    Effort.SHARED: Words("small", "one shared part"),
    Effort.PAGES: Words("medium", "what every page is made from"),
    Effort.FRAME: Words("large", "a frame (perhaps another provider's)"),
}


def effort(problem: Problem) -> Effort:
    """The class of a problem's repair.

    A component that has one fingerprint on several pages is one shared part, because a fingerprint follows a component
    from page to page. What concerns pages as a whole, or differs from page to page, is mended in what pages are made
    from. What lies in frames is often in the hands of another provider.
    """
    if problem.hits and all(hit.place is not None and hit.place.frame for hit in problem.hits):
        return Effort.FRAME
    if problem.rule.role == "content":
        return Effort.TEXT
    if len(problem.hits) < _SHARED and problem.rule.kind == "page":
        return Effort.PLACE
    if problem.rule.scope == "component" and problem.rule.kind == "page":
        return Effort.SHARED
    return Effort.PAGES
