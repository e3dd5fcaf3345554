"""`curbcut review`: list what needs a person, and write down what a person answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.commands import options

if TYPE_CHECKING:
    from reports.model import Review, Scan

NAME = Path("curbcut-reviews.txt")

Subject = Annotated[str | None, typer.Argument(metavar="FINGERPRINT", hidden=True)]
Answer = Annotated[str | None, typer.Option("--answer", metavar="WORD", help="no-problem or problem.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, in a sentence.")]
Person = Annotated[str | None, typer.Option("--name", metavar="NAME", help="Who looked at it and answers for that.")]
File = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="The answers; those of the settings by default.")
]


def review(
    results: options.Results,
    fingerprint: Subject = None,
    answer: Answer = None,
    reason: Reason = None,
    name: Person = None,
    file: File = None,
    config: options.Config = None,
    today: options.Today = None,
    debug: options.Debug = False,
) -> int:
    """List open questions, or write down a person's answer to one.

    RESULTS is a results.json, or the report folder that holds one. FINGERPRINT is that of an open question in there,
    or of a problem that is none.
    """
    from dataclasses import replace

    from reports.results import load_results
    from reports.reviews import load_reviews, save_reviews
    from rules.errors import UsageError
    from scanner.output import write
    from scanner.settings_sources import load_settings

    path = file or load_settings(config, {}, cwd=Path.cwd()).reviews or NAME
    known = load_reviews(path) if path.exists() else ()
    scan = load_results(options.results_file(results))
    if fingerprint is None:
        return _list(replace(scan, reviews=known))
    missing = [f"--{word}" for word, given in (("answer", answer), ("reason", reason), ("name", name)) if not given]
    if missing:
        raise UsageError(f"An answer needs {', '.join(missing)}.", do="See: curbcut review --help")
    new = _answer(scan, fingerprint, answer or "", reason or "", name or "", today or options.today())
    save_reviews(path, [*(one for one in known if one.fingerprint != fingerprint), new])
    write(f"written: {path}: {new.rule} {fingerprint} is {new.answer.replace('no-problem', 'no problem')}")
    return 0


def _list(scan: Scan) -> int:
    """Every question that is open still, with the fingerprint to answer it by."""
    from reports.baseline import identity_of
    from reports.problems import problems
    from reports.reviews import answered
    from reports.words import counted
    from rules.model import Verdict
    from scanner.output import write

    found = problems(answered(scan), verdict=Verdict.CANT_TELL)
    write(f"{counted(len(found), 'open question')}.")
    for question in found:
        page = scan.sites[question.site].pages[question.hits[0].page].url if question.hits else "the service"
        write(f"  {identity_of(question.rule.id, question.fingerprint)} {question.rule.id}: {question.headline}")
        write(f"      {page} {question.place.selector if question.place else ''}".rstrip())
    return 0


def _answer(scan: Scan, fingerprint: str, answer: str, reason: str, name: str, day: str) -> Review:
    from reports.model import Review
    from reports.reviews import ANSWERS, largest_counts
    from rules.errors import UsageError

    if answer not in ANSWERS:
        raise UsageError(f"{answer!r} is no answer.", do=f"Use one of: {', '.join(ANSWERS)}.")
    found = largest_counts(scan).get(fingerprint)
    if found is None:
        raise UsageError(f"These results have no question or problem {fingerprint}.", do="See: curbcut review RESULTS")
    rule, count = found
    if '"' in name or not all(map(str.isprintable, name + reason)) or not reason.strip() or not name.strip():
        raise UsageError("Name and reason are words on one line, the name without quotation marks.")
    return Review(fingerprint, rule, answer, count, day, name.strip(), reason.strip())
