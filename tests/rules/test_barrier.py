"""The barrier of a text lies between 0 and 1, rises with what makes it hard, and orders rewritings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plain.barrier import CAP, RATE, WEIGHTS, barrier
from rules.plain.prose import Finding
from rules.plain.units import prose
from rules.registry import load_rules

PLAIN = "You can get help when you lose your job. Call us or come to see us. "
HARD = (
    "The determination of eligibility necessitates verification of documentation that participating organizations"
    " have previously submitted to administrative authorities responsible for implementation. "
)
SENTENCES = (
    "You can get help when you lose your job.",
    "Send us a letter before the end of the month.",
    "The application must be completed by the applicant.",
    "Notification and evacuation are to have priority over property.",
    "Tell us what you want to do next.",
)
WEIGHED = {"passive": 1.0, "wordy": 0.25}
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map(" ".join)
HERE = Finding(0, 1, "Hard to read.")
found = st.dictionaries(st.sampled_from([*WEIGHED, "no-such-rule"]), st.integers(0, 30).map(lambda n: [HERE] * n))


def weighed(text: str, findings: dict[str, list[Finding]], *, language: str = "en") -> float:
    """The barrier of a text with the weights of these tests."""
    return barrier(prose(text, language=language), findings, weights=WEIGHED)


@given(st.text(max_size=400), found, st.sampled_from(["en", "es", "de", ""]))
def test_any_text_has_one_barrier_between_0_and_1(text: str, findings: dict[str, list[Finding]], language: str) -> None:
    value = weighed(text, findings, language=language)
    assert 0 <= value <= 1
    assert value == weighed(text, findings, language=language)


@given(texts, found, st.sampled_from(sorted(WEIGHED)))
def test_one_finding_more_never_lowers_it(text: str, findings: dict[str, list[Finding]], rule: str) -> None:
    more = {**findings, rule: [*findings.get(rule, []), HERE]}
    assert weighed(text, more) >= weighed(text, findings)


@given(texts)
def test_a_long_hard_sentence_more_never_lowers_it(text: str) -> None:
    assert barrier(prose(f"{text} {HARD}"), {}) >= barrier(prose(text), {})


@given(texts)
def test_a_text_twice_is_hardly_less_hard(text: str) -> None:
    once, twice = barrier(prose(text), {}), barrier(prose(f"{text} {text}"), {})
    assert twice >= once


def test_a_serious_finding_raises_it_and_advice_does_not() -> None:
    assert weighed(PLAIN, {"passive": [HERE]}) > weighed(PLAIN, {"wordy": [HERE]}) > weighed(PLAIN, {})
    assert weighed(PLAIN, {"no-such-rule": [HERE]}) == weighed(PLAIN, {})


def test_one_habit_is_capped() -> None:
    many = weighed(PLAIN * 10, {"passive": [HERE] * 500})
    assert many == weighed(PLAIN * 10, {"passive": [HERE] * 1000})
    assert many < 0.5
    assert many < weighed(PLAIN * 10, {"passive": [HERE] * 500, "wordy": [HERE]})
    assert CAP < RATE


@pytest.mark.parametrize("times", [1, 3, 20])
def test_plain_and_hard_texts_are_far_apart_whatever_their_length(times: int) -> None:
    assert barrier(prose(PLAIN * times), {}) < 0.1
    assert barrier(prose(HARD * times), {}) > 0.7


def test_few_words_are_less_believed_than_many() -> None:
    assert barrier(prose(HARD), {}) < barrier(prose(HARD * 2), {}) < barrier(prose(HARD * 9), {})


@pytest.mark.parametrize("language", ["de", ""])
def test_without_formulas_findings_alone_count(language: str) -> None:
    assert weighed(HARD, {}, language=language) == 0
    assert weighed(HARD, {"passive": [HERE]}, language=language) > 0


@pytest.mark.parametrize(
    ("passive", "active"),
    [
        ("Your letter was read at our office last week.", "We read your letter at our office last week."),
        ("If you are found to be ill, we pay more.", "If we find that you are ill, we pay more."),
    ],
)
def test_passives_raise_it_though_they_hide_nobody(passive: str, active: str) -> None:
    assert barrier(prose(passive), {}) > barrier(prose(active), {})
    many = barrier(prose(f"{passive} " * 40), {}) - barrier(prose(f"{active} " * 40), {})
    assert many < 0.5


def test_nothing_is_no_barrier() -> None:
    assert barrier(prose(""), {}) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "The application must be completed by the applicant and received by the office by June 1st.",
            "We must receive your application by June 1st.",
        ),
        (
            "We are in receipt of your communication concerning the commencement of construction.",
            "We got your letter about when you start to build.",
        ),
        ("Additional documentation", "More papers"),
    ],
)
def test_plainer_words_lower_it_in_short_texts_too(before: str, after: str) -> None:
    assert barrier(prose(before), {}) > barrier(prose(after), {})


def test_every_weight_is_a_rules() -> None:
    known = {rule.info.id for rule in load_rules().document_rules}
    assert known >= WEIGHTS.keys()
