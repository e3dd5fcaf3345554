"""Snippets of pages behind a login show structure and no content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.probes.masking import masked_snippet


@pytest.mark.parametrize(
    ("snippet", "masked"),
    [
        ('<a class="nav" href="/case/4711">Jane Doe</a>', '<a class="nav" href="•">•</a>'),
        ('<img alt="Jane" src=/jane.png role="img">', '<img alt="•" src="•" role="img">'),
        ("<p title='x > y'>A <b>b</b> c", '<p title="•">•<b>•</b>•'),
        ('<button aria-expanded="false" aria-label="Case 12">', '<button aria-expanded="false" aria-label="•">'),
        ('<td data-name="Jane Do', '<td data-name="•"'),
        ("<br>", "<br>"),
    ],
)
def test_content_is_taken_out(snippet: str, masked: str) -> None:
    assert masked_snippet(snippet) == masked


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.from_regex(r"[b-df-hj-np-tv-z]{9,12}", fullmatch=True))
def test_no_text_or_address_is_left(tag: str, secret: str) -> None:
    for snippet in (f"<{tag}>{secret}</{tag}>", f'<{tag} href="/{secret}" alt="{secret}">', f"<{tag} title={secret}>"):
        assert secret not in masked_snippet(snippet)
