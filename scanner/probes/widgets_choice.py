"""Which controls of a page are operated: those that promise to open or switch something, one of each kind.

Controls whose name says that they end, send or buy something are left alone, and links that lead elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urldefrag

from rules.element import Element
from rules.page import Page
from scanner.crawl.no_go import no_go

MOST = 12
MOST_UNKNOWN = 4
"""Controls of which nothing says what they do; the budget goes to those that promise something first."""

Promise = Literal["opens", "tab", "acts", "unknown"]
"""`opens`: says that it shows something. `tab`: of a list of tabs. `acts`: no button of HTML, and answers to the mouse.
`unknown`: a button of which only its script knows what it does."""

_NO_GO = re.compile(
    r"\b(?:delete|remove|erase|discard|clear|reset|log ?(?:out|off)|sign ?(?:out|off|up)|unsubscribe|subscribe|pay|buy"
    r"|purchase|order|checkout|donate|submit|send|save|apply|confirm|accept|agree|reject|decline|upload|download|print"
    r"|share|call|vote|publish|post|add to|cancel my|exit|leave"
    r"|eliminar|borrar|quitar|cerrar sesi[oó]n|salir|pagar|comprar|enviar|guardar|confirmar|aceptar|rechazar|imprimir"
    r"|descargar|suscribir\w*"
    r"|supprimer|effacer|retirer|d[eé]connexion|se d[eé]connecter|payer|acheter|envoyer|soumettre|enregistrer|confirmer"
    r"|valider|accepter|refuser|imprimer|t[eé]l[eé]charger|(?:d[eé]s|s')?abonner"
    r"|l(?:ö|oe)schen|entfernen|abmelden|ausloggen|bezahlen|kaufen|bestellen|absenden|senden|abschicken|speichern"
    r"|best(?:ä|ae)tigen|akzeptieren|zustimmen|ablehnen|drucken|herunterladen|hochladen|abonnieren)\b",
    re.IGNORECASE,
)
_ROLES = frozenset({"button", "link", "tab", "menuitem", "switch", ""})
_LEFT_ALONE = frozenset(
    {"input", "select", "textarea", "option", "label", "html", "body", "main", "form", "dialog", "iframe", "video"}
    | {"audio", "area", "object", "embed", "fieldset", "table"}
)
_OPENS = ("aria-expanded", "aria-haspopup", "aria-controls", "popovertarget", "commandfor")
_NUMBERS = re.compile(r"\d+")


class Choice(NamedTuple):
    """A control to operate, and what it promises."""

    element: Element
    promise: Promise


def chosen(page: Page) -> list[Choice]:
    """The controls to operate: what opens something first, then the others, in the order of the page."""
    listening = {one.node for one in page.listeners.elements if "click" in one.events} if page.listeners else set()
    found = list(_one_of_each_kind(_candidates(page, listening)))
    ranks = ("opens", "tab", "acts", "unknown")
    unknown = [one for one in found if one.promise == "unknown"][MOST_UNKNOWN:]
    kept = sorted((one for one in found if one not in unknown), key=lambda one: ranks.index(one.promise))
    return kept[:MOST]


def may_be_pressed(element: Element) -> bool:
    """Whether nothing about a control warns of pressing it."""
    said = " ".join((element.name, element.get("title"), element.get("id"), element.get("value"), element.get("name")))
    if _NO_GO.search(said.replace("-", " ").replace("_", " ")):
        return False
    if element.tag == "a" and element.has("href"):
        return _stays(element) and not no_go(element.href)
    return not _sends(element)


def _candidates(page: Page, listening: set[int]) -> Iterator[Choice]:
    for element in page.dom.elements:
        if element.tag in _LEFT_ALONE or not element.exposed or not element.in_tab_order or element.frame:
            continue
        if _written_role(element) not in _ROLES or element.get("aria-disabled") == "true":
            continue
        promise = _promise(element, listening)
        if promise and may_be_pressed(element):
            yield Choice(element, promise)


def _promise(element: Element, listening: set[int]) -> Promise | None:
    if _written_role(element) == "tab":
        return "tab"
    if element.tag == "summary" or any(element.has(name) for name in _OPENS):
        return "opens"
    listens = element.index in listening or element.has("onclick")
    if not _is_native(element):
        acts = listens or _written_role(element) in ("button", "link", "menuitem", "switch")
        return "acts" if acts and not any(below.in_tab_order for below in element.descendants()) else None
    if element.tag == "a" and element.get("role") == "button":
        return "acts"
    return "unknown" if listens and element.tag == "button" else None


def _is_native(element: Element) -> bool:
    return element.tag in ("button", "summary") or (element.tag == "a" and element.has("href"))


def _written_role(element: Element) -> str:
    written = element.get("role").lower().split()
    return written[0] if written else ""


def _stays(element: Element) -> bool:
    """Whether a link leads to a place in this very page, or to none."""
    href = element.get("href").strip().lower()
    if href.startswith("javascript:") or href in ("", "#"):
        return True
    here = urldefrag(element.dom.snapshot.frames[element.node.frame].url).url
    return "#" in href and urldefrag(element.href).url == here


def _sends(element: Element) -> bool:
    """Whether a button sends or empties a form."""
    if element.tag != "button" or element.has("popovertarget"):
        return False
    in_form = element.closest("form") is not None or element.has("form")
    return in_form and element.get("type", "submit").strip().lower() != "button"


def _one_of_each_kind(found: Iterator[Choice]) -> Iterator[Choice]:
    kinds: set[tuple[object, ...]] = set()
    for choice in found:
        kind = (choice.promise, *_shape(choice.element), *_shape(choice.element.parent))
        if kind not in kinds:
            kinds.add(kind)
            yield choice


def _shape(element: Element | None) -> tuple[object, ...]:
    """What elements of the same kind have in common: tag, role, classes, and which attributes they have."""
    if element is None:
        return ()
    classes = tuple(sorted(_NUMBERS.sub("", element.get("class")).split()))
    names = tuple(name for name in sorted(element.attributes) if name.startswith(("aria-", "data-", "on")))
    return element.tag, element.get("role"), classes, names
