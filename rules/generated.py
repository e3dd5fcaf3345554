"""What programs write into ids and class names: hashes and counters, which the next build or visit draws anew."""

from __future__ import annotations

import re
from functools import lru_cache

GAP = "…"
"""Stands where a generated part was."""

_TOOLS = "astro|css|emotion|jsx|sc|svelte|tss"
_IDS = "cdk|ember|ext-gen|headlessui|jss|mat|mui|radix|react-aria|reach|ui-id|yui"
_WHOLE: tuple[tuple[re.Pattern[str], str], ...] = (
    # Tools' own grammars, where a hash may by chance look like a word.
    (re.compile(r"([^\W_]\w*_[\w-]+?)__[\w+-]{5}"), rf"\1__{GAP}"),  # CSS modules: Button_root__x7Yz1
    (re.compile(r"(.+?)__(?![a-z]+-?\d+$)(?=.*[A-Z\d])[\w+-]{5,8}"), rf"\1__{GAP}"),  # button__x7Yz1, not grid__col-6
    (re.compile(r"_([^\W_][\w-]*?)_[a-z0-9]{5,6}_\d+"), rf"_\1_{GAP}"),  # Vite: _root_1kq7e_12
    (re.compile(rf"({_TOOLS})-\w+(-[^\W\d]\w*)?"), rf"\1-{GAP}\2"),  # css-1ab2c3, css-1ab2c3-Button, sc-bdVaJa
    (re.compile(rf"({_IDS})(-|-?(?=\d))(\D*?)[:«]?r?\d[\w:»-]*"), rf"\1\2\3{GAP}"),  # ember123, radix-:r3:, mat-input-7
    (re.compile(r"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}", re.IGNORECASE), GAP),  # UUID
    (re.compile(r"([:«]r|_r_)[a-z\d]{1,4}[:»_].*"), GAP),  # React's useId: :r1:, «r1», _r_1_
)
_PART = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_LONG_NUMBER = 5
_LONGEST = 120
"""Longer names are no tool's, and patterns must not wander through what a hostile page wrote."""

_LONGEST_HASH = 8
_ODD_CASE = re.compile(r"[a-z][A-Z]")
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SAYABLE = re.compile(r"(?=.*[aeiouy]).{3,}|as|btn|by|do|go|html|id|in|is|js|my|no|of|on|src|str|to|txt|ui|up", re.I)
_SAYABLE_BESIDE = re.compile(rf"{_SAYABLE.pattern}|(?=.*[aeiouy])..", re.I)
_LONG_WORD = 4
_NUMERONYM = re.compile(r"[a-z]\d{1,2}[a-z]|\d+x\d+", re.IGNORECASE)
_HEX = re.compile(r"(?=.*\d)([0-9a-f]{4,}|[0-9A-F]{4,})")


@lru_cache(maxsize=8192)
def without_generated(name: str) -> str:
    """An id or class with `…` for what a program drew: `menu-3fa9c1d2` gives `menu-…`.

    Small numbers stay, because people number too. A hash of lower-case letters alone cannot be told from a
    word and stays as well, unless a tool is known to have written it.
    """
    for pattern, kept in _WHOLE:
        whole = pattern.fullmatch(name) if len(name) <= _LONGEST else None
        if whole:
            return whole.expand(kept)
    return _PART.sub(lambda part: GAP if _is_drawn(part[0]) else part[0], name)


def is_generated(name: str) -> bool:
    """Whether an id or class may read otherwise after the next build or on the next visit."""
    return GAP in without_generated(name)


@lru_cache(maxsize=8192)
def stem(name: str) -> str:
    """The words of an id, class or field's name without numbers and hashes; empty where there are none.

    `usa-button--big` gives `usa-button-big`, `col-6` gives `col`, `Button_root__x7Yz1` gives `Button-root`,
    `css-1ab2c3` gives nothing.
    """
    kept = without_generated(name)
    words = _WORD.findall(kept)
    return "" if GAP in kept and len(words) == 1 and re.fullmatch(_TOOLS, words[0]) else "-".join(words)


def _is_drawn(part: str) -> bool:
    """Whether letters and digits in a row were drawn by a program and not written by a person."""
    if part.isdigit():
        return len(part) >= _LONG_NUMBER
    core = part.strip("0123456789")
    if _HEX.fullmatch(part):
        return True
    if not core.isalpha():
        return not _NUMERONYM.fullmatch(core)
    if part[0].isdigit() and len(core) > 3:
        return True
    return len(part) <= _LONGEST_HASH and bool(_ODD_CASE.search(core)) and _is_restless(_HUMP.findall(core))


def _is_restless(humps: list[str]) -> bool:
    """Whether a word changes case as no person writes: `bdVaJa`, but not `navBar`, `StringIO` or `PyObject`."""
    ends_in_acronym = humps[-1].isupper() and len(humps[-1]) > 1
    sayable = _SAYABLE_BESIDE if max(map(len, humps)) >= _LONG_WORD else _SAYABLE
    return not all(map(sayable.fullmatch, humps[:-1] if ends_in_acronym else humps))
