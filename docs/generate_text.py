"""Markdown for the pages that `generate.py` writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by docs/generate.py from the code; changes belong there. -->"

_CODE_OR_SIGN = re.compile(r"(`[^`]+`)|([\\`*_<>\[\]|])")


def plain(text: str) -> str:
    """Prose in which only code between backticks means something in Markdown."""
    return _CODE_OR_SIGN.sub(lambda found: found[1] or rf"\{found[2]}", " ".join(text.split()))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown already."""
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows))


def either(choices: Iterable[str]) -> str:
    """Choices as a sentence names them: "a, b or c"."""
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last
