"""Judges whether people can enlarge the page on a phone or tablet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed

LEAST = 2.0
"""Times that text must be able to grow (WCAG 2.2, success criterion 1.4.4)."""

_PROPERTY = re.compile(r"([^\s,;=]+)\s*=\s*([^\s,;=]*)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
_SMALLEST, _LARGEST = 0.1, 10.0


@page_rule(
    title="The page can be enlarged to twice its size",
    why="People with limited sight cannot enlarge the text on a phone or tablet.",
    fix="Take user-scalable, and any maximum-scale below 2, out of the viewport element.",
    wcag=("1.4.4",),
    act=("b4f0c3",),
    impact="moderate",
    scope="page",
    role="development",
    replaces=("meta-viewport",),
)
def zoom_lock(page: Page) -> Iterator[Outcome]:
    """The viewport that a page asks for lets people zoom to twice the size at least.

    Applies to meta elements with the name viewport whose content sets user-scalable or maximum-scale to some value.
    Values mean what the standard for viewports makes of them (CSS Device Adaptation, parsing algorithm): words that it
    does not know forbid zooming, numbers of 1 and more allow it, a negative maximum counts as none.
    """
    for meta in page.dom.by_tag("meta"):
        if meta.get("name").strip().lower() != "viewport":
            continue
        told = {name.lower(): value.lower() for name, value in _PROPERTY.findall(meta.get("content"))}
        scalable, largest = told.get("user-scalable", ""), told.get("maximum-scale", "")
        if not scalable and not largest:
            continue
        if scalable and not _zooms(scalable):
            yield failed(meta, f"The page forbids zooming: user-scalable is “{scalable[:20]}”.")
        elif largest and (most := _most(largest)) is not None and most < LEAST:
            yield failed(meta, f"The page lets people zoom to {most:g} times its size only.")
        else:
            yield passed(meta)


def _zooms(value: str) -> bool:
    """Whether a value of user-scalable allows zooming."""
    number = _NUMBER.match(value)
    return abs(float(number[0])) >= 1 if number else value in ("yes", "device-width", "device-height")


def _most(value: str) -> float | None:
    """How many times its size the page may have by a value of maximum-scale, None for no limit."""
    number = _NUMBER.match(value)
    if number:
        most = float(number[0])
        return None if most < 0 else min(_LARGEST, max(_SMALLEST, most))
    return {"yes": 1.0, "device-width": _LARGEST, "device-height": _LARGEST}.get(value, _SMALLEST)
