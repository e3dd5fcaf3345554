"""Makes the small films and sounds beside the media pages: `python tests/rules/films.py` with ffmpeg in the path.

Nobody speaks in them. A buzz and a hiss take turns as vowels and consonants do, with the pauses of speech.
"""

from __future__ import annotations

import math
import struct
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "pages" / "media" / "films"
RATE = 8000
WHITE = "color=c=white:size=320x180:rate=5:duration={s}"
BALL = f"{WHITE}[a];color=c=black:size=40x60:rate=5:duration={{s}}[b];[a][b]overlay=x='mod(t*60,280)':y=40"
CAPTION = f"{WHITE},drawtext=text='We open at nine':fontcolor=black:fontsize=30:x=40:y=120"
STILL = "color=c=gray:size=320x180:rate=5:duration={s}"


def speech_like(seconds: float) -> Iterator[int]:
    """Samples of syllables: 160 ms of buzz, 70 ms of hiss, 90 ms of nothing; a longer pause after each seventh."""
    noise, at = 1, 0
    for syllable in range(round(seconds / 0.32)):
        pitch = 110 + 25 * math.sin(syllable)
        for part, length in (("buzz", 0.16), ("hiss", 0.07), ("pause", 0.4 if syllable % 7 == 6 else 0.09)):
            for _ in range(round(length * RATE)):
                at += 1
                noise = (noise * 1103515245 + 12345) % 2**31
                phase = (at * pitch / RATE) % 1
                value = {"buzz": (phase - 0.5) * 0.8, "hiss": (noise / 2**31 - 0.5) * 0.35, "pause": 0.0}[part]
                yield round(value * 32000)


def make(name: str, *, picture: str = "", sound: Path | None = None, seconds: int = 12) -> None:
    """Write one file of VP8 and Opus."""
    inputs = [*(["-f", "lavfi", "-i", picture.format(s=seconds)] if picture else [])]
    inputs += ["-i", str(sound)] if sound else []
    coding = ["-c:v", "libvpx", "-pix_fmt", "yuv420p", "-b:v", "20k"] if picture else []
    coding += ["-c:a", "libopus", "-b:a", "16k"] if sound else []
    command = ["ffmpeg", "-y", "-loglevel", "error", *inputs, *coding, "-fflags", "+bitexact", "-t", str(seconds)]
    subprocess.run([*command, str(FOLDER / name)], check=True)


def main() -> None:
    """Write all of them."""
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "speech.wav"
        with wave.open(str(sound), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(b"".join(struct.pack("<h", sample) for sample in speech_like(12)))
        make("spoken.webm", sound=sound)
        make("film-spoken.webm", picture=BALL, sound=sound)
        make("film-lettered.webm", picture=CAPTION, sound=sound)
        make("film-still.webm", picture=STILL, sound=sound)
        make("film-silent.webm", picture=BALL, seconds=6)
        make("film-silent-still.webm", picture=STILL, seconds=6)


if __name__ == "__main__":
    main()
