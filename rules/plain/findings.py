"""What a rule on words finds in a text, less what the house style allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.model import DocumentRule
from rules.plain.prose import Finding, Prose
from rules.plain.style import Style


def findings(rule: DocumentRule, prose: Prose, style: Style) -> tuple[Finding, ...]:
    """The findings in the order of the text; none that lies within words that the style allows.

    None at all in a language that the rule is not for.
    """
    if prose.language not in rule.languages:
        return ()
    found = sorted(rule.judge(prose, style), key=lambda finding: (finding.start, finding.end))
    if not found or not style.allowed:
        return tuple(found)
    allowed = tuple(_places(prose.text, style.allowed))
    return tuple(one for one in found if not any(start <= one.start and one.end <= end for start, end in allowed))


def _places(text: str, phrases: frozenset[str]) -> Iterator[tuple[int, int]]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    pattern = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first if phrase.strip())
    for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE) if pattern else ():
        yield match.span()
