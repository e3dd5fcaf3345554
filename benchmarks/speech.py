"""How well speech is told from other sounds: python benchmarks/speech.py --speech FOLDER… --other FOLDER…

Takes sound files of which it is known by their folders what they hold, lets the browser decode them as the media
probe does, and prints how many of each kind `rules.speech` calls speech, and which it calls so wrongly. With `--mixed`
each of a sample of the speech is heard again over music of another loudness, reckoned from the readings of both.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import math
import random
import threading
from collections.abc import Iterator, Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from playwright.async_api import Page, async_playwright

from rules.evidence.media import READINGS, Content
from rules.speech import speech_s
from scanner.browser.discover import ensure
from scanner.browser.launch import launch
from scanner.probes.media_content import FUNCTION, found_out, limits

KINDS = frozenset({".wav", ".ogg", ".oga", ".opus", ".mp3", ".m4a", ".webm"})
HERE = str(Path(__file__).resolve().parent)
SEED = 3
SAMPLE = 200
GAINS_DB = (20, 10, 6)
DECODE = f"""([source, limits]) => ({FUNCTION}).call({{
  currentSrc: source, textTracks: [], localName: "audio", querySelectorAll: () => [],
}}, limits)"""


class Heard(NamedTuple):
    """One file with what the browser decoded."""

    file: Path
    content: Content


async def decoded(page: Page, base: str, files: Sequence[Path]) -> list[Heard]:
    """The files in which something can be heard for a few seconds at least."""
    found: list[Heard] = []
    for file in files:
        address = f"{base}{quote(str(file.resolve()))}"

        async def ask(address: str = address) -> dict[str, Any]:
            answer: dict[str, Any] = await page.evaluate(DECODE, [address, limits(content=True)])
            return answer

        content = (await found_out(ask, None)).content
        if content and content.sound == "heard" and len(content.loudness) >= 4 * READINGS:
            found.append(Heard(file, content))
    return found


def sample(folders: Sequence[Path], least: int) -> list[Path]:
    """At most SAMPLE sound files of some size below the folders, drawn with a fixed seed."""
    files = sorted(
        {
            path
            for folder in folders
            for path in folder.rglob("*")
            if path.suffix.lower() in KINDS and path.is_file() and path.stat().st_size >= least
        }
    )
    return sorted(random.Random(SEED).sample(files, min(SAMPLE, len(files))))


def mixed(speech: Sequence[Heard], other: Sequence[Heard], gain_db: float) -> Iterator[Content]:
    """Each speech with another sound below it, `gain_db` softer on average; the louder of both gives the crossings."""
    draw = random.Random(SEED)
    for one in speech:
        length = len(one.content.loudness)
        under = [heard.content for heard in other if len(heard.content.loudness) >= length]
        if not under:
            continue
        below = draw.choice(under)
        shift = _level(one.content.loudness) - gain_db - _level(below.loudness[:length])
        pairs = list(zip(one.content.loudness, (value + shift for value in below.loudness), strict=False))
        loudness = tuple(round(10 * math.log10(10 ** (a / 10) + 10 ** (b / 10))) for a, b in pairs)
        crossings = tuple(
            a if louder >= softer else b
            for a, b, (louder, softer) in zip(one.content.crossings, below.crossings, pairs, strict=False)
        )
        yield Content("heard", loudness, crossings)


def _level(loudness: Sequence[int]) -> float:
    return 10 * math.log10(sum(10 ** (value / 10) for value in loudness) / len(loudness))


async def run(given: argparse.Namespace) -> None:
    """Decode and print."""
    installed = ensure(None, say=print)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory="/"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    async with async_playwright() as playwright:
        browser = await launch(playwright, installed.path, installed.kind)
        page = await browser.new_page()
        await page.goto(f"{base}{quote(HERE)}/")
        speech = await decoded(page, base, sample(given.speech, given.least))
        other = await decoded(page, base, sample(given.other, given.least))
        await browser.close()
    server.shutdown()
    told = [[heard for heard in group if speech_s(heard.content)] for group in (speech, other)]
    print(f"speech: {len(speech)} files, {len(told[0])} told as speech")
    print(f"other:  {len(other)} files, {len(told[1])} told as speech")
    for heard in told[1]:
        print(f"  wrongly: {heard.file}")
    for gain in GAINS_DB if given.mixed else ():
        contents = list(mixed(speech, other, gain))
        print(f"over other sound, {gain} dB louder: {len(contents)}, told {sum(map(bool, map(speech_s, contents)))}")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the figures are the output."""


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--speech", type=Path, nargs="+", required=True, help="folders of sounds in which people speak")
    parser.add_argument("--other", type=Path, nargs="+", required=True, help="folders of music and noises")
    parser.add_argument("--least", type=int, default=60_000, help="bytes of the smallest file that is taken")
    parser.add_argument("--mixed", action="store_true", help="hear the speech over the other sounds as well")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
