"""Heads of requests are read exactly or not at all, and nothing that concerns the proxy is passed on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.net.heads import BadHead, Head, basic


def head(*lines: str) -> Head:
    return Head.parse("\r\n".join([*lines, "", ""]).encode("latin-1"))


@pytest.mark.parametrize(
    ("line", "host", "port", "path"),
    [
        ("GET http://example.gov/a?b=//c HTTP/1.1", "example.gov", 80, "/a?b=//c"),
        ("GET http://EXAMPLE.gov:8080 HTTP/1.1", "example.gov", 8080, "/"),
        ("GET http://example.gov?q HTTP/1.1", "example.gov", 80, "/?q"),
        ("GET http://[::1]:81/x HTTP/1.1", "::1", 81, "/x"),
        ("CONNECT example.gov.:443 HTTP/1.1", "example.gov", 443, ""),
        ("CONNECT [::1]:8443 HTTP/1.1", "::1", 8443, ""),
    ],
)
def test_where_a_request_goes(line: str, host: str, port: int, path: str) -> None:
    found = head(line)
    assert (found.host, found.port, found.path) == (host, port, path)


def test_what_is_sent_on_is_nothing_of_the_connection() -> None:
    given = head(
        "GET http://example.gov:81/a HTTP/1.1",
        "Host: example.gov:81",
        "Proxy-Authorization: " + basic("me", "pa:ss").decode(),
        "Proxy-Connection: keep-alive",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Accept: a,b",
    )
    assert given.credentials == ("me", "pa:ss")
    assert given.written(given.path) == b"GET /a HTTP/1.1\r\nhost: example.gov:81\r\naccept: a,b\r\n\r\n"
    assert given.written(given.url, (b"x", b"y")).startswith(b"GET http://example.gov:81/a HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "lines",
    [
        ["GET /a HTTP/1.1"],
        ["GET ftp://example.gov/ HTTP/1.1"],
        ["GET http://example.gov:x/ HTTP/1.1"],
        ["GET http:/// HTTP/1.1"],
        ["GET http://example.gov/ HTTP/2"],
        ["GET http://example.gov/ a HTTP/1.1"],
        ["GET http://example.gov/ HTTP/1.1", "no colon"],
        ["GET http://example.gov/ HTTP/1.1", "a : b"],
        ["GET http://example.gov/ HTTP/1.1", " folded: b"],
        ["GET http://example.gov/ HTTP/1.1", "a: b\nc: d"],
    ],
)
def test_what_is_no_request_is_refused(lines: list[str]) -> None:
    with pytest.raises(BadHead):
        head(*lines)


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ([], 0),
        (["Content-Length: 12"], 12),
        (["Transfer-Encoding: chunked"], None),
        (["Content-Length: 12", "Content-Length: 12"], 12),
    ],
)
def test_how_much_follows(fields: list[str], body: int | None) -> None:
    assert head("POST http://example.gov/ HTTP/1.1", *fields).body == body


@pytest.mark.parametrize(
    "fields",
    [
        ["Content-Length: 1", "Content-Length: 2"],
        ["Content-Length: +1"],
        ["Content-Length: 1", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: gzip, chunked"],
    ],
)
def test_an_unclear_length_is_refused(fields: list[str]) -> None:
    with pytest.raises(BadHead):
        _ = head("POST http://example.gov/ HTTP/1.1", *fields).body


@given(st.binary(max_size=200))
def test_any_bytes_are_a_head_or_not(raw: bytes) -> None:
    for whole in (raw + b"\r\n\r\n", b"GET http://" + raw + b" HTTP/1.1\r\n\r\n", b"GET http://a/ HTTP/1.1\r\n" + raw):
        try:
            found = Head.parse(whole)
        except BadHead:
            continue
        assert found.host
        assert b"\n" not in found.written(found.path).replace(b"\r\n", b"")
