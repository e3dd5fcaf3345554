"""What this machine offers Curbcut, what is wrong with it, and what helps: the facts behind `curbcut doctor`.

Every check really tries what a scan would do (start the browser, write a file, ask for the page) and gives one
frozen Check. Nothing is installed or changed.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from rules.errors import ConfigError, CurbcutError, EnvironmentFault
from scanner.browser.discover import Browser, Places, find
from scanner.browser.install import advice
from scanner.browser.launch import runs_as_root
from scanner.browser.proxies import Proxy, proxy_of
from scanner.browser.trial import Trial, try_browser
from scanner.browser.trust import can_believe
from scanner.probes.axe import AxeScript
from scanner.reach import ask
from scanner.settings import Settings

State = Literal["ok", "warn", "fail"]

CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""Variables with a company's certificates: Curbcut's own requests read the first two, set-up tools the others."""


@dataclass(frozen=True)
class Check:
    """One thing that was tried: `found` is what it showed; `fix` says what helps unless the state is ok."""

    topic: str
    state: State
    found: str
    fix: str = ""


async def examine(
    settings: Settings, *, environ: Mapping[str, str], url: str | None = None, places: Places | None = None
) -> tuple[Check, ...]:
    """All checks of this machine for these settings, and of `url` as far as it can be reached."""
    browser, found = check_browser(settings.browser, places)
    proxy, configured = check_proxy(environ)
    checks = [check_versions(settings), found]
    trial = None
    if browser:
        try:
            trial = await try_browser(browser, url=url, proxy=proxy, bundle=settings.ca_bundle)
            checks += [check_start(browser, trial, root=runs_as_root()), *check_fonts(trial)]
        except EnvironmentFault as fault:
            checks.append(Check("driver", "fail", fault.what, fault.do))
    checks += [configured, check_certificates(environ, settings.ca_bundle)]
    checks += [check_folder("report folder", settings.output), check_store(settings.store)]
    if url:
        checks.append(await check_answer(url, contact=settings.contact, bundle=settings.ca_bundle))
        if trial and trial.starts:
            checks.append(check_page(url, trial))
    return tuple(checks)


def as_json(checks: Sequence[Check]) -> dict[str, object]:
    """The checks for machines, in the order in which people read them."""
    return {"schema": 1, "checks": [asdict(check) for check in checks]}


def check_versions(settings: Settings) -> Check:
    """The versions that a report would name, and Python's."""
    try:
        axe = AxeScript.read(settings.axe).version
    except ConfigError as error:
        return Check("versions", "fail", str(error), "Leave out the setting `axe`, or name an axe.min.js file.")
    parts = {"Curbcut": version("curbcut"), "axe-core": axe, "Playwright": version("playwright")}
    parts["Python"] = platform.python_version()
    return Check("versions", "ok", f"{', '.join(map(' '.join, parts.items()))}, {platform.platform(terse=True)}")


def check_browser(setting: str | None, places: Places | None = None) -> tuple[Browser | None, Check]:
    """The browser that a scan would use, and what there is to say about it."""
    try:
        browser = find(setting, places=places)
    except ConfigError as error:
        return None, Check("browser", "fail", error.what, error.do)
    if browser is None:
        return None, Check("browser", "fail", "none was found", advice())
    source = {"setting": "by the setting", "Playwright": "Playwright's own", "installed": "installed here"}
    return browser, Check(
        "browser", "ok", f"{browser.path} ({browser.kind} {browser.version}, {source[browser.source]})"
    )


def check_start(browser: Browser, trial: Trial, *, root: bool) -> Check:
    """Whether the browser starts, and whether its sandbox stands between pages and this machine."""
    if trial.sandboxed:
        return Check("sandbox", "ok", "works")
    if not trial.starts:
        fix = advice() if browser.source != "setting" else "Leave out the setting `browser`, or name another program."
        return Check("browser start", "fail", trial.trouble, fix)
    if root:
        fix = "Start Curbcut as an ordinary user (in a container: USER), so that pages stay locked in the browser."
        return Check("sandbox", "warn", "off, because this runs as root", fix)
    return Check("sandbox", "fail", f"does not work, so no scan can start: {trial.trouble}", _sandbox_fix())


def _sandbox_fix() -> str:
    if not sys.platform.startswith("linux"):
        return "Install the browser again."
    setuid = "Install the package chromium-sandbox" if shutil.which("apt-get") else "Install Chromium's setuid sandbox"
    for name, wanted in (
        ("kernel.apparmor_restrict_unprivileged_userns", "0"),
        ("kernel.unprivileged_userns_clone", "1"),
        ("user.max_user_namespaces", "10000"),
    ):
        switch = Path("/proc/sys", *name.split("."))
        off = {"1"} if wanted == "0" else {"0"}
        if switch.exists() and switch.read_text().strip() in off:
            return f"{setuid}, or allow user namespaces: `sudo sysctl {name}={wanted}`."
    return f"{setuid}; in a container, allow user namespaces (docker: --security-opt seccomp=…)."


