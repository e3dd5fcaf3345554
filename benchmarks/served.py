"""Pages for the benchmarks: addresses as they are, and the pages of folders, served on loopback."""

from __future__ import annotations

import argparse
import functools
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

Item = TypeVar("Item")

PAGES = ("*.html", "*.htm", "*.xhtml")
LARGEST = 500_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments by which every benchmark is told its pages."""
    parser.add_argument("places", nargs="+", metavar="PLACE", help="an address, a folder, or a file of addresses")
    parser.add_argument("--each", type=int, default=0, help="at most so many pages of each folder inside a folder")
    parser.add_argument("--pages", type=int, default=0, help="at most so many pages in all, evenly chosen")


@contextmanager
def addresses(given: argparse.Namespace) -> Iterator[list[str]]:
    """The addresses of the pages that the arguments name; folders are served until the block ends.

    A folder with a `urls.txt` has the pages that it lists, any other all its HTML files; links that lead out of
    it are not followed.
    """
    with ExitStack() as stack:
        found: list[str] = []
        for place in given.places:
            if "://" in place:
                found.append(place)
            elif Path(place).is_dir():
                found += stack.enter_context(_served(Path(place), given.each))
            else:
                found += Path(place).read_text("utf-8").split()
        if not found:
            raise SystemExit("there are no pages: name folders with folders of pages in them, or with a urls.txt")
        yield evenly(found, given.pages)


@contextmanager
def _served(folder: Path, each: int) -> Iterator[list[str]]:
    listed = folder / "urls.txt"
    pages = listed.read_text("utf-8").split() if listed.is_file() else list(_sample(folder, each))
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield [f"http://127.0.0.1:{server.server_port}/{quote(page)}" for page in pages]
    finally:
        server.shutdown()
        server.server_close()


def _sample(folder: Path, each: int) -> Iterator[str]:
    """Pages of each folder inside, from the smallest to the largest in even steps; the largest are left to be named."""
    for part in sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()):
        found = {path for pattern in PAGES for path in part.rglob(pattern) if path.is_file()}
        files = sorted((size, path) for path in found if (size := path.stat().st_size) <= LARGEST)
        yield from (path.relative_to(folder).as_posix() for _, path in evenly(files, each))


def evenly(items: Sequence[Item], most: int) -> list[Item]:
    """At most `most` of the items, 0 for all: the first, the last and evenly spaced ones between."""
    if most <= 0 or len(items) <= most:
        return list(items)
    return [items[round(number * (len(items) - 1) / max(1, most - 1))] for number in range(most)]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that leaves in the middle of an answer is nothing to report."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the output is the benchmark's own."""
