"""Pictures are kept with their page or not at all, once each, and only bytes that fit their name are believed."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import scans
import sqlalchemy as sa

from reports import schema, stored_assets
from reports.assets import LARGEST, Asset, folder_assets, pictured, write_assets
from reports.model import PagePicture, PageResult, SiteResult, Tool
from reports.store import Store, open_store
from rules.errors import StoredDataError
from rules.evidence.views import View, Views
from scanner.crawl.queue import LateResult, SiteQueue


def webp(content: bytes = b"") -> bytes:
    return b"RIFF\x00\x00\x00\x00WEBPVP8 " + content


def asset(content: bytes = b"") -> Asset:
    data = webp(content)
    return Asset(f"assets/{hashlib.sha256(data).hexdigest()}.webp", data)


def named(*assets: Asset) -> PageResult:
    return replace(scans.page(), pictures=tuple(PagePicture("page", one.name, 10, 10) for one in assets))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "curbcut.db") as opened:
        yield opened


@pytest.fixture
def queue(store: Store) -> SiteQueue:
    number = store.create_scan(started="", tool=Tool("1"), rules=(), sites=[(SiteResult("u", "n"), {})])
    queue = SiteQueue(store, scan=number, site=0, max_pages=0, seed=0, home="u")
    queue.add_seeds([("u", "u"), ("v", "v")])
    return queue


def kept(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(sa.select(schema.assets.c.name).order_by(schema.assets.c.name)).scalars())


def test_pictures_of_a_visit_are_named_by_what_is_in_them() -> None:
    shown, page = asset(b"x"), asset(b"y")
    views = [View("page", 1280, 900, base64.b64encode(page.data).decode())]
    views += [View("narrow", 320, 900, base64.b64encode(shown.data).decode())]
    told, assets = pictured(Views(tuple(views)))
    assert told == (PagePicture("narrow", shown.name, 320, 900), PagePicture("page", page.name, 1280, 900))
    assert set(assets) == {page, shown}
    assert pictured(None) == ((), ())


@pytest.mark.parametrize("data", ["no base64!", "", base64.b64encode(b"GIF89a").decode(), "=" * 9])
def test_evidence_that_is_no_picture_is_left_out(data: str) -> None:
    assert pictured(Views((View("page", 1, 1, data),))) == ((), ())


def test_a_picture_is_there_with_its_page_and_once(store: Store, queue: SiteQueue) -> None:
    one, other = asset(b"1"), asset(b"2")
    queue.commit_page(queue.take(), named(one, other), assets=(one, other, one))
    queue.commit_page(queue.take(), named(one), assets=(one,))
    assert kept(store) == sorted({one.name, other.name})
    read = stored_assets.stored_assets(store, queue._scan)
    assert read(one.name) == one.data
    assert read("assets/none") is None
    assert stored_assets.stored_assets(store, 99)(one.name) is None


def test_a_page_that_is_not_kept_leaves_no_picture(store: Store, queue: SiteQueue) -> None:
    item = queue.take()
    queue.reset_running()
    queue.take()
    with pytest.raises(LateResult):
        queue.commit_page(item, named(asset()), assets=(asset(),))
    assert kept(store) == []


def test_pictures_beyond_the_bound_of_a_scan_are_not_named(
    store: Store, queue: SiteQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = asset(b"1"), asset(b"2")
    monkeypatch.setattr(stored_assets, "MOST", len(one.data) + 1)
    queue.commit_page(queue.take(), named(one), assets=(one,))
    queue.commit_page(queue.take(), named(other), assets=(other,))
    assert kept(store) == [one.name]
    first, second = store.load_scan(queue._scan).sites[0].pages
    assert [picture.file for picture in first.pictures] == [one.name]
    assert second.pictures == ()


def test_pictures_go_with_their_scan(store: Store, queue: SiteQueue) -> None:
    queue.commit_page(queue.take(), named(asset()), assets=(asset(),))
    with store.writing() as connection:
        connection.execute(sa.delete(schema.scans))
    assert kept(store) == []


def test_a_store_of_the_layout_before_gets_a_place_for_pictures(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with open_store(file) as store:
        number = store.save_scan(scans.scan(scans.page()))
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE assets")
        connection.execute("UPDATE curbcut_store SET version = 3")
    connection.close()
    for _ in range(2):
        with open_store(file) as store:
            assert store.load_scan(number) == scans.scan(scans.page())
            assert kept(store) == []
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE curbcut_store SET version = 2")
    connection.close()
    with pytest.raises(StoredDataError, match="another version"), open_store(file):
        pass


def test_a_report_has_the_pictures_that_its_scan_names_and_no_others(tmp_path: Path) -> None:
    one, gone, evil = asset(b"1"), asset(b"2"), Asset("assets/../../evil.webp", webp())
    have = {one.name: one.data, evil.name: evil.data}
    (tmp_path / "assets").mkdir()
    (tmp_path / gone.name).write_bytes(gone.data)
    (tmp_path / "assets" / "mine.webp").write_bytes(b"")
    scan = scans.scan(named(one, gone, evil))
    assert write_assets(tmp_path, scan, have.get) == {one.name}
    assert sorted(path.name for path in (tmp_path / "assets").iterdir()) == sorted(["mine.webp", one.name[7:]])
    assert not (tmp_path.parent / "evil.webp").exists()


def test_beside_results_only_bytes_that_fit_their_name_are_read(tmp_path: Path) -> None:
    right, other, large = asset(b"1"), asset(b"2"), asset(b"x" * LARGEST)
    (tmp_path / "assets").mkdir()
    (tmp_path / right.name).write_bytes(right.data)
    (tmp_path / other.name).write_bytes(right.data)
    (tmp_path / large.name).write_bytes(large.data)
    (tmp_path / "secret.webp").write_bytes(right.data)
    read = folder_assets(tmp_path)
    assert read(right.name) == right.data
    for name in (other.name, large.name, "secret.webp", "assets/../secret.webp", asset(b"3").name):
        assert read(name) is None
