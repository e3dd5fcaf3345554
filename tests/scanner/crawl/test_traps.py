"""What never ends is cut, and what is merely large is crawled whole."""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Callable, Sequence
from itertools import count
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.crawl.shape import Shape, is_token
from scanner.crawl.traps import Cut, TrapWatch
from scanner.crawl.urls import normalise

HOST = "http://a.gov"
CASES = [UUID(int=random.Random(number).getrandbits(128)) for number in range(500)]
Links = Callable[[str], Sequence[str]]


def same(_path: str) -> str:
    """What a page shows, where that does not matter."""
    return ""


def crawl(links: Links, *, shows: Callable[[str], str] = same, most: int = 20_000) -> tuple[list[str], Counter[str]]:
    """The paths that a crawl of a site visits, and how many distinct addresses were cut by kind."""
    watch = TrapWatch()
    known = {f"{HOST}/"}
    waiting = deque(known)
    visited: list[str] = []
    cuts: dict[str, str] = {}
    while waiting:
        page = waiting.popleft()
        visited.append(page.removeprefix(HOST))
        assert len(visited) <= most, "the crawl does not end"
        spelled = [normalise(f"{HOST}{link}") or "" for link in links(visited[-1])]
        fresh = [url for url in dict.fromkeys(spelled) if url not in known]
        cut = watch.expand(page, fresh, content=shows(visited[-1]))
        cuts |= {found.url: found.kind for found in cut}
        new = [url for url in fresh if url not in {found.url for found in cut}]
        known.update(new)
        waiting.extend(new)
    return visited, Counter(kind for url, kind in cuts.items() if url not in known)


def number_in(path: str, name: str) -> int:
    return int(dict(parse_qsl(urlsplit(path).query)).get(name, 1))


def calendar(path: str) -> list[str]:
    if not path.startswith("/calendar"):
        return ["/calendar/2026/11", "/about"]
    year, month, *day = (int(part) for part in path.split("/")[2:])
    days = [] if day else [f"/calendar/{year}/{month:02}/{number:02}" for number in range(1, 29)]
    later, earlier = (divmod(year * 12 + month - 1 + step, 12) for step in (1, -1))
    return [*days, *(f"/calendar/{y}/{m + 1:02}" for y, m in (later, earlier)), "/about"]


def calendar_of_parameters(path: str) -> list[str]:
    year, month = number_in(path, "year"), number_in(path, "month")
    return [f"/events?month={month % 12 + 1}&year={year}", f"/events?month={month}&year={year + 1}"]


def filters(path: str) -> list[str]:
    if not path.startswith("/list"):
        return ["/list"]
    chosen = dict(parse_qsl(urlsplit(path).query))
    further = ({**chosen, name: str(value)} for name in "abcdef" for value in range(8))
    return [*(f"/list?{urlencode(query)}" for query in further), *(f"/item/{number}" for number in range(40))]


def facets(path: str) -> list[str]:
    """Filters as some content systems number them."""
    if not path.startswith("/list"):
        return ["/list"]
    chosen = [value for _, value in parse_qsl(urlsplit(path).query)]
    further = ([*chosen, f"{name}:{value}"] for name in "abcd" for value in range(6) if f"{name}:{value}" not in chosen)
    return ["/list?" + urlencode({f"f[{place}]": value for place, value in enumerate(all_)}) for all_ in further]


def sessions() -> Links:
    """Every page gives its links a new id."""
    fresh = count()

    def links(_path: str) -> list[str]:
        token = f"{next(fresh):08x}abcdef0123456789"
        return [f"/s/{token}/{page}" for page in ("about", "contact", "forms", "a", "b", "c", "d")]

    return links


def counter(path: str) -> list[str]:
    return [f"/show?n={number_in(path, 'n') + 1}"]


def inside_itself(path: str) -> list[str]:
    return [f"{path.rstrip('/')}/news/", f"{path.rstrip('/')}/a/b"]


@pytest.mark.parametrize(
    ("links", "kind", "most"),
    [
        (calendar, "calendar", 150),
        (calendar_of_parameters, "calendar", 150),
        (filters, "filters", 300),
        (facets, "filters", 300),
        (counter, "counter", 70),
        (inside_itself, "loop", 60),
    ],
)
def test_a_trap_is_cut(links: Links, kind: str, most: int) -> None:
    visited, cuts = crawl(links, most=most)
    assert set(cuts) == {kind}
    assert len(visited) > 1


def test_pages_under_ever_new_ids_are_looked_at_once_each() -> None:
    visited, cuts = crawl(sessions(), shows=lambda path: path.rpartition("/")[2], most=60)
    assert {path.rpartition("/")[2] for path in visited} == {"", "about", "contact", "forms", "a", "b", "c", "d"}
    assert set(cuts) == {"session"}


def test_addresses_that_all_show_the_same_are_cut() -> None:
    def links(path: str) -> list[str]:
        number = number_in(path, "x")
        return [f"/show?x={number * 7 + step}" for step in range(1, 8)]

    visited, cuts = crawl(links, shows=lambda _path: "nothing here", most=400)
    assert cuts["copies"]
    assert len(visited) < 400


