"""Which browser this machine gives us; when it has none, one is installed, or the fault says what to run.

In this order: the setting, Playwright's own Chromium, an installed headless shell, Chromium, Chrome, Edge.
A program counts as a browser only when it tells its version: that sorts out stubs of distributions, and
builds whose libraries are missing.

`python -m scanner.browser.discover` prints the path of a browser and installs one first when there is none.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import playwright

from rules.errors import ConfigError, CurbcutError, EnvironmentFault
from scanner.browser.install import INSTALLERS, Installer, Say, advice

Kind = Literal["headless-shell", "chromium", "chrome", "edge"]
Source = Literal["setting", "Playwright", "installed"]

VERSION_TIMEOUT_S = 20.0
CHROMIUM_VERSION = re.compile(r"\d+\.\d+\.\d+\.\d+")

PROGRAMS: Mapping[Kind, tuple[str, ...]] = {
    "headless-shell": ("chromium-headless-shell", "chrome-headless-shell", "headless_shell"),
    "chromium": ("chromium", "chromium-browser"),
    "chrome": ("google-chrome-stable", "google-chrome", "chrome"),
    "edge": ("microsoft-edge-stable", "microsoft-edge", "msedge"),
}
"""Names on the search path, best first."""

PLACES: Mapping[str, Sequence[tuple[Kind, str]]] = {
    "linux": (
        ("headless-shell", "/usr/bin/chromium-headless-shell"),
        ("chromium", "/usr/bin/chromium"),
        ("chromium", "/snap/bin/chromium"),
        ("chrome", "/opt/google/chrome/chrome"),
        ("edge", "/opt/microsoft/msedge/msedge"),
    ),
    "darwin": (
        ("chromium", "/Applications/Chromium.app/Contents/MacOS/Chromium"),
        ("chromium", "~/Applications/Chromium.app/Contents/MacOS/Chromium"),
        ("chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("chrome", "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("edge", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
    ),
    "win32": (
        ("chromium", r"%LOCALAPPDATA%\Chromium\Application\chrome.exe"),
        ("chrome", r"%PROGRAMFILES%\Google\Chrome\Application\chrome.exe"),
        ("chrome", r"%PROGRAMFILES(X86)%\Google\Chrome\Application\chrome.exe"),
        ("chrome", r"%LOCALAPPDATA%\Google\Chrome\Application\chrome.exe"),
        ("edge", r"%PROGRAMFILES%\Microsoft\Edge\Application\msedge.exe"),
        ("edge", r"%PROGRAMFILES(X86)%\Microsoft\Edge\Application\msedge.exe"),
    ),
}
"""Where installers put browsers that are not on the search path, by `sys.platform`."""

DOWNLOADS: Mapping[str, str] = {
    "linux": "~/.cache/ms-playwright",
    "darwin": "~/Library/Caches/ms-playwright",
    "win32": r"%LOCALAPPDATA%\ms-playwright",
}
"""Where Playwright keeps what it downloads, unless PLAYWRIGHT_BROWSERS_PATH says otherwise."""

DOWNLOADED: Sequence[tuple[Kind, str, Sequence[str]]] = (
    ("chromium", "chromium", ("chrome-*/chrome", "chrome-*/chrome.exe", "chrome-*/*.app/Contents/MacOS/*")),
    ("headless-shell", "chromium-headless-shell", ("*/chrome-headless-shell", "*/chrome-headless-shell.exe")),
)
"""Playwright's names of its builds, and where in a build's folder the program lies."""


@dataclass(frozen=True)
class Browser:
    """A browser that can be launched; `version` is its own word, such as 156.0.8078.79."""

    path: Path
    kind: Kind
    source: Source
    version: str


@dataclass(frozen=True)
class Places:
    """Where to look on a machine; a value, so that another machine can be described."""

    downloads: Path
    """Playwright's folder of browsers."""
    search_path: str
    """The folders of programs, as in PATH."""
    fixed: tuple[tuple[Kind, Path], ...]
    """Files that are browsers where they exist."""


def here() -> Places:
    """The places of this machine, read from its environment."""
    system = sys.platform if sys.platform in PLACES else "linux"
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    # "0" is Playwright's own word for a folder inside its package.
    downloads = _playwright_package() / ".local-browsers" if chosen == "0" else _expand(chosen or DOWNLOADS[system])
    return Places(
        downloads=downloads.absolute(),
        search_path=os.environ.get("PATH", os.defpath),
        fixed=tuple((kind, _expand(place)) for kind, place in PLACES[system]),
    )


