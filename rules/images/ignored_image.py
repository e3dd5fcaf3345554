"""Judges whether images that assistive technology ignores hold text that is nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short
from rules.evidence.dom import TEXT, Node
from rules.pictures import Written, looked_at, written

_CONTROLS = ("label", "summary", "legend")
_PARTS = frozenset({"section", "article", "main", "aside", "nav", "header", "footer", "form", "fieldset", "figure"}) | {
    *("td", "th", "li", "dd", "dialog", "body")
}
_ENOUGH = 0.6
"""Share of its words from which the page says what the image says."""


@page_rule(
    title="Images that assistive technology ignores only decorate",
    why="People who cannot see the image are not told that it is there, and miss what is written in it.",
    fix="Write the text of the image into its alt attribute, or take away what hides it, such as aria-hidden.",
    wcag=("1.1.1",),
    act=("e88epe",),
    impact="serious",
    scope="component",
    role="content",
    needs=("dom", "pictures"),
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 7.B",
)
def ignored_image(page: Page) -> Iterator[Outcome]:
    """Images without a place in the accessibility tree hold no text that the page does not give as well.

    Applies to images, drawings and canvases that can be seen and of which assistive technology is told nothing, because
    of an empty alt attribute for example. Text is decoration only where other words would do as well (WCAG, pure
    decoration). Fails where an image shows text and nothing else, and the words are not in the page, nor in the name of
    what the image is in; where there is more to see in the picture it is a question.
    Fails as well where the text before an image ends in a colon and nothing else follows that it could announce.
    """
    read = {found.element.index: found for found in written(page, "image", "drawing", "canvas")}
    told = _told(page) if read else ""
    for picture in looked_at(page, "image", "drawing", "canvas"):
        element = page.dom.at(picture.node)
        if element is None or not _is_ignored(element):
            continue
        found = read.get(element.index)
        if _is_announced(element):
            yield failed(
                element, "The text before it announces something, and only this image, which is ignored, follows."
            )
        elif found is None:
            if not picture.lines and not picture.busy:
                yield passed(element)
        elif found.given_in(told) >= _ENOUGH:
            yield passed(element)
        elif (outcome := _missing(found)) is not None:
            yield outcome


def _missing(found: Written) -> Outcome | None:
    text = short(found.text)
    if found.is_text_alone:
        return failed(found.element, f"Assistive technology ignores this image, in which “{text}” is written.")
    if found.share >= 0.04 and found.tallest >= 12:
        return cant_tell(found.element, f"Does this image, in which “{text}” is written, really only decorate?")
    return None


def _is_announced(image: Element) -> bool:
    """Whether the last text before it ends in a colon, and nothing else is given to the end of that part of the page.

    An icon in a control is part of what the control says, and announced by nothing.
    """
    nodes, last = image.dom.nodes, None
    for around in image.ancestors():
        if around.tag in _CONTROLS or around.role in ("link", "button") or around.node.frame != image.node.frame:
            return False
        if last is None:
            before = (nodes[index] for index in range(image.index - 1, around.index, -1))
            last = next(filter(_is_given, before), None)
            if last is not None and not (last.kind == TEXT and last.text.rstrip().endswith((":", "："))):
                return False
        if last is not None and around.tag in _PARTS:
            behind = range(image.dom.indices_below(image.index).stop, image.dom.indices_below(around.index).stop)
            return not any(_is_given(nodes[index]) for index in behind)
    return False


def _is_given(node: Node) -> bool:
    """Whether a node gives something to assistive technology: a text, a name, a field."""
    if node.kind == TEXT:
        return node.exposed and node.box is not None and bool(node.text.strip())
    return bool(node.name) or node.tag in ("input", "select", "textarea", "iframe", "video", "audio", "object", "embed")


def _told(page: Page) -> str:
    """All that assistive technology is given of the page, by text and by names."""
    texts = (node.text for node in page.dom.nodes if node.kind == TEXT and node.exposed and node.box is not None)
    names = (element.name for element in page.dom.by_role("image", "link", "button") if element.name)
    return " ".join([*texts, *names])


def _is_ignored(element: Element) -> bool:
    """Whether assistive technology gets nothing from the image: no name, and nothing in it that has one.

    A drawing without a name counts, although this browser mentions that there is one.
    """
    if element.name or (element.role and (element.tag not in ("svg", "canvas") or element.has("role"))):
        return False
    inside = (element.dom.nodes[index] for index in element.dom.indices_below(element.index))
    return not any(node.name or (node.kind == TEXT and node.exposed and node.text.strip()) for node in inside)
