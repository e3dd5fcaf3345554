"""Bytes from one connection to another, with the way in which they end: an answer that was cut must not look whole."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from scanner.net.heads import BadHead

CHUNK: Final = 2**16

_LINGER: Final = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, count: Callable[[int], None]) -> None:
    """Pass on what comes until it ends; `count` is told the size of each part and may raise OSError to cut it.

    A connection that is reset ends with a reset on the other side as well. An orderly end would say that a document
    without a stated length is complete, and half a page would be judged as a whole one.
    """
    try:
        while data := await reader.read(CHUNK):
            count(len(data))
            writer.write(data)
            await writer.drain()
    except OSError:
        with suppress(OSError):
            await _reset(writer)


async def _reset(writer: asyncio.StreamWriter) -> None:
    """Hang up as one whose own connection was cut, after what came before that."""
    writer.transport.set_write_buffer_limits(0)
    await writer.drain()
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
    writer.transport.abort()


async def pass_chunks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on a body that comes in chunks, to its end (RFC 9112, section 7.1)."""
    size = 1
    while size:
        line = await reader.readuntil(b"\r\n")
        try:
            size = int(line.split(b";")[0].strip() or b"-1", 16)
        except ValueError:
            raise BadHead from None
        if size < 0:
            raise BadHead
        writer.write(line + (await reader.readexactly(size + 2) if size else b""))
        await writer.drain()
    while line != b"\r\n":
        line = await reader.readuntil(b"\r\n")
        writer.write(line)
