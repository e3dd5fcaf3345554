"""Where somebody speaks in a sound, told from how its loudness and its pitch go up and down.

Speech changes between vowels, hisses and pauses several times a second; music and noises change less, or without the
hisses. Measured in docs/accuracy.md: what is called speech is speech, while speech over music is often missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, pstdev

from rules.evidence.media import READINGS, Content

_WINDOW = 2 * READINGS
_FLOOR_DB = -70
_SILENT_DB = -45
"""A window whose loud moments stay below holds nothing to judge."""

_LEAST_STEP_DB = 3.2
"""How much the loudness changes from one reading to the next."""

_LEAST_SPREAD_DB = 5.5
_HISSING = (0.3, 1.3)
"""How much the changes of sign spread against their mean: vowels have few, hisses many; noise has many all the time."""

_AUDIBLE_DB = 25
"""Below the loud moments of a window: what is softer is a pause and its pitch means nothing."""

_LEAST_SHARE = 0.6
_LEAST_WINDOWS = 3


def speech_s(content: Content) -> float:
    """Seconds of speech, 0 where it is not certain that somebody speaks through most of what can be heard."""
    starts = speech_starts(content)
    return len(starts) * _WINDOW / 2 / READINGS


def speech_end_s(content: Content) -> float:
    """When the last speech ends, 0 where none is certain."""
    starts = speech_starts(content)
    return (starts[-1] + _WINDOW) / READINGS if starts else 0.0


def speech_starts(content: Content) -> list[int]:
    """First readings of the windows, half overlapping, in which somebody speaks."""
    spoken: list[int] = []
    heard = 0
    for start in range(0, len(content.loudness) - _WINDOW + 1, _WINDOW // 2):
        loudness = [max(value, _FLOOR_DB) for value in content.loudness[start : start + _WINDOW]]
        loud = sorted(loudness)[-4]
        if loud < _SILENT_DB:
            continue
        heard += 1
        if _is_speech(loudness, content.crossings[start : start + _WINDOW], loud):
            spoken.append(start)
    return spoken if heard >= _LEAST_WINDOWS and len(spoken) >= _LEAST_SHARE * heard else []


def _is_speech(loudness: Sequence[int], crossings: Sequence[int], loud: int) -> bool:
    steps = fmean(abs(after - before) for before, after in pairwise(loudness))
    if steps < _LEAST_STEP_DB or pstdev(loudness) < _LEAST_SPREAD_DB:
        return False
    pitches = [count for value, count in zip(loudness, crossings, strict=True) if value > loud - _AUDIBLE_DB]
    least, most = _HISSING
    return least <= pstdev(pitches) / (fmean(pitches) + 1e-9) <= most
