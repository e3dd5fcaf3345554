"""The queue visits what one visitor would, in the same order, whoever visits and whenever it is killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from one_visitor import in_order, sampled

from reports import schema
from reports.model import PageResult, SiteResult, Tool
from reports.store import Store, open_store
from rules.digest import PageDigest
from scanner.crawl.pattern import pattern
from scanner.crawl.queue import Census, LateResult, QueueItem, QueueState, SiteQueue

HOME = "https://a.example/"
NODES = 14
graphs = st.lists(st.lists(st.integers(0, NODES - 1), max_size=6), min_size=NODES, max_size=NODES)
seeds = st.lists(st.integers(0, NODES - 1), min_size=1, max_size=3)
limits, windows = st.integers(0, NODES), st.integers(1, 5)
chances = st.randoms(use_true_random=False)
quiet = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def path(node: int) -> str:
    """The home page, a few pages beside it, and three folders."""
    if node % 5 == 0:
        return f"/page-{chr(97 + node)}" if node else "/"
    return ("/news/{}", "/guides/{}", "/forms/apply/{}")[node % 3].format(node)


def pair(node: int, *, spelling: str = "") -> tuple[str, str]:
    """An address as the crawl gives it: its key, and the address as found."""
    return f"https://a.example{path(node)}", f"https://a.example{path(node)}{spelling}"


NODE = {pair(node)[1]: node for node in range(100)}


def node_of(url: str) -> int:
    return NODE[url.partition("#")[0]]


def a_queue(store: Store, scan: int, *, limit: int = 0, site: int = 0, seed: int = 1, window: int = 4) -> SiteQueue:
    return SiteQueue(store, scan=scan, site=site, max_pages=limit, seed=seed, home=HOME, window=window)


def expected(graph: list[list[int]], first: list[int], limit: int, window: int) -> tuple[list[int], set[int], int]:
    """What one visitor looks at, in the order in which it became known; what of it is drawn; and how much is known."""
    if not limit:
        found = in_order(graph, first)
        return found, set(), len(found)
    picks, known = sampled(graph, first, limit=limit, window=window, seed=1, path=path)
    return sorted((node for node, _ in picks), key=known.index), {node for node, drawn in picks if drawn}, len(known)


def new_scan(store: Store) -> int:
    return store.create_scan(started="", tool=Tool("1"), rules=(), sites=[(SiteResult("u", "n"), {})] * 2)


def commit(queue: SiteQueue, item: QueueItem, graph: list[list[int]]) -> None:
    links = [pair(node, spelling=f"#{item.ordinal}.{place}") for place, node in enumerate(graph[node_of(item.url)])]
    queue.commit_page(item, PageResult(item.url), digest=PageDigest(item.url), links=links)


def visited(store: Store, scan: int) -> list[int]:
    return [node_of(page.url) for page in store.load_scan(scan).sites[0].pages]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("queue") / "curbcut.db"


@pytest.fixture(scope="module")
def store(file):
    with open_store(file) as opened:
        yield opened


@pytest.fixture
def queue(store):
    return a_queue(store, new_scan(store))


def run_to_the_end(queue: SiteQueue, graph: list[list[int]], tabs: int, chance: random.Random) -> int:
    """Visit pages until there are none, so many at a time, ending in any order; the most that were under way."""
    running: list[QueueItem] = []
    most = 0
    while True:
        while len(running) < tabs and (item := queue.take()) is not None:
            running.append(item)
        if not running:
            return most
        most = max(most, len(running))
        assert not queue.is_finished()
        commit(queue, running.pop(chance.randrange(len(running))), graph)


@quiet
@given(graphs, seeds, limits, windows, st.integers(1, 6), chances)
def test_any_order_of_completion_gives_the_queue_of_a_single_visitor(store, graph, first, limit, window, tabs, chance):
    scan = new_scan(store)
    queue = a_queue(store, scan, limit=limit, window=window)
    queue.add_seeds(map(pair, first))
    most = run_to_the_end(queue, graph, tabs, chance)
    assert most <= (min(tabs, window) if limit else tabs)
    looked_at, drawn, known = expected(graph, first, limit, window)
    pages = store.load_scan(scan).sites[0].pages
    assert [node_of(page.url) for page in pages] == looked_at
    assert {node_of(page.url) for page in pages if page.random} == drawn
    assert queue.is_finished()
    assert queue.state() == QueueState(0, 0, len(looked_at), known)


@quiet
@given(graphs, seeds, st.integers(1, NODES), windows, chances)
def test_the_order_of_links_on_a_page_changes_nothing_about_the_sample(store, graph, first, limit, window, chance):
    found = []
    for links in (graph, [chance.sample(links, len(links)) for links in graph]):
        scan = new_scan(store)
        queue = a_queue(store, scan, limit=limit, window=window)
        queue.add_seeds(map(pair, first))
        run_to_the_end(queue, links, 3, chance)
        pages = store.load_scan(scan).sites[0].pages
        found.append({(node_of(page.url), page.random) for page in pages})
    assert found[0] == found[1]


@quiet
@given(graphs, seeds, st.integers(0, 1), windows)
def test_nothing_is_forgotten_without_a_limit_or_below_it(store, graph, first, limited, window):
    reachable = set(in_order(graph, first))
    scan = new_scan(store)
    queue = a_queue(store, scan, limit=limited * NODES, window=window)
    queue.add_seeds(map(pair, first))
    run_to_the_end(queue, graph, 3, random.Random(0))
    looked_at = visited(store, scan)
    assert (set(looked_at), len(looked_at)) == (reachable, len(reachable))


class Killed(Exception):
    """What a process feels when it is killed: nothing that comes after this happens."""


def kill_at(store: Store, statement: int) -> None:
    """Ends the process's work just before it sends its n-th statement to the database."""
    left = iter(range(statement, -1, -1))

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def countdown(*_: object) -> None:
        if next(left, 0) == 0:
            raise Killed


