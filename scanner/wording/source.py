"""Where a text comes from: standard input, a file, an address; read whole, within limits, as prose."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rules.errors import UsageError
from rules.plain.prose import Prose
from rules.plain.text_language import text_language
from rules.plain.units import prose
from scanner.wording.docx import docx_prose
from scanner.wording.html import html_prose
from scanner.wording.markdown import without_marks

STANDARD_INPUT = "-"
MOST_BYTES = 10_000_000

HTML, DOCX, MARKDOWN, PLAIN = "html", "docx", "markdown", "plain"
_KINDS = {
    ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".docx": DOCX, ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".txt": PLAIN, ".text": PLAIN, "": PLAIN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """A text as it came: its bytes, of what kind they are, and in which encoding where that was said."""

    where: str
    kind: str
    content: bytes
    encoding: str | None = None


def read_source(named: str, *, stdin: BinaryIO, cwd: Path, contact: str = "", bundle: Path | None = None) -> Prose:
    """The prose of what a person named: `-`, an address or a file. Raises UsageError or NotJudged.

    A server is told whom to ask (`contact`), and is believed by the certificates in `bundle` besides the usual ones.
    """
    if not named.startswith(("http://", "https://")):
        return as_prose(_content(named, stdin=stdin, cwd=cwd))
    # Only who asks for an address waits for the code that speaks to servers.
    from scanner.wording.fetch import fetched

    return as_prose(asyncio.run(fetched(named, contact=contact, bundle=bundle)))


def has_lines(named: str) -> bool:
    """Whether what a person named is a text in which places are told by lines, and not a page or a Word document."""
    is_address = named.startswith(("http://", "https://"))
    return not is_address and _KINDS.get(Path(named).suffix.lower(), PLAIN) in (PLAIN, MARKDOWN)


def as_prose(one: Content) -> Prose:
    """A text as prose, by its kind."""
    if one.kind == HTML:
        return html_prose(one.content, encoding=one.encoding, where=one.where)
    if one.kind == DOCX:
        return docx_prose(one.content, where=one.where)
    text = _decoded(one)
    plain = without_marks(text) if one.kind == MARKDOWN else text
    return prose(plain, language=text_language(plain))


def _content(named: str, *, stdin: BinaryIO, cwd: Path) -> Content:
    if named == STANDARD_INPUT:
        return Content("standard input", PLAIN, _bounded(stdin.read(MOST_BYTES + 1), "standard input"))
    path = cwd / Path(named).expanduser()
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise UsageError(
            f"Files that end in {path.suffix[:20]} cannot be read.",
            where=named,
            do="Name a .txt, .md, .html or .docx file, an address that begins with https://, or - for standard input.",
        )
    try:
        with path.open("rb") as file:
            return Content(named, kind, _bounded(file.read(MOST_BYTES + 1), named))
    except FileNotFoundError:
        raise UsageError("There is no such file.", where=named) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UsageError(f"The file cannot be read ({reason}).", where=named) from None


def _bounded(content: bytes, where: str) -> bytes:
    if len(content) > MOST_BYTES:
        raise UsageError(f"This is longer than {MOST_BYTES // 1_000_000} million bytes.", where=where)
    return content


def _decoded(one: Content) -> str:
    """The text of bytes; line ends stay as they are, so that places do."""
    content = one.content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        raise UsageError("This is not a text.", where=one.where, do="Save it as text, in UTF-8.")
    try:
        # A byte order mark stays: it counts where an editor counts places.
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError("The text is not UTF-8.", where=f"{one.where}:{line}", do="Save it as UTF-8.") from None
