"""A service that does to its visitors what services do by accident and on purpose; `CHAOS` says how each page must end.

Every path is one misdeed. Nothing here is random, so a scan of it ends the same way every time; where two ends are
equally right (a page may be too slow or too large first, depending on the machine) both are named.
"""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import quote, unquote

HEAD = "<!doctype html><html lang=en><title>Chaos</title><main><h1>Page</h1><p>Fares and tickets of the island ferry."
FORMULA = '=HYPERLINK("http://evil.example/","pay")'
RIGHT_TO_LEFT = "\u202egnp.exe\u202c"
SCRIPT = "<script>document.title='owned'</script>"
HOSTILE = f"{FORMULA} {SCRIPT} {RIGHT_TO_LEFT} \u0007\u001b[31m \ud83d"
LINKS = 10_000
PATIENCE_S = 20.0

TESTED, TIMEOUT, CRASHED, UNREACHABLE = "tested", "timeout", "crashed", "unreachable"


class Misdeed(NamedTuple):
    """How a page must end, and what the server does: a page's markup, or a function that writes the answer."""

    ends: tuple[str, ...]
    does: str | Callable[[ChaosHandler], None]


def page(body: str = "", *, script: str = "") -> str:
    """Markup of a page with something to find: a picture without a text alternative."""
    return f"{HEAD}<img src=/x.svg width=50 height=50>{body}" + (f"<script>{script}</script>" if script else "")


class ChaosHandler(BaseHTTPRequestHandler):
    """One connection."""

    server: ChaosSite

    def do_GET(self) -> None:
        """Do the misdeed of the path."""
        self.server.asked[self.path] += 1
        path = unquote(self.path.partition("?")[0])
        misdeed = CHAOS.get(path)
        with suppress(OSError):
            if misdeed is None:
                self.fallback(path)
            elif callable(misdeed.does):
                misdeed.does(self)
            else:
                self.answer(misdeed.does)

    def do_POST(self) -> None:
        """Never asked for by a scan; counted so that a test can say so."""
        self.server.posted.append(self.path)
        self.answer("{}", {"Content-Type": "application/json"})

    def fallback(self, path: str) -> None:
        """What stands beside the misdeeds."""
        if path == "/x.svg":
            self.answer("<svg xmlns='http://www.w3.org/2000/svg'/>", {"Content-Type": "image/svg+xml"})
        elif path.startswith("/calendar/"):
            month = int("0" + path.removeprefix("/calendar/").strip("/"))
            self.answer(page(f"<a href=/calendar/{month + 1}>Next</a> <a href=/calendar/{month + 2}>After next</a>"))
        elif path.startswith("/n/") or path in ("/good", "/landed", "/popup"):
            self.answer(page("<p>A good page."))
        elif path == "/frames":
            level = int(self.path.partition("?")[2] or 0)
            frames = "".join(f"<iframe src='/frames?{level * 2 + n}'></iframe>" for n in (1, 2))
            self.answer(f"{HEAD}{frames}")
        else:
            self.answer(f"{HEAD}<h1>Not here", status=404)

    def answer(self, body: str | bytes, headers: dict[str, str] | None = None, status: int = 200) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"))

    def pieces(self, piece: bytes, every_s: float) -> None:
        """Send a page that does not end, a piece at a time."""
        self.answer(HEAD)
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and not self.server.closing.wait(every_s):
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: output is the caller's own."""


def silent(handler: ChaosHandler) -> None:
    handler.server.closing.wait(PATIENCE_S)


