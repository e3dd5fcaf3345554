"""results.json holds the facts of a scan, always in the same bytes, and a broken one says where it is broken."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import scans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.model import SCHEMA
from reports.results import from_json, load_results, save_results, to_json
from reports.score import score_scan
from rules.errors import EnvironmentFault, StoredDataError

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "results.schema.json"
EXAMPLE = scans.scan(scans.page(scans.failed()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scans.scans)
def test_what_was_written_is_read_again(scan):
    text = to_json(scan)
    assert from_json(text, source="r.json") == scan
    assert to_json(from_json(text, source="r.json")) == text
    assert text.endswith("}\n")
    text.encode()


def _strict(schema):
    """The published schema with nothing left open: every key described, every described key there."""
    if isinstance(schema, dict):
        schema = {key: _strict(value) for key, value in schema.items()}
        if "properties" in schema:
            optional = {"scores", "places"}
            schema["additionalProperties"] = False
            schema["required"] = sorted(set(schema["properties"]) - optional)
    elif isinstance(schema, list):
        schema = [_strict(item) for item in schema]
    return schema


PUBLISHED = jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
STRICT = jsonschema.Draft202012Validator(_strict(PUBLISHED.schema))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scans.scans)
def test_the_published_schema_describes_every_key(scan):
    value = json.loads(to_json(scan))
    for schema in (PUBLISHED, STRICT):
        best = jsonschema.exceptions.best_match(schema.iter_errors(value))
        assert best is None, f"{best.json_path}: {best.message[:300]}"


def test_the_published_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(PUBLISHED.schema)


def test_keys_are_sorted_and_each_outcome_has_its_line():
    text = to_json(EXAMPLE)
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert len([line for line in text.splitlines() if '"verdict":' in line]) == len(EXAMPLE.sites[0].pages[0].outcomes)


def test_scores_stand_beside_the_facts_and_are_ignored_on_reading():
    language = replace(scans.ALT, id="html-lang", wcag=("3.1.1",))
    scan = replace(EXAMPLE, rules=(*EXAMPLE.rules[:1], language, *EXAMPLE.rules[1:]))
    scan = replace(scan, rules=tuple(sorted(scan.rules, key=lambda info: info.id)))
    scores = score_scan(scan).as_json()
    text = to_json(scan, scores)
    assert from_json(text, source="r.json") == scan
    whole = json.loads(text)
    [site], [of_site] = whole["sites"], scores["sites"]
    assert site["pages"][0]["scores"] == json.loads(json.dumps(of_site["pages"][0]))
    assert {**site["scores"], "pages": of_site["pages"]} == json.loads(json.dumps(of_site))
    assert {**whole["scores"], "sites": scores["sites"]} == json.loads(json.dumps(scores))
    jsonschema.validate(whole, json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def test_half_a_surrogate_pair_from_a_page_does_not_break_the_file(tmp_path):
    scan = scans.scan(scans.page(scans.failed(message="broken \ud83d emoji")))
    save_results(tmp_path / "r.json", scan)
    assert load_results(tmp_path / "r.json").sites[0].pages[0].outcomes[0].message == "broken � emoji"


def _change(path: str, value: object) -> str:
    """The example as JSON with one place changed; `path` is written as errors write it."""
    whole = json.loads(to_json(EXAMPLE))
    *steps, last = [int(step) if step.isdigit() else step for step in re.findall(r"[\w-]+", path)]
    here = whole
    for step in steps:
        here = here[step]
    here[last] = value
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("number", "one"),
        ("number", True),
        ("complete", 1),
        ("started", None),
        ("settings", []),
        ("rules", []),
        ("sites", {}),
        ("sites[0]", 5),
        ("sites[0].pages", "none"),
        ("sites[0].sample.known", -1),
        ("sites[0].pages[0].status", 2**31),
        ("sites[0].pages[0].state", "fine"),
        ("sites[0].pages[0].probes", []),
        ("sites[0].pages[0].outcomes[0].verdict", "violated"),
        ("sites[0].pages[0].outcomes[0].count", 0),
        ("sites[0].pages[0].outcomes[0].count", 1.5),
        ("sites[0].pages[0].outcomes[0].wcag", ["1.1.1", 7]),
        ("sites[0].pages[0].outcomes[0].target.selector", ["#a"]),
        ("sites[0].pages[0].outcomes[0].impact", ["serious"]),
    ],
)
def test_a_wrong_value_is_named_with_its_place(path, value):
    place = path + "[1]" if value == ["1.1.1", 7] else path
    with pytest.raises(StoredDataError) as caught:
        from_json(_change(path, value), source="r.json")
    assert caught.value.where == f"r.json, {place}"
    assert caught.value.what.startswith("Expected ")


def test_a_missing_value_is_named_and_an_unknown_one_ignored():
    whole = json.loads(to_json(EXAMPLE))
    whole["later"] = {"a": 1}
    assert from_json(json.dumps(whole), source="r.json") == EXAMPLE
    del whole["sites"][0]["pages"][0]["url"]
    with pytest.raises(
        StoredDataError, match=re.escape("r.json, sites[0].pages[0].url: Expected a value, found nothing.")
    ):
        from_json(json.dumps(whole), source="r.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ('{\n "schema": "1",\n oops}', "r.json:3:2"),
        ("[]", "names no schema"),
        ('{"schema": 1}', "names no schema"),
        ('{"schema": "2"}', "reads '1'"),
        ('{"schema": "1", "number": NaN}', "NaN is not a JSON number"),
        ('{"schema": "1", "settings": {"a": 1e999}}', "too large a number"),
        ('{"schema": "1", "number": ' + "9" * 5000 + "}", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ('{"schema": "1", "settings": {"a": ' + "[" * 40 + "]" * 40 + "}}", "deeper than 32"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(text, said):
    with pytest.raises(StoredDataError, match=re.escape(said)):
        from_json(text, source="r.json")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_change_to_a_file_is_read_or_refused_but_never_crashes(data):
    whole = json.loads(to_json(EXAMPLE))
    here = deepcopy(whole)
    root = here
    while isinstance(here, (dict, list)) and here and data.draw(st.booleans() if here is not root else st.just(True)):
        key = data.draw(st.sampled_from(list(here) if isinstance(here, dict) else range(len(here))))
        if isinstance(here[key], (dict, list)) and data.draw(st.booleans()):
            here = here[key]
            continue
        here[key] = data.draw(scans.json_values)
        break
    with suppress(StoredDataError):
        again = from_json(json.dumps(root), source="r.json")
        assert from_json(to_json(again), source="r.json") == again


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    target = tmp_path / "new" / "results.json"
    save_results(target, EXAMPLE)
    before = target.read_bytes()
    with pytest.raises(ValueError, match="JSON compliant"):
        save_results(target, scans.scan(settings={"x": float("nan")}))
    save_results(target, EXAMPLE)
    assert target.read_bytes() == before
    assert [file.name for file in target.parent.iterdir()] == ["results.json"]
    assert load_results(target) == EXAMPLE


def test_a_place_that_cannot_be_written_is_the_machines_fault(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        save_results(tmp_path / "file" / "results.json", EXAMPLE)
    (tmp_path / "results.json").mkdir()
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        save_results(tmp_path / "results.json", EXAMPLE)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "results.json"]


def test_a_missing_or_binary_file_is_named(tmp_path):
    with pytest.raises(StoredDataError, match="no such results file"):
        load_results(tmp_path / "none.json")
    (tmp_path / "picture.json").write_bytes(b"\x89PNG\xff")
    with pytest.raises(StoredDataError, match="not UTF-8"):
        load_results(tmp_path / "picture.json")
    with pytest.raises(StoredDataError, match="cannot be read"):
        load_results(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    (tmp_path / "r.json").write_text("\ufeff" + to_json(EXAMPLE), encoding="utf-8")
    assert load_results(tmp_path / "r.json") == EXAMPLE


def test_the_schema_in_the_file_is_the_models():
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))["properties"]["schema"] == {"const": SCHEMA}
