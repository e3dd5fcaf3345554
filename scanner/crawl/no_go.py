"""Addresses that a crawl leaves alone: those whose name says that a visit would change something, and files.

A GET should never change anything, and yet links that log out or delete are common. Nothing but the
name warns of them, so names decide here, by whole words and on the cautious side of likely:

- words that end a session or a subscription (`logout`, `sign-off`, `unsubscribe` …) count anywhere
  in a part of the path and in the name or value of a parameter;
- words that change data (`delete`, `remove`, `add-to-basket` …) count only where they read as a
  command: at the start of a part of at most two words (`/delete`, `/deleteItem.aspx`, `?do=remove`), or as a
  folder of a basket (`/basket/add/12`).
  Guidance such as `/how-to-delete-cookies` or `/remove-a-director-from-a-company` is read as any page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

# English first, then Spanish, French and Welsh, the other languages of the services that ship in sites.txt.
_ENDS = re.compile(
    r"(?:^|-)(?:log-?(?:out|off)|sign-?(?:out|off)|unsubscribe|end-session"
    r"|cancel-?subscription|cerrar-?sesion|cancelar-?suscripcion|desuscribir(?:se)?"
    r"|deconnexion|deconnecter|desabonner|desinscription|allgofnodi|dad-?danysgrifio)(?:-|$)"
)
_CHANGES = re.compile(
    r"(?:delete|remove|destroy|erase|eliminar|supprimer|dileu"
    r"|(?:add-?to|empty|clear|remove-?from)-?(?:my-?)?(?:basket|cart|bag|trolley|wish-?list|favou?rites)"
    r"|add-?(?:basket|cart)|(?:anadir|agregar)-al-carrito|ajouter-au-panier|ychwanegu-(?:at|i)-y?r?-?fasged"
    r")(?:-[a-z0-9]+)?"
)
_BASKET = re.compile(r"(?:shopping-?)?(?:basket|cart|bag|trolley)/(?:add|remove|delete|empty|clear|update)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_EXTENSION = re.compile(r"\.(?:html?|php\d?|aspx?|jspx?|do|action|cgi|cfm)$", re.IGNORECASE)

_FILE = re.compile(
    r"\.(?:pdf|docx?|dotx?|odt|rtf|xls[xm]?|ods|csv|tsv|pptx?|odp|pub|epub|mobi|e?ps"
    r"|jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|heic|psd"
    r"|mp[34]|m4[av]|wav|og[gav]|flac|aac|mov|avi|wmv|webm|mkv|vtt|srt"
    r"|zip|t?gz|bz2|xz|7z|rar|tar|iso|dmg|exe|msi|apk|deb|rpm|jar|bin"
    r"|css|m?js|map|(?:geo)?json(?:ld)?|xml|rss|atom|xsd|xsl|wsdl|ya?ml|txt|log|md|ics|vcf|km[lz]|gpx|shp"
    r"|woff2?|[ot]tf|eot|wasm|swf)",
    re.IGNORECASE,
)


def no_go(url: str) -> str:
    """The words for which a link must not be followed, such as `log-out`; empty where nothing warns of it."""
    before = ""
    for part in _parts(url):
        words = _words(part)
        in_basket = _BASKET.fullmatch(f"{before}/{words}")
        if in_basket:
            return in_basket[0].replace("/", "-")
        before = words
        ends = _ENDS.search(words)
        if ends or _CHANGES.fullmatch(words):
            return ends[0].strip("-") if ends else words
    return ""


def is_file(url: str) -> bool:
    """Whether an address ends like a file that is no web page: a document, picture, archive or feed."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return False
    return _FILE.fullmatch(path, path.rfind(".")) is not None if "." in path else False


def _parts(url: str) -> Iterator[str]:
    try:
        address = urlsplit(url)
    except ValueError:
        return
    for segment in address.path.split("/"):
        yield _EXTENSION.sub("", segment)
    for piece in address.query.split("&"):
        name, _, value = piece.partition("=")
        yield name
        yield value


@lru_cache(maxsize=4096)
def _words(part: str) -> str:
    """`part` as lower-case words without accents, joined by hyphens: `deleteItem` and `Delete%20item` are one."""
    apart = unicodedata.normalize("NFKD", _CAMEL.sub("-", unquote(part[:200])))
    plain = "".join(character for character in apart.lower() if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
