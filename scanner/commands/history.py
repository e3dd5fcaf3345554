"""`curbcut history`: since when a problem is known, or what became of a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.commands import options

if TYPE_CHECKING:
    from reports.store import Store
    from rules.errors import UsageError

Subject = Annotated[str, typer.Argument(metavar="URL|FINGERPRINT", hidden=True)]
JsonFile = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the same as JSON here.")]


def history(
    subject: Subject,
    json: JsonFile = None,
    config: options.Config = None,
    store: options.Store = None,
    debug: options.Debug = False,
) -> int:
    """Tell since when a problem is known and what each scan made of it.

    FINGERPRINT is a problem's, as reports and results.json show it; URL is a page's address, for all that was on it.
    """
    import re

    from reports import history_text as text
    from reports.history import page_history, problem_history
    from reports.jsontext import compact
    from reports.plain import to_plain
    from reports.results import write_whole
    from reports.reviews import load_reviews
    from reports.store import open_store
    from scanner.exceptions_file import read_exceptions
    from scanner.output import write
    from scanner.settings_sources import load_settings

    settings = load_settings(config, {"store": store}, cwd=Path.cwd())
    agreed = read_exceptions(settings.exceptions) if settings.exceptions else ()
    reviews = load_reviews(settings.reviews) if settings.reviews else ()
    with open_store(settings.store, create=False) as opened:
        if is_fingerprint := re.fullmatch(r"[0-9a-f]{4,16}", subject) is not None:
            problems = problem_history(opened, subject)
            lines = [line for one in problems for line in text.problem_lines(one, agreed=agreed, reviews=reviews)]
            told = [text.problem_json(one, agreed=agreed, reviews=reviews) for one in problems]
        else:
            pages = page_history(opened, _address(subject))
            lines = [line for page in pages for line in text.page_lines(page, agreed=agreed, reviews=reviews)]
            told = [text.page_json(page, agreed=agreed, reviews=reviews) for page in pages]
        if not told:
            raise _nothing(opened, subject, is_fingerprint=is_fingerprint)
    if json is not None:
        write_whole(json, compact(to_plain(told)) + "\n")
    write(*lines)
    return 0


def _address(subject: str) -> str:
    from scanner.crawl.urls import normalise

    return normalise(subject) or subject


def _nothing(store: Store, subject: str, *, is_fingerprint: bool) -> UsageError:
    from reports.near import near_fingerprints, near_pages
    from reports.text import one_line
    from rules.errors import UsageError

    near = near_fingerprints(store, subject) if is_fingerprint else near_pages(store, _address(subject))
    what = "problem with the fingerprint" if is_fingerprint else "page with the address"
    usual = "Fingerprints stand in reports and results.json; addresses begin with https:// or http://."
    return UsageError(
        f"No scan in this store has a {what} {one_line(subject, 200)}.",
        where=store.name,
        do=f"Near to it: {', '.join(one_line(one, 200) for one in near)}." if near else usual,
    )
