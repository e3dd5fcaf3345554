"""A name is asked for once for a while, and a failure that may pass is asked for again."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from scanner.net.addresses import Address
from scanner.net.names import KEPT_S, NOT_KEPT_S, Names

HERE = ip_address("192.0.2.1")


class Asked:
    """A resolver that counts; names under `.invalid` do not exist, `passing` fails for a moment."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.now_s = 100.0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, host: str) -> Sequence[Address]:
        self.names.append(host)
        await self.may_answer.wait()
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        if host == "passing":
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        return (HERE,)

    def clock(self) -> float:
        return self.now_s


async def test_an_answer_is_kept_for_a_while() -> None:
    asked = Asked()
    names = Names(asked, asked.clock)
    assert [await names("a.gov"), await names("a.gov")] == [(HERE,), (HERE,)]
    asked.now_s += KEPT_S
    await names("a.gov")
    assert asked.names == ["a.gov"]
    asked.now_s += 1
    await names("a.gov")
    assert asked.names == ["a.gov", "a.gov"]


async def test_a_name_that_does_not_exist_is_remembered_for_less() -> None:
    asked = Asked()
    names = Names(asked, asked.clock)
    for wait_s, times in ((0, 1), (NOT_KEPT_S, 1), (1, 2)):
        asked.now_s += wait_s
        with pytest.raises(socket.gaierror):
            await names("a.invalid")
        assert len(asked.names) == times


async def test_a_failure_that_may_pass_is_not_remembered() -> None:
    asked = Asked()
    names = Names(asked, asked.clock)
    for times in (1, 2):
        with pytest.raises(socket.gaierror):
            await names("passing")
        assert len(asked.names) == times


async def test_many_at_once_ask_once_and_one_that_leaves_takes_nothing_along() -> None:
    asked = Asked()
    asked.may_answer.clear()
    names = Names(asked, asked.clock)
    waiting = [asyncio.create_task(names("a.gov")) for _ in range(5)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    asked.may_answer.set()
    assert await asyncio.gather(*waiting[1:]) == [(HERE,)] * 4
    assert asked.names == ["a.gov"]


async def test_what_is_still_asked_ends_with_its_user() -> None:
    asked = Asked()
    asked.may_answer.clear()
    names = Names(asked, asked.clock)
    waiting = asyncio.create_task(names("a.gov"))
    await asyncio.sleep(0)
    names.forget()
    with pytest.raises(asyncio.CancelledError):
        await waiting
