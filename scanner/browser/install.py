"""Gets a browser onto a machine that has none: by Playwright's download, else by apt where root may use it.

An installer says what it does and returns whether or not it worked; the caller looks again for a browser, which is
the only proof that counts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

Say = Callable[[str], None]
Installer = Callable[[Say], None]

INSTALL_TIMEOUT_S = 1800.0
"""For slow lines: the download has about 300 MB."""

FONTS = ("fonts-liberation", "fonts-dejavu-core")
APT_PACKAGES = (
    ("chromium", "chromium-headless-shell", "chromium-sandbox", *FONTS, "libatomic1"),
    # Older releases have no separate shell.
    ("chromium", "chromium-sandbox", *FONTS, "libatomic1"),
)
"""Sets to try in turn. Without fonts every letter is the same box, and contrast and overlap mean nothing.

Playwright's driver needs libatomic1, which small images of systems lack.
"""


def by_playwright(say: Say) -> None:
    """Lets Playwright download its own Chromium and headless shell."""
    say("No browser found: downloading Chromium with Playwright (about 300 MB).")
    _run([sys.executable, "-m", "playwright", "install", "chromium"], say)


def by_apt(say: Say) -> None:
    """Installs the distribution's Chromium with fonts; does nothing where apt or root's rights are missing."""
    apt = shutil.which("apt-get")
    if not apt or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    say("Installing Chromium and fonts with apt-get.")
    if _run([apt, "update"], say):
        any(_run([apt, "install", "-y", "--no-install-recommends", *packages], say) for packages in APT_PACKAGES)


INSTALLERS: Sequence[Installer] = (by_playwright, by_apt)


def advice() -> str:
    """The sentence that tells a person how to get a browser onto this machine."""
    if shutil.which("apt-get"):
        return f"Run `sudo apt-get install {' '.join(APT_PACKAGES[1])}` and start again."
    if sys.platform.startswith("linux"):
        return "Install Chromium or Google Chrome with your system's packages and start again."
    return f"Install Google Chrome, or run `{sys.executable} -m playwright install chromium`, and start again."


def _run(command: Sequence[str], say: Say) -> bool:
    """True when the command went well; otherwise its first complaint has been said."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        result = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=INSTALL_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        say(f"That failed: {error}")
        return False
    if result.returncode:
        lines = [line.strip() for line in result.stdout.splitlines() if line.strip()]
        complaint = next((line for line in lines if line.startswith(("Error", "E:"))), lines[-1] if lines else "")
        say(f"That failed: {complaint or f'exit code {result.returncode}'}")
    return result.returncode == 0
