"""A choice of rules, for somebody who works on one problem."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace

from rules.errors import UsageError
from rules.model import RuleInfo
from rules.registry import RuleSet


def only(rules: RuleSet, names: Sequence[str]) -> RuleSet:
    """The rules that were named by their ids, or by former ones; all of them where none was."""
    if not names:
        return rules
    wanted = {rule_named(name, rules.infos).id for name in names}
    return replace(
        rules,
        page_rules=tuple(rule for rule in rules.page_rules if rule.info.id in wanted),
        site_rules=tuple(rule for rule in rules.site_rules if rule.info.id in wanted),
        document_rules=tuple(rule for rule in rules.document_rules if rule.info.id in wanted),
    )


def rule_named(name: str, infos: Sequence[RuleInfo]) -> RuleInfo:
    """The rule with this id, or with this one among its former ids; raises UsageError with the near one."""
    for info in infos:
        if name in (info.id, *info.aliases):
            return info
    near = difflib.get_close_matches(name, [info.id for info in infos], 1)
    raise UsageError(f"There is no rule {name}.", do=f"Did you mean {near[0]}?" if near else "See: curbcut rules")
