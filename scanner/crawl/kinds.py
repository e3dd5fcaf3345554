"""How much of each kind of page is known and was looked at, as far as addresses tell about pages nobody opened.

A page that was looked at has its kind from its rendered structure (`rules.template`), the same in every scan. A
page that was not is predicted to be of the kind that most pages of its pattern turned out to be, or else most
of the nearest wider pattern; where there are none, it is of a kind that nobody has seen yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.model import KindSample
from scanner.crawl.pattern import wider


@dataclass(frozen=True, slots=True)
class Look:
    """A page that was visited: the pattern of its address, and its template, empty where it could not be tested."""

    pattern: str
    template: str
    url: str
    title: str = ""


def kinds_of(looks: Sequence[Look], known: Mapping[str, int]) -> tuple[KindSample, ...]:
    """The kinds of page of a site: those looked at by template, then those that nobody has seen by pattern.

    `known` says how many addresses of each pattern are known, visited or not; none of them is a duplicate.
    """
    around = _around(looks)
    visited = Counter(look.pattern for look in looks)
    predicted: Counter[str] = Counter()
    unseen: Counter[str] = Counter()
    for pattern, count in known.items():
        left = count - visited[pattern]
        if left <= 0:
            continue
        template = _prediction(pattern, around, visited)
        if template:
            predicted[template] += left
        else:
            unseen[pattern if visited[pattern] else _broadest(pattern)] += left
    of_kind: dict[str, list[Look]] = defaultdict(list)
    for look in looks:
        if look.template:
            of_kind[look.template].append(look)
    seen = [_seen(template, of_kind[template], predicted[template]) for template in sorted(of_kind)]
    return (*seen, *(KindSample("", count, 0, pattern) for pattern, count in sorted(unseen.items())))


def _around(looks: Sequence[Look]) -> Mapping[str, Counter[str]]:
    """How many pages of each template lie in each pattern, wider ones included."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for look in looks:
        if look.template:
            for pattern in _patterns(look.pattern):
                found[pattern][look.template] += 1
    return dict(found)


def _prediction(pattern: str, around: Mapping[str, Counter[str]], visited: Mapping[str, int]) -> str:
    # Pages of this very pattern that could not be tested say more than tested ones further away.
    where = [pattern] if visited[pattern] else list(_patterns(pattern))
    found = next((around[name] for name in where if name in around), None)
    return min(found, key=lambda template: (-found[template], template)) if found else ""


def _seen(template: str, looks: Sequence[Look], predicted: int) -> KindSample:
    """The kind with the narrowest of the patterns that hold most of its pages, and its first page in there."""
    count = Counter(pattern for look in looks for pattern in _patterns(look.pattern))
    telling = min(count, key=lambda name: (-count[name], -name.count("/"), name.count("*"), name))
    example = next(look for look in looks if telling in _patterns(look.pattern))
    return KindSample(template, len(looks) + predicted, len(looks), telling, example.url, example.title)


def _patterns(own: str) -> Iterator[str]:
    yield own
    yield from wider(own)


def _broadest(pattern: str) -> str:
    """What nobody has seen anything of: a whole section rather than each of its parts."""
    return pattern if "?" in pattern else list(_patterns(pattern))[-1]
