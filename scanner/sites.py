"""`sites.txt` as targets: the list of public services to look at, one a line.

::

    # A comment.
    [Department of Examples]                      the agency of the lines below it
    https://www.example.gov                       one service; without a scheme https:// is meant
    benefits.example.gov  name="Find a benefit"  max-pages=200   # fields are key=value, quoted where they hold blanks

An error names the file, the line and what was expected. Nothing is skipped in silence: a service that
is missing from a report because its line was not understood would look like one without problems.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from rules.errors import ConfigError
from scanner.browser.requests import RequestPattern
from scanner.config import read_text, shown
from scanner.crawl.urls import is_loopback, normalise, site
from scanner.net.addresses import HostPattern
from scanner.settings import Profile, Reach, Robots, Settings
from scanner.site_fields import Kind, read_fields

LONGEST_LINE = 4_000

# Of the addresses in the list that ships with Curbcut; a test keeps it current.
SHIPPED = "ad4c01c1cd5fcb51c58fe2e0fac77661ea582ca047ed696c4074a56c0bf08046"

# Control characters, and those that make a line read differently from what it says.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One service to look at; `url` is where the crawl starts, in its normalised spelling.

    `kind` says what the site is to its agency: its principal site, a sub-agency's, or a secondary one
    (a campaign, an application); some rules ask more of a principal site. `profile`, `max_pages`, `robots`
    and what of the web belongs to the service (`scope`, `include`, `exclude`, `max_depth`) are None where the
    run's settings decide. `allow_requests` are requests other than GET that a person declared to change
    nothing, `allow_hosts` hosts that its pages may reach although they are not public. `source` and `line` are
    where it is written; line 0 is none.
    """

    url: str
    name: str = ""
    agency: str = ""
    kind: Kind | None = None
    profile: Profile | None = None
    max_pages: int | None = None
    robots: Robots | None = None
    scope: Reach | None = None
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    max_depth: int | None = None
    allow_requests: tuple[RequestPattern, ...] = ()
    allow_hosts: tuple[HostPattern, ...] = ()
    source: str = ""
    line: int = 0

    @property
    def where(self) -> str:
        """The place to name in errors and reports, such as `sites.txt:12`."""
        return f"{self.source}:{self.line}" if self.line else self.source

    def under(self, settings: Settings) -> Target:
        """This target with the run's settings wherever it says nothing itself."""
        return replace(
            self,
            profile=self.profile or settings.profile,
            max_pages=settings.max_pages if self.max_pages is None else self.max_pages,
            robots=self.robots or settings.robots,
            scope=self.scope or settings.scope,
            include=settings.include if self.include is None else self.include,
            exclude=settings.exclude if self.exclude is None else self.exclude,
            max_depth=settings.max_depth if self.max_depth is None else self.max_depth,
        )


def read_sites(path: Path) -> tuple[Target, ...]:
    """The targets of a list on disk; raises ConfigError."""
    do = "Write one address a line into it, or name an address: curbcut scan https://www.example.gov"
    return parse_sites(read_text(path, do=do), source=str(path))


def parse_sites(text: str, *, source: str) -> tuple[Target, ...]:
    """The targets of a list in its order; at least one, none twice. `source` is the file's name for errors."""
    targets: dict[str, Target] = {}
    agency = ""
    for number, line in _lines(text, source):
        where = f"{source}:{number}"
        if line.startswith("["):
            agency = _heading(line, where)
            continue
        target = replace(_target(line, where), agency=agency, source=source, line=number)
        key = (site(target.url) or "") + target.url.partition("://")[2].partition("/")[2]
        if key in targets:
            first = targets[key].line
            raise ConfigError(f"{target.url} is listed twice.", where=where, do=f"It stands in line {first} already.")
        targets[key] = target
    if not targets:
        do = "Write one address a line, such as https://www.example.gov"
        raise ConfigError("the list names no service.", where=source, do=do)
    return tuple(targets.values())


def parse_target(text: str, *, source: str = "command line") -> Target:
    """The target for one address that a person typed, with the same help as in a list; raises ConfigError."""
    url = _address(text.strip(), source)
    return Target(url=url, name=urlsplit(url).netloc, source=source)


def is_shipped(targets: Iterable[Target]) -> bool:
    """Whether these are the services of the list that ships with Curbcut: other people's sites, not one's own."""
    return hashlib.sha256("\n".join(target.url for target in targets).encode()).hexdigest() == SHIPPED


def _lines(text: str, source: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, without blanks around them, by their number."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        where = f"{source}:{number}"
        if len(line) > LONGEST_LINE:
            what = f"the line has {len(line):,} characters, and {LONGEST_LINE:,} are allowed."
            raise ConfigError(what, where=where, do="Write one service a line.")
        if hidden := _HIDDEN.search(line):
            code = f"U+{ord(hidden[0]):04X}"
            what = f"there is an invisible character ({code}) at column {hidden.start() + 1}."
            raise ConfigError(what, where=where, do="Type the line anew.")
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def _heading(line: str, where: str) -> str:
    heading = re.fullmatch(r"\[\s*([^\[\]]*?)\s*\](?:\s+#.*)?", line)
    if heading and heading[1]:
        return heading[1]
    if heading:
        raise ConfigError("the heading names no agency.", where=where, do="Write its name: [Department of Examples]")
    do = "Write [Department of Examples], or put http:// before an address that starts with a bracket."
    raise ConfigError(f"{shown(line)} is not a heading.", where=where, do=do)


def _target(line: str, where: str) -> Target:
    address, *rest = line.split(maxsplit=1)
    url = _address(address, where)
    target = Target(url=url, **read_fields("".join(rest), url=url, where=where))
    return target if target.name else replace(target, name=urlsplit(target.url).netloc)


def _address(text: str, where: str) -> str:
    do = "Write an address such as https://www.example.gov"
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise ConfigError(f"{shown(text)} is not on the web: only http and https are read.", where=where, do=do)
    full = text if scheme else f"http://{text}" if is_loopback(f"http://{text}") else f"https://{text}"
    url = normalise(full)
    host = urlsplit(url).hostname or "" if url else ""
    # A bare word could be anything; the name of an internal host is believed when a scheme is given.
    if url and not (scheme or "." in host or ":" in host or is_loopback(url)):
        raise ConfigError(
            f"{shown(text)} is not an address.", where=where, do=f"{do}, or http://{host} for a host of yours."
        )
    if not url:
        raise ConfigError(f"{shown(text)} is not an address.", where=where, do=do)
    if "@" in urlsplit(full).netloc:
        # The address itself is not repeated: errors end up in logs.
        raise ConfigError("the address holds a user name or password, and reports show addresses.", where=where, do=do)
    return url
