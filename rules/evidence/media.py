"""Sound and video on the page: what plays, whether it can be heard, what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Sound = Literal["", "heard", "decoded", "silent", "none", "unknown"]
"""What there is to hear of a medium that plays, empty for one that does not or is muted.

`decoded`: there is a sound track, and the browser lets nobody listen in because it comes from another site.
`silent`: there is one, and nothing was heard in the first moments.
"""


class Track(NamedTuple):
    """A text track: captions, subtitles, descriptions, chapters or metadata."""

    kind: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class Medium:
    """One audio or video element; `node` is its index in the DOM snapshot.

    `duration_s` is None where it is not known, infinite for a live stream. `source` is the address that the
    browser chose, with its fragment, which may limit what is played. `plays` is true while it plays by
    itself, as nobody has touched the page; `failed` when it could not be loaded.
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


@dataclass(frozen=True, slots=True)
class Media:
    """The audio and video elements of the page's frames, in document order.

    A sound that script plays without an element in the page is not among them.
    """

    elements: tuple[Medium, ...] = ()
