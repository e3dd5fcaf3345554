"""Identity of a problem: the same component keeps its fingerprint wherever and however often it stands."""

from __future__ import annotations

import hashlib

from rules.component import component
from rules.element import Element


def fingerprint(rule: str, element: Element | None, *, words: str = "") -> str:
    """16 hexadecimal digits from the rule and the normalised component; not from URL, position or text.

    Without an element the problem is one of the page as a whole, and the same on all pages. Of rules on words the
    words count as well, in whatever case and spacing: another sentence is another problem.
    """
    known = "page" if element is None else component(element)
    about = "\n" + " ".join(words.casefold().split()) if words else ""
    return _digits(f"{rule}\n{known}{about}")


def site_fingerprint(rule: str, subject: str) -> str:
    """16 hexadecimal digits from a site rule and what its outcome is about; not from the pages."""
    return _digits(f"{rule}\nsite\n{subject}")


def _digits(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:16]
