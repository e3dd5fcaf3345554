"""Equal facts as one object: most pages of a site repeat the outcomes of their template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.model import PageResult


def share(pages: Iterable[PageResult]) -> Iterator[PageResult]:
    """The same pages; outcomes and probe reports that are equal are one object, so a large scan fits into memory."""
    known: dict[object, object] = {}
    for page in pages:
        outcomes = tuple(known.setdefault(outcome, outcome) for outcome in page.outcomes)
        probes = known.setdefault(page.probes, page.probes)
        yield replace(page, outcomes=outcomes, probes=probes)  # type: ignore[arg-type]  # each is one of those put in
