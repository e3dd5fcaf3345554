"""What a scan looked at on full evidence: the only ground on which something may be called fixed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reports.model import PageResult, Scan, SiteResult, Tool
from rules.model import RuleInfo, Verdict
from rules.page import PageState

_SILENT = (Verdict.UNTESTED, Verdict.ERROR)
_ENDED = frozenset({Verdict.FAILED, Verdict.PASSED, Verdict.CANT_TELL})


@dataclass(frozen=True)
class Looked:
    """Where which rules came to their end.

    `versions` are the rules of the catalogue with what makes them judge alike; `silent` has, by the address of each
    page that was really looked at, the rules that did not run there; `site_rules` those that compared the
    pages of some service.
    """

    versions: Mapping[str, str]
    silent: Mapping[str, frozenset[str]]
    site_rules: frozenset[str]
    kinds: Mapping[str, str]

    def ran_on(self, rule: str, page: str) -> bool:
        """Whether a rule judged a page to the end; one that compares pages judged it with its service."""
        if page not in self.silent or rule not in self.versions:
            return False
        return rule in self.site_rules if self.kinds[rule] == "site" else rule not in self.silent[page]

    def ran(self, rule: str) -> bool:
        """Whether a rule judged any page to the end."""
        return any(self.ran_on(rule, page) for page in self.silent)

    def pages_of(self, rule: str) -> int:
        """How many pages a rule judged to the end."""
        return sum(self.ran_on(rule, page) for page in self.silent)


def looked_at(scan: Scan) -> Looked:
    """What a scan looked at."""
    pages = (page for site in scan.sites for page in site.pages if is_whole(page))
    return Looked(
        versions={info.id: version_of(info, scan.tool) for info in scan.rules},
        silent={page.url: frozenset(one.rule for one in page.outcomes if one.verdict in _SILENT) for page in pages},
        site_rules=_compared(scan),
        kinds={info.id: info.kind for info in scan.rules},
    )


def version_of(info: RuleInfo, tool: Tool) -> str:
    """What changes when a rule may judge otherwise: its own version, and for axe-core's rules that of axe-core.

    Only the first two numbers of axe-core's version count: in between it mends and does not add.
    """
    axe = re.match(r"\d+\.\d+", tool.axe) if info.origin == "axe" else None
    return f"{info.version}+axe-{axe[0]}" if axe else str(info.version)


def is_whole(page: PageResult) -> bool:
    """Whether a page was really looked at: with the evidence of every probe, and a rule that came to its end."""
    probed = all(probe.spared for probe in page.probes)
    return page.tested and probed and any(outcome.verdict in _ENDED for outcome in page.outcomes)


def chosen(site: SiteResult) -> list[PageResult]:
    """The pages that were to be looked at, copies of others left aside."""
    return [page for page in site.pages if page.state is not PageState.DUPLICATE]


def untested(site: SiteResult) -> list[PageResult]:
    """The chosen pages that were not really looked at."""
    return [page for page in chosen(site) if not is_whole(page)]


def _compared(scan: Scan) -> frozenset[str]:
    # Pages that were named one by one are never compared, and then no rule says anything of a service.
    found: set[str] = set()
    for site in scan.sites:
        if site.site_outcomes:
            silent = {outcome.rule for outcome in site.site_outcomes if outcome.verdict in _SILENT}
            found |= {info.id for info in scan.rules if info.kind == "site"} - silent
    return frozenset(found)
