"""Finds headings that do not say what stands below them: "General", "More information"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from rules import Finding, Prose, Style, document_rule
from rules.plain.prose import Unit

_NUMBER = re.compile(
    r"(?:(?:section|part|chapter|step)\s{1,3})?(?:\d{1,3}[.):]?){1,4}\s{1,3}|[A-Z][.)]\s{1,3}", re.IGNORECASE
)
_AROUND = " .:#*–—-¶§\t\r\n"


@document_rule(
    title="Headings say what stands below them",
    why="People read the headings to find their part, and those who hear a page jump from one heading to the next.",
    fix="Ask the question that the part answers, or say what it is about: “Who can apply” for “General”.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, add useful headings; GOV.UK content design, headings",
)
def vague_heading(prose: Prose, _: Style) -> Iterator[Finding]:
    """No heading above text is only a word that could stand above any text, such as General, Scope or Overview.

    A number before it does not make it clearer. Headings above other headings say what those have in common, and the
    first of a text is its title; both are left alone.
    """
    headings = 0
    for unit, following in zip_longest(prose.units, prose.units[1:]):
        if unit.kind != "heading":
            continue
        headings += 1
        if headings > 1 and following is not None and following.kind != "heading":
            said = _said(prose, unit)
            if said.casefold() in _vague():
                yield Finding(unit.start, unit.end, f"“{said}” does not say what this part is about.")


def _said(prose: Prose, unit: Unit) -> str:
    text = " ".join(prose.at(unit).split()).strip(_AROUND)
    return _NUMBER.sub("", text, count=1).strip(_AROUND) if _NUMBER.match(text) else text


@cache
def _vague() -> frozenset[str]:
    loaded = json.loads(files("rules.plain").joinpath("vague_headings.json").read_text("utf-8"))
    return frozenset(loaded["headings"])
