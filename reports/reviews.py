"""What people answered when they looked at a problem or at an open question, and what follows from it.

An answer goes by fingerprint, so it holds wherever the component stands. But a fingerprint knows no words: the
next picture in the same place may need another answer. So each answer says how many of it a page had, and
where there are more, the question is open again.

::

    # Curbcut answers 1
    0a1b2c3d4e5f6071 image-alt no-problem 2 2026-11-23 "Ada Lovelace"  The pattern only decorates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar, get_args

from reports.baseline import identity
from reports.model import PageResult, Review, Scan, SiteResult
from reports.results import write_whole
from rules.errors import ConfigError
from rules.model import PageOutcome, SiteOutcome, Verdict

FORMAT = "1"
Answer = Literal["no-problem", "problem"]
ANSWERS: tuple[str, ...] = get_args(Answer)

_HEAD = f"# Curbcut answers {FORMAT}"
_LINE = re.compile(
    r"(?P<fingerprint>[0-9a-f]{16}) (?P<rule>\S+) (?P<answer>\S+) (?P<count>[1-9][0-9]{0,8}) "
    r'(?P<day>\d{4}-\d\d-\d\d) "(?P<name>[^"]+)"\s+(?P<reason>\S.*)'
)
AnyOutcome = TypeVar("AnyOutcome", PageOutcome, SiteOutcome)

_OPEN = (Verdict.FAILED, Verdict.CANT_TELL)


def answered(scan: Scan) -> Scan:
    """The scan as the people judged who answered: false alarms are none, and what was a question is decided.

    Scores, gate and reports are made of this; results.json keeps both what checks found and the answers.
    """
    if not scan.reviews:
        return scan
    known = {review.fingerprint: review for review in scan.reviews}
    return replace(scan, sites=tuple(_site(site, known) for site in scan.sites))


def set_aside(scan: Scan) -> Scan:
    """The scan with nothing in it but what people judged to be no problem, as failures, so that it can be listed."""
    judged = answered(scan)
    pairs = zip(scan.sites, judged.sites, strict=True)
    return replace(scan, sites=tuple(_only_dismissed(site, after) for site, after in pairs))


def _only_dismissed(before: SiteResult, after: SiteResult) -> SiteResult:
    pages = (
        replace(page, outcomes=_dismissed(page.outcomes, then.outcomes))
        for page, then in zip(before.pages, after.pages, strict=True)
    )
    return replace(before, pages=tuple(pages), site_outcomes=_dismissed(before.site_outcomes, after.site_outcomes))


def _dismissed(before: Iterable[AnyOutcome], after: Iterable[AnyOutcome]) -> tuple[AnyOutcome, ...]:
    pairs = zip(before, after, strict=True)
    return tuple(
        replace(one, verdict=Verdict.FAILED)
        for one, then in pairs
        if one.verdict in _OPEN and then.verdict is Verdict.PASSED
    )


def answers_for(scan: Scan, reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Those answers that are about something in a scan, in the order of their fingerprints."""
    found = largest_counts(scan)
    return tuple(sorted((one for one in reviews if one.fingerprint in found), key=lambda one: one.fingerprint))


def largest_counts(scan: Scan) -> dict[str, tuple[str, int]]:
    """By identity, the rule of every problem and open question, and how many of it a page has at most."""
    found: dict[str, tuple[str, int]] = {}
    for site in scan.sites:
        for concern in site.site_outcomes:
            if concern.verdict in _OPEN:
                found.setdefault(identity(concern), (concern.rule, 1))
        for page in site.pages:
            rules = {identity(one): one.rule for one in page.outcomes if one.verdict in _OPEN}
            for name, count in _counts(page).items():
                found[name] = max(found.get(name, (rules[name], 0)), (rules[name], count))
    return found


def _site(site: SiteResult, known: Mapping[str, Review]) -> SiteResult:
    concerns = tuple(_decided(outcome, known, 1) for outcome in site.site_outcomes)
    return replace(site, pages=tuple(_page(page, known) for page in site.pages), site_outcomes=concerns)


def _page(page: PageResult, known: Mapping[str, Review]) -> PageResult:
    counts = _counts(page)
    if not counts.keys() & known.keys():
        return page
    return replace(page, outcomes=tuple(_decided(one, known, counts[identity(one)]) for one in page.outcomes))


def _counts(page: PageResult) -> Counter[str]:
    counts: Counter[str] = Counter()
    for outcome in page.outcomes:
        if outcome.verdict in _OPEN:
            counts[identity(outcome)] += outcome.count
    return counts


def _decided(outcome: AnyOutcome, known: Mapping[str, Review], count: int) -> AnyOutcome:
    """The outcome under an answer to it; as it was where there is none, or where there is more than was answered."""
    review = known.get(identity(outcome)) if outcome.verdict in _OPEN else None
    if review is None or count > review.count:
        return outcome
    return replace(outcome, verdict=Verdict.FAILED if review.answer == "problem" else Verdict.PASSED)


def read_reviews(text: str, *, source: str) -> tuple[Review, ...]:
    """The answers in a text, one for each fingerprint; a ConfigError names the line that is wrong.

    Of several answers to one question the latest counts; two of one day must say the same.
    """
    known: dict[str, Review] = {}
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].strip() != _HEAD:
        raise ConfigError(f"The first line of a file of answers is: {_HEAD}.", where=f"{source}:1")
    for number, line in enumerate((line.strip() for line in lines), 1):
        if not line or line.startswith("#"):
            continue
        where = f"{source}:{number}"
        found = _LINE.fullmatch(line)
        if found is None or found["answer"] not in ANSWERS:
            raise ConfigError(
                "Expected a fingerprint, a rule, an answer, a count, a day, a name and a reason, such as: "
                '0a1b2c3d4e5f6071 image-alt no-problem 1 2026-11-23 "Ada Lovelace"  It only decorates.',
                where=where,
                do=f"Answers are: {', '.join(ANSWERS)}.",
            )
        words = {name: str(text) for name, text in found.groupdict().items() if name != "count"}
        review = Review(count=int(found["count"]), **words)
        other = known.get(review.fingerprint)
        if other and other.day == review.day and other.answer != review.answer:
            raise ConfigError("This was answered in another way on the same day.", where=where, do="Keep one of both.")
        if other is None or other.day <= review.day:
            known[review.fingerprint] = review
    return tuple(known[fingerprint] for fingerprint in sorted(known))


def reviews_text(reviews: Iterable[Review]) -> str:
    """The file: a line each, sorted by fingerprint."""
    lines = [
        f'{one.fingerprint} {one.rule} {one.answer} {one.count} {one.day} "{one.name}"  {one.reason}'
        for one in sorted(reviews, key=lambda one: one.fingerprint)
    ]
    return "\n".join([_HEAD, *lines]) + "\n"


def load_reviews(path: Path) -> tuple[Review, ...]:
    """The answers in a file."""
    try:
        return read_reviews(path.read_text(encoding="utf-8"), source=str(path))
    except FileNotFoundError:
        raise ConfigError(
            "There is no such file of answers.", where=str(path), do="`curbcut review` writes one."
        ) from None
    except UnicodeDecodeError:
        raise ConfigError("This is not UTF-8 text.", where=str(path)) from None
    except OSError as error:
        raise ConfigError(f"This file cannot be read: {error.strerror}.", where=str(path)) from None


def save_reviews(path: Path, reviews: Iterable[Review]) -> None:
    """Writes the file whole or not at all."""
    write_whole(path, reviews_text(reviews))
