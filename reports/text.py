"""Text from pages made fit to be shown: hidden characters visible, length bounded, addresses checked.

Pages are hostile input. Escaping keeps their text from becoming markup; this keeps it from lying: a
right-to-left override turns "exe.pdf" around, an invisible space makes two words one, and a terminal
obeys control characters. Every document and the terminal go through here.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from reports.jsontext import clean

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for tab and line feed
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # direction and invisible; joiners stay: words need them
    "\u2028\u2029\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # separators, annotations, what is not a character
    "\U000e0000-\U000e0fff]"  # tags
)
_UNFIT_FOR_ADDRESS = re.compile(r"""[\s<>"'`{}|\\^\x00-\x20\x7f-\x9f]""")
_LONGEST_ADDRESS = 1000
_LANGUAGES = (  # ISO 639-1: no two letters side by side but a code's own
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)


def visible(text: str) -> str:
    """`text` with every control, direction and invisible character written as ⟨U+202E⟩; tabs and lines stay.

    Halves of surrogate pairs become what they become in results.json, so that a report made from the
    file is the one made from the scan.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", clean(text).replace("\r\n", "\n"))


def cut(text: str, longest: int) -> str:
    """`text` with at most `longest` characters, the last one an ellipsis where something is left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def one_line(text: str, longest: int = 160) -> str:
    """`text` as one visible line of about `longest` characters: what a heading or a terminal can take."""
    return visible(cut(" ".join(text[: 4 * longest].split()), longest))


def short_address(url: str, longest: int = 80) -> str:
    """An address without its scheme, its middle left out where it is long, so that host and end stay."""
    plain = re.sub(r"^https?://", "", url, flags=re.IGNORECASE)
    plain = plain if len(plain) <= longest else f"{plain[: longest - 25]}…{plain[-24:]}"
    return visible(plain.replace("\n", " ").replace("\t", " "))


def web_address(url: str) -> str:
    """`url` where it is safe to link: http or https with a host, nothing hidden in it; "" otherwise."""
    if len(url) > _LONGEST_ADDRESS or _UNFIT_FOR_ADDRESS.search(url) or visible(url) != url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


def language_tag(tag: str) -> str:
    """`tag` where it is a well-formed BCP 47 tag of a registered language, "" otherwise."""
    known = tag[:2].lower() in _LANGUAGES and re.fullmatch(r"[A-Za-z]{2}(-[A-Za-z0-9]{2,8}){0,3}", tag)
    return tag if known else ""


def file_name(text: str) -> str:
    """A name for a file: letters, digits and hyphens, never two for different texts that are told apart."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) and len(text) <= 60:
        return text
    digest = hashlib.sha256(clean(text).encode()).hexdigest()[:12]
    stem = re.sub(r"[^a-z0-9]+", "-", text.lower()[:40]).strip("-")
    return f"{stem}-{digest}".strip("-")
