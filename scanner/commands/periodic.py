"""`curbcut periodic`: one page for those who lead, on what happened from one day to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options

Since = Annotated[str, typer.Option("--since", metavar="DAY", parser=options.day, help="The first day of the period.")]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DAY", parser=options.day, help="Its last day; that of the last scan by default."),
]


Pdf = Annotated[
    Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as tagged PDF as well; needs the extra `pdf`.")
]


def periodic(
    since: Since,
    until: Until = None,
    output: options.Output = None,
    pdf: Pdf = None,
    config: options.Config = None,
    store: options.Store = None,
    debug: options.Debug = False,
) -> int:
    """Write the periodic report: what stops people, what was fixed, what is new, what was promised.

    It is made from the scans in the store, as periodic.html; the same scans and days give the same bytes.
    """
    from reports.html.periodic import NAME, periodic
    from reports.pdf import as_pdf
    from reports.period import period_of
    from reports.results import whole_file
    from reports.reviews import load_reviews
    from reports.store import open_store
    from scanner.exceptions_file import read_exceptions
    from scanner.output import write
    from scanner.settings_sources import load_settings

    settings = load_settings(config, {"output": output, "store": store}, cwd=Path.cwd())
    agreed = read_exceptions(settings.exceptions) if settings.exceptions else ()
    reviews = load_reviews(settings.reviews) if settings.reviews else ()
    with open_store(settings.store, create=False) as opened:
        period = period_of(opened, since=since, until=until or "", agreed=agreed, reviews=reviews)
    document = periodic(period)
    files = {settings.output / NAME: document.encode(), **({pdf: as_pdf(document)} if pdf else {})}
    for path, content in files.items():
        with whole_file(path) as file:
            file.write(content)
        write(f"written: {path}")
    return 0