def check_fonts(trial: Trial) -> tuple[Check, ...]:
    """Whether different letters look different; nothing where no browser started."""
    if not trial.starts:
        return ()
    packages = "fonts-liberation fonts-dejavu-core" if "Latin" in trial.without_font else "fonts-noto-core"
    if not trial.without_font:
        return (Check("fonts", "ok", "letters of all scripts that were tried can be drawn"),)
    more = " fonts-noto-cjk" if {"Chinese", "Japanese", "Korean"} & set(trial.without_font) else ""
    emoji = " fonts-noto-color-emoji" if "emoji" in trial.without_font else ""
    found = f"no letters for {', '.join(trial.without_font)}: what depends on the look of such text is not reliable"
    fix = f"Install fonts, on Debian and Ubuntu: `sudo apt-get install {packages}{more}{emoji}`."
    return (Check("fonts", "fail" if "Latin" in trial.without_font else "warn", found, fix),)


def check_proxy(environ: Mapping[str, str]) -> tuple[Proxy | None, Check]:
    """The proxy that requests take, without its password."""
    try:
        proxy = proxy_of(environ)
    except CurbcutError as error:
        return None, Check("proxy", "fail", str(error), "Correct or unset that variable.")
    servers = [f"{name} through {server}" for name, server in (("http", proxy.http), ("https", proxy.https)) if server]
    bypass = f", not for {', '.join(proxy.bypass)}" if servers and proxy.bypass else ""
    return proxy, Check("proxy", "ok", f"{', '.join(servers) or 'none'}{bypass}")


def check_certificates(environ: Mapping[str, str], bundle: Path | None = None) -> Check:
    """Whether the certificate files that settings and environment name exist, can be read, and reach the browser."""
    named = {name: environ[name] for name in CERTIFICATES if environ.get(name)}
    named |= {"ca-bundle": str(bundle)} if bundle else {}
    broken = [name for name, path in named.items() if not os.access(path, os.R_OK)]
    if broken:
        found = ", ".join(f"{name} names {named[name]}" for name in broken)
        return Check("certificates", "fail", f"{found}, which cannot be read", f"Correct or unset {', '.join(broken)}.")
    if bundle and sys.platform.startswith("linux") and not can_believe():
        found = f"ca-bundle={bundle}, which the browser cannot be given without certutil"
        return Check("certificates", "warn", found, "Install certutil: on Debian and Ubuntu the package libnss3-tools.")
    return Check(
        "certificates", "ok", ", ".join(f"{name}={path}" for name, path in named.items()) or "those of the system"
    )


def check_store(store: str) -> Check:
    """Whether the database of scans can be written; a database server is named but not asked."""
    if "://" not in store:
        return check_folder("store", Path(store).parent, file=Path(store))
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    try:
        address = make_url(store)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        return Check("store", "fail", "the setting `store` names no database", "Write it as sqlite:////folder/file.db.")
    if address.get_backend_name() == "sqlite" and address.database:
        return check_folder("store", Path(address.database).parent, file=Path(address.database))
    return Check("store", "ok", f"{address.render_as_string(hide_password=True)} (not tried)")


def check_folder(topic: str, folder: Path, *, file: Path | None = None) -> Check:
    """Whether a file can be written in the folder, or, where it does not exist yet, in the nearest one above it."""
    present = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))
    fix = f"Give yourself the right to write there, or choose another place with --{'store' if file else 'output'}."
    try:
        with tempfile.TemporaryFile(dir=present):
            pass
        if file and file.exists() and not os.access(file, os.R_OK | os.W_OK):
            raise PermissionError(None, "Permission denied", str(file))
    except OSError as error:
        return Check(topic, "fail", f"{file or folder} cannot be written: {error.strerror} ({present})", fix)
    return Check(topic, "ok", f"{file or folder} can be written")


async def check_answer(url: str, *, contact: str, bundle: Path | None = None) -> Check:
    """What the server answers to one polite GET request, as Curbcut itself (robots.txt, sitemaps) makes them."""
    topic = f"answer of {url}"
    answer = await ask(url, contact=contact, bundle=bundle)
    if answer.trouble:
        return Check(topic, "fail", answer.trouble, answer.fix)
    found = f"status {answer.status}" + (f" after moving to {answer.moved_to}" if answer.moved_to else "")
    if answer.status >= 400:
        return Check(topic, "fail", found, "Check the address, and ask the owner whether scanners are kept out.")
    return Check(topic, "ok", found)


def check_page(url: str, trial: Trial) -> Check:
    """Whether the browser opens the page; it has its own list of trusted certificates."""
    topic = f"browser opens {url}"
    if not trial.page_trouble:
        return Check(topic, "ok", "yes")
    fix = "See what the check before this one says."
    if "ERR_CERT" in trial.page_trouble:
        fix = (
            "If the authority is your company's, name a file with its certificate in ca-bundle; on Linux certutil must "
            "be there (package libnss3-tools), elsewhere add it to the system's store."
        )
    return Check(topic, "fail", trial.page_trouble, fix)
