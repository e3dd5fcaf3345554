"""Patterns by which a person says what belongs to a crawl: globs over the path, or over the whole address.

- `/forms/*` is compared with the path, from its first slash to its end. `*` stands for any characters, slashes
  included, also for none; every other character stands for itself, and capitals matter.
- What follows a `?` names parameters that the address must have, in any order and beside any others:
  `/search` is the search page whatever is searched for, `/search?page=*` only one with a `page`.
- `https://news.example.gov/*` is compared with scheme and host as well, `*://news.example.gov/*` with both schemes.

Nothing else is understood, and what cannot match any page is refused: a pattern that silently matches
nothing would make a scan of nothing look like a good one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from rules.errors import ConfigError
from scanner.config import shown
from scanner.crawl.no_go import is_file, no_go
from scanner.crawl.urls import is_noise, normalise

_ANY = "zq0zq"  # stands for a star where an address must be spelled right
# Brackets are usual in queries (`f[0]=topic`), and there only a range of characters gives an expression away.
_REGULAR_EXPRESSION = re.compile(r"\\|^\^|\$$|/\.\*|^[^?]*\[[^\]]*\]|\[\w-\w[^\]]*\]|\([^)]*\|[^)]*\)|\{\d+(,\d*)?\}")
_STANDS_FOR_MANY = re.compile(
    r"(?:\\[dwsDWS]|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}|\.)[*+?]|\\[dws]|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}"
)


@dataclass(frozen=True, slots=True)
class Glob:
    """One pattern: `text` as a person wrote it, `parts` what lies between the stars of its right spelling.

    `whole` is true where scheme and host count; `query` has the parts of each parameter that is asked for.
    """

    text: str
    parts: tuple[str, ...]
    whole: bool
    query: tuple[tuple[str, ...], ...]

    @classmethod
    def parse(cls, text: str, *, where: str = "") -> Glob:
        """The pattern that a person wrote; raises ConfigError with a near example."""
        near = _near(text)
        if near != text or not text:
            do = f'Write "{near}": * stands for any characters, everything else for itself.'
            raise ConfigError(f"{shown(text)} is not a pattern of addresses.", where=where, do=do)
        whole = not text.startswith("/")
        path, _, query = text.partition("?")
        spelled = _spelled(path, whole=whole)
        if not spelled:
            raise _never(text, "it is not an address", where)
        pieces = [piece for piece in query.split("&") if piece]
        if lost := next(filter(is_noise, pieces), ""):
            raise _never(text, f"{lost} only tracks a visitor or a session and is no part of an address", where)
        return cls(text, tuple(spelled.split("*")), whole, tuple(tuple(piece.split("*")) for piece in pieces))

    def matches(self, url: str) -> bool:
        """Whether a normalised address fits."""
        address = urlsplit(url)
        text = f"{address.scheme}://{address.netloc}{address.path}" if self.whole else address.path
        if not _fits(self.parts, text):
            return False
        given = [piece for piece in address.query.split("&") if piece] if self.query else []
        return all(any(_fits(asked, piece) for piece in given) for asked in self.query)

    def left_out(self) -> str:
        """Why no page that fits is ever visited; empty where some may be."""
        path = "*".join(self.parts).partition("://")[2] if self.whole else "*".join(self.parts)
        name = path.rpartition("/")[2]
        if is_file(f"http://host/{name}") and not name.endswith("*"):
            return "files are no pages"
        whole_words = (segment for segment in path.split("/")[1:] if "*" not in segment)
        words = next(filter(None, (no_go(f"http://host/{segment}") for segment in whole_words)), "")
        return f"links to {words} are never followed" if words else ""

    def host_fits(self, netloc: str) -> bool:
        """Whether the pattern may match on a host (with its port, where that is unusual)."""
        if not self.whole:
            return True
        return _fits(tuple(self._host().split("*")), netloc)

    def host_below(self, domain: str) -> bool:
        """Whether the pattern may match on some host of a registrable domain."""
        if not self.whole or self.host_fits(domain):
            return True
        host = self._host()
        tail = host.rpartition("*")[2]
        return host.endswith(f".{domain}") or ("*" in host and f".{domain}".endswith(tail))

    def _host(self) -> str:
        return "*".join(self.parts).partition("://")[2].partition("/")[0]


def _fits(parts: tuple[str, ...], text: str) -> bool:
    """Whether `text` consists of the parts in their order with anything between them; in linear time."""
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return text == first
    at, end = len(first), len(text) - len(last)
    if at > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for part in parts[1:-1]:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def _near(text: str) -> str:
    """The pattern that was probably meant; `text` itself where it is one."""
    near = "".join(filter(str.isprintable, text)).strip().partition("#")[0].replace(" ", "%20")
    if _REGULAR_EXPRESSION.search(near):
        near = _STANDS_FOR_MANY.sub("*", near.removeprefix("^").removesuffix("$"))
        near = near.replace(".*", "*").replace("\\", "")
    scheme, slashes, rest = near.partition("://")
    if slashes:
        host, slash, _ = rest.partition("/")
        scheme = scheme if scheme in ("http", "https", "*") else "https"
        return f"{scheme}://{rest}" if slash else f"{scheme}://{host or '*'}/*"
    if near.startswith("/"):
        return near
    host, _, path = near.partition("/")
    is_host = re.fullmatch(r"(\*\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?", host) and not is_file(f"http://host/{host}")
    return f"https://{host}/{path or '*'}" if is_host else f"/{near}" if near else "/forms/*"


def _spelled(path: str, *, whole: bool) -> str | None:
    """The pattern, without its query, as normalised addresses are spelled; None where no address is like it."""
    scheme, _, rest = path.partition("://") if whole else ("http", "", f"host{path}")
    address = normalise(f"{scheme.replace('*', 'https')}://{rest.replace('*', _ANY)}")
    if address is None or address.count(_ANY) != rest.count("*"):
        return None
    address = address.replace(_ANY, "*")
    if scheme == "*":
        return f"*{address.removeprefix('https')}"
    return address if whole else address.removeprefix("http://host")


def _never(text: str, why: str, where: str) -> ConfigError:
    return ConfigError(f"the pattern {shown(text)} can never match: {why}.", where=where)
