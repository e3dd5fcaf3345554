"""Whether a word is one of the 3,000 that pupils of fourth grade know, by Dale and Chall's list.

The list is familiar.txt, as the package textstat publishes it under the MIT licence (see NOTICE). Its forms count as
familiar too, by the rules of Chall and Dale, "Readability Revisited" (1995): plurals and possessives, the regular
forms of verbs, comparatives, and compounds of familiar words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

_LONGEST = 60
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("ies", "y"),
    ("ied", "y"),
    ("ier", "y"),
    ("iest", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("r", ""),
    ("est", ""),
    ("st", ""),
)
_DOUBLED = re.compile(r"(.*[aeiou])([bdfglmnprt])\2\Z")


@lru_cache(maxsize=65536)
def is_familiar(word: str) -> bool:
    """Whether an English word, or the word that it is a regular form of, is on the list."""
    plain = word[:_LONGEST].lower().replace("’", "'")
    if plain in _listed():
        return True
    plain = plain.removesuffix("'s").removesuffix("'")
    parts = re.split(r"[-‐‑/&]", plain)
    if len(parts) > 1:
        return all(is_familiar(part) for part in parts if part)
    return plain in _listed() or any(base in _listed() for base in _bases(plain))


def _bases(word: str) -> Iterator[str]:
    """What the word may be a regular form of: tries for try, stop for stopped."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            base = word.removesuffix(ending) + instead
            yield base
            doubled = _DOUBLED.match(base)
            if doubled:
                yield doubled[1] + doubled[2]


@cache
def _listed() -> frozenset[str]:
    return frozenset(files("rules.plain").joinpath("familiar.txt").read_text("utf-8").split())
