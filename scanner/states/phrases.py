"""Phrases by which pages give themselves away, read from `phrases.toml`, and texts made ready for them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from rules.text import words


@cache
def phrases(name: str) -> re.Pattern[str]:
    """One pattern for a whole list of phrases, for texts that `plain` gave."""
    known = _read()
    fragments: dict[str, str] = known["fragments"]
    listed = (re.sub(r"<([a-z-]+)>", lambda found: fragments[found[1]], one) for one in known["lists"][name])
    return re.compile("|".join(f"(?:{one})" for one in listed))


def plain(text: str) -> str:
    """A text as lower-case words with single spaces, without accents, apostrophes and punctuation."""
    return " ".join(words(text)).replace("'", "")


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("scanner.states").joinpath("phrases.toml").read_text("utf-8"))
