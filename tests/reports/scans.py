"""Scans for tests: any that the model allows, and small ones written by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args, get_type_hints

from hypothesis import strategies as st

from reports.model import PagePicture, PageResult, Sample, Scan, SiteResult, Tool
from reports.plain import LARGEST
from rules.digest import Control, HelpLink, Link, Navigation, PageDigest
from rules.evidence.focus import Shown
from rules.focus_path import FocusPath, FocusStop
from rules.inventory import Held
from rules.model import IMPACTS, PageOutcome, Place, RuleInfo, SiteOutcome, Verdict
from rules.page import PageState, ProbeReport
from rules.plain.grades import Tally
from rules.plain.reading import HardSentence, Reading, Reason
from rules.plain.sections import Section
from rules.plain.wording import Wording
from rules.spots import Spot

text = st.text(max_size=12)
whole = st.integers(0, LARGEST)
texts = st.lists(text, max_size=3).map(tuple)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)

_BY_FIELD = {"count": st.integers(1, LARGEST), "settings": st.dictionaries(text, json_values, max_size=3)}


def _every_field(kind: type, **given: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Instances with every field drawn, so that a field which is added to the model is tested too."""
    drawn = {name: _BY_FIELD.get(name, _of_type(hint)) for name, hint in get_type_hints(kind).items()}
    return st.builds(kind, **{**drawn, **given})


def _of_type(hint: object) -> st.SearchStrategy[object]:
    simple = {str: text, int: whole, tuple[str, ...]: texts}.get(hint)
    return st.from_type(hint) if simple is None else simple


places = _every_field(Place)
outcomes = _every_field(PageOutcome, target=st.none() | places, impact=st.sampled_from(IMPACTS))
probes = st.lists(_every_field(ProbeReport), max_size=3, unique_by=lambda probe: probe.name).map(
    lambda several: tuple(sorted(several, key=lambda probe: probe.name))
)
inventories = st.lists(_every_field(Held), max_size=3, unique_by=lambda held: held.kind).map(
    lambda several: tuple(sorted(several, key=lambda held: held.kind))
)
wordings = _every_field(
    Wording,
    barrier=st.floats(0, 1),
    low=st.none() | st.integers(1, 16),
    high=st.none() | st.integers(1, 16),
    counted=st.builds(Tally, *[st.integers(0, 999)] * 5),
)
readings = _every_field(
    Reading,
    sentences=st.lists(
        _every_field(HardSentence, reasons=st.lists(_every_field(Reason), max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    sections=st.lists(
        _every_field(
            Section,
            words=st.integers(0, 999),
            low=st.none() | st.integers(1, 16),
            high=st.none() | st.integers(1, 16),
        ),
        max_size=2,
    ).map(tuple),
)
boxes = st.tuples(*[st.floats(-9999, 9999)] * 4)
files = st.from_regex(r"assets/[0-9a-f]{64}\.webp", fullmatch=True)
pictures = st.lists(_every_field(PagePicture, file=files), max_size=2, unique_by=lambda one: one.name).map(
    lambda several: tuple(sorted(several, key=lambda one: one.name))
)
paths = _every_field(
    FocusPath,
    stops=st.lists(_every_field(FocusStop, box=boxes, shown=st.sampled_from(get_args(Shown))), max_size=2).map(tuple),
)
pages = _every_field(
    PageResult,
    pictures=pictures,
    focus_path=st.none() | paths,
    spots=st.lists(_every_field(Spot, box=boxes), max_size=2).map(tuple),
    probes=probes,
    inventory=inventories,
    outcomes=st.lists(outcomes, max_size=3).map(tuple),
    wording=st.none() | wordings,
    reading=st.none() | readings,
)
kinds = st.lists(_every_field(get_type_hints(Sample)["kinds"].__args__[0]), max_size=2).map(tuple)
sites = _every_field(
    SiteResult,
    sample=_every_field(Sample, kinds=kinds),
    pages=st.lists(pages, max_size=3).map(tuple),
    site_outcomes=st.lists(_every_field(SiteOutcome), max_size=2).map(tuple),
)
rules = st.lists(_every_field(RuleInfo, impact=st.sampled_from(IMPACTS)), max_size=3, unique_by=lambda rule: rule.id)
scans = _every_field(
    Scan,
    tool=_every_field(Tool),
    rules=rules.map(lambda several: tuple(sorted(several, key=lambda rule: rule.id))),
    sites=st.lists(sites, max_size=2).map(tuple),
    **dict.fromkeys(("agreed", "reviews", "unstable"), st.just(())),
)
links = st.lists(st.builds(Link, text, text), max_size=2).map(tuple)
digests = _every_field(
    PageDigest,
    headings=st.lists(st.tuples(whole, text), max_size=2).map(tuple),
    **{f"{part}_links": links for part in ("header", "footer")},
    help_links=st.lists(st.builds(HelpLink, text, text, text), max_size=2).map(tuple),
    navigation=st.lists(st.builds(Navigation, text, text, links), max_size=2).map(tuple),
    controls=st.lists(st.builds(Control, text, text, text), max_size=2).map(tuple),
)

ALT = RuleInfo(
    "image-alt", "Images have text alternatives", "why", "fix", ("1.1.1",), "critical", "component", "content"
)
NICE = RuleInfo("region", "Content is inside landmarks", "why", "fix", (), "serious", "component", "development")
SLIGHT = RuleInfo("meta-slight", "Slight", "why", "fix", ("1.4.12",), "minor", "component", "design")
TRIPLE = RuleInfo("contrast-enhanced", "Contrast is high", "why", "fix", ("1.4.6",), "serious", "component", "design")
ALIKE = RuleInfo(
    "navigation-alike", "Navigation keeps its order", "why", "fix", ("3.2.3",), "serious", "page", "design", "site"
)

LANGUAGE = RuleInfo(
    "html-lang", "The page names its language", "why", "fix", ("3.1.1",), "serious", "page", "development"
)

CATALOGUE = tuple(sorted((ALT, TRIPLE, SLIGHT, ALIKE, NICE), key=lambda info: info.id))


WHOLE = tuple(sorted((*CATALOGUE, LANGUAGE), key=lambda info: info.id))
"""The catalogue with every rule that the pages of these scans met, which a score needs."""


def failed(fingerprint: str = "aa" * 8, *, rule: RuleInfo = ALT, count: int = 1, **more: object) -> PageOutcome:
    """A failed line of a page."""
    given = {"wcag": rule.wcag, "impact": rule.impact, "target": Place("#it", "<img>"), "message": "It fails."}
    return PageOutcome(rule.id, Verdict.FAILED, fingerprint=fingerprint, count=count, **{**given, **more})


def page(*outcomes: PageOutcome, url: str = "https://a.example/", state: PageState = PageState.TESTED) -> PageResult:
    """A page; one that was tested also met a rule, as every real page does."""
    met = (PageOutcome("html-lang", Verdict.PASSED),) if state is PageState.TESTED else ()
    return PageResult(url, state=state, reason="" if met else "It was not.", outcomes=(*outcomes, *met))


def scan(*pages: PageResult, **more: object) -> Scan:
    """A complete scan of one site with these pages."""
    site = SiteResult("https://a.example/", "A", sample=Sample(len(pages), len(pages)), pages=pages)
    whole_scan = Scan(1, "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", Tool("0.1", rule_set="abc"), sites=(site,))
    return replace(whole_scan, **{"rules": CATALOGUE, **more})
