"""The page on rules: what each asks, for whom, and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from generate_text import NOTE, plain, table

from reports.words import IMPACTS, ROLES, counted, listed
from rules.axe import axe_infos
from rules.model import RuleInfo
from rules.registry import load_rules
from rules.standards.abilities import GROUPS, ability_map, served_groups
from rules.standards.wcag import criteria

ACT = "https://act-rules.github.io/rules/"
AXE = "axe"


def rules_page() -> str:
    """Own rules by topic, then axe-core's, each under a heading of its own."""
    infos = load_rules(plugins=()).infos
    own = sorted((info for info in infos if info.origin != AXE), key=lambda info: (info.topic, info.id))
    axe = [info for info in infos if info.origin == AXE]
    parts = [_head(own, axe), _replaced(own)]
    for topic, members in groupby(own, key=lambda info: info.topic):
        parts += [f"## {topic.capitalize()}", *map(_rule, members)]
    parts += ["## Rules that axe-core decides", *map(_rule, axe)]
    return "\n\n".join(parts) + "\n"


def _head(own: Sequence[RuleInfo], axe: Sequence[RuleInfo]) -> str:
    head = ("Rule", "What is true where it is met", "Success criteria", "Impact")
    rows = [(f"[{i.id}](#{i.id})", plain(i.title), ", ".join(i.wcag) or "advice", i.impact) for i in (*own, *axe)]
    impacts = listed(f"{words.label.lower()} (*{name}*)" for name, words in IMPACTS.items())
    return f"""{NOTE}

# Rules

Curbcut judges by {counted(len(own) + len(axe), "rule")}: {len(own)} of its own, and {len(axe)} that adapt what
axe-core found.

- A rule says *failed* where a failure is certain, and asks a precise question where it is not: that *needs a person*.
- Where it does not apply, it says nothing. Where its evidence is missing, it is *not tested*.
- Impacts, from the worst: {impacts}.
- A rule without a success criterion is advice and weighs nothing in a [score](scoring.md).

`curbcut rules RULE` prints one of these entries in a terminal. [How to add a rule](../CONTRIBUTING.md#add-a-rule)
takes two files.

{table(head, rows)}"""


def _replaced(own: Iterable[RuleInfo]) -> str:
    titles = {info.id: info.title for info in axe_infos()}
    rows = [(f"[{info.id}](#{info.id})", f"`{name}`: {plain(titles[name])}") for info in own for name in info.replaces]
    return f"""## Own rules that replace rules of axe-core

Where an own rule decides more exactly, axe-core's is switched off, so that nothing is reported twice.

{table(("Own rule", "Decides instead of axe-core's"), rows)}"""


def _rule(info: RuleInfo) -> str:
    facts = [
        ("Success criteria", _criteria(info)),
        ("Impact", f"{IMPACTS[info.impact].label} ({info.impact}), judged for each {info.scope}"),
        ("Serves above all", _served(info)),
        ("Usually fixed by", ROLES[info.role]),
        ("Decided by", "axe-core" if info.origin == AXE else "Curbcut"),
        ("Evidence", "the pages of a service side by side" if info.kind == "site" else listed(info.needs)),
        ("W3C ACT rules", ", ".join(f"[ACT rule {name}]({ACT}{name})" for name in info.act)),
        ("Former names", listed(f"`{name}`" for name in info.aliases)),
    ]
    says = [f"### {info.id}", f"**{plain(info.title)}.**", plain(info.why), f"How to fix: {plain(info.fix)}"]
    lines = "\n".join(f"- {name}: {value}" for name, value in facts if value)
    return "\n\n".join([*says, *map(plain, _paragraphs(info)), lines])


def _paragraphs(info: RuleInfo) -> list[str]:
    # Of axe-core's rules every line is a sentence of its own; a docstring's lines are broken anywhere.
    return info.docs.split("\n" if info.origin == AXE else "\n\n")


def _criteria(info: RuleInfo) -> str:
    found = [criteria()[name] for name in info.wcag]
    return ", ".join(f"[{one.id} {one.title}]({one.understanding}) ({one.level})" for one in found) or "none, advice"


def _served(info: RuleInfo) -> str:
    """The groups for which the rule's criteria are primary; empty for advice, which serves no group in particular."""
    served, relation = served_groups(info.serves), ability_map().relation
    groups = [g for g in GROUPS if g.id in served and any(relation(c, g.id) == "primary" for c in info.wcag)]
    source = f" (narrowed by {info.serves_source})" if info.serves_source else ""
    return listed(group.people for group in groups) + source if groups else ""
