"""The worked example of CONTRIBUTING.md is a rule: it is found, tested and written like every other."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import test_rules
import verdict_pages

import rules.keyboard
from rules.model import PageRule, Verdict
from rules.page import Page, PageState
from rules.registry import load_rules
from scanner.browser.tab import Tab
from scanner.visit import VisitPlan, visit

ROOT = Path(__file__).parents[2]
MODULE = "focus_removal"

Gather = Callable[[Path], Awaitable[Page]]


def files_shown() -> dict[str, str]:
    """The files that CONTRIBUTING.md shows, by their paths."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return dict(re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PageRule]:
    """The rule of the example, found as if its two files had been added."""
    for name, text in files_shown().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setattr(rules.keyboard, "__path__", [*rules.keyboard.__path__, str(tmp_path / "rules" / "keyboard")])
    monkeypatch.setattr(verdict_pages, "PAGES", tmp_path / "tests" / "rules" / "pages")
    known = {rule.info.id for rule in test_rules.OWN}
    yield next(
        rule for rule in load_rules(plugins=()).page_rules if rule.info.id not in known and rule.info.topic != "axe"
    )
    sys.modules.pop(f"rules.keyboard.{MODULE}")
    delattr(rules.keyboard, MODULE)


@pytest.fixture
async def look(example: PageRule, tab: Tab, serve: Callable[[Path], str]) -> Gather:
    """A function that gives the evidence of the example's page, which is looked at once."""
    [path] = verdict_pages.page_files(example.info)
    page = await visit(tab, f"{serve(path.parent)}/{path.name}", VisitPlan())
    assert page.state is PageState.TESTED, page.reason

    async def gather(_path: Path) -> Page:
        return page

    return gather


def test_the_example_has_two_files() -> None:
    assert list(files_shown()) == ["rules/keyboard/focus_removal.py", "tests/rules/pages/keyboard/focus-removal.html"]


async def test_the_example_has_the_habits_of_every_rule(example: PageRule, look: Gather) -> None:
    assert (example.info.id, example.info.topic) == ("focus-removal", "keyboard")
    test_rules.test_its_metadata_is_complete(example)
    await test_rules.test_the_rule_judges_its_pages_as_they_say(example, look)
    await test_rules.test_its_pages_show_enough_of_each_verdict(example, look)
    for defect in test_rules.DEFECTS:
        await test_rules.test_its_pages_tell_a_broken_rule_from_a_right_one(example, defect, look)


async def test_the_example_shows_every_verdict(example: PageRule, look: Gather) -> None:
    [(_, says, _)] = await test_rules.compared(example, look)
    assert {verdict for _, verdict in says} == {Verdict.FAILED, Verdict.PASSED, Verdict.CANT_TELL}


def test_the_example_is_written_as_the_linter_asks() -> None:
    [path, *_] = files_shown()
    lint = [sys.executable, "-m", "ruff", "check", "--stdin-filename", path, "-"]
    done = subprocess.run(lint, cwd=ROOT, input=files_shown()[path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
