"""Words as Markdown that says them and nothing more: no markup of a page's own, nobody named, no ticket linked."""

from __future__ import annotations

import html
import re

from reports.text import cut, one_line, visible

_MARKUP = re.compile(r"([\\`*_{}|~$])")


def marked_down(words: str, longest: int = 600) -> str:
    """Words in one line of Markdown that shows them as they are."""
    return _MARKUP.sub(r"\\\1", without_markup(words, longest))


def without_markup(words: str, longest: int = 600) -> str:
    """Words as HTML in one line without markup; a person, a team or a ticket that they name hears nothing of it."""
    plain = one_line(words, longest).replace("@", "(at)")
    plain = re.sub(r"#(?=\d)", "# ", plain)
    return html.escape(plain, quote=False).replace("[", "&#91;").replace("]", "&#93;")


def code(words: str, longest: int = 2000) -> str:
    """Words as they are, in one line and in a fence that they cannot close."""
    text = visible(one_line(words, longest))
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def block(text: str, language: str = "", *, longest: int = 800) -> str:
    """Text as it is, with its lines, in a fence that it cannot close."""
    shown = visible(cut(text, longest)).strip("\n")
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
