"""How far a number from drawn pages may be from that of all pages: a stratified bootstrap, exactly repeatable.

Kinds of page (templates) are the strata. Only pages that were drawn at random vary; pages that were chosen
(home page, named by a person) stay. Each stratum is resampled after Rao, Wu and Yue (1992, "Some recent
work on resampling methods for complex surveys", Survey Methodology 18): n − 1 of its n pages are drawn
with replacement, and weights shrink with the part of the pages that was looked at. So the spread of a
mean is right even for two pages, and zero when every page was looked at.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page: `pages` are the positions of its tested pages, `known` how many the site has."""

    template: str
    pages: tuple[int, ...]
    known: float


@dataclass(frozen=True, slots=True)
class Stratum:
    """Positions of pages that are resampled together; `spread` is √(1 − looked at / known), from 0 to 1."""

    pages: tuple[int, ...]
    spread: float


def make_strata(kinds: Sequence[Kind], drawn: Sequence[bool]) -> tuple[Stratum, ...]:
    """The strata of a site: a kind with two or more drawn pages is one, the others are pooled.

    `drawn` says for each page whether it was drawn at random. A pool of one page cannot vary, so it takes
    in the smallest kind.
    """
    drawn_of = {kind.template: tuple(page for page in kind.pages if drawn[page]) for kind in kinds}
    varying = sorted(
        (kind for kind in kinds if drawn_of[kind.template]), key=lambda k: (len(drawn_of[k.template]), k.template)
    )
    pool = [kind for kind in varying if len(drawn_of[kind.template]) == 1]
    own = varying[len(pool) :]
    if len(pool) == 1 and own:
        pool.append(own.pop(0))
    strata = [[kind] for kind in own] + ([pool] if pool else [])
    return tuple(_stratum(members, drawn_of) for members in strata)


def draws(strata: Sequence[Stratum], *, pages: int, count: int, seed: int) -> Iterator[list[float]]:
    """`count` lists of weights, one weight a page, 1 on average; the same for the same seed, always.

    Only `Random.random` is used, because it alone is promised to stay the same between Python versions.
    """
    random = Random(seed).random
    for _ in range(count):
        weights = [1.0] * pages
        for stratum in strata:
            n = len(stratum.pages)
            if n < 2 or stratum.spread == 0:
                continue
            share = stratum.spread * n / (n - 1)
            for page in stratum.pages:
                weights[page] = 1 - stratum.spread
            for _ in range(n - 1):
                weights[stratum.pages[int(random() * n)]] += share
        yield weights


def likely_range(drawn: Sequence[float], point: float, *, level: float) -> tuple[float, float]:
    """The middle `level` of the drawn values, widened to hold the point estimate."""
    ranked = sorted(drawn)
    outside = int(len(ranked) * (1 - level) / 2 + 1e-9)
    return min(ranked[outside], point), max(ranked[-1 - outside], point)


def _stratum(members: Sequence[Kind], drawn_of: dict[str, tuple[int, ...]]) -> Stratum:
    pages = tuple(page for kind in members for page in drawn_of[kind.template])
    chosen = sum(len(kind.pages) for kind in members) - len(pages)
    frame = math.fsum(kind.known for kind in members) - chosen
    return Stratum(pages, math.sqrt(max(0.0, 1 - len(pages) / frame)) if frame > 0 else 0.0)
