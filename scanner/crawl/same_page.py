"""Which addresses show one and the same page: `/` and `/index.html`, a print view, a page listed under two topics."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from rules.digest import Control, PageDigest
from scanner.crawl.no_go import is_file

FEWEST_WORDS = 12
"""How many words of main text a page has at least that can be told to be another one again."""

Signature = tuple[object, ...]


def duplicates(digests: Iterable[tuple[int, PageDigest]]) -> list[tuple[int, str]]:
    """Position of every page that shows an earlier one again, and the address of that one.

    Only evidence counts, never how an address looks: a page is set aside when everything of its signature is
    the same, and a page of a few words never is. What differs by mistake (a clock in the text) leaves two pages,
    which is the better mistake.
    """
    first: dict[Signature, str] = {}
    found: list[tuple[int, str]] = []
    for position, digest in digests:
        own = signature(digest)
        if own is None:
            continue
        earlier = first.setdefault(own, digest.url)
        if earlier != digest.url:
            found.append((position, earlier))
    return found


def content_key(digest: PageDigest) -> str:
    """The same text for all addresses of one page; empty for a page that cannot be told from others."""
    own = signature(digest)
    return hashlib.sha256(repr(own).encode("utf-8", "replace")).hexdigest()[:16] if own else ""


def signature(digest: PageDigest) -> Signature | None:
    """What two addresses of one page have in common; None for a page that cannot be told from others.

    A page of a few words says too little of itself. Else: main text, title, language, headings and template; the
    names of links and buttons, because a breadcrumb or a menu may be all that tells two pages apart; and the
    files that are linked, because "Download the form" may mean two forms. Targets of other links are left out:
    they often repeat the page's own address.
    """
    if digest.words < FEWEST_WORDS:
        return None
    named = tuple((control.role, control.name) for control in digest.controls)
    files = tuple(control.target for control in digest.controls if _is_document(control))
    return (digest.content, digest.title, digest.language, digest.template, digest.headings, named, files)


def _is_document(control: Control) -> bool:
    target = control.target
    return is_file(f"http://host{target}" if target.startswith("/") else target)
