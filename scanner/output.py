"""Lines for people on standard output and standard error: safe for a terminal, and for a reader who leaves early."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import IO

from reports.text import visible


def prepare_output() -> None:
    """Let no character end a command: what an old terminal cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def write(*lines: str) -> None:
    """Print lines on standard output: what a command was asked for."""
    _print(lines, sys.stdout)


def say(*lines: str) -> None:
    """Print lines on standard error: what is good to know, and stays out of what is piped on."""
    _print(lines, sys.stderr)


def pour(document: Iterable[str]) -> None:
    """Print a document, whole or in pieces, as it is; in UTF-8 unless a terminal reads it, as its format demands."""
    if hasattr(sys.stdout, "reconfigure") and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    _put([document] if isinstance(document, str) else document, sys.stdout)


def printable(line: str) -> str:
    """The text as one line without what steers a terminal; addresses and answers of servers may hold such."""
    return visible(" ".join(line.splitlines()))


def _print(lines: Iterable[str], stream: IO[str]) -> None:
    _put((printable(line) + "\n" for line in lines), stream)


def _put(pieces: Iterable[str], stream: IO[str]) -> None:
    """Write; a reader who went away (`| head`) changes neither the work nor its exit code."""
    try:
        stream.writelines(pieces)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
