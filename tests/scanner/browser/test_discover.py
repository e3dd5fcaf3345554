"""Which browser is found on which machine: machines are folders of small programs that answer --version."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import playwright
import pytest
from playwright.async_api import async_playwright

from rules.errors import ConfigError, EnvironmentFault
from scanner.browser import discover
from scanner.browser.discover import Kind, Places, ensure, find
from scanner.browser.install import APT_PACKAGES, by_apt, by_playwright

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in programs are shell scripts")

CHROMIUM = "Chromium 156.0.8078.79 built on Debian"
REVISION = next(
    browser["revision"]
    for browser in json.loads((Path(playwright.__file__).parent / "driver/package/browsers.json").read_text())[
        "browsers"
    ]
    if browser["name"] == "chromium"
)


def program(path: Path, answer: str, *, exit_code: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{answer}'\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


def machine(tmp_path: Path, *, fixed: tuple[tuple[Kind, Path], ...] = ()) -> Places:
    return Places(downloads=tmp_path / "downloads", search_path=str(tmp_path / "bin"), fixed=fixed)


def downloaded(tmp_path: Path, *, complete: bool = True) -> Path:
    build = tmp_path / "downloads" / f"chromium-{REVISION}"
    path = program(build / "chrome-linux64" / "chrome", "Google Chrome for Testing 159.0.8154.6")
    if complete:
        (build / "INSTALLATION_COMPLETE").touch()
    return path


def test_machine_without_browser_gives_none(tmp_path: Path) -> None:
    assert find(places=machine(tmp_path)) is None


def test_order_is_setting_playwright_then_shell_chromium_chrome_edge(tmp_path: Path) -> None:
    places = machine(tmp_path)
    expected: list[tuple[Path, str, str]] = []
    edge = program(tmp_path / "bin" / "microsoft-edge", "Microsoft Edge 156.0.1.2")
    expected.append((edge, "edge", "installed"))
    chrome = program(tmp_path / "bin" / "google-chrome", "Google Chrome 156.0.1.2")
    expected.append((chrome, "chrome", "installed"))
    chromium = program(tmp_path / "bin" / "chromium", CHROMIUM)
    expected.append((chromium, "chromium", "installed"))
    shell = program(tmp_path / "bin" / "chromium-headless-shell", "Chromium 156.0.8078.79")
    expected.append((shell, "headless-shell", "installed"))
    expected.append((downloaded(tmp_path), "chromium", "Playwright"))

    for present in range(len(expected), 0, -1):
        found = find(places=places)
        assert found is not None
        assert (found.path, found.kind, found.source) == expected[present - 1]
        found.path.unlink()
    program(chrome, "Google Chrome 156.0.1.2")
    program(shell, "Chromium 156.0.8078.79")
    chosen = find(str(chrome), places=places)
    assert chosen == discover.Browser(chrome, "chrome", "setting", "156.0.1.2")


@pytest.mark.parametrize("kind", ["headless-shell", "chromium", "chrome", "edge"])
def test_preferred_kind_comes_before_the_order(tmp_path: Path, kind: Kind) -> None:
    downloaded(tmp_path)
    for name in ("chromium-headless-shell", "google-chrome", "microsoft-edge"):
        program(tmp_path / "bin" / name, CHROMIUM)
    found = find(prefer=kind, places=machine(tmp_path))
    assert found is not None
    assert found.kind == kind


def test_missing_preferred_kind_falls_back_to_the_order(tmp_path: Path) -> None:
    chromium = program(tmp_path / "bin" / "chromium", CHROMIUM)
    found = find(prefer="headless-shell", places=machine(tmp_path))
    assert found == discover.Browser(chromium, "chromium", "installed", "156.0.8078.79")


def test_half_downloaded_build_is_not_taken(tmp_path: Path) -> None:
    downloaded(tmp_path, complete=False)
    assert find(places=machine(tmp_path)) is None


def test_build_of_another_playwright_is_not_taken(tmp_path: Path) -> None:
    old = tmp_path / "downloads" / "chromium-1"
    program(old / "chrome-linux64" / "chrome", "Google Chrome for Testing 100.0.1.2")
    (old / "INSTALLATION_COMPLETE").touch()
    assert find(places=machine(tmp_path)) is None


@pytest.mark.parametrize(
    ("answer", "exit_code"),
    [
        ("Command '/usr/bin/chromium-browser' requires the chromium snap to be installed.", 1),
        (CHROMIUM, 127),
        ("ok", 0),
    ],
    ids=["stub of a distribution", "library missing", "another program"],
)
def test_program_without_a_version_is_passed_over(tmp_path: Path, answer: str, exit_code: int) -> None:
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin" / "chromium", answer.replace("'", ""), exit_code=exit_code)
    chrome = program(tmp_path / "bin" / "google-chrome", "Google Chrome 156.0.1.2")
    found = find(places=machine(tmp_path))
    assert found is not None
    assert found.path == chrome


def test_installers_places_off_the_search_path_are_looked_at(tmp_path: Path) -> None:
    app = program(tmp_path / "Applications" / "Google Chrome.app" / "Google Chrome", "Google Chrome 156.0.1.2")
    found = find(places=machine(tmp_path, fixed=(("edge", tmp_path / "none"), ("chrome", app))))
    assert found == discover.Browser(app, "chrome", "installed", "156.0.1.2")


def test_setting_may_be_a_name_on_the_search_path(tmp_path: Path) -> None:
    edge = program(tmp_path / "bin" / "msedge", "Microsoft Edge 156.0.1.2")
    assert find("msedge", places=machine(tmp_path)) == discover.Browser(edge, "edge", "setting", "156.0.1.2")


def test_setting_that_is_no_browser_is_an_error_and_never_replaced(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium", CHROMIUM)
    silent = program(tmp_path / "silent", "hello")
    plain = tmp_path / "plain.txt"
    plain.write_text("not a program")
    for wrong in ("/no/such/file", str(plain), str(tmp_path), "no-such-name", str(silent)):
        with pytest.raises(ConfigError, match="of the setting"):
            find(wrong, places=machine(tmp_path))
        with pytest.raises(ConfigError):
            ensure(wrong, say=pytest.fail, places=machine(tmp_path))


@pytest.mark.parametrize(
    ("name", "answer", "kind"),
    [
        ("chrome-headless-shell", "Google Chrome for Testing 159.0.8154.6", "headless-shell"),
        ("chrome", "Google Chrome for Testing 159.0.8154.6", "chromium"),
        ("my-browser", CHROMIUM, "chromium"),
        ("chrome", "Google Chrome 156.0.1.2", "chrome"),
        ("msedge", "Microsoft Edge 156.0.1.2", "edge"),
    ],
)
def test_kind_of_the_setting_is_what_the_program_says(tmp_path: Path, name: str, answer: str, kind: Kind) -> None:
    found = find(str(program(tmp_path / name, answer)), places=machine(tmp_path))
    assert found is not None
    assert found.kind == kind


def test_browsers_folder_of_the_environment_is_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    path = downloaded(tmp_path)
    assert find() == discover.Browser(path, "chromium", "Playwright", "159.0.8154.6")


async def test_download_place_is_where_playwright_itself_would_look() -> None:
    async with async_playwright() as driver:
        expected = Path(driver.chromium.executable_path)
    build = discover.here().downloads / f"chromium-{REVISION}"
    assert expected.is_relative_to(build)
    patterns = next(patterns for kind, _, patterns in discover.DOWNLOADED if kind == "chromium")
    assert any(expected.relative_to(build).match(pattern) for pattern in patterns)


async def test_browser_of_this_machine_starts() -> None:
    browser = find()
    assert browser is not None
    async with async_playwright() as driver:
        running = await driver.chromium.launch(
            executable_path=browser.path, chromium_sandbox=not (hasattr(os, "geteuid") and os.geteuid() == 0)
        )
        assert running.version == browser.version
        await running.close()


# -- installing ----------------------------------------------------------------------------------------------------


def never(say: object) -> None:
    pytest.fail("an installer ran")


def test_no_installer_runs_when_a_browser_is_there(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium", CHROMIUM)
    assert ensure(say=pytest.fail, places=machine(tmp_path), installers=[never]).kind == "chromium"


def test_installers_are_tried_until_one_brings_a_browser(tmp_path: Path) -> None:
    tried: list[str] = []

    def useless(say: object) -> None:
        tried.append("useless")

    def good(say: object) -> None:
        tried.append("good")
        program(tmp_path / "bin" / "chromium", CHROMIUM)

    browser = ensure(say=pytest.fail, places=machine(tmp_path), installers=[useless, good, never])
    assert browser.kind == "chromium"
    assert tried == ["useless", "good"]


def test_fault_names_the_command_that_helps(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"No browser was found.*(Run|Install)") as caught:
        ensure(say=pytest.fail, places=machine(tmp_path), installers=[])
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


class DownloadHost(BaseHTTPRequestHandler):
    """Serves every build as a zip of one small program, or 404 when the path starts with /empty."""

    def do_GET(self) -> None:
        name = Path(self.path).stem
        if not self.path.startswith("/builds/") or self.path.startswith("/empty"):
            self.send_error(404)
            return
        script = zipfile.ZipInfo(f"{name}/{'chrome-headless-shell' if 'shell' in name else 'chrome'}")
        script.external_attr = 0o100755 << 16
        body = io.BytesIO()
        with zipfile.ZipFile(body, "w") as archive:
            archive.writestr(script, "#!/bin/sh\necho Google Chrome for Testing 159.0.8154.6\n")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body.getvalue())))
        self.end_headers()
        self.wfile.write(body.getvalue())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def download_host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), DownloadHost) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(sys.platform != "linux", reason="the served builds are those of Linux")
def test_playwright_download_brings_its_own_chromium(
    tmp_path: Path, download_host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_proxy(monkeypatch)
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", download_host)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    said: list[str] = []
    browser = ensure(say=said.append, places=machine(tmp_path), installers=[by_playwright])
    assert (browser.source, browser.kind, browser.version) == ("Playwright", "chromium", "159.0.8154.6")
    assert browser.path.is_relative_to(tmp_path / "downloads")
    assert len(said) == 1
    shell = find(prefer="headless-shell", places=machine(tmp_path))
    assert shell is not None
    assert (shell.source, shell.kind) == ("Playwright", "headless-shell")


def test_failed_download_is_said_and_the_fault_follows(
    tmp_path: Path, download_host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_proxy(monkeypatch)
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", f"{download_host}/empty")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    said: list[str] = []
    with pytest.raises(EnvironmentFault):
        ensure(say=said.append, places=machine(tmp_path), installers=[by_playwright])
    assert [line.split(":")[0] for line in said] == ["No browser found", "That failed"]


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A search path whose apt-get writes down what it is asked for, and knows no separate shell."""
    log = tmp_path / "asked"
    script = tmp_path / "apt" / "apt-get"
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >>{log}\n'
        'case "$*" in *headless-shell*) echo "E: Unable to locate package"; exit 100;; esac\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:/usr/bin:/bin")
    return log


