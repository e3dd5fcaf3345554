"""What belongs to a service: which hosts, which addresses on them, and how far from its home page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from rules.errors import ConfigError
from scanner.crawl.globs import Glob
from scanner.crawl.no_go import is_file, no_go
from scanner.crawl.urls import normalise, site

if TYPE_CHECKING:
    from tldextract import TLDExtract

Reach = Literal["host", "domain"]
"""`host` is a host with its `www.` twin, `domain` every host below its registrable domain."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the web one crawl may visit; a pure function of addresses.

    `home` is the normalised address that the crawl starts from; it always belongs to the scope. `include` and
    `exclude` are patterns (`scanner.crawl.globs`); where there are any to include, one must match, and none to
    exclude may. `max_depth` is how many links away from the home page or from an address of the sitemap pages
    are still visited, 0 for any number. `also` names further sites, where the home page led to one.
    """

    home: str
    reach: Reach = "host"
    include: tuple[Glob, ...] = ()
    exclude: tuple[Glob, ...] = ()
    max_depth: int = 0
    also: frozenset[str] = frozenset()
    _name: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_name", site(self.home) or "")

    def covers(self, url: str) -> bool:
        """Whether a crawl may visit a normalised address, as far as the service and not its robots.txt decides."""
        return self.on_site(url) and self.wanted(url)

    def on_site(self, url: str) -> bool:
        """Whether a normalised address lies on a host of the service."""
        name = urlsplit(url).netloc.removeprefix("www.")
        if name == self._name or name in self.also:
            return True
        return self.reach == "domain" and domain(url) == domain(self.home)

    def wanted(self, url: str) -> bool:
        """Whether a normalised address is one that a crawl visits, wherever it lies."""
        if url == self.home:
            return True
        if is_file(url) or no_go(url) or any(glob.matches(url) for glob in self.exclude):
            return False
        return not self.include or any(glob.matches(url) for glob in self.include)

    def may_follow(self, depth: int) -> bool:
        """Whether the links of a page are followed that is `depth` links away from where the crawl started."""
        return not self.max_depth or depth < self.max_depth

    def landed(self, final_url: str) -> Scope:
        """The scope once it is known where the home page leads: another host of its own domain belongs to it."""
        address = normalise(final_url)
        if address is None or self.on_site(address) or domain(address) != domain(self.home):
            return self
        return replace(self, also=self.also | {urlsplit(address).netloc.removeprefix("www.")})


def scope_of(
    home: str, *, reach: Reach, include: Sequence[str], exclude: Sequence[str], max_depth: int, where: str = ""
) -> Scope:
    """The scope of one service as its settings say it; raises ConfigError for what is no pattern."""
    return Scope(
        home=normalise(home) or home,
        reach=reach,
        include=tuple(Glob.parse(text, where=where) for text in include),
        exclude=tuple(Glob.parse(text, where=where) for text in exclude),
        max_depth=max_depth,
    )


def check_patterns(scopes: Iterable[Scope], *, where: str = "") -> None:
    """Raises ConfigError for a pattern that no page of any of these services can match."""
    scopes = tuple(scopes)
    for glob in dict.fromkeys(glob for scope in scopes for glob in scope.include):
        if why := glob.left_out():
            raise ConfigError(f'the include pattern "{glob.text}" can never match: {why}.', where=where)
    for glob in dict.fromkeys(glob for scope in scopes for glob in (*scope.include, *scope.exclude)):
        if any(glob in (*scope.include, *scope.exclude) and _reaches(scope, glob) for scope in scopes):
            continue
        hosts = ", ".join(_hosts(scope) for scope in scopes[:3])
        what = f'the pattern "{glob.text}" can never match: only {hosts} is looked at.'
        further = any(domain(scope.home) and glob.host_below(domain(scope.home) or "") for scope in scopes)
        do = 'Set scope = "domain" to look at its other hosts as well.' if further else ""
        raise ConfigError(what, where=where, do=do)


def domain(url: str) -> str | None:
    """The registrable domain of an address, with an unusual port; for a number or a bare name the host itself.

    From the list of public suffixes that comes with tldextract, nothing is downloaded. Its private part counts
    as well, because services below `service.gov.uk` are as separate as those below `gov.uk`.
    """
    address = normalise(url)
    parts = urlsplit(address) if address else None
    if parts is None or not parts.hostname:
        return None
    port = parts.netloc.removeprefix(f"[{parts.hostname}]").removeprefix(parts.hostname)
    return _registrable(parts.hostname) + port


def _registrable(host: str) -> str:
    try:
        ip_address(host)
    except ValueError:
        found = _suffixes()(host)
        if found.suffix:
            return found.top_domain_under_public_suffix or host
        # An internal name: the list's own default is that the last label is the suffix.
        return ".".join(host.split(".")[-2:])
    return host


@cache
def _suffixes() -> TLDExtract:
    # Slow to import, and it tries the network card at that: only where a domain decides.
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _reaches(scope: Scope, glob: Glob) -> bool:
    name = site(scope.home) or ""
    if glob.host_fits(name) or glob.host_fits(f"www.{name}"):
        return True
    return scope.reach == "domain" and glob.host_below(domain(scope.home) or "")


def _hosts(scope: Scope) -> str:
    return f"{domain(scope.home)} with its hosts" if scope.reach == "domain" else site(scope.home) or scope.home
