"""Prints where `rules/standards/axe.json` and axe-core differ: run it to see what a new axe-core brings.

    python benchmarks/axe_metadata.py            the axe-core that is installed
    python benchmarks/axe_metadata.py axe.min.js another one

Compared are the rules that axe-core runs by default, with their criteria, W3C ACT ids and impact. Exit
code 0 where nothing differs, else 1. One difference a line, in the order of rule ids.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

READ = """() => ({
  version: axe.version,
  off: axe._audit.tagExclude,
  rules: axe.getRules().map(({ ruleId, tags, actIds }) => {
    const { enabled, impact } = axe._audit.rules.find((rule) => rule.id === ruleId);
    return { id: ruleId, tags, act: actIds || [], enabled, impact };
  }),
})"""
"""Impact, and whether a rule runs by default, are not part of axe-core's public interface."""


async def bundled(browser: Browser, script: Path | None = None) -> dict[str, Any]:
    """The metadata of axe-core: `version`, and `rules` with `wcag`, `act`, `impact` and `enabled` by id."""
    import axe_playwright_python

    source = script or next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
    page = await browser.new_page()
    try:
        await page.evaluate(f"{source.read_text('utf-8')}\n;0")
        raw = await page.evaluate(READ)
    finally:
        await page.close()
    off = set(raw["off"])
    rules = {
        rule["id"]: {
            "wcag": criteria(rule["tags"]),
            "act": sorted(rule["act"]),
            "impact": rule["impact"],
            "enabled": rule["enabled"] and not off & set(rule["tags"]),
        }
        for rule in raw["rules"]
    }
    return {"version": raw["version"], "rules": rules}


def criteria(tags: list[str]) -> list[str]:
    """The success criteria among axe-core's tags, in their order: `wcag1412` is 1.4.12."""
    found = [match.groups() for tag in tags if (match := re.fullmatch(r"wcag(\d)(\d)(\d{1,2})", tag))]
    return [".".join(parts) for parts in sorted(found, key=lambda parts: [int(part) for part in parts])]


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """One line for each thing that the data says differently from axe-core."""
    lines = [] if ours["axe"] == theirs["version"] else [f"version: {ours['axe']} here, {theirs['version']} there"]
    for name in sorted({*ours["rules"], *ours["left_out"], *theirs["rules"]}):
        lines.extend(f"{name}: {line}" for line in _about(name, ours, theirs["rules"].get(name)))
    return lines


def _about(name: str, ours: dict[str, Any], rule: dict[str, Any] | None) -> list[str]:
    entry = ours["rules"].get(name)
    if rule is None:
        return ["axe-core does not have it"]
    if entry is not None and name in ours["left_out"]:
        return ["both in rules and in left_out"]
    if entry is None and rule["enabled"]:
        return ["runs by default, and is not in rules"]
    if entry is None:
        return [] if name in ours["left_out"] else ["is off by default, and not in left_out"]
    lines = [] if rule["enabled"] else ["is off by default: it belongs in left_out"]
    return lines + [
        f"{key} is {entry[key]} here, {rule[key]} there" for key in ("wcag", "act", "impact") if entry[key] != rule[key]
    ]


async def main(script: Path | None) -> int:
    """Prints the differences; 1 where there are any."""
    from scanner.browser.discover import ensure
    from scanner.browser.launch import launch

    found = ensure(None, say=lambda line: print(line, file=sys.stderr))
    async with async_playwright() as playwright:
        browser = await launch(playwright, found.path, found.kind)
        theirs = await bundled(browser, script)
        await browser.close()
    ours = json.loads(files("rules.standards").joinpath("axe.json").read_text("utf-8"))
    lines = differences(ours, theirs)
    print(*lines or [f"axe-core {theirs['version']}: {len(ours['rules'])} rules, no difference"], sep="\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