@quiet
@given(graphs, seeds, limits, st.integers(1, 4), st.lists(st.integers(0, 90), max_size=4), chances)
def test_killed_at_any_statement_and_started_again_it_misses_and_repeats_nothing(
    file, graph, first, limit, tabs, kills, chance
):
    with open_store(file) as store:
        scan = new_scan(store)
    visits: list[int] = []

    def run(store: Store) -> None:
        queue = a_queue(store, scan, limit=limit)
        queue.reset_running()
        queue.add_seeds(map(pair, first))
        running: list[QueueItem] = []
        while True:
            while len(running) < tabs and (item := queue.take()) is not None:
                running.append(item)
            if not running:
                break
            commit(queue, item := running.pop(chance.randrange(len(running))), graph)
            visits.append(item.ordinal)
        assert queue.is_finished()

    for statement in kills:
        with open_store(file) as store, suppress(Killed):
            kill_at(store, statement)
            run(store)
    with open_store(file) as store:
        run(store)
        assert visited(store, scan) == expected(graph, first, limit, 4)[0]
        assert len(visits) == len(set(visits))


def test_links_wait_for_the_pages_before_theirs(queue):
    queue.add_seeds([pair(1), pair(2)])
    first, second = queue.take(), queue.take()
    assert (first.ordinal, second.ordinal, queue.take()) == (0, 1, None)
    queue.commit_page(second, PageResult(second.url), links=[pair(20), pair(21)])
    assert queue.take() is None
    assert queue.state() == QueueState(0, 1, 1, 2)
    queue.commit_page(first, PageResult(first.url), links=[pair(10), pair(20), pair(10)])
    third = queue.take()
    assert (third.ordinal, third.url, third.depth, third.found_on) == (2, pair(10)[1], 1, first.url)
    assert queue.state() == QueueState(2, 1, 2, 5)


def test_a_sample_waits_for_half_of_the_pages_before_and_all_but_a_window(store):
    queue = a_queue(store, new_scan(store), limit=20, window=3)
    queue.add_seeds(map(pair, range(20)))
    home = queue.take()
    assert queue.take() is None
    queue.commit_page(home, PageResult(home.url))
    first, second = queue.take(), queue.take()
    assert queue.take() is None
    queue.commit_page(second, PageResult(second.url))
    assert queue.take() is None
    queue.commit_page(first, PageResult(first.url))
    under_way = [queue.take() for _ in range(4)]
    assert under_way[3] is None
    assert None not in under_way[:3]
    queue.give_back(under_way[1])
    assert queue.take() == under_way[1]


def test_where_nothing_is_left_to_pick_all_links_come_in_at_once(store):
    found = []
    for earlier, later in ((3, 4), (4, 3)):
        queue = a_queue(store, new_scan(store), limit=9, window=9)
        queue.add_seeds([pair(0)])
        queue.commit_page(home := queue.take(), PageResult(home.url), links=map(pair, (5, 10, 15, 20)))
        items = [home, queue.take(), queue.take()]
        queue.commit_page(items[1], PageResult(items[1].url))
        items += [queue.take(), queue.take()]
        queue.commit_page(items[2], PageResult(items[2].url))
        assert queue.take() is None
        queue.commit_page(items[earlier], PageResult("u"), links=map(pair, range(3 * earlier, 90, 9)))
        assert queue.take() is None
        queue.commit_page(items[later], PageResult("u"), links=map(pair, range(3 * later, 90, 9)))
        found.append(queue.take().url)
        assert queue.state().known == 23
    assert found[0] == found[1]


