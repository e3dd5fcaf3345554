"""The settings in words, for the documentation that is made from them."""

from __future__ import annotations

from typing import NamedTuple

from pydantic.fields import FieldInfo

from scanner.settings import Settings, expects, name_in_file


class SettingDoc(NamedTuple):
    """One setting as documentation shows it; `default` is empty where there is none."""

    name: str
    expects: str
    default: str
    description: str


def describe() -> tuple[SettingDoc, ...]:
    """Every setting, in the order in which documentation should show them."""
    return tuple(
        SettingDoc(name_in_file(attribute), expects(field), _default(field), field.description or "")
        for attribute, field in Settings.model_fields.items()
    )


def _default(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    if isinstance(extra, dict) and "default" in extra:
        return str(extra["default"])
    if isinstance(field.default, bool):
        return str(field.default).lower()
    if isinstance(field.default, float):
        return f"{field.default:g}"
    return "" if field.default in (None, (), {}) else str(field.default)
