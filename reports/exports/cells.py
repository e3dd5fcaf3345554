"""Problems as rows of a table: the columns that CSV and XLSX share, and text that begins no formula."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reports.exports.decisions import Decision
from reports.kinds import kind_name
from reports.model import PageResult, Scan
from reports.problems import Hit, Problem
from reports.text import one_line
from reports.verdict import site_name
from reports.words import IMPACTS, ROLES, STANDINGS
from rules.model import Verdict

Cell = str | int | float

SHORT, LONG, ADDRESS = 200, 600, 2000
"""How many characters a cell holds at most, by what it says; a spreadsheet takes 32,767."""

SIGNS = "=+\\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
"""Signs that begin a formula, with those that spreadsheets take for the same: minus, small and full-width forms."""

_FORMULA = re.compile(f'["\\s]*[{SIGNS}]')


class Column(NamedTuple):
    """A column of a table: what stands in its head, how many characters wide it is, and whether its text wraps."""

    name: str
    width: int = 12
    wraps: bool = False


PROBLEM = (
    Column("Number", 8),
    Column("Service", 24, wraps=True),
    Column("Problem", 50, wraps=True),
    Column("Impact", 16),
    Column("Impact (axe)", 12),
    Column("Standing", 22, wraps=True),
    Column("Rule", 24),
    Column("Criteria", 12),
    Column("Who", 40, wraps=True),
    Column("How to fix", 50, wraps=True),
    Column("Who fixes it", 24),
    Column("Fingerprint", 20),
)
"""What is the same wherever a problem stands."""

PLACE = (
    Column("Page", 50),
    Column("Kind of page", 16),
    Column("How often", 10),
    Column("Message", 50, wraps=True),
    Column("Selector", 40),
    Column("Frame", 20),
    Column("Snippet", 60),
    Column("Shows in", 14),
    Column("Status", 14),
    Column("Decision", 40, wraps=True),
)
"""What a problem is on one page."""


def safe(text: str, longest: int = SHORT) -> str:
    """`text` in one visible line that begins no formula: an apostrophe, which spreadsheets know, stands before one."""
    line = one_line(text, longest)
    return f"'{line}" if _FORMULA.match(line) else line


@dataclass(frozen=True)
class Cells:
    """Makes the cells of a scan's tables; `kinds` are, for each service, the names of its kinds of page by template."""

    scan: Scan
    kinds: tuple[Mapping[str, str], ...]

    @classmethod
    def of(cls, scan: Scan) -> Cells:
        """The maker for a scan."""
        named = ({kind.template: safe(kind_name(kind)) for kind in site.sample.kinds} for site in scan.sites)
        return cls(scan, tuple(named))

    def kind(self, site: int, page: PageResult) -> str:
        """What a page's kind is called; empty for a page of no kind."""
        known = self.kinds[site].get(page.template) if page.template else ""
        return safe(page.template) if known is None else known

    def problem(self, problem: Problem) -> tuple[Cell, ...]:
        """The cells of `PROBLEM`."""
        words, rule = IMPACTS[problem.impact], problem.rule
        return (
            problem.number,
            safe(site_name(self.scan.sites[problem.site])),
            safe(problem.headline),
            words.possible if problem.verdict is Verdict.CANT_TELL else words.label,
            problem.impact,
            STANDINGS[problem.standing],
            safe(rule.id),
            # Without the name before it a spreadsheet takes 1.4.3 for a day.
            safe(f"WCAG {', '.join(rule.wcag)}") if rule.wcag else "",
            problem.people,
            safe(rule.fix, LONG),
            ROLES[rule.role],
            safe(problem.fingerprint, 40),
        )

    def place(self, problem: Problem, hit: Hit | None, *, decision: Decision) -> tuple[Cell, ...]:
        """The cells of `PLACE`; without a hit the problem is one of the service as a whole."""
        if hit is None:
            where: tuple[Cell, ...] = ("", "", 1, safe(problem.message, LONG), "", "", "", "")
        else:
            page, place = self.scan.sites[problem.site].pages[hit.page], hit.place
            where = (
                safe(page.url, ADDRESS),
                self.kind(problem.site, page),
                hit.count,
                safe(hit.message, LONG),
                safe(place.selector, LONG) if place else "",
                safe(place.frame) if place else "",
                safe(place.snippet, LONG) if place else "",
                safe(", ".join(hit.variants)),
            )
        return (*where, decision.status.value, safe(decision.told, LONG))
