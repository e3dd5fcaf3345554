"""A baseline survives writing, reading and merging, and names the line that is wrong."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import scans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.baseline import Accepted, Baseline, baseline_of
from reports.baseline_text import baseline_text, load_baseline, read_baseline, save_baseline
from reports.model import KindSample, Sample
from rules.errors import ConfigError, EnvironmentFault
from rules.model import Place, SiteOutcome, Verdict

A, B, C = "aa" * 8, "bb" * 8, "cc" * 8
quiet = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
fingerprints = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)


@quiet
@given(scans.scans)
def test_what_was_written_is_read_again(scan):
    baseline = baseline_of(scan)
    text = baseline_text(baseline)
    assert read_baseline(text, source="b") == baseline
    assert baseline_text(read_baseline(text, source="b")) == text
    lines = text.splitlines()
    entries = [line for line in lines if re.match("[0-9a-f]{16} ", line)]
    assert entries == sorted(entries)
    assert len(entries) == len(baseline.accepted)


def test_the_file_is_short_and_sorted():
    page = scans.page(scans.failed(B, count=3), scans.failed(A, rule=scans.NICE))
    page = replace(page, template="5f3a9c1d")
    scan = scans.scan(page, scans.page(scans.failed(B, count=2), url="2"), rules=(scans.ALT, scans.NICE))
    kinds = Sample(2, 2, (KindSample("5f3a9c1d", 1, 1, "/n/*"),))
    scan = replace(scan, sites=(replace(scan.sites[0], sample=kinds),))
    assert baseline_text(baseline_of(scan)) == (
        "# Curbcut baseline 1\n# rules abc\nsite https://a.example/ 2\nkind https://a.example/ 5f3a9c1d /n/*\n"
        "rule image-alt 1\nrule region 1\n"
        "aaaaaaaaaaaaaaaa region 1 on 1 https://a.example/  # #it\n"
        "bbbbbbbbbbbbbbbb image-alt 3 on 2 2 https://a.example/  # #it\n"
    )


def test_the_largest_count_on_a_page_is_kept():
    twice_on_one_page = scans.page(scans.failed(A, count=2), scans.failed(A, count=2, blocks=True), url="2")
    baseline = baseline_of(scans.scan(scans.page(scans.failed(A, count=3)), twice_on_one_page))
    assert (baseline.allows(A), baseline.allows(B)) == (4, 0)


def test_only_failures_are_accepted():
    asked = replace(scans.failed(A), verdict=Verdict.CANT_TELL)
    concern = SiteOutcome(Verdict.FAILED, "Menus differ.", ("u",), "menu order", "navigation-alike")
    scan = scans.scan(scans.page(asked))
    scan = replace(scan, sites=(replace(scan.sites[0], site_outcomes=(concern, concern)),))
    [found] = baseline_of(scan).accepted.values()
    assert found == Accepted("navigation-alike", 1, "Menus differ.", 1, ("u",))


def test_words_of_a_page_cannot_forge_a_line():
    hostile = f"a\n{B} image-alt 9\u2028{C} image-alt 9\x00\u202e" + "x" * 99
    outcome = scans.failed(A, target=Place(hostile, ""))
    scan = replace(scans.scan(scans.page(outcome)), tool=scans.Tool("1", rule_set=f"abc\n{C} x 9"))
    baseline = baseline_of(replace(scan, sites=scan.sites))
    again = read_baseline(baseline_text(baseline), source="b")
    assert list(again.accepted) == [A]
    assert "\u202e" not in baseline_text(baseline)
    assert max(map(len, baseline_text(baseline).splitlines())) < 130


@quiet
@given(st.lists(st.tuples(fingerprints, st.integers(1, 99)), max_size=6), st.integers(0, 6))
def test_merging_both_sides_keeps_the_larger_count(entries, cut):
    text = "# Curbcut baseline 1\n# rules abc\n" + "".join(f"{name} r {count}\n" for name, count in entries)
    merged = read_baseline(text, source="b")
    assert {name: merged.allows(name) for name, _ in entries} == {
        name: max(count for other, count in entries if other == name) for name, _ in entries
    }


def test_rules_of_two_kinds_are_unclear_after_a_merge():
    head = "# Curbcut baseline 1\n# rules abc\n"
    assert read_baseline(head, source="b").rule_set == "abc"
    assert read_baseline(head + "# rules def\n# a comment\n\n", source="b") == Baseline()


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", "b:1", "first line"),
        ("aaaaaaaaaaaaaaaa image-alt 1\n", "b:1", "first line"),
        ("# Curbcut baseline 2\n", "b:1", "first line"),
        ("# Curbcut baseline 1\n\nimage-alt 1\n", "b:3", "Expected a fingerprint"),
        ("# Curbcut baseline 1\naaaaaaaaaaaaaaaa image-alt\n", "b:2", "Expected a fingerprint"),
        ("# Curbcut baseline 1\naaaaaaaaaaaaaaaa image-alt 0\n", "b:2", "Expected a fingerprint"),
        ("# Curbcut baseline 1\naaaaaaaaaaaaaaaa image-alt 9999999999\n", "b:2", "Expected a fingerprint"),
        ("# Curbcut baseline 1\naaaaaaaaaaaaaaaa image-alt 1 more\n", "b:2", "Expected a fingerprint"),
        ("# Curbcut baseline 1\n<<<<<<< HEAD\naaaaaaaaaaaaaaaa r 1\n=======\n", "b:2", "merge conflict"),
    ],
)
def test_a_wrong_line_is_named(text, where, said):
    with pytest.raises(ConfigError, match=re.escape(said)) as caught:
        read_baseline(text, source="b")
    assert caught.value.where == where


def test_a_file_is_written_and_read(tmp_path):
    file = tmp_path / "curbcut-baseline.txt"
    baseline = baseline_of(scans.scan(scans.page(scans.failed(A))))
    save_baseline(file, baseline)
    assert load_baseline(file) == baseline
    file.write_text("\ufeff" + baseline_text(baseline).replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert load_baseline(file) == baseline


def test_a_file_that_is_missing_or_unreadable_is_named(tmp_path):
    with pytest.raises(ConfigError, match="no such baseline"):
        load_baseline(tmp_path / "none")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_baseline(tmp_path)
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_baseline(tmp_path / "binary")
    with pytest.raises(EnvironmentFault):
        save_baseline(tmp_path / "binary" / "b", Baseline())
