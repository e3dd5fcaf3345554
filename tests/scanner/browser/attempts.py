"""Pages that try to send something else than a GET, one way each, and where an open browser would send it.

HERE and THERE stand for the server's two origins, which are two sites.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counting_server import Answer

SEND: Final = "<script>fetch('{}', {{method: 'POST', body: 'x'}}).catch(() => 0)</script>"
BEACON: Final = "<script>navigator.sendBeacon('{}', 'x')</script>"


def html(body: str, *headers: tuple[str, str]) -> Answer:
    return Answer(f"<!doctype html><title>t</title><body>{body}", headers=headers)


def script(body: str) -> Answer:
    return Answer(body, "text/javascript")


@dataclass(frozen=True)
class Attempt:
    """One way to send: the pages, what arrives from an open browser, and what has to be done with the page."""

    name: str
    pages: dict[str, Answer]
    sends: frozenset[str]
    click: str = ""
    leave: bool = False
    halts: bool = False


ATTEMPTS: Final = (
    Attempt(
        "script of the page",
        {
            "/": html(
                SEND.format("/fetch-post")
                + """<script>
                for (const method of ['PUT', 'PATCH', 'DELETE']) {
                  const request = new XMLHttpRequest();
                  request.open(method, '/xhr-' + method);
                  request.send('x');
                }
                fetch('/fetch-lower', {method: 'patch'}).catch(() => 0);
                fetch('/fetch-odd', {method: 'Brew'}).catch(() => 0);
                fetch('/keepalive', {method: 'POST', keepalive: true}).catch(() => 0);
                fetch('THERE/no-cors', {method: 'POST', mode: 'no-cors', body: 'x'}).catch(() => 0);
                </script>"""
                + BEACON.format("/beacon")
            )
        },
        frozenset(
            {
                "/fetch-odd",
                "/xhr-PATCH",
                "/no-cors",
                "/keepalive",
                "/xhr-PUT",
                "/fetch-lower",
                "/beacon",
                "/xhr-DELETE",
                "/fetch-post",
            }
        ),
    ),
    Attempt(
        "question before a request to another origin",
        {
            "/": html(
                """<script>
                fetch('THERE/with-header', {method: 'POST', headers: {'x-a': '1'}}).catch(() => 0);
                fetch('THERE/delete', {method: 'DELETE'}).catch(() => 0);
                fetch('THERE/get-with-header', {headers: {'x-a': '1'}}).catch(() => 0);
                </script>"""
            )
        },
        frozenset({"/with-header", "/delete", "/get-with-header"}),
    ),
    Attempt(
        "frames",
        {
            "/": html(
                """<iframe src="/same"></iframe><iframe src="THERE/cross"></iframe>
                <iframe src="/sandboxed" sandbox="allow-scripts allow-forms"></iframe>
                <iframe srcdoc="<script>fetch('/srcdoc', {method: 'POST'}).catch(() => 0)</script>"></iframe>
                <object type="text/html" data="/object"></object>
                <script>
                const blank = document.createElement('iframe');
                document.body.append(blank);
                blank.contentWindow.fetch('/blank', {method: 'POST'}).catch(() => 0);
                </script>"""
            ),
            "/same": html(SEND.format("/same-post")),
            "/sandboxed": html(SEND.format("/sandboxed-post")),
            "/object": html(SEND.format("/object-post")),
            "/cross": html(SEND.format("/cross-post") + BEACON.format("/cross-beacon") + '<iframe src="HERE/nested">'),
            "/nested": html(SEND.format("/nested-post") + '<iframe src="/deepest">'),
            "/deepest": html(SEND.format("/deepest-post")),
        },
        frozenset(
            {
                "/same-post",
                "/sandboxed-post",
                "/object-post",
                "/cross-post",
                "/cross-beacon",
                "/nested-post",
                "/deepest-post",
                "/srcdoc",
                "/blank",
            }
        ),
    ),
    Attempt(
        "workers",
        {
            "/": html(
                """<iframe src="THERE/frame"></iframe><script>
                new Worker('/worker.js');
                const text = `fetch('${location.origin}/blob', {method: 'POST'}).catch(() => 0)`;
                new Worker(URL.createObjectURL(new Blob([text])));
                </script>"""
            ),
            "/frame": html("<script>new Worker('/frame-worker.js')</script>"),
            "/worker.js": script("fetch('/worker', {method: 'POST'}).catch(() => 0); new Worker('/inner.js')"),
            "/frame-worker.js": script("fetch('/frame-worker', {method: 'POST'}).catch(() => 0)"),
            "/inner.js": script("fetch('/inner-worker', {method: 'POST'}).catch(() => 0)"),
        },
        frozenset({"/worker", "/blob", "/frame-worker", "/inner-worker"}),
    ),
    Attempt(
        "leaving the page",
        {
            "/": html(
                """<iframe src="THERE/frame"></iframe><script>
                addEventListener('pagehide', () => {
                  navigator.sendBeacon('/bye-beacon', 'x');
                  fetch('/bye-keepalive', {method: 'POST', keepalive: true}).catch(() => 0);
                });
                addEventListener('unload', () => navigator.sendBeacon('/unload-beacon', 'x'));
                fetchLater('/later', {method: 'POST'});
                </script>"""
            ),
            "/frame": html("<script>addEventListener('pagehide', () => navigator.sendBeacon('/frame-bye'))</script>"),
        },
        frozenset({"/bye-beacon", "/bye-keepalive", "/frame-bye", "/later"}),
        leave=True,
    ),
    Attempt(
        "a frame that is taken away",
        {
            "/": html(
                """<iframe src="THERE/frame"></iframe><iframe src="/frame"></iframe><script>
                onload = () => document.querySelectorAll('iframe').forEach((frame) => frame.remove());
                </script>"""
            ),
            "/frame": html("<script>addEventListener('pagehide', () => navigator.sendBeacon('/removed'))</script>"),
        },
        frozenset({"/removed"}),
    ),
    Attempt(
        "ping of a link",
        {"/": html('<a href="#x" ping="/ping">x</a><script>document.querySelector("a").click()</script>')},
        frozenset({"/ping"}),
    ),
    Attempt(
        "forms",
        {
            "/": html(
                """<form method="post" action="/to-frame" target="box"></form><iframe name="box"></iframe>
                <form method="post" action="/to-object" target="thing"></form>
                <object name="thing" type="text/html" data="/object"></object>
                <iframe src="THERE/frame"></iframe>
                <script>onload = () => { for (const form of document.forms) form.submit() }</script>"""
            ),
            "/object": html("object"),
            "/frame": html(
                """<form method="post" action="/frame-form"></form><script>document.forms[0].submit()</script>"""
            ),
        },
        frozenset({"/to-frame", "/to-object", "/frame-form"}),
    ),
    Attempt(
        "a form that submits itself",
        {"/": html('<form method="post" action="/self"></form><script>document.forms[0].submit()</script>')},
        frozenset({"/self"}),
        halts=True,
    ),
    Attempt(
        "a form that a person would submit",
        {"/": html('<form method="post" action="/clicked"><button>Send</button></form>')},
        frozenset({"/clicked"}),
        click="button",
    ),
    Attempt(
        "report of the content security policy",
        {
            "/": html(
                "<img src=/x.png><iframe src=THERE/frame>",
                ("Content-Security-Policy-Report-Only", "img-src 'none'; report-uri /csp"),
            ),
            "/frame": html(
                "<img src=/x.png>", ("Content-Security-Policy-Report-Only", "img-src 'none'; report-uri /frame-csp")
            ),
        },
        frozenset({"/csp", "/frame-csp"}),
    ),
)

SOCKETS: Final = {
    "/": html(
        """<iframe src="THERE/frame"></iframe><script>
        new Worker('/socket.js?worker');
        for (const host of [location.host, 'THERE'.slice(7)]) {
          new WebSocket(`ws://${host}/socket`).onclose = () => fetch('/closed?' + host);
        }
        </script>"""
    ),
    "/frame": html("<script src='/socket.js?frame'></script><script>new Worker('/socket.js?frame-worker')</script>"),
    "/socket.js": script("new WebSocket(`ws://${location.host}/socket`).onclose = () => fetch('/closed?' + location)"),
}
"""A page that opens five WebSockets and asks for /closed when each is gone."""