def find(setting: str | None = None, *, prefer: Kind | None = None, places: Places | None = None) -> Browser | None:
    """The first browser of the order above, those of the preferred kind before all others; None when there is none.

    `setting` is the path or name of a program. One that is no browser raises ConfigError: what a person chose
    is never silently replaced.
    """
    places = places or here()
    if setting:
        return _chosen(setting, places)
    candidates = sorted(_candidates(places), key=lambda candidate: candidate[0] != prefer)
    for kind, path, source in candidates:
        if banner := _banner(path):
            return Browser(path, kind, source, _version(banner))
    return None


def ensure(
    setting: str | None = None,
    *,
    say: Say,
    prefer: Kind | None = None,
    places: Places | None = None,
    installers: Sequence[Installer] = INSTALLERS,
) -> Browser:
    """The browser that `find` gives, after trying to install one where there was none.

    `say` is told in whole sentences what is being installed. Raises EnvironmentFault when there still is none.
    """
    browser = find(setting, prefer=prefer, places=places)
    for install in installers:
        if browser:
            return browser
        install(say)
        browser = find(setting, prefer=prefer, places=places)
    if browser:
        return browser
    raise EnvironmentFault("No browser was found and none could be installed.", do=advice())


def _chosen(setting: str, places: Places) -> Browser:
    program = shutil.which(os.path.expanduser(setting), path=places.search_path)
    remedy = "Name the program file of Chromium, Chrome, Edge or a headless shell, or leave the setting out."
    if not program:
        raise ConfigError(f"The browser {setting!r} of the setting is not a program on this machine.", do=remedy)
    path = Path(program).absolute()
    banner = _banner(path)
    if not banner:
        raise ConfigError(f"The browser {setting!r} of the setting does not tell its version.", do=remedy)
    return Browser(path, _kind(path, banner), "setting", _version(banner))


def _candidates(places: Places) -> Iterator[tuple[Kind, Path, Source]]:
    for kind, path in _downloaded(places.downloads):
        yield kind, path, "Playwright"
    for kind, names in PROGRAMS.items():
        for name in names:
            if program := shutil.which(name, path=places.search_path):
                yield kind, Path(program).absolute(), "installed"
        for fixed_kind, path in places.fixed:
            if fixed_kind == kind and path.is_file():
                yield kind, path, "installed"


def _downloaded(folder: Path) -> Iterator[tuple[Kind, Path]]:
    """Playwright's builds of the revision that it was released with; others are not its own."""
    release = json.loads((_playwright_package() / "browsers.json").read_text("utf-8"))
    revisions = {browser["name"]: browser["revision"] for browser in release["browsers"]}
    for kind, name, patterns in DOWNLOADED:
        build = folder / f"{name.replace('-', '_')}-{revisions[name]}"
        # Playwright writes the marker last: without it the download was stopped half-way.
        if (build / "INSTALLATION_COMPLETE").exists():
            for pattern in patterns:
                yield from ((kind, program) for program in sorted(build.glob(pattern)))


def _playwright_package() -> Path:
    return Path(playwright.__file__).parent / "driver" / "package"


def _expand(place: str) -> Path:
    return Path(os.path.expandvars(os.path.expanduser(place)))


def _banner(path: Path) -> str:
    """What the program says of itself, "" when it does not run."""
    if sys.platform == "win32":
        # There --version opens a window; Chrome and Edge keep a folder of their version beside the program.
        versions = [entry.name for entry in path.parent.iterdir() if CHROMIUM_VERSION.match(entry.name)]
        return f"{path.stem} {max(versions, default='unknown')}"
    try:
        answer = subprocess.run(
            [path, "--version"], capture_output=True, text=True, errors="replace", timeout=VERSION_TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 and CHROMIUM_VERSION.search(answer.stdout) else ""


def _version(banner: str) -> str:
    number = CHROMIUM_VERSION.search(banner)
    return number.group() if number else "unknown"


def _kind(path: Path, banner: str) -> Kind:
    text = f"{path.name} {banner}".lower()
    if "headless" in text:
        return "headless-shell"
    if "edge" in text:
        return "edge"
    return "chromium" if "chromium" in text or "for testing" in text else "chrome"


def main() -> int:
    """Prints the path of a browser, progress and faults on standard error; for `run`, which cannot import this."""
    from scanner.settings_sources import load_settings

    try:
        setting = load_settings(None, {}, cwd=Path.cwd()).browser
        print(ensure(setting, say=lambda line: print(line, file=sys.stderr, flush=True)).path)
    except CurbcutError as fault:
        print(fault, file=sys.stderr)
        return fault.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
