"""Finds verbs that hide in nouns: "make a determination" for "determine"."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from rules import Finding, Prose, Style, document_rule
from rules.plain.quoting import quoted

_ARTICLES = ("a", "an", "any")
_DOUBLED = frozenset({"admit", "commit", "refer", "submit"})
_PAST = {"buy": "bought", "choose": "chose", "pay": "paid", "repay": "repaid", "withdraw": "withdrew"}


@document_rule(
    title="What is done is said with a verb",
    why="Readers look for the verb to learn what happens, and find a noun in its place and more words to read.",
    fix="Use the verb itself: “decide” for “make a decision”, “pay” for “make a payment”.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, avoid hidden verbs",
)
def hidden_verb(prose: Prose, _: Style) -> Iterator[Finding]:
    """No noun with a verb in it stands behind a verb that says nothing, such as make, give or conduct.

    The noun has at most "a" before it: "make a final decision" says more than "decide", and "make the request" may be
    about one that was named before.
    """
    light, verbs = _lists()
    is_quoted = quoted(prose)
    told = (unit for unit in prose.units if unit.kind not in ("heading", "quotation"))
    for sentence in (sentence for unit in told for sentence in unit.sentences):
        words = [word.text.lower() for word in sentence.words]
        for number, word in enumerate(words):
            noun = number + 2 if words[number + 1 : number + 2] and words[number + 1] in _ARTICLES else number + 1
            verb = (
                verbs.get(words[noun], "") or verbs.get(words[noun].removesuffix("s"), "") if noun < len(words) else ""
            )
            if word not in light or not verb or _is_part(words, noun):
                continue
            start, end = sentence.words[number].start, sentence.words[noun].end
            if not is_quoted(start):
                yield Finding(start, end, f"The verb hides in “{words[noun]}”.", inflected(verb, light[word]))


def inflected(verb: str, form: str) -> str:
    """A verb in one of the forms base, s, past and ing."""
    stem = verb + verb[-1] if verb in _DOUBLED else verb[:-1] if verb.endswith("e") else verb
    ends_in_y = verb.endswith("y") and verb[-2] not in "aeiou"
    if form == "s":
        return verb[:-1] + "ies" if ends_in_y else verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    if form == "past":
        return _PAST.get(verb) or (verb[:-1] + "ied" if ends_in_y else stem + "ed")
    return stem + "ing" if form == "ing" else verb


def _is_part(words: list[str], noun: int) -> bool:
    """Whether the noun belongs to a following one: "make an application form"."""
    following = words[noun + 1] if noun + 1 < len(words) else ""
    return following in (
        "form",
        "forms",
        "fee",
        "fees",
        "process",
        "plan",
        "plans",
        "list",
        "letter",
        "number",
        "period",
    )


@cache
def _lists() -> tuple[Mapping[str, str], Mapping[str, str]]:
    loaded = json.loads(files("rules.plain").joinpath("hidden_verbs.json").read_text("utf-8"))
    return loaded["light"], loaded["verbs"]
