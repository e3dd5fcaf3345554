"""What people decided about a scan, told the same in every document: agreed exceptions and answers."""

from __future__ import annotations

from reports.model import Scan
from reports.problems import problems
from reports.text import one_line
from reports.words import counted


def decided_lines(scan: Scan) -> tuple[str, ...]:
    """A sentence for each exception with how many problems it is about, then one for each answer."""
    found = [(one, hit) for one in problems(scan) for hit in one.hits] if scan.agreed else []
    lines = []
    for agreed in scan.agreed:
        about = {
            (one.site, one.fingerprint)
            for one, hit in found
            if agreed.covers(one.rule.id, one.fingerprint, hit.place.selector if hit.place else "")
        }
        use = f"for {counted(len(about), 'problem')}" if about else "that nothing needs any more"
        lines.append(f"Agreed exception {use}: {one_line(agreed.told, 300)}.")
    for review in scan.reviews:
        said = "no problem" if review.answer == "no-problem" else "a problem"
        reason = one_line(review.reason, 200).rstrip(".")
        lines.append(
            f"{one_line(review.rule, 60)} {review.fingerprint} is {said}: {reason} "
            f"({one_line(review.name, 60)}, {review.day})."
        )
    return tuple(lines)


def decided_summary(scan: Scan) -> str:
    """How much people decided, in a line; empty where they decided nothing."""
    told = [
        *([counted(len(scan.agreed), "agreed exception")] if scan.agreed else []),
        *([counted(len(scan.reviews), "answer")] if scan.reviews else []),
    ]
    return f"Decided by people: {', '.join(told)}, named in the report." if told else ""
