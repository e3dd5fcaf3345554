"""Catalogues and pages for tests of scores, and the orientation cases that give a number its meaning."""

from __future__ import annotations

from typing import Any

from reports.model import PageResult
from reports.score import PageScore, score_page
from rules.model import PageOutcome, RuleInfo, Verdict
from rules.standards.wcag import profile


def rule(name: str, *wcag: str, impact: str = "serious", scope: str = "component", **more: Any) -> RuleInfo:
    """A rule of a catalogue; its judgement is elsewhere."""
    return RuleInfo(name, "title", "why", "fix", wcag, impact, scope, "development", **more)  # type: ignore[arg-type]


# One silent rule for every criterion, so that every group is covered and gets a number.
EVERYTHING = tuple(rule(f"every-{number}", number, covers="fully") for number in sorted(profile().criteria))

CONTRAST = rule("color-contrast", "1.4.3")
LINK = rule("link-name", "2.4.4", "4.1.2")
LABEL = rule("label", "4.1.2", impact="critical")
LANG = rule("html-has-lang", "3.1.1", scope="page")
IMAGE = rule("image-alt", "1.1.1", impact="critical", serves=("302.1", "302.2", "302.9"), serves_source="7.A")
BUTTON = rule("button-name", "4.1.2", impact="critical")
HEADINGS = rule("heading-order", impact="moderate")
LIST = rule("list", "1.3.1")
TRAP = rule("keyboard-trap", "2.1.2", impact="critical")
CAPTIONS = rule("video-caption", "1.2.2", impact="critical")
CATALOGUE = (
    *EVERYTHING, CONTRAST, LINK, LABEL, LANG, IMAGE, BUTTON, HEADINGS, LIST, TRAP, CAPTIONS,
)  # fmt: skip


def outcomes(
    info: RuleInfo, *counts: int, verdict: Verdict = Verdict.FAILED, blocks: bool = False
) -> tuple[PageOutcome, ...]:
    """One line of results for each distinct component, with how often it occurs."""
    return tuple(
        PageOutcome(
            info.id, verdict, info.wcag, impact=info.impact, fingerprint=f"{info.id}-{n}", count=count, blocks=blocks
        )
        for n, count in enumerate(counts)
    )


def page(*parts: tuple[PageOutcome, ...], url: str = "https://example.gov/", **more: Any) -> PageResult:
    """A tested page with these outcomes."""
    return PageResult(url, outcomes=tuple(outcome for part in parts for outcome in part), **more)


ORIENTATION: dict[str, PageResult] = {
    "no failure found": page(),
    "one low-contrast text": page(outcomes(CONTRAST, 1)),
    "ten low-contrast texts, two empty links, an unlabelled field, no language": page(
        outcomes(CONTRAST, *[1] * 10), outcomes(LINK, 1, 1), outcomes(LABEL, 1), outcomes(LANG, 1)
    ),
    "a typical home page with 42 errors": page(
        outcomes(CONTRAST, 8, 5, 3, 2, 1, 1, 1, 1),
        outcomes(IMAGE, 4, 2, 1),
        outcomes(LINK, 3, 2, 1),
        outcomes(LABEL, 1, 1, 1),
        outcomes(BUTTON, 1, 1),
        outcomes(LIST, 1),
        outcomes(LANG, 1),
    ),
    "a keyboard trap": page(outcomes(TRAP, 1, blocks=True)),
    "a video without captions": page(outcomes(CAPTIONS, 1)),
    "an image without alternative text": page(outcomes(IMAGE, 1)),
}


def oriented(case: str) -> PageScore:
    """The score of an orientation case."""
    return score_page(ORIENTATION[case], CATALOGUE)
