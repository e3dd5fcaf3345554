"""What lets Curbcut in is in nothing that a scan writes or says, even where the service shows it on every page."""

from __future__ import annotations

import base64
import gzip
import html
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from curbcut_command import curbcut, results
from loopback_services import Service, running

SECRETS = {"PASSWORD": 'pass "5ecret" <w>', "KEY": "key/5ecret+1", "SESSION": "session-5ecret"}
RECORDED = "recorded-5ecret"
STORED = "stored-5ecret"
ALL = (*SECRETS.values(), RECORDED, STORED)

CONFIG = """
keep-evidence = true
page-timeout = 10

[[access]]
origin = "{origin}"
user = "me"
password = "env:PASSWORD"
headers = {{ X-Preview = "env:KEY" }}
cookies = {{ session = "env:SESSION" }}
storage-state = "session.json"
"""


def telling(secret: str, number: int) -> str:
    """A page that shows a secret in each place that a result, message, note or digest may quote."""
    shown, address = html.escape(secret), quote(secret, safe="")
    return f"""<!doctype html><html lang="{shown}"><title>{shown}</title><base href="/?base={address}">
<script>document.documentElement.dataset.secret = {json.dumps(secret)}; console.log({json.dumps(secret)});
fetch("/graphql?token={address}"); localStorage.token;</script>
<meta name=description content="{shown}"><link rel=icon href="/icon?{address}">
<header><a href="/account?token={address}">{shown}</a><nav aria-label="{shown}">
<a href=/more-{(number + 1) % len(ALL)}>More</a></nav>
</header><main><p>Page {number} of your account has what nobody else may see, {number} times.
<h1 id="{shown}">{shown}</h1><h4 class="{shown}">{shown}</h4><p>You are {shown}, at <img src="/{address}.png">
<a href="/{address}"></a><button title="{shown}"></button><input name="{shown}" value="{shown}" placeholder="{shown}">
<label for="{shown}">{shown}</label><div id="{shown}"></div><iframe title="{shown}" src="/frame?{address}"></iframe>
<img src="/x.png" alt="{shown}"><table><caption>{shown}</caption><tr><td>{shown}</table>
<a href="mailto:{address}@example.gov">{shown}</a><a href="/there?{address}">click here</a></main>
<footer><a href="https://example.org/?{address}">{shown}</a></footer>"""


def service() -> Service:
    pages = {f"/more-{number}": telling(secret, number) for number, secret in enumerate(ALL)}
    pages["/"] = telling(ALL[0], -1)

    def page(path: str) -> tuple[int, str, str] | None:
        return (200, "text/html", pages[path]) if path in pages else None

    return Service(page)


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder, in the clear; of a database every value."""
    for path in folder.rglob("*"):
        if path.suffix == ".db":
            with closing(sqlite3.connect(path)) as database:
                yield path.name, "\n".join(database.iterdump())
        if path.is_file():
            raw = path.read_bytes()
            yield path.name, (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8", "replace")


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str, html.escape, quote, lambda text: quote(text, safe=""), lambda text: json.dumps(text)[1:-1],
    lambda text: html.escape(json.dumps(text)[1:-1]), lambda text: base64.b64encode(f"me:{text}".encode()).decode(),
)  # fmt: skip


def test_nothing_that_lets_in_is_written_or_said(tmp_path: Path) -> None:
    with running(service()) as site:
        host = {"domain": "127.0.0.1", "path": "/", "expires": -1, "httpOnly": False, "secure": False}
        cookie = {"name": "recorded", "value": RECORDED, "sameSite": "Lax", **host}
        storage = [{"origin": site.base, "localStorage": [{"name": "token", "value": STORED}]}]
        (tmp_path / "session.json").write_text(json.dumps({"cookies": [cookie], "origins": storage}), "utf-8")
        (tmp_path / "curbcut.toml").write_text(CONFIG.format(origin=site.base), "utf-8")
        ended = curbcut("scan", f"{site.base}/", "--debug", cwd=tmp_path, **SECRETS)
        again = curbcut("report", "curbcut-report", "--output", "again", cwd=tmp_path, **SECRETS)
        asked = set(site.asked)
    assert ended.code in (0, 3), ended.err
    assert again.code in (0, 3), again.err
    [found] = results(tmp_path / "curbcut-report")["sites"]
    assert {page["state"] for page in found["pages"]} == {"tested"}, found["pages"]
    assert len(found["pages"]) == 1 + len(ALL)
    assert len([path for path in asked if path.startswith("/more-")]) == len(ALL)
    assert not [path for path in asked if path.startswith("/account")], "a link with a secret is not followed"
    (tmp_path / "session.json").unlink()
    texts = [("output", ended.out), ("errors", ended.err), ("again", again.out + again.err), *written(tmp_path)]
    names = {name for name, _ in texts}
    assert {"results.json", "index.html", "curbcut.db", "000000.json.gz"} <= names
    leaks = {
        (name, secret, text[max(0, at - 80) : at + 40])
        for name, text in texts
        for secret in ALL
        for spelling in SPELLINGS
        if (at := text.find(spelling(secret))) >= 0
    }
    assert not leaks
