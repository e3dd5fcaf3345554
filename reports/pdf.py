"""A document as PDF/UA: tagged, so that assistive technology can read it, and made without the network.

WeasyPrint lays it out; it comes with the extra `pdf`, as it needs libraries of the system that nothing else needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from rules.errors import EnvironmentFault

VARIANT = "pdf/ua-1"

SHEET = """
@page {
  size: A4; margin: 16mm 15mm 18mm;
  @bottom-right { content: counter(page) " of " counter(pages); font: 8pt sans-serif }
}
html { font: 9.5pt/1.45 "Liberation Sans", Arial, Helvetica, sans-serif !important }
.wide { max-width: none !important; padding: 0 !important }
h1 { font-size: 19pt !important; max-width: none !important }
p, li, dd { max-width: none !important }
.lead { font-size: 11.5pt !important }
table { font-size: 8pt !important; min-width: 0 !important }
th, td { padding: 3pt 6pt 3pt 0 !important; min-width: 0 !important; overflow-wrap: anywhere !important }
thead th, .stops td { overflow-wrap: normal !important }
.bottom { display: none !important }
.figure { white-space: normal !important }
.chart { width: 150mm !important; max-width: 100% !important; min-width: 0 !important }
.facts div { grid-template-columns: 40mm auto !important }
"""
"""What differs from the sheet of the report, in the words that WeasyPrint knows."""


def as_pdf(document: str) -> bytes:
    """The PDF of an HTML document that needs nothing else; the same document gives the same bytes.

    Fonts are those of the machine. Raises EnvironmentFault where WeasyPrint, or a library that it needs, is missing.
    """
    weasyprint = _weasyprint()
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    html = weasyprint.HTML(string=document, url_fetcher=nothing)
    sheet = weasyprint.CSS(string=SHEET, url_fetcher=nothing)
    made: bytes = html.write_pdf(stylesheets=[sheet], pdf_variant=VARIANT)
    return made


def _weasyprint() -> Any:
    try:
        return import_module("weasyprint")
    except ModuleNotFoundError:
        raise EnvironmentFault(
            "PDF needs WeasyPrint, which is not installed.", do="Install the extra `pdf`: pip install 'curbcut[pdf]'."
        ) from None
    except OSError as error:
        raise EnvironmentFault(
            f"WeasyPrint lacks a library of the system: {' '.join(str(error).split())[:160]}.",
            do="On Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0.",
        ) from None
