"""Where sentences end: at an end mark that is none of an abbreviation, a number, an initial or an ellipsis.

The text is read once from left to right, in time that grows with its length and nothing else; no text that a
stranger wrote can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.plain.word_lists import word_list

_MARKS = re.compile(r"[.!?…]+[\"'”’»)\]]*(?:\[\d{1,3}\])?(?=\s|\Z)|[。！？]")
_TOKEN_CHARACTERS = 40
"""A token before an end mark is looked at over so many characters; no abbreviation is longer."""

_NEVER_LAST = word_list("never_last")
"""Never the end of a sentence: something always follows."""

_SELDOM_LAST = word_list("seldom_last")
"""The end of a sentence only where the next word is one that begins sentences."""

_BEGINNERS = word_list("beginners")

_NEXT = re.compile(r"\s*[\"'“‘«(\[¿¡]*([^\W\d_]*)([^\s]?)")
_OPENING = "([\"'“‘«"
_INITIAL = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\Z")
_NUMBERING = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?:\.\d{1,3})*\Z")


def sentence_ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the sentences from `start` to `end`, without the white space around them."""
    begin = start
    for match in _MARKS.finditer(text, start, end):
        if _ends(text, begin, match, end):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether the mark ends a sentence that began at `begin`."""
    marks = match.group()
    if marks in "。！？":
        return True
    following = _NEXT.match(text, match.end(), min(end, match.end() + _TOKEN_CHARACTERS))
    word, other = (following.group(1), following.group(2)) if following else ("", "")
    if not word and not other:
        return True
    if word[:1].islower():
        return False
    if marks[0] != "." or marks.startswith(".."):
        return True
    return _ends_at_stop(_token(text, begin, match.start()), word, is_first=_is_first(text, begin, match.start()))


def _ends_at_stop(token: str, following: str, *, is_first: bool) -> bool:
    """Whether a full stop after a token ends the sentence, by the token and by the word that follows."""
    known = token.lower().lstrip(_OPENING)
    if known in _NEVER_LAST:
        # "Is the answer no. If" is rare beside "No. 5" and "no. Five".
        return known in ("no", "art", "app", "cap", "ed", "fig", "par", "st") and following.lower() in _BEGINNERS
    if is_first and _NUMBERING.match(token):
        return False
    if known in _SELDOM_LAST or _INITIAL.match(known):
        return following.lower() in _BEGINNERS
    return True


def _token(text: str, begin: int, stop: int) -> str:
    """What stands without a space before a full stop."""
    first = stop
    lowest = max(begin, stop - _TOKEN_CHARACTERS)
    while first > lowest and not text[first - 1].isspace():
        first -= 1
    return text[first:stop]


def _is_first(text: str, begin: int, stop: int) -> bool:
    """Whether what stands before the full stop is the only token of the sentence so far."""
    return stop - begin <= _TOKEN_CHARACTERS and len(text[begin:stop].split()) == 1