def test_a_sample_has_the_home_page_then_each_pattern_then_draws(store):
    queue = a_queue(store, new_scan(store), limit=12)
    queue.add_seeds(map(pair, range(60)))
    run_to_the_end(queue, [[] for _ in range(60)], 1, random.Random(0))
    pages = store.load_scan(queue._scan).sites[0].pages
    chosen = [pattern(path(node_of(page.url))) for page in pages if not page.random]
    assert len(chosen) == 6
    assert {"/", "/news/*", "/guides/*", "/forms/apply/*"} < set(chosen)
    assert len(set(chosen)) == 6
    drawn = Counter(pattern(path(node_of(page.url))) for page in pages if page.random)
    assert [drawn[name] for name in ("/news/*", "/guides/*", "/forms/apply/*")] == [2, 2, 2]


@pytest.mark.parametrize("limit", [0, 12])
def test_the_first_page_of_each_pattern_is_novel_whoever_is_done_first(store, limit):
    novel = []
    for tabs, chance in ((1, random.Random(0)), (5, random.Random(7))):
        queue = a_queue(store, new_scan(store), limit=limit)
        queue.add_seeds(map(pair, range(60)))
        items: list[QueueItem] = []
        while batch := [item for item in (queue.take() for _ in range(tabs)) if item is not None]:
            chance.shuffle(batch)
            items += batch
            for item in batch:
                commit(queue, item, [[] for _ in range(60)])
        novel.append({node_of(item.url) for item in items if item.novel})
        patterns = [pattern(path(node_of(item.url))) for item in items if item.novel]
        assert len(patterns) == len(set(patterns))
        assert set(patterns) == {pattern(path(node_of(item.url))) for item in items}
    assert novel[0] == novel[1]


def test_another_seed_draws_other_pages_and_another_host_the_same(store):
    found = []
    for seed, home in ((1, HOME), (1, "http://127.0.0.1:8080/"), (2, HOME)):
        scan = new_scan(store)
        queue = SiteQueue(store, scan=scan, site=0, max_pages=9, seed=seed, home=home)
        queue.add_seeds((f"{home}news/{node}", f"{home}news/{node}") for node in range(100))
        while item := queue.take():
            queue.commit_page(item, PageResult(item.url))
        found.append({page.url.removeprefix(home) for page in store.load_scan(scan).sites[0].pages})
    assert found[0] == found[1]
    assert len(found[0] & found[2]) < 5


def test_census_counts_patterns_and_names_those_of_what_was_handed_out(store):
    queue = a_queue(store, new_scan(store), limit=2)
    queue.add_seeds(map(pair, (0, 3, 6, 9, 1)))
    queue.commit_page(home := queue.take(), PageResult(home.url))
    assert queue.census() == Census({"/": 1, "/guides/*": 1, "/news/*": 3}, {0: "/"})
    item = queue.take()
    assert queue.census().picked == {0: "/", item.ordinal: "/news/*"}
    assert item.random is True


def test_sites_and_scans_have_their_own_queues(store, queue):
    other = a_queue(store, queue._scan, site=1)
    queue.add_seeds([pair(1)])
    other.add_seeds([pair(1), pair(2)])
    assert (queue.state().known, other.state().known) == (1, 2)
    assert other.take().url == queue.take().url


def test_seeds_and_links_are_known_by_their_key(queue):
    queue.add_seeds([("k", "https://a.example/1"), ("k", "https://a.example/1?again")])
    queue.add_seeds([("k", "https://a.example/1?later"), ("l" * 9000, "https://a.example/" + "l" * 8000)])
    assert queue.take().url == "https://a.example/1"
    assert queue.state().known == 2


def test_attempts_outlive_a_kill_and_tell_which_page_kills(store, queue):
    queue.add_seeds([pair(1)])
    for attempt in (1, 2, 3):
        assert queue.take().attempts == attempt
        assert queue.reset_running() == 1
    assert queue.reset_running() == 0


def test_what_is_given_back_waits_again_and_does_not_count(queue):
    queue.add_seeds([pair(1)])
    queue.give_back(queue.take())
    assert queue.state() == QueueState(1, 0, 0, 1)
    assert queue.take().attempts == 1


