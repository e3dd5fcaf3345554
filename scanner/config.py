"""Reading the one file that holds a project's settings: `curbcut.toml`, or `[tool.curbcut]` in pyproject.toml."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rules.errors import ConfigError

OWN_FILE = "curbcut.toml"
SHARED_FILE = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """Settings as written: `values` by the name in the file, `lines` where each of them stands.

    `source` is how errors name the file, `folder` what relative paths in it start from.
    """

    folder: Path
    source: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def where(self, name: str) -> str:
        """The place of a setting for an error: file and, where it is known, line."""
        line = self.lines.get(name)
        return f"{self.source}:{line}" if line else self.source


def find_config(folder: Path) -> Config:
    """The configuration that applies in `folder`: that of its own files, an empty one where there is none.

    Parent folders are not searched: a file that nobody thought of must not change a result.
    """
    own, shared = folder / OWN_FILE, folder / SHARED_FILE
    found = read_config(own) if own.is_file() else None
    in_shared = read_config(shared) if shared.is_file() else None
    if found and in_shared and in_shared.values:
        raise ConfigError(
            f"both {OWN_FILE} and [tool.curbcut] in {SHARED_FILE} hold settings.",
            where=str(folder),
            do="Keep them in one of the two.",
        )
    return found or in_shared or Config(folder)


def read_config(path: Path) -> Config:
    """The settings in one TOML file; those of a pyproject.toml stand in its `[tool.curbcut]`."""
    text = read_text(path)
    shared = path.name == SHARED_FILE
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if shared and "curbcut" not in text:
            return Config(path.parent, str(path))
        raise not_toml(path, error, do="Settings look like: max-pages = 50") from None
    values = _section(content) if shared else content
    if not isinstance(values, dict):
        do = "Write [tool.curbcut] above the settings."
        raise ConfigError("tool.curbcut is not a table.", where=str(path), do=do)
    return Config(path.parent, str(path), values, _lines(text, "tool.curbcut" if shared else ""))


def read_text(path: Path, *, do: str = "", most: int | None = None) -> str:
    """The text of a file that a person wrote, with or without a byte order mark; UTF-8 or a ConfigError.

    `do` is what helps where there is no such file, `most` how many bytes it may have.
    """
    try:
        with path.open("rb") as file:
            content = file.read(-1 if most is None else most + 1)
    except FileNotFoundError:
        raise ConfigError("there is no such file.", where=str(path), do=do) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ConfigError(f"the file cannot be read ({reason}).", where=str(path)) from None
    if most is not None and len(content) > most:
        raise ConfigError(f"the file has more than {most} bytes.", where=str(path))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError("the file is not UTF-8 text.", where=f"{path}:{line}", do="Save it as UTF-8.") from None


def unknown_name(name: str, known: tuple[str, ...], *, thing: str, where: str) -> ConfigError:
    """The error for a name that nothing goes by, with the near one where there is one, else with all."""
    near = difflib.get_close_matches(name.lower().replace("_", "-"), known, n=1, cutoff=0.75)
    do = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(known)}."
    return ConfigError(f"{shown(name)} is not {thing}.", where=where, do=do)


def shown(value: object) -> str:
    """A value as an error may show it: on one line, short, and with control characters made visible."""
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, (str, Path)) else str(value)
    text = "".join(character if character.isprintable() else repr(character)[1:-1] for character in text[:81])
    return text if len(text) <= 80 else f"{text[:79]}…"


def _section(content: dict[str, object]) -> object:
    tool = content.get("tool", {})
    return tool.get("curbcut", {}) if isinstance(tool, dict) else {}


def not_toml(path: Path, error: Exception, *, do: str) -> ConfigError:
    """The error for a file that is not TOML, with the line where that is known; `do` shows what it looks like."""
    reason, _, place = str(error).rpartition(" (at ")
    line = re.match(r"line (\d+)", place)
    where = f"{path}:{line[1]}" if line else str(path)
    return ConfigError(f"this is not TOML: {reason or error}.", where=where, do=do)


def _lines(text: str, section: str) -> dict[str, int]:
    """The line of each plain `name = value` and table in one section; hints for errors, so nothing finer is tried."""
    lines: dict[str, int] = {}
    current = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if heading := re.match(r"\s*\[+\s*([^\[\]]+?)\s*\]", line):
            current = heading[1]
            if current.startswith(section):
                lines.setdefault(current.removeprefix(section).strip(".").partition(".")[0], number)
        elif current == section and (key := re.match(r"""\s*["']?([^\s"'=#]+)["']?\s*=""", line)):
            lines.setdefault(key[1], number)
    return lines
