"""The heads of HTTP requests as a proxy reads and rewrites them (RFC 9112); pure."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_LINE: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e]+) HTTP/1\.[01]")
_FIELD: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*")

_HOP_BY_HOP: Final = frozenset({b"connection", b"proxy-connection", b"proxy-authorization", b"keep-alive", b"upgrade"})
"""Fields that concern the connection to the proxy alone. Without `upgrade` no WebSocket opens on this way either."""


class BadHead(ValueError):
    """What came is no request that this proxy serves."""


@dataclass(frozen=True, slots=True)
class Head:
    """A request's head: `host` and `port` are where it goes, `path` what is asked for there ("" for CONNECT)."""

    method: str
    host: str
    port: int
    path: str
    fields: tuple[tuple[bytes, bytes], ...]

    @classmethod
    def parse(cls, raw: bytes) -> Head:
        """The head in these bytes, up to and with the empty line; raises BadHead."""
        first, *rest = raw.removesuffix(b"\r\n\r\n").split(b"\r\n")
        line = _LINE.fullmatch(first)
        fields = [_FIELD.fullmatch(one) for one in rest]
        if line is None or not all(fields):
            raise BadHead
        method, target = line[1].decode("ascii"), line[2].decode("ascii")
        found = tuple((match[1].lower(), match[2]) for match in fields if match)
        try:
            parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            raise BadHead from None
        if not host or (method != "CONNECT" and parts.scheme != "http"):
            raise BadHead
        _, _, after = target.partition("://")
        cut = re.search(r"[/?]", after)
        path = after[cut.start() :] if cut else "/"
        path = "" if method == "CONNECT" else path if path.startswith("/") else f"/{path}"
        return cls(method, host, port or (443 if method == "CONNECT" else 80), path, found)

    @property
    def url(self) -> str:
        """What is asked for in full, as a proxy is told."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}{'' if self.port == 80 else f':{self.port}'}{self.path}"

    def value(self, name: str) -> bytes:
        """The value of a field, b"" where there is none."""
        return next((value for key, value in self.fields if key == name.encode()), b"")

    @property
    def credentials(self) -> tuple[str, str]:
        """User and password for the proxy, empty where none are given or they cannot be read."""
        scheme, _, word = self.value("proxy-authorization").partition(b" ")
        try:
            user, _, password = base64.b64decode(word, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return (user, password) if scheme.lower() == b"basic" else ("", "")

    @property
    def body(self) -> int | None:
        """How many bytes follow the head; None where they come in chunks. Raises BadHead where that is unclear."""
        lengths = {value for key, value in self.fields if key == b"content-length"}
        chunked = self.value("transfer-encoding").lower()
        if chunked:
            if lengths or chunked != b"chunked":
                raise BadHead
            return None
        if not lengths:
            return 0
        length = lengths.pop()
        if lengths or not re.fullmatch(rb"[0-9]{1,18}", length):
            raise BadHead
        return int(length)

    def written(self, target: str, *more: tuple[bytes, bytes]) -> bytes:
        """The head as it is sent on, asking for `target`, with further fields and without those of this connection."""
        kept = [(key, value) for key, value in self.fields if key not in _HOP_BY_HOP]
        lines = [f"{self.method} {target} HTTP/1.1".encode()]
        lines += [key + b": " + value for key, value in (*kept, *more)]
        return b"\r\n".join(lines) + b"\r\n\r\n"


def basic(user: str, password: str) -> bytes:
    """The value of a field that gives a user and a password (RFC 7617)."""
    return b"Basic " + base64.b64encode(f"{user}:{password}".encode())
