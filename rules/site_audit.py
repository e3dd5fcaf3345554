"""Every site rule over the digests of one site: what only a comparison of pages shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules.digest import PageDigest
from rules.fingerprint import site_fingerprint
from rules.model import SiteOutcome, SiteRule, Verdict


def audit_site(digests: Iterable[PageDigest], rules: Iterable[SiteRule]) -> tuple[SiteOutcome, ...]:
    """Outcomes of all site rules in the order of rules and messages; a rule that raises is an `error`."""
    pages = tuple(digests)
    found: list[SiteOutcome] = []
    for rule in rules:
        try:
            outcomes = [_of(rule, outcome) for outcome in rule.judge(pages)]
        except Exception as error:  # a rule's defect must not cost the site; it is reported as what it is
            outcomes = [SiteOutcome(Verdict.ERROR, f"{type(error).__name__}: {error}", rule=rule.info.id)]
        found.extend(sorted(outcomes, key=lambda outcome: (outcome.verdict, outcome.message, outcome.pages)))
    return tuple(found)


def _of(rule: SiteRule, outcome: SiteOutcome) -> SiteOutcome:
    """The outcome under its rule's name; passed ones are no problem and have no identity."""
    known = "" if outcome.verdict is Verdict.PASSED else site_fingerprint(rule.info.first_id, outcome.fingerprint)
    return replace(outcome, rule=rule.info.id, fingerprint=known)