def list_of_pages(pages: int, *, per_page: int = 10, known: bool = False) -> Links:
    """A list of articles; with `known` the home page names all articles already."""

    def links(path: str) -> list[str]:
        articles = [f"/news/article-{number}" for number in range(pages * per_page)]
        if path == "/":
            return ["/news", *(articles if known else ())]
        if "article" in path:
            return ["/news", "/"]
        here = number_in(path, "page")
        return [
            *articles[(here - 1) * per_page : here * per_page],
            *(f"/news?page={other}" for other in (here + 1, here - 1) if 1 < other <= pages),
        ]

    return links


def numbered_articles(path: str) -> list[str]:
    """Articles by number that name each other: 5,000 of them, found in any order."""
    if path == "/":
        return [f"/node/{number}" for number in range(1, 11)]
    drawn = random.Random(path)
    return [f"/node/{drawn.randrange(5_000)}" for _ in range(5)] + ["/"]


def one_script(path: str) -> list[str]:
    """A site that is one script, articles by id and each with related ones."""
    if path == "/":
        return [f"/index.php?id={number}&option=content&view=category" for number in range(10)]
    drawn = random.Random(path)
    return [f"/index.php?id={drawn.randrange(2_000)}&option=content&view=article" for _ in range(8)]


def cases(path: str) -> list[str]:
    """A list of cases by random ids, each with pages of its own."""
    if path == "/":
        return [f"/case/{own}" for own in CASES]
    own = path.split("/")[2]
    related = random.Random(path).sample(CASES, 3)
    return [f"/case/{own}/documents", *(f"/case/{other}/documents" for other in related)]


def archive(path: str) -> list[str]:
    """News by month over 25 years, each month with an article."""
    months = [f"/news/{year}/{month:02}" for year in range(2000, 2025) for month in range(1, 13)]
    if path == "/":
        return months[-1:]
    if path not in months:
        return []
    return [f"{path}/{5000 + months.index(path)}.html", *months[max(0, months.index(path) - 1) : months.index(path)]]


@pytest.mark.parametrize(
    ("links", "pages"),
    [
        (list_of_pages(30), 2 + 29 + 300),
        (list_of_pages(30, known=True), 2 + 29 + 300),
        (list_of_pages(500), 2 + 499 + 5_000),
        (numbered_articles, 4_950),
        (one_script, 1_990),
        (archive, 601),
    ],
)
def test_what_is_merely_large_is_crawled_whole(links: Links, pages: int) -> None:
    visited, cuts = crawl(links, shows=lambda path: path)
    assert cuts == Counter()
    assert len(visited) >= pages


def test_pages_of_cases_that_differ_are_no_session() -> None:
    visited, _ = crawl(cases, shows=lambda path: path)
    assert len(visited) == 1 + 2 * len(CASES)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([calendar, filters, facets, counter, sessions()]), st.integers(0, 40))
def test_a_crawl_that_goes_on_decides_as_one_that_never_stopped(links: Links, stop: int) -> None:
    whole, resumed = TrapWatch(), TrapWatch()
    known = {f"{HOST}/"}
    waiting = deque(known)
    for step in range(60):
        if not waiting:
            break
        page = waiting.popleft()
        path = page.removeprefix(HOST)
        spelled = [normalise(f"{HOST}{link}") or "" for link in links(path)]
        fresh = [url for url in dict.fromkeys(spelled) if url not in known]
        cuts = whole.expand(page, fresh, content=path[-3:])
        new = [url for url in fresh if url not in {cut.url for cut in cuts}]
        if step < stop:
            resumed.replay(page, new, content=path[-3:])
        else:
            assert resumed.expand(page, fresh, content=path[-3:]) == cuts
        known.update(new)
        waiting.extend(new)


@given(st.text(st.sampled_from("/?=&a1-_.%2026#é[]"), max_size=60))
def test_any_address_has_a_shape(text: str) -> None:
    url = normalise(f"{HOST}/{text}")
    if url is not None:
        shape = Shape.of(url)
        assert shape.pattern.startswith("/")
        assert isinstance(shape.is_dated or shape.repeats or shape.varies, bool)
        assert TrapWatch().expand(f"{HOST}/", [url]) == ((Cut(url, "loop", shape.pattern),) if shape.repeats else ())


@pytest.mark.parametrize(
    ("address", "dated"),
    [
        ("/calendar/2026/11", True),
        ("/calendar/2026-11-03", True),
        ("/events/20261103", True),
        ("/events?month=11&year=2026", True),
        ("/events?date=2026-11-03", True),
        ("/events?day=2026-11-03T10:00", True),
        ("/news/2026/11/budget", False),
        ("/news/2026/11/12345", False),
        ("/node/2026", True),
        ("/node/12345", False),
        ("/list?page=2026", False),
        ("/search?start=10", False),
        ("/article?id=5", False),
    ],
)
def test_addresses_that_only_name_a_date(address: str, dated: bool) -> None:
    assert Shape.of(f"{HOST}{address}").is_dated == dated


@pytest.mark.parametrize(
    ("segment", "token"),
    [
        ("550e8400-e29b-41d4-a716-446655440000", True),
        ("0123456789abcdef0123", True),
        ("lit3py55t21z5v55vlm25s55", True),
        ("apply-for-a-2026-grant-1-2-3", False),
        ("12345678901234567890", False),
        ("how-to-apply-for-universal-credit", False),
        ("about", False),
    ],
)
def test_random_ids_are_told_from_words_and_numbers(segment: str, token: bool) -> None:
    assert is_token(segment) == token
