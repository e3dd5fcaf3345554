"""A baseline: the problems that a team has accepted for now, so that a gate names only what is new.

It knows each problem by its fingerprint, with the largest count on a page, so that one more of the same is
seen; a fix and a new problem never cancel out. It also says where problems were, which rules had looked and
which pages there were: without that nobody could tell what is fixed from what was not looked at.
`reports.baseline_text` is its file.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reports.looked import is_whole, looked_at
from reports.model import PageResult, Scan, SiteResult
from rules.model import PageOutcome, RuleInfo, SiteOutcome, Verdict

LONGEST_HINT = 60
PLACES = 3

_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_RULE_SET = re.compile(r"[0-9a-zA-Z]+")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted problem: its rule, the largest count on a page, and a hint for people where it is.

    `pages` is on how many pages it was, `places` are the addresses of the first few of them.
    """

    rule: str
    count: int
    hint: str = ""
    pages: int = 0
    places: tuple[str, ...] = ()

    def merged(self, other: Accepted) -> Accepted:
        """Both in one: the larger numbers, and the places of both."""
        places = tuple(sorted({*self.places, *other.places}))
        pages = max(self.pages, other.pages, len(places))
        return replace(self, count=max(self.count, other.count), pages=pages, places=places[:PLACES])


@dataclass(frozen=True, slots=True)
class KindSeen:
    """A kind of page of a site that was looked at: its template, and what its addresses have in common."""

    site: str
    template: str
    pattern: str = ""


@dataclass(frozen=True)
class Baseline:
    """Accepted problems by fingerprint, and what had been looked at to find them.

    `rule_set` is the hash of the rules ("" where that is unclear), `rules` the versions by which each rule that ran
    is known, `sites` how many pages of each were looked at, `kinds` which kinds of page.
    """

    rule_set: str = ""
    accepted: Mapping[str, Accepted] = field(default_factory=dict)
    rules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sites: Mapping[str, int] = field(default_factory=dict)
    kinds: frozenset[KindSeen] = frozenset()

    def allows(self, problem: str) -> int:
        """How often a problem may occur on a page; 0 for one that is not accepted."""
        known = self.accepted.get(problem)
        return known.count if known else 0

    def knows(self, rule: str, version: str) -> bool:
        """Whether a rule had run when this was made, and judged as it does now; a baseline without rules knows all."""
        return not self.rules or version in self.rules.get(rule, ())

    def under_names_of(self, catalogue: Iterable[RuleInfo]) -> Baseline:
        """The same with the ids that rules have now, so that a rule with a new name is none that was never seen."""
        names = {former: info.id for info in catalogue for former in info.aliases}
        if not names:
            return self
        rules: dict[str, frozenset[str]] = {}
        for rule, versions in self.rules.items():
            name = names.get(rule, rule)
            rules[name] = rules.get(name, frozenset()) | versions
        accepted = {
            problem: replace(known, rule=names.get(known.rule, known.rule)) for problem, known in self.accepted.items()
        }
        return replace(self, accepted=accepted, rules=rules)


def baseline_of(scan: Scan) -> Baseline:
    """Every problem of a scan as accepted, whatever its impact, so that a stricter gate needs no new file."""
    looked = looked_at(scan)
    rule_set = scan.tool.rule_set
    return Baseline(
        rule_set if _RULE_SET.fullmatch(rule_set) else "",
        problems_in(scan),
        {rule: frozenset({version}) for rule, version in looked.versions.items() if looked.ran(rule)},
        {site.url: sum(map(is_whole, site.pages)) for site in scan.sites if any(map(is_whole, site.pages))},
        frozenset(_kinds(scan.sites)),
    )


def problems_in(scan: Scan) -> dict[str, Accepted]:
    """Every problem of a scan by its identity, as a baseline accepts it."""
    accepted: dict[str, Accepted] = {}
    where: dict[str, set[str]] = {}
    for site in scan.sites:
        for problem, found, pages in _problems(site):
            accepted[problem] = accepted.get(problem, found).merged(found)
            where.setdefault(problem, set()).update(pages)
    return {
        problem: replace(found, pages=len(where[problem]), places=tuple(sorted(where[problem])[:PLACES]))
        for problem, found in accepted.items()
    }


def counts_on(page: PageResult) -> Counter[str]:
    """How often each problem occurs on a page, by its identity."""
    counts: Counter[str] = Counter()
    for outcome in page.with_verdict(Verdict.FAILED):
        counts[identity(outcome)] += outcome.count
    return counts


def identity(outcome: PageOutcome | SiteOutcome) -> str:
    """The fingerprint of an outcome, or one made of what it says where it has none in our form."""
    return identity_of(outcome.rule, outcome.fingerprint or outcome.message)


def identity_of(rule: str, fingerprint: str) -> str:
    """A fingerprint in our form: itself, or made of what another program wrote."""
    if _FINGERPRINT.fullmatch(fingerprint):
        return fingerprint
    return hashlib.sha256(f"{rule}\n{fingerprint}".encode("utf-8", "replace")).hexdigest()[:16]


def _problems(site: SiteResult) -> Iterator[tuple[str, Accepted, tuple[str, ...]]]:
    """Identity, problem and pages of everything that fails in a site."""
    for page in site.pages:
        counts = counts_on(page)
        for outcome in page.with_verdict(Verdict.FAILED):
            problem = identity(outcome)
            yield problem, Accepted(outcome.rule, counts[problem], _hint(outcome)), (page.url,)
    for concern in site.site_outcomes:
        if concern.verdict is Verdict.FAILED:
            yield identity(concern), Accepted(concern.rule, 1, _hint(concern)), concern.pages or (site.url,)


def _kinds(sites: Iterable[SiteResult]) -> Iterator[KindSeen]:
    for site in sites:
        patterns = {kind.template: kind.pattern for kind in site.sample.kinds}
        for template in {page.template for page in site.pages if is_whole(page) and page.template}:
            yield KindSeen(site.url, template, patterns.get(template, ""))


def _hint(outcome: PageOutcome | SiteOutcome) -> str:
    target = outcome.target if isinstance(outcome, PageOutcome) else None
    # A page chooses these words; no line break or invisible character of it may reach a file.
    said = target.selector if target else outcome.message
    hint = " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
    return hint if len(hint) <= LONGEST_HINT else hint[: LONGEST_HINT - 1] + "…"
