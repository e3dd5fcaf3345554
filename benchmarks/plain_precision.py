"""How often rules on words are right: python benchmarks/plain_precision.py draw FOLDER… | count TABLE

`draw` reads the English HTML documents in the folders (unpacked -doc packages, one folder each) and prints a table of
findings drawn at random, tab-separated, for a person to judge: rule, package, file, the words found, the sentence. It
takes the findings with the lowest hashes of a seed and their place, at most two of a rule in one file and each sentence
once, so that the same documents give the same table. The person adds verdict (right or wrong) and reason behind them.

`count` prints for each rule of such a table how many findings were right.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import heapq
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rules.errors import CurbcutError
from rules.model import DocumentRule
from rules.plain.findings import findings
from rules.plain.prose import Finding, Prose
from rules.plain.style import USUAL
from rules.registry import load_rules
from scanner.wording.html import html_prose

COLUMNS = ("rule", "package", "file", "words", "sentence", "verdict", "reason")
OF_A_FILE = 2
CHARACTERS = 300
FEWEST_WORDS = 100


class Drawn(NamedTuple):
    """A finding with the hash by which it is drawn."""

    rank: str
    rule: str
    package: str
    file: str
    words: str
    sentence: str


def ranked(*parts: object) -> str:
    """The hash that decides what is drawn."""
    return hashlib.sha256("\t".join(map(str, parts)).encode()).hexdigest()


def documents(folder: Path, *, seed: int, most: int) -> Iterator[tuple[str, Prose]]:
    """Up to `most` English documents of a package that are long enough to be prose, with their paths in it."""
    named = [path for path in folder.rglob("*.html*") if path.suffix in (".html", ".en") and path.is_file()]
    taken = 0
    for path in sorted(named, key=lambda path: ranked(seed, path.relative_to(folder))):
        if taken == most:
            return
        try:
            prose = html_prose(path.read_bytes())
        except (CurbcutError, ValueError):
            continue
        if prose.language == "en" and len(prose.words) >= FEWEST_WORDS:
            taken += 1
            yield str(path.relative_to(folder)), prose


def in_sentence(prose: Prose, finding: Finding) -> str:
    """The sentence in which a finding begins, cut to what a person needs to judge."""
    for unit in prose.units:
        for sentence in unit.sentences:
            if sentence.start <= finding.start < sentence.end:
                first = max(sentence.start, min(finding.start - CHARACTERS // 2, sentence.end - CHARACTERS))
                return " ".join(prose.text[first : min(sentence.end, first + CHARACTERS)].split())
    return " ".join(prose.text[finding.start : finding.start + CHARACTERS].split())


def drawn(folders: Sequence[Path], rules: Sequence[DocumentRule], *, seed: int, most: int) -> Iterator[Drawn]:
    """All findings that may be drawn."""
    for folder in folders:
        for file, prose in documents(folder, seed=seed, most=most):
            for rule in rules:
                here = [
                    Drawn(
                        ranked(seed, rule.info.id, folder.name, file, one.start),
                        rule.info.id,
                        folder.name.removeprefix("x_"),
                        file,
                        " ".join(prose.text[one.start : one.end].split())[:CHARACTERS],
                        in_sentence(prose, one),
                    )
                    for one in findings(rule, prose, USUAL)
                ]
                yield from heapq.nsmallest(OF_A_FILE, here)


def draw(arguments: argparse.Namespace) -> None:
    """Prints the table of findings to judge."""
    rules = [
        rule for rule in load_rules(plugins=()).document_rules if not arguments.rule or rule.info.id in arguments.rule
    ]
    by_rule: dict[str, list[Drawn]] = defaultdict(list)
    every = sorted(drawn(arguments.folders, rules, seed=arguments.seed, most=arguments.documents))
    for one in {(one.rule, one.words, one.sentence): one for one in reversed(every)}.values():
        by_rule[one.rule].append(one)
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for rule in sorted(by_rule):
        for one in heapq.nsmallest(arguments.each, by_rule[rule]):
            writer.writerow((*one[1:], "", ""))
    print({rule: len(found) for rule, found in sorted(by_rule.items())}, file=sys.stderr)


def count(arguments: argparse.Namespace) -> None:
    """Prints how many findings of each rule were right."""
    with arguments.table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    right = Counter(row["rule"] for row in rows if row["verdict"] == "right")
    every = Counter(row["rule"] for row in rows)
    for rule in sorted(every):
        print(f"| {rule} | {every[rule]} | {right[rule]} | {right[rule] / every[rule]:.0%} |")
    print(f"{sum(right.values())} of {len(rows)} right, {len(every)} rules")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("folders", nargs="+", type=Path)
    drawing.add_argument("--seed", type=int, default=7)
    drawing.add_argument("--each", type=int, default=15, help="findings of each rule")
    drawing.add_argument("--documents", type=int, default=60, help="documents of each package")
    drawing.add_argument("--rule", action="append", default=[], help="only this rule")
    drawing.set_defaults(run=draw)
    counting = commands.add_parser("count")
    counting.add_argument("table", type=Path)
    counting.set_defaults(run=count)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
