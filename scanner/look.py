"""From an order to last words: store, browser, progress, scan, report."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reports.model import Scan
from reports.store import Store, open_store
from rules.errors import UsageError
from rules.registry import load_rules
from scanner.browser.discover import Browser, ensure
from scanner.browser.launch import runs_as_root
from scanner.evidence import EvidenceFolder
from scanner.order import Order, begin, prepare, tool_of
from scanner.probes.axe import AxeScript
from scanner.progress import Progress, progress_for
from scanner.run import Listener, Run
from scanner.verdicts import gate_of, tell


@dataclass(frozen=True, slots=True)
class Telling:
    """How a command wants its scan told."""

    plain: bool = False
    json: Path | None = None
    gate: bool = False
    resume: bool = False


def look(order: Order, telling: Telling) -> int:
    """The exit code of a scan, after everything was looked at, written and said."""
    settings = order.settings
    progress = progress_for(plain=telling.plain)
    browser = ensure(settings.browser, say=progress.say)
    if runs_as_root():
        progress.say("note: the browser's sandbox is off, because this runs as root.")
    with open_store(settings.store) as store:
        scan = asyncio.run(_scan(order, store, browser, progress, resume=telling.resume))
    gate = gate_of(scan, settings) if telling.gate else None
    return tell(scan, folder=settings.output, json=telling.json, gate=gate, max_untested=settings.max_untested)


async def _scan(order: Order, store: Store, browser: Browser, progress: Progress, *, resume: bool) -> Scan:
    rules = load_rules()
    settings = order.settings
    tool = tool_of(rules, browser, AxeScript.read(settings.axe).version)
    number = _unfinished(store, order) if resume else begin(order, store, rules, tool=tool, started=_now())
    evidence = EvidenceFolder(settings.output / "evidence", tool) if settings.keep_evidence else None
    listener = Listener(page=progress.page, evidence=evidence.keep if evidence else None)
    run = prepare(order, store, number, rules, browser=browser, listener=listener)
    _stop_on_interrupt(run, progress)
    with progress.over(run):
        complete = await run.go()
    store.finish_scan(number, finished=_now(), complete=complete)
    return store.load_scan(number)


def _unfinished(store: Store, order: Order) -> int:
    """The number of the last scan, if it was stopped and looked at the same services with the same settings."""
    last = store.scans()[-1:] or None
    if last is None or last[0].complete:
        raise UsageError("There is no stopped scan to go on with.", where=store.name, do="Start without --resume.")
    number = last[0].number
    same = store.load_head(number).settings == order.settings.public()
    sites = [stored.result.url for stored in store.load_sites(number)]
    if not same or sites != [target.url for target in order.targets]:
        raise UsageError(
            f"Scan {number} was started with other settings or services.",
            where=store.name,
            do="Use the same ones, or start without --resume.",
        )
    return number


def _stop_on_interrupt(run: Run, progress: Progress) -> None:
    """Ctrl-C once ends the scan in good order, twice at once."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        run.stop()
        progress.say("stopping: the pages under way are finished first; Ctrl-C again ends at once.")
        loop.remove_signal_handler(signal.SIGINT)

    try:
        loop.add_signal_handler(signal.SIGINT, stop)
    except NotImplementedError:
        return  # Windows has no such handlers: there Ctrl-C ends at once


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
