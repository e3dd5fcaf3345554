"""A baseline: the problems that a team has accepted for now, so that a gate names only what is new.

It is a small sorted text file that people keep beside their code and merge like code: one line per
fingerprint with the largest count on a page, so that one more of the same is seen. A fix and a new
problem never cancel out, because each fingerprint stands for itself::

    # Curbcut baseline 1
    # rules 0f3a9c1d2b4e
    0a1b2c3d4e5f6071 image-alt 3  # img in a#logo
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reports.model import PageResult, Scan, SiteResult
from reports.plain import LARGEST
from reports.results import write_whole
from rules.errors import ConfigError
from rules.model import PageOutcome, SiteOutcome, Verdict

FORMAT = "1"
LONGEST_HINT = 60

_HEAD = re.compile(r"# Curbcut baseline (\S+)")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_RULE_SET = re.compile(r"[0-9a-zA-Z]+")
_RULES = re.compile(r"# rules ([0-9a-zA-Z]+)")
_LINE = re.compile(r"(?P<fingerprint>[0-9a-f]{16}) (?P<rule>\S+) (?P<count>[1-9][0-9]{0,9})(?:\s+#(?P<hint>.*))?")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted problem: its rule, the largest count on a page, and a hint for people where it is."""

    rule: str
    count: int
    hint: str = ""


@dataclass(frozen=True)
class Baseline:
    """Accepted problems by fingerprint, and the hash of the rules that found them ("" where that is unclear)."""

    rule_set: str = ""
    accepted: Mapping[str, Accepted] = field(default_factory=dict)

    def allows(self, problem: str) -> int:
        """How often a problem may occur on a page; 0 for one that is not accepted."""
        known = self.accepted.get(problem)
        return known.count if known else 0

    def as_text(self) -> str:
        """The file: sorted by fingerprint, a line each."""
        lines = [f"# Curbcut baseline {FORMAT}", *([f"# rules {self.rule_set}"] if self.rule_set else [])]
        for fingerprint, known in sorted(self.accepted.items()):
            lines.append(f"{fingerprint} {known.rule} {known.count}" + (f"  # {known.hint}" if known.hint else ""))
        return "\n".join(lines) + "\n"


def baseline_of(scan: Scan) -> Baseline:
    """Every problem of a scan as accepted, whatever its impact, so that a stricter gate needs no new file."""
    accepted: dict[str, Accepted] = {}
    for site in scan.sites:
        for fingerprint, found in _problems(site):
            before = accepted.get(fingerprint, found)
            accepted[fingerprint] = replace(before, count=max(before.count, found.count))
    rule_set = scan.tool.rule_set
    return Baseline(rule_set if _RULE_SET.fullmatch(rule_set) else "", accepted)


def counts_on(page: PageResult) -> Counter[str]:
    """How often each problem occurs on a page, by its identity."""
    counts: Counter[str] = Counter()
    for outcome in page.with_verdict(Verdict.FAILED):
        counts[identity(outcome)] += outcome.count
    return counts


def identity(outcome: PageOutcome | SiteOutcome) -> str:
    """The fingerprint of an outcome, or one made of what it says where it has none in our form."""
    if _FINGERPRINT.fullmatch(outcome.fingerprint):
        return outcome.fingerprint
    said = outcome.fingerprint or outcome.message
    return hashlib.sha256(f"{outcome.rule}\n{said}".encode("utf-8", "replace")).hexdigest()[:16]


def read_baseline(text: str, *, source: str) -> Baseline:
    """The baseline in a text; a ConfigError names the line that is wrong.

    A file that was merged may hold a fingerprint twice; the larger count is taken.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    head = _HEAD.fullmatch(lines[0].strip()) if lines else None
    if head is None or head[1] != FORMAT:
        raise ConfigError(
            f"The first line of a baseline is: # Curbcut baseline {FORMAT}.",
            where=f"{source}:1",
            do="Make one with `curbcut baseline create`.",
        )
    rule_sets: set[str] = set()
    accepted: dict[str, Accepted] = {}
    for number, line in enumerate((line.strip() for line in lines), 1):
        if stated := _RULES.fullmatch(line):
            rule_sets.add(stated[1])
        elif line and not line.startswith("#"):
            fingerprint, found = _accepted(line, f"{source}:{number}")
            before = accepted.get(fingerprint, found)
            accepted[fingerprint] = replace(before, count=max(before.count, found.count))
    return Baseline(rule_sets.pop() if len(rule_sets) == 1 else "", accepted)


def load_baseline(path: Path) -> Baseline:
    """The baseline in a file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(
            "There is no such baseline.", where=str(path), do="Make one with `curbcut baseline create`."
        ) from None
    except UnicodeDecodeError:
        raise ConfigError("This is not UTF-8 text, so not a baseline.", where=str(path)) from None
    except OSError as error:
        raise ConfigError(f"This file cannot be read: {error.strerror}.", where=str(path)) from None
    return read_baseline(text, source=str(path))


def save_baseline(path: Path, baseline: Baseline) -> None:
    """Writes the file whole or not at all."""
    write_whole(path, baseline.as_text())


def _problems(site: SiteResult) -> Iterator[tuple[str, Accepted]]:
    for page in site.pages:
        counts = counts_on(page)
        for outcome in page.with_verdict(Verdict.FAILED):
            problem = identity(outcome)
            yield problem, Accepted(_word(outcome.rule), counts[problem], _hint(outcome))
    for concern in site.site_outcomes:
        if concern.verdict is Verdict.FAILED:
            yield identity(concern), Accepted(_word(concern.rule), 1, _hint(concern))


def _word(rule: str) -> str:
    return "-".join(_one_line(rule).replace("#", " ").split()) or "-"


def _hint(outcome: PageOutcome | SiteOutcome) -> str:
    target = outcome.target if isinstance(outcome, PageOutcome) else None
    hint = _one_line(target.selector if target else outcome.message)
    return hint if len(hint) <= LONGEST_HINT else hint[: LONGEST_HINT - 1] + "…"


def _one_line(text: str) -> str:
    # A page chooses these words; no line break or invisible character of it may reach the file.
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _accepted(line: str, where: str) -> tuple[str, Accepted]:
    if _CONFLICT.match(line):
        raise ConfigError("A merge conflict is not resolved.", where=where, do="Keep the lines of both sides.")
    found = _LINE.fullmatch(line)
    if found is None or int(found["count"]) > LARGEST:
        raise ConfigError(
            "Expected a fingerprint (16 hexadecimal digits), a rule and a count, such as: "
            "0a1b2c3d4e5f6071 image-alt 3.",
            where=where,
        )
    return found["fingerprint"], Accepted(found["rule"], int(found["count"]), (found["hint"] or "").strip())
