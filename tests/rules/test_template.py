"""Pages made from one template share their kind however much they hold; pages of different make do not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from rules.page import Page
from rules.template import template

LookAt = Callable[[str], Awaitable[Page]]

SHELL = (
    "<html lang=en><title>T</title><body class='page-{0}'><div class=canvas>"
    "<header class=top><nav><a href=/>A</a></nav>"
    "<form role=search><input name=q aria-label=Search></form></header><div class=layout><main>{1}</main></div>"
    "<footer class=bottom>B</footer></div>"
)
ARTICLE = "<h1>A</h1><div class=story><h2>B</h2><p>C</div>"
OLD = "<html lang=en><title>T</title><body><div class=head><h1>A</h1></div><div class={0}><h2>B</h2><p>C</div>"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHELL.format(1, ARTICLE), SHELL.format(2, ARTICLE * 9)),
        (SHELL.format(1, ARTICLE), SHELL.format(1, ARTICLE + "<div class=note>D</div><ul class=links><li>E</ul>")),
        (SHELL.format(1, ARTICLE), SHELL.format(1, ARTICLE.replace("story", "story story--open is-new"))),
        (SHELL.format(1, ARTICLE), SHELL.format(1, f"<div>{ARTICLE}</div><table><td>D</table>")),
        (SHELL.format(1, ARTICLE), SHELL.format(1, ARTICLE.replace("<p>", "<div class=hero><h2>D</h2></div>"))),
        (SHELL.format(1, ARTICLE.replace("y", "y-1ab2c3")), SHELL.format(1, ARTICLE.replace("y", "y-9f8e7d"))),
        (OLD.format("chapter"), OLD.format("chapter") + "<div class=chapter><h2>D</h2></div>"),
    ],
)
async def test_the_same_kind(look_at: LookAt, one: str, other: str) -> None:
    assert template(await look_at(one)) == template(await look_at(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHELL.format(1, ARTICLE), SHELL.format(1, ARTICLE.replace("story", "listing"))),
        (SHELL.format(1, ARTICLE), SHELL.format(1, f"<nav class=side>D</nav>{ARTICLE}")),
        (SHELL.format(1, ARTICLE), SHELL.format(1, f"{ARTICLE}<label>D <input name=d></label>")),
        (OLD.format("chapter"), OLD.format("appendix")),
        (OLD.format("chapter"), SHELL.format(1, ARTICLE)),
    ],
)
async def test_another_kind(look_at: LookAt, one: str, other: str) -> None:
    assert template(await look_at(one)) != template(await look_at(other))


async def test_a_kind_has_8_digits_even_where_there_is_nothing(look_at: LookAt) -> None:
    for page in (await look_at("<title>T</title>Closed"), Page("https://example.org/")):
        assert len(template(page)) == 8
        assert int(template(page), 16) >= 0


async def test_a_kind_keeps_its_identity_from_scan_to_scan(look_at: LookAt) -> None:
    """Results of earlier scans hold these digits: with others, a kind of page would seem gone and another new."""
    assert template(await look_at(SHELL.format(1, ARTICLE))) == "2a26ebe4"
