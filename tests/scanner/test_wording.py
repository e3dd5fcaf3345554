"""Texts by themselves: read from every kind of file, broken and hostile ones too, marked and compared."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from rules.errors import UsageError
from rules.model import DocumentRule, document_rule
from rules.plain.prose import Finding, Prose
from rules.plain.style import Style
from rules.plain.units import prose
from scanner.wording.compared import compared
from scanner.wording.docx import MOST_UNPACKED, docx_prose
from scanner.wording.html import html_prose
from scanner.wording.judged import judged
from scanner.wording.markdown import without_marks
from scanner.wording.marked import marked

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Units = list[tuple[str, str]]


def units(read: Prose) -> Units:
    """Kind and text of each unit, with white space folded."""
    return [(unit.kind, " ".join(read.at(unit).split())) for unit in read.units]


def word_file(document: str | bytes, **others: str) -> bytes:
    """A .docx with this body; others by their names in `word/`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(f"word/{name}.xml", content)
    return made.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph as word processors write it, in two runs."""
    half = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in (text[:half], text[half:]))
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def body(*parts: str) -> str:
    """A document with these parts."""
    return f'<?xml version="1.0"?><w:document {W}><w:body>{"".join(parts)}</w:body></w:document>'


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def numbered(number: int) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def test_html_is_read_without_what_stands_around_it() -> None:
    html = b"""<!doctype html><html lang=en><body><header>Menu</header><nav><a>Home</a></nav>
    <div class=cookie-banner><p>We use cookies.</p></div><main><header><h1>Get <b>help</b></h1></header>
    <p>You can <a href=x>apply</a> now.<br>Use <code>x</code> here.</p><ul><li>bring a card<ul><li>or two</li></ul></li>
    <li><a href=q>A link</a></li></ul><ol><li>Fill it in.</li></ol><blockquote><p>You shall.</p></blockquote>
    <form><label>Name <input></label><div>We write to you.</div><button>Send</button></form><table><tr><td>x</table>
    <!-- c --> <p hidden>No.</p><p style="display:none">No.</p><address>Main St.</address>The end.<script>x</script>
    </main><aside>More.</aside><footer>foot</footer></body></html>"""
    assert units(html_prose(html)) == [
        ("heading", "Get help"),
        ("paragraph", "You can apply now."),
        ("paragraph", "Use x here."),
        ("item", "bring a card"),
        ("item", "or two"),
        ("step", "Fill it in."),
        ("quotation", "You shall."),
        ("paragraph", "We write to you."),
        ("paragraph", "The end."),
    ]


def test_the_encoding_of_html_is_the_servers_else_its_own() -> None:
    assert html_prose("<p>Für alle".encode("latin-1"), encoding="iso-8859-1").text == "Für alle"
    assert html_prose(b"<p>For all", encoding="no-such-thing").text == "For all"
    assert html_prose('<meta charset="iso-8859-1"><p>Für alle'.encode("latin-1")).text == "Für alle"


@pytest.mark.parametrize(
    "content", [b"", b"  ", b"<", b"\0\0", b"<!---->", b"<div>" * 50_000, b"<p" * 50_000, b"<a><b></a>" * 5_000]
)
def test_html_of_any_kind_is_read_to_its_end(content: bytes) -> None:
    assert html_prose(content).sentences == ()


def test_html_without_a_word_on_its_encoding_is_utf_8_where_it_can_be() -> None:
    assert html_prose("<p>Für alle".encode()).text == "Für alle"
    assert html_prose("<p>Für alle".encode("latin-1")).text == "Für alle"


@pytest.mark.parametrize("attribute", ["a{} ", 'a{}="x"', "a{}='>' ", "/a{}", "=a{} ", 'a{}"b', "a{}= "])
def test_a_tag_with_endless_attributes_is_refused_at_once(attribute: str) -> None:
    many = "<p " + "".join(attribute.format(number) for number in range(100_000)) + ">You must go now."
    with pytest.raises(UsageError, match="more than 500 attributes") as error:
        html_prose(many.encode(), where="page.html")
    assert "page.html" in str(error.value)
    few = "<p " + "".join(attribute.format(number) for number in range(20)) + ">You must go now."
    assert "You must go now." in html_prose(few.encode()).text


def test_the_language_of_html_is_the_declared_one_unless_the_words_are_of_another() -> None:
    assert html_prose(b"<html lang=fr><p>Bonjour").language == "fr"
    assert html_prose(b"<html lang=en-GB><p>Hello").language == "en"
    assert html_prose(b"<p>Hello").language == "en"
    spanish = "<p>Usted puede solicitar ayuda para pagar la renta de su casa si vive en el condado y no tiene trabajo."
    assert html_prose(f"<html lang=en>{spanish}".encode()).language == "es"


def test_marks_of_markdown_go_and_every_place_stays() -> None:
    text = (
        "---\ntitle: A\n---\n# Get *help*\n\nYou can [apply now](https://x.gov/a_b) if **you** use `code` or snake_case"
        ".\n\n* one item\n- two\n\n```\nx = 1\n```\n\n| a | b |\n|---|---|\n\n![A house](x.png)\n\n> You shall.\n"
    )
    plain = without_marks(text)
    assert len(plain) == len(text)
    assert all(a == b or b == " " for a, b in zip(text, plain, strict=True))
    assert units(prose(plain)) == [
        ("heading", "Get help"),
        ("paragraph", "You can apply now if you use or snake_case."),
        ("item", "one item"),
        ("item", "two"),
        ("quotation", "You shall."),
    ]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["[", "*", "_", "`", "![", "](", "<a", "*a", "[a](", "[a][", "|", "{:", "```\n", "---\n"]
)
def test_no_markdown_is_read_again_and_again(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    assert len(without_marks(text)) == len(text)


def test_a_word_document_is_read_as_its_writer_sees_it() -> None:
    document = body(
        paragraph("Get help", '<w:pStyle w:val="Heading1"/>'),
        paragraph("You can apply now."),
        paragraph("a card", numbered(1)),
        paragraph("Fill it in.", numbered(2)),
        f"<w:tbl><w:tr><w:tc>{paragraph('A cell.')}</w:tc></w:tr></w:tbl>",
        paragraph("You shall.", '<w:pStyle w:val="IntenseQuote"/>'),
        paragraph(""),
        "<w:p><w:r><w:t>Gone is</w:t></w:r><w:del><w:r><w:delText>this</w:delText></w:r></w:del>"
        "<w:r><w:tab/><w:t>that.</w:t></w:r></w:p>",
    )
    assert units(docx_prose(word_file(document, numbering=NUMBERING))) == [
        ("heading", "Get help"),
        ("paragraph", "You can apply now."),
        ("item", "a card"),
        ("step", "Fill it in."),
        ("quotation", "You shall."),
        ("paragraph", "Gone is that."),
    ]


def _cut_off() -> bytes:
    whole = word_file(body(paragraph("You can apply now. " * 200)))
    return whole[: len(whole) // 2]


def _lying() -> bytes:
    """An archive that says of a large part that it is small."""
    size = MOST_UNPACKED + 10
    content = word_file(b"<x>" + b" " * (size - 3))
    return content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
BROKEN = {
    "empty": (b"", "no Word document"),
    "another file": (b"%PDF-1.7", "no Word document"),
    "another archive": (word_file("<x/>").replace(b"word/document.xml", b"nord/document.xml"), "no Word document"),
    "cut off": (_cut_off(), "no Word document"),
    "no XML": (word_file("You can apply."), "broken"),
    "XML cut off": (word_file(body(paragraph("You can."))[:-20]), "broken"),
    "entities": (word_file(ENTITIES + body(paragraph("&c;"))), "entities"),
    "entities in UTF-16": (word_file((ENTITIES + body(paragraph("&c;"))).encode("utf-16")), "entities"),
    "bomb": (word_file(b"<x>" + b" " * MOST_UNPACKED), "million bytes"),
    "bomb in the lists": (word_file(body(), numbering="<x>" + " " * MOST_UNPACKED), "million bytes"),
    "bomb that lies": (_lying(), "no Word document|broken|million bytes"),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_or_hostile_word_document_ends_with_a_sentence_that_names_it(name: str) -> None:
    content, says = BROKEN[name]
    with pytest.raises(UsageError, match=says) as caught:
        docx_prose(content, where="letter.docx")
    assert caught.value.where == "letter.docx"
    assert caught.value.do


def of_word(word: str) -> DocumentRule:
    """A rule that finds a word and what follows up to the end of its sentence."""

    def found(prose: Prose, _: Style) -> Iterator[Finding]:
        for sentence in prose.sentences:
            place = prose.at(sentence).find(word)
            if place >= 0:
                yield Finding(sentence.start + place, sentence.end, "It is long.", "use")

    return document_rule(
        id=f"{word}-rule", title="T", why="W.", fix="F.", wcag=(), impact="minor", scope="component", role="content"
    )(found)


def test_what_was_found_is_marked_in_its_sentence_with_characters() -> None:
    read = prose("You may read this text.\n\nYou must utilize the form to apply now.\n")
    lines = list(marked(judged(read, [of_word("utilize"), of_word("apply")])))
    assert lines[0] == "line 3: You must [utilize the form to [apply now.](2)](1)"
    assert lines[1:3] == ["  (1) utilize-rule: It is long. Plainer: use", "  (2) apply-rule: It is long. Plainer: use"]
    assert "Reading grade: too short to grade" in lines


def test_a_text_in_a_language_that_is_not_known_is_not_graded() -> None:
    one = judged(prose("You must utilize the form.", language=""), [of_word("utilize")])
    assert one.found == ()
    assert one.grade is None
    assert any("not graded" in line for line in marked(one))


def test_two_texts_are_compared_with_what_is_gone_and_what_is_new() -> None:
    rules = [of_word("utilize"), of_word("apply")]
    old = judged(prose("You must utilize the form. You must utilize the card."), rules)
    new = judged(prose("You can use the form to apply."), rules)
    lines = list(compared(old, new))
    assert "fewer: utilize-rule, 2 before, 0 after" in lines
    assert "more: apply-rule, 0 before, 1 after" in lines
    assert list(compared(old, old))[-1] == "No clear change."
