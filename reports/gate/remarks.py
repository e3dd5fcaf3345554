"""What a reader should know although it does not change the verdict, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.baseline import Baseline
from reports.gate.guard import named
from reports.gate.tracking import State, Tracked
from reports.gate.verdict import GateVerdict
from reports.model import Scan
from reports.words import counted
from rules.model import Verdict

SHRINK = "curbcut baseline update --only-shrink"
TAKE_RULES = "curbcut baseline update --rules"


def remarks(scan: Scan, verdict: GateVerdict, baseline: Baseline | None) -> Iterator[str]:
    """All remarks on a verdict, what was fixed first."""
    if baseline:
        yield from _since(verdict)
    yield from _decided(verdict)
    yield from _beyond(verdict, is_new="new " if baseline else "")
    for kind, said in ((Verdict.ERROR, "broke"), (Verdict.UNTESTED, "lacked evidence")):
        pages = [page for site in scan.sites for page in site.pages]
        if rules := sorted({outcome.rule for page in pages for outcome in page.with_verdict(kind)}):
            yield f"Rules that {said} on some pages, so that these are not tested for them: {named(rules)}."


def _since(verdict: GateVerdict) -> Iterator[str]:
    """What changed since the baseline was made."""
    if fixed := verdict.in_state(State.FIXED):
        yield f"Fixed, thank you: {_rules(fixed)}. `{SHRINK}` takes {_them(fixed)} out of the baseline."
    if detected := verdict.in_state(State.NEWLY_DETECTED):
        yield (
            f"Newly detected by checks that the baseline does not know, so not counted: {_rules(detected)}. "
            f"`{TAKE_RULES}` takes {_them(detected)} in."
        )
    if moved := verdict.in_state(State.MOVED):
        yield f"On other pages than before: {_rules(moved)}."
    if lost := verdict.in_state(State.NOT_LOOKED_AT):
        reasons = sorted({one.reason for one in lost})
        more = f" and {len(reasons) - 1} more reasons" if len(reasons) > 1 else ""
        yield (
            f"Nothing says whether {counted(len(lost), 'problem')} of the baseline {_is(lost)} fixed: "
            f"{reasons[0]}{more}."
        )


def _decided(verdict: GateVerdict) -> Iterator[str]:
    """What people decided, and what a second visit did."""
    held = [one for one in verdict.exempt if not one.over]
    if held:
        some = "; ".join(one.agreed.told for one in held[:3]) + ("; …" if len(held) > 3 else "")
        yield f"{counted(len(held), 'agreed exception')} in use, which {_changes(held)} no score: {some}."
    if verdict.unused:
        yield f"Agreed exceptions that nothing needs any more: {named([one.subject for one in verdict.unused])}."
    if verdict.reviews:
        names = named(sorted({review.name for review in verdict.reviews}))
        yield f"{counted(len(verdict.reviews), 'answer')} of people taken into account, by {names}."
    if verdict.unstable:
        yield f"Unstable, so not counted: a second visit did not find {_rules(verdict.unstable)} again."


def _beyond(verdict: GateVerdict, *, is_new: str) -> Iterator[str]:
    """What is beyond the profile is counted apart."""
    found = [one for one in verdict.problems if one.state is State.NEW]
    for standing, said in (("beyond", "beyond the profile"), ("advice", "of advice")):
        if many := sum(one.standing == standing for one in found):
            yield f"{counted(many, f'{is_new}problem')} {said}, counted apart."


def _rules(found: Sequence[Tracked]) -> str:
    return f"{counted(len(found), 'problem')} ({named(sorted({one.rule.id for one in found}))})"


def _them(found: Sequence[object]) -> str:
    return "it" if len(found) == 1 else "them"


def _is(found: Sequence[object]) -> str:
    return "is" if len(found) == 1 else "are"


def _changes(found: Sequence[object]) -> str:
    return "changes" if len(found) == 1 else "change"
