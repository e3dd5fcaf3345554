"""How each kind of thing that a person may have to look at is found on a page: no judgement, only what is there.

Each finder gives the things in document order, as elements, or as texts where the page names them better itself:
the address of what is embedded or offered (without its query, and without the page's own host), the tag of a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from rules.element import Element
from rules.page import Page

Found = Iterable[str | Element]

LEAST = 24.0
"""A picture that is smaller on one side, in CSS px, is a mark; nobody asks about one that has no alternative."""

LEAST_DRAWING = 100.0
LEAST_FIXED = 24.0

_ATTRIBUTES = frozenset({"role", "lang", "class", "draggable", "aria-live", "aria-expanded", "aria-haspopup"})
_NO_FIELDS = frozenset({"hidden", "submit", "button", "reset", "image"})
_TYPED = frozenset({"", "text", "email", "tel", "url", "number", "date", "month"})
_UNTOLD = frozenset({"", "on", "off"})
_WIDGETS = frozenset(
    {"combobox", "grid", "listbox", "menu", "menubar", "radiogroup", "slider", "spinbutton", "tablist", "toolbar"}
    | {"tree", "treegrid", "checkbox", "radio", "switch", "button", "link", "textbox", "searchbox"}
)
_DIALOGS = frozenset({"dialog", "alertdialog"})
_LIVE_ROLES = frozenset({"status", "alert", "log", "timer"})
_LIVE = frozenset({"polite", "assertive"})
_HOVER = frozenset({"mouseenter", "mouseover", "pointerenter", "pointerover"})
_PRESS = frozenset({"mousedown", "pointerdown", "touchstart"})
_SENSORS = frozenset({"devicemotion", "deviceorientation", "deviceorientationabsolute"})
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|epub|csv|zip)\Z", re.IGNORECASE)
_PLAYER = re.compile(
    r"(?:\A|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|brightcove\.(?:com|net)|kaltura\.com"
    r"|wistia\.(?:com|net)|soundcloud\.com|spotify\.com|twitch\.tv|panopto\.(?:com|eu)|livestream\.com)\Z"
)
_MAP_HOST = re.compile(r"(?:\A|\.)(?:maps?|openstreetmap)\.")
_MAP_PATH = re.compile(r"/maps?(?:/|\Z)", re.IGNORECASE)
_MAP_CLASSES = frozenset(
    {"leaflet-container", "mapboxgl-map", "maplibregl-map", "ol-viewport", "gm-style", "esri-view"}
)


class Look:
    """A page with what several finders ask for, read once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dom = page.dom

    @cached_property
    def _having(self) -> dict[str, list[Element]]:
        index: dict[str, list[Element]] = {}
        for element in self.dom.elements:
            for name, _ in element.node.attributes:
                if name in _ATTRIBUTES:
                    index.setdefault(name, []).append(element)
        return index

    def having(self, attribute: str, values: frozenset[str] | None = None) -> Iterator[Element]:
        """The elements with an attribute, of one of the values; hidden ones too, as script may show them."""
        for element in self._having.get(attribute, ()):
            if values is None or element.get(attribute).strip().lower() in values:
                yield element

    def shown(self, *tags: str, least: float = 1.0) -> Iterator[Element]:
        """The rendered elements with one of the tags that are at least so wide and high, in CSS px."""
        for element in self.dom.by_tag(*tags):
            box = element.box
            if box is not None and min(box[2], box[3]) >= least:
                yield element

    def address(self, address: str) -> str:
        """An address without its query and without the page's own host; empty for none of the web."""
        parts, own = _parts(address), _parts(self.page.final_url)
        if parts.scheme not in ("", "http", "https"):
            return ""
        return f"{parts.netloc if parts.netloc != own.netloc else ''}{parts.path}"

    @cached_property
    def fields(self) -> list[Element]:
        """The rendered fields in which something is typed or chosen."""
        found = self.dom.by_tag("input", "select", "textarea")
        return [field for field in found if field.rendered and _type(field) not in _NO_FIELDS]


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return urlsplit("")


def _type(field: Element) -> str:
    return field.get("type").strip().lower()


def _picture_controls(look: Look) -> Found:
    found: dict[int, Element] = {}
    for image in look.shown("img", "svg", "input"):
        if image.tag == "input":
            if _type(image) == "image":
                found[image.index] = image
        elif (control := image.closest("a", "button")) is not None:
            found[control.index] = control
    return found.values()


def _gifs(look: Look) -> Found:
    for image in look.shown("img"):
        if _parts(image.get("src")).path.lower().endswith(".gif"):
            yield look.address(image.get("src")) or image


def _media(tag: str, look: Look) -> Found:
    """Players that are hidden too, as script may show them."""
    media = look.page.media.elements if look.page.media else ()
    sources = {medium.node: medium.source for medium in media}
    for element in look.dom.by_tag(tag):
        yield look.address(sources.get(element.index, "")) or element


def _live(look: Look) -> Found:
    for medium in look.page.media.elements if look.page.media else ():
        element = look.dom.at(medium.node)
        if medium.duration_s == float("inf") and element is not None:
            yield look.address(medium.source) or element


