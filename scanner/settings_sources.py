"""Settings from where they are written: `curbcut.toml`, or `[tool.curbcut]` in pyproject.toml, and the command line.

The command line wins. What is wrong is an error that names file and line.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from rules.errors import ConfigError
from scanner.config import Config, find_config, read_config, shown, unknown_name
from scanner.crawl.globs import Glob
from scanner.house_style import read_house_style
from scanner.owners import read_owners
from scanner.policies import gate_plan
from scanner.settings import Settings, expects, name_in_file


def load_settings(config: Path | None, overrides: Mapping[str, object], *, cwd: Path) -> Settings:
    """The settings of a run: the command line's `overrides` over those of the configuration file.

    `config` is the file that a person named, None for the one in `cwd`, if any. `overrides` go by
    attribute (`max_pages`); None means that the option was not given. Relative paths start from the
    folder of the file, those of the command line from `cwd`. Raises ConfigError.
    """
    found = read_config(cwd / config) if config else find_config(cwd)
    given = Config(
        cwd, "command line", {name_in_file(key): value for key, value in overrides.items() if value is not None}
    )
    for source in (found, given):
        _check_names(source)
    origin = {**dict.fromkeys(found.values, found), **dict.fromkeys(given.values, given)}
    values = {name: _from_folder(name, source.values[name], source.folder) for name, source in origin.items()}
    for name in ("output", "store"):
        values.setdefault(name, _from_folder(name, Settings.model_fields[name].default, found.folder))
    if isinstance(words := values.get("house-style"), Path):
        do = f"house-style names it: {origin['house-style'].where('house-style')}."
        values["house-style"] = read_house_style(words, do=do)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise _wrong_value(error, origin) from None
    for name in ("include", "exclude"):
        for text in getattr(settings, name):
            Glob.parse(text, where=origin[name].where(name))
    gate_plan(settings.gate, today="", where=origin["gate"].where("gate") if "gate" in origin else "")
    read_owners(settings.owners, where=origin["owners"].where("owners") if "owners" in origin else "")
    if settings.axe and not settings.axe.is_file():
        raise ConfigError(f"axe names {settings.axe}, and there is no such file.", where=origin["axe"].where("axe"))
    return settings


def _check_names(source: Config) -> None:
    known = tuple(name_in_file(attribute) for attribute in Settings.model_fields)
    for name in source.values:
        if name not in known:
            raise unknown_name(name, known, thing="a setting", where=source.where(name))


def _from_folder(name: str, value: object, folder: Path) -> object:
    """A path made absolute from the folder of the file that says it; every other value as it is."""
    if name == "access" and isinstance(value, list):
        return [_with_state(table, folder) for table in value]
    if not isinstance(value, (str, Path)) or not str(value) or "\0" in str(value):
        return value
    text = os.path.expanduser(value)
    if name in ("output", "baseline", "exceptions", "reviews", "axe", "ca-bundle", "house-style"):
        return folder / text
    is_path = "://" not in text if name == "store" else os.path.dirname(text) != ""
    return str(folder / text) if name in ("store", "browser") and is_path else value


def _with_state(table: object, folder: Path) -> object:
    state = table.get("storage-state") if isinstance(table, dict) else None
    return (
        {**table, "storage-state": str(folder / state)} if isinstance(table, dict) and isinstance(state, str) else table
    )


def _wrong_value(error: ValidationError, origin: Mapping[str, Config]) -> ConfigError:
    name = str(error.errors()[0]["loc"][0])
    field = next(field for attribute, field in Settings.model_fields.items() if name_in_file(attribute) == name)
    value = "not right" if name == "access" else shown(origin[name].values[name])  # it may hold passwords
    return ConfigError(f"{name} is {value}, expected {expects(field)}.", where=origin[name].where(name))
