"""Which language a text is in, where that is certain: counted in frequent words, and in letters of scripts.

No language is guessed. What can be told is that a text is in another language than the declared one: its
words are those of a language that has hardly any in common with the declared one, or its letters are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from rules.page import Page

_FEWEST_WORDS = 8
"""A block with fewer words says nothing about its language."""

_FEWEST_ON_PAGE, _MOST = 60, 0.8
"""Words of a page that can be told, and the part of them that has to be in one other language."""

_SHARE, _DIFFERENT = 0.25, 3
"""Part of a text's words that are frequent ones of its language (half are, in plain prose), and how many different."""

_PLENTY = 0.35
"""With so many frequent words of the declared language a text is in it, whatever else it could be."""

_OWN, _FOREIGN = 0.10, 0.03
"""Parts of the words that are frequent only in the other language (at least), only in the declared one (at most)."""

_FEW_DIFFERENT, _FEW_SHARE = 4, 0.3
"""So many different words, so large a part of a short text, are frequent in the other language and not in its own."""

_LETTERS, _IN_SCRIPT = 40, 0.7
"""Letters of a script, and the part of all letters, that make a text one of this script."""

_LATIN = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+\Z")


@dataclass(frozen=True, slots=True)
class Language:
    """A language with its frequent words; `near` are codes of languages that could be taken for it."""

    code: str
    name: str
    near: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Script:
    """A script by its letters, with the codes of languages that are written in it, among others."""

    name: str
    letters: re.Pattern[str]
    languages: frozenset[str]


class Worded(Protocol):
    """A text with its words in lower case: a block of a page, or what somebody wrote."""

    @property
    def text(self) -> str:
        """The text as written."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, without case."""


class Reading(NamedTuple):
    """The language that a page declares, and what its main text is in for certain.

    `other` is empty and `is_declared` false where neither is certain: short texts, several languages.
    """

    code: str
    other: str
    is_declared: bool


def primary(tag: str) -> str:
    """The language of a language tag ("en-GB"), empty where the tag is not one or means no language."""
    code = tag.strip().lower().replace("_", "-").partition("-")[0]
    known = re.fullmatch(r"[a-z]{2,3}", code) and code not in ("mul", "und", "zxx", "art", "mis")
    return _same().get(code, code) if known else ""


def name(code: str) -> str:
    """A language as people call it, with its code; the code alone where the language is not known here."""
    language = _languages().get(code)
    return f"{language.name} ({code})" if language else code


def frequent_words(code: str) -> frozenset[str]:
    """The words that are frequent in any text of a language, whatever it is about; empty for one not known here."""
    language = _languages().get(code)
    return language.words if language else frozenset()


def is_certainly(block: Worded, code: str) -> bool:
    """Whether the words of a block are those of a known language."""
    language = _languages().get(code)
    return language is not None and _share(block.words, language.words) >= _SHARE


def other_language(block: Worded, code: str) -> str:
    """What a block is in for certain when it is not in that language ("Spanish", "Cyrillic letters"), else empty."""
    own = _languages().get(code)
    if own is not None and _share(block.words, own.words) >= _PLENTY:
        return ""
    return ("" if block.text.isascii() else _other_script(block.text, code)) or _other_words(block.words, code)


def reading(page: Page) -> Reading:
    """What the main text is in for which the page as a whole declares the language."""
    root = page.dom.root
    code = primary(root.get("lang")) if root else ""
    texts = [block for block in page.text if block.declared is root] if code else []
    size = sum(block.size for block in texts)
    others: Counter[str] = Counter()
    for block in texts:
        others[other_language(block, code)] += block.size
    del others[""]
    other, amount = others.most_common(1)[0] if others else ("", 0)
    own = sum(block.size for block in texts if is_certainly(block, code))
    if size < _FEWEST_ON_PAGE:
        return Reading(code, other_in_few([word for block in texts for word in block.words], code), is_declared=False)
    return Reading(
        code,
        other=other if amount >= max(_FEWEST_ON_PAGE, _MOST * size) else "",
        is_declared=own >= max(_FEWEST_ON_PAGE, 2 / 3 * size),
    )


def other_in_few(words: Sequence[str], code: str) -> str:
    """The language that a few words, eight or more, are in for certain when it is not that language, else empty.

    Four different words are frequent in that language alone, and not one in the other: a phrase or a name has fewer.
    """
    mine, best = _languages().get(code), _languages().get(_nearest(words))
    if len(words) < _FEWEST_WORDS or mine is None or best is None or best.code == code or code in best.near:
        return ""
    foreign = [word for word in words if word in best.words and word not in mine.words]
    is_plain = len({word for word in foreign if len(word) > 1}) >= _FEW_DIFFERENT
    is_other = is_plain and len(foreign) >= _FEW_SHARE * len(words)
    return best.name if is_other and not any(word in mine.words and word not in best.words for word in words) else ""


def _nearest(words: Sequence[str]) -> str:
    return max(_languages().values(), key=lambda language: _share(words, language.words)).code


def _other_words(words: Sequence[str], code: str) -> str:
    if sum(bool(_LATIN.match(word)) for word in words) < max(_FEWEST_WORDS, _IN_SCRIPT * len(words)):
        return ""
    best = max(_languages().values(), key=lambda language: _share(words, language.words))
    mine = _languages().get(code)
    different = {word for word in words if word in best.words and len(word) > 1}
    if best.code == code or code in best.near or _share(words, best.words) < _SHARE or len(different) < _DIFFERENT:
        return ""
    if mine is not None:
        own, foreign = _share(words, best.words - mine.words), _share(words, mine.words - best.words)
        if own < _OWN or foreign > _FOREIGN:
            return ""
    return best.name


def _other_script(text: str, code: str) -> str:
    letters = sum(character.isalpha() for character in text)
    for script in _scripts():
        inside = len(script.letters.findall(text))
        if inside >= _LETTERS and inside >= _IN_SCRIPT * letters and code not in script.languages:
            return f"{script.name} letters"
    return ""


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words) if words else 0.0


@cache
def _languages() -> Mapping[str, Language]:
    rows: dict[str, dict[str, str]] = _data()["languages"]
    return MappingProxyType(
        {
            code: Language(code, row["name"], frozenset(row["near"].split()), frozenset(row["words"].split()))
            for code, row in rows.items()
        }
    )


@cache
def _scripts() -> tuple[Script, ...]:
    rows: dict[str, dict[str, str]] = _data()["scripts"]
    return tuple(
        Script(name, re.compile(f"[{row['letters']}]"), frozenset(row["languages"].split()))
        for name, row in rows.items()
    )


def _same() -> Mapping[str, str]:
    same: dict[str, str] = _data()["same"]
    return same


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("rules.standards").joinpath("languages.json").read_text("utf-8"))
    return loaded
