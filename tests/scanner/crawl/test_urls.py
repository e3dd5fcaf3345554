"""One spelling for each address, whatever string a page comes up with."""

from __future__ import annotations

from random import Random
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.async_api import Browser

from scanner.crawl.urls import LONGEST_URL, is_http, is_loopback, normalise, resolve, same_host, site

NASTY = st.text(st.sampled_from("ahtps:/\\?#&=.%@;[]()+ \t\n0125Fé\u202e\ud800\x00,~wSü-|'"), max_size=60)
SESSIONS = st.lists(st.sampled_from(["/", ".", "..", ";", ";jsessionid=1", "(S(a))", "%28", "a", "?sid=", "%2e"])).map(
    "".join
)
STRINGS = (
    st.text()
    | NASTY
    | SESSIONS.map("http://a.gov/".__add__)
    | st.builds(lambda rest: f"http://a.gov{rest}", NASTY)
    | NASTY.map("https://".__add__)
)
PAIRS = st.tuples(st.sampled_from(["a", "b", "B", "c"]), st.text(st.characters(codec="ascii"), max_size=4))


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("HTTP://WWW.Example.GOV", "http://www.example.gov/"),
        ("https://a.gov:443/x", "https://a.gov/x"),
        ("http://a.gov:443/x", "http://a.gov:443/x"),
        ("http://a.gov.:80/", "http://a.gov/"),
        ("http://a.gov/a/./b/../c/%2e%2e/d/", "http://a.gov/a/d/"),
        ("http://a.gov//a", "http://a.gov//a"),
        ("http://a.gov/%7euser/%e9%2f", "http://a.gov/~user/%E9%2F"),
        ("http://a.gov/100%", "http://a.gov/100%25"),
        ("http://a.gov/a b", "http://a.gov/a%20b"),
        ("http://a.gov/?q=a'b", "http://a.gov/?q=a%27b"),
        ("http://a.gov/ü?ü=ü", "http://a.gov/%C3%BC?%C3%BC=%C3%BC"),
        ("http://straße.de/", "http://xn--strae-oqa.de/"),
        ("http://a。gov/", "http://a.gov/"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
        ("http://name:password@a.gov/", "http://a.gov/"),
        (" \thttp://a.\ngov/ ", "http://a.gov/"),
        ("http://a.gov\\@evil.com/", "http://a.gov/@evil.com/"),
        ("https:///evil.com/x", "https://evil.com/x"),
        ("http://a.gov/x#part", "http://a.gov/x"),
        ("http://a.gov/x?#part", "http://a.gov/x"),
    ],
)
def test_an_address_has_one_spelling(written: str, spelled: str) -> None:
    assert normalise(written) == spelled


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("b=2&a=1&b=1", "a=1&b=2&b=1"),
        ("OpenView&Start=30&Count=10", "OpenView&Count=10&Start=30"),
        ("id=5&utm_source=x&UTM_Medium=y&gclid=1&fbclid=2&mc_cid=3&_ga=4", "id=5"),
        ("PHPSESSID=abc&JSESSIONID=1&ASPSESSIONIDCQ=2&id=5", "id=5"),
        ("sid=housing", "sid=housing"),
        ("sid=0123456789abcdef0123456789abcdef&id=5", "id=5"),
        ("utm=1&gclid_help=2&session=3", "gclid_help=2&session=3&utm=1"),
        ("gclid", "gclid"),
        ("a=&&b=%c3%a9&c=%41", "a=&b=%C3%A9&c=A"),
        ("a=1%262&b=x%3Dy", "a=1%262&b=x%3Dy"),
    ],
)
def test_parameters_that_make_a_page_are_kept_and_sorted(query: str, kept: str) -> None:
    assert normalise(f"http://a.gov/?{query}") == f"http://a.gov/?{kept}"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/a;jsessionid=12.node?x=1", "/a?x=1"),
        ("/a;JSESSIONID=12/b", "/a/b"),
        ("/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "/a.aspx"),
        ("/a;v=2", "/a;v=2"),
        ("/form-(S)/a", "/form-(S)/a"),
    ],
)
def test_sessions_in_paths_are_dropped(path: str, kept: str) -> None:
    assert normalise(f"http://a.gov{path}") == f"http://a.gov{kept}"


@pytest.mark.parametrize(
    "written",
    [
        *("", "a.gov", "/a", "//a.gov/", "javascript:alert(1)", "mailto:a@a.gov", "data:,x", "file:///etc/passwd"),
        *("ftp://a.gov/", "http://", "http://?a", "http://a b/", "http://a.gov:99999/", "http://a.gov:x/"),
        *("http://%61.gov/", "http://*.gov/", "http://-a.gov/", "http://a..gov/", "http://a\x00.gov/"),
        *("http://[::1/", "http://x[::1]/", "http://[::1]x/", "http://127.1/", "http://0x7f.1/", "http://2130706433/"),
        *("http://a.gov/\ud800", f"http://{'ü' * 70}.de/", f"http://a.gov/{'a' * LONGEST_URL}"),
        f"http://a.gov/{'é' * (LONGEST_URL // 3)}",
    ],
    ids=ascii,
)
def test_what_is_no_web_address_gives_nothing(written: str) -> None:
    assert normalise(written) is None
    assert not is_http(written)
    assert site(written) is None
    assert not same_host(written, written)


