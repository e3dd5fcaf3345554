"""Judges whether people can widen the spacing of text that the author has fixed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, failed, page_rule, passed
from rules.evidence.dom import TEXT
from rules.layout import can_be_seen

_LEAST = {"letter-spacing": 0.12, "word-spacing": 0.16, "line-height": 1.5}
"""Times the font size, as the criterion has it."""

_INHERITED = frozenset({"inherit", "unset", "revert", "revert-layer"})
_TOLERANCE = 0.01
_UNSPACED = re.compile(r"[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that do not use spacing between letters or words; the criterion leaves them out."""


@page_rule(
    title="Spacing that the author fixes is wide enough",
    why="People who need wider spacing to read cannot set it: the fixed value wins over their own style.",
    fix="Take !important away from the style attribute, or give at least the spacing of the criterion.",
    wcag=("1.4.12",),
    act=("24afc2", "78fd32", "9e45ec"),
    impact="serious",
    scope="component",
    role="development",
    replaces=("avoid-inline-spacing",),
)
def text_spacing_lock(page: Page) -> Iterator[Outcome]:
    """Spacing that a style attribute sets with !important is not below the values of the criterion.

    Applies to elements that show text of their own: letter-spacing for words, word-spacing for several words,
    line-height for text of more than one line. Letters need 0.12, words 0.16, lines 1.5 times the font size.
    """
    for element in page.dom.elements:
        if "!" not in element.get("style"):
            continue
        fixed = [name for name in _fixed(element.get("style")) if _matters(element, name)]
        if not fixed or not can_be_seen(element):
            continue
        narrow = [name for name in fixed if _ratio(element, name) < _LEAST[name] - _TOLERANCE]
        if narrow:
            values = ", ".join(f"{name} {element.style(name)}, needed {_needed(element, name)}" for name in narrow)
            yield failed(element, f"The style attribute fixes spacing that is too narrow: {values}.")
        else:
            yield passed(element)


def _fixed(style: str) -> list[str]:
    """Spacing properties that the style sets with !important to a value of its own."""
    last: dict[str, str] = {}
    for declaration in re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL).split(";"):
        name, _, value = declaration.partition(":")
        value, important, _ = value.rpartition("!")
        if important and declaration.lower().rstrip().endswith("important"):
            last[name.strip().lower()] = value.strip().lower()
    return [name for name in _LEAST if name in last and last[name] not in _INHERITED]


def _matters(element: Element, name: str) -> bool:
    """Whether the element has text of its own that the property spaces."""
    below = (element.dom.nodes[index] for index in element.dom.below(element.index))
    texts = [node for node in below if node.kind == TEXT and node.box is not None and node.text.strip()]
    whole = " ".join(node.text for node in texts)
    if _UNSPACED.search(whole):
        return False
    if name == "line-height":
        line = _pixels(element.style("line-height"), 1.2 * _pixels(element.style("font-size"), 16.0))
        return any(node.box is not None and node.box[3] > 1.5 * line for node in texts)
    return len(whole.split()) > 1 if name == "word-spacing" else len(whole.strip()) > 1


def _ratio(element: Element, name: str) -> float:
    """The value in effect, in font sizes; "normal" adds nothing and makes lines of about 1.2."""
    size = _pixels(element.style("font-size"), 16.0)
    normal = 1.2 * size if name == "line-height" else 0.0
    return _pixels(element.style(name), normal) / size if size else 1.0


def _needed(element: Element, name: str) -> str:
    return f"{_LEAST[name] * _pixels(element.style('font-size'), 16.0):.4g}px"


def _pixels(value: str, otherwise: float) -> float:
    return float(value.removesuffix("px")) if value.endswith("px") else otherwise
