"""Words that pages chose are words in every format: its readers find the same shape as with harmless ones."""

from __future__ import annotations

import csv as tables
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import chaos_site
import factory
import openpyxl
import pytest
import scans
from lxml import etree, html

from reports.exports import FILES, FORMATS
from reports.gate import judge_gate
from reports.html.report import documents
from reports.jsontext import clean
from reports.model import Scan
from reports.reviews import answered
from reports.score import score_scan
from rules.model import Place, Verdict

HARMLESS = "words"
WORDS = {
    "script": chaos_site.SCRIPT,
    "formula": chaos_site.FORMULA,
    "direction": chaos_site.RIGHT_TO_LEFT,
    "all of the chaos site": chaos_site.HOSTILE,
    "end of CDATA": "]]></failure><testcase name='x'/><![CDATA[",
    "lines": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven",
    "NUL and what XML cannot hold": "a\x00b\x0bc\x1fd\ufffee\uffff",
    "entities": "&lt;script&gt;&#x202e;&amp;&bogus;",
    "quotation marks": "\"'`\\\"; ';\"=1+1;'",
    "full-width formula": '＝HYPERLINK("http://evil.example/")',
    "Markdown": "](https://evil.example) @admins fixes #1 <!-- --> ``` | ![x](y) <img src=x onerror=alert(1)>",
    "commands": "::error::x\n::set-output name=x::y%0A::warning::z",
    "template": "{{7*7}}{% raw %}</title></style></textarea>",
    "very long": factory.HUGE,
    "very long markup": chaos_site.SCRIPT * 20_000,
}
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]"
)


def scan_of(words: str) -> Scan:
    """A scan in which a page, its service, a problem, a question and a rule of others say these words."""
    outcome = scans.failed("a" * 16, message=words, target=Place(words, words, words), variants=(words,))
    asked = replace(outcome, verdict=Verdict.CANT_TELL, fingerprint="b" * 16)
    page = replace(scans.page(outcome, asked, url="https://a.example/"), title=words, template=words, notes=(words,))
    other = replace(scans.page(url=f"https://a.example/{words}"), title=words)
    whole = scans.scan(page, other, rules=scans.WHOLE)
    return replace(whole, sites=(replace(whole.sites[0], name=words, agency=words, notes=(words,)),))


def keys(value: Any) -> Any:
    """A JSON value with every text left out; keys, numbers and the order stay."""
    if isinstance(value, dict):
        return {name: keys(item) for name, item in value.items()}
    if isinstance(value, list):
        return [keys(item) for item in value]
    return "" if isinstance(value, str) else value


def elements(root: Any) -> list[tuple[str, list[str]]]:
    return [(str(element.tag), sorted(element.attrib)) for element in root.iter()]


def of_markdown(document: str) -> Any:
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", document)
    return elements(html.fromstring(f"<div>{outside}</div>")), outside.count("@"), outside.count("](")


def of_csv(document: str) -> Any:
    table = list(tables.reader(io.StringIO(document.removeprefix("\ufeff"), newline=""), strict=True))
    cells = [cell for row in table for cell in row]
    return [len(row) for row in table], [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠\t\r]", cell)]


SHAPES: dict[str, Callable[[str], Any]] = {
    "text": lambda document: len(document.split("\n")),
    "markdown": of_markdown,
    "github": lambda document: [line.split(" ")[0] for line in document.split("\n")],
    "junit": lambda document: elements(etree.fromstring(document.encode())),
    "sarif": lambda document: keys(json.loads(document)),
    "earl": lambda document: keys(json.loads(document)),
    "json": lambda document: keys(json.loads(document)),
    "jsonl": lambda document: [keys(json.loads(line)) for line in document.splitlines()],
    "csv": of_csv,
}


def test_every_format_is_looked_at() -> None:
    assert set(SHAPES) == set(FORMATS)
    assert set(FILES) == {"xlsx"}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("name", FORMATS)
def test_words_are_words_in_text(name: str, words: str) -> None:
    told = {said: "".join(FORMATS[name](scan_of(said), judge_gate(scan_of(said)))) for said in (HARMLESS, words)}
    assert SHAPES[name](told[words]) == SHAPES[name](told[HARMLESS])
    told[words].encode()
    if name not in ("json", "jsonl", "earl"):  # which are the facts, and escape what steers
        assert STEERING.findall(told[words].replace("\r\n", "\n")) == []
        assert len(told[words]) < 200_000


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_facts_keep_the_words_as_they_were(words: str) -> None:
    scan = scan_of(words)
    document = "".join(FORMATS["jsonl"](scan, judge_gate(scan)))
    assert json.loads(document.splitlines()[0])["outcome"]["message"] == clean(words)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_words_are_words_in_a_workbook(words: str) -> None:
    kinds = {}
    for said in (HARMLESS, words):
        file = io.BytesIO()
        FILES["xlsx"](scan_of(said), judge_gate(scan_of(said)), file)
        cells = [cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row]
        kinds[said] = [(cell.coordinate, cell.data_type, cell.hyperlink) for cell in cells]
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        assert [text for text in texts if STEERING.search(text) or re.match(r"[=+\-@＝＋－＠\t\r]", text)] == []
        assert max(map(len, texts)) < 32_767
    assert kinds[words] == kinds[HARMLESS]


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_words_are_words_in_the_report(words: str) -> None:
    known = {one for _, text in documents(*_report(HARMLESS)) for one in _markup(text)}
    for name, text in documents(*_report(words)):
        assert _markup(text) <= known, name
        assert STEERING.findall(text.replace("\n", "")) == [], name


def _report(words: str) -> tuple[Scan, Any]:
    scan = answered(scan_of(words))
    return scan, score_scan(scan)


def _markup(text: str) -> set[tuple[str, tuple[str, ...]]]:
    """Every tag with its attributes; a link that is not made because its address is unfit is no markup."""
    root = html.fromstring(text)
    assert not [link for link in root.xpath("//@href | //@src") if re.match(r"\s*(javascript|data):", link)]
    return {
        (str(one.tag), tuple(sorted(set(one.attrib) - {"href"}))) for one in root.iter() if isinstance(one.tag, str)
    }
