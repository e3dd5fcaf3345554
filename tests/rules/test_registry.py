"""Rules are found where they lie; a plug-in that is broken is named, an own rule that is broken stops everything."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import rules
from rules import registry
from rules.axe import axe_infos
from rules.errors import CurbcutError, UsageError
from rules.media import video_captions
from rules.registry import FIRST, PLUGIN_GROUP, load_rules

RULE = '''
from rules import page_rule, passed

@page_rule(title="T", why="W.", fix="F.", wcag=(), impact="minor", scope="page", role="content", {more})
def {name}(page):
    """A rule."""
    yield passed()
'''

Plugin = Callable[[str, str, str], EntryPoint]


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plugin:
    """A function that writes a module and gives the entry point that names a thing in it."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(module: str, code: str, thing: str) -> EntryPoint:
        (tmp_path / f"{module}.py").write_text(code, "utf-8")
        return EntryPoint(module, f"{module}:{thing}" if thing else module, PLUGIN_GROUP)

    return write


def test_every_file_in_a_topic_folder_is_a_rule_of_that_topic() -> None:
    files = {
        (path.parent.name, path.stem.replace("_", "-"))
        for path in Path(rules.__file__).parent.glob("*/*.py")
        if path.parent.name not in ("evidence", "plain", "standards") and path.stem != "__init__"
    }
    found = {(info.topic, info.id) for info in load_rules(plugins=()).infos if info.origin == "curbcut"}
    assert found == files
    assert found


def test_rules_come_in_the_order_of_their_ids_and_each_once() -> None:
    ids = [info.id for info in load_rules(plugins=()).infos]
    assert ids == sorted(set(ids))


def test_an_axe_rule_that_an_own_rule_decides_is_left_out() -> None:
    every = load_rules(plugins=())
    replaced = {name for info in every.infos for name in info.replaces}
    axe = {info.id for info in every.infos if info.origin == "axe"}
    assert replaced
    assert {info.id for info in axe_infos()} - replaced == axe


def test_plugins_add_rules(plugin: Plugin) -> None:
    one = plugin("plug_one", RULE.format(name="house_style", more=""), "house_style")
    several = plugin(
        "plug_list", RULE.format(name="other_style", more='replaces=("region",)') + "every = [other_style]", "every"
    )
    loaded = load_rules(plugins=[one, several])
    ids = {info.id for info in loaded.infos}
    assert {"house-style", "other-style"} <= ids
    assert "region" not in ids
    assert loaded.broken == ()


def test_broken_plugins_are_named_and_the_rest_goes_on(plugin: Plugin) -> None:
    loaded = load_rules(
        plugins=[
            plugin("plug_raises", "1 / 0", "rule"),
            plugin("plug_lacks", "", "rule"),
            plugin("plug_wrong", "rule = 3", "rule"),
            EntryPoint("plug_gone", "no_such_module_here", PLUGIN_GROUP),
            plugin("plug_same", RULE.format(name="label_in_name", more=""), "label_in_name"),
        ]
    )
    assert loaded.infos == load_rules(plugins=()).infos
    named = ["plug_gone", "plug_lacks", "plug_raises", "plug_wrong", "label-in-name"]
    assert all(name in line for name, line in zip(named, loaded.broken, strict=True))


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(RULE.format(name="another_name", more=""), id="other-name"),
        pytest.param(RULE.format(name="one_rule", more="") + RULE.format(name="two_rules", more=""), id="two"),
        pytest.param("", id="none"),
    ],
)
def test_an_own_file_that_is_not_the_rule_of_its_name_is_refused(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "zz_topic"
    folder.mkdir()
    (folder / "__init__.py").write_text("", "utf-8")
    (folder / "one_rule.py").write_text(code, "utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    assert "zz_topic" in {module.name for module in pkgutil.iter_modules(rules.__path__)}
    with pytest.raises(CurbcutError, match="one-rule") as refusal:
        load_rules(plugins=())
    assert refusal.value.where == "rules.zz_topic.one_rule"


def test_the_hash_follows_versions_and_words() -> None:
    first = load_rules(plugins=())
    assert first.hash == load_rules(plugins=()).hash
    changed = first.page_rules[0]
    for change in ({"version": 2}, {"fix": "Another fix."}):
        other = replace(changed, info=replace(changed.info, **change))
        assert registry.RuleSet((other, *first.page_rules[1:]), first.site_rules).hash != first.hash


def test_a_pinned_rule_set_leaves_newer_rules_out_and_the_rules_that_they_replace_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newer = replace(video_captions.video_captions, info=replace(video_captions.video_captions.info, since="2026.12"))
    monkeypatch.setattr(video_captions, "video_captions", newer)
    now = {info.id for info in load_rules(plugins=(), pin="2026.12").infos}
    pinned = {info.id for info in load_rules(plugins=(), pin=FIRST).infos}
    assert now - pinned == {"video-captions"}
    assert pinned - now == {"video-caption"}


def test_a_rule_set_before_the_first_is_an_error_that_names_the_first() -> None:
    with pytest.raises(UsageError, match=r"2026\.10") as caught:
        load_rules(plugins=(), pin="2026.10")
    assert FIRST in str(caught.value.do)
