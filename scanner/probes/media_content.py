"""What the files of media hold: decoded by the browser, pictures read for captions that belong to them."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from rules.evidence.media import READINGS, Content, Track

BYTES_LIMIT = 12_000_000
"""Of one file; a guest does not fetch a whole film to look at it."""

FILE_LIMIT = 5
"""Files of one page."""

LONGEST_S = 1200.0
WITHIN_S = 5.0
"""For one file: fetching, decoding, looking."""

SILENCE_DB = -60
RATE = 8000
PICTURES = 6
PICTURE_WIDTH = 640
CUE_LIMIT = 5_000
TRACK_LIMIT = 8
TEXT_LIMIT = 100

FUNCTION = Path(__file__).with_suffix(".js").read_text("utf-8").partition("\n")[2].partition("\n")[2]
"""Called on an audio or video element with `limits`; the comment before the function is left out."""


class ReadsPictures(Protocol):
    """What reads text in pictures."""

    @property
    def missing(self) -> str:
        """Why nothing can be read; empty where it can."""

    async def read(self, picture: Image.Image, key: str, *, scale: float) -> Any:
        """What a picture says, in `lines` with a `text` each."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about one element."""

    tracks: tuple[Track, ...]
    content: Content | None


def limits(*, content: bool) -> dict[str, float]:
    """What the function in the page is told; without `content` it asks for text tracks only."""
    return {
        "bytes": BYTES_LIMIT if content else 0,
        "seconds": WITHIN_S,
        "rate": RATE,
        "readings": READINGS,
        "silence": SILENCE_DB,
        "pictures": PICTURES,
        "width": PICTURE_WIDTH,
        "cues": CUE_LIMIT,
        "tracks": TRACK_LIMIT,
    }


async def found_out(ask: Callable[[], Awaitable[dict[str, Any]]], reader: ReadsPictures | None) -> Found:
    """What the page's own browser says of the file and its tracks; raises what asking raises."""
    answer = await ask()
    tracks = tuple(track_of(track) for track in answer["tracks"])
    if not answer.get("bytes"):
        return Found(tracks, None)
    lettering = None
    if reader is not None and not reader.missing and answer["pictures"]:
        lettering = tuple([await _lettering(picture, reader) for picture in answer["pictures"]])
    content = Content(
        sound=answer["sound"],
        loudness=tuple(answer["loudness"]),
        crossings=tuple(answer["crossings"]),
        changes=tuple(answer["changes"]),
        lettering=lettering,
    )
    return Found(tracks, content)


def track_of(told: list[Any]) -> Track:
    """A text track as the page tells of it: kind, language, label and, where it was looked into, what it holds."""
    kind, language, label = (str(value)[:TEXT_LIMIT] for value in told[:3])
    return Track(kind, language, label, *told[3:6], *map(float, told[6:]))


async def _lettering(encoded: str, reader: ReadsPictures) -> str:
    picture = Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB")
    reading = await reader.read(picture, f"film {hashlib.sha256(encoded.encode()).hexdigest()}", scale=1.0)
    return " ".join(line.text for line in reading.lines)[: TEXT_LIMIT * 3]
