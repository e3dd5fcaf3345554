"""The vocabulary and judgement of Curbcut: evidence of one page in, outcomes out, no input or output.

`__all__` is what a rule is written with, in this package and in plug-ins, and it stays stable. The names
are looked up on first use, so that a command that judges nothing does not wait for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rules.digest import Control, HelpLink, Link, Navigation, PageDigest
    from rules.dom import Dom
    from rules.element import Element
    from rules.model import (
        Outcome,
        SiteOutcome,
        Untested,
        Verdict,
        cant_tell,
        document_rule,
        failed,
        page_rule,
        passed,
        site_rule,
    )
    from rules.page import Page
    from rules.plain.prose import Finding, Prose
    from rules.plain.style import Style
    from rules.text import short, visible_text, words

__all__ = [
    "Control",
    "Dom",
    "Element",
    "Finding",
    "HelpLink",
    "Link",
    "Navigation",
    "Outcome",
    "Page",
    "PageDigest",
    "Prose",
    "SiteOutcome",
    "Style",
    "Untested",
    "Verdict",
    "cant_tell",
    "document_rule",
    "failed",
    "page_rule",
    "passed",
    "short",
    "site_rule",
    "visible_text",
    "words",
]

_HOMES = {
    "rules.digest": ("Control", "HelpLink", "Link", "Navigation", "PageDigest"),
    "rules.dom": ("Dom",),
    "rules.element": ("Element",),
    "rules.model": (
        *("Outcome", "SiteOutcome", "Untested", "Verdict"),
        *("cant_tell", "document_rule", "failed", "page_rule", "passed", "site_rule"),
    ),
    "rules.page": ("Page",),
    "rules.plain.prose": ("Finding", "Prose"),
    "rules.plain.style": ("Style",),
    "rules.text": ("short", "visible_text", "words"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'rules' has no attribute {name!r}")
