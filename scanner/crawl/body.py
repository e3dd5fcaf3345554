"""The body of an HTTP answer in bounded pieces: compressed once or not, never more than was asked for."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator

import httpx

ACCEPTED = "gzip, identity"
"""The value of Accept-Encoding for answers that are read here; httpx would unpack any depth of it unbounded."""

_PIECE = 64 * 1024
_GZIP = b"\x1f\x8b"


class BodyTooLarge(Exception):
    """An answer has more bytes than may be read, packed or unpacked."""


class UnreadableBody(Exception):
    """An answer is packed in a way that was not asked for, or is broken."""


async def pieces(response: httpx.Response, *, most: int) -> AsyncIterator[bytes]:
    """The unpacked body of a streamed answer, at most 64 KiB at a time, in all at most `most` bytes.

    What a server packs for the way (Content-Encoding) is unpacked, and a file that is itself packed with gzip
    as well: at most two layers, whatever a server says. Raises BodyTooLarge once there is more.
    """
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise UnreadableBody(f"it is packed as {encoding[:40]}, which was not asked for")
    way = _Unpacked(zlib.MAX_WBITS | 32) if encoding not in ("", "identity") else None
    file: _Unpacked | None = None
    start = b""
    left = most
    async for raw in response.aiter_raw(_PIECE):
        for plain in way.feed(raw) if way else (raw,):
            if len(start) < 2:
                start += plain
                file = _Unpacked(zlib.MAX_WBITS | 16) if start.startswith(_GZIP) else None
                plain = start if len(start) >= 2 else b""
            for piece in file.feed(plain) if file else (plain,):
                left -= len(piece)
                if left < 0:
                    raise BodyTooLarge
                if piece:
                    yield piece
    if len(start) == 1:
        yield start
    if (way and not way.is_complete) or (file and not file.is_complete):
        raise UnreadableBody("it is packed, and ends too early")


class _Unpacked:
    """A stream that is unpacked piece by piece; several packed parts one after the other count as one."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._stream = zlib.decompressobj(window)

    @property
    def is_complete(self) -> bool:
        """Whether its end has come."""
        return self._stream.eof

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What comes out of the next piece, at most 64 KiB at a time."""
        while True:
            if self._stream.eof:
                if not packed.startswith(_GZIP):
                    return
                self._stream = zlib.decompressobj(self._window)
            try:
                plain = self._stream.decompress(packed, _PIECE)
            except zlib.error as error:
                raise UnreadableBody("it is packed, and broken") from error
            yield plain
            packed = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if not packed and len(plain) < _PIECE:
                return