def _players(look: Look) -> Found:
    for frame in look.dom.by_tag("iframe"):
        if _PLAYER.search(_parts(frame.get("src")).hostname or ""):
            yield look.address(frame.get("src")) or frame


def _maps(look: Look) -> Found:
    for frame in look.dom.by_tag("iframe"):
        parts = _parts(frame.get("src"))
        if _MAP_HOST.search(parts.hostname or "") or _MAP_PATH.search(parts.path):
            yield look.address(frame.get("src")) or frame
    yield from (one for one in look.having("class") if not _MAP_CLASSES.isdisjoint(one.get("class").split()))


def _frames(look: Look) -> Found:
    return (look.address(frame.get("src")) or frame for frame in look.shown("iframe"))


def _files(look: Look) -> Found:
    links = dict.fromkeys(look.address(link.href) for link in look.dom.by_role("link") if link.has("href"))
    return (address for address in links if _FILE.search(address))


def _purposeless(look: Look) -> Found:
    for field in look.fields:
        if field.tag == "input" and _type(field) in _TYPED and field.get("autocomplete").strip().lower() in _UNTOLD:
            yield field


def _forms(look: Look) -> Found:
    around = {form.index: form for field in look.fields if (form := field.closest("form")) is not None}
    return around.values()


def _dialogs(look: Look) -> Found:
    yield from look.dom.by_tag("dialog")
    yield from (one for one in look.having("role", _DIALOGS) if one.tag != "dialog")


def _openers(look: Look) -> Found:
    found = [*look.having("aria-expanded"), *look.having("aria-haspopup"), *look.dom.by_tag("summary")]
    once = {element.index: element for element in found if element.rendered}
    return (once[index] for index in sorted(once))


def _announcements(look: Look) -> Found:
    found = [*look.having("aria-live", _LIVE), *look.having("role", _LIVE_ROLES), *look.dom.by_tag("output")]
    once = {element.index: element for element in found}
    return (once[index] for index in sorted(once))


def _listening(events: frozenset[str], look: Look) -> Found:
    for listener in look.page.listeners.elements if look.page.listeners else ():
        element = look.dom.at(listener.node)
        if element is not None and not events.isdisjoint(listener.events):
            yield element


def _fixed(look: Look) -> Found:
    snapshot = look.dom.snapshot
    column = snapshot.style_names.index("position") if "position" in snapshot.style_names else None
    fixed = {at for at, row in enumerate(snapshot.styles) if column is not None and row[column] in ("fixed", "sticky")}
    for element in look.dom.elements if fixed else ():
        box = element.box
        if element.node.style in fixed and box and min(box[2], box[3]) >= LEAST_FIXED and element.visible:
            yield element


def _moving(look: Look) -> Found:
    found = (look.dom.at(one.node) for one in look.page.motion.moving) if look.page.motion else ()
    return (element for element in found if element is not None)


def _drags(look: Look) -> Found:
    yield from look.having("draggable", frozenset({"true"}))
    yield from (one for one in look.having("role", frozenset({"slider"})) if one.rendered)


def _languages(look: Look) -> Found:
    own = _primary(look.dom.root) if look.dom.root is not None else ""
    for element in look.having("lang"):
        if element.tag != "html" and _primary(element) not in ("", own):
            yield element.get("lang").strip()


def _primary(element: Element) -> str:
    return element.get("lang").strip().lower().partition("-")[0]


HOLDINGS: Mapping[str, Callable[[Look], Found]] = MappingProxyType(
    {
        "announcements": _announcements,
        "audio": partial(_media, "audio"),
        "buttons": lambda look: look.dom.by_role("button"),
        "dialogs": _dialogs,
        "drags": _drags,
        "drawings": lambda look: look.shown("canvas", "svg", least=LEAST_DRAWING),
        "fields": lambda look: look.fields,
        "files": _files,
        "fixed": _fixed,
        "forms": _forms,
        "frames": _frames,
        "gifs": _gifs,
        "headings": lambda look: look.dom.by_role("heading"),
        "hover": partial(_listening, _HOVER),
        "ignored-pictures": lambda look: (one for one in look.shown("img", least=LEAST) if not one.name),
        "languages": _languages,
        "links": lambda look: look.dom.by_role("link"),
        "live": _live,
        "maps": _maps,
        "moving": _moving,
        "openers": _openers,
        "passwords": lambda look: (field for field in look.fields if _type(field) == "password"),
        "picture-controls": _picture_controls,
        "pictures": lambda look: (one for one in look.dom.by_role("image") if one.name and one.rendered),
        "players": _players,
        "presses": partial(_listening, _PRESS),
        "purposeless": _purposeless,
        "refreshes": lambda look: (
            one for one in look.dom.by_tag("meta") if one.get("http-equiv").strip().lower() == "refresh"
        ),
        "sensors": lambda look: sorted(_SENSORS & set(look.page.listeners.window)) if look.page.listeners else (),
        "shortcuts": lambda look: look.page.shortcuts.characters if look.page.shortcuts else (),
        "tables": lambda look: look.dom.by_role("table", "grid"),
        "videos": partial(_media, "video"),
        "widgets": lambda look: (one for one in look.having("role", _WIDGETS) if one.rendered),
    }
)
"""The finders by the ids of the kinds."""
