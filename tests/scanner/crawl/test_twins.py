"""Spellings of a host are one only where they redirect to each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from scripted_server import Answer, ScriptedServer, reply, scripted

from scanner.crawl.twins import find_twins, with_twin

APEX, WWW = "http://example.gov", "http://www.example.gov"
PAGE = reply(200, b"a page")


@pytest_asyncio.fixture
async def proxy() -> AsyncIterator[ScriptedServer]:
    """A proxy that answers itself for hosts that are reached without encryption, and refuses all others."""
    async with scripted() as running:
        yield running


async def twins(proxy: ScriptedServer, home: str, answers: dict[str, Answer]) -> dict[str, str]:
    proxy.answers = {f"{origin}/": answer for origin, answer in answers.items()}
    async with httpx.AsyncClient(proxy=proxy.base, trust_env=False) as client:
        return dict(await find_twins(client, home, user_agent="Curbcut", each_s=1.0))


def to(url: str) -> bytes:
    return reply(301, Location=url)


@pytest.mark.parametrize(
    ("home", "answers", "expected"),
    [
        (f"{WWW}/start", {APEX: to(f"{WWW}/"), WWW: PAGE}, {APEX: WWW}),
        (APEX, {APEX: to(f"{WWW}/"), WWW: to("/en/")}, {APEX: WWW}),
        (WWW, {APEX: PAGE, WWW: PAGE}, {}),
        (WWW, {APEX: to(f"{WWW}/old"), WWW: PAGE}, {}),
        (WWW, {APEX: to("http://other.gov/"), WWW: PAGE}, {}),
        (WWW, {APEX: to(f"{WWW}/"), WWW: to(f"{APEX}/")}, {}),
        (WWW, {APEX: to(f"{WWW}/"), WWW: reply(500)}, {}),
        (APEX, {WWW: PAGE}, {}),
        (WWW, {APEX: b"nonsense", WWW: PAGE}, {}),
    ],
)
async def test_only_redirects_from_top_to_top_count(
    proxy: ScriptedServer, home: str, answers: dict[str, Answer], expected: dict[str, str]
) -> None:
    assert await twins(proxy, home, answers) == expected
    assert len(proxy.requests) == 4


@pytest.mark.parametrize(
    "home", ["http://127.0.0.1/", "http://example.gov:8080/", "http://localhost/", "http://[::1]/"]
)
async def test_hosts_without_twins_are_not_asked(proxy: ScriptedServer, home: str) -> None:
    assert await twins(proxy, home, {}) == {}
    assert proxy.requests == []


async def test_a_twin_that_never_answers_holds_nothing_up(proxy: ScriptedServer) -> None:
    async def silence(_writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(3)

    assert await twins(proxy, WWW, {APEX: silence, WWW: PAGE}) == {}


def test_an_address_moves_to_its_twin_whole() -> None:
    assert with_twin(f"{APEX}/a?x=1", {APEX: WWW}) == f"{WWW}/a?x=1"
    assert with_twin("http://example.gov.uk/a", {APEX: WWW}) == "http://example.gov.uk/a"
    assert with_twin(f"{WWW}/a", {APEX: WWW}) == f"{WWW}/a"
