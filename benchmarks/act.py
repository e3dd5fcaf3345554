"""How `curbcut check` judges W3C's ACT test cases, graded by rule, written into docs/accuracy.md.

    python benchmarks/act.py FOLDER [--rule ID …] [--results FILE] [--write]

FOLDER holds the test cases and `act_run.py`, which serves them under their own paths and grades by W3C's definitions.
Prints the table; --write puts it into the document, --results keeps the results of the check, --rule looks at single
rules and prints each of their cases.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- act: begin -->", "<!-- act: end -->"

# Cases lie on one host of this machine; nothing of theirs is of a kind that pages are thrown out for.
SETTINGS = 'max-pages = 0\nper-host = 4\nanalytics = "allow"\n'
VERDICTS = {"failed": "failed", "cant_tell": "cantTell", "passed": "passed"}

BEHAVIOUR = frozenset(
    {
        "oj04fd",
        "b33eff",
        "80af7b",
        "a1b64e",
        "ebe86a",
        "ffbc54",
        "59br37",
        "efbfc7",
        "36b590",
        "0ssw9k",
        "c249d5",
        "7677a9",
    }
)
"""Rules whose cases are decided with a keyboard, a clock, a sensor or another size of the window."""


@contextlib.contextmanager
def served(folder: Path, work: Path) -> Iterator[list[dict[str, Any]]]:
    """The cases with what is expected of them, served until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(folder / "act_run.py"), "serve", "--repo", str(folder), "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--work", str(work / "cases"), "--out", str(work)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            if (work / "urls.txt").exists() and (work / "expected.json").exists():
                break
            time.sleep(0.1)
        time.sleep(0.5)
        yield json.loads((work / "expected.json").read_text("utf-8"))
    finally:
        server.terminate()
        server.wait()


def checked(urls: list[str], work: Path, *, settings: str = SETTINGS) -> dict[str, Any]:
    """The results of `curbcut check` on these addresses, as a user would get them."""
    (work / "pages.txt").write_text("\n".join(urls) + "\n", "utf-8")
    (work / "curbcut.toml").write_text(settings, "utf-8")
    command = [sys.executable, "-m", "scanner", "check", "--from", "pages.txt", "--config", "curbcut.toml"]
    subprocess.run(
        [*command, "--output", "report", "--json", "results.json", "--plain"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    results: dict[str, Any] = json.loads((work / "results.json").read_text("utf-8"))
    return results


def entries(results: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The outcomes by page, in the words of the grader; a page that is missing counts as untested.

    What holds no HTML was looked at: no rule applies to it.
    """
    return {
        page["url"]: [
            {
                "rule": outcome["rule"],
                "act_rules": outcome["act"],
                "wcag": outcome["wcag"],
                "outcome": VERDICTS.get(outcome["verdict"], "untested"),
            }
            for outcome in page["outcomes"]
        ]
        for site in results["sites"]
        for page in site["pages"]
        if page["state"] in ("tested", "not-html")
    }


def graded(folder: Path, work: Path, found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What the grader says: totals by tier and a row for each rule."""
    (work / "entries.json").write_text(json.dumps({"tool": "curbcut", "results": found}), "utf-8")
    command = [sys.executable, str(folder / "act_run.py"), "grade", "--repo", str(folder), "entries.json"]
    subprocess.run([*command, "--json", "graded.json"], cwd=work, stdout=subprocess.DEVNULL, check=True)
    grades: dict[str, Any] = json.loads((work / "graded.json").read_text("utf-8"))["curbcut"]
    return grades


def document(grades: dict[str, Any], versions: dict[str, str]) -> str:
    """The sums and the table of rules as Markdown."""
    told = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    lines = [f"{told}.", "", "| Rules | Complete | Cases that must fail | Caught | Others | False alarms |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for tier in ("approved", "proposed"):
        sums = grades["totals"][tier]
        complete, caught = f"{sums['rl_complete']} of {sums['rules']}", sums["rl_caught"]
        lines.append(f"| {tier} | {complete} | {sums['failed']} | {caught} | {sums['ok']} | {sums['rl_fp']} |")
    lines += ["", "| ACT rule | Tier | Must fail | Caught | Asked | False alarms | Consistent | Decided by |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for row in sorted(grades["rows"], key=lambda row: (row["tier"], row["id"])):
        if row["tier"] not in ("approved", "proposed"):
            continue
        level = row["rule_level"]
        mark = " (behaviour)" if row["id"] in BEHAVIOUR else ""
        asked = level["caught_ct"] - level["caught"]
        by = ", ".join(f"`{name}`" for name in level["procedures"]) or "none"
        lines.append(
            f"| {row['id']} {row['title']}{mark} | {row['tier']} | {row['failed']} | {level['caught']} | {asked} "
            f"| {level['fp']} | {level['consistency'] or 'no'} | {by} |"
        )
    return "\n".join(lines)


def put(table: str, begin: str, end: str) -> None:
    """Write the table into the document, between these two marks."""
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    DOCUMENT.write_text(f"{before}{begin}\n\n{table}\n\n{end}{after}", "utf-8", newline="\n")


def cases(expected: list[dict[str, Any]], found: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """One line for each case: what is expected, and what the rules that implement the ACT rule say."""
    for case in sorted(expected, key=lambda case: (case["act_rule"], case["title"])):
        said = [one for one in found.get(case["url"], ()) if case["act_rule"] in one["act_rules"]]
        verdicts = sorted({f"{one['rule']} {one['outcome']}" for one in said if one["outcome"] != "passed"})
        is_failed = any(one["outcome"] == "failed" for one in said)
        mark = "  " if is_failed == (case["expected"] == "failed") else "!!"
        yield f"{mark} {case['act_rule']} {case['title']:24} {case['expected']:12} {', '.join(verdicts) or '-'}"


def main() -> None:
    """Serve, check, grade, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rule", action="append", default=[])
    parser.add_argument("--results", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, served(given.folder.resolve(), Path(name)) as expected:
        work = Path(name)
        wanted = [case for case in expected if not given.rule or case["act_rule"] in given.rule]
        results = checked(sorted({case["url"] for case in wanted}), work)
        if given.results:
            given.results.write_text(json.dumps(results), "utf-8")
        if given.rule:
            print("\n".join(cases(wanted, entries(results))))
            return
        tool = results["tool"]
        versions = {"Curbcut": tool["curbcut"], "axe-core": tool["axe"], "browser": tool["browser"]}
        table = document(graded(given.folder.resolve(), work, entries(results)), versions)
    print(table)
    if given.write:
        put(table, BEGIN, END)


if __name__ == "__main__":
    main()
