"""The browser's own reports, which no page sends and CDP does not show, stay in the browser."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from attempts import html
from counting_server import CountingServer
from playwright.async_api import async_playwright
from running import PATHS, until

from scanner.browser.guard import Guards
from scanner.browser.launch import switches
from scanner.browser.proxies import Proxy


@pytest.fixture
def certified(tmp_path: Path) -> tuple[tuple[str, str], Path]:
    """A certificate for localhost, and a home folder whose Chromium trusts it."""
    if shutil.which("certutil") is None or shutil.which("openssl") is None:
        pytest.skip("needs openssl and certutil (libnss3-tools)")
    store = tmp_path / ".pki" / "nssdb"
    store.mkdir(parents=True)
    (tmp_path / "names").write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    for line in (
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=Test-authority"
        " -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign",
        "openssl req -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj /CN=localhost",
        "openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -out cert.pem -days 1"
        " -extfile names",
        "certutil -d sql:.pki/nssdb -N --empty-password",
        "certutil -d sql:.pki/nssdb -A -t C,, -n test -i ca.pem",
    ):
        subprocess.run(line.split(), cwd=tmp_path, check=True, capture_output=True)
    return (str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")), tmp_path


@pytest.mark.parametrize("ours", [False, True], ids=["open", "as launched"])
async def test_full_chromium_delivers_no_report(certified: tuple[tuple[str, str], Path], ours: bool) -> None:
    """The browser itself posts such reports, past every watch on pages; only switches stop it."""
    if not PATHS["chromium"].exists():
        pytest.skip("no full Chromium")
    certificate, home = certified
    to = '{"endpoints": [{"url": "THERE/reports"}], "group": "default", "max_age": 99999}'
    errors = '{"report_to": "default", "max_age": 99999, "success_fraction": 1.0}'
    policy = ("Content-Security-Policy-Report-Only", "img-src 'none'; report-to default")
    page_of = html("<img src=/x.png>", ("Report-To", to), ("NEL", errors), policy)
    arguments = switches("chromium", proxy=Proxy()) if ours else []
    with CountingServer({"/": page_of}, certificate=certificate) as server:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=PATHS["chromium"],
                args=[*arguments, "--short-reporting-delay"],
                env={"HOME": str(home)},
            )
            async with Guards.on(browser) as guards:
                page = await browser.new_page()
                await guards.watch(page, await page.context.new_cdp_session(page))
                await page.goto(server.there)
                if ours:
                    await page.wait_for_timeout(3_000)  # open browsers deliver within one second
                    assert server.unsafe() == []
                else:
                    await until(lambda: ("POST", "/reports", "") in server.arrived, server.paths)
            await browser.close()
