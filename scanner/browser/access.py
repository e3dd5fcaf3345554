"""What lets Curbcut in at one origin: headers, cookies, a recorded session. Sent there and nowhere else, and not shown.

A person writes it in `curbcut.toml`; a value `env:NAME` is taken from the environment, so that the file holds none::

    [[access]]
    origin = "https://staging.example.gov"
    user = "scanner"
    password = "env:STAGING_PASSWORD"
    headers = { X-Preview = "env:PREVIEW_KEY" }
    cookies = { session = "env:SESSION" }
    storage-state = "session.json"
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from rules.errors import ConfigError
from scanner.crawl.urls import same_host
from scanner.net.heads import basic

_NAMES: Final = ("origin", "service", "user", "password", "headers", "cookies", "storage-state")
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"[\x20-\x7e\t]*")
_COOKIE: Final = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Access:
    """What is sent to one `origin` (scheme, host and port) while pages of `service` are looked at; values stay unseen.

    `state` is a session as Playwright records it, cut to this origin: JSON, "" for none. `password` is that of the
    basic authentication in `headers`.
    """

    origin: str
    service: str
    headers: Pairs = field(default=(), repr=False)
    cookies: Pairs = field(default=(), repr=False)
    state: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def fits(self, url: str) -> bool:
        """Whether a request goes to this origin."""
        return origin_of(url) == self.origin

    def is_for(self, service: str) -> bool:
        """Whether it is sent while pages of this service are looked at."""
        return same_host(self.service, service)

    def values(self) -> Iterator[str]:
        """Everything that is sent or stored to be let in, and must not be shown."""
        yield self.password
        for _, value in (*self.headers, *self.cookies):
            yield value
            yield value.rpartition(" ")[2]  # without the scheme: `Bearer …`
        state = json.loads(self.state) if self.state else {"cookies": (), "origins": ()}
        yield from (str(cookie["value"]) for cookie in state["cookies"])
        yield from (str(item["value"]) for origin in state["origins"] for item in origin.get("localStorage", ()))

    def cookies_to_set(self) -> list[Any]:
        """The cookies as Playwright takes them."""
        secure = self.origin.startswith("https:")
        given = [
            {"name": name, "value": value, "url": self.origin, "secure": secure, "httpOnly": True}
            for name, value in self.cookies
        ]
        return given + (json.loads(self.state)["cookies"] if self.state else [])


def origin_of(url: str) -> str:
    """Scheme, host and port of an address as browsers compare them; "" where it has none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    usual = port in (None, {"http": 80, "https": 443}[parts.scheme])
    return f"{parts.scheme}://{host}" + ("" if usual else f":{port}")


def read_access(
    tables: tuple[Mapping[str, Any], ...], *, environ: Mapping[str, str], folder: Path
) -> tuple[Access, ...]:
    """What the tables of a configuration grant; raises ConfigError, which never repeats a value."""
    return tuple(_access(table, environ, folder) for table in tables)


def _access(table: Mapping[str, Any], environ: Mapping[str, str], folder: Path) -> Access:
    where = f"access for {origin_of(str(table.get('origin'))) or 'an origin'}"
    for name in table:
        if name not in _NAMES:
            raise ConfigError(
                f'"{name}" is nothing that access has.', where=where, do=f"There are: {', '.join(_NAMES)}."
            )
    written = table.get("origin")
    origin = origin_of(written) if isinstance(written, str) else ""
    if not origin or urlsplit(str(written)).path.strip("/") or "@" in str(written):
        do = "Write scheme and host, such as https://staging.example.gov"
        raise ConfigError("access names no origin.", where="access", do=do)
    headers = _pairs(table, "headers", environ, where, name=_TOKEN, value=_VALUE)
    password = ""
    if "user" in table or "password" in table:
        user = _secret(table.get("user", ""), environ, where, "user")
        password = _secret(table.get("password", ""), environ, where, "password")
        headers = (*headers, ("Authorization", basic(user, password).decode()))
    cookies = _pairs(table, "cookies", environ, where, name=_TOKEN, value=_COOKIE)
    service = table.get("service", origin)
    if not isinstance(service, str) or not origin_of(service):
        raise ConfigError("service is not an address.", where=where)
    state = table.get("storage-state")
    recorded = _state(folder / str(state), origin) if state else ""
    return Access(origin, service, headers, cookies, recorded, password)


def _pairs(
    table: Mapping[str, Any],
    key: str,
    environ: Mapping[str, str],
    where: str,
    *,
    name: re.Pattern[str],
    value: re.Pattern[str],
) -> Pairs:
    given = table.get(key, {})
    if not isinstance(given, dict) or not all(name.fullmatch(str(one)) for one in given):
        raise ConfigError(f"{key} are no names with values.", where=where, do=f'Write {key} = {{ Name = "value" }}.')
    found = tuple((str(one), _secret(text, environ, where, f"{key}.{one}")) for one, text in given.items())
    for one, text in found:
        if not value.fullmatch(text):
            raise ConfigError(f"{key}.{one} holds characters that cannot be sent.", where=where)
    return found


def _secret(text: object, environ: Mapping[str, str], where: str, key: str) -> str:
    if not isinstance(text, str):
        raise ConfigError(f"{key} is not a text.", where=where, do="Put it in quotation marks.")
    if not text.startswith("env:"):
        return text
    name = text.removeprefix("env:")
    if name not in environ:
        raise ConfigError(f"{key} is to come from the variable {name}, which is not set.", where=where)
    return environ[name]


def _state(path: Path, origin: str) -> str:
    """A recorded session without what belongs to other origins."""
    try:
        content = json.loads(path.read_text("utf-8"))
        host = urlsplit(origin).hostname or ""
        kept = [one for one in content["cookies"] if _belongs(str(one["domain"]), host)]
        local = [one for one in content["origins"] if one["origin"] == origin]
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ConfigError(f"storage-state cannot be read ({reason}).", where=str(path)) from None
    except (ValueError, KeyError, TypeError):
        do = "Record it: playwright codegen --save-storage=session.json https://…"
        raise ConfigError("this is no recorded session.", where=str(path), do=do) from None
    return json.dumps({"cookies": kept, "origins": local})


def _belongs(domain: str, host: str) -> bool:
    bare = domain.lstrip(".")
    return host == bare or (domain.startswith(".") and host.endswith(domain))
