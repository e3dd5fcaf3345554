"""Each host of a service is visited as its own robots.txt says."""

from __future__ import annotations

from pathlib import Path

import httpx
from scripted_server import reply, scripted

from reports.model import SiteResult, Tool
from reports.store import open_store
from scanner.crawl.queue import QueueItem, SiteQueue
from scanner.crawl.site import SiteCrawl
from scanner.sites import Target


async def test_a_host_beside_the_first_one_is_met_with_its_own_robots_txt(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db") as store:
        scan = store.create_scan(started="", tool=Tool("1"), rules=(), sites=[(SiteResult("u", "n"), {})])
        queue = SiteQueue(store, scan=scan, site=0)
        async with scripted() as first, scripted() as second, httpx.AsyncClient(trust_env=False) as client:
            first.answers["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /a")
            second.answers["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /b")
            for robots in ("obey", "own-site"):
                crawl = SiteCrawl(0, Target(url=f"{first.base}/", robots=robots), queue)  # type: ignore[arg-type]
                await crawl.prepare(client, "Curbcut")
                assert not crawl.is_new_host(f"{first.base}/a")
                assert crawl.is_new_host(f"{second.base}/a")
                await crawl.meet(f"{second.base}/a", client, "Curbcut")
                assert not crawl.is_new_host(f"{second.base}/b")
                addresses = [f"{base}/{path}" for base in (first.base, second.base) for path in "ab"]
                refused = [bool(crawl.refused(QueueItem(0, url, 0, "", 1))) for url in addresses]
                assert refused == ([True, False, False, True] if robots == "obey" else [False] * 4)
