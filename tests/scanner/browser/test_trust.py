"""A browser believes the authorities of a bundle for one run, and the person's own database stays as it was."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from running import PATHS

from rules.errors import EnvironmentFault
from rules.page import PageState
from scanner.browser.discover import Browser as Installed
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.terms import Terms
from scanner.browser.trust import believing, can_believe
from scanner.net.dial import Dialler
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

PAGE = b"<!doctype html><html lang=en><title>Staff</title><main><h1>Staff</h1><p>Forms for leave and travel."
EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")

pytestmark = pytest.mark.skipif(not can_believe() or not shutil.which("openssl"), reason="needs certutil and openssl")


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a company's authority, `ca.pem`, and a server's certificate that it signed."""
    folder = tmp_path_factory.mktemp("authority")
    openssl(folder, "req", "-x509", *EC, "-days", "2", "-subj", "/CN=Company", "-keyout", "ca.key", "-out", "ca.pem")
    names = ("-subj", "/CN=staff", "-addext", "subjectAltName=IP:127.0.0.1")
    openssl(folder, "req", *EC, *names, "-keyout", "server.key", "-out", "server.csr")
    signed = (
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-days",
        "2",
        "-copy_extensions",
        "copy",
    )
    openssl(folder, "x509", *signed, "-out", "server.pem")
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def url(authority: Path) -> AsyncIterator[str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + PAGE)
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "server.pem", authority / "server.key")
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    server.close()


@pytest.mark.parametrize("kind", sorted(PATHS))
async def test_pages_of_a_company_open_with_its_authority_alone(
    authority: Path, url: str, axe_script: AxeScript, kind: str
) -> None:
    if not PATHS[kind].exists():
        pytest.skip(f"no {kind}")
    for bundle, state in ((authority / "ca.pem", PageState.TESTED), (None, PageState.UNREACHABLE)):
        installed = Installed(PATHS[kind], kind, "setting", "156.0")  # type: ignore[arg-type]
        async with TabPool.open(TabPlan(installed, axe_script, dialler=Dialler(bundle=bundle))) as pool:
            tab = await pool.fresh(Terms.of(url))
            page = await visit(tab, url, VisitPlan(load_s=10.0))
            await pool.give_back(tab)
        assert page.state is state, page.reason
        assert bundle or "ERR_CERT_AUTHORITY_INVALID" in page.reason


def listed(database: Path) -> str:
    command = ["certutil", "-L", "-d", f"sql:{database}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_what_a_person_believes_stays_and_is_not_changed(
    authority: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "home" / ".pki" / "nssdb"
    own.mkdir(parents=True)
    subprocess.run(["certutil", "-N", "-d", f"sql:{own}", "--empty-password"], check=True)
    one = ["-A", "-t", "C,,", "-n", "their own", "-i", str(authority / "server.pem")]
    subprocess.run(["certutil", "-d", f"sql:{own}", *one], check=True)
    before = listed(own)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    with believing(authority / "ca.pem") as environment:
        assert environment is not None
        home = Path(environment["HOME"])
        found = listed(home / ".pki" / "nssdb")
        assert environment["XDG_CONFIG_HOME"] == str(tmp_path / "home" / ".config")
    assert "their own" in found
    assert "curbcut 0" in found
    assert listed(own) == before
    assert not home.exists()


def test_nothing_changes_without_a_bundle_and_what_is_no_certificate_is_named(tmp_path: Path) -> None:
    with believing(None) as environment:
        assert environment is None
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n", "ascii")
    with pytest.raises(EnvironmentFault, match="ca-bundle"), believing(wrong):
        pass
