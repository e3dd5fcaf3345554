"""How fast `curbcut check` is against a plain sequential loop of Playwright and axe-core, on the same pages.

    python benchmarks/throughput.py URL… | --from urls.txt [--rounds 2] [--operate none] [--browser PATH]

Runs A B A B with the same browser build and prints, for each and as ratios of medians: pages a second,
CPU seconds a page, peak memory (proportional set size) of the process itself and of everything it started.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from measure import Cost, measure

HERE = Path(__file__).parent


def main() -> None:
    """Measure both on the same URLs in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="*")
    parser.add_argument("--from", dest="source", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--operate", choices=("none", "some", "all"), default="none", help="as in the settings")
    parser.add_argument("--browser")
    given = parser.parse_args()
    urls = [*given.urls, *(given.source.read_text("utf-8").split() if given.source else [])]
    if not urls:
        parser.error("name URLs, or a file with --from")
    browser = ["--browser", given.browser] if given.browser else []
    curbcut: list[Cost] = []
    plain: list[Cost] = []
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "urls.txt"
        listed.write_text("\n".join(urls), "utf-8")
        settings = Path(folder) / "curbcut.toml"
        settings.write_text(f'operate = "{given.operate}"\n', "utf-8")
        for number in range(given.rounds):
            out = Path(folder) / f"report-{number}"
            check = [sys.executable, "-m", "scanner", "check", "--from", str(listed), "--output", str(out), "--plain"]
            check += ["--config", str(settings)]
            curbcut.append(measure([*check, "--store", str(out) + ".db", *browser]))
            plain.append(measure([sys.executable, str(HERE / "plain_loop.py"), "--from", str(listed), *browser]))
    for name, costs in (("curbcut check", curbcut), ("plain loop", plain)):
        for cost in costs:
            print(_row(name, cost, len(urls)), "" if cost.exit_code in (0, 3) else cost.output[-500:])
    speed = _median(plain, "wall_s") / _median(curbcut, "wall_s")
    cpu = _median(curbcut, "cpu_s") / _median(plain, "cpu_s")
    memory = _median(curbcut, "all_mb") / _median(plain, "all_mb")
    print(f"ratio curbcut / plain, medians of {given.rounds}: speed {speed:.2f}, CPU {cpu:.2f}, memory {memory:.2f}")


def _row(name: str, cost: Cost, pages: int) -> str:
    return (
        f"{name:<14} {pages / cost.wall_s:5.2f} pages/s  {cost.cpu_s / pages:5.2f} CPU s/page  "
        f"own {cost.own_mb:4.0f} MB  all {cost.all_mb:5.0f} MB"
    )


def _median(costs: list[Cost], field: str) -> float:
    return statistics.median(getattr(cost, field) for cost in costs)


if __name__ == "__main__":
    main()
