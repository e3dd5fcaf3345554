"""Judges whether what people aim at is large enough, or far enough from what they could hit instead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, words
from rules.layout import Box, can_be_seen

_LEAST = 24.0
_TOLERANCE = 0.5
_BAND, _BAND_LIMIT = 100.0, 200
_ROLES = frozenset(
    {"button", "link", "switch", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "checkbox", "radio"}
)
_OF_THE_BROWSER = frozenset({"checkbox", "radio", "range", "color", "date", "file", "time", "datetime-local", "month"})
_INLINE = frozenset({"inline", "inline-block", "contents"})


@page_rule(
    title="What people aim at is 24 pixels wide and high, or stands alone",
    why="People whose hands shake, or who use a pen in the mouth or a joystick, hit what is beside it.",
    fix="Give it 24 by 24 CSS pixels, with padding for example, or more distance to what is beside it.",
    wcag=("2.5.8",),
    impact="moderate",
    scope="component",
    role="design",
)
def target_size(page: Page) -> Iterator[Outcome]:
    """A target is at least 24 by 24 CSS pixels, or a circle of that size around its middle meets no other target.

    Applies to links, buttons and other controls that are seen. Left out, as in the criterion, are targets in
    lines of text, controls that the browser draws, and links that lead where another link of the page leads.
    Whether another control does the same as a small button cannot be seen, so that is a question.
    """
    targets = [_Target.of(element) for element in _targets(page)]
    leads = Counter(target.href for target in targets)
    prose: dict[int, bool] = {}
    rows: defaultdict[int, list[_Target]] = defaultdict(list)
    for target in targets:
        for row in target.rows:
            rows[row].append(target)
    for target in targets:
        if not (target.is_small and any(target.is_crowded_by(other) for row in target.rows for other in rows[row])):
            yield passed(target.element)
        elif target.element.get("type").lower() in _OF_THE_BROWSER or _is_in_text(target.element, prose):
            continue
        elif target.element.role != "link":
            yield cant_tell(target.element, "Can what this small control does be done with a larger one on this page?")
        elif leads[target.href] == 1:
            _, _, width, height = target.box
            size = f"{width:.0f} by {height:.0f}"
            yield failed(target.element, f"This link is {size} pixels large and stands close to another control.")


@dataclass(frozen=True, slots=True)
class _Target:
    """A target with the box that answers to it: its own and those of everything inside."""

    element: Element
    box: Box
    href: str

    @classmethod
    def of(cls, element: Element) -> _Target:
        href = element.get("href").strip()
        own = element.box or (0.0, 0.0, 0.0, 0.0)
        if min(own[2], own[3]) >= _LEAST:
            return cls(element, own, href)
        boxes = [own, *(element.dom.nodes[index].box for index in element.dom.indices_below(element.index))]
        filled = [box for box in boxes if box and box[2] > 0 and box[3] > 0]
        left, top = min(box[0] for box in filled), min(box[1] for box in filled)
        right, bottom = max(box[0] + box[2] for box in filled), max(box[1] + box[3] for box in filled)
        return cls(element, (left, top, right - left, bottom - top), href)

    @property
    def is_small(self) -> bool:
        return min(self.box[2], self.box[3]) < _LEAST - _TOLERANCE

    @property
    def rows(self) -> range:
        """The bands of the page in which something can be close to it; a very high one counts in its upper part."""
        top, bottom = self.box[1] - _LEAST, self.box[1] + self.box[3] + _LEAST
        return range(int(top // _BAND), min(int(bottom // _BAND), int(top // _BAND) + _BAND_LIMIT) + 1)

    @property
    def middle(self) -> tuple[float, float]:
        x, y, width, height = self.box
        return x + width / 2, y + height / 2

    def is_crowded_by(self, other: _Target) -> bool:
        """Whether the circle around this target meets another target, or the circle of another small one."""
        same = bool(self.href) and self.href == other.href
        if other is self or same or other.element.node.frame != self.element.node.frame:
            return False
        x, y = self.middle
        if other.is_small and _distance(x, y, (*other.middle, 0.0, 0.0)) < _LEAST - _TOLERANCE:
            return True
        return _distance(x, y, other.box) < _LEAST / 2 - _TOLERANCE


def _targets(page: Page) -> Iterator[Element]:
    """Controls that can be aimed at, none of them inside another."""
    found = [element for element in page.dom.by_role(*_ROLES) if element.focusable and element.tag != "area"]
    inside = {element.index for element in found}
    for element in found:
        nested = any(above.index in inside or above.tag in ("label", "svg") for above in element.ancestors())
        if not nested and element.style("pointer-events") != "none" and can_be_seen(element):
            yield element


def _is_in_text(element: Element, known: dict[int, bool]) -> bool:
    """Whether the target stands in a line with words that are no target, so that their height limits its own.

    `known` keeps the answer for each block, since thousands of targets may stand in one.
    """
    if element.style("display") not in _INLINE:
        return False
    block = next((above for above in element.ancestors() if above.style("display") not in _INLINE), None)
    if block is None:
        return False
    if block.index not in known:
        own = sum(len(words(below.text)) for below in block.descendants() if below.role in _ROLES)
        known[block.index] = len(words(block.text)) > own
    return known[block.index]


def _distance(x: float, y: float, box: Box) -> float:
    left, top, width, height = box
    across = max(left - x, 0.0, x - left - width)
    down = max(top - y, 0.0, y - top - height)
    return float((across**2 + down**2) ** 0.5)
