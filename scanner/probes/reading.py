"""Reads text in pictures, outside of the event loop, and remembers what it has read."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image

from rules.evidence.pictures import TextLine
from rules.layout import Box

if TYPE_CHECKING:
    import numpy

LEAST_CONFIDENCE = 0.6
REMEMBERED = 4000
LONGEST_SIDE = 736
"""Pixels; a larger picture is made smaller before text is looked for, which bounds time and memory."""

MOST_LINES = 16
"""Lines that are read: of a picture that shows more, and not on one colour, none, as it shows a screen or a plan."""

PLAIN = 0.96
"""Share of one colour around the text from which a picture is a page full of text."""

_STEP = 40
"""Difference of brightness between neighbours, of 255, from which there is an edge."""

_NEAR = 28
"""Difference of a channel, of 255, up to which two pixels have the same colour."""

_STROKES = 6
"""Edges in a row of pixels: fewer than three letters have less."""


class Reading(NamedTuple):
    """The lines of a picture and how much of the rest has one colour.

    `text_like` where it was worth to look.

    `busy` where there is so much text among other things that none was read.
    """

    lines: tuple[TextLine, ...] = ()
    plain: float = 0.0
    text_like: bool = False
    busy: bool = False


@dataclass(frozen=True)
class Reader:
    """Reads pictures one after the other in a thread of its own; shared by all tabs of a run.

    What it read stays known by its pixels, and by whatever `key` a caller gives, so that the logo of a service is
    read once. The engine is loaded when the first picture looks as if it held text.
    """

    _known: OrderedDict[str, Reading] = field(default_factory=OrderedDict)
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "reader"))

    def __reduce__(self) -> tuple[type[Reader], tuple[()]]:
        """In another process it starts anew: neither its thread nor what it knows goes along."""
        return Reader, ()

    @property
    def missing(self) -> str:
        """Why nothing can be read here; empty where it can."""
        return "" if _models() else "No package that reads pictures is installed here."

    def recall(self, key: str) -> Reading | None:
        """What was read under this key, None for what is not known."""
        return self._known.get(key)

    async def read(self, picture: Image.Image, key: str, *, scale: float) -> Reading:
        """What a picture says, boxes in CSS px of which each has `scale` pixels; empty where nothing is like text."""
        found = await asyncio.get_running_loop().run_in_executor(self._thread, self._read, picture)
        lines = tuple(line._replace(box=_scaled(line.box, scale)) for line in found.lines)
        reading = found._replace(lines=lines)
        self._remember(key, reading)
        return reading

    def _read(self, picture: Image.Image) -> Reading:
        own = hashlib.sha256(picture.tobytes() + repr(picture.size).encode()).hexdigest()
        if own not in self._known:
            self._remember(own, read(picture))
        return self._known[own]

    def _remember(self, key: str, reading: Reading) -> None:
        self._known[key] = reading
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)


def read(picture: Image.Image) -> Reading:
    """What a picture in RGB says, read here and now."""
    import numpy

    pixels = numpy.asarray(picture)
    if not is_text_like(pixels):
        return Reading()
    turned = pixels[:, :, ::-1]  # the engine expects blue first
    found = _engine()(turned, use_det=True, use_cls=False, use_rec=False)
    boxes = [_box(corners) for corners in found.boxes] if found.boxes is not None else []
    plain = _plain(pixels, boxes) if boxes else 0.0
    if len(boxes) > MOST_LINES and plain < PLAIN:
        return Reading(busy=True, text_like=True)
    lines = (_line(turned, box) for box in boxes[:MOST_LINES])
    return Reading(tuple(line for line in lines if line is not None), plain, text_like=True)


def _line(picture: numpy.ndarray[Any, Any], box: Box) -> TextLine | None:
    """What one place of a picture says, None where that is nothing for sure."""
    x, y, width, height = box
    top, left = max(0, int(y)), max(0, int(x))
    found = _engine()(
        picture[top : int(y + height) + 1, left : int(x + width) + 1], use_det=False, use_cls=False, use_rec=True
    )
    if not found.txts or not found.txts[0].strip() or found.scores[0] < LEAST_CONFIDENCE:
        return None
    return TextLine(" ".join(found.txts[0].split()), round(float(found.scores[0]), 3), box)


def is_text_like(pixels: numpy.ndarray[Any, Any]) -> bool:
    """Whether rows of strokes with calm rows above or below are in a picture; cheap, and wrong only in one way.

    Text has several rows of pixels with many edges in each, far more than an icon or a smooth drawing.
    """
    import numpy

    light = pixels.astype(numpy.int16) @ numpy.array([77, 150, 29], numpy.int32) >> 8
    edges = (numpy.abs(numpy.diff(light, axis=1)) > _STEP).sum(axis=1)
    busy = edges >= _STROKES
    return bool(busy.sum() >= 5)


def _plain(pixels: numpy.ndarray[Any, Any], boxes: list[Box]) -> float:
    """The share of the pixels around the lines that have the most frequent colour there; margins and frames are cut."""
    import numpy

    rest = numpy.ones(pixels.shape[:2], bool)
    for x, y, width, height in boxes:
        around = height * 0.3
        top, left = max(0, int(y - around)), max(0, int(x - around))
        rest[top : int(y + height + around), left : int(x + width + around)] = False
    inner = _content(pixels)
    outside = pixels[inner][rest[inner]].astype(numpy.int16)
    if not len(outside):
        return 1.0
    coarse = (outside >> 4) @ numpy.array([256, 16, 1], numpy.int16)
    common = numpy.bincount(coarse).argmax()
    middle = numpy.median(outside[coarse == common], axis=0)
    return round(float((numpy.abs(outside - middle) <= _NEAR).all(axis=1).mean()), 3)


def _content(pixels: numpy.ndarray[Any, Any]) -> tuple[slice, slice]:
    """Where a picture is without a frame and the margin inside of it: what has one colour each along all four edges."""
    import numpy

    top, left, (bottom, right) = 0, 0, pixels.shape[:2]
    for _ in ("frame", "margin"):
        if bottom - top < 2 or right - left < 2:
            break
        inside = (numpy.abs(pixels[top:bottom, left:right].astype(numpy.int16) - pixels[top, left]) > _NEAR).any(axis=2)
        rows, columns = inside.any(axis=1).nonzero()[0], inside.any(axis=0).nonzero()[0]
        if not len(rows):
            break
        top, bottom = top + int(rows[0]), top + int(rows[-1]) + 1
        left, right = left + int(columns[0]), left + int(columns[-1]) + 1
    return slice(top, bottom), slice(left, right)


def _scaled(box: Box, scale: float) -> Box:
    x, y, width, height = (round(side / scale, 1) for side in box)
    return (x, y, width, height)


def _box(corners: Any) -> Box:
    xs, ys = [float(corner[0]) for corner in corners], [float(corner[1]) for corner in corners]
    return (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@cache
def _engine() -> Any:
    """The reader's engine with the models that lie beside it; given by name, so that none is ever fetched."""
    from rapidocr import RapidOCR

    find, name = _models()
    threads = "EngineConfig.onnxruntime"
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": 2000,
            "Det.model_path": find,
            "Det.limit_type": "max",
            "Det.limit_side_len": LONGEST_SIDE,
            "Rec.model_path": name,
            f"{threads}.intra_op_num_threads": 1,
            f"{threads}.inter_op_num_threads": 1,
        }
    )


@cache
def _models() -> tuple[str, ...]:
    """The files of the models that find and that read text; empty where there are none."""
    if not all(map(importlib.util.find_spec, ("rapidocr", "onnxruntime"))):
        return ()
    package = importlib.util.find_spec("rapidocr")
    folder = Path(os.path.dirname(package.origin or "")) / "models" if package else Path()
    chosen = [sorted(map(str, folder.glob(f"*_{part}_*.onnx")))[:1] for part in ("det", "rec")]
    return tuple(name for names in chosen for name in names) if all(chosen) else ()
