"""A service is scanned, repaired and scanned again; the store tells what happened, with the real commands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
from curbcut_command import ROOT, curbcut
from loopback_services import Service, running
from lxml import html

LOADED = "import sys; from scanner.__main__ import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


def page(title: str, *content: str) -> tuple[int, str, str]:
    body = f"<main><h1>{title}</h1><p>The office is open on all days but Sunday.</p>{''.join(content)}</main>"
    links = '<nav><a href="/">Home</a> <a href="/apply">Apply</a></nav>'
    return 200, "text/html", f'<!doctype html><html lang="en"><title>{title} – Office</title>{links}{body}</html>'


def test_the_store_tells_what_was_fixed_and_what_came(tmp_path: Path) -> None:
    site = {"/": page("Home", '<button class="search"></button>'), "/apply": page("Apply")}
    with running(Service(lambda path: site.get(path))) as service:
        scan = ("scan", f"{service.base}/", "--yes", "--plain", "--max-pages", "9")
        assert curbcut(*scan, cwd=tmp_path).code == 0
        site.update({"/": page("Home"), "/apply": page("Apply", '<img src="/x.png" width="90" height="90">')})
        assert curbcut(*scan, cwd=tmp_path).code == 0

        first = curbcut("history", f"{service.base}/", "--json", "page.json", cwd=tmp_path)
        assert first.code == 0, first.err
        [told] = json.loads((tmp_path / "page.json").read_text("utf-8"))
        [button] = [one for one in told["problems"] if one["rule"] == "button-name"]
        assert [look["state"] for look in button["scans"]] == ["new", "fixed"]
        second = curbcut("history", button["fingerprint"], cwd=tmp_path)
        assert (second.code, second.out.count("(scan 2)")) == (0, 1)
        assert ": fixed\n" in second.out

        periodic = ("periodic", "--since", "2026-01-01", "--pdf", "board.pdf")
        done = curbcut(*periodic, cwd=tmp_path)
        assert done.code == 0, done.err
        made = (tmp_path / "curbcut-report" / "periodic.html").read_bytes()
        numbers = {
            row.xpath("string(th)"): row.xpath("string(td)")
            for row in html.document_fromstring(made).xpath("//table[.//*[@id='period-caption']]/tbody/tr")
        }
        assert (numbers["Fixed"], numbers["New"], numbers["Middle time to fix"]) == ("1", "1", "0 days")
        with pikepdf.open(tmp_path / "board.pdf") as board:
            assert board.Root.MarkInfo.Marked
        before = (tmp_path / "board.pdf").read_bytes()
        assert curbcut(*periodic, cwd=tmp_path).code == 0
        assert (tmp_path / "curbcut-report" / "periodic.html").read_bytes() == made
        assert (tmp_path / "board.pdf").read_bytes() == before

        gone = curbcut("purge", "--keep", "1 day", "--today", "2099-01-01", cwd=tmp_path)
        assert (gone.code, gone.out.count("removed: scan 1 of"), gone.out.count("stays: scan 2 of")) == (0, 1, 1)
        assert "There is no" not in curbcut("history", f"{service.base}/", cwd=tmp_path).err


def test_history_and_periodic_load_no_browser_code(tmp_path: Path) -> None:
    for words in (["history", "0" * 16], ["periodic", "--since", "2026-01-01"], ["purge", "--keep", "1 day"]):
        command = [sys.executable, "-c", LOADED, *words]
        ended = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        loaded = set(ended.stderr.split())
        assert "reports.store" in loaded
        assert not loaded & {"playwright", "axe_playwright_python", "httpx", "weasyprint"}
