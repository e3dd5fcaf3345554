"""A baseline as a small sorted text file that people keep beside their code and merge like code.

::

    # Curbcut baseline 1
    # rules 0f3a9c1d2b4e
    site https://a.example/ 50
    kind https://a.example/ 5f3a9c1d /news/*
    rule image-alt 1
    0a1b2c3d4e5f6071 image-alt 3 on 12 https://a.example/ https://a.example/b  # a#logo

A `site` line says how many pages were looked at, a `kind` line which kinds of page they were, a `rule` line
which version of a rule judged. The others are problems: fingerprint, rule, largest count on a page, number of
pages and the first of them. A file that was merged may say a thing twice: then both hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

from reports.baseline import Accepted, Baseline, KindSeen
from reports.plain import LARGEST
from reports.results import write_whole
from rules.errors import ConfigError

FORMAT = "1"
NOTHING = "%-"

_HEAD = re.compile(r"# Curbcut baseline (\S+)")
_RULES = re.compile(r"# rules ([0-9a-zA-Z]+)")
_NUMBER = "[1-9][0-9]{0,9}"
_PROBLEM = re.compile(
    rf"(?P<fingerprint>[0-9a-f]{{16}}) (?P<rule>\S+) (?P<count>{_NUMBER})"
    rf"(?: on (?P<pages>{_NUMBER})(?P<places>(?: [^\s#]\S*)*))?(?:\s+#(?P<hint>.*))?"
)
_SITE = re.compile(rf"site (\S+) ({_NUMBER})")
_KIND = re.compile(r"kind (\S+) (\S+) (\S+)")
_RULE = re.compile(r"rule (\S+) (\S+)")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


def baseline_text(baseline: Baseline) -> str:
    """The file: sites, kinds, rules and problems, each sorted, a line each."""
    kinds = (f"kind {_word(kind.site)} {_word(kind.template)} {_word(kind.pattern)}" for kind in baseline.kinds)
    rules = (f"rule {_word(rule)} {version}" for rule, versions in baseline.rules.items() for version in versions)
    lines = [
        f"# Curbcut baseline {FORMAT}",
        *([f"# rules {baseline.rule_set}"] if baseline.rule_set else []),
        *sorted(f"site {_word(site)} {pages}" for site, pages in baseline.sites.items()),
        *sorted(kinds),
        *sorted(rules),
        *(_problem(fingerprint, known) for fingerprint, known in sorted(baseline.accepted.items())),
    ]
    return "\n".join(lines) + "\n"


def read_baseline(text: str, *, source: str) -> Baseline:
    """The baseline in a text; a ConfigError names the line that is wrong."""
    lines = text.removeprefix("\ufeff").splitlines()
    head = _HEAD.fullmatch(lines[0].strip()) if lines else None
    if head is None or head[1] != FORMAT:
        raise ConfigError(
            f"The first line of a baseline is: # Curbcut baseline {FORMAT}.",
            where=f"{source}:1",
            do="Make one with `curbcut baseline create`.",
        )
    parts = _Parts()
    for number, line in enumerate((line.strip() for line in lines), 1):
        if stated := _RULES.fullmatch(line):
            parts.rule_sets.add(stated[1])
        elif line and not line.startswith("#"):
            parts.take(line, where=f"{source}:{number}")
    return parts.baseline()


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
    write_whole(path, baseline_text(baseline))


@dataclass
class _Parts:
    """What was read so far."""

    rule_sets: set[str] = field(default_factory=set)
    accepted: dict[str, Accepted] = field(default_factory=dict)
    rules: dict[str, frozenset[str]] = field(default_factory=dict)
    sites: dict[str, int] = field(default_factory=dict)
    kinds: set[KindSeen] = field(default_factory=set)

    def take(self, line: str, *, where: str) -> None:
        """Read one line that says something."""
        if _CONFLICT.match(line):
            raise ConfigError("A merge conflict is not resolved.", where=where, do="Keep the lines of both sides.")
        if found := _SITE.fullmatch(line):
            site = _text(found[1])
            self.sites[site] = max(self.sites.get(site, 0), int(found[2]))
        elif found := _KIND.fullmatch(line):
            self.kinds.add(KindSeen(*(_text(part) for part in found.groups())))
        elif found := _RULE.fullmatch(line):
            rule = _text(found[1])
            self.rules[rule] = self.rules.get(rule, frozenset()) | {found[2]}
        else:
            fingerprint, accepted = _accepted(line, where)
            self.accepted[fingerprint] = self.accepted.get(fingerprint, accepted).merged(accepted)

    def baseline(self) -> Baseline:
        """All of it; the hash of the rules is unclear where two are named."""
        rule_set = next(iter(self.rule_sets)) if len(self.rule_sets) == 1 else ""
        return Baseline(rule_set, self.accepted, self.rules, self.sites, frozenset(self.kinds))


def _problem(fingerprint: str, known: Accepted) -> str:
    where = "".join([f" on {known.pages}", *(f" {_word(place)}" for place in known.places)]) if known.pages else ""
    return f"{fingerprint} {_word(known.rule)} {known.count}{where}" + (f"  # {known.hint}" if known.hint else "")


def _accepted(line: str, where: str) -> tuple[str, Accepted]:
    found = _PROBLEM.fullmatch(line)
    if found is None or max(int(found["count"]), int(found["pages"] or 0)) > LARGEST:
        raise ConfigError(
            "Expected a fingerprint (16 hexadecimal digits), a rule and a count, such as: "
            "0a1b2c3d4e5f6071 image-alt 3.",
            where=where,
        )
    places = tuple(_text(place) for place in (found["places"] or "").split())
    known = Accepted(_text(found["rule"]), int(found["count"]), (found["hint"] or "").strip())
    return found["fingerprint"], Accepted(known.rule, known.count, known.hint, int(found["pages"] or 0), places)


def _word(text: str) -> str:
    """The text as one word: addresses of files may hold blanks, and a page chooses what its address says."""
    kept = (
        quote(letter, errors="replace") if letter in " %#" or not letter.isprintable() else letter for letter in text
    )
    return "".join(kept) or NOTHING


def _text(word: str) -> str:
    return "" if word == NOTHING else unquote(word)
