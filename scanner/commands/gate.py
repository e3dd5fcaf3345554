"""`curbcut gate`: judge results that exist already."""

from __future__ import annotations

from pathlib import Path

from scanner.commands import options


def gate(
    results: options.Results,
    config: options.Config = None,
    fail_on: options.FailOn = None,
    baseline: options.BaselineFile = None,
    debug: options.Debug = False,
) -> int:
    """Judge results: 1 for new problems, 3 when too little was looked at.

    RESULTS is a results.json, or the report folder that holds one.
    """
    from reports.results import load_results
    from scanner.output import write
    from scanner.settings import load_settings
    from scanner.verdicts import gate_lines, gate_of, known_problems

    settings = load_settings(config, {"fail_on": fail_on, "baseline": baseline}, cwd=Path.cwd())
    verdict = gate_of(load_results(options.results_file(results)), settings, known_problems(settings))
    write(*gate_lines(verdict))
    return verdict.exit_code
