"""axe-core's rules adapted: its verdicts with our metadata, in our words."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from rules.evidence.axe import AxeNode
from rules.model import Outcome, PageRule, Rule, RuleInfo, Untested, Verdict
from rules.page import Page


def axe_rules(replaced: Collection[str] = ()) -> list[PageRule]:
    """axe-core's rules as page rules, without those that an own rule decides instead."""
    return [Rule(info, _judge(info.id)) for info in axe_infos() if info.id not in replaced]


@cache
def axe_infos() -> tuple[RuleInfo, ...]:
    """Metadata of axe-core's rules in plain words, from `rules/standards/axe.json`."""
    data: dict[str, dict[str, Any]] = json.loads(files("rules.standards").joinpath("axe.json").read_text("utf-8"))[
        "rules"
    ]
    return tuple(
        RuleInfo(id=name, kind="page", topic="axe", origin="axe", needs=("dom", "axe"), **_tuples(fields))
        for name, fields in sorted(data.items())
    )


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}


def _judge(rule: str) -> Callable[[Page], Iterator[Outcome]]:
    def judge(page: Page) -> Iterator[Outcome]:
        result = next((result for result in page.axe.results if result.rule == rule), None) if page.axe else None
        if result is None:
            raise Untested("axe-core did not run this rule on the page.")
        for node in result.failed:
            yield _outcome(page, node, Verdict.FAILED)
        for node in result.incomplete:
            yield _outcome(page, node, Verdict.CANT_TELL)
        for _ in range(result.passed):
            yield Outcome(Verdict.PASSED)

    return judge


def _outcome(page: Page, node: AxeNode, verdict: Verdict) -> Outcome:
    return Outcome(verdict, page.dom.at(node.node), node.message)
