"""What a project decided about its gate, and what the gate says of results under it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.agreed import Agreed
from reports.baseline import Baseline
from reports.baseline_text import load_baseline
from reports.gate import GatePlan, GateVerdict, judge_gate
from reports.model import Review, Scan
from reports.reviews import answers_for, load_reviews
from scanner.exceptions_file import read_exceptions
from scanner.policies import gate_plan
from scanner.settings import Settings


@dataclass(frozen=True)
class Decisions:
    """What people decided: the plan of the gate, the baseline, agreed exceptions and answers; None where not said."""

    plan: GatePlan
    baseline: Baseline | None = None
    agreed: tuple[Agreed, ...] | None = None
    reviews: tuple[Review, ...] | None = None

    @classmethod
    def of(cls, settings: Settings, *, today: str) -> Decisions:
        """What the settings and the files that they name say; raises ConfigError."""
        plan = gate_plan(settings.gate, today=today, fail_on=settings.fail_on, max_untested=settings.max_untested)
        return cls(
            plan,
            load_baseline(settings.baseline) if settings.baseline else None,
            read_exceptions(settings.exceptions) if settings.exceptions else None,
            load_reviews(settings.reviews) if settings.reviews else None,
        )

    def on(self, scan: Scan) -> Scan:
        """The scan with what people decided about it; what it brings along stays where nothing is said anew."""
        agreed = scan.agreed if self.agreed is None else self.agreed
        reviews = scan.reviews if self.reviews is None else answers_for(scan, self.reviews)
        names = {former: info.id for info in scan.rules for former in info.aliases}
        agreed = tuple(replace(one, rule=names.get(one.rule, one.rule)) for one in agreed)
        return replace(scan, agreed=agreed, reviews=reviews)

    def verdict(self, scan: Scan, *, before: Scan | None = None) -> GateVerdict:
        """What the gate says of a scan that these decisions are on."""
        return judge_gate(scan, self.plan, baseline=self.baseline, before=before)
