"""HTML's grammar of the autocomplete attribute, and the words by which fields ask for personal data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SECTION = "section-"
_KEY_IN_HAND = "webauthn"


@dataclass(frozen=True, slots=True)
class Autofill:
    """The words of the autocomplete attribute, all in lower case; see `_source` in `autofill.json`."""

    names: frozenset[str]
    contact_names: frozenset[str]
    contact_kinds: frozenset[str]
    address_kinds: frozenset[str]
    switches: frozenset[str]
    attempts: frozenset[str]
    personal: frozenset[str]

    def is_valid(self, value: str) -> bool:
        """Whether the value names one purpose in HTML's words and order."""
        tokens = value.lower().split()
        if tokens and tokens[0].startswith(_SECTION) and len(tokens[0]) > len(_SECTION):
            tokens.pop(0)
        if tokens and tokens[0] in self.address_kinds:
            tokens.pop(0)
        if len(tokens) > 1 and tokens[-1] == _KEY_IN_HAND:
            tokens.pop()
        if len(tokens) == 2 and tokens[0] in self.contact_kinds:
            return tokens[1] in self.contact_names
        return len(tokens) == 1 and (tokens[0] in self.names or tokens[0] in self.contact_names)

    def is_switch(self, value: str) -> bool:
        """Whether the value asks for no purpose at all, as "off" does and words that people use like it."""
        return value.lower().strip() in self.switches

    def means_purpose(self, value: str) -> bool:
        """Whether a value that is not valid still tries to name a purpose."""
        return any(token in self.names | self.contact_names | self.attempts for token in value.lower().split())


@cache
def autofill() -> Autofill:
    """The grammar with its words."""
    data: dict[str, Any] = json.loads(files("rules.standards").joinpath("autofill.json").read_text("utf-8"))
    return Autofill(**{key: frozenset(values) for key, values in data.items() if key != "_source"})
