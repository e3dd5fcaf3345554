"""How the barrier orders texts before and after plain language: python benchmarks/plain_pairs.py PAIRS.json [--all]

PAIRS.json holds `before_after` and `dont_say_say`, lists of objects with `before` and `after`. Prints for each pair the
lower end of the grade (with decimals) and the barrier of both texts, the share ordered right, the same with the one
constant that separates the two (the grade of a barrier of one half) fitted without the pair in question, the share of
pairs still ordered right when sentences are left out at random on both sides, each rule's findings before and after,
and how many pages of 1,000 words are judged in a second of one core's own time.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rules.model import DocumentRule
from rules.plain.barrier import MIDDLE, SLOPE, barrier, believed_grade
from rules.plain.findings import findings
from rules.plain.grades import Grade, grade
from rules.plain.prose import Finding
from rules.plain.style import USUAL
from rules.plain.units import prose
from rules.registry import load_rules

PAGE_WORDS = 1000
SPEED_S = 2.0
DRAWS = 12
SEED = 5


class Text(NamedTuple):
    """What is known of one side of a pair."""

    grade: float
    barrier: float
    found: Mapping[str, Sequence[Finding]]
    words: int
    band: Grade | None


class Pair(NamedTuple):
    """Both sides."""

    before: Text
    after: Text

    @property
    def is_right(self) -> bool:
        """Whether the barrier falls."""
        return self.before.barrier > self.after.barrier


def judged(text: str, rules: Sequence[DocumentRule]) -> Text:
    """A text with its grade, findings and barrier."""
    read = prose(text)
    found = {rule.info.id: findings(rule, read, USUAL) for rule in rules}
    return Text(believed_grade(read) or math.nan, barrier(read, found), found, len(text.split()), grade(read))


def middle(pairs: Sequence[Pair]) -> float:
    """The grade in the middle between the texts before and after."""
    before, after = ([side.grade for side in sides if not math.isnan(side.grade)] for sides in zip(*pairs, strict=True))
    return (statistics.median(before) + statistics.median(after)) / 2


def shifted(value: float, by: float) -> float:
    """A barrier with its odds moved, as by another middle of the grades."""
    return 1 / (1 + (1 - value) / max(value, 1e-12) * math.exp(by / SLOPE))


def left_out(pairs: Sequence[Pair]) -> tuple[float, float, int]:
    """Lowest and highest middle fitted without one pair, and how many texts fall on their side of one half by it."""
    fitted = [middle([*pairs[:number], *pairs[number + 1 :]]) for number in range(len(pairs))]
    right = sum(
        (shifted(pair.before.barrier, here - MIDDLE) > 0.5) + (shifted(pair.after.barrier, here - MIDDLE) < 0.5)
        for pair, here in zip(pairs, fitted, strict=True)
    )
    return min(fitted), max(fitted), right


def order_without_findings(pairs: Sequence[Mapping[str, str]]) -> str:
    """How many pairs the grade alone orders right, over other choices of the two constants that move its order."""
    texts = [(prose(one["before"]), prose(one["after"])) for one in pairs]
    right = []
    for easy in (3.0, 5.0, 7.0, 9.0):
        for few in (5.0, 20.0, 80.0):
            sides = [[believed_grade(side, easy=easy, few=few) or 0.0 for side in pair] for pair in texts]
            right.append(sum(before > after for before, after in sides))
    return f"{min(right)} to {max(right)} of {len(texts)}"


def thinned(text: str, keep: float, drawn: random.Random) -> str:
    """A text in which each sentence stays with the given chance, one of them at least."""
    read = prose(text)
    units = [[read.at(sentence) for sentence in unit.sentences] for unit in read.units]
    kept = [[sentence for sentence in unit if drawn.random() < keep] for unit in units]
    every = [sentence for unit in units for sentence in unit]
    return "\n\n".join(" ".join(unit) for unit in kept if unit) or drawn.choice(every)


def stretch(text: str, words: int, drawn: random.Random) -> str:
    """Sentences of a text that follow each other from one drawn at random, until they have so many words."""
    read = prose(text)
    every = [read.at(sentence) for unit in read.units for sentence in unit.sentences]
    first = drawn.randrange(len(every))
    last = first + 1
    while last < len(every) and sum(len(one.split()) for one in every[first:last]) < words:
        last += 1
    return "\n\n".join(every[first:last])


def print_parts(pairs: Sequence[Mapping[str, str]], rules: Sequence[DocumentRule]) -> None:
    """How many pairs are ordered right by parts of both texts, drawn apart from each other."""
    ways: dict[str, Callable[[str, random.Random], str]] = {
        "four of five sentences": lambda text, drawn: thinned(text, 0.8, drawn),
        "half of the sentences": lambda text, drawn: thinned(text, 0.5, drawn),
        "60 words": lambda text, drawn: stretch(text, 60, drawn),
        "one sentence": lambda text, drawn: stretch(text, 1, drawn),
    }
    for name, cut in ways.items():
        drawn = random.Random(SEED)
        right = sum(
            judged(cut(one["before"], drawn), rules).barrier > judged(cut(one["after"], drawn), rules).barrier
            for one in pairs
            for _ in range(DRAWS)
        )
        print(f"by {name}: {right} of {DRAWS * len(pairs)} right, {right / DRAWS / len(pairs):.1%}")


def print_pairs(pairs: Sequence[Pair]) -> None:
    """A row for each pair and what they come to."""
    print(f"{'words':>11} {'grade':>13} {'barrier':>15}")
    for before, after in pairs:
        mark = "" if before.barrier > after.barrier else "  wrong"
        print(
            f"{before.words:5} {after.words:5} {before.grade:6.1f} {after.grade:6.1f}"
            f" {before.barrier:7.3f} {after.barrier:7.3f}{mark}"
        )
    print(f"ordered right: {sum(pair.is_right for pair in pairs)} of {len(pairs)}")


def print_rules(pairs: Sequence[Pair]) -> None:
    """Each rule's findings before and after."""
    for rule in pairs[0].before.found:
        before, after = (sum(len(side.found[rule]) for side in sides) for sides in zip(*pairs, strict=True))
        print(f"{rule:34} {before:4} before {after:4} after")


