"""All outcomes as JSON Lines, one a line with its page: for databases and for programs that read as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.gate import GateVerdict
from reports.jsontext import compact
from reports.model import PageResult, Scan
from reports.plain import to_plain
from reports.reviews import answered
from rules.model import PageOutcome, SiteOutcome, Verdict

_ENDS_NO_LINE = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What some readers take for the end of a line, though JSON does not; it may only stand in text."""

_ANSWERED = {Verdict.PASSED: "no-problem", Verdict.FAILED: "problem"}


def jsonl(scan: Scan, _verdict: GateVerdict) -> Iterator[str]:
    """The lines, in the order of results.json; a page that was not judged has one line without an outcome.

    The gate's verdict has no part in it: these are facts, and `answer` is what a person said of them.
    """
    whole = {"number": scan.number, "finished": scan.finished}
    for site, judged in zip(scan.sites, answered(scan).sites, strict=True):
        shared = {"scan": whole, "site": to_plain({"url": site.url, "name": site.name})}
        for page, decided in zip(site.pages, judged.pages, strict=True):
            place = {**shared, "page": _page(page)}
            for outcome, then in zip(page.outcomes, decided.outcomes, strict=True):
                yield _line(place, outcome, then)
            if not page.outcomes:
                yield _json(place, answer=None, outcome=None)
        for concern, after in zip(site.site_outcomes, judged.site_outcomes, strict=True):
            yield _line({**shared, "page": None}, concern, after)


def _page(page: PageResult) -> dict[str, Any]:
    names = ("url", "title", "state", "reason", "template")
    plain: dict[str, Any] = to_plain({name: getattr(page, name) for name in names})
    return plain


def _line(place: dict[str, Any], before: PageOutcome | SiteOutcome, after: PageOutcome | SiteOutcome) -> str:
    # An answer of "a problem" to what failed anyway leaves no trace in the outcome, and need not.
    answer = None if before.verdict is after.verdict else _ANSWERED[after.verdict]
    return _json(place, answer=answer, outcome=to_plain(before))


def _json(place: dict[str, Any], **more: object) -> str:
    return compact({**place, **more}).translate(_ENDS_NO_LINE) + "\n"
