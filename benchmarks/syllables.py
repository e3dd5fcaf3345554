"""How far the count of syllables is from the CMU dictionary: python benchmarks/syllables.py DICTIONARY [--sample N]

DICTIONARY is `index.js` of the npm package cmu-pronouncing-dictionary (`npm pack cmu-pronouncing-dictionary`). Prints,
for all of its words, for a seeded sample and for frequent words, how many get a number that the dictionary has too and
the mean error; by running text where the PyPI package wordfreq is installed, and Pyphen's count where that is. Words
that the exceptions list are left out of the counts of words and kept in those of running text, as readers meet them.
"""

from __future__ import annotations

import argparse
import importlib
import math
import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rules.plain.syllables import exceptions, syllables

SEED = 7
_ENTRY = re.compile(r"^\s+\"?([^\":\n]+?)(?:\(\d\))?\"?: \"([^\"]+)\"", re.MULTILINE)
FREQUENT = 3.0
"""Once in a million words, on the Zipf scale."""


def dictionary(path: Path) -> dict[str, frozenset[int]]:
    """The words of letters and apostrophes, each with the numbers of syllables of its pronunciations."""
    found: dict[str, set[int]] = {}
    for word, sounds in _ENTRY.findall(path.read_text("utf-8")):
        if re.fullmatch(r"[a-z']*[aeiouy][a-z']*", word):
            found.setdefault(word, set()).add(sum(character.isdigit() for character in sounds))
    return {word: frozenset(counts) for word, counts in found.items() if max(counts) > 0}


def optional(name: str) -> Any:
    """The package of that name, None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def by_pyphen() -> Callable[[str], int] | None:
    """Pyphen's count: one more than the places where the word may be broken."""
    pyphen = optional("pyphen")
    if pyphen is None:
        return None
    dic = pyphen.Pyphen(lang="en_US")
    return lambda word: len(dic.positions(word)) + 1


def error(counted: int, counts: frozenset[int]) -> int:
    """How far a count is from the nearest pronunciation: 0 when there is one with as many."""
    return min((counted - count for count in counts), key=abs)


def line(
    name: str,
    words: Sequence[str],
    known: Mapping[str, frozenset[int]],
    *,
    count: Callable[[str], int],
    weights: Sequence[float] | None = None,
) -> str:
    """A row: exact agreement in percent, mean error and mean absolute error in syllables a word."""
    each = weights or [1.0] * len(words)
    errors = [error(count(word), known[word]) for word in words]
    total = math.fsum(each)
    exact = math.fsum(weight for weight, off in zip(each, errors, strict=True) if not off) / total
    mean = math.fsum(weight * off for weight, off in zip(each, errors, strict=True)) / total
    apart = math.fsum(weight * abs(off) for weight, off in zip(each, errors, strict=True)) / total
    return f"{name:42} {len(words):7,} {100 * exact:6.1f} % {mean:+7.3f} {apart:7.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("--sample", type=int, default=5000)
    arguments = parser.parse_args()
    known = dictionary(arguments.dictionary)
    unlisted = sorted(known.keys() - exceptions().keys())
    drawn = random.Random(SEED).sample(unlisted, min(arguments.sample, len(unlisted)))
    frequency = optional("wordfreq")
    counters: dict[str, Callable[[str], int] | None] = {"Curbcut": syllables, "Pyphen": by_pyphen()}
    print(f"{'':42} {'words':>7} {'exact':>8} {'error':>7} {'|error|':>7}")
    for name, count in counters.items():
        if count is None:
            continue
        print(line(f"{name}, all words", unlisted, known, count=count))
        print(line(f"{name}, drawn words (seed {SEED})", drawn, known, count=count))
        if frequency is None:
            continue
        frequent = [word for word in unlisted if frequency.zipf_frequency(word, "en") >= FREQUENT]
        every = sorted(known)
        weights = [10 ** frequency.zipf_frequency(word, "en") for word in every]
        print(line(f"{name}, words once in a million or more", frequent, known, count=count))
        print(line(f"{name}, running text", every, known, count=count, weights=weights))


if __name__ == "__main__":
    main()
