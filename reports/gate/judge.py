"""The judgement of the gate: states, exceptions and limits put together.

What was not looked at never goes through. When there are new problems as well, they decide the exit code and the
sentences say both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.baseline import Baseline
from reports.gate.guard import gaps, too_many_untested
from reports.gate.policy import SCORES, Action, GatePlan, Policy
from reports.gate.remarks import remarks
from reports.gate.tracking import State, Tracked, track
from reports.gate.verdict import (
    FAILED,
    NOT_JUDGED,
    THROUGH,
    Broken,
    Exempt,
    GateVerdict,
    UntestedPage,
    exempted,
)
from reports.looked import is_whole, untested
from reports.model import Scan
from reports.problems import problems
from reports.reviews import answered
from reports.words import counted
from rules.model import Verdict


def judge_gate(
    scan: Scan, plan: GatePlan | None = None, *, baseline: Baseline | None = None, before: Scan | None = None
) -> GateVerdict:
    """What the gate says of a scan; without a baseline every problem is new.

    `before` are earlier results, which limits on scores compare with.
    """
    plan = plan or GatePlan()
    scan = answered(scan)
    baseline = baseline.under_names_of(scan.rules) if baseline else None
    found, exempt, unused = exempted(track(scan, baseline or Baseline()), scan.agreed, today=plan.today)
    unstable = tuple(one for one in found if one.is_excess and one.fingerprint in scan.unstable)
    counting = tuple(one for one in found if one not in unstable)
    broken = tuple(_broken(scan, counting, plan, is_new="new " if baseline else "", before=before))
    missing = (*gaps(scan, plan, baseline), *_policy_gaps(scan, plan))
    verdict = GateVerdict(
        exit_code=THROUGH,
        sentences=(),
        problems=counting,
        broken=broken,
        exempt=exempt,
        unused=unused,
        unstable=unstable,
        reviews=scan.reviews,
        untested=tuple(_untested(scan)),
        gaps=tuple(missing),
        looked_at=sum(is_whole(page) for site in scan.sites for page in site.pages),
    )
    said = tuple(_sentences(verdict, plan, is_new="new " if baseline else ""))
    fails = any(one.action is Action.FAIL for one in broken) or any(one.over for one in exempt)
    code = FAILED if fails else NOT_JUDGED if missing else THROUGH
    return replace(verdict, exit_code=code, sentences=(*said, *remarks(scan, verdict, baseline)))


def _sentences(verdict: GateVerdict, plan: GatePlan, *, is_new: str) -> Iterator[str]:
    """What decides, what is missing, what only warns; in this order."""
    failing = [one.sentence for one in verdict.broken if one.action is Action.FAIL]
    over = [_expired(one) for one in verdict.exempt if one.over]
    yield from (*failing, *over)
    if verdict.gaps:
        yield "Not judged: not enough was looked at."
        yield from verdict.gaps
    elif not failing and not over:
        none = f"No {is_new}problems at {plan.fail_on} or worse"
        warned = any(one.policy.limit == "max-new" and not one.policy.name for one in verdict.broken)
        if plan.action is Action.OFF or warned:
            none = "Nothing that fails this gate was"
        yield f"{none} found by automated checks on {counted(verdict.looked_at, 'page')}."
    yield from (f"Warning: {one.sentence}" for one in verdict.broken if one.action is Action.WARN)


def _expired(one: Exempt) -> str:
    agreed = one.agreed
    return (
        f"The exception for {agreed.subject} ended on {agreed.expires}, and the problem is still there. "
        f"{agreed.owner} had agreed: {agreed.reason}"
    )


def _broken(
    scan: Scan, found: Sequence[Tracked], plan: GatePlan, *, is_new: str, before: Scan | None
) -> Iterator[Broken]:
    """Every limit that is not kept today."""
    for policy in plan.every_policy:
        action = policy.on(plan.today)
        if action is Action.OFF or policy.limit == "max-untested":
            continue
        if policy.limit in SCORES:
            # Working out scores takes longer than all the rest; most gates have no limit on them.
            from reports.gate.scored import score_troubles

            for known, sentence in score_troubles(scan, before, policy):
                mild = Action.WARN in (known, action)
                yield Broken(policy, Action.WARN if mild else Action.FAIL, _under(policy, sentence))
            continue
        selected = policy.selection.within(_of_limit(scan, found, policy, plan), scan.sites)
        if len(selected) > policy.value:
            yield Broken(policy, action, _under(policy, _too_many(selected, policy, plan, is_new=is_new)), selected)


def _of_limit(scan: Scan, found: Sequence[Tracked], policy: Policy, plan: GatePlan) -> Iterator[Tracked]:
    """The problems, or open questions, that a limit counts, each with the pages that make it count."""
    if policy.limit == "max-open-questions":
        for question in problems(scan, verdict=Verdict.CANT_TELL):
            yield Tracked.of_problem(scan, question, State.NEW)
    elif policy.limit == "max-problems":
        yield from (one for one in found if one.spots)
    else:
        states = (State.NEW, State.NEWLY_DETECTED) if plan.counts_new_rules else (State.NEW,)
        yield from (replace(one, spots=one.excess) for one in found if one.state in states)


def _too_many(selected: Sequence[Tracked], policy: Policy, plan: GatePlan, *, is_new: str) -> str:
    noun = "open question" if policy.limit == "max-open-questions" else "problem"
    what = f"{is_new}{noun}" if policy.limit == "max-new" else noun
    worse = policy.selection.impact
    at = "" if worse == "minor" and (policy.name or policy.limit == "max-open-questions") else f" at {worse} or worse"
    most = f"; at most {policy.value:g} may be" if policy.value or policy.limit != "max-new" else ""
    return f"{counted(len(selected), what)}{at}{most}."


def _under(policy: Policy, sentence: str) -> str:
    return f"{policy.name}: {sentence}" if policy.name else sentence


def _policy_gaps(scan: Scan, plan: GatePlan) -> Iterator[str]:
    for policy in plan.policies:
        if policy.limit == "max-untested" and policy.on(plan.today) is Action.FAIL:
            yield from (_under(policy, sentence) for sentence in too_many_untested(scan, policy))


def _untested(scan: Scan) -> Iterator[UntestedPage]:
    for site in scan.sites:
        for page in untested(site):
            lost = "; ".join(f"{probe.name}: {probe.state}" for probe in page.probes if not probe.ran)
            reason = page.reason or lost or "No check came to its end on it."
            yield UntestedPage(site.url, page.url, page.state, reason)
