"""Pages made as restless as the real web makes them, without one barrier more or less.

What a scan finds must not hang on how long an answer takes, which ids a framework draws, when an image loads
or what a banner is doing at the moment: `Noise` is served in the tests that prove it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

LONGEST_WAIT_S = 0.3

REFERENCES = (
    "for",
    "form",
    "headers",
    "list",
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-labelledby",
    "aria-owns",
)
"""Attributes that hold one or more ids of the same page."""

ANCHORS = ("main", "section", "h1", "h2", "h3", "h4", "h5", "h6")
"""Elements whose ids other pages may link to; frameworks leave those alone."""

BANNER = """
<div class="noise">
  <style>
    .noise { padding: .5rem 1.25rem; background: #0a3531; color: #ffffff; }
    .noise span { display: inline-block; animation: noise 1.6s ease-in-out 3; }
    @keyframes noise { 50% { transform: translateX(1.5rem); } }
  </style>
  <span>Visitors today: <b>COUNT</b></span>
  <script>
    (function () {
      var count = document.querySelector(".noise b");
      var timer = setInterval(function () { count.textContent = Number(count.textContent) + 1; }, 90);
      setTimeout(function () { clearInterval(timer); }, STOP);
    })();
  </script>
</div>
"""
"""Moves and counts for less than five seconds, so that it is no barrier itself."""


@dataclass(frozen=True, slots=True)
class Noise:
    """The same noise for the same seed and path; another seed is another day on the web."""

    seed: int

    def latency(self, path: str) -> float:
        """How long the answer for a path waits: 0 to 300 ms."""
        return random.Random(f"{self.seed} latency {path}").uniform(0, LONGEST_WAIT_S)

    def mutate(self, path: str, html: str) -> str:
        """The page at a path, made restless."""
        return noisy(html, random.Random(f"{self.seed} page {path}"))


def noisy(html: str, draw: random.Random) -> str:
    """The page with other ids, lazy images and a banner in its header that moves for a while."""
    soup = BeautifulSoup(html, "html.parser")
    _rename_ids(soup, draw)
    for image in soup.select("img"):
        image["loading"] = "lazy"
    if header := soup.select_one("header"):
        header.insert(0, BeautifulSoup(_banner(draw), "html.parser"))
    return str(soup)


def _banner(draw: random.Random) -> str:
    count, stop_ms = draw.randrange(1000, 9000), draw.randrange(200, 1800)
    return BANNER.strip().replace("COUNT", str(count)).replace("STOP", str(stop_ms))


def _rename_ids(soup: BeautifulSoup, draw: random.Random) -> None:
    renamed: dict[str, str] = {}
    for element in soup.select("[id]"):
        if element.name not in ANCHORS:
            old = _text(element, "id")
            renamed[old] = f"{old}-{draw.getrandbits(32):08x}"
            element["id"] = renamed[old]
    for name in REFERENCES:
        for element in soup.select(f"[{name}]"):
            element[name] = " ".join(renamed.get(part, part) for part in _text(element, name).split())
    for link in soup.select('a[href^="#"]'):
        target = _text(link, "href")[1:]
        link["href"] = "#" + renamed.get(target, target)


def _text(element: Tag, name: str) -> str:
    value = element[name]
    return value if isinstance(value, str) else " ".join(value)
