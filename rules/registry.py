"""Which rules there are: found in the topic folders, beside axe's and those of plug-ins; no list to edit."""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

import rules
from rules.axe import axe_rules
from rules.errors import CurbcutError, UsageError
from rules.model import DocumentRule, PageRule, Rule, RuleInfo, SiteRule
from rules.plain.on_page import on_page
from rules.plain.style import USUAL, Style

PLUGIN_GROUP = "curbcut.rules"

AnyRule = PageRule | SiteRule | DocumentRule


@dataclass(frozen=True)
class RuleSet:
    """The rules of one run: page rules and site rules by id, and what could not be loaded.

    `document_rules` judge texts by themselves; among the page rules each of them stands once more, for pages, where it
    judges by `style`.
    """

    page_rules: tuple[PageRule, ...]
    site_rules: tuple[SiteRule, ...]
    broken: tuple[str, ...] = ()
    document_rules: tuple[DocumentRule, ...] = ()
    style: Style = USUAL

    @property
    def infos(self) -> tuple[RuleInfo, ...]:
        """Metadata of all rules in the order of their ids."""
        every: list[RuleInfo] = [rule.info for rule in self.page_rules] + [rule.info for rule in self.site_rules]
        return tuple(sorted(every, key=lambda info: info.id))

    @property
    def hash(self) -> str:
        """12 hexadecimal digits that change when any rule's metadata or version does, or the house style."""
        told: list[object] = [asdict(info) for info in self.infos]
        if self.style != USUAL:
            told.append(self.style.as_json())
        canonical = json.dumps(told, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]


FIRST = "2026.11"
"""The first dated rule set."""


def load_rules(*, plugins: Iterable[EntryPoint] | None = None, pin: str | None = None, style: Style = USUAL) -> RuleSet:
    """All rules: own, axe's (less those that an own rule replaces) and those of installed plug-ins.

    A plug-in that fails to load is named in `broken` and the rest goes on; a defect in an own rule
    raises, because a scan without it would look better than it is. `pin` leaves out every own rule that is newer than
    that year and month, so that axe-core's rules stand in again for those that it replaces. `style` is what rules on
    words judge pages by.
    """
    if pin is not None and pin < FIRST:
        raise UsageError(f"There is no rule set {pin}.", do=f"The first one is {FIRST}.")
    own = [rule for topic in _topics() for rule in _rules_in(topic) if pin is None or rule.info.since <= pin]
    foreign, broken = _plugin_rules(entry_points(group=PLUGIN_GROUP) if plugins is None else plugins)
    chosen = {rule.info.id: rule for rule in own}
    for rule in foreign:
        if rule.info.id in chosen:
            broken.append(f"rule {rule.info.id}: a rule with this id exists already")
        else:
            chosen[rule.info.id] = rule
    replaced = {name for rule in chosen.values() for name in rule.info.replaces}
    every: list[AnyRule] = [*chosen.values(), *axe_rules(replaced)]
    every.sort(key=lambda rule: rule.info.id)
    documents: list[DocumentRule] = [rule for rule in every if rule.info.kind == "document"]  # type: ignore[misc]
    pages: list[PageRule] = [rule for rule in every if rule.info.kind == "page"]  # type: ignore[misc]
    pages.extend(on_page(rule, style) for rule in documents)
    return RuleSet(
        tuple(sorted(pages, key=lambda rule: rule.info.id)),
        tuple(rule for rule in every if rule.info.kind == "site"),  # type: ignore[misc]  # kind tells which
        tuple(broken),
        tuple(documents),
        style,
    )


def _topics() -> list[str]:
    names = [f"rules.{module.name}" for module in pkgutil.iter_modules(rules.__path__) if module.ispkg]
    return sorted(name for name in names if name not in ("rules.evidence", "rules.plain", "rules.standards"))


def _rules_in(topic: str) -> list[AnyRule]:
    package = importlib.import_module(topic)
    found: list[AnyRule] = []
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        if not module.name.startswith("_"):
            found.append(_rule_of(importlib.import_module(f"{topic}.{module.name}")))
    return found


def _rule_of(module: ModuleType) -> AnyRule:
    here = [value for value in vars(module).values() if isinstance(value, Rule)]
    expected = module.__name__.rpartition(".")[2].replace("_", "-")
    if [rule.info.id for rule in here] != [expected]:
        raise CurbcutError(
            f"A rule file holds exactly one rule, named like the file: {expected}.", where=module.__name__
        )
    return here[0]


def _plugin_rules(points: Iterable[EntryPoint]) -> tuple[list[AnyRule], list[str]]:
    found: list[AnyRule] = []
    broken: list[str] = []
    for point in sorted(points, key=lambda point: point.name):
        try:
            loaded = point.load()
            several = loaded if isinstance(loaded, (list, tuple)) else [loaded]
            if not all(isinstance(rule, Rule) for rule in several):
                raise TypeError("the entry point is not a rule or a list of rules")
            found.extend(several)
        except Exception as error:  # a stranger's code may raise anything; the report names it
            broken.append(f"plug-in {point.name} ({point.value}): {error}")
    return found, broken
