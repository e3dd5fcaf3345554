"""Whether words hold a verb, as far as a list of frequent ones and their endings tell."""

from __future__ import annotations

from collections.abc import Sequence

from rules.plain.word_lists import word_list

_FINITE = word_list("finite")


def _forms(base: str) -> tuple[str, ...]:
    if base.endswith("y") and base[-2] not in "aeiou":
        return base, base[:-1] + "ies"
    return base, base + ("es" if base.endswith(("s", "sh", "ch", "x", "o")) else "s")


_IMPERATIVES = word_list("bases")
_PRESENT = frozenset(form for base in _IMPERATIVES for form in _forms(base))
_NOUNS = word_list("nouns")
"""Forms that are nouns as often: a verb only at the start, after a subject or after "to"."""

_SUBJECTS = word_list("subjects")
_NOT_PAST = word_list("not_past")
_SPANISH = word_list("spanish")


def has_verb(words: Sequence[str], language: str = "en") -> bool:
    """Whether lower-case words hold a finite verb or begin with an order to do something."""
    if language == "es":
        return any(word in _SPANISH or word.endswith(("ará", "erá", "irá", "aron", "ieron")) for word in words)
    if language != "en" or not words:
        return False
    if words[0] in _IMPERATIVES or (words[0] == "please" and len(words) > 1):
        return True
    before = ""
    for raw in words:
        word = raw.replace("’", "'")
        if word in _FINITE or (word in _PRESENT and (word not in _NOUNS or before in _SUBJECTS)):
            return True
        if (
            len(word) > 4
            and word.endswith("ed")
            and word not in _NOT_PAST
            and before not in ("", "the", "a", "an", "your")
        ):
            return True
        before = word
    return False
