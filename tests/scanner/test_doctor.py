"""What doctor finds out, and that every finding that is not ok says what helps."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import httpx
import pytest
from playwright.async_api import Browser as Running

from scanner.browser.discover import Browser, Places
from scanner.browser.trial import WITHOUT_FONT, Trial, try_browser
from scanner.browser.trust import can_believe
from scanner.doctor import (
    Check,
    check_answer,
    check_browser,
    check_certificates,
    check_folder,
    check_fonts,
    check_page,
    check_proxy,
    check_start,
    check_store,
    check_versions,
    examine,
)
from scanner.reach import ask, explain
from scanner.settings import Settings

CHROMIUM = Browser(Path("/usr/bin/chromium"), "chromium", "installed", "156.0.8078.79")


class Site(BaseHTTPRequestHandler):
    """Answers GET; a page's script tries to send more. Everything that arrives is written down."""

    arrived: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.arrived.append(f"GET {self.path}")
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/")
            self.end_headers()
            return
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><script>fetch('/post', {method: 'POST'})</script>Hello")

    def do_POST(self) -> None:
        self.arrived.append(f"POST {self.path}")
        self.send_error(405)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[str]]]:
    class Handler(Site):
        arrived: ClassVar[list[str]] = []

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}", Handler.arrived
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def test_every_check_of_this_machine_has_its_line(tmp_path: Path) -> None:
    settings = Settings(output=tmp_path / "report", store=str(tmp_path / "curbcut.db"))
    with serving() as (base, arrived):
        checks = await examine(settings, environ={}, url=f"{base}/")
    topics = [check.topic for check in checks]
    expected = ["versions", "browser", "sandbox", "fonts", "proxy", "certificates", "report folder", "store"]
    assert topics == [*expected, f"answer of {base}/", f"browser opens {base}/"]
    assert [check for check in checks if check.state == "fail"] == []
    assert all(bool(check.fix) == (check.state != "ok") for check in checks)
    assert all(entry.startswith("GET ") for entry in arrived), "doctor must change nothing on the page it asks for"
    assert os.listdir(tmp_path) == [], "doctor must leave no files"


async def test_machine_without_browser_is_told_the_command_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    nowhere = Places(downloads=tmp_path, search_path="", fixed=())
    settings = Settings(output=tmp_path, store=str(tmp_path / "curbcut.db"))
    checks = await examine(settings, environ={}, places=nowhere)
    assert [check.topic for check in checks if check.state == "fail"] == ["browser"]
    assert "fonts" not in [check.topic for check in checks]
    assert "Run" in checks[1].fix or "Install" in checks[1].fix
    assert checks[-1].topic == "store"


def test_wrong_setting_is_the_fault_not_another_browser(tmp_path: Path) -> None:
    browser, check = check_browser("/no/such/browser")
    assert browser is None
    assert check.state == "fail"
    assert "/no/such/browser" in check.found


def test_versions_name_what_a_report_names(tmp_path: Path) -> None:
    found = check_versions(Settings()).found
    for part in ("Curbcut 0", "axe-core 4.", "Playwright 1.", "Python 3."):
        assert part in found
    wrong = tmp_path / "axe.min.js"
    wrong.write_text("alert(1)")
    assert check_versions(Settings(axe=wrong)).state == "fail"


# -- browser -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in browser is a shell script")
async def test_browser_that_dies_is_told_with_its_own_words(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho 'ERROR: Invalid file descriptor to ICU data received.' >&2\nexit 1\n")
    program.chmod(0o755)
    browser = Browser(program, "chromium", "setting", "156.0.8078.79")
    trial = await try_browser(browser)
    assert (trial.starts, trial.sandboxed) == (False, False)
    check = check_start(browser, trial, root=False)
    assert check.state == "fail"
    assert "Invalid file descriptor to ICU data" in check.found
    assert check_fonts(trial) == ()


def test_sandbox_that_is_off_is_said_for_root_and_is_a_fault_for_others() -> None:
    unsandboxed = Trial(starts=True, sandboxed=False, trouble="No usable sandbox!")
    assert check_start(CHROMIUM, Trial(True, True), root=False) == Check("sandbox", "ok", "works")
    assert check_start(CHROMIUM, unsandboxed, root=True).state == "warn"
    fault = check_start(CHROMIUM, unsandboxed, root=False)
    assert fault.state == "fail"
    assert "No usable sandbox!" in fault.found
    assert fault.fix


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="for root")
async def test_root_has_no_sandbox(installed: Browser) -> None:
    trial = await try_browser(installed)
    assert (trial.starts, trial.sandboxed) == (True, False)
    assert "root" in trial.trouble


