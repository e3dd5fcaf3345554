"""The store gives back what it was given, as the same facts as results.json, or says why it cannot."""

from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import replace

import pytest
import scans
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from reports import rows, schema
from reports.model import Sample, Scan, SiteResult, Tool
from reports.results import from_json, to_json
from reports.store import open_store
from rules.errors import EnvironmentFault, StoredDataError, UsageError
from rules.model import PageOutcome, Verdict
from rules.page import PageState


@pytest.fixture
def file(tmp_path):
    return tmp_path / "deep" / "curbcut.db"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("store") / "curbcut.db") as opened:
        yield opened


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scans.scans)
def test_a_report_from_the_store_and_from_a_file_sees_the_same_facts(store, scan):
    number = store.save_scan(scan)
    loaded = store.load_scan(number)
    assert loaded == replace(scan, number=number)
    text = to_json(replace(scan, number=number))
    assert to_json(loaded) == text
    assert from_json(text, source="r.json") == loaded
    assert to_json(from_json(text, source="r.json")) == text


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scans.digests)
def test_digests_come_back_in_the_order_of_pages(store, digest):
    number = store.create_scan(started="", tool=Tool("1"), rules=(), sites=[(SiteResult("u", "n"), {})])
    with store.writing() as connection:
        for ordinal in (2, 0, 1):
            connection.execute(sa.insert(schema.queue).values(**_queue_row(number, ordinal)))
            url = replace(digest, url=f"page {ordinal}")
            given = None if ordinal == 1 else url
            rows.insert_page(connection, number, 0, ordinal, result=scans.page(), digest=given)
    assert [found.url for found in store.load_digests(number, 0)] == ["page 0", "page 2"]
    assert replace(store.load_digests(number, 0)[0], url=digest.url) == digest


def _queue_row(scan: int, ordinal: int) -> dict[str, object]:
    common = {"depth": 0, "found_on": "", "state": "done", "attempts": 1, "expanded": True}
    common |= {"stratum": "", "draw": "", "pick": ordinal, "random": False}
    return {"scan": scan, "site": 0, "ordinal": ordinal, "key": str(ordinal), "url": "u", **common}


def test_a_scan_is_numbered_kept_and_finished(file):
    site = SiteResult("https://a.example/", "A", agency="Agency", profile="us-508")
    with open_store(file) as store:
        first = store.create_scan(
            started="t1",
            tool=Tool("1"),
            rules=scans.CATALOGUE,
            sites=[(site, {"max-pages": 5})],
            settings={"b": [1, 2]},
        )
    with open_store(file, create=False) as store:
        second = store.create_scan(started="t2", tool=Tool("1"), rules=(), sites=[])
        assert (first, second) == (1, 2)
        [stored] = store.load_sites(first)
        assert (stored.target, stored.result, stored.finished) == ({"max-pages": 5}, site, False)
        head = store.load_head(first)
        assert (head.settings, head.rules, head.complete, head.sites) == ({"b": [1, 2]}, scans.CATALOGUE, False, ())
        done = replace(site, sample=Sample(9, 4), notes=("a note",))
        store.finish_site(first, 0, done)
        store.finish_scan(first, finished="t3", complete=True)
        assert store.load_scan(first).sites == (done,)
        assert [(line.number, line.finished, line.complete, line.pages) for line in store.scans()] == [
            (1, "t3", True, 0),
            (2, "", False, 0),
        ]


def test_a_site_that_was_cut_off_is_not_judged(file):
    with open_store(file) as store:
        number = store.create_scan(started="t", tool=Tool("1"), rules=(), sites=[(SiteResult("u", "n"), {})])
        with store.writing() as connection:
            for ordinal in range(3):
                connection.execute(sa.insert(schema.queue).values(**_queue_row(number, ordinal)))
            rows.insert_page(connection, number, 0, 0, result=scans.page())
        scan = store.load_scan(number)
    assert not scan.complete
    assert (scan.sites[0].state, scan.sites[0].sample) == ("not-judged", Sample(3, 1))
    assert scan.sites[0].reason


def test_problems_are_summed_by_fingerprint(file):
    twice = scans.failed("aa" * 8, count=2)
    blocked = scans.failed("aa" * 8, count=3, blocks=True)
    asked = PageOutcome("image-alt", Verdict.CANT_TELL, fingerprint="bb" * 8, impact="minor")
    pages = (
        scans.page(twice, blocked, asked, url="1"),
        scans.page(twice, url="2"),
        scans.page(url="3", state=PageState.TIMEOUT),
    )
    with open_store(file) as store:
        store.save_scan(scans.scan(scans.page(scans.failed())))
        number = store.save_scan(scans.scan(*pages))
        found = store.problems(number)
    first, second = found
    assert (first.fingerprint, first.verdict, first.pages, first.occurrences, first.largest) == (
        "aa" * 8,
        "failed",
        2,
        7,
        5,
    )
    assert (second.rule, second.verdict, second.impact, second.pages) == ("image-alt", "cant_tell", "minor", 1)


def test_a_change_is_kept_whole_or_not_at_all(file):
    with open_store(file) as store:
        with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
            rows.insert_page(connection, rows.insert_head(connection, scans.scan()), 0, 0, result=scans.page())
        assert store.scans() == ()


def test_rows_without_their_owner_are_refused(file):
    with open_store(file) as store, pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        rows.insert_page(connection, 1, 0, 0, result=scans.page())


