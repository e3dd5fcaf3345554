"""Lists of phrases by which steps, conditions and exceptions are told; data, with what each is for."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files


@cache
def one_of(name: str) -> str:
    """A pattern for any phrase of a list in ordering.json, the longest first, with any white space in it."""
    data = json.loads(files("rules.plain").joinpath("ordering.json").read_text("utf-8"))
    phrases = sorted(data[name], key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
