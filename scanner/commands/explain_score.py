"""`curbcut explain-score`: every factor of a score, so that it can be checked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options

Subject = Annotated[str, typer.Argument(metavar="URL", hidden=True)]
Results = Annotated[Path | None, typer.Argument(metavar="[RESULTS]", hidden=True)]


def explain_score(
    url: Subject,
    results: Results = None,
    config: options.Config = None,
    debug: options.Debug = False,
) -> int:
    """Print every factor of the score of a page or a service.

    URL is the address of a page, or of a service for its number as a whole; RESULTS is a results.json, or the report
    folder that holds one, the one of the settings by default. The numbers are worked out anew by the present formula.
    """
    import difflib

    from reports.explained import page_lines, site_lines
    from reports.results import load_results
    from reports.reviews import answered
    from reports.score import score_scan
    from rules.errors import UsageError
    from scanner.crawl.urls import normalise
    from scanner.output import write
    from scanner.settings_sources import load_settings

    settings = load_settings(config, {}, cwd=Path.cwd())
    place = options.results_file(results or settings.output)
    scan = answered(load_results(place))
    scores = score_scan(scan)
    names = [url] if (whole := normalise(url)) in (None, url) else [url, whole]
    parts = [lines for name in names for tell in (site_lines, page_lines) if (lines := tell(scan, scores, name))]
    if not parts:
        known = sorted({page.url for site in scan.sites for page in site.pages})
        near = difflib.get_close_matches(url, known, n=3, cutoff=0.6) or known[:3]
        do = f"Pages of these results: {', '.join(near)}." if near else "These results hold no page."
        raise UsageError(f"No page and no service of these results is at {url[:200]}.", where=str(place), do=do)
    for position, lines in enumerate(parts):
        write(*([""] if position else []), *lines)
    return 0
