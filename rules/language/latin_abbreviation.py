"""Finds Latin: "e.g.", "i.e.", "etc.", "inter alia"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from rules import Finding, Prose, Style, document_rule
from rules.plain.matches import own_matches

_YEAR = re.compile(r",?\s*[(\[]?(?:1[5-9]|20)\d\d")


@document_rule(
    title="English words stand in place of Latin ones",
    why="Many readers mix up “e.g.” and “i.e.”, or have never learned them, and some programs read them as words.",
    fix="Write “for example”, “that is”, “and so on”.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="GOV.UK style guide, eg, etc and ie; plainlanguage.gov, use simple words and phrases",
)
def latin_abbreviation(prose: Prose, _: Style) -> Iterator[Finding]:
    """No text says "e.g.", "i.e.", "etc.", "viz." or "inter alia", apart from paths and what stands in quotation marks.

    The full stop of "etc." stays where it ends the sentence. "Smith et al. 2001" is how a source is named.
    """
    pattern, instead = _latin()
    for match in own_matches(prose, pattern):
        words = " ".join(match[1].split())
        bare = words.lower().replace(".", "")
        bare = bare if bare in instead else bare.replace(" ", "")
        end = match.end()
        following = prose.text[end : end + 40]
        if bare == "et al" and _YEAR.match(following):
            continue
        if bare == "etc" and words.endswith(".") and _ends_sentence(following):
            end -= 1
        plain = instead[bare]
        offered = plain[:1].upper() + plain[1:] if words[0].isupper() else plain
        yield Finding(match.start(), end, f"“{words}” is Latin for “{plain}”.", offered)


def _ends_sentence(following: str) -> bool:
    bare = following.lstrip(' )”’"\t\r\n')
    return not bare or bare[0].isupper() or "\n\n" in following[: len(following) - len(bare)]


@cache
def _latin() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern for all forms, and what each, in lower case without stops, is in English."""
    loaded: dict[str, dict[str, str]] = json.loads(files("rules.plain").joinpath("latin.json").read_text("utf-8"))
    forms = [rf"{form[0]}\.\s?{form[1]}\b\.?|(?-i:{form})\b" for form in loaded["letters"]]
    forms += [r"\s".join(form.split()) + r"\b\.?" for form in loaded["shortened"]]
    forms += [r"\s".join(form.split()) + r"\b" for form in loaded["words"]]
    pattern = re.compile(rf"(?<![\w/.~$-])({'|'.join(forms)})(?![\w/=@-]|\.\w)", re.IGNORECASE)
    return pattern, {form: plain for kind in loaded if kind != "about" for form, plain in loaded[kind].items()}
