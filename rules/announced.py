"""Whether a text that is kept from assistive technology is told to it beside, as counters and messages do."""

from __future__ import annotations

from rules.element import Element
from rules.text import visible_text, words

_LIVE_ROLES = frozenset({"status", "alert", "log"})
_LIVE = frozenset({"polite", "assertive"})


def is_announced(element: Element) -> bool:
    """Whether a text that is seen and not exposed stands, word for word, in a live region beside it.

    So scripts update the text at every key and the live region at rest, and people hear it once.
    """
    around = element.parent
    if element.exposed or around is None:
        return False
    said = words(visible_text(element))
    return any(words(part.text) == said for part in around.descendants() if part.exposed and _is_live(part))


def _is_live(element: Element) -> bool:
    return element.role in _LIVE_ROLES or element.get("aria-live").strip().lower() in _LIVE
