"""Finds long words and phrases for which everybody has shorter ones: "in order to" for "to"."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rules import Finding, Prose, Style, document_rule
from rules.plain.prose import Word
from rules.plain.quoting import quoted


class _Entry(NamedTuple):
    """Words in lower case, what says the same, and when it counts; without `instead` they are left alone."""

    words: tuple[str, ...]
    instead: tuple[str, ...] = ()
    is_offered: bool = False
    is_first: bool = False
    is_kept: bool = False


@document_rule(
    title="Words are the short ones that everybody uses",
    why="Long words and phrases take longer to read, and people who read little do not know all of them.",
    fix="Use the shorter words. Leave a longer one where it is the name of something or has a meaning of its own.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, use simple words and phrases; GOV.UK style guide, words to avoid",
)
def wordy_phrase(prose: Prose, _: Style) -> Iterator[Finding]:
    """No text uses a word or phrase of the federal list of simple words for which a shorter one says the same.

    Of several that begin at a word the longest counts. Words with other meanings of their own, such as address and
    benefit, are not looked for. No words are offered behind "a" or "an" where that would have to change.
    """
    is_quoted = quoted(prose)
    for unit in prose.units:
        if unit.kind == "quotation":
            continue
        for sentence in unit.sentences:
            for start, end, entry in _in_sentence(prose.text, sentence.words):
                if not entry.is_kept and not is_quoted(sentence.words[start].start):
                    yield _finding(prose, sentence.words, start, end, entry)


def _in_sentence(text: str, words: tuple[Word, ...]) -> Iterator[tuple[int, int, _Entry]]:
    """The entries in a sentence that do not overlap, with the numbers of the first word and of that behind the last."""
    lower = [_folded(word) for word in words]
    number = 0
    entries = _entries()
    while number < len(words):
        known = entries.get(lower[number])
        entry = next((one for one in known if _stands(text, words, lower, number, one)), None) if known else None
        if entry is None:
            number += 1
            continue
        yield number, number + len(entry.words), entry
        number += len(entry.words)


def _folded(word: Word) -> str:
    """The word in lower case; empty for names and for what is in capitals."""
    return "" if word.masked or (len(word.text) > 1 and word.text.isupper()) else word.text.lower()


def _stands(text: str, words: tuple[Word, ...], lower: list[str], number: int, entry: _Entry) -> bool:
    last = number + len(entry.words)
    if tuple(lower[number:last]) != entry.words or (entry.is_first and number):
        return False
    return all(text[words[at].end : words[at + 1].start].isspace() for at in range(number, last - 1))


def _finding(prose: Prose, words: tuple[Word, ...], first: int, behind: int, entry: _Entry) -> Finding:
    start, end = words[first].start, words[behind - 1].end
    said = " ".join(prose.text[start:end].split())
    if not entry.instead:
        return Finding(start, end, f"“{said}” can be left out.")
    if not entry.is_offered:
        plainer = " or ".join(f"“{one}”" for one in entry.instead)
        return Finding(start, end, f"“{said}” is longer than it has to be; {plainer} may do.")
    instead = entry.instead[0]
    offered = instead[0].upper() + instead[1:] if said[0].isupper() else instead
    article = words[first - 1].text.lower() if first else ""
    fits = article not in ("a", "an") or (article == "an") == (instead[0] in "aeiou")
    return Finding(start, end, f"“{said}” says no more than “{instead}”.", offered if fits else "")


@cache
def _entries() -> Mapping[str, tuple[_Entry, ...]]:
    """The entries by their first word, the longest first."""
    loaded = json.loads(files("rules.plain").joinpath("simple_words.json").read_text("utf-8"))
    every = [_Entry(tuple(form.split()), (instead,), is_offered=True) for form, instead in loaded["offered"].items()]
    every += [_Entry(tuple(form.split()), tuple(instead)) for form, instead in loaded["named"].items()]
    every += [_Entry(tuple(form.split())) for form in loaded["omitted"]]
    every += [_Entry(tuple(form.split()), is_kept=True) for form in loaded["kept"]]
    every += [_Entry((form,), (to,), is_offered=True, is_first=True) for form, to in loaded["beginning"].items()]
    by_first: dict[str, list[_Entry]] = defaultdict(list)
    for entry in sorted(every, key=lambda entry: -len(entry.words)):
        by_first[entry.words[0]].append(entry)
    return {first: tuple(found) for first, found in by_first.items()}
