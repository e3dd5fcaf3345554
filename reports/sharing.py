"""Equal facts as one object: most pages of a site repeat the outcomes of their template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.model import PageResult


def share(pages: Iterable[PageResult]) -> Iterator[PageResult]:
    """The same pages; outcomes, probe reports and counts that are equal are one object, to save memory."""
    known: dict[object, object] = {}
    for page in pages:
        outcomes = tuple(known.setdefault(outcome, outcome) for outcome in page.outcomes)
        probes = known.setdefault(page.probes, page.probes)
        inventory = tuple(known.setdefault(held, held) for held in page.inventory)
        yield replace(page, outcomes=outcomes, probes=probes, inventory=inventory)  # type: ignore[arg-type]  # each is one of those put in
