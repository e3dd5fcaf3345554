"""Finds strings of nouns that readers have to take apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.prose import Sentence, Word
from rules.plain.quoting import quoted
from rules.plain.word_lists import word_list

_ENDING = re.compile(r"\w{3,}(?:tion|sion|ment|ity|ness|ance|ence|ship|ology)s?\Z")
_NOT_NOUNS = frozenset({"hence", "once", "since", "thence", "whence", "mention", "position", "works", "results"})
_BEFORE_VERBS = frozenset({"to", "can", "will", "may", "must", "should", "please", "not", "we", "you", "they"})


@document_rule(
    title="No more than three nouns stand in a row",
    why="Readers only learn at the last noun what it is about, and have to guess how the others belong together.",
    fix="Put the last noun first and join the others with “of”, “for” or “to”; leave out what readers know.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, avoid noun strings",
)
def noun_string(prose: Prose, style: Style) -> Iterator[Finding]:
    """At most three nouns stand in a row, or as many as the house style says; names are left alone.

    Nouns are told by their endings and by a list of those that texts of government string together.
    """
    most = style.limit("nouns_in_a_row")
    is_quoted = quoted(prose)
    for sentence in prose.sentences:
        for first, last in _runs(prose, sentence):
            start, end = sentence.words[first].start, sentence.words[last].end
            if last - first + 1 > most and not is_quoted(start):
                yield Finding(
                    start, end, f"{last - first + 1} nouns in a row: readers have to guess what belongs to what."
                )


def _runs(prose: Prose, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The numbers of the first and last word of each row of nouns with nothing but a space between them."""
    first = 0
    for number, word in enumerate(sentence.words):
        if not _is_noun(word) or (number and sentence.words[number - 1].text.lower() in _BEFORE_VERBS):
            first = number + 1
            continue
        following = sentence.words[number + 1] if number + 1 < len(sentence.words) else None
        if following is None or not _is_noun(following) or prose.text[word.end : following.start] != " ":
            yield first, number
            first = number + 1


def _is_noun(word: Word) -> bool:
    text = word.text
    if word.masked or not text.islower():
        return False
    if text in _NOT_NOUNS:
        return False
    listed = text in _NOMINAL or (text.endswith("s") and text[:-1] in _NOMINAL)
    return listed or _ENDING.match(text) is not None


_NOMINAL = word_list("nominal")
