"""From an order to last words: store, browser, progress, scan, report."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from urllib.parse import urlsplit

from reports.model import Tool
from reports.store import ScanLine, Store, open_store
from reports.stored_assets import stored_assets
from reports.words import counted
from rules.errors import UsageError
from rules.registry import load_rules
from scanner.browser.discover import ensure
from scanner.browser.launch import runs_as_root
from scanner.confirm import confirmed
from scanner.evidence import EvidenceFolder
from scanner.net.addresses import Zone, literal, zone
from scanner.net.resolve import is_this_machine
from scanner.only import only
from scanner.order import Order, asked, begin, prepare, tool_of
from scanner.probes.axe import AxeScript
from scanner.progress import Progress, progress_for
from scanner.run import Listener, Run
from scanner.telling import Telling
from scanner.timings import Timings

NOT_JUDGED = 3


def look(order: Order, telling: Telling, *, plain: bool = False, resume: bool = False, timings: bool = False) -> int:
    """The exit code of a scan, after everything was looked at, written and said."""
    settings, watch = order.settings, Timings()
    progress = progress_for(plain=plain)
    with open_store(settings.store) as store:
        browser = ensure(settings.browser, say=progress.say)
        if runs_as_root():
            progress.say("note: the browser's sandbox is off, because this runs as root.")
        if not settings.contact and any(map(is_elsewhere, order.pages or [target.url for target in order.targets])):
            progress.say("note: no `contact` is set in curbcut.toml, so nobody who runs these hosts can reach you.")
        rules = only(load_rules(pin=settings.rules, style=settings.style), order.only)
        tool = tool_of(rules, browser, AxeScript.read(settings.axe).version)
        evidence = EvidenceFolder(settings.output / "evidence", tool) if settings.keep_evidence else None
        if evidence and not resume:
            evidence.begin()
        if not resume and (stopped := last_stopped(store, order)):
            words = f"was stopped after {counted(stopped.pages, 'page')}; with --resume it goes on. This is a new one."
            progress.say(f"note: scan {stopped.number} of the same pages {words}")
        number = stopped_scan(store, order, tool) if resume else begin(order, store, rules, tool=tool, started=_now())
        listener = Listener(page=progress.page, evidence=evidence.keep if evidence else None)
        run = prepare(order, store, number, rules, browser=browser, listener=listener)
        watch.end_of("set-up")
        complete = asyncio.run(_complete(run, progress, settings.deadline_s))
        store.finish_scan(number, finished=_now(), complete=complete)
        scan = store.load_scan(number)
        if evidence:
            evidence.close(scan)
    watch.end_of("pages")
    if telling.gate and complete:
        scan = confirmed(scan, order, telling.decisions, rules, browser=browser, clock=_now, progress=progress)
        watch.end_of("second visit")
    with open_store(settings.store) as store:
        code = telling.tell(scan, assets=stored_assets(store, number))
    watch.end_of("results and report")
    for line in watch.lines(pages=sum(len(site.pages) for site in scan.sites)) if timings else ():
        progress.say(line)
    return code


async def _complete(run: Run, progress: Progress, deadline_s: float) -> bool:
    """Whether everything that was asked for was looked at, before the deadline where there is one."""
    with _stops(run, progress), _ends(run, progress, deadline_s):
        async with progress.over(run):
            return await run.go()


@contextmanager
def _ends(run: Run, progress: Progress, deadline_s: float) -> Iterator[None]:
    """A deadline, which ends the scan in good order; 0 is none."""

    def end() -> None:
        progress.say(f"stopping: the deadline of {deadline_s:g} s is over; the pages under way are finished first.")
        run.stop()

    timer = asyncio.get_running_loop().call_later(deadline_s, end) if deadline_s else None
    try:
        yield
    finally:
        if timer is not None:
            timer.cancel()


def last_stopped(store: Store, order: Order) -> ScanLine | None:
    """The last scan of these pages where it was stopped before its end; None where it was not, or there is none."""
    wanted = [_which(target) for target in asked(order)]
    scans = ((line, store.load_sites(line.number)) for line in reversed(store.scans()))
    last = next((line for line, sites in scans if [_which(site.target) for site in sites] == wanted), None)
    return None if last is None or last.complete else last


def _which(target: Mapping[str, object]) -> tuple[object, object]:
    """What tells one service, or list of pages, from another."""
    return target.get("url"), target.get("pages")


def stopped_scan(store: Store, order: Order, tool: Tool) -> int:
    """The number of the last scan of these pages, if it was stopped and can go on in the same way."""
    last = last_stopped(store, order)
    if last is None:
        raise UsageError(
            "There is no stopped scan of these services or pages.", where=store.name, do="Start without --resume."
        )
    head = store.load_head(last.number)
    stored = [dict(site.target) for site in store.load_sites(last.number)]
    same = {
        "settings": head.settings == order.settings.public(),
        "versions of Curbcut, its rules, axe-core or the browser": head.tool == tool,
        "fields in the list of services": stored == asked(order),
    }
    for what, is_same in same.items():
        if not is_same:
            raise UsageError(
                f"Scan {last.number} was started with other {what}.",
                where=store.name,
                do="Use the same ones, or start without --resume.",
            )
    return last.number


@contextmanager
def _stops(run: Run, progress: Progress) -> Iterator[None]:
    """Ctrl-C, or the signal by which systems end a process: once ends the scan in good order, twice at once."""
    loop = asyncio.get_running_loop()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if run.stopping:
            # Everything that was looked at is in the store already; the browser ends when its pipe closes.
            progress.leave()
            progress.say("stopped: at once; with --resume the scan goes on.")
            os._exit(NOT_JUDGED)
        run.stop()
        words = "stopping: the pages under way are finished first; Ctrl-C again ends at once."
        loop.call_soon_threadsafe(progress.say, words)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def is_elsewhere(page: str) -> bool:
    """Whether a page lies on a host that may be somebody else's: no file, not this machine, no private address."""
    host = urlsplit(page).hostname or ""
    address = literal(host)
    return bool(host) and not is_this_machine(host) and (address is None or zone(address) is Zone.PUBLIC)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