async def test_letters_without_font_are_found_by_their_looks(browser: Running) -> None:
    page = await browser.new_page()
    samples = {"Latin": "ñ", "unassigned": "\U000ff123", "nothing": "\u200b"}
    assert await page.evaluate(WITHOUT_FONT, samples) == ["unassigned", "nothing"]
    await page.close()


def test_fonts_fail_without_latin_letters_and_warn_without_others() -> None:
    def only(*scripts: str) -> Check:
        return check_fonts(Trial(True, True, without_font=scripts))[0]

    assert only().state == "ok"
    assert only("Chinese").state == "warn"
    assert "fonts-noto-cjk" in only("Chinese").fix
    assert only("Latin", "Greek").state == "fail"
    assert "fonts-liberation" in only("Latin").fix


# -- network -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "state", "found"),
    [("/", "ok", "status 200"), ("/moved", "ok", "status 200 after moving to"), ("/missing", "fail", "status 404")],
)
async def test_answer_of_a_page(path: str, state: str, found: str) -> None:
    with serving() as (base, _):
        check = await check_answer(base + path, contact="")
    assert check.state == state
    assert check.found.startswith(found)


async def test_closed_port_and_plain_server_at_https_are_told_apart() -> None:
    with serving() as (base, _):
        plain = await check_answer(base.replace("http:", "https:"), contact="")
    assert plain.found.startswith("it does not speak TLS")
    closed = await check_answer(base, contact="")
    assert closed.found.startswith("nothing accepts connections")
    assert closed.fix


def test_unknown_name_is_told() -> None:
    found, fix = explain(httpx.ConnectError("[Errno -2] Name or service not known"))
    assert found.startswith("its name is not known")
    assert "spelling" in fix


async def test_server_that_never_answers_ends_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = await ask(f"http://127.0.0.1:{silent.getsockname()[1]}/", contact="", timeout_s=0.2)
    assert answer.trouble == "no answer in time"


