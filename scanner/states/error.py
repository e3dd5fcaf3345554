"""Pages that report a fault of the service with a status of success: stack traces, error messages, maintenance."""

from __future__ import annotations

import re

from rules.page import PageState
from scanner.states.view import Sign, View

SHORT = 120
"""Words that a page which only reports a fault has at most."""

AROUND_A_TRACE = 40
"""Words outside of the trace that a page which is one has at most; guides that show one say more."""

FEW_LINKS = 12
"""A page of maintenance stands alone: the site that it would lead to is away."""

_TRACE = re.compile(
    r"Traceback \(most recent call last\)|\bat [\w$.<>/]+\([\w$]+\.(?:java|kt|scala|groovy):\d+\)"
    r"|\bat [\w.<>`]+\(.{0,200}?\) in \S+:line \d+|\bat .{1,120}?\(?\S+\.(?:js|ts|mjs):\d+:\d+\)?"
    r"|\[\w*Exception: .{1,300}?\]"
    r"|(?:Fatal|Parse|Compile) error:\s.{1,400}? on line \d+|#\d+ \S+\.php\(\d+\):|SQLSTATE\[\w+\]|\bORA-\d{5}\b"
    r"|You have an error in your SQL syntax|Microsoft OLE DB Provider for|\[ODBC .{1,60}?Driver\]|Stack ?[Tt]race:\s"
    r"|java\.lang\.\w+(?:Exception|Error)|org\.(?:apache|springframework|hibernate)\.[\w.]+Exception"
    r"|ActionView::|PG::\w+Error",
)
_HALT = re.compile(r"(?:Fatal|Parse|Compile) error:\s.{1,400}? on line \d+")
_SLIP = re.compile(r"(?:Warning|Notice|Deprecated):\s.{1,300}? in \S+ on line \d+")
_DEBUGGER = re.compile(
    r"\w+(?:Error|Exception|DoesNotExist|DisallowedHost)(?:: .{1,300})?(?: at /.*| // Werkzeug Debugger| \(.{1,80}\))"
    r"|DisallowedHost at /.*|Action Controller: Exception caught|.{0,40}HTTP Status 500 .{0,60}"
)


def recognise(view: View) -> Sign | None:
    """A page whose main content is a report of a fault; a remark where it stands among other content."""
    return _trace(view) or _fault(view) or _maintenance(view)


def _trace(view: View) -> Sign | None:
    if _DEBUGGER.fullmatch(view.title) or any(_DEBUGGER.fullmatch(head) for head in view.heads):
        return Sign(PageState.ERROR_PAGE, "The page is the report of an error in the program behind it.")
    halt = _HALT.search(view.prose)
    if halt and len(view.prose[halt.end() :].split()) <= AROUND_A_TRACE:
        return Sign(
            PageState.ERROR_PAGE, "The program behind the page stopped before it was whole and left its error in it."
        )
    found = _TRACE.search(view.main)
    if found:
        around = view.prose[: max(view.prose.find(found[0]), 0)] if found[0] in view.prose else view.prose
        if len(around.split()) <= AROUND_A_TRACE:
            return Sign(
                PageState.ERROR_PAGE, "The main content is the trace of an error in the program behind the page."
            )
    if _SLIP.search(view.prose):
        return Sign(PageState.ERROR_PAGE, "The program behind the page left a warning in its text.", certain=False)
    return None


def _fault(view: View) -> Sign | None:
    if not view.is_headed("fault"):
        return None
    if view.size <= SHORT and not view.fields:
        return Sign(PageState.ERROR_PAGE, "The page says that the service met an error, with a status of success.")
    return Sign(PageState.ERROR_PAGE, "A heading speaks of an error; the rest of it looks like a page.", certain=False)


def _maintenance(view: View) -> Sign | None:
    """Maintenance that is under way; a notice of one to come is news."""
    if not view.is_headed("maintenance") or view.size > SHORT or view.fields:
        return None
    alone = view.links <= FEW_LINKS and not view.dom.by_role("navigation")
    if alone or (view.says("maintenance-now") and not view.says("maintenance-dated")):
        return Sign(PageState.ERROR_PAGE, "The page says that the service is away for maintenance.")
    if view.says("maintenance-now"):
        return Sign(PageState.ERROR_PAGE, "A heading speaks of maintenance; the rest looks like a page.", certain=False)
    return None
