"""The report as a folder of HTML files that need nothing else: no network, no script, no server."""

from reports.html.report import write_report

__all__ = ["write_report"]
