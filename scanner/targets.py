"""What a person named on the command line, as an order: lists, addresses, files of this machine."""

from __future__ import annotations

import functools
import http.server
import io
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote

from rules.errors import UsageError
from scanner.config import read_text
from scanner.crawl.urls import is_http, same_host
from scanner.order import Order
from scanner.output import write
from scanner.settings import Settings
from scanner.sites import Target, is_shipped, parse_target, read_sites

LIST = "sites.txt"


def chosen_targets(named: Sequence[str], *, cwd: Path) -> tuple[Target, ...]:
    """The services that a scan is asked for: lists and addresses in their order, by default ./sites.txt."""
    if not named:
        return read_sites(_near(cwd / LIST, cwd))
    found: list[Target] = []
    for name in named:
        path = cwd / name
        found.extend(read_sites(_near(path, cwd)) if path.is_file() else [parse_target(name)])
    return tuple(found)


def ask_before(targets: Sequence[Target], settings: Settings) -> None:
    """Name the hosts and ask, where the list is the one that comes along: those services are not the reader's own."""
    if not is_shipped(targets):
        return
    hosts = ", ".join(sorted(target.url.split("/")[2] for target in targets))
    pages = "all pages" if settings.max_pages == 0 else f"at most {settings.max_pages} pages"
    contact = settings.contact or "none, set `contact` in curbcut.toml so that they can reach you"
    write(
        f"This is the list that comes with Curbcut: {len(targets)} public services, {pages} of each.",
        f"Hosts: {hosts}",
        f"Contact that they will see: {contact}",
    )
    if not sys.stdin.isatty():
        raise UsageError(
            "Nobody is there to confirm a scan of these services.",
            do="Name your own services, or add --yes.",
        )
    from typer import confirm

    if not confirm("Scan them?"):
        raise UsageError("Nothing was scanned.", do="Name your own services in sites.txt.")


@contextmanager
def pages_order(named: Sequence[str], source: Path | None, settings: Settings, *, cwd: Path) -> Iterator[Order]:
    """An order for exactly the named pages; local files are served on loopback meanwhile.

    What is served is the present folder where a file lies below it, so that links to `../` and `/` lead where
    they do on the web, else the file's own folder.
    """
    pages = [*named, *(_listed(source, cwd) if source else [])]
    if not pages:
        raise UsageError("There is no page to check.", do="Name an address or an HTML file, or use --from FILE.")
    with ExitStack() as stack:
        served: dict[str, str] = {}
        bases: dict[Path, str] = {}
        for page in pages:
            path = _file(page, cwd)
            if path is None:
                parse_target(page)  # raises where it is no address
                continue
            folder = _served_folder(path, cwd)
            if folder not in bases:
                bases[folder] = stack.enter_context(_serving(folder))
            served[page] = f"{bases[folder]}/{quote(path.relative_to(folder).as_posix())}"
        asked = tuple(dict.fromkeys(page if page in served else _address(page) for page in pages))
        if settings.base_url:
            _one_service(asked, settings.base_url)
        name = asked[0] if len(asked) == 1 else f"{len(asked)} pages"
        yield Order(settings, (Target(url=asked[0], name=name),), pages=asked, served=served)


def _near(path: Path, cwd: Path) -> Path:
    """The path as a person would write it from here."""
    try:
        return path.relative_to(cwd) if Path.cwd() == cwd else path
    except ValueError:
        return path


def _listed(source: Path, cwd: Path) -> list[str]:
    lines = read_text(cwd / source, do="Write one address a line into it.").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _file(page: str, cwd: Path) -> Path | None:
    if "://" in page:
        return None
    path = Path(os.path.normpath(cwd / os.path.expanduser(page)))
    if path.is_dir():
        raise UsageError("This is a folder; name the pages in it.", where=page)
    if path.is_file():
        return path
    host, slash, _ = page.partition("/")
    on_the_web = slash and not Path(host).exists() and ("." in host.strip(".") or ":" in host or host == "localhost")
    if path.suffix.lower() in (".html", ".htm", ".xhtml") and not on_the_web:
        raise UsageError("There is no such file.", where=page)
    return None


def _served_folder(path: Path, cwd: Path) -> Path:
    """What a page may read: never everything that a person has, so not the home folder or a whole disk."""
    too_much = cwd in (Path.home(), Path(cwd.anchor))
    return cwd if path.is_relative_to(cwd) and not too_much else path.parent


def _one_service(pages: Sequence[str], preview: str) -> None:
    """Raises where a preview is to stand for pages of several services, or for files."""
    for page in pages:
        if not is_http(page):
            raise UsageError(f"The preview {preview} cannot stand for a file.", where=page, do="Name its address.")
        if not same_host(page, pages[0]):
            raise UsageError(
                f"The preview {preview} cannot stand for this page as well as for {pages[0]}.",
                where=page,
                do="Check pages of one service at a time, by their addresses.",
            )


def _address(page: str) -> str:
    return page if "://" in page else parse_target(page).url


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """A file, but none that is hidden: those are not for pages."""
        if any(part.startswith(".") for part in unquote(self.path).split("/")):
            self.send_error(404)
            return None
        return super().send_head()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what a page asks for is in its evidence."""

    def list_directory(self, path: object) -> None:
        self.send_error(404)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that leaves in the middle of an answer is nothing to report."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