def reset(handler: ChaosHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def garbage(handler: ChaosHandler) -> None:
    handler.wfile.write(b"\x00\x01\x02 this is no HTTP\r\n\r\n" * 100)


def cut_short(handler: ChaosHandler) -> None:
    handler.answer(page(), {"Content-Length": "100000"})


def hanging_style(handler: ChaosHandler) -> None:
    handler.answer(page("<link rel=stylesheet href=/silent.css>"))


@cache
def bomb() -> bytes:
    """300 MB of text that travel as 300 kB."""
    return gzip.compress(HEAD.encode() + b"a" * 300_000_000, 1)


def by_agent(handler: ChaosHandler) -> None:
    if "Curbcut" in handler.headers.get("User-Agent", ""):
        handler.answer(f"{HEAD}<p>No programs here.", status=403)
    else:
        handler.answer(page())


def sso(handler: ChaosHandler) -> None:
    to = f"http://localhost:{handler.server.server_port}/oauth2/authorize?client_id=1"
    handler.answer("", {"Location": to}, status=302)


def redirect_to(path: str) -> Callable[[ChaosHandler], None]:
    return lambda handler: handler.answer("", {"Location": path}, status=302)


def sent_as(mime: str, body: str | bytes, **more: str) -> Callable[[ChaosHandler], None]:
    headers = {"Content-Type": mime} | {name.replace("_", "-"): value for name, value in more.items()}
    return lambda handler: handler.answer(body, headers)


def one(end: str, does: str | Callable[[ChaosHandler], None]) -> Misdeed:
    return Misdeed((end,), does)


GROW = "document.querySelector('ul').innerHTML = '<li>'.repeat(250000)"
SPIN_LATER = "addEventListener('load', () => setTimeout(() => { while (true) {} }, 50))"
LEAVE = "addEventListener('load', () => setTimeout(() => { location = '/landed' }, 400))"
STAY = "addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 1; })"
PUSH = "let n = 0; setInterval(() => { try { history.pushState(0, '', '?' + n++) } catch {} }, 5)"
HALVES = "document.title = 'half \\ud83d'; document.querySelector('h1').id = '\\ud83d'"
ASK = "fetch('/graphql', {method: 'POST', body: '{}'}).catch(() => 0)"
LONG = f"<p title='{'x' * 2_000_000}'>Two megabytes.<img alt='{'y' * 2_000_000}' src=/x.svg>"
HOARD = """
const hoard = [];
addEventListener("load", () => setInterval(() => { hoard.push(new Uint8Array(1e8).fill(1)); }, 20));
"""
DEEP = "let at = document.body; for (let n = 0; n < 20000; n++) at = at.appendChild(document.createElement('div'));"

CHAOS: dict[str, Misdeed] = {
    # Time
    "/drip": one(TIMEOUT, lambda handler: handler.pieces(b".", 0.2)),
    "/endless": one(TIMEOUT, lambda handler: handler.pieces(b"<p>more and more" * 400, 0.01)),
    "/silent": one(TIMEOUT, silent),
    "/silent.css": one(TIMEOUT, silent),
    "/hanging-style": one(TIMEOUT, hanging_style),
    # Network
    "/reset": one(UNREACHABLE, reset),
    "/garbage": one(UNREACHABLE, garbage),
    "/cut-short": one(UNREACHABLE, cut_short),
    "/long-headers": one(UNREACHABLE, sent_as("text/html", HEAD, X_Long="x" * 400_000)),
    "/no-content": one(UNREACHABLE, lambda handler: handler.answer("", status=204)),
    "/redirect-loop": one(UNREACHABLE, redirect_to("/redirect-loop")),
    "/storm": one("blocked", lambda handler: handler.answer(HEAD, {"Retry-After": "1"}, status=429)),
    "/error": one("error-page", lambda handler: handler.answer(HEAD, status=500)),
    # Types and encodings
    "/as-picture": one("not-html", sent_as("image/png", page())),
    "/as-json": one("not-html", sent_as("application/json", '{"a": 1}')),
    "/download": one("not-html", sent_as("application/octet-stream", b"x", Content_Disposition="attachment")),
    "/no-type": one(TESTED, sent_as("", page())),
    "/wrong-charset": one(TESTED, sent_as("text/html; charset=latin-1", page("<p>Größe, façade, 日本"))),
    "/no-charset": one(TESTED, sent_as("text/html; charset=no-such-thing", page("<p>Größe"))),
    "/no-gzip": one(UNREACHABLE, sent_as("text/html", page(), Content_Encoding="gzip")),
    "/gzip-bomb": Misdeed(
        (TIMEOUT, CRASHED),
        lambda handler: handler.answer(bomb(), {"Content-Encoding": "gzip", "Content-Length": str(len(bomb()))}),
    ),
    # Size
    "/huge-dom": Misdeed((TIMEOUT, CRASHED), page("<ul></ul>", script=GROW)),
    "/deep-dom": Misdeed((TESTED, CRASHED, TIMEOUT), page(script=DEEP)),
    "/20-megabytes": Misdeed((TESTED, TIMEOUT), lambda handler: handler.answer(page("<p>" + "word " * 4_000_000))),
    "/attribute": one(TESTED, page(LONG)),
    "/links": Misdeed((TESTED, TIMEOUT), page("".join(f"<a href=/n/{n}>Page {n}</a> " for n in range(LINKS)))),
    "/frame-bomb": Misdeed((TESTED, TIMEOUT), page("<iframe src='/frames?1'></iframe>")),
    "/memory": Misdeed((CRASHED, TIMEOUT), page(script=HOARD)),
    # Script
    "/spin": one(TIMEOUT, page(script="while (true) {}")),
    "/spin-later": one(TIMEOUT, page(script=SPIN_LATER)),
    "/spin-worker": one(TESTED, page(script="new Worker(URL.createObjectURL(new Blob(['for (;;) {}'])))")),
    "/alerts": Misdeed((TIMEOUT, TESTED), page(script="for (;;) alert(1)")),
    "/dialogs": one(TESTED, page(script="alert(1); confirm(2); prompt(3); setInterval(() => print(), 100)")),
    "/stays": one(TESTED, page(script=STAY)),
    "/popups": one(TESTED, page(script="setInterval(() => open('/popup'), 50)")),
    "/leaves": one(TESTED, page(script=LEAVE)),
    "/refreshes": Misdeed((TESTED, TIMEOUT, CRASHED), page("<meta http-equiv=refresh content='0;url=/refreshes'>")),
    "/pushes": one(TESTED, page(script=PUSH)),
    "/changes": one(TESTED, page("<p id=p>", script="setInterval(() => { p.textContent = Math.random() }, 10)")),
    "/chatter": one(TESTED, page(script="setInterval(() => console.log('x'.repeat(20000)), 20)")),
    "/sandboxed": one(TESTED, sent_as("text/html", page(), Content_Security_Policy="sandbox; default-src 'none'")),
    # Words
    f"/{SCRIPT}": one(TESTED, page("<p>A hostile address.")),
    f"/{FORMULA}": one(TESTED, page("<p>A hostile address.")),
    f"/{RIGHT_TO_LEFT}": one(TESTED, page("<p>A hostile address.")),
    "/new\r\nSet-Cookie: line": one(TESTED, page("<p>A hostile address.")),
    "/title": one(
        TESTED,
        page(f"<a href='javascript:{quote(HOSTILE, errors='replace')}'><img src=/x.svg></a>"
             f"<input placeholder='{FORMULA}'><button aria-label=''></button>")
        .replace("<title>Chaos", f"<title>{HOSTILE.replace('<', '&lt;')}"),
    ),
    "/surrogates": one(TESTED, page(script=HALVES)),
    # What is no page
    "/by-agent": one("blocked", by_agent),
    "/graph": one("incomplete-data", page("<p>Loading", script=ASK)),
    "/sso": one("login", sso),
    "/gone": one("soft-404", "<!doctype html><html lang=en><title>Page not found</title><main><h1>Page not found</h1>"),
    "/empty": one("incomplete-data", ""),
    "/put-off": one("blocked", lambda handler: handler.answer(HEAD, {"Retry-After": "0"}, status=503)),
}  # fmt: skip
"""Every path with its end. `/oauth2/authorize` is where `/sso` leads."""

CHAOS["/oauth2/authorize"] = one(
    "login",
    "<!doctype html><html lang=en><title>Sign in</title><h1>Sign in</h1><form method=post>"
    "<label>User <input name=user></label><label>Password <input type=password></label><button>Go</button></form>",
)


def in_turn() -> list[str]:
    """All paths, those at which no answer comes set apart: a host that is silent too often in a row is left alone."""
    silent_ones = [path for path, misdeed in CHAOS.items() if misdeed.does is silent or misdeed.ends == (UNREACHABLE,)]
    order = [path for path in CHAOS if path not in silent_ones]
    step = len(order) // len(silent_ones)
    for number, path in enumerate(silent_ones):
        order.insert((number + 1) * step, path)
    return order


class ChaosSite(ThreadingHTTPServer):
    """The service; `closing` ends what would go on for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ChaosHandler)
        self.closing = threading.Event()
        self.asked: Counter[str] = Counter()
        self.posted: list[str] = []

    @property
    def base(self) -> str:
        """Its address without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"

    def address(self, path: str) -> str:
        """The address of a path as a link would have it."""
        return self.base + quote(path, safe="/")

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: browsers leave in the middle of answers."""


@contextmanager
def serving() -> Iterator[ChaosSite]:
    """The service while the block lasts."""
    bomb()
    site = ChaosSite()
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield site
    finally:
        site.closing.set()
        site.shutdown()
        site.server_close()
