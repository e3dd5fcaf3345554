"""A field without a name says why it has none where the reason is known."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rules.forms.label import label
from rules.page import Page

Look = Callable[[str], Awaitable[Page]]


async def test_a_field_whose_id_stands_twice_says_so(look_at: Look) -> None:
    page = await look_at(
        "<html lang=en><title>Apply</title><label for=name>Name</label><input id=name>"
        "<label for=name>Name</label><input id=name><input id=other>"
    )
    messages = [outcome.message for outcome in label.judge(page)]
    assert messages == [
        "",
        "This field has no name: its id “name” stands on the page more than once, and a label names only the first.",
        "This field has no name.",
    ]
