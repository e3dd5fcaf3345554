"""What is said where Playwright's own program cannot run on a machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.errors import EnvironmentFault
from scanner.browser.driver import driver, fault
from scanner.doctor import examine
from scanner.settings import Settings

LACKING = "node: error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of the driver's that ends as one does whose library is missing."""
    program = tmp_path / "node"
    program.write_text(f"#!/bin/sh\necho '{LACKING}' >&2\nexit 127\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(program))


async def test_a_driver_that_runs_is_given() -> None:
    async with driver() as playwright:
        assert playwright.chromium.name == "chromium"


@pytest.mark.usefixtures("broken")
async def test_a_driver_that_lacks_a_library_is_named_with_what_helps() -> None:
    with pytest.raises(EnvironmentFault, match=r"driver does not run: .*libatomic\.so\.1") as caught:
        async with driver():
            pytest.fail("it cannot have started")
    assert "apt-get install libatomic1" in caught.value.do


@pytest.mark.usefixtures("broken")
async def test_the_doctor_tells_it(tmp_path: Path) -> None:
    checks = await examine(Settings(output=tmp_path / "report", store=str(tmp_path / "c.db")), environ={})
    told = {check.topic: check for check in checks}
    assert told["driver"].state == "fail"
    assert "libatomic1" in told["driver"].fix
    assert told["store"].state == "ok"


def test_other_faults_have_other_advice() -> None:
    assert "libnss3.so" in fault("node: libnss3.so: cannot open shared object file").do
    assert "environment of its own" in fault("Cannot find module 'playwright-core'").do