@pytest.fixture(scope="module")
def own_authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS set-up and the certificate that nobody but itself vouches for."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = f"{openssl} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=company"
    made = [*command.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key)]
    subprocess.run([*made, "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


async def test_unknown_certificate_is_explained_and_the_remedy_helps(
    own_authority: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    context, certificate = own_authority
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    with serving(context) as (base, _):
        check = await check_answer(base, contact="")
        assert check.found.startswith("its certificate is signed by nobody but itself")
        assert "SSL_CERT_FILE" in check.fix
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert (await check_answer(base, contact="")).state == "ok"


async def test_browser_says_when_it_does_not_trust_a_certificate(
    own_authority: tuple[ssl.SSLContext, Path], installed: Browser
) -> None:
    with serving(own_authority[0]) as (base, _):
        check = check_page(base, await try_browser(installed, url=base))
    assert check.state == "fail"
    assert "ERR_CERT_AUTHORITY_INVALID" in check.found
    assert "certutil" in check.fix


@pytest.mark.skipif(not can_believe(), reason="needs certutil")
async def test_a_bundle_is_believed_by_curbcut_and_by_the_browser(
    own_authority: tuple[ssl.SSLContext, Path], tmp_path: Path
) -> None:
    settings = Settings(output=tmp_path / "report", store=str(tmp_path / "curbcut.db"), ca_bundle=own_authority[1])
    with serving(own_authority[0]) as (base, _):
        checks = await examine(settings, environ={}, url=f"{base}/")
    found = {check.topic: check.state for check in checks}
    assert found["certificates"] == found[f"answer of {base}/"] == found[f"browser opens {base}/"] == "ok"


async def test_a_bundle_that_holds_no_certificate_is_no_crash(tmp_path: Path) -> None:
    bundle = tmp_path / "company.pem"
    bundle.write_text("nothing", "ascii")
    check = await check_answer("https://127.0.0.1:9/", contact="", bundle=bundle)
    assert (check.state, "ca-bundle" in check.fix) == ("fail", True)
    assert str(bundle) in check.found
    missing = check_certificates({}, tmp_path / "none.pem")
    assert (missing.state, "ca-bundle" in missing.fix) == ("fail", True)


async def test_certificate_file_that_is_missing_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = str(tmp_path / "none.pem")
    monkeypatch.setenv("SSL_CERT_FILE", missing)
    assert (await check_answer("https://127.0.0.1:9/", contact="")).state == "fail"
    check = check_certificates({"SSL_CERT_FILE": missing, "HOME": "/"})
    assert check.state == "fail"
    assert "SSL_CERT_FILE" in check.fix
    assert check_certificates({"SSL_CERT_FILE": __file__}).state == "ok"
    assert check_certificates({}).state == "ok"


def test_proxy_is_shown_without_its_password() -> None:
    environ = {"HTTPS_PROXY": "http://anna:secret@proxy.example:3128", "NO_PROXY": "intranet.example"}
    proxy, check = check_proxy(environ)
    assert proxy is not None
    assert proxy.password == "secret"
    assert check.found == "https through http://proxy.example:3128, not for intranet.example"
    assert check_proxy({})[1].found == "none"
    assert check_proxy({"HTTPS_PROXY": "gopher://x"})[1].state == "fail"


# -- folders -------------------------------------------------------------------------------------------------------


def test_folder_that_does_not_exist_yet_is_not_made(tmp_path: Path) -> None:
    assert check_folder("report folder", tmp_path / "a" / "b").state == "ok"
    assert not (tmp_path / "a").exists()


def test_folder_under_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    check = check_folder("report folder", tmp_path / "file" / "report")
    assert check.state == "fail"
    assert str(tmp_path / "file") in check.found
    assert "--output" in check.fix


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_of_another_user_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert check_folder("report folder", tmp_path / "report").state == "fail"
    tmp_path.chmod(0o700)


def test_store_may_be_a_file_a_sqlite_address_or_a_server(tmp_path: Path) -> None:
    assert check_store(str(tmp_path / ".curbcut" / "curbcut.db")).state == "ok"
    assert check_store(f"sqlite:///{tmp_path}/curbcut.db").state == "ok"
    (tmp_path / "file").touch()
    assert check_store(f"sqlite:///{tmp_path}/file/curbcut.db").state == "fail"
    assert check_store("what://").state == "fail"
    server = check_store("postgresql://anna:secret@db.example/curbcut")
    assert server.state == "ok"
    assert "secret" not in server.found


# -- as a command --------------------------------------------------------------------------------------------------


def start(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "scanner", "doctor", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def test_command_prints_states_first_and_ends_with_two_when_something_fails(tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    result = start("--output", "in the way/report", cwd=tmp_path)
    lines = result.stdout.splitlines()
    assert result.returncode == 2, result.stderr
    assert {line.split()[0] for line in lines} <= {"ok", "warn", "fail", "fix:"}
    assert lines[-3].startswith("fail  report folder: ")
    assert lines[-2].startswith("      fix: ")
    assert start(cwd=tmp_path).returncode == 0


def test_command_writes_the_checks_for_machines(tmp_path: Path) -> None:
    result = start("--json", "-", cwd=tmp_path)
    facts = json.loads(result.stdout)
    assert facts["schema"] == 1
    assert set(facts["checks"][0]) == {"topic", "state", "found", "fix"}
    start("--json", "facts.json", cwd=tmp_path)
    assert json.loads((tmp_path / "facts.json").read_text()).keys() == facts.keys()


def test_broken_configuration_is_one_finding_among_the_others(tmp_path: Path) -> None:
    (tmp_path / "curbcut.toml").write_text("max-pages = 'many'\n")
    result = start(cwd=tmp_path)
    assert result.returncode == 2
    assert result.stdout.startswith("fail  settings: ")
    assert "ok    versions" in result.stdout
