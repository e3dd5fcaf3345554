"""What one visitor sees who opens one page after the other, written down as plainly as the words of the documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from scanner.crawl.pattern import pattern

Graph = Sequence[Sequence[int]]


def drawn(seed: int, text: str) -> str:
    return sha256(f"{seed}\n{text}".encode()).hexdigest()


def in_order(graph: Graph, first: Sequence[int]) -> list[int]:
    """All pages, breadth first."""
    known = list(dict.fromkeys(first))
    for place in range(len(graph)):
        if place < len(known):
            known.extend(node for node in dict.fromkeys(graph[known[place]]) if node not in known)
    return known


def sampled(
    graph: Graph, first: Sequence[int], *, limit: int, window: int, seed: int, path: Callable[[int], str]
) -> tuple[list[tuple[int, bool]], list[int]]:
    """The pages picked, each with whether it was drawn; and all pages known at the end."""
    known = list(dict.fromkeys(first))
    picks: list[tuple[int, bool]] = []
    read = 0

    def read_on() -> None:
        nonlocal read
        known.extend(node for node in dict.fromkeys(graph[picks[read][0]]) if node not in known)
        read += 1

    def read_all() -> None:
        while read < len(picks):
            read_on()

    while len(picks) < limit:
        while read < max((len(picks) + 1) // 2, len(picks) - window + 1):
            read_on()
        if len(known) == len(picks):
            read_all()
        if len(known) == len(picks):
            break
        picks.append(next_pick(known, picks, limit=limit, seed=seed, path=path))
    read_all()
    return picks, known


def next_pick(
    known: Sequence[int], picks: Sequence[tuple[int, bool]], *, limit: int, seed: int, path: Callable[[int], str]
) -> tuple[int, bool]:
    """The home page, then each pattern once from the largest while half of the limit lasts, then draws."""
    if not picks:
        return known[0], False
    strata: dict[str, list[int]] = {}
    for node in known:
        strata.setdefault(pattern(path(node)), []).append(node)
    chosen = {node for node, random in picks if not random}
    at_random = {node for node, random in picks if random}
    left = {name: [n for n in nodes if n not in chosen | at_random] for name, nodes in strata.items()}
    untouched = [name for name, nodes in strata.items() if len(left[name]) == len(nodes)]
    choose = bool(untouched) and len(chosen) < limit // 2
    if choose:
        name = min(untouched, key=lambda name: (-len(strata[name]), drawn(seed, name)))
    else:
        frame = {name: len(set(nodes) - chosen) for name, nodes in strata.items()}
        whole = sum(frame.values())

        def behind(name: str) -> int:
            return (len(at_random) + 1) * frame[name] - len(at_random.intersection(strata[name])) * whole

        name = min((name for name in strata if left[name]), key=lambda name: (-behind(name), drawn(seed, name)))
    return min(left[name], key=lambda node: drawn(seed, path(node))), not choose
