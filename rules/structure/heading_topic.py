"""Asks whether the main heading is about what the page is about."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short
from rules.languages import is_certainly, primary
from rules.naming import says_something
from rules.standards.small_words import PARTS_OF_TEXTS, SERVICE_TALK
from rules.titles import page_title
from rules.topics import Vocabulary, has_abbreviation, lacks_spaces, told

_ENOUGH, _CERTAIN = 2, 12
"""Telling words of running text from which a heading is asked about, and from which a topic is sure to be named."""

_MOST_WORDS = 8


@page_rule(
    title="The main heading tells what the page is about",
    why="People who go from heading to heading are told that they are on another page.",
    fix="Write a heading with the words that matter in the text below it.",
    wcag=("2.4.6",),
    act=("b49b2e",),
    impact="moderate",
    scope="component",
    role="content",
)
def heading_topic(page: Page) -> Iterator[Outcome]:
    """The heading of the page names what the text below it is about.

    Applies to the first heading of the highest level, where running text follows it. Fails where
    none of its telling words, and none that is related to one, occurs anywhere else: in the text, the names of images
    and controls, the title or the address; and the text has twelve telling words or more. Passes where one occurs in
    the text. Headings of sections rarely repeat their text's words and are not judged.
    """
    heading, root = _main_heading(page), page.dom.root
    if heading is None or root is None:
        return
    code = primary(root.get("lang")) or "en"
    telling = told(heading.name, code)
    blocks = [block for block in page.text if block.element.index > heading.index and is_certainly(block, code)]
    about = {word for block in blocks for word in told(block.text, code) if not word.isdecimal()} - SERVICE_TALK
    if not telling or lacks_spaces(heading.name) or len(about) < _ENOUGH:
        return
    if any(map(Vocabulary.of(block.text for block in blocks).may_have, telling)):
        yield passed(heading)
    elif any(map(_elsewhere(page, heading).may_have, telling)):
        return
    elif len(about) >= _CERTAIN and _is_plain(heading, telling):
        yield failed(heading, f"Nothing that the heading “{short(heading.name)}” says occurs in the text below it.")
    else:
        yield cant_tell(heading, f"Does the heading “{short(heading.name)}” tell what the text below it is about?")


def _is_plain(heading: Element, telling: list[str]) -> bool:
    return (
        len(telling) <= _MOST_WORDS
        and not set(telling) <= SERVICE_TALK | PARTS_OF_TEXTS
        and not has_abbreviation(heading.name)
    )


def _main_heading(page: Page) -> Element | None:
    headings = [one for one in page.dom.by_role("heading") if one.node.frame == 0 and says_something(one.name)]
    highest = min((one.state("level") for one in headings), default="")
    return next((one for one in headings if one.state("level") == highest), None)


def _elsewhere(page: Page, heading: Element) -> Vocabulary:
    """All that the page says outside of its heading."""
    inside = {heading.index, *page.dom.indices_below(heading.index)}
    texts = [node.text for index, node in enumerate(page.dom.nodes) if node.text and index not in inside and node.box]
    names = [one.name for one in page.dom.elements if one.index not in inside and one.name]
    alternatives = [one.get("alt") for one in page.dom.by_tag("img")]
    return Vocabulary.of([*texts, *names, *alternatives, page_title(page), unquote(page.final_url)])
