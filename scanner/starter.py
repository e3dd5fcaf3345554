"""The first files of a project that starts with Curbcut: settings, list of services, workflow, what git should know."""

from __future__ import annotations

from collections.abc import Mapping

BASELINE = "curbcut-baseline.txt"

_WORKFLOW = """\
name: curbcut

on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read

jobs:
  curbcut:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install curbcut
      # Ubuntu forbids what Chromium's sandbox is made of.
      - run: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0
      - run: curbcut scan --gate --plain
      - run: curbcut export markdown curbcut-report >> "$GITHUB_STEP_SUMMARY"
        if: always()
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: curbcut-report
          path: curbcut-report
"""


def starter_files(url: str, *, profile: str, contact: str = "") -> Mapping[str, str]:
    """The text of each file by its path; `profile` is what decides which problems are required to be fixed."""
    told = (
        f'contact = "{contact}"\n'
        if contact
        else '# contact = "web-team@example.gov"   # who can be asked about visits\n'
    )
    settings = (
        f'profile = "{profile}"\n{told}baseline = "{BASELINE}"\n\n'
        "# New problems that stop people or make it hard fail a build; others are counted.\n"
        'fail-on = "serious"\n'
    )
    return {
        "curbcut.toml": settings,
        "sites.txt": f"# One service a line.\n{url}\n",
        ".github/workflows/curbcut.yml": _WORKFLOW,
    }


def with_line(text: str, line: str) -> str:
    """A file with a line of its own at the end, unless it has it already."""
    if line in text.splitlines():
        return text
    start = text if not text or text.endswith("\n") else f"{text}\n"
    return f"{start}{line}\n"
