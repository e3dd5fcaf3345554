"""One spelling for each address, and which addresses belong to a site.

Addresses come out of pages, so every function here takes any string at all: what cannot be an http
or https address gives None or False, never an exception. Where browsers and the standard library
read an address differently (backslashes, extra slashes), the browser's reading counts: the scope of
a crawl must be decided on the host that the browser would really go to.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

import idna
from w3lib.url import canonicalize_url

# The length that every HTTP server and client should support (RFC 9110, section 4.1).
LONGEST_URL = 8_000

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\]")
# Most addresses are spelled right already: nothing in them has a second spelling.
_PLAIN = re.compile(r"https?://([a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,})(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")
_BRACKETED = re.compile(r"(.*@)?\[[^\[\]]*\](:\d*)?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")

_TRACKING = re.compile(
    r"(utm|mtm|pk|piwik|matomo|hsa|oly|vero|ga)_\w+|_ga|_gl|_hsenc|_hsmi|__hs\w+|hsctatracking"
    r"|gclid|gclsrc|gbraid|wbraid|dclid|gad_\w+|srsltid|fbclid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id"
    r"|mc_[ce]id|mkt_tok|s_cid|wt\.mc_\w+|wickedid"
)
_SESSION = re.compile(r"jsessionid|phpsessid|sessionid|session_id|aspsessionid\w*|cfid|cftoken|zenid|oscsid")
# "sid" alone may name a service; it is a session only when its value looks like one.
_SID_VALUE = re.compile(r"[0-9a-f]{24,}", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*|(?<=/)\([SAF]\([^()/]*\)\)/", re.IGNORECASE)


def normalise(url: str) -> str | None:
    """The one spelling of an http or https address, or None where `url` is not one.

    Two spellings of the same page give the same string, so that no page is visited or counted twice:
    scheme and host in lower case (international names in their ASCII form), no default port, dot
    segments resolved, escapes spelled one way, an empty path as `/`. Fragment, user name and password
    are dropped, as are parameters that only track a visitor or a session. Parameters are sorted by
    name; those that repeat a name keep their order, and bare words (`?OpenView`) stay in front,
    because servers that route by them want them there.
    """
    if len(url) > LONGEST_URL:
        return None
    if plain := _PLAIN.fullmatch(url):
        return url if len(url) > plain.end(1) else f"{url}/"
    return _normalised(url)


def _normalised(url: str) -> str | None:
    try:
        parts = urlsplit(_as_browsers_read(url))
        if parts.scheme not in _PORTS or not parts.hostname:
            return None
        spelled = urlunsplit((parts.scheme, _host(parts), _path(parts.path), _query(parts.query), ""))
    except ValueError:
        return None
    return spelled if len(spelled) <= LONGEST_URL else None


def resolve(base: str, href: str) -> str | None:
    """The normalised address that a link `href` on the page `base` leads to, or None where it is no web page."""
    start = normalise(base)
    if start is None or len(href) > LONGEST_URL:
        return None
    parts = urlsplit(start)
    link = _as_browsers_read(href)
    scheme = _SCHEME.match(link)
    if scheme and scheme[1].lower() == parts.scheme and not link[scheme.end() :].startswith("//"):
        # "https:page" on an https page is a relative link to browsers.
        link, scheme = link[scheme.end() :], None
    origin = f"{parts.scheme}://{parts.netloc}"
    if scheme:
        return normalise(link)
    if link.startswith("//"):
        return normalise(f"{parts.scheme}:{link}")
    if link.startswith("/"):
        return normalise(origin + link)
    if link.startswith("?"):
        return normalise(origin + parts.path + link)
    if not link or link.startswith("#"):
        return start
    return normalise(f"{origin}{parts.path.rpartition('/')[0]}/{link}")


def is_http(url: str) -> bool:
    """Whether `url` is an absolute http or https address."""
    return normalise(url) is not None


def site(url: str) -> str | None:
    """The name of the site that an address belongs to: its host without `www.`, with an unusual port.

    `http://example.gov/a` and `https://www.example.gov/b` are one site, `example.gov`; two servers on
    two ports of one machine are two.
    """
    spelled = normalise(url)
    return urlsplit(spelled).netloc.removeprefix("www.") if spelled else None


def same_host(a: str, b: str) -> bool:
    """Whether two addresses belong to one site; a host and its `www.` twin do, its other subdomains do not."""
    first = site(a)
    return first is not None and first == site(b)


def is_loopback(url: str) -> bool:
    """Whether an address names this machine itself: `localhost`, `127.0.0.0/8` or `::1`."""
    spelled = normalise(url)
    host = urlsplit(spelled).hostname or "" if spelled else ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _as_browsers_read(url: str) -> str:
    """`url` with backslashes, extra slashes, white space and stray percent signs read as browsers read them."""
    text = re.sub(r"[\t\r\n]", "", url.strip("".join(map(chr, range(33)))))
    end = len(re.split(r"[?#]", text, maxsplit=1)[0])
    scheme = _SCHEME.match(text)
    if not scheme or scheme[1].lower() in _PORTS:
        address = text[:end].replace("\\", "/")
        text = re.sub(r"^(https?:)?/{3,}", r"\1//", address, flags=re.IGNORECASE) + text[end:]
    return _STRAY_PERCENT.sub("%25", text)


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removesuffix(".")
    if ":" in host:
        if not _BRACKETED.fullmatch(parts.netloc):
            raise ValueError("text around the brackets of an IPv6 address")
        host = f"[{IPv6Address(host)}]"
    elif not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    if not _HOST.fullmatch(host):
        raise ValueError("not a host name")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        # Browsers read "127.1" and "0x7f.1" as addresses too; only the usual form is believed.
        IPv4Address(host)
    usual = parts.port in (None, _PORTS[parts.scheme])
    return host if usual else f"{host}:{parts.port}"


def _path(path: str) -> str:
    # Behind a host of our own, so that nothing but the path is looked at; a last blank would be trimmed.
    path = urlsplit(canonicalize_url(f"http://host{path.replace(' ', '%20')}")).path
    # What is left may be a session or a dot segment again: "/.;jsessionid=1/".
    return _path(_SESSION_IN_PATH.sub("", path)) if _SESSION_IN_PATH.search(path) else path


def _query(query: str) -> str:
    pieces = [_spell(piece) for piece in query.split("&") if piece and not is_noise(piece)]
    bare = [piece for piece in pieces if "=" not in piece]
    pairs = [piece for piece in pieces if "=" in piece]
    return "&".join(bare + sorted(pairs, key=lambda pair: pair.partition("=")[0]))


def is_noise(piece: str) -> bool:
    """Whether a parameter of a query only tracks a visitor or a session, and is no part of an address."""
    name, equals, value = piece.partition("=")
    name = unquote(name).lower()
    if name == "sid":
        return _SID_VALUE.fullmatch(value) is not None
    return bool(equals) and (_TRACKING.fullmatch(name) or _SESSION.fullmatch(name)) is not None


def _spell(piece: str) -> str:
    """A query parameter with needless escapes undone, needed ones made, and hexadecimal digits in capitals."""

    def escape(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if _UNRESERVED.fullmatch(character) else match[0].upper()

    return quote(_ESCAPE.sub(escape, piece), safe="%/?:@!$()*,;=+~[]|")
