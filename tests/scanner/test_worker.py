"""One page's work can be done anywhere: what goes in and comes out is data."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from reports.model import PageResult
from rules.model import Verdict
from rules.page import PageState
from rules.plain.reading import HardSentence, Reading
from rules.registry import load_rules
from scanner.browser.discover import Browser as Installed
from scanner.browser.pool import TabPlan
from scanner.browser.tab import Tab
from scanner.order import axe_options
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan
from scanner.worker import Job, Work, private, scan_one, work

PAGE = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1><img src=/no.png><a href=/next>Next</a>"


async def test_another_process_gives_the_same_work(
    tab: Tab, installed: Installed, axe_script: AxeScript, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    url = f"{serve(tmp_path)}/index.html"
    rules = load_rules()
    plan = VisitPlan(axe_options=axe_options(rules))
    here = await work(tab, url, plan, rules.page_rules)
    job = Job(url, plan, TabPlan(installed, axe_script))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        there = elsewhere.submit(scan_one, pickle.loads(pickle.dumps(job))).result(timeout=120)
    assert there == here
    assert there.result.state is PageState.TESTED
    assert "image-alt" in {outcome.rule for outcome in there.result.with_verdict(Verdict.FAILED)}
    assert there.links == (url.replace("index.html", "next"),)


async def test_a_defect_of_ours_costs_one_page(tab: Tab, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    broken = VisitPlan(axe_options={"rules": object()})  # cannot be told to the page
    done = await work(tab, f"{serve(tmp_path)}/index.html", broken, load_rules().page_rules)
    assert (done.result.state, done.retry) == (PageState.CRASHED, True)
    assert "TypeError" in done.result.reason


def test_of_a_page_behind_a_login_no_sentence_is_kept() -> None:
    hard = Reading((HardSentence("You owe us money."),), 1)
    done = private(Work(PageResult(url="https://a.example/", reading=hard)))
    assert done.result.reading is None