def test_apt_installs_without_questions_and_without_the_shell_where_there_is_none(
    apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    said: list[str] = []
    by_apt(said.append)
    asked = apt.read_text().splitlines()
    install = "noninteractive install -y --no-install-recommends"
    assert asked == ["noninteractive update", *(f"{install} {' '.join(packages)}" for packages in APT_PACKAGES)]
    assert said[-1] == "That failed: E: Unable to locate package"


def test_apt_is_left_alone_without_rights(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    by_apt(pytest.fail)
    assert not apt.exists()


# -- as a program --------------------------------------------------------------------------------------------------


def started(cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "scanner.browser.discover"]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def test_program_prints_nothing_but_the_path(tmp_path: Path) -> None:
    found = find()
    assert found is not None
    result = started(tmp_path)
    assert (result.stdout, result.stderr, result.returncode) == (f"{found.path}\n", "", 0)


def test_program_obeys_the_setting_of_the_folder(tmp_path: Path) -> None:
    chosen = program(tmp_path / "my browser", CHROMIUM)
    (tmp_path / "curbcut.toml").write_text(f"browser = '{chosen}'\n")
    assert started(tmp_path).stdout == f"{chosen}\n"
    chosen.unlink()
    result = started(tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "of the setting is not a program" in result.stderr
