"""The gate: whether a change may go through, and exactly why.

It judges by the identity of problems, never by their number, and never takes for good what was not looked at.
Everything here is a pure function of results, of what a team has agreed on, and of a day.
"""

from reports.gate.judge import judge_gate
from reports.gate.policy import Action, GatePlan, Policy
from reports.gate.tracking import State, Tracked, track
from reports.gate.verdict import FAILED, NOT_JUDGED, THROUGH, GateVerdict

__all__ = [
    "FAILED",
    "NOT_JUDGED",
    "THROUGH",
    "Action",
    "GatePlan",
    "GateVerdict",
    "Policy",
    "State",
    "Tracked",
    "judge_gate",
    "track",
]
