"""Judges instructions that call things by their place, shape or colour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, words
from rules.evidence.dom import TEXT
from rules.layout import can_be_seen

_ACTS = r"(?:click|tap|press|select|choose|use|find|look|see|follow|open|check|fill|read|hit|pick|go to|found)"
_PLACES = r"(?:right|left|right-hand|left-hand|top|bottom|underneath|beneath|corner|beside|next to)"
_SHAPES = r"(?:round|square|circle|circular|triangle|triangular|rectangle|rectangular|star|oval|diamond|arrow)"
_COLOURS = r"(?:red|green|blue|yellow|orange|purple|pink|grey|gray|black|white)"
_THINGS = (
    r"(?:buttons?|links?|menus?|icons?|box|boxes|fields?|columns?|panels?|navigation|sidebar|tabs?|stars?|circles?)"
)

_INSTRUCTION = re.compile(
    rf"\b{_ACTS}\b[^.!?]{{0,60}}?(?:"
    rf"\b{_THINGS}\b[^.!?]{{0,20}}?\b(?:on|at|in|to) (?:the|your) (?:very |far |upper |lower )?{_PLACES}\b"
    rf"|\b(?:underneath|beneath|beside|next to) the {_SHAPES}\b"
    rf"|\b(?:{_SHAPES}|{_COLOURS}) {_THINGS}\b"
    rf"|\b(?:right|left|right-hand|left-hand|top|bottom) {_THINGS}\b)",
    re.IGNORECASE,
)
_FOUND_NOWHERE = re.compile(
    r"\b(?:click|find|use|see|select|choose|open)\b[^.!?]{0,20}?\b(menu|navigation|sidebar)\b[^.!?“”\"‘’]{0,12}?"
    r"\b(?:on|at|in) the (?:very |far )?(?:right|left|top|bottom)\b",
    re.IGNORECASE,
)
_ROLES = {
    "menu": ("menu", "menubar", "navigation"),
    "navigation": ("navigation", "menu", "menubar"),
    "sidebar": ("complementary", "navigation"),
}
_LABELLED = re.compile(r"\b(?:labell?ed|called|named|marked|titled|that says|which says)\b|[“”\"‘«]", re.IGNORECASE)


@page_rule(
    title="Instructions do without place, shape and colour alone",
    why="People who cannot see the page do not find what is only “on the right” or “the round button”.",
    fix="Call things by the name that they have on the page as well.",
    wcag=("1.3.3",),
    act=("9bd38c",),
    impact="moderate",
    scope="component",
    role="content",
)
def place_reference(page: Page) -> Iterator[Outcome]:
    """An instruction that tells where something is, or how it looks, also tells what it is called.

    Applies to visible English sentences that send people to a thing by its place, shape or colour. It is certain that
    a place alone is told where nothing on the page has the name or the role of what is meant. A thing whose name is
    quoted is named. “Above” and “below” are not asked about, because they stand for the order of reading.
    """
    if not _is_english(page):
        return
    for element, text in _sentences(page):
        said = _INSTRUCTION.search(text)
        if said is None:
            continue
        thing = _FOUND_NOWHERE.search(text)
        if _LABELLED.search(text):
            yield passed(element)
        elif thing is not None and not _is_named(page, element, thing[1].lower()):
            yield failed(element, f"Nothing on this page but its place tells what “{short(said[0])}” means.")
        else:
            yield cant_tell(element, f"Can people who do not see the page tell what “{short(said[0])}” means?")


def _is_english(page: Page) -> bool:
    root = page.dom.root
    return root is not None and root.get("lang").partition("-")[0].strip().lower() in ("en", "")


def _sentences(page: Page) -> Iterator[tuple[Element, str]]:
    """Elements with text of their own that can be seen, each with all of its text."""
    seen: set[int] = set()
    for index, node in enumerate(page.dom.nodes):
        if node.kind != TEXT or node.box is None or len(node.text) < len("use red tab"):
            continue
        element = page.dom.element_above(index)
        if element is not None and element.index not in seen and element.exposed and can_be_seen(element):
            seen.add(element.index)
            yield element, element.text


def _is_named(page: Page, sentence: Element, thing: str) -> bool:
    """Whether anything else on the page has this role, or this word in its name or heading."""
    if page.dom.by_role(*_ROLES[thing]):
        return True
    around = {sentence.index, *(above.index for above in sentence.ancestors())}
    named = (one for one in page.dom.elements if one.exposed and one.name and one.index not in around)
    return any(thing in words(one.name) for one in named)
