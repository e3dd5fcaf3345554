"""`curbcut report`: write the report of results that exist already."""

from __future__ import annotations

from pathlib import Path

from scanner.commands import options


def report(
    results: options.Results,
    output: options.Output = None,
    config: options.Config = None,
    debug: options.Debug = False,
) -> int:
    """Write the report of results again; the same results give the same bytes.

    RESULTS is a results.json, or the report folder that holds one.
    """
    from reports.assets import folder_assets
    from reports.html.report import write_report
    from reports.results import load_results
    from reports.reviews import answered
    from reports.score import score_scan
    from scanner.output import write
    from scanner.owners import read_owners
    from scanner.settings_sources import load_settings
    from scanner.telling import check_report_folder

    settings = load_settings(config, {"output": output}, cwd=Path.cwd())
    source = options.results_file(results)
    scan = answered(load_results(source))
    check_report_folder(settings.output)
    owners, assets = read_owners(settings.owners), folder_assets(source.parent)
    scores, edit = score_scan(scan), settings.edit_link
    written = write_report(scan, scores, settings.output, assets=assets, owners=owners, edit_link=edit)
    write(f"written: {written[0]}")
    return 0
