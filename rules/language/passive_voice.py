"""Finds sentences that do not say who does what they tell."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.passives import Passive, passives
from rules.plain.prose import Sentence
from rules.plain.quoting import quoted

_MODALS = frozenset({"may", "must", "shall", "should", "will"})
_REACH = 4
"""So many words before the passive may stand between it and the word that makes it a duty or a promise."""


@document_rule(
    title="A duty or a promise says whose it is",
    why="Readers do not learn whether they have to act or somebody else does.",
    fix="Begin with who acts: “You must send the form”, “We will pay the fee”.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, use active voice",
)
def passive_voice(prose: Prose, _: Style) -> Iterator[Finding]:
    """What must, should, may or will be done names who does it.

    A passive behind such a word hides the one on whom it depends, unless "by" and somebody follow. Passives that only
    report ("was built", "can be found") are left alone, and so is what stands in quotation marks.
    """
    is_quoted = quoted(prose)
    for sentence in prose.sentences:
        words = [word.text.lower() for word in sentence.words]
        for passive in passives(sentence):
            first = _modal_before(words, passive)
            start, end = sentence.words[max(0, first)].start, sentence.words[passive.last].end
            if first >= 0 and not _names_actor(sentence, words, passive) and not is_quoted(start):
                yield Finding(start, end, f"“{prose.text[start:end]}” does not say who does this.")


def _modal_before(words: list[str], passive: Passive) -> int:
    """The number of the modal verb right before the passive, adverbs apart; -1 for none."""
    if words[passive.first] != "be":
        return -1
    for number in range(passive.first - 1, max(-1, passive.first - 1 - _REACH), -1):
        if words[number] in _MODALS:
            return number
        if words[number] not in ("not", "only", "also", "then", "never", "always") and not words[number].endswith("ly"):
            return -1
    return -1


def _names_actor(sentence: Sentence, words: list[str], passive: Passive) -> bool:
    """Whether "by" and somebody follow in the sentence; "by using", "by mail" and "by 1 June" name nobody."""
    for number in range(passive.last + 1, len(words) - 1):
        following = words[number + 1]
        if words[number] == "by" and not following[0].isdigit() and not following.endswith("ing"):
            return following not in ("mail", "email", "e-mail", "phone", "telephone", "post", "fax", "law", "default")
    return False
