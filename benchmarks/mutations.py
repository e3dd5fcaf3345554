"""What happens to a page between two scans without one component becoming another, as changes of its HTML.

Every element of the body is numbered in `data-mark` first, in the page before and after, so that it can be
found again whatever happened around it.
"""

from __future__ import annotations

import random
import string
import warnings
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, NavigableString, Tag, XMLParsedAsHTMLWarning
from bs4.element import Comment, PreformattedString

MARK = "data-mark"

_HEX = string.hexdigits[:16]
_BASE36 = string.ascii_lowercase + string.digits
_BASE64 = string.ascii_letters + string.digits + "_-"
_NOT_CONTENT = ["script", "style", "noscript", "template", "svg", "math", "object", "picture", "video", "audio"]
_STRICT = frozenset(
    ["colgroup", "datalist", "dl", "menu", "ol", "optgroup", "select", "table", "tbody", "tfoot", "thead", "tr", "ul"]
)
"""Elements that take children of certain kinds only; there the parser would move a div, or a list lose its item."""

_PHRASING = frozenset(["a", "button", "em", "label", "span", "strong", "summary", "h1", "h2", "h3", "h4", "h5", "h6"])
_REFERENCES = frozenset(
    {
        *("for", "form", "headers", "list"),
        *("aria-activedescendant", "aria-controls", "aria-describedby", "aria-details"),
        *("aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns"),
    }
)
_SPOKEN = ("alt", "title", "aria-label", "placeholder", "label")

Mutation = Callable[[BeautifulSoup, random.Random], None]


def marked(html: str) -> str:
    """The page with every element of its body numbered."""
    return str(_marked(html))


def mutated(html: str, mutation: Mutation, seed: str) -> str:
    """The page after a mutation; the same for the same seed."""
    soup = _marked(html)
    mutation(soup, random.Random(seed))
    return str(soup)


