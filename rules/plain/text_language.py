"""Which language a text is in that declares none, by its frequent words; few words are taken for English."""

from __future__ import annotations

import re
from typing import NamedTuple

from rules.languages import is_certainly, other_language

_WORD = re.compile(r"[^\W\d_]+")
_READ = 20_000
"""Characters that are looked at: more would not make it more certain."""

_PLENTY = 60
"""So many words of English prose hold enough frequent ones to be told; lists and tables of names are in no language."""


class _Worded(NamedTuple):
    text: str
    words: tuple[str, ...]


def text_language(text: str) -> str:
    """ "en", "es", or empty for another language; a short text is English unless it is certainly in another one."""
    read = _read(text)
    is_plenty = len(read.words) >= _PLENTY
    return _certain(read) if is_plenty or other_language(read, "en") else "en"


def certain_language(text: str) -> str:
    """ "en" or "es" where the words of a text are certainly those of the language, else empty."""
    return _certain(_read(text))


def _certain(read: _Worded) -> str:
    return next((code for code in ("en", "es") if is_certainly(read, code) and not other_language(read, code)), "")


def _read(text: str) -> _Worded:
    return _Worded(text[:_READ], tuple(_WORD.findall(text[:_READ].casefold())))
