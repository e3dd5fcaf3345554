"""The report as a folder of HTML files that need nothing else: no network, no server, and no script to be whole."""

from reports.html.report import write_report

__all__ = ["write_report"]
