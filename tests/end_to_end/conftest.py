"""The demo scanned once with the real command, evidence kept: what many tests look at from their sides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from curbcut_command import Ended, curbcut

from reports.model import Scan
from reports.results import load_results


@dataclass(frozen=True)
class DemoScan:
    """The folder that the demo was scanned in, how the command ended, and what it found."""

    folder: Path
    ended: Ended
    scan: Scan

    @property
    def base(self) -> str:
        """The address that the demo had, with a slash at the end."""
        return self.scan.sites[0].url

    def page(self, url: str) -> str:
        """The page's file, from its address."""
        path = url.removeprefix(self.base)
        return f"{path}index.html" if path == "" or path.endswith("/") else path


@pytest.fixture(scope="session")
def demo_scan(tmp_path_factory: pytest.TempPathFactory) -> DemoScan:
    folder = tmp_path_factory.mktemp("demo")
    ended = curbcut("demo", "--keep-evidence", cwd=folder)
    assert ended.code == 0, ended.err
    return DemoScan(folder, ended, load_results(folder / "curbcut-report" / "results.json"))