def _marked(html: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # the browser reads it as HTML as well
        soup = BeautifulSoup(html, "lxml")
    for number, element in enumerate(soup.body.find_all(True) if soup.body else ()):
        element[MARK] = str(number)
    return soup


def wrap(soup: BeautifulSoup, draw: random.Random) -> None:
    """A quarter of the elements get a div around them, half of those with a class."""
    for element in list(_content(soup)):
        if draw.random() < 0.25 and element.parent is not None and element.parent.name not in _STRICT:
            attributes = {"class": draw.choice(["wrapper", "inner", "row-2"])} if draw.random() < 0.5 else {}
            if element.find_parent("p") is None:
                element.wrap(soup.new_tag("div", attrs=attributes))


def hash_classes(soup: BeautifulSoup, draw: random.Random) -> None:
    """All classes are a build tool's: another seed is another build of the same source."""
    tool = random.Random(len(str(soup.title))).choice([_css_modules, _vite, _suffix])
    known: dict[str, str] = {}
    for element in _with_classes(soup):
        for token in _tokens(element):
            if token not in known:
                known[token] = tool(token, draw)
        element["class"] = " ".join(known[token] for token in _tokens(element))


def add_hashes(soup: BeautifulSoup, draw: random.Random) -> None:
    """Classes and attributes that tools for styles add to what is written, and classes for looks."""
    tool = draw.choice([_emotion, _styled, _scoped, _looks])
    known: dict[str, list[str]] = {}
    for element in _content(soup):
        here = " ".join([element.name, *_tokens(element)])
        added = known.setdefault(here, tool(draw))
        names = [name for name in added if not name.startswith("[")]
        for name in added[len(names) :]:
            element[name.strip("[]")] = ""
        element["class"] = " ".join([*_tokens(element), *names])


def draw_ids(soup: BeautifulSoup, draw: random.Random) -> None:
    """Every id is another one, and what refers to it follows."""
    make = draw.choice(
        [
            lambda old: f":r{_drawn(draw, _BASE36, 2)}:",
            lambda old: f"ember{draw.randrange(9000)}",
            lambda old: f"{old}-{_drawn(draw, _HEX, 8)}",
            lambda old: _drawn(draw, _BASE36, 10),
        ]
    )
    renamed: dict[str, str] = {}
    for element in soup.find_all(id=True):
        element["id"] = renamed.setdefault(str(element["id"]), make(str(element["id"])))
    for element in soup.find_all(True):
        for name in _REFERENCES & set(element.attrs):
            element[name] = " ".join(renamed.get(part, part) for part in _words(element[name]))
        target = str(element.get("href", ""))
        if target.startswith("#"):
            element["href"] = "#" + renamed.get(target[1:], target[1:])


def shuffle_attributes(soup: BeautifulSoup, draw: random.Random) -> None:
    """Attributes and classes stand in another order."""
    for element in soup.find_all(True):
        attributes = list(element.attrs.items())
        draw.shuffle(attributes)
        element.attrs = dict(attributes)  # type: ignore[assignment]
        tokens = _tokens(element)
        if tokens:
            draw.shuffle(tokens)
            element["class"] = " ".join(tokens)


def insert_siblings(soup: BeautifulSoup, draw: random.Random) -> None:
    """Beside one element in six stands a new one: its like, or a note."""
    for element in list(_content(soup)):
        if draw.random() > 1 / 6 or element.parent is None:
            continue
        new = _like(element) if element.parent.name in _STRICT or draw.random() < 0.5 else _note(soup, element, draw)
        (element.insert_before if draw.random() < 0.5 else element.insert_after)(new)


def translate(soup: BeautifulSoup, draw: random.Random) -> None:
    """All words are other words, longer ones, in another language."""
    if soup.html is not None:
        soup.html["lang"] = "cy"
    for text in list(soup.find_all(string=True)):
        inside = text.parent.name if text.parent else ""
        if not isinstance(text, (Comment, PreformattedString)) and inside not in ("script", "style", "template"):
            text.replace_with(NavigableString(_foreign(str(text), draw)))
    for element in soup.find_all(True):
        for name in _SPOKEN:
            if element.get(name):
                element[name] = _foreign(str(element[name]), draw)
        if element.get("value") and element.get("type") in ("submit", "button", "reset"):
            element["value"] = _foreign(str(element["value"]), draw)


def touch_addresses(soup: BeautifulSoup, draw: random.Random) -> None:
    """Links lead elsewhere and files have new stamps, as on a page that moved; its own address is the server's."""
    for element in soup.find_all("a", href=True):
        if not str(element["href"]).startswith("#"):
            element["href"] = f"/archive/{draw.randrange(9000)}/{_drawn(draw, _BASE36, 6)}?from={draw.randrange(99)}"
    for element in soup.find_all(["img", "script", "iframe"], src=True):
        element["src"] = f"{element['src']}?v={_drawn(draw, _HEX, 8)}"


def toggle_states(soup: BeautifulSoup, draw: random.Random) -> None:
    """What opens is open, what is chosen another one, as scripts and visits leave it."""
    for element in soup.find_all(True):
        for name in ("aria-expanded", "aria-selected", "aria-pressed", "aria-checked"):
            if element.get(name) in ("true", "false"):
                element[name] = draw.choice(["true", "false"])
        if element.name == "details" and draw.random() < 0.5:
            element["open"] = ""
        if element.name in ("a", "button") and draw.random() < 0.3:
            element["class"] = " ".join([*_tokens(element), draw.choice(["active", "is-current", "usa-link--open"])])


MUTATIONS: dict[str, Mutation] = {
    "wrapped in a div": wrap,
    "class hashes of another build": hash_classes,
    "classes and attributes added by tools": add_hashes,
    "other ids": draw_ids,
    "attributes in another order": shuffle_attributes,
    "siblings inserted": insert_siblings,
    "text translated": translate,
    "moved to another address": touch_addresses,
    "states toggled": toggle_states,
}


def everything(soup: BeautifulSoup, draw: random.Random) -> None:
    """All mutations at once."""
    for mutation in MUTATIONS.values():
        mutation(soup, draw)


def _content(soup: BeautifulSoup) -> Iterator[Tag]:
    """The elements of the body that a person writes and sees, without the innards of pictures."""
    for element in soup.body.find_all(True) if soup.body else ():
        if element.name not in _NOT_CONTENT[:4] and element.find_parent(_NOT_CONTENT) is None:
            yield element


def _with_classes(soup: BeautifulSoup) -> Iterator[Tag]:
    return (element for element in soup.find_all(True) if element.get("class"))


def _tokens(element: Tag) -> list[str]:
    return _words(element.get("class", ""))


def _words(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else str(value or "").split()


def _like(element: Tag) -> Tag:
    """A copy of an element with the same words, as the next item of a list is."""
    copy: Tag = BeautifulSoup(str(element), "html.parser").find(True)  # type: ignore[assignment]
    for part in [copy, *copy.find_all(True)]:
        for name in (MARK, "id"):
            part.attrs.pop(name, None)
    return copy


def _note(soup: BeautifulSoup, element: Tag, draw: random.Random) -> Tag:
    inline = element.find_parent([*_PHRASING, "p"]) is not None
    note = soup.new_tag("span" if inline else draw.choice(["p", "div"]), attrs={"class": "note"})
    note.string = f"New since {draw.randrange(1990, 2030)}"
    return note


def _foreign(text: str, draw: random.Random) -> str:
    words = (word[::-1].lower() + draw.choice(["ŵy", "àu", "io", "ogion"]) for word in text.split())
    return " ".join(words) or text


def _drawn(draw: random.Random, letters: str, length: int) -> str:
    return "".join(draw.choices(letters, k=length))


def _css_modules(token: str, draw: random.Random) -> str:
    return f"Page_{token}__{_drawn(draw, _BASE64, 5)}"


def _vite(token: str, draw: random.Random) -> str:
    return f"_{token}_{_drawn(draw, _BASE36, 5)}_{draw.randrange(1, 300)}"


def _suffix(token: str, draw: random.Random) -> str:
    return f"{token}-{_drawn(draw, _HEX, 6)}"


def _emotion(draw: random.Random) -> list[str]:
    return [f"css-{_drawn(draw, _BASE36, 6)}"]


def _styled(draw: random.Random) -> list[str]:
    return [f"sc-{_drawn(draw, string.ascii_letters, 6)}", _drawn(draw, string.ascii_letters, 6)]


def _scoped(draw: random.Random) -> list[str]:
    names = [f"svelte-{_drawn(draw, _BASE36, 6)}", f"[data-v-{_drawn(draw, _HEX, 8)}]"]
    return [*names, f"[_ngcontent-{_drawn(draw, _BASE36, 3)}-c{draw.randrange(99)}]"]


def _looks(draw: random.Random) -> list[str]:
    return draw.sample(["w-1/2", "md:flex", "hover:bg-blue-600", "-mt-[3px]", "tablet:grid-col-6", "lg:w-2/3"], 2)
