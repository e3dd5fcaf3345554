"""Finds texts that tell readers what to do and never say "you"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.quoting import quoted

FEWEST_WORDS = 100
"""In fewer words a text may well speak of others only."""

_PEOPLE = (
    r"(?:applicants?|beneficiar(?:y|ies)|claimants?|consumers?|customers?|individuals?|lessees?|licensees?|patients?"
    r"|permit ?holders?|policyholders?|recipients?|residents?|students?|taxpayers?|tenants?|travell?ers?|veterans?"
    r"|visitors?)"
)
_ASKED = re.compile(
    rf"\b(?:(?:the|an?|any|all|each|every) )?(?:[a-z]{{3,15}} )?(?P<people>{_PEOPLE}) "
    r"(?:must|shall|should|may (?:not )?(?:apply|ask|appeal|request|choose|submit|pay|use|file|call|contact)"
    r"|(?:is|are) (?:required|asked|expected|requested|advised|encouraged|obliged) to|needs? to|ha(?:s|ve) to)\b",
    re.IGNORECASE,
)
_YOU = frozenset({"you", "your", "yours", "yourself", "yourselves"})


@document_rule(
    title="The text speaks to its reader",
    why="Readers have to find out first that they are “the applicant”, and some do not know that they are meant.",
    fix="Say “you” to the reader: “You must pay” for “The applicant must pay”.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, address the user; GOV.UK content design, address the user as you",
)
def reader_not_addressed(prose: Prose, _: Style) -> Iterator[Finding]:
    """A text of 100 words or more that says what applicants, customers or tenants have to do says "you" somewhere.

    The first place is found at which such people have to do something.
    """
    if len(prose.words) < FEWEST_WORDS or any(_folded(word.text) in _YOU for word in prose.words):
        return
    is_quoted = quoted(prose)
    for sentence in prose.sentences:
        match = _ASKED.search(prose.text, sentence.start, sentence.end)
        if match and not is_quoted(match.start()):
            start, end = match.start(), match.end("people")
            said = " ".join(prose.text[start:end].split())
            yield Finding(start, end, f"“{said}” may be the reader, to whom this text never says “you”.")
            return


def _folded(word: str) -> str:
    return re.split(r"['’]", word, maxsplit=1)[0].lower()