def pages_a_second(texts: Sequence[str], rules: Sequence[DocumentRule]) -> float:
    """How many pages of 1,000 words are read, judged, graded and given their barrier in a second of the core's time."""
    words = " \n\n".join(texts).split(" ")
    pages = [" ".join(words[first : first + PAGE_WORDS]) for first in range(0, len(words) - PAGE_WORDS, PAGE_WORDS)]
    done, start = 0, time.process_time()
    while time.process_time() - start < SPEED_S:
        for page in pages:
            judged(page, rules)
        done += len(pages)
    return done / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--all", action="store_true", help="print the rows of don't say and say too")
    arguments = parser.parse_args()
    data = json.loads(arguments.pairs.read_text("utf-8"))
    rules = load_rules().document_rules
    pairs, rows = (
        [Pair(judged(one["before"], rules), judged(one["after"], rules)) for one in data[key]]
        for key in ("before_after", "dont_say_say")
    )
    print_pairs(pairs)
    for name, side in zip(("before", "after"), zip(*pairs, strict=True), strict=True):
        quarters = statistics.quantiles((text.barrier for text in side), n=4)
        print(f"barrier {name}: quartiles {', '.join(f'{value:.2f}' for value in quarters)}")
    low, high, right = left_out(pairs)
    print(f"one pair left out: middle {low:.1f} to {high:.1f}, {right} of {2 * len(pairs)} texts on their side of 0.5")
    print(f"by the grade alone, easy 3 to 9, few words 5 to 80: {order_without_findings(data['before_after'])} right")
    print_parts(data["before_after"], rules)
    print_rules(pairs)
    if arguments.all:
        print_pairs(rows)
    equal = sum(row.before.barrier == row.after.barrier for row in rows)
    print(f"don't say / say: {sum(row.is_right for row in rows)} of {len(rows)} right, {equal} equal")
    texts = [one[side] for one in data["before_after"] for side in ("before", "after")]
    print(f"speed: {pages_a_second(texts, rules):.0f} pages of {PAGE_WORDS:,} words a second")


if __name__ == "__main__":
    main()
