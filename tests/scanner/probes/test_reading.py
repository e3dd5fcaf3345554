"""Pictures are read by models that lie beside the package; what holds no text costs no engine."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from scanner.probes import reading
from scanner.probes.reading import Reader


def picture(text: str = "") -> Image.Image:
    """A white picture with a text on it."""
    made = Image.new("RGB", (400, 80), "white")
    ImageDraw.Draw(made).text((10, 20), text, fill="black", font_size=32)
    return made


def asked() -> int:
    """How often the engine was asked for so far."""
    calls = reading._engine.cache_info()
    return calls.hits + calls.misses


async def test_lines_come_with_their_place_and_confidence() -> None:
    found = await Reader().read(picture("Office closed"), "key", scale=2.0)
    (line,) = found.lines
    assert line.text == "Office closed"
    assert line.confidence > 0.9
    assert line.box[0] < 10
    assert 15 < line.box[1] + line.box[3] < 35
    assert found.plain == 1.0


async def test_an_empty_picture_is_not_read() -> None:
    before = asked()
    assert not (await Reader().read(picture(), "key", scale=1.0)).text_like
    assert asked() == before


async def test_a_picture_is_read_once_whatever_it_is_called() -> None:
    reader = Reader()
    first = await reader.read(picture("Office closed"), "one", scale=1.0)
    before = asked()
    assert await reader.read(picture("Office closed"), "other", scale=1.0) == first
    assert reader.recall("other") == first
    assert asked() == before


def test_the_models_lie_on_this_disk() -> None:
    assert [Path(name).suffix for name in reading._models()] == [".onnx", ".onnx"]
    assert all(Path(name).is_file() for name in reading._models())
