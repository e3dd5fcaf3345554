"""Starts a Chromium that is repeatable, quiet and a good guest; every switch stands in one table with its reason.

The network guard (`guard.py`) relies on two of them: the proxy rules, which refuse WebSockets, and the features that
let the browser itself send reports with POST, which no page asked for and CDP does not show.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

from playwright.async_api import Browser, Error, Playwright

from rules.errors import EnvironmentFault
from scanner.browser.discover import Kind
from scanner.browser.proxies import Proxy, proxy_switches

_NOWHERE: Final = "http://[::1]:1/"
"""Where the browser's own requests go that no switch takes away: nobody listens there.

Not 127.0.0.1: Chromium gives the site of the account server a process of its own, and pages are served from there.
"""


class Switch(NamedTuple):
    """One switch of Chromium's command line and why Curbcut sets it."""

    text: str
    reason: str


SWITCHES: Final = (
    Switch("--font-render-hinting=none", "the headless shell rounds glyph widths to whole pixels without it"),
    Switch("--hide-scrollbars", "a scroll bar takes 15 px from the viewport on some systems and none on others"),
    Switch("--mute-audio", "nobody listens"),
    Switch("--autoplay-policy=no-user-gesture-required", "sound that a page starts by itself starts, to be found out"),
    Switch("--disable-site-isolation-trials", "one process a page: one snapshot and one session hold all its frames"),
    Switch("--disable-background-networking", "no request of the browser's own: no update, no variations"),
    Switch("--disable-component-update", "no request of the browser's own: no component downloads"),
    Switch("--disable-domain-reliability", "no report of the browser's own about failed connections"),
    Switch("--disable-client-side-phishing-detection", "no request of the browser's own about page content"),
    Switch("--disable-sync", "no account"),
    Switch("--disable-default-apps", "no applications installed at first start"),
    Switch("--no-first-run", "no first-start pages"),
    Switch("--no-pings", "hyperlink auditing is a POST (full Chromium knows the switch, the shell ignores it)"),
    Switch("--disable-quic", "HTTP/3 and WebTransport run over UDP, which no proxy sees"),
    Switch(f"--gaia-url={_NOWHERE}", "full Chromium asks Google's account server, with POST, whatever else is set"),
    Switch(f"--component-updater=url-source={_NOWHERE}", "full Chromium asks the update server, with POST, as well"),
    Switch("--block-new-web-contents", "no pop-ups (the shell knows it; for full Chromium the guard closes them)"),
    Switch("--deny-permission-prompts", "no camera, position or notification, and no page waits for an answer"),
    Switch("--webrtc-ip-handling-policy=disable_non_proxied_udp", "no UDP to addresses that a page names"),
    Switch("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "the same for the headless shell"),
)
"""What is passed to every browser; docs/guard.md says how the ones that matter to the guard were measured."""

DISABLED_FEATURES: Final = {
    "IsolateOrigins": "see --disable-site-isolation-trials",
    "site-per-process": "see --disable-site-isolation-trials",
    "IsolateSandboxedIframes": "sandboxed frames would get a process of their own",
    "Reporting": "the browser itself delivers queued reports with POST",
    "NetworkErrorLogging": "the browser itself delivers queued reports with POST",
    "DeviceBoundSessions": "registration is a POST by the browser itself",
    "Prerender2": "a prerendered page is a second page in the tab that is judged",
    "BackForwardCache": "a page kept alive behind the one that is judged",
    "HttpsUpgrades": "an http address is looked at as it was written",
    "HttpsFirstBalancedModeAutoEnable": "an http address is looked at as it was written",
    "AvoidUnnecessaryBeforeUnloadCheckSync": "Playwright needs it off",
    "AvoidCorsURLLoaderRestartOnRedirect": "Playwright needs it off when requests are paused",
    "DestroyProfileOnBrowserClose": "Playwright needs it off",
    "PaintHolding": "the screen shows the page that is judged, not the one before",
    "MediaRouter": "no search for screens on the local network",
    "OptimizationHints": "no request of the browser's own",
    "NetworkTimeServiceQuerying": "no request of the browser's own",
    "AimEnabled": "no request of the browser's own",
    "PreconnectToSearch": "no request of the browser's own",
    "Translate": "no bar over the page",
}
"""Features that are switched off; the list replaces Playwright's, as Chromium obeys only the last such switch."""


DISABLED_APIS: Final = {
    "SharedWorker": "a shared worker belongs to no page and outlives the one that is judged",
    "AttributionReporting": "the browser itself sends reports with POST",
    "AdInterestGroupAPI": "advertising auctions: the browser itself sends requests",
    "Fledge": "advertising auctions: the browser itself sends requests",
    "FencedFrames": "part of advertising auctions",
    "TopicsAPI": "advertising",
    "PrivateStateTokens": "issued with POST",
    "FedCm": "signing in: the browser itself sends requests",
    "BackgroundFetch": "goes on when the page is gone",
    "PushMessaging": "needs a service worker",
    "Presentation": "searches the local network for screens",
}
"""Interfaces of the browser (Blink's names) that pages, frames and workers do not get."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """How Curbcut presents itself to a site, and the window it looks through.

    `contact` is an address or URL at which a site's owner reaches the person who runs the scan.
    """

    contact: str = ""
    locale: str = "en-US"
    timezone: str = "UTC"
    width: int = 1280
    height: int = 800


def runs_as_root() -> bool:
    """True when Chromium's sandbox cannot work because this process runs as root (never on Windows)."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def switches(kind: Kind, *, proxy: Proxy) -> list[str]:
    """Gives the whole command line that Curbcut adds to Playwright's for a browser of this kind."""
    # Branded and full builds before 132 read a bare --headless as the old mode, which renders differently.
    mode = [] if kind == "headless-shell" else ["--headless=new"]
    features = f"--disable-features={','.join(DISABLED_FEATURES)}"
    apis = f"--disable-blink-features={','.join(DISABLED_APIS)}"
    return [*mode, *(switch.text for switch in SWITCHES), features, apis, *proxy_switches(proxy)]


async def launch(
    playwright: Playwright,
    path: Path,
    kind: Kind,
    *,
    proxy: Proxy | None = None,
    root: bool | None = None,
    timeout_s: float = 60.0,
    environment: dict[str, str] | None = None,
) -> Browser:
    """Gives a running headless browser; the sandbox is on unless this process is root.

    `root` overrides the look-up of the user, for containers that map user ids; `environment` is the browser's where
    it is not to be this process's own. Raises EnvironmentFault with Chromium's
    own words when it does not start.
    """
    sandbox = not (runs_as_root() if root is None else root)
    try:
        return await playwright.chromium.launch(
            executable_path=path,
            headless=True,
            chromium_sandbox=sandbox,
            args=switches(kind, proxy=proxy or Proxy()),
            ignore_default_args=["--disable-popup-blocking"],
            timeout=timeout_s * 1000,
            env={**environment} if environment else None,
            # Ctrl-C reaches every process of the terminal; the run itself decides when the browser ends.
            handle_sigint=False,
            handle_sigterm=False,
        )
    except Error as error:
        raise EnvironmentFault(
            f"the browser did not start: {_first_words(error.message)}",
            where=str(path),
            do="Run `curbcut doctor` to see what is missing.",
        ) from error


def _first_words(message: str) -> str:
    telling = [line for line in message.splitlines() if "ERROR" in line or "FATAL" in line or "error while" in line]
    return (telling or message.splitlines() or ["no message"])[0].strip()[:300]


def user_agent(browser_version: str, visitor: Visitor) -> str:
    """Gives the honest User-Agent: the engine, so that pages serve what it can render, then Curbcut and the contact."""
    major = browser_version.partition(".")[0]
    contact = f" (+{visitor.contact})" if visitor.contact else ""
    engine = f"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
    return f"Mozilla/5.0 (X11; Linux x86_64) {engine} Curbcut/{version('curbcut')}{contact}"


def context_options(browser_version: str, visitor: Visitor | None = None) -> dict[str, Any]:
    """Gives the keyword arguments of `browser.new_context` for a crawl.

    Motion is reduced from the start, so that a page settles; the motion probe asks for motion again on its own tab.
    Service workers are blocked because their requests belong to no page. The page's own security policy stays in force.
    """
    visitor = visitor or Visitor()
    return {
        "viewport": {"width": visitor.width, "height": visitor.height},
        "device_scale_factor": 1,
        "locale": visitor.locale,
        "timezone_id": visitor.timezone,
        "color_scheme": "light",
        "reduced_motion": "reduce",
        "forced_colors": "none",
        "user_agent": user_agent(browser_version, visitor),
        "accept_downloads": False,
        "service_workers": "block",
        "bypass_csp": False,
        "permissions": [],
    }
