"""Results and the gate's verdict for people and for other programs, a format a file: pure functions of both.

What is text comes as a string, or in pieces where it may be long. What is no text is written into a file.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from reports.exports.csv import csv
from reports.exports.earl import earl
from reports.exports.github import github
from reports.exports.json import json
from reports.exports.jsonl import jsonl
from reports.exports.junit import junit
from reports.exports.markdown import markdown
from reports.exports.sarif import sarif
from reports.exports.text import text
from reports.exports.xlsx import xlsx
from reports.gate import GateVerdict
from reports.model import Scan

FORMATS: Mapping[str, Callable[[Scan, GateVerdict], Iterable[str]]] = MappingProxyType(
    {
        "text": text,
        "markdown": markdown,
        "github": github,
        "junit": junit,
        "sarif": sarif,
        "earl": earl,
        "json": json,
        "jsonl": jsonl,
        "csv": csv,
    }
)

FILES: Mapping[str, Callable[[Scan, GateVerdict, BinaryIO], None]] = MappingProxyType({"xlsx": xlsx})
"""What is no text, and so written into a file alone."""

__all__ = ["FILES", "FORMATS", "csv", "earl", "github", "json", "jsonl", "junit", "markdown", "sarif", "text", "xlsx"]
