"""The `[gate]` table of a project's settings as a plan of the gate; what is wrong in it is named with its line."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from reports.gate.policy import LIMITS, Action, GatePlan, Limit, Policy, Selection
from rules.errors import ConfigError
from rules.model import IMPACTS
from rules.standards.abilities import GROUPS
from rules.standards.wcag import Standing, criteria
from scanner.config import shown, unknown_name
from scanner.crawl.globs import Glob
from scanner.crawl.urls import normalise

GATE_KEYS = ("action", "from", "new-rules-from", "expected-pages", "policy")
SELECTIONS = ("site", "pages", "not-pages", "kind", "group", "criterion", "rule", "impact", "standing")
POLICY_KEYS = ("name", "action", "from", "of", *SELECTIONS, *LIMITS)
STANDINGS: tuple[Standing, ...] = get_args(Standing)


def gate_plan(table: Mapping[str, Any], *, today: str, where: str = "", **settings: Any) -> GatePlan:
    """The plan of a gate from its table; `settings` are those that stand outside of it. Raises ConfigError."""
    _check_names(table, GATE_KEYS, "a setting of the gate", where)
    expected = table.get("expected-pages")
    if expected is not None and not _is_whole(expected):
        raise _wrong("expected-pages", expected, "a whole number, 0 for any number of pages", where)
    policies = table.get("policy", [])
    if not isinstance(policies, list) or not all(isinstance(one, dict) for one in policies):
        raise _wrong("policy", policies, "tables that begin with [[gate.policy]]", where)
    return GatePlan(
        today=today,
        action=_action(table, Action.FAIL, where),
        start=_day(table, "from", where),
        policies=tuple(_policy(one, f"{where}, policy {number}") for number, one in enumerate(policies, start=1)),
        new_rules_from=_day(table, "new-rules-from", where),
        expected_pages=expected,
        **settings,
    )


def _policy(table: Mapping[str, Any], where: str) -> Policy:
    _check_names(table, POLICY_KEYS, "a part of a policy", where)
    limits = [name for name in LIMITS if name in table]
    if len(limits) != 1:
        said = f"has {' and '.join(limits)}" if limits else "has no limit"
        raise ConfigError(f"the policy {said}.", where=where, do=f"Give it one of: {', '.join(LIMITS)}.")
    limit = limits[0]
    usual = Action.WARN if limit in ("min-score", "score-not-worse") else Action.FAIL
    of = table.get("of", "site")
    if of not in ("site", "page"):
        raise _wrong("of", of, "site or page", where)
    name = table.get("name", "")
    if not isinstance(name, str):
        raise _wrong("name", name, "a few words", where)
    value = _value(limit, table[limit], where)
    selection = _selection(table, where)
    start = _day(table, "from", where)
    return Policy(limit, value, _action(table, usual, where), name or _name(limit), start, of, selection)


def _name(limit: Limit) -> str:
    return limit.replace("-", " ")


def _value(limit: Limit, value: object, where: str) -> float:
    if limit == "score-not-worse":
        if value is not True:
            raise _wrong(limit, value, "true", where)
        return 0.0
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    most = {"max-untested": 1, "min-score": 100}.get(limit)
    fits = is_number and value >= 0 if most is None else is_number and 0 <= value <= most  # type: ignore[operator]  # is_number
    if not fits or (most is None and not _is_whole(value)):
        expected = "a whole number, 0 means none" if most is None else f"a number from 0 to {most}"
        raise _wrong(limit, value, expected, where)
    return float(value)  # type: ignore[arg-type]  # a number by now


def _selection(table: Mapping[str, Any], where: str) -> Selection:
    impact = table.get("impact", "minor")
    if impact not in IMPACTS:
        raise _wrong("impact", impact, f"one of {', '.join(IMPACTS)}", where)
    groups = _among(table, "group", [group.id for group in GROUPS], where)
    return Selection(
        sites=tuple(_site(text, where) for text in _texts(table, "site", where)),
        pages=tuple(Glob.parse(text, where=where) for text in _texts(table, "pages", where)),
        not_pages=tuple(Glob.parse(text, where=where) for text in _texts(table, "not-pages", where)),
        kinds=_texts(table, "kind", where),
        groups=groups,
        criteria=_among(table, "criterion", list(criteria()), where),
        rules=_texts(table, "rule", where),
        impact=impact,
        standings=_among(table, "standing", STANDINGS, where) or ("required",),  # type: ignore[arg-type]  # checked there
    )


def _site(text: str, where: str) -> str:
    url = normalise(text)
    if url is None:
        raise _wrong("site", text, "the address of a service as in the list", where)
    return url


def _among(table: Mapping[str, Any], key: str, known: Sequence[str], where: str) -> tuple[str, ...]:
    found = _texts(table, key, where)
    for one in found:
        if one not in known:
            raise unknown_name(one, tuple(known), thing=f"a {key}", where=where)
    return found


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, list) or not all(isinstance(one, str) and one for one in several):
        raise _wrong(key, value, "a text or a list of texts", where)
    return tuple(several)


def _action(table: Mapping[str, Any], usual: Action, where: str) -> Action:
    value = table.get("action", usual.value)
    if value not in [action.value for action in Action]:
        raise _wrong("action", value, "off, warn or fail", where)
    return Action(value)


def _day(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value != "":
        raise _wrong(key, value, "a day such as 2027-01-31, without quotation marks", where)
    return ""


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _check_names(table: Mapping[str, Any], known: tuple[str, ...], thing: str, where: str) -> None:
    for name in table:
        if name not in known:
            raise unknown_name(name, known, thing=thing, where=where)


def _wrong(key: str, value: object, expected: str, where: str) -> ConfigError:
    return ConfigError(f"{key} is {shown(value)}, expected {expected}.", where=where)
