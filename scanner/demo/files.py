"""The demo's files by their path on the server; what is not among them does not exist there.

A closed list leaves nothing to guard: no folder is listed and no path leads out of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SITE: Final = Path(__file__).with_name("site")

CONTENT_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
}
"""Our own table: the operating system's differs from machine to machine."""

NOT_PAGES: Final = ("404.html", "405.html", "maps/")
"""Answers to mistakes, and documents that only live in a frame."""


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is sent."""

    content_type: str
    body: bytes


def address(page: str) -> str:
    """The path of a page on the server, without the first slash: `news/index.html` is at `news/`."""
    return page.removesuffix("index.html") if page.split("/")[-1] == "index.html" else page


def pages() -> tuple[str, ...]:
    """The files of all pages that a visitor can go to, sorted."""
    found = (path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    return tuple(sorted(page for page in found if not page.startswith(NOT_PAGES)))


def read_files() -> Mapping[str, File]:
    """Every file of the site by its path on the server, with its first slash."""
    files = sorted(path for path in SITE.rglob("*") if path.is_file())
    return {
        "/" + address(path.relative_to(SITE).as_posix()): File(CONTENT_TYPES[path.suffix], path.read_bytes())
        for path in files
    }


def robots(base: str) -> File:
    """Everything may be visited, and the sitemap says what there is."""
    return File(CONTENT_TYPES[".txt"], f"User-agent: *\nDisallow:\n\nSitemap: {base}sitemap.xml\n".encode())


def sitemap(base: str, listed: Iterable[str]) -> File:
    """The addresses of the listed pages in the sitemaps.org format."""
    entries = "\n".join(f"  <url><loc>{base}{address(page)}</loc></url>" for page in listed)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}\n</urlset>\n"
    )
    return File(CONTENT_TYPES[".xml"], text.encode())
