"""The `[gate]` table is read as it was meant, and whatever is wrong in it is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.gate import Action, GatePlan
from rules.errors import ConfigError
from scanner.settings_sources import load_settings
from scanner.verdicts import Decisions

POLICY = "[[gate.policy]]\n"


def plan(folder: Path, text: str, *, today: str = "2026-11-23") -> GatePlan:
    (folder / "curbcut.toml").write_text(text, "utf-8")
    return Decisions.of(load_settings(None, {}, cwd=folder), today=today).plan


def test_without_a_table_the_gate_fails_on_any_new_problem(tmp_path: Path) -> None:
    [only] = plan(tmp_path, 'fail-on = "critical"').every_policy
    assert (only.limit, only.value, only.on("2026-11-23"), only.selection.impact) == ("max-new", 0, "fail", "critical")
    assert only.selection.standings == ("required",)


def test_a_policy_says_what_it_selects(tmp_path: Path) -> None:
    text = """
        [gate]
        action = "warn"
        from = 2027-01-01
        new-rules-from = 2027-02-01
        expected-pages = 20

        [[gate.policy]]
        name = "Forms"
        max-problems = 3
        site = "https://Benefits.example.gov"
        pages = ["/apply/*"]
        not-pages = "/apply/old/*"
        kind = "/apply/*"
        group = ["without-vision", "hearing"]
        criterion = "1.1.1"
        rule = "image-alt"
        impact = "moderate"
        standing = ["required", "beyond"]
        from = 2026-12-01
    """
    found = plan(tmp_path, text)
    assert (found.action, found.start, found.expected_pages) == (Action.WARN, "2027-01-01", 20)
    assert not found.counts_new_rules
    assert plan(tmp_path, text, today="2027-02-01").counts_new_rules
    [policy] = found.policies
    assert (policy.name, policy.limit, policy.value) == ("Forms", "max-problems", 3)
    assert [policy.on(day) for day in ("2026-11-30", "2026-12-01")] == [Action.WARN, Action.FAIL]
    chosen = policy.selection
    assert chosen.sites == ("https://benefits.example.gov/",)
    assert [pattern.text for pattern in (*chosen.pages, *chosen.not_pages)] == ["/apply/*", "/apply/old/*"]
    assert (chosen.kinds, chosen.rules, chosen.criteria) == (("/apply/*",), ("image-alt",), ("1.1.1",))
    assert (chosen.groups, chosen.impact) == (("without-vision", "hearing"), "moderate")
    assert chosen.standings == ("required", "beyond")


def test_limits_on_scores_warn_unless_somebody_says_otherwise(tmp_path: Path) -> None:
    assert plan(tmp_path, f"{POLICY}min-score = 60").policies[0].action is Action.WARN
    assert plan(tmp_path, f'{POLICY}min-score = 60\naction = "fail"').policies[0].action is Action.FAIL
    assert plan(tmp_path, f"{POLICY}max-new = 0").policies[0].action is Action.FAIL


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gate = 1", "gate is 1, expected a table that begins with [gate]."),
        ("[gate]\nactoin = 1", '"actoin" is not a setting of the gate. Did you mean "action"?'),
        ("[gate]\naction = 'stop'", 'action is "stop", expected off, warn or fail.'),
        ("[gate]\nfrom = '2026-11-23'", "expected a day such as 2027-01-31, without quotation marks."),
        ("[gate]\nexpected-pages = -1", "expected-pages is -1, expected a whole number"),
        ("[gate]\nexpected-pages = true", "expected-pages is true, expected a whole number"),
        ("[gate]\npolicy = 3", "policy is 3, expected tables that begin with [[gate.policy]]."),
        (POLICY, "the policy has no limit. Give it one of: max-new, max-problems,"),
        (f"{POLICY}max-new = 0\nmax-problems = 1", "the policy has max-new and max-problems."),
        (f"{POLICY}max-new = 0\ngroups = 'x'", '"groups" is not a part of a policy. Did you mean "group"?'),
        (f"{POLICY}max-new = 0\ngroup = 'without-visoin'", 'is not a group. Did you mean "without-vision"?'),
        (f"{POLICY}max-new = 0\ncriterion = '1.1.2'", '"1.1.2" is not a criterion.'),
        (f"{POLICY}max-new = 0\nstanding = 'must'", '"must" is not a standing.'),
        (f"{POLICY}max-new = 0\nimpact = 'high'", 'impact is "high", expected one of critical'),
        (f"{POLICY}max-new = 0\nsite = 'ftp://x'", 'site is "ftp://x", expected the address of a service'),
        (f"{POLICY}max-new = 0\npages = '^/a.*$'", "is not a pattern of addresses."),
        (f"{POLICY}max-new = 0\nrule = 3", "rule is 3, expected a text or a list of texts."),
        (f"{POLICY}max-new = 1.5", "max-new is 1.5, expected a whole number, 0 means none."),
        (f"{POLICY}max-untested = 2", "max-untested is 2, expected a number from 0 to 1."),
        (f"{POLICY}min-score = 101", "min-score is 101, expected a number from 0 to 100."),
        (f"{POLICY}min-score = '60'", 'min-score is "60", expected a number from 0 to 100.'),
        (f"{POLICY}score-not-worse = false", "score-not-worse is false, expected true."),
        (f"{POLICY}min-score = 60\nof = 'group'", 'of is "group", expected site or page.'),
        (f"{POLICY}max-new = 0\n{POLICY}max-old = 0", "policy 2: "),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        plan(tmp_path, text)
    assert words in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "curbcut.toml"))


def test_what_the_documents_show_is_right(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "gate.md").read_text("utf-8")
    settings, exceptions = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert [policy.limit for policy in plan(tmp_path, settings).policies] == ["max-problems", "min-score"]
    assert decided(tmp_path, exceptions).agreed


EXCEPTION = """
[[exception]]
rule = "image-alt"
selector = "#map img"
reason = "The map is replaced."
owner = "Maps team"
expires = 2027-01-31
"""


def decided(folder: Path, exceptions: str) -> Decisions:
    (folder / "curbcut.toml").write_text('exceptions = "agreed.toml"', "utf-8")
    (folder / "agreed.toml").write_text(exceptions, "utf-8")
    return Decisions.of(load_settings(None, {}, cwd=folder), today="2026-11-23")


def test_exceptions_are_read_with_everything_that_makes_one(tmp_path: Path) -> None:
    agreed = decided(tmp_path, EXCEPTION).agreed
    assert agreed is not None
    [one] = agreed
    assert one.told == "image-alt at #map img, agreed until 2027-01-31 (Maps team): The map is replaced"
    assert not one.is_over("2027-01-31")
    assert one.is_over("2027-02-01")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("owner", "ownr", '"ownr" is not a part of an exception. Did you mean "owner"?'),
        ('owner = "Maps team"\n', "", "the exception has no owner."),
        ("2027-01-31", '"2027-01-31"', "expected a day such as 2027-01-31, without quotation marks."),
        ('selector = "#map img"\n', "", "an exception has a selector or a fingerprint."),
        ('selector = "#map img"', 'fingerprint = "map"', '"map" is no fingerprint.'),
        ("The map is replaced.", "  ", 'reason is "  ", expected a text.'),
        ("[[exception]]", "[[exceptions]]", 'Did you mean "exception"?'),
        ("[[exception]]", "[exception]", "exceptions are tables that begin with [[exception]]."),
        ("rule =", "rule", "this is not TOML"),
    ],
)
def test_what_is_wrong_with_an_exception_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        decided(tmp_path, EXCEPTION.replace(old, new))
    assert words in str(caught.value)
    assert "agreed.toml" in caught.value.where
