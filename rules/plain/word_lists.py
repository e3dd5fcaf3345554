"""The lists of words by which sentences and verbs are told; data, with what each is for."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list in words.json, in lower case."""
    return frozenset(_data()[name].split())


@cache
def _data() -> dict[str, str]:
    loaded: dict[str, str] = json.loads(files("rules.plain").joinpath("words.json").read_text("utf-8"))
    return loaded
