"""Finds instructions that only readers who see a page as its designer did can follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from rules import Finding, Prose, Style, document_rule
from rules.plain.quoting import quoted

_OTHER = re.compile(
    r"[\"“”‘«»<>\[\]`]"
    r"|\b(?:called|labell?ed|named|marked|titled|says|saying|reads|with the (?:words?|text)"
    r"|remote|handset|keypad|keyboard|mouse|camera|machine|device|television|dashboard)\b",
    re.IGNORECASE,
)
"""A name of the thing in the sentence, or a sign that it is on no page."""

_PLACE = (
    r"(?:on|at|in|to|from) (?:(?:the|your) )?(?:(?:far|very|top|bottom|upper|lower)[ -])?"
    r"(?:left|right|centre|center|middle|corner)(?:[ -]hand)?(?: side| corner| margin)?"
    r"|(?:above|below),? (?:left|right)"
)
_WRITE = r"(?:write|enter|type|sign|put)\b[^.;:!?]{0,40}? (?:in|into)"
_RELATED = r"(?! of (?!(?:the|this|your) (?:page|screen|window|form)\b))(?! (?:for|with|next|beside|by)\b)"
"""It is told by what it belongs to or stands beside, and can be found from there."""


@document_rule(
    title="Instructions name the thing",
    why="Who listens to a page, enlarges it or has it on a phone finds nothing by its colour, shape or place.",
    fix="Say the name that stands on it: “select Save” for “click the green button”. The place may be told as well.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition", "without-vision", "limited-vision", "colour-perception"),
    serves_source="WCAG 2.2 Understanding 1.3.3 Sensory Characteristics; GOV.UK content design",
)
def place_instruction(prose: Prose, _: Style) -> Iterator[Finding]:
    """No instruction points at a button, link, box or menu by its shape, colour or place alone.

    It is fine where a name stands in the same sentence: in quotation marks, with a capital, or behind "called". So is
    "the form below" and "see above": these tell the order of the text, which is the same for those who listen. Where
    a word tells the purpose ("the search box on the right"), it is found by that. It is advice and not a failure of
    1.3.3, since words alone do not show what else the page offers.
    """
    is_quoted = quoted(prose)
    for sentence in prose.sentences:
        if any(word.masked for word in sentence.words[1:]) or _OTHER.search(prose.text, sentence.start, sentence.end):
            continue
        for match in _pattern().finditer(prose.text, sentence.start, sentence.end):
            if not is_quoted(match.start()):
                words = " ".join(match["thing"].split())
                message = f"“{words}” can only be found by seeing it; say its name as well."
                yield Finding(match.start("thing"), match.end("thing"), message)


@cache
def _pattern() -> re.Pattern[str]:
    """An action, and the thing that it is done to, told by its looks, its side of the page, or both."""
    data = json.loads(files("rules.plain").joinpath("placing.json").read_text("utf-8"))
    actions, looks, sized, things = (data[name].replace(" ", "|") for name in ("actions", "looks", "sized", "things"))
    place = rf"(?:,? (?:that is |which is |located )?(?:{_PLACE}))"
    told = (
        rf"(?:{looks})(?:,? (?:and )?(?:{looks}))? (?:{things})\b{place}?",
        rf"(?:{things})\b{place}",
        rf"(?:left|right)[ -]hand (?:{things})",
        r"(?:left|right) (?:menu|panel|column|sidebar)",
    )
    does = rf"(?:(?:{actions})(?: on| in| at)?|{_WRITE})"
    return re.compile(
        rf"\b{does} (?P<thing>the (?:(?:{sized}) )?(?:{'|'.join(told)})\b){_RELATED}",
        re.IGNORECASE,
    )
