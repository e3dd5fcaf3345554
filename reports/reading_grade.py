"""Reading grades in words: the band of a text, and how it stands towards the grade that a house wants."""

from __future__ import annotations

from collections.abc import Mapping

from rules.plain.style import usual_limits

NAME = "reading_grade"
"""The limit that is the target, in a house style."""


def band_said(low: int, high: int) -> str:
    """The band, as one number where its ends are the same."""
    return f"{low}" if low == high else f"{low} to {high}"


def target_said(low: int, high: int, target: int) -> str:
    """Where a band lies: formulas that disagree about the target leave it open."""
    if high <= target:
        return f"within the target of {target}"
    return f"above the target of {target}" if low > target else f"partly above the target of {target}"


def target_of(settings: Mapping[str, object]) -> int:
    """The target by which the texts of a scan with these settings are told; the usual one without a house style."""
    style = settings.get("house-style")
    limits = style.get("limits") if isinstance(style, dict) else None
    wanted = limits.get(NAME.replace("_", "-")) if isinstance(limits, dict) else None
    return wanted if isinstance(wanted, int) and not isinstance(wanted, bool) else usual_limits()[NAME]
