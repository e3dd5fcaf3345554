"""Sound and video on the page: what plays, whether it can be heard, what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Sound = Literal["", "heard", "decoded", "silent", "none", "unknown"]
"""What there is to hear of a medium that plays, empty for one that does not or is muted.

`decoded`: there is a sound track, and the browser lets nobody listen in because it comes from another site.
`silent`: there is one, and nothing was heard in the first moments.
"""


READINGS = 20
"""Readings of the sound in a second."""


class Track(NamedTuple):
    """A text track: captions, subtitles, descriptions, chapters or metadata.

    `state` is empty where nobody could find out whether it loads. `words` is how many its `cues` hold together, and
    the last of them ends at `end_s`.
    """

    kind: str
    language: str
    label: str
    state: Literal["", "loaded", "failed"] = ""
    cues: int = 0
    words: int = 0
    end_s: float = 0.0


class Content(NamedTuple):
    """What the file of a medium holds, as the browser decoded it.

    `sound` is `none` where there is no sound track, `silent` where nothing is in it, `unknown` where it could not be
    decoded. `loudness` (dB below the largest possible) and `crossings` (changes of sign, at 8,000 samples a second)
    hold `READINGS` values a second. `changes` tells how much one picture differs from the one before (of 255, over all
    pixels), for pictures taken evenly over the film; empty for sound alone. `lettering` is what can be read in each of
    these pictures; None where nobody read them.
    """

    sound: Literal["heard", "silent", "none", "unknown"] = "unknown"
    loudness: tuple[int, ...] = ()
    crossings: tuple[int, ...] = ()
    changes: tuple[int, ...] = ()
    lettering: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Medium:
    """One audio or video element; `node` is its index in the DOM snapshot.

    `duration_s` is None where it is not known, infinite for a live stream. `source` is the address that the
    browser chose, with its fragment, which may limit what is played. `plays` is true while it plays by
    itself, as nobody has touched the page; `failed` when it could not be loaded. `content` is None where its file was
    not read: another site's, too large, a stream.
    """

    node: int
    kind: Literal["audio", "video"]
    source: str = ""
    duration_s: float | None = None
    autoplay: bool = False
    loop: bool = False
    muted: bool = False
    controls: bool = False
    plays: bool = False
    failed: bool = False
    sound: Sound = ""
    tracks: tuple[Track, ...] = ()
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """The audio and video elements of the page's frames, in document order.

    A sound that script plays without an element in the page is not among them.
    """

    elements: tuple[Medium, ...] = ()
