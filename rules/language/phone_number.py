"""Finds telephone numbers that are hard to dial or to read: letters for digits, and digits without groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.matches import around, own_matches

_LETTERS = re.compile(
    r"(?<![\w-])(?:\+?1[-. ]?)?\(?8(?:00|33|44|55|66|77|88)\)?[-. ](?=[A-Z0-9-]*[A-Z]{3})"
    r"[A-Z0-9]{2,10}(?:-[A-Z0-9]{1,10}){0,3}(?![\w-])"
)
_DIGITS = re.compile(r"(?<!\d)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|(?<!\d)[-. ]?\d{7,11}(?!\d)")
_RUN = re.compile(r"(?<![\w.,:/+=-])\+?\d{10,13}(?![\w/=-]|[.,:]\d)")
_CONTEXT = re.compile(
    r"\b(?:call(?:ing)?|phone|telephone|tel|fax|text|ring|dial|mobile|cell|whatsapp|sms|hotline|helpline|freephone)"
    r"(?: (?:us|free|me|the|number|on|at|is)){0,3}[:.]?\s{0,3}\Z",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters beside a number in letters in which its digits are looked for."""


@document_rule(
    title="Telephone numbers are digits in groups",
    why="Letters have to be looked up one by one, and nobody keeps ten digits in mind that stand in one row.",
    fix="Write the digits, in the groups in which they are spoken: 020 7946 0000, 1-800-555-0100.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="GOV.UK style guide, telephone numbers; Section508.gov, telephone numbers in digits",
)
def phone_number(prose: Prose, _: Style) -> Iterator[Finding]:
    """No telephone number has letters without its digits beside them, and none is a row of ten digits or more.

    A row of digits is a telephone number where the word before it says so, such as call, phone or text. Where groups
    end differs between countries, so none are offered.
    """
    for match in own_matches(prose, _LETTERS):
        before, behind = around(prose, match)
        if not _DIGITS.search(before[-_NEAR:]) and not _DIGITS.search(behind[:_NEAR]):
            message = f"“{match[0]}” has to be translated to be dialled; give the digits as well."
            yield Finding(match.start(), match.end(), message)
    for match in own_matches(prose, _RUN):
        if _CONTEXT.search(around(prose, match)[0][-_NEAR:]):
            message = f"“{match[0]}” has no groups, so that readers lose their place; put spaces as it is spoken."
            yield Finding(match.start(), match.end(), message)