@given(STRINGS)
def test_normalising_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert once is None or normalise(once) == once


@given(STRINGS, STRINGS)
def test_no_string_raises(a: str, b: str) -> None:
    same_host(a, b)
    is_loopback(a)
    found = resolve(a, b)
    assert found is None or normalise(found) == found


@given(STRINGS.filter(lambda text: "#" not in text), NASTY)
def test_the_fragment_never_matters(text: str, fragment: str) -> None:
    spelled = normalise(text)
    marked = f"{text.rstrip()}#{fragment}" if len(text) + len(fragment) < LONGEST_URL else text
    # White space before the mark belongs to the path; without the mark it is trimmed.
    if text == text.strip("".join(map(chr, range(33)))):
        assert normalise(marked) == spelled


@given(
    st.lists(PAIRS, unique_by=lambda pair: pair[0]).flatmap(
        lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))
    )
)
def test_the_order_of_different_parameters_never_matters(orders: tuple[list[tuple[str, str]], ...]) -> None:
    one, other = (normalise(f"http://a.gov/?{urlencode(pairs)}") for pairs in orders)
    assert one == other


@given(STRINGS)
def test_a_spelled_address_is_plain_text_with_a_host(text: str) -> None:
    spelled = normalise(text)
    if spelled is not None:
        parts = urlsplit(spelled)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert parts.path.startswith("/")
        assert spelled.isascii()
        assert spelled.isprintable()
        assert not set(spelled) & set(' "<>\\#')


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("", "http://a.gov/x/y?z=1"),
        ("#top", "http://a.gov/x/y?z=1"),
        ("?q=2", "http://a.gov/x/y?q=2"),
        ("../b", "http://a.gov/b"),
        ("../../../b", "http://a.gov/b"),
        ("/b c", "http://a.gov/b%20c"),
        ("//b.gov", "http://b.gov/"),
        ("\\\\b.gov\\c", "http://b.gov/c"),
        ("///b.gov/c", "http://b.gov/c"),
        ("https://b.gov/", "https://b.gov/"),
        ("mailto:a\\b", None),
        ("javascript:void(0)", None),
        ("JaVa\nScRiPt:void(0)", None),
        ("tel:+1", None),
        ("http://[", None),
        ("x" * (LONGEST_URL + 1), None),
    ],
)
def test_a_link_is_read_as_browsers_read_it(href: str, found: str | None) -> None:
    assert resolve("http://a.gov/x/y?z=1", href) == found


PIECES = (
    *("http://", "https:", "//", "\\", "a.gov", "evil.com", "@", "/", "..", "./", "%2e%2e", ":80", "?", "#", "&", "="),
    *("x", "%41", "%2F", " ", "ü", "ß", "。", "[::1]", "127.1", "|", "'", "\t", "\n", "%", ";", "(", "0"),
)

READ_LINKS = """([links, base]) => links.map((link) => {
  try {
    const url = new URL(link, base);
    return [url.href, url.host.replace(/\\.(?=:|$)/, "")];
  } catch {
    return ["", ""];
  }
})"""


async def test_no_link_is_taken_for_another_than_the_browser_would_follow(browser: Browser) -> None:
    random = Random(1)
    links = ["".join(random.choices(PIECES, k=random.randint(1, 9))) for _ in range(10_000)]
    page = await browser.new_page()
    followed = await page.evaluate(READ_LINKS, [links, "http://base.gov/x/y?z=1"])
    await page.close()
    found = {link: resolve("http://base.gov/x/y?z=1", link) for link in links}
    read = {link: address for link, address in found.items() if address}
    assert len(read) > 5_000
    real = dict(zip(links, followed, strict=True))
    assert {link: address for link, address in read.items() if normalise(real[link][0]) != address} == {}
    # The browser's own host, so that a misreading that we repeat on the browser's spelling is seen too.
    assert {link: real[link] for link, address in read.items() if real[link][1] != urlsplit(address).netloc} == {}


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("http://a.gov/x", "https://www.a.gov:443/y", True),
        ("http://a.gov/", "http://sub.a.gov/", False),
        ("http://a.gov/", "http://a.gov.evil.com/", False),
        ("http://a.gov/", "http://a.gov:8080/", False),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", False),
        ("http://a.gov/", "http://a.gov@evil.com/", False),
        ("http://a.gov/", "http://a.gov\\@evil.com/", True),
    ],
)
def test_a_site_is_a_host_with_its_www_twin(a: str, b: str, *, same: bool) -> None:
    assert same_host(a, b) is same


def test_a_site_is_named_by_host_and_unusual_port() -> None:
    assert site("https://www.a.gov/x") == "a.gov"
    assert site("http://127.0.0.1:8001/") == "127.0.0.1:8001"


@pytest.mark.parametrize("host", ["localhost", "a.localhost:80", "127.0.0.1:8000", "127.9.9.9", "[::1]"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(f"http://{host}/")


@pytest.mark.parametrize("host", ["a.gov", "localhost.gov", "10.0.0.1", "notlocalhost", "[::2]", ""])
def test_other_hosts_are_not_loopback(host: str) -> None:
    assert not is_loopback(f"http://{host}/")
