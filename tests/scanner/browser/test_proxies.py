"""The proxy that a person configured is used for pages and for nothing that a WebSocket could slip through."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from attempts import html
from counting_server import CountingServer
from playwright.async_api import async_playwright
from running import PATHS, until

from rules.errors import ConfigError
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.proxies import Proxy, proxy_of, proxy_switches


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, Proxy()),
        ({"HTTP_PROXY": "http://proxy:3128"}, Proxy(http="http://proxy:3128")),
        ({"https_proxy": "proxy:3128"}, Proxy(https="http://proxy:3128")),
        (
            {"ALL_PROXY": "socks5h://[::1]:1080"},
            Proxy(http="socks5://[::1]:1080", https="socks5://[::1]:1080"),
        ),
        (
            {"HTTP_PROXY": "http://upper:1", "http_proxy": "http://lower:2", "ALL_PROXY": "http://all:3"},
            Proxy(http="http://lower:2", https="http://all:3"),
        ),
        (
            {"HTTPS_PROXY": "https://me:p%40ss@proxy:8443", "NO_PROXY": " .example.gov, 10.0.0.1,,"},
            Proxy(https="https://proxy:8443", bypass=(".example.gov", "10.0.0.1"), username="me", password="p@ss"),
        ),
    ],
)
def test_environment_gives_the_proxy(environ: dict[str, str], expected: Proxy) -> None:
    assert proxy_of(environ) == expected


def test_setting_wins_over_the_environment() -> None:
    assert proxy_of({"HTTP_PROXY": "http://environment:1"}, setting="http://setting:2") == Proxy(
        http="http://setting:2", https="http://setting:2"
    )


@pytest.mark.parametrize("address", ["ftp://proxy:21", "http://", "http://me:secret@proxy:port"])
def test_address_that_is_none_is_named_without_its_password(address: str) -> None:
    with pytest.raises(ConfigError) as caught:
        proxy_of({"HTTPS_PROXY": address})
    assert "https_proxy" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "patterns"),
    [
        ("example.gov", {"example.gov", "*.example.gov"}),
        (".example.gov", {"example.gov", "*.example.gov"}),
        ("*.example.gov", {"example.gov", "*.example.gov"}),
        ("example.gov:8080", {"example.gov:8080", "*.example.gov:8080"}),
        ("10.1.2.3", {"10.1.2.3"}),
        ("10.0.0.0/8", {"10.*"}),
        ("192.168.7.0/24", {"192.168.7.*"}),
        ("172.16.0.0/12", set()),
        ("fd00::1", {"[fd00::1]"}),
        ("fd00::/8", set()),
        ("*", {"*"}),
    ],
)
def test_no_proxy_entry_is_bypassed_for_pages_alone(host: str, patterns: set[str]) -> None:
    plain = bypass_list(Proxy())
    added = bypass_list(Proxy(bypass=(host,))) - plain
    assert added == {f"{scheme}://{pattern}" for pattern in patterns for scheme in ("http", "https")}
    assert plain - {"<-loopback>"}
    assert all(rule.startswith(("http://", "https://")) for rule in plain - {"<-loopback>"})


def bypass_list(proxy: Proxy) -> set[str]:
    return set(proxy_switches(proxy)[1].partition("=")[2].split(";"))


class Forwarder(ThreadingHTTPServer):
    """A proxy that answers itself for every host and may ask for a password."""

    daemon_threads = True

    def __init__(self, password: str = "") -> None:
        super().__init__(("127.0.0.1", 0), ForwarderHandler)
        self.expected = "Basic " + base64.b64encode(f"me:{password}".encode()).decode() if password else ""
        self.seen: list[tuple[str, str]] = []


class ForwarderHandler(BaseHTTPRequestHandler):
    server: Forwarder

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""

    def do_GET(self) -> None:
        if self.server.expected and self.headers.get("Proxy-Authorization") != self.server.expected:
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="test"')
            self.end_headers()
            return
        self.server.seen.append((self.command, self.path))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    do_CONNECT = do_GET


PAGE = """<title>from the proxy</title><script>
new WebSocket('ws://service.invalid/socket').onclose = () => fetch('/closed');
</script>"""


@pytest.fixture
def forwarder(request: pytest.FixtureRequest) -> Iterator[Forwarder]:
    server = Forwarder(getattr(request, "param", ""))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("forwarder", ["", "p@ss"], ids=["open", "asks for a password"], indirect=True)
async def test_pages_go_through_the_proxy_and_sockets_do_not(kind: str, forwarder: Forwarder) -> None:
    address = f"http://me:p%40ss@127.0.0.1:{forwarder.server_port}"
    proxy = proxy_of({"HTTP_PROXY": address, "HTTPS_PROXY": address})
    async with async_playwright() as playwright:
        browser = await launch(playwright, PATHS[kind], kind, proxy=proxy)  # type: ignore[arg-type]
        async with Guards.on(browser, proxy=proxy) as guards:
            page = await browser.new_page()
            await guards.watch(page, await page.context.new_cdp_session(page))
            await page.goto("http://service.invalid/")
            assert await page.title() == "from the proxy"
            await until(lambda: ("GET", "http://service.invalid/closed") in forwarder.seen, lambda: forwarder.seen)
        await browser.close()
    assert not [path for _, path in forwarder.seen if "socket" in path or path == "service.invalid:80"]


@pytest.mark.parametrize("forwarder", ["p@ss"], indirect=True)
async def test_wrong_password_ends_in_an_error_and_not_in_a_loop(forwarder: Forwarder) -> None:
    proxy = proxy_of({"HTTP_PROXY": f"http://me:wrong@127.0.0.1:{forwarder.server_port}"})
    kind = next((kind for kind, path in PATHS.items() if path.exists()), None)
    if kind is None:
        pytest.skip("no browser")
    async with async_playwright() as playwright:
        browser = await launch(playwright, PATHS[kind], kind, proxy=proxy)  # type: ignore[arg-type]
        async with Guards.on(browser, proxy=proxy) as guards:
            page = await browser.new_page()
            await guards.watch(page, await page.context.new_cdp_session(page))
            answer = await page.goto("http://service.invalid/")
            assert answer is not None
            assert answer.status == 407
        await browser.close()
    assert forwarder.seen == []


async def test_loopback_is_reached_without_the_proxy_and_its_sockets_are_refused(kind: str) -> None:
    page_of = html("<script>new WebSocket(`ws://${location.host}/s`).onclose = () => fetch('/closed')</script>")
    nowhere = "http://127.0.0.1:1"
    async with async_playwright() as playwright:
        browser = await launch(playwright, PATHS[kind], kind, proxy=Proxy(http=nowhere, https=nowhere))  # type: ignore[arg-type]
        with CountingServer({"/": page_of}) as server:
            for origin in (server.here, server.there):
                page = await browser.new_page()
                await page.goto(origin)
                await until(lambda: "/closed" in server.paths(), server.paths)
                assert server.unsafe() == []
                server.arrived.clear()
        await browser.close()
