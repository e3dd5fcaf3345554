"""Noise changes ids, loading and motion, keeps what belongs together together, and repeats itself by seed."""

from __future__ import annotations

from random import Random

import pytest
from bs4 import BeautifulSoup

from scanner.demo.files import SITE, pages
from scanner.demo.noise import ANCHORS, REFERENCES, Noise, noisy

PAGES = {page: (SITE / page).read_text("utf-8") for page in pages()}

FORM = """
<header></header>
<main id="content">
  <a href="#note">Note</a> <a href="#content">Content</a> <a href="other.html#note">Other</a>
  <label for="name">Name</label>
  <input id="name" aria-describedby="note nothing hint"><p id="note">A</p><p id="hint">B</p>
  <h2 id="topic">Topic</h2><div aria-labelledby="topic note">C</div>
  <img src="a.png" alt="">
</main>
"""


def test_references_follow_their_ids() -> None:
    soup = BeautifulSoup(noisy(FORM, Random(1)), "html.parser")
    name, note, hint = (str(element["id"]) for element in soup.select("input, p"))
    assert name.startswith("name-")
    assert [label["for"] for label in soup.select("label")] == [name]
    assert [field["aria-describedby"] for field in soup.select("input")] == [f"{note} nothing {hint}"]
    assert [part["aria-labelledby"] for part in soup.select("[aria-labelledby]")] == [f"topic {note}"]
    assert [link["href"] for link in soup.select("a")] == [f"#{note}", "#content", "other.html#note"]


def test_images_are_lazy_and_a_banner_moves() -> None:
    soup = BeautifulSoup(noisy(FORM, Random(1)), "html.parser")
    assert [image["loading"] for image in soup.select("img")] == ["lazy"]
    assert len(soup.select("header .noise")) == 1


def test_without_a_header_there_is_no_banner() -> None:
    assert "noise" not in noisy("<main><p>Text</p></main>", Random(1))


def test_repeats_by_seed() -> None:
    one, other = Noise(seed=1), Noise(seed=2)
    assert one.mutate("/", FORM) == one.mutate("/", FORM)
    assert one.mutate("/", FORM) != other.mutate("/", FORM)
    assert one.mutate("/", FORM) != one.mutate("/news/", FORM)
    assert one.latency("/") == one.latency("/") != other.latency("/")


@pytest.mark.parametrize("page", pages())
def test_nothing_else_of_a_page_changes(page: str) -> None:
    noisy_soup = BeautifulSoup(noisy(PAGES[page], Random(3)), "html.parser")
    for banner in noisy_soup.select(".noise"):
        banner.decompose()
    assert _bare(noisy_soup) == _bare(BeautifulSoup(PAGES[page], "html.parser"))


@pytest.mark.parametrize("page", pages())
def test_every_reference_still_resolves(page: str) -> None:
    before, after = (BeautifulSoup(html, "html.parser") for html in (PAGES[page], noisy(PAGES[page], Random(3))))
    assert _resolved(before) == _resolved(after) > 0


def _bare(soup: BeautifulSoup) -> str:
    for element in soup.select("*"):
        if element.name not in ANCHORS:
            element.attrs.pop("id", None)
        for name in ("loading", *REFERENCES):
            element.attrs.pop(name, None)
    return str(soup)


def _resolved(soup: BeautifulSoup) -> int:
    ids = {str(element["id"]) for element in soup.select("[id]")}
    parts = [part for name in REFERENCES for element in soup.select(f"[{name}]") for part in str(element[name]).split()]
    links = [str(link["href"])[1:] for link in soup.select('a[href^="#"]')]
    return sum(part in ids for part in (*parts, *links))
