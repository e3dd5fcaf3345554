"""Ways past the blocks that a site's pages share, as far as one page shows them.

Which blocks are on other pages too cannot be seen from one page. What is certain is what the landmarks say: header,
footer, navigation and search are shared, other content mostly is not; and what is not there at all is no way.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from rules.dom import Dom
from rules.element import LANDMARKS, Element
from rules.layout import can_be_seen
from rules.model import Outcome, Verdict
from rules.naming import says_something
from rules.own_content import SHARED, OwnContent, around, parted
from rules.page import Page

_AROUND = SHARED | {"complementary"}
_ENOUGH = 40
"""Characters of text outside of links and shared landmarks from which a page has content to go to."""

_ROUTES = ("/", "!")
"""How fragments begin that scripts take for the address of another page."""

_MAY_ACT = ("button", "link", "checkbox", "switch", "menuitem", "tab")
_PRESSES = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "keydown", "keyup", "keypress"})
_STATES = ("aria-expanded", "aria-haspopup", "aria-pressed", "aria-controls")
_SENDS = frozenset({"submit", "reset", "image"})


class Way(NamedTuple):
    """One technique: whether the page has it, and in `said` what is missing, or what a person should look at."""

    verdict: Verdict
    said: str = ""

    def outcome(self) -> Outcome:
        """The technique judged for the page as a whole."""
        return Outcome(self.verdict, None, self.said)


_THERE = Way(Verdict.PASSED)


class Ways:
    """The ways from the start of a page to its content. Looks at the top document only."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dom: Dom = page.dom
        self.own = OwnContent(page)

    @cached_property
    def needed(self) -> bool:
        """Whether a page that leads to others of its host has something to get past before its first running text."""
        if not self.own.leading_on or sum(self.own.main.values()) < _ENOUGH:
            return False
        first = next((index for index, size in self.own.main.items() if size >= _ENOUGH), next(iter(self.own.main)))
        marks = [one for one in self.dom.by_role(*_AROUND) if one.node.frame == 0]
        return any(one.index < first for one in (*self.own.leading_on, *marks))

    def _content_in(self, element: Element) -> int:
        inside = self.dom.indices_below(element.index)
        return sum(size for index, size in self.own.texts.items() if index in inside)

    @cached_property
    def heading(self) -> Way:
        """Whether a heading that is seen begins content."""
        headings = [one for one in self.dom.by_role("heading") if one.node.frame == 0 and says_something(one.name)]
        if not headings:
            return Way(
                Verdict.FAILED, "Nothing on this page is a heading, so nobody can jump to where its content begins."
            )
        seen = [one for one in headings if can_be_seen(one)]
        if any(around(one) not in _AROUND and not _is_of_menu(one) for one in seen):
            return _THERE
        if all(around(one) in SHARED - {"banner"} for one in headings):
            return Way(Verdict.FAILED, "The only headings of this page are those of its menu, search or footer.")
        return Way(
            Verdict.CANT_TELL,
            "Does one of the headings of this page stand, to be seen, where the content begins that no other page has?",
        )

    @cached_property
    def landmark(self) -> Way:
        """Whether a landmark holds the content."""
        marks = [one for one in self.dom.by_role(*LANDMARKS) if one.node.frame == 0 and one.exposed]
        if any(one.role == "main" and (self._content_in(one) or one.text) for one in marks):
            return _THERE
        others = [one for one in marks if one.role not in SHARED]
        if any(2 * self._content_in(one) >= sum(self.own.texts.values()) for one in others):
            return _THERE
        others = [one for one in others if one.role != "complementary" or one.index > next(iter(self.own.main))]
        if not others:
            return Way(Verdict.FAILED, "No landmark holds the content of this page.")
        return Way(
            Verdict.CANT_TELL, "Does a landmark of this page begin where the content begins that no other page has?"
        )

    @cached_property
    def link(self) -> Way:
        """Whether a link leads to content within the page."""
        links = list(self._inner_links())
        working = [(link, target) for link, target in links if target is not None and self._leads_to_content(target)]
        if any(self._shows_itself(link) for link, _ in working):
            return _THERE
        if working:
            return Way(Verdict.FAILED, "The link that skips to the content is not seen, even while it has the focus.")
        controls = [one for one in self._controls() if not _tells_state(one)]
        if not links and not controls:
            return Way(Verdict.FAILED, "No link or button of this page moves the focus to its content.")
        if links and not controls and not any(around(target) == "complementary" for _, target in links if target):
            return Way(Verdict.FAILED, "No link within this page leads to its content.")
        return Way(
            Verdict.CANT_TELL,
            "Does a link or button of this page move the focus to the content that no other page has?",
        )

    @cached_property
    def fold(self) -> Way:
        """Whether what the page shares with others can be folded away."""
        if self.own.leading_on and all(self._is_foldable(link) for link in self.own.leading_on):
            return _THERE
        if not self._controls() and not self.dom.by_tag("summary"):
            return Way(Verdict.FAILED, "Nothing on this page folds away what it shares with other pages.")
        return Way(
            Verdict.CANT_TELL,
            "Can each block that other pages have too be folded away, by a control that comes before it?",
        )

    def _inner_links(self) -> Iterator[tuple[Element, Element | None]]:
        """Links that Tab reaches and that lead to another place of this page, with that place where there is one."""
        for link in self.dom.by_tag("a", "area"):
            if link.node.frame != 0 or not link.has("href") or not link.in_tab_order or not link.exposed:
                continue
            where, fragment = parted(link.href)
            if where != self.own.here or not fragment or fragment.startswith(_ROUTES):
                continue
            target = self.dom.by_id(unquote(fragment)) or self._anchors.get(unquote(fragment))
            if target is None or target.index > link.index:
                yield link, target

    @cached_property
    def _anchors(self) -> dict[str, Element]:
        return {one.get("name"): one for one in self.dom.by_tag("a") if one.has("name") and one.node.frame == 0}

    def _leads_to_content(self, target: Element) -> bool:
        after = any(index >= target.index for index in self.own.texts)
        return target.rendered and after and around(target) not in _AROUND

    def _shows_itself(self, link: Element) -> bool:
        """Whether a link is seen, or comes into view with the focus; true where that was not looked at."""
        if can_be_seen(link) or self.page.focus is None:
            return True
        box = next((stop.box for stop in self.page.focus.stops if stop.node == link.index), None)
        return box is None or (box[2] > 1 and box[3] > 1 and box[0] + box[2] > 0 and box[1] + box[3] > 0)

    def _controls(self) -> list[Element]:
        """What Tab reaches and may move the focus or fold something away, as scripts make it do anything.

        Without scripts only a checkbox can, with a style that depends on it.
        """
        found = [one for one in self.dom.by_role(*_MAY_ACT) if one.node.frame == 0 and one.in_tab_order]
        found = [one for one in found if says_something(one.name) and self._shows_itself(one)]
        return [one for one in found if one.role == "checkbox" or (self._answers(one) and not self._leaves(one))]

    def _answers(self, control: Element) -> bool:
        """Whether a script listens to clicks on a control or around it; true where that was not looked at."""
        if self.page.listeners is None or self.dom.snapshot.frames[0].root in self._listening:
            return True
        return any(one.has("onclick") or one.index in self._listening for one in (control, *control.ancestors()))

    @cached_property
    def _listening(self) -> frozenset[int]:
        known = self.page.listeners.elements if self.page.listeners else ()
        return frozenset(one.node for one in known if _PRESSES & set(one.events))

    def _leaves(self, control: Element) -> bool:
        """Whether a control opens another page, or sends its form."""
        if control.has("href"):
            address = parted(control.href)[0]
            return address != self.own.here and not address.lower().startswith("javascript:")
        return _sends(control)

    def _is_foldable(self, link: Element) -> bool:
        """Whether a link is in what a disclosure opens and closes, of HTML or, as the page says, of a script."""
        return any(above.tag == "details" or above.get("id") in self._folded for above in link.ancestors())

    @cached_property
    def _folded(self) -> frozenset[str]:
        """Ids of what controls that Tab reaches say to open and close."""
        controls = [one for one in self._controls() if one.has("aria-expanded")]
        return frozenset(name for one in controls for name in one.get("aria-controls").split())


def _is_of_menu(heading: Element) -> bool:
    """Whether what stands with a heading in its block is links only."""
    own = len(heading.text)
    block = next((above for above in heading.ancestors() if len(above.text) > own), None)
    if block is None or block.tag in ("body", "html", "main") or block.role == "main":
        return False
    links = [part for part in block.descendants() if part.role == "link"]
    return bool(links) and sum(len(part.text) + 1 for part in links) + own >= len(block.text)


def _tells_state(control: Element) -> bool:
    """Whether a control says that it opens, chooses or switches something, and so does not move the focus away."""
    return control.role in ("checkbox", "switch", "tab") or any(map(control.has, _STATES))


def _sends(button: Element) -> bool:
    """Whether a button belongs to a form, which it sends or empties."""
    kind = button.get("type").strip().lower()
    return button.closest("form") is not None and (kind in _SENDS or (button.tag == "button" and kind != "button"))
