"""`curbcut language` as people and programs meet it: each kind of text, its JSON, two texts side by side, errors."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from scanner.__main__ import run

HARD = (
    "In order to make a determination with regard to your eligibility for the aforementioned assistance, it is "
    "necessary that the application be submitted by the applicant prior to the commencement of the period in which "
    "the remuneration that is referred to above shall be paid, notwithstanding any provision to the contrary.\n"
)
PLAIN = "Apply before the month in which we pay you. Then we can decide if you can get help.\n"

TEXT = {"type": "string"}
PLACE = {"type": "integer", "minimum": 0}
FINDING = {"rule": TEXT, "start": PLACE, "end": PLACE, "message": TEXT, "suggestion": TEXT}
KEYS = {
    "barrier": {"type": "number", "minimum": 0, "maximum": 1},
    "grade": {
        "oneOf": [
            {"type": "null"},
            {
                "type": "object",
                "properties": {"low": {"type": "number"}, "high": {"type": "number"}},
                "required": ["low", "high"],
                "additionalProperties": False,
            },
        ]
    },
    "words": PLACE,
    "sentences": PLACE,
    "findings": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": FINDING,
            "required": sorted(FINDING),
            "additionalProperties": False,
        },
    },
}
SCHEMA = {"type": "object", "properties": KEYS, "required": sorted(KEYS), "additionalProperties": False}

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run the command in an empty folder with a text on standard input: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)

    def say(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run(["language", *arguments])
        return code, *capsys.readouterr()

    return say


def test_json_has_exactly_the_stable_keys_in_order(said: Said) -> None:
    code, out, _ = said("--json", "-", stdin=HARD.encode())
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    assert code == 0
    assert out == json.dumps(found, sort_keys=True) + "\n"
    assert found["grade"] is None
    assert found["sentences"] == 1
    assert found["findings"]
    assert all(0 <= one["start"] <= one["end"] <= len(HARD) for one in found["findings"])
    assert found["barrier"] > 0


def test_a_long_text_has_a_grade(said: Said) -> None:
    found = json.loads(said("--json", "-", stdin=(PLAIN * 8).encode())[1])
    jsonschema.validate(found, SCHEMA)
    assert found["grade"]["low"] <= found["grade"]["high"]


SPANISH = (
    "La persona solicitante que desee obtener la ayuda que concede la oficina para el pago de la vivienda en la que"
    " vive con su familia tiene que presentar en el plazo de un mes la solicitud junto con los documentos que se piden"
    " en la página de la oficina y que se explican en la guía. "
)


def test_in_spanish_what_only_counts_is_found_and_english_words_are_not(said: Said, tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('[prefer]\n"solicitante" = "persona que pide la ayuda"\n', "utf-8")
    (tmp_path / "carta.txt").write_text(f"{SPANISH * 6}\n\nUtilize this and/or that.\n", "utf-8")
    code, out, _ = said("--json", "--style", "words.toml", "carta.txt")
    told = json.loads(out)
    assert code == 0
    assert {one["rule"] for one in told["findings"]} == {"very-long-sentence", "very-long-paragraph", "preferred-term"}
    assert told["grade"]["low"] > 8
    assert told["barrier"] > 0.5
    assert "In Spanish only lengths and the house style are looked at." in said("carta.txt")[1]


def test_sections_are_told_with_their_grades_and_the_target_of_the_house(said: Said, tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text("[limits]\nreading-grade = 3\n", "utf-8")
    easy = "You can get help when you lose your job. Call us or come to see us. We tell you what to do. " * 6
    hard = (
        "Participating organizations subsequently reconsider eligibility determinations concerning supplementary"
        " administrative documentation requirements. "
    ) * 12
    (tmp_path / "page.md").write_text(f"# Help\n\n{easy}\n\n## Review\n\n{hard}\n\n## End\n\nThat is all.\n", "utf-8")
    lines = said("--style", "words.toml", "page.md")[1].splitlines()
    told = [line for line in lines if line.startswith("  ") and "target of 3" in line]
    assert [line.partition(":")[0].strip() for line in told] == ["Help", "Review"]
    assert told[1].endswith("above the target of 3")
    assert any(line.startswith("  Words that drive it: eligibility, ") for line in lines)
    assert any(line.startswith("  A sentence that does, line 7: Participating organizations") for line in lines)
    assert lines[-1] == "What a rule asks for, and why: curbcut rules wordy-phrase"
    assert any(line.startswith("Reading grade: ") and "the target of 3" in line for line in lines)


def test_a_text_without_words_is_no_barrier(said: Said) -> None:
    code, out, _ = said("--json", "-")
    assert code == 0
    assert json.loads(out) == {"barrier": 0, "findings": [], "grade": None, "sentences": 0, "words": 0}


def test_every_kind_of_file_gives_the_same_findings(said: Said, tmp_path: Path) -> None:
    from test_wording import body, paragraph, word_file

    one = HARD.strip()
    (tmp_path / "a.txt").write_text(one, "utf-8")
    (tmp_path / "a.md").write_text(f"**{one[:8]}**{one[8:]}", "utf-8")
    (tmp_path / "a.html").write_text(f"<html lang=en><nav>Home</nav><main><p>{one}</p></main>", "utf-8")
    (tmp_path / "a.docx").write_bytes(word_file(body(paragraph(one))))
    found = [json.loads(said("--json", f"a.{kind}")[1])["findings"] for kind in ("txt", "md", "html", "docx")]
    rules = [[each["rule"] for each in findings] for findings in found]
    assert rules[0]
    assert rules[1:] == [rules[0]] * 3


def test_a_page_is_read_from_its_address(said: Said, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    (tmp_path / "page.html").write_text(f"<html lang=en><nav>Home</nav><main><p>{HARD}</p></main>", "utf-8")
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    base = serve(tmp_path)
    code, out, _ = said("--json", f"{base}/page.html")
    assert code == 0
    assert json.loads(out)["words"] == len(HARD.split())
    code, _, err = said(f"{base}/gone.html")
    assert (code, "404" in err) == (3, True)
    code, _, err = said(f"{base}/x.png")
    assert (code, "neither" in err) == (3, True)


def test_sentences_are_marked_for_people(said: Said) -> None:
    code, out, _ = said("-", stdin=f"Get help\n\n{HARD}".encode())
    assert code == 0
    assert "line 3: " in out
    assert "](1)" in out
    assert "too short to grade" in out
    assert "\x1b" not in out


def test_in_pages_and_word_documents_places_are_told_by_parts(said: Said, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>You can go.</p>\n\n\n<p>You must utilize it.</p>", "utf-8")
    (tmp_path / "page.txt").write_text("You can go.\n\n\nYou must utilize it.", "utf-8")
    assert said("page.html")[1].startswith("part 2: You must [utilize](1) it.")
    assert said("page.txt")[1].startswith("line 4: You must [utilize](1) it.")


def test_what_steers_a_terminal_is_shown_and_not_obeyed(said: Said) -> None:
    _, out, _ = said("-", stdin=f"{HARD.strip()} \x1b[31mred\u202e".encode())
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_two_texts_are_compared(said: Said, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(HARD, "utf-8")
    (tmp_path / "new.txt").write_text(PLAIN, "utf-8")
    code, out, _ = said("--diff", "old.txt", "new.txt")
    assert code == 0
    assert out.endswith("The new text is better.\n")
    assert said("--diff", "new.txt", "old.txt")[1].endswith("The new text is worse.\n")
    both = json.loads(said("--diff", "--json", "old.txt", "-", stdin=PLAIN.encode())[1])
    assert sorted(both) == ["new", "old"]
    assert both["new"]["barrier"] < both["old"]["barrier"]


@pytest.mark.parametrize(
    ("arguments", "content", "says"),
    [
        pytest.param(["gone.txt"], None, "no such file", id="missing"),
        pytest.param(["."], None, "cannot be read", id="folder"),
        pytest.param(["a.pdf"], b"%PDF", "end in .pdf", id="kind"),
        pytest.param(["a.txt"], b"\xff\xfa\xfb", "a.txt:1", id="not-utf-8"),
        pytest.param(["a.txt"], b"a\0b", "not a text", id="binary"),
        pytest.param(["a.docx"], b"PK\x03\x04", "no Word document", id="broken-docx"),
        pytest.param(["a.txt", "a.txt"], b"a", "Name one", id="two"),
        pytest.param(["--diff", "a.txt"], b"a", "--diff OLD NEW", id="one-to-compare"),
        pytest.param(["--diff", "-", "-"], None, "--diff OLD NEW", id="input-twice"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    arguments: list[str], content: bytes | None, says: str, said: Said, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / arguments[-1]).write_bytes(content)
    code, out, err = said(*arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_a_text_that_is_too_long_is_refused(said: Said) -> None:
    from scanner.wording.source import MOST_BYTES

    code, _, err = said("-", stdin=b"a " * (MOST_BYTES // 2 + 1))
    assert (code, "million bytes" in err) == (2, True)