def test_a_reader_is_not_held_up_by_a_writer(file):
    with open_store(file) as store, open_store(file) as other:
        store.save_scan(scans.scan())
        with store.writing() as connection:
            rows.insert_head(connection, scans.scan())
            assert len(other.scans()) == 1
        assert len(other.scans()) == 2


def test_several_programs_may_make_the_store_at_once(file):
    failures = []

    def make() -> None:
        try:
            with open_store(file) as store:
                store.save_scan(scans.scan())
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_store(file) as store:
        assert [line.number for line in store.scans()] == [1, 2, 3, 4, 5, 6]


def test_numbers_are_never_used_again(file):
    with open_store(file) as store:
        number = store.save_scan(scans.scan(scans.page()))
        with store.writing() as connection:
            connection.execute(sa.delete(schema.scans))
        assert store.save_scan(scans.scan()) == number + 1
        with store.reading() as connection:
            assert connection.execute(sa.select(schema.pages)).all() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG" + b"x" * 5000, "cannot be read"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "cannot be read"),
    ],
)
def test_a_file_that_is_no_database_is_named(tmp_path, content, said):
    file = tmp_path / "x.db"
    file.write_bytes(content)
    with pytest.raises(StoredDataError, match=said) as caught, open_store(file):
        pass
    assert caught.value.where == str(file)
    assert file.read_bytes() == content


def test_a_database_that_is_torn_is_named(file):
    with open_store(file) as store:
        for _ in range(30):
            store.save_scan(scans.scan(*[scans.page(scans.failed(message="x" * 500))] * 5))
    whole = file.read_bytes()
    file.write_bytes(whole[: 4096 * 8] + b"\xaa" * (len(whole) - 4096 * 8))
    with pytest.raises(StoredDataError) as caught, open_store(file) as store:
        list(map(store.load_scan, range(1, 31)))
    assert caught.value.where.startswith(str(file))


def test_a_database_of_another_program_is_left_alone(tmp_path):
    file = tmp_path / "firefox.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE moz_places (id)")
    other.close()
    with pytest.raises(StoredDataError, match="another program"), open_store(file):
        pass


@pytest.mark.parametrize(("found", "said"), [(99, "a newer version"), (0, "another version")])
def test_a_store_of_another_version_is_refused(file, found, said):
    with open_store(file) as store, store.writing() as connection:
        connection.execute(sa.update(schema.version).values(version=found))
    with pytest.raises(StoredDataError, match=said), open_store(file):
        pass


def test_a_row_that_was_tampered_with_is_named(file):
    with open_store(file) as store:
        number = store.save_scan(scans.scan(scans.page(), scans.page(url="2")))
        with store.writing() as connection:
            wrong = '{"url": "2", "outcomes": [{"rule": "x", "verdict": "fine"}]}'
            connection.execute(sa.update(schema.pages).where(schema.pages.c.ordinal == 1).values(result=wrong))
        with pytest.raises(StoredDataError, match="Expected one of failed") as caught:
            store.load_scan(number)
    assert caught.value.where == f"{file}, scan 1, site 0, page 1, outcomes[0].verdict"


def test_a_missing_store_or_scan_is_named(file):
    with pytest.raises(StoredDataError, match="no such store"), open_store(file, create=False):
        pass
    assert not file.parent.exists()
    with open_store(file) as store, pytest.raises(StoredDataError, match="no scan 7"):
        store.load_scan(7)


def test_a_place_that_cannot_be_written_is_the_machines_fault(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="cannot be made"), open_store(tmp_path / "file" / "curbcut.db"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(EnvironmentFault, match="cannot be opened or written"), open_store(tmp_path / "folder"):
        pass


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write everywhere")
def test_a_store_that_may_only_be_read_can_be_read_and_no_more(file):
    with open_store(file) as store:
        number = store.save_scan(scans.scan())
    file.chmod(0o400)
    with open_store(file) as store:
        assert store.load_scan(number) == scans.scan()
        with pytest.raises(EnvironmentFault, match="cannot be opened or written"):
            store.save_scan(scans.scan())


@pytest.mark.parametrize("url", ["nosuch://host/db", "://", "postgresql+nosuch://host/db"])
def test_a_database_that_we_cannot_reach_is_a_wrong_option(url):
    with pytest.raises(UsageError), open_store(url):
        pass


def test_a_database_url_is_taken_too(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        store.save_scan(scans.scan())
    with open_store(tmp_path / "x.db", create=False) as store:
        assert len(store.scans()) == 1


def test_nothing_of_the_layout_is_particular_to_sqlite():
    dialect = postgresql.dialect()
    for table in schema.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))
    assert "GROUP BY" in str(rows.problems(1).compile(dialect=dialect))


def test_equal_outcomes_of_a_loaded_scan_are_one_object(store):
    first = replace(scans.page(), url="https://a.example/1", outcomes=(PageOutcome("page-title", Verdict.PASSED),))
    pages = (first, replace(first, url="https://a.example/2"))
    number = store.save_scan(Scan(0, "", "", Tool("1"), sites=(SiteResult("https://a.example/", "A", pages=pages),)))
    loaded = store.load_scan(number).sites[0].pages
    assert loaded == pages
    assert loaded[0].outcomes[0] is loaded[1].outcomes[0]
