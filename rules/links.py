"""Links: what they are named that lead anywhere, what stands around them, and whether two lead to the same place."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from rules.element import Element
from rules.evidence.dom import TEXT
from rules.text import words
from rules.topics import told

EMPTY_PHRASES = frozenset(
    {
        *("read more", "learn more", "more", "more info", "more information", "find out more", "see more", "view more"),
        *("here", "click here", "click", "this", "link", "this link", "details", "more details", "go", "continue"),
        *("download", "edit", "delete", "remove", "change", "open"),
        *("show more", "read on", "go here", "start here", "see here", "this page", "view", "view details"),
        *("leer mas", "mas", "mas informacion", "aqui", "haga clic aqui", "ver mas", "saber mas", "enlace", "detalles"),
        *("en savoir plus", "lire la suite", "plus", "plus d'informations", "ici", "cliquez ici", "lien", "voir plus"),
        *("mehr", "mehr erfahren", "mehr lesen", "weiterlesen", "hier", "hier klicken", "weitere informationen"),
        *("leggi di piu", "di piu", "continua a leggere", "scopri di piu", "qui", "clicca qui", "dettagli", "vai"),
        *("leia mais", "ler mais", "saiba mais", "mais", "aqui", "clique aqui", "mais informacoes"),
        *("lees meer", "meer", "meer lezen", "meer informatie", "klik hier", "lees verder"),
        *("czytaj wiecej", "wiecej", "dowiedz sie wiecej", "tutaj", "kliknij tutaj"),
        *("darllen mwy", "mwy", "yma", "cliciwch yma", "rhagor", "darllen rhagor", "rhagor o wybodaeth"),
    }
)
"""What links are named that lead anywhere, as `words` gives them."""

_CONTEXT = ("p", "li", "td", "th", "dd", "dt", "blockquote", "figure", "figcaption", "caption", "label")
_POINTING = re.compile(
    r"(?:click |see |read |view |visit |open |on )?(?:this|that|these|those) "
    r"(?:article|document|file|form|forms|item|link|links|one|page|pages|pdf|post|product|report|service|site|story|"
    r"video|website)"
)
_NAMES_TOO = frozenset(
    {
        "edit",
        "delete",
        "remove",
        "change",
        "open",
        "view",
        "continue",
        "go",
        "details",
        "link",
        "this",
        "vai",
    }
)
_ASKING = frozenset({"please", "press", "select", "visit", "view", "follow", "open", "go"})
_INDEX = ("/index.html", "/index.htm", "/index.php")


def may_be_a_name(name: str) -> bool:
    """Whether a phrase that could stand on any link is a word that is also a name: of a command, a menu, a section."""
    return name.isupper() or "(" in name or " ".join(words(name)) in _NAMES_TOO


def says_where(name: str) -> bool:
    """Whether a link's name is more than words that could stand on any link."""
    phrase = " ".join(words(name))
    return phrase not in EMPTY_PHRASES and _POINTING.fullmatch(phrase) is None


def context(link: Element) -> str:
    """What the browser can give with a link: the sentence, list item or cell around it with the cell's headers.

    A block that says no more than the link itself is no context; empty where there is none.
    """
    own = len(words(link.text))
    for above in link.ancestors():
        if above.tag in ("td", "th") and (headers := _headers(above)):
            return f"{headers} {above.text}"
        if (above.tag in _CONTEXT or _has_own_text(above)) and len(words(above.text)) > own:
            return above.text
    return ""


def _has_own_text(block: Element) -> bool:
    """Whether words stand directly in an element, so that a link in it is part of a sentence."""
    nodes = (block.dom.nodes[index] for index in block.dom.below(block.index))
    return any(node.kind == TEXT and words(node.text) for node in nodes)


def _headers(cell: Element) -> str:
    """The texts of the header cells in the row and the column of a cell, as far as simple tables go."""
    row, table = cell.closest("tr"), cell.closest("table")
    if row is None or table is None:
        return ""
    cells = [one for one in row.children if one.tag in ("td", "th")]
    column = cells.index(cell) if cell in cells else 0
    found = [one.text for one in cells if one.tag == "th" and one is not cell]
    above = [one for one in table.descendants() if one.tag == "tr" and one.index < row.index]
    for heads in ([one for one in line.children if one.tag == "th"] for line in above):
        found += [heads[min(column, len(heads) - 1)].text] if heads else []
    return " ".join(found)


def place(href: str) -> str:
    """An address without what makes no difference to where it leads: letters of the host, a slash, an index file."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return href
    path = unquote(parts.path)
    for ending in _INDEX:
        path = path.removesuffix(ending)
    scheme = "https" if parts.scheme == "http" else parts.scheme
    where = f"{scheme}://{parts.netloc.lower().removeprefix('www.')}{path.rstrip('/')}"
    return where + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def helps(around: str, link: Element) -> bool:
    """Whether what stands around a link has a telling word that the link has not."""
    return bool(set(told(around)) - _ASKING - set(words(link.name)))
