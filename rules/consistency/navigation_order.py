"""Judges whether navigation that stands on several pages keeps the order of its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rules import Link, PageDigest, SiteOutcome, Verdict, short, site_rule

_FEWEST_SHARED = 3
_MOST_ODD = 1 / 3
_BLOCK_LIMIT = 1_000


@site_rule(
    title="Navigation keeps the order of its links on all pages",
    why="People who learn where a link stands, because they see little at a time or read slowly, lose it again.",
    fix="Let all pages list the links of a navigation in the same order; links may be missing.",
    wcag=("3.2.3",),
    impact="moderate",
    scope="page",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 9.B",
)
def navigation_order(pages: tuple[PageDigest, ...]) -> Iterator[SiteOutcome]:
    """Links that a navigation landmark has on several pages keep their relative order (WCAG failure F66).

    Compared are landmarks in the same part of different pages that share three links or more, and half of the
    links of the smaller one. A link is its name and target; one that occurs twice in a landmark does not count.
    Pages fail whose order a third at most of the pages have; where no order has such a majority, nobody can
    tell which is meant.
    """
    blocks = _blocks(pages)
    steady: set[str] = set()
    found: dict[tuple[Verdict, str, Link, Link], set[str]] = {}
    for block in blocks:
        peers = [other for other in blocks if other is not block and block.resembles(other)]
        swap, share = _worst_swap(block, peers)
        if swap is None:
            steady.update(block.pages if peers or len(block.pages) > 1 else ())
        else:
            verdict = Verdict.FAILED if share <= _MOST_ODD else Verdict.CANT_TELL
            first, second = sorted(swap)
            found.setdefault((verdict, block.title, first, second), set()).update(block.pages)
    for (verdict, title, one, other), where in found.items():
        steady -= where
        names = f"“{short(one.name)}” and “{short(other.name)}”"
        said = f"{names} do not stand in the order that the navigation{title} has on most pages."
        asked = f"Did people themselves change the order of {names} in the navigation{title}?"
        yield SiteOutcome(
            verdict, said if verdict is Verdict.FAILED else asked, tuple(sorted(where)), f"{title}\n{one}\n{other}"
        )
    if steady:
        yield SiteOutcome(Verdict.PASSED, pages=tuple(sorted(steady)))


@dataclass(frozen=True, slots=True)
class _Block:
    """A list of links as it stands in a navigation landmark, with all pages that have exactly this list."""

    title: str
    part: str
    links: tuple[Link, ...]
    places: dict[Link, int]
    pages: frozenset[str]

    def resembles(self, other: _Block) -> bool:
        """Whether both are the same navigation: two on one page are not, whatever they share."""
        if self.part != other.part or not self.pages.isdisjoint(other.pages):
            return False
        shared = len(self.places.keys() & other.places.keys())
        return shared >= max(_FEWEST_SHARED, min(len(self.links), len(other.links)) / 2)


def _blocks(pages: tuple[PageDigest, ...]) -> list[_Block]:
    """The lists of links that any page has, those on the most pages first."""
    where: dict[tuple[str, tuple[Link, ...]], set[str]] = {}
    titles: dict[tuple[str, tuple[Link, ...]], str] = {}
    for page in pages:
        for navigation in page.navigation:
            counts = Counter(navigation.links)
            key = navigation.place, tuple(link for link in navigation.links if counts[link] == 1)
            if len(key[1]) >= _FEWEST_SHARED:
                where.setdefault(key, set()).add(page.url)
                titles.setdefault(key, f" “{short(navigation.name)}”" if navigation.name else "")
    ranked = sorted(where, key=lambda key: (-len(where[key]), key))[:_BLOCK_LIMIT]
    return [
        _Block(titles[key], part, links, {link: place for place, link in enumerate(links)}, frozenset(where[key]))
        for key in ranked
        for part, links in [key]
    ]


def _worst_swap(block: _Block, peers: list[_Block]) -> tuple[tuple[Link, Link] | None, float]:
    """The two links whose order is most alone, with the share of pages that have it; None where none is."""
    worst: tuple[tuple[Link, Link] | None, float] = (None, 0.5)
    contested = [peer for peer in peers if _differ(block, peer)]
    for one, other in combinations(block.links, 2) if contested else ():
        holds = [peer for peer in peers if one in peer.places and other in peer.places]
        against = sum(len(peer.pages) for peer in holds if peer.places[one] > peer.places[other])
        same = len(block.pages) + sum(len(peer.pages) for peer in holds if peer.places[one] < peer.places[other])
        share = same / (same + against)
        if against and (share < worst[1] or (share == worst[1] and worst[0] is None)):
            worst = ((one, other), share)
    return worst


def _differ(block: _Block, peer: _Block) -> bool:
    shared = [peer.places[link] for link in block.links if link in peer.places]
    return shared != sorted(shared)
