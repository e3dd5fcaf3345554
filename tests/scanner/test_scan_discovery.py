"""A scan finds the pages of a service wherever they are named, stays within it, and says what it left out."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from reports.model import SiteResult
from reports.store import Store, open_store
from rules.page import PageState
from rules.registry import RuleSet, load_rules
from scanner.browser.discover import Browser as Installed
from scanner.net.addresses import Address
from scanner.net.dial import Dialler
from scanner.order import Order, begin, prepare, tool_of
from scanner.run import Listener
from scanner.settings import Reach, Settings
from scanner.sites import Target, parse_sites

PATIENCE_S = 90


class Site(ThreadingHTTPServer):
    """Pages by path, or by host and path; a page that is an address, or begins with a slash, redirects to there."""

    daemon_threads = True

    def __init__(self, pages: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.asked: Counter[str] = Counter()

    @property
    def url(self) -> str:
        """The address of its first page."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: browsers leave in the middle of answers."""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        page = self.server.pages.get(f"//{self.headers['Host']}{self.path}", self.server.pages.get(self.path))
        if page is not None and page.startswith(("/", "http")) and not self.path.endswith(".txt"):
            self.send_response(302)
            self.send_header("Location", page)
            self.end_headers()
            return
        kinds = {".txt": "text/plain", ".xml": "application/xml"}
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", kinds.get(self.path[-4:], "text/html; charset=utf-8"))
        self.end_headers()
        self.wfile.write((page or "<title>Not found</title><h1>Not found</h1>").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def serving(pages: Mapping[str, str]) -> Iterator[Site]:
    site = Site(pages)
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        yield opened


def page(name: str, body: str = "", head: str = "") -> str:
    """A page of its own: its title, heading and text say which."""
    text = f"This is the page about {name}, and what it says stands on no other page of the site."
    return f"<!doctype html><html lang=en><title>{name}</title>{head}<main><h1>{name}</h1><p>{text}</p>{body}</main>"


def links(*addresses: str) -> str:
    return "".join(f"<p><a href='{address}'>To {address}</a></p>" for address in addresses)


async def scanned(
    store: Store,
    rules: RuleSet,
    installed: Installed,
    target: Target,
    *,
    settings: Settings | None = None,
    net: Dialler | None = None,
) -> SiteResult:
    order = Order(settings or Settings(concurrency=2, page_timeout_s=10.0), (target,))
    number = begin(order, store, rules, tool=tool_of(rules, installed, "4"), started="")
    run = prepare(order, store, number, rules, browser=installed, listener=Listener())
    if net is not None:
        run.plan = replace(run.plan, tabs=replace(run.plan.tabs, dialler=net))
    async with asyncio.timeout(PATIENCE_S):
        assert await run.go()
    return store.load_scan(number).sites[0]


def paths(result: SiteResult, base: str, *states: PageState) -> set[str]:
    chosen = [page for page in result.pages if not states or page.state in states]
    return {page.url.removeprefix(base.rstrip("/")) for page in chosen}


async def test_pages_are_found_wherever_they_are_named(store: Store, rules: RuleSet, installed: Installed) -> None:
    shadow = "<div><template shadowrootmode=open><a href=/shadow>Shadow</a></template></div>"
    area = "<img src=/map.png usemap=#m alt=Map><map name=m><area href=/area shape=default alt=Area></map>"
    frame = "<iframe src=/frame title=Frame></iframe>"
    script = "<p id=s></p><script>s.innerHTML = '<a href=/script rel=nofollow>Script</a>'</script>"
    head = "<link rel=canonical href=/canonical><link rel=alternate hreflang=cy href=/cy><link rel=icon href=/icon>"
    found = ("shadow", "area", "in-frame", "script", "canonical", "cy", "hidden", "mapped", "base/x")
    pages = {
        "/": page("Home", shadow + area + frame + script + "<p hidden><a href=hidden>Hidden</a></p>", head),
        "/frame": "<base href=/base/><title>Frame</title><a href=/in-frame>In</a><a href=x>Base</a>",
        "/robots.txt": "Sitemap: /map.xml\nUser-agent: *\nDisallow: /closed",
        "/map.xml": "<urlset><url><loc>BASE/mapped</loc></url><url><loc>BASE/closed</loc></url></urlset>",
        **{f"/{name}": page(name) for name in found},
    }
    with serving(pages) as site:
        site.pages = {path: text.replace("BASE/", site.url) for path, text in pages.items()}
        result = await scanned(store, rules, installed, Target(url=site.url, name="n"))
        assert paths(result, site.url) == {"/", *(f"/{name}" for name in found)}
        assert site.asked["/robots.txt"] == site.asked["/map.xml"] == 1
        assert site.asked["/closed"] == site.asked["/icon"] == 0
    assert {page.state for page in result.pages} == {PageState.TESTED}
    assert result.notes == ()


async def test_one_page_at_several_addresses_counts_once_and_no_real_page_is_lost(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    home = page("Home", links("/index.html", "/a", "/a/", "/b", "/b/", "/form?kind=1", "/form?kind=2"))
    pages = {
        "/": home,
        "/index.html": home,
        "/a": "/a/",
        "/a/": page("A"),
        "/b": page("B"),
        "/b/": page("Below B"),
        "/form?kind=1": page("Form", links("/one.pdf")),
        "/form?kind=2": page("Form", links("/two.pdf")).replace("To /two.pdf", "To /one.pdf"),
    }
    with serving(pages) as site:
        result = await scanned(store, rules, installed, Target(url=site.url, name="n"))
        duplicates = {"/index.html"} | ({"/a/"} if site.asked["/a"] else set())
        assert paths(result, site.url, PageState.DUPLICATE) == duplicates
        assert paths(result, site.url, PageState.TESTED) == set(pages) - duplicates
    assert result.sample.looked_at == len(pages) - len(duplicates)


async def test_a_scan_that_robots_txt_empties_says_so_and_what_helps(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    pages = {"/": page("Home", links("/a")), "/a": page("A"), "/robots.txt": "User-agent: *\nDisallow: /"}
    with serving(pages) as site:
        target = Target(url=site.url, name="n")
        result = await scanned(store, rules, installed, target)
        assert (result.state, site.asked["/"]) == ("not-judged", 0)
        assert result.reason == (
            f"robots.txt of {site.url.split('/')[2]} asks robots not to visit any page that is known. "
            'If the site is your own, robots = "own-site" sets robots.txt aside.'
        )
        own = await scanned(store, rules, installed, replace(target, robots="own-site"))
    assert own.state == "judged"
    assert len(own.pages) == 2


async def test_a_home_page_that_leads_to_another_site_is_told(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    with serving({"/": page("Other", links("/a")), "/a": page("A")}) as other, serving({"/": other.url}) as site:
        result = await scanned(store, rules, installed, Target(url=site.url, name="n"))
        assert other.asked["/a"] == 0
        assert result.notes == (
            f"The home page led to {other.url}, which is another site, so its links were not followed. "
            "To look at that site, name its address instead.",
        )


async def test_what_a_line_of_the_list_includes_is_looked_at(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    pages = {"/": page("Home", links("/forms/a", "/news/b", "/forms/old/c"))}
    pages |= {path: page(path) for path in ("/forms/a", "/news/b", "/forms/old/c")}
    with serving(pages) as site:
        (target,) = parse_sites(f'{site.url} include="/forms/*" exclude="/forms/old/*"', source="sites.txt")
        result = await scanned(store, rules, installed, target)
        assert paths(result, site.url) == {"/", "/forms/a"}


@pytest.mark.parametrize(
    ("reach", "found"),
    [
        ("host", {"www.county.gov/", "www.county.gov/a", "county.gov/twin"}),
        ("domain", {"www.county.gov/", "www.county.gov/a", "county.gov/twin", "apply.county.gov/b", "a.county.gov/c"}),
    ],
)
async def test_a_service_is_its_host_or_its_whole_domain(
    store: Store, rules: RuleSet, installed: Installed, reach: Reach, found: set[str]
) -> None:
    """The browser and Curbcut meet a small internet of the test's own, in which every name is one server."""
    named = ("/a", "http://county.gov/twin", "http://apply.county.gov/b", "http://town.gov/x", "http://county.org/y")
    pages = {
        "//www.county.gov/": page("Home", links(*named)),
        "//www.county.gov/a": page("A"),
        "//county.gov/twin": page("Twin"),
        "//apply.county.gov/b": page("B", links("http://a.county.gov/c", "/closed", "http://b.town.gov/z")),
        "//apply.county.gov/robots.txt": "User-agent: *\nDisallow: /closed",
        "//apply.county.gov/closed": page("Closed"),
        "//a.county.gov/c": page("C"),
    }

    async def resolve(host: str) -> Sequence[Address]:
        return (ip_address("93.184.216.34"),)

    with serving(pages) as site:

        async def connect(address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
            return await asyncio.open_connection("127.0.0.1", site.server_port)

        target = Target(url="http://www.county.gov/", name="n", scope=reach)
        result = await scanned(store, rules, installed, target, net=Dialler(resolve=resolve, connect=connect))
        assert site.asked["/closed"] == site.asked["/x"] == site.asked["/y"] == site.asked["/z"] == 0
    assert paths(result, "", PageState.TESTED) == {f"http://{one}" for one in found}


async def test_a_preview_is_visited_in_the_place_of_the_service(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    service = "https://www.example.gov"
    pages = {
        "/pr-1/": page("Home", links("a", f"{service}/b?x=1")),
        "/pr-1/a": "/pr-1/c",
        "/pr-1/b?x=1": page("B"),
        "/pr-1/c": page("C"),
        "/pr-1/mapped": page("Mapped"),
        "/pr-1/sitemap.xml": f"<urlset><url><loc>{service}/mapped</loc></url></urlset>",
    }
    with serving(pages) as site:
        settings = Settings(concurrency=1, page_timeout_s=10.0, base_url=f"{site.url}pr-1")
        result = await scanned(store, rules, installed, Target(url=f"{service}/", name="n"), settings=settings)
    assert paths(result, service) == {"/", "/a", "/b?x=1", "/mapped"}
    assert {page.url: page.final_url for page in result.pages if page.final_url} == {f"{service}/a": f"{service}/c"}
    assert {page.state for page in result.pages} == {PageState.TESTED}
    assert result.notes == (f"Visited at {site.url}pr-1/ in the place of {service}/.",)
