"""Which proxy a request takes, as Chromium's own proxy rules; WebSocket connections get one that does not exist.

Chromium asks its proxy rules by scheme, and for `ws:` and `wss:` it asks the SOCKS entry before the others. With an
entry that nobody listens on, no WebSocket handshake reaches any server, whatever page, frame or worker opens it; and as
the network process decides, no script of a page can undo it. CDP's `Fetch` domain does not see WebSocket handshakes, so
this cannot be done where the other requests are refused.

Chromium bypasses proxies for loopback addresses and for listed hosts in every scheme, which would let those WebSockets
out again; so the implied bypass is taken away and each bypass is stated for `http` and `https` alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from urllib.parse import unquote, urlsplit

from rules.errors import ConfigError

_NOBODY = "socks5://127.0.0.1:1"
"""Port 1 (tcpmux) has had no listener on common systems for decades; a refused connection fails at once."""

_SCHEMES = {"http": "http", "https": "https", "socks4": "socks4", "socks5": "socks5", "socks5h": "socks5"}
"""What the address of a proxy may begin with, and Chromium's word; its SOCKS 5 leaves host names to the proxy."""

_LOOPBACK = ("localhost", "*.localhost", "127.*", "[::1]")


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """The proxy servers for `http` and `https` requests ("" = direct) and the hosts that are reached without them.

    Servers are `scheme://host:port`; credentials, where a server asks for them, are the same for both. With
    `everything` no host is reached without them, this machine's own neither.
    """

    http: str = ""
    https: str = ""
    bypass: tuple[str, ...] = ()
    username: str = ""
    password: str = ""
    everything: bool = False


def proxy_of(environ: Mapping[str, str], *, setting: str = "") -> Proxy:
    """Gives the proxy that a person configured: the setting, else `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`.

    Lower-case names win over upper-case ones, as in curl. Raises ConfigError for a server that is not an address.
    """

    def variable(name: str) -> str:
        return environ.get(name, "") or environ.get(name.upper(), "")

    both = setting or variable("all_proxy")
    servers = {
        scheme: _server(setting or variable(f"{scheme}_proxy") or both, named=f"{scheme}_proxy")
        for scheme in ("http", "https")
    }
    hosts = tuple(host.strip() for host in variable("no_proxy").split(",") if host.strip())
    username, password = next((who for _, who in servers.values() if who != ("", "")), ("", ""))
    return Proxy(http=servers["http"][0], https=servers["https"][0], bypass=hosts, username=username, password=password)


def _server(address: str, *, named: str) -> tuple[str, tuple[str, str]]:
    if not address:
        return "", ("", "")
    parts = urlsplit(address if "://" in address else f"http://{address}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    scheme = _SCHEMES.get(parts.scheme)
    if host is None or scheme is None:
        # The address may hold a password, so the message does not repeat it.
        raise ConfigError("is not the address of a proxy server", where=named, do="Write it as http://host:port.")
    host = f"[{host}]" if ":" in host else host
    server = f"{scheme}://{host}" + (f":{port}" if port else "")
    return server, (unquote(parts.username or ""), unquote(parts.password or ""))


def proxy_switches(proxy: Proxy) -> tuple[str, ...]:
    """Gives Chromium's switches for this proxy; they are always needed, as they are what refuses WebSockets."""
    servers = {"http": proxy.http or "direct://", "https": proxy.https or "direct://", "socks": _NOBODY}
    rules = ";".join(f"{scheme}={server}" for scheme, server in servers.items())
    bypass = ["<-loopback>"] if proxy.everything else _bypass(proxy.bypass)
    return f"--proxy-server={rules}", f"--proxy-bypass-list={';'.join(bypass)}"


def _bypass(hosts: Sequence[str]) -> list[str]:
    patterns = [*_LOOPBACK, *(pattern for host in hosts for pattern in _patterns(host))]
    return ["<-loopback>", *(f"{scheme}://{pattern}" for pattern in patterns for scheme in ("http", "https"))]


def _patterns(host: str) -> tuple[str, ...]:
    """Gives Chromium's patterns for one entry of NO_PROXY: a host with all below it, an address, or a range.

    Chromium takes no scheme before a range, and without one WebSockets would follow; so a range becomes a pattern of
    addresses where it ends at a dot (10.0.0.0/8), and is left out, its hosts then reached through the proxy, elsewhere.
    """
    if host == "*":
        return ("*",)
    try:
        network = ip_network(host.strip("[]"), strict=False)
    except ValueError:
        bare = host.removeprefix("*").lstrip(".")
        return (bare, f"*.{bare}")
    if network.prefixlen == network.max_prefixlen:
        return (str(network[0]) if network.version == 4 else f"[{network[0]}]",)
    if network.version == 4 and network.prefixlen in (8, 16, 24):
        return (".".join(str(network[0]).split(".")[: network.prefixlen // 8]) + ".*",)
    return ()
