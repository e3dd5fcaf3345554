"""The verdict as SARIF 2.1.0, for systems that track findings of many tools.

A problem is one result with all its pages. `baselineState` tells new, unchanged and fixed ones apart, an agreed
exception is a suppression with its reason, and what could not be judged is a notification of a run that did
not succeed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from reports.exports.told import headline
from reports.gate import GateVerdict, State, Tracked
from reports.gate.tracking import Spot
from reports.gate.verdict import Exempt
from reports.jsontext import clean
from reports.model import Scan
from reports.text import one_line, visible
from rules.model import RuleInfo

PAGES = 20
"""Pages of one result; more are told by their number."""

STATES: Mapping[State, str] = {State.NEW: "new", State.NEWLY_DETECTED: "new", State.FIXED: "absent"}
LEVELS = {"critical": "error", "serious": "error", "moderate": "warning", "minor": "note"}


def sarif(scan: Scan, verdict: GateVerdict) -> str:
    """The log as JSON with sorted keys."""
    results = list(_results(verdict))
    catalogue = {info.id: info for info in scan.rules}
    named = sorted({str(result["ruleId"]) for result in results})
    rules = [_rule(name, catalogue.get(name)) for name in named]
    places = {name: index for index, name in enumerate(named)}
    run = {
        "tool": {
            "driver": {"name": "Curbcut", "version": one_line(scan.tool.curbcut, 40) or "unknown", "rules": rules}
        },
        "automationDetails": {"id": "curbcut/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(verdict)],
        "results": [{**result, "ruleIndex": places[str(result["ruleId"])]} for result in results],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _results(verdict: GateVerdict) -> Iterator[dict[str, Any]]:
    failing = {(one.fingerprint, one.site) for one in verdict.new}
    for one in verdict.problems:
        if one.state is State.NOT_LOOKED_AT:
            continue
        fails = (one.fingerprint, one.site) in failing
        yield _result(one, level="error" if fails else "none" if one.state is State.FIXED else _mild(one))
    for one in verdict.unstable:
        yield {**_result(one, level="note"), "kind": "review", "level": "none"}
    for exempt in verdict.exempt:
        if not exempt.over:
            yield from (_suppressed(one, exempt) for one in exempt.problems)


def _mild(one: Tracked) -> str:
    return "note" if one.standing == "advice" else "warning"


def _result(one: Tracked, *, level: str) -> dict[str, Any]:
    said = headline(one) if one.spots else f"Fixed: {one.rule.title}"
    more = len(one.spots) - PAGES
    found: dict[str, Any] = {
        "ruleId": visible(one.rule.id),
        "level": level,
        "message": {"text": said + (f" And on {more} more pages." if more > 0 else "")},
        "partialFingerprints": {"curbcut/v1": one.fingerprint},
        "baselineState": STATES.get(one.state, "unchanged"),
        "properties": {
            "impact": one.impact,
            "standing": one.standing,
            "state": str(one.state),
            "site": clean(one.site),
        },
    }
    if one.spots:
        found["locations"] = [_location(spot) for spot in one.spots[:PAGES]]
    if level == "none":
        found["kind"] = "pass"
    return found


def _location(spot: Spot) -> dict[str, Any]:
    element = one_line(spot.selector, 200) or "the page as a whole"
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(spot.page)}, "region": {"startLine": 1}},
        "logicalLocations": [{"fullyQualifiedName": element, "kind": "element"}],
    }


def _suppressed(one: Tracked, exempt: Exempt) -> dict[str, Any]:
    told = one_line(exempt.agreed.told, 600)
    suppression = {"kind": "external", "status": "accepted", "justification": told}
    return {**_result(one, level=_mild(one)), "suppressions": [suppression]}


def _rule(name: str, info: RuleInfo | None) -> dict[str, Any]:
    if info is None:
        return {"id": visible(name)}
    return {
        "id": info.id,
        "shortDescription": {"text": one_line(info.title, 200) or info.id},
        "fullDescription": {"text": one_line(info.why, 600) or info.id},
        "help": {"text": one_line(info.fix, 600) or info.id},
        "defaultConfiguration": {"level": LEVELS[info.impact]},
        "properties": {"tags": ["accessibility", *(f"wcag-{number}" for number in info.wcag)]},
    }


def _invocation(verdict: GateVerdict) -> dict[str, Any]:
    told = [("error", gap) for gap in verdict.gaps]
    told += [("warning", f"{page.page} was not tested ({page.state}): {page.reason}") for page in verdict.untested]
    return {
        "executionSuccessful": not verdict.gaps,
        "exitCode": verdict.exit_code,
        "toolExecutionNotifications": [
            {"level": level, "message": {"text": one_line(said, 600)}} for level, said in told
        ],
    }


def _uri(page: str) -> str:
    """The address as a URI reference; one of a file stays relative."""
    safe = quote(clean(page), safe="%/:?#[]@!$&'()*+,;=-._~", errors="replace")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", safe)
