"""Keeps one comment of Curbcut's on a pull request: the same text as the step's summary, updated and not repeated.

A pull request from a fork has no right to comment. That is no fault: the summary of the step says the same.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

MARK = "<!-- curbcut -->"
LONGEST = 60_000
PAGES = 10
NOT_ALLOWED = (401, 403, 404)


def main(file: Path) -> int:
    """Write the comment; 0 also where that is not allowed."""
    if not file.is_file():
        return 0
    body = {"body": file.read_text("utf-8")[:LONGEST]}
    issues = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    comments = f"{issues}/{os.environ['CURBCUT_ISSUE']}/comments"
    try:
        ours = _ours(comments)
        ask("PATCH", f"{issues}/comments/{ours}", body) if ours else ask("POST", comments, body)
    except urllib.error.HTTPError as error:
        if error.code not in NOT_ALLOWED:
            raise
        print("Curbcut may not comment here; the summary of this step says the same.")
    return 0


def _ours(comments: str) -> int | None:
    """The number of the comment that is there already."""
    for page in range(1, PAGES + 1):
        found = ask("GET", f"{comments}?per_page=100&page={page}")
        for comment in found:
            if str(comment["body"]).startswith(MARK):
                return int(comment["id"])
        if len(found) < 100:
            return None
    return None


def ask(method: str, url: str, body: dict[str, str] | None = None) -> Any:
    """The answer of GitHub's API."""
    head = {"Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}", "Accept": "application/vnd.github+json"}
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(url, data, {**head, "Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
