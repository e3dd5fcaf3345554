"""Takes the picture of the demo's report for README.md: a real scan, the top of its overview.

    python docs/picture.py

The picture changes with rules and report; when it does, its text alternative in README.md must follow.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from scanner.browser.discover import ensure

PICTURE = Path(__file__).parent / "images" / "report.png"
WIDTH, HEIGHT = 1120, 1180


def main() -> None:
    """Scan the demo and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "scanner", "demo", "--plain", "--output", "report", "--store", "curbcut.db"]
        subprocess.run(demo, cwd=folder, check=True)
        take(Path(folder) / "report" / "index.html")


def take(report: Path) -> None:
    """Write the picture of a report's first screen."""
    PICTURE.parent.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        found = ensure(None, say=print)
        browser = playwright.chromium.launch(executable_path=found.path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(report.as_uri())
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
