"""The gate's verdict for people and for other programs, a format a file: pure functions of a scan and a verdict."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reports.exports.earl import earl
from reports.exports.github import github
from reports.exports.junit import junit
from reports.exports.markdown import markdown
from reports.exports.sarif import sarif
from reports.exports.text import text
from reports.gate import GateVerdict
from reports.model import Scan

FORMATS: Mapping[str, Callable[[Scan, GateVerdict], str]] = MappingProxyType(
    {"text": text, "markdown": markdown, "github": github, "junit": junit, "sarif": sarif, "earl": earl}
)

__all__ = ["FORMATS", "earl", "github", "junit", "markdown", "sarif", "text"]