def test_what_its_server_put_off_is_remembered_after_a_kill(store, queue):
    queue.add_seeds([pair(1)])
    queue.give_back(queue.take(), put_off=True)
    queue.give_back(queue.take(), put_off=True)
    queue.take()
    again = SiteQueue(store, scan=queue._scan, site=queue._site)
    again.reset_running()
    item = again.take()
    assert (item.put_off, item.attempts) == (2, 2)


def test_a_page_is_committed_once_and_only_by_its_latest_holder(store, queue):
    queue.add_seeds([pair(1)])
    stale = queue.take()
    queue.reset_running()
    fresh = queue.take()
    with pytest.raises(LateResult):
        queue.commit_page(stale, PageResult("stale"))
    queue.commit_page(fresh, PageResult("fresh"))
    for late in (stale, fresh):
        with pytest.raises(LateResult):
            queue.commit_page(late, PageResult("late"))
        with pytest.raises(LateResult):
            queue.give_back(late)
    assert [page.url for page in store.load_scan(queue._scan).sites[0].pages] == ["fresh"]


def test_a_page_with_thousands_of_links_is_let_in_at_once(queue):
    queue.add_seeds([pair(1)])
    queue.commit_page(queue.take(), PageResult("u"), links=[pair(node) for node in range(3000)])
    assert queue.state().known == 3000


def test_links_with_broken_characters_are_kept(queue):
    queue.add_seeds([("a\ud800", "https://a.example/\ud800"), ("b\0", "https://a.example/\0")])
    assert queue.state().known == 2
    assert queue.take().url == "https://a.example/\ufffd"


CHILD = """
import sys
from reports.model import PageResult
from reports.store import open_store
from rules.model import PageOutcome, Verdict
from scanner.crawl.queue import SiteQueue

with open_store(sys.argv[1], create=False) as store:
    queue = SiteQueue(store, scan=1, site=0)
    queue.reset_running()
    queue.add_seeds([("0", "0")])
    running = []
    print("ready", flush=True)
    while running or not queue.is_finished():
        while len(running) < 3 and (item := queue.take()) is not None:
            running.append(item)
        item = running.pop()
        number = int(item.url)
        outcomes = tuple(PageOutcome("r", Verdict.FAILED, fingerprint=str(n)) for n in range(20))
        links = [(str(n), str(n)) for n in (2 * number + 1, 2 * number + 2) if n < 400]
        queue.commit_page(item, PageResult(item.url, outcomes=outcomes), links=links)
        print("page", number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_process_that_is_killed_again_and_again_finishes_the_same_scan(tmp_path):
    file = tmp_path / "curbcut.db"
    with open_store(file) as store:
        assert new_scan(store) == 1
    chance = random.Random(20260101)
    killed = 0
    for _ in range(400):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(file)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )
        with child:
            assert child.stdout.readline() == "ready\n"
            for _ in range(chance.randrange(1, 80)):
                child.stdout.readline()
            time.sleep(chance.uniform(0, 0.005))
            child.send_signal(signal.SIGKILL)
        with open_store(file) as store:
            _check_whole(store)
            if SiteQueue(store, scan=1, site=0).is_finished():
                break
        killed += 1
    assert killed >= 3
    with open_store(file) as store:
        urls = [page.url for page in store.load_scan(1).sites[0].pages]
    assert urls == [str(number) for number in range(400)]


def _check_whole(store: Store) -> None:
    """Every address that is done has its page with all findings, no other has; ordinals have no gaps."""
    queue, pages, findings = schema.queue.c, schema.pages.c, schema.findings.c
    with store.reading() as connection:
        done = connection.execute(sa.select(queue.ordinal).where(queue.state == "done").order_by(queue.ordinal))
        written = connection.execute(sa.select(pages.ordinal).order_by(pages.ordinal)).scalars().all()
        assert done.scalars().all() == written
        counted = connection.execute(sa.select(sa.func.count(findings.line)).group_by(findings.ordinal))
        counted = counted.scalars().all()
        assert counted == [20] * len(written)
        known = connection.execute(sa.select(queue.ordinal).order_by(queue.ordinal)).scalars().all()
        assert all(after == before + 1 for before, after in pairwise(known))
        waiting_links = connection.execute(
            sa.select(sa.func.count()).where(
                queue.scan == pages.scan,
                queue.site == pages.site,
                queue.ordinal == pages.ordinal,
                queue.expanded != pages.links.is_(None),
            )
        )
        assert waiting_links.scalar_one() == 0
