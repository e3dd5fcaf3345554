"""Finds "shall", which says duty, promise and future in one word."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.prose import Sentence
from rules.plain.quoting import quoted


@document_rule(
    title="Duties are said with must",
    why="The word “shall” can be a duty, a promise or the future, and hardly anybody says it.",
    fix="Say “must” for a duty, “must not” for what is forbidden, “will” for what happens.",
    wcag=(),
    impact="moderate",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, use must to express requirements",
)
def shall(prose: Prose, _: Style) -> Iterator[Finding]:
    """No sentence says "shall", apart from questions ("Shall we go?") and what stands in quotation marks.

    "Must" is offered where readers are spoken to, "will" where the writer speaks; elsewhere only who knows what is
    meant can choose.
    """
    is_quoted = quoted(prose)
    for sentence in prose.sentences:
        for number, word in enumerate(sentence.words):
            if number and word.text.lower() == "shall" and not is_quoted(word.start):
                yield Finding(word.start, word.end, _MESSAGE, _instead(sentence, number))


_MESSAGE = "“Shall” leaves open whether this is a duty, a promise or the future."


def _instead(sentence: Sentence, number: int) -> str:
    before = sentence.words[number - 1].text.lower()
    return {"you": "must", "we": "will", "i": "will"}.get(before, "")
