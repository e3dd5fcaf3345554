"""The periodic report as PDF/UA, read back by a program that did not write it: tagged, named, in order, repeatable."""

from __future__ import annotations

import socket
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from reports import pdf
from reports.pdf import as_pdf
from rules.errors import EnvironmentFault

sys.path.insert(0, str(Path(__file__).parent / "html"))

from test_periodic import STORIES, document

try:
    import weasyprint  # noqa: F401
except OSError as error:
    pytest.skip(f"this machine lacks a library of the system: {error}", allow_module_level=True)

SHOWS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return document(tmp_path_factory.mktemp("pdf"), *STORIES["several"])


@pytest.fixture(scope="module")
def file(source: str) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(as_pdf(source))) as opened:
        yield opened


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """The elements of the structure tree in the order in which they are read."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def tags(file: pikepdf.Pdf) -> list[str]:
    return [str(element.S).lstrip("/") for element in elements(file.Root.StructTreeRoot.K)]


def test_it_says_that_it_is_tagged_which_language_it_has_and_what_it_is_called(file: pikepdf.Pdf) -> None:
    root = file.Root
    assert str(root.Lang) == "en"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(file.docinfo.Title) == "Periodic report, 1 March 2026 to 1 June 2026 – Curbcut report"
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(file.docinfo.Title)
    assert "/Outlines" in root


def test_headings_lists_tables_and_pictures_have_their_tags(file: pikepdf.Pdf) -> None:
    found = tags(file)
    headings = [int(tag[1]) for tag in found if tag[0] == "H" and tag[1:].isdigit()]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(headings))
    assert headings.count(2) >= 6
    counted = Counter(found)
    assert counted["Table"] >= 7
    assert counted["Caption"] >= 7
    assert counted["L"] >= 1
    assert counted["LI"] >= 4
    assert counted["Figure"] == 2


def test_cells_name_their_headers(file: pikepdf.Pdf) -> None:
    everything = list(elements(file.Root.StructTreeRoot.K))
    headers = {bytes(one.ID) for one in everything if one.S == "/TH" and "/ID" in one}
    cells = [one for one in everything if one.S == "/TD"]
    assert len(cells) > 50
    for cell in cells:
        named = [bytes(one) for one in cell.A.Headers]
        assert len(named) >= 2, "a column and a row"
        assert set(named) <= headers


def test_pictures_have_a_text(file: pikepdf.Pdf) -> None:
    figures = [one for one in elements(file.Root.StructTreeRoot.K) if one.S == "/Figure"]
    assert [str(one.Alt) for one in figures] == ["Open problems over time", "Scores before and now"]


def test_nothing_is_shown_outside_of_a_tag(file: pikepdf.Pdf) -> None:
    shown = 0
    for page in file.pages:
        depth = 0
        for _, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            if name in SHOWS:
                shown += 1
                assert depth > 0, f"{name} stands alone"
        assert depth == 0
        assert page.StructParents is not None
    assert shown > 300


def test_every_font_is_in_the_file(file: pikepdf.Pdf) -> None:
    fonts = [
        one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts)


def test_the_same_document_gives_the_same_bytes_dated_by_its_last_day(source: str) -> None:
    made = as_pdf(source)
    assert made == as_pdf(source)
    with pikepdf.open(BytesIO(made)) as file:
        assert str(file.docinfo.CreationDate).startswith("D:20260601")


def test_nothing_is_loaded(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>hidden</text></svg>'
    secret = tmp_path / "secret.svg"
    secret.write_text(picture, "utf-8")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0)
        addresses = (
            secret.as_uri(),
            f"http://127.0.0.1:{listening.getsockname()[1]}/x.png",
            f"data:image/svg+xml,{picture}",
        )
        images = "".join(f"<img alt=a src='{address}'>" for address in addresses)
        made = as_pdf(
            f'<html lang="en"><title>T</title><link rel="stylesheet" href="{secret.as_uri()}"><p>Text {images}'
        )
        with pytest.raises(BlockingIOError):
            listening.accept()
    with pikepdf.open(BytesIO(made)) as file:
        assert not [one for one in file.objects if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/XObject"]
    assert caplog.text.count("Failed to load") == 4


@pytest.mark.parametrize(
    ("trouble", "what", "do"),
    [
        (ModuleNotFoundError("No module named 'weasyprint'"), "not installed", "pip install 'curbcut[pdf]'"),
        (OSError("cannot load library 'libpango-1.0-0'"), "lacks a library", "libpango-1.0-0"),
    ],
)
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, trouble: Exception, what: str, do: str) -> None:
    def refuse(_: str) -> None:
        raise trouble

    monkeypatch.setattr(pdf, "import_module", refuse)
    with pytest.raises(EnvironmentFault, match=what) as caught:
        as_pdf("<p>Text")
    assert do in (caught.value.do or "")
