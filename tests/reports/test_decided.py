"""What people decided is counted and named in the report and in the last words, and escaped like all else."""

from __future__ import annotations

from dataclasses import replace

import factory
import scans

from reports.agreed import Agreed
from reports.decided import decided_lines, decided_summary
from reports.html.report import documents
from reports.model import Review
from reports.score import score_scan
from reports.summary import LINES, summary_lines

A = "a" * 16
MAP = Agreed("image-alt", f"The map goes. {factory.SCRIPT}", "Maps team", "2027-01-31", selector="#it")
ANSWER = Review("b" * 16, "image-alt", "no-problem", 1, "2026-11-23", "Ada Lovelace", "It only decorates.")
SCAN = replace(scans.scan(scans.page(scans.failed(A))), agreed=(MAP, replace(MAP, rule="gone")), reviews=(ANSWER,))


def test_exceptions_and_answers_are_told_with_what_they_are_about() -> None:
    lines = decided_lines(SCAN)
    assert lines[0].startswith("Agreed exception for 1 problem: image-alt at #it, agreed until 2027-01-31 (Maps team)")
    assert lines[1].startswith("Agreed exception that nothing needs any more: gone at #it")
    assert lines[2] == f"image-alt {ANSWER.fingerprint} is no problem: It only decorates (Ada Lovelace, 2026-11-23)."


def test_the_report_names_them_and_escapes_them() -> None:
    _, index = next(iter(documents(SCAN, None)))
    assert "What people decided" in index
    assert "Ada Lovelace" in index
    assert factory.SCRIPT not in index
    _, without = next(iter(documents(replace(SCAN, agreed=(), reviews=()), None)))
    assert "What people decided" not in without


def test_the_last_words_count_them() -> None:
    scan = replace(factory.rich_scan(), agreed=SCAN.agreed, reviews=SCAN.reviews)
    lines = summary_lines(scan, score_scan(scan), paths={"a": 1, "b": 2, "c": 3}, exit_code=0, reason="x")
    assert "Decided by people: 2 agreed exceptions, 1 answer, named in the report." in lines
    assert len(lines) <= LINES
    assert decided_summary(scans.scan()) == ""
