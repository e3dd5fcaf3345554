"""Asks whether people who cannot solve a test that they are human get past it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, page_rule, passed
from rules.layout import can_be_seen

_WIDGETS = {
    "reCAPTCHA": re.compile(r"(?:google|recaptcha)[^/]*/recaptcha/|\bg-recaptcha\b", re.IGNORECASE),
    "hCaptcha": re.compile(r"\bhcaptcha\.com\b|\bh-captcha\b", re.IGNORECASE),
    "Arkose": re.compile(r"\barkoselabs\.com\b|\bfuncaptcha\b", re.IGNORECASE),
    "GeeTest": re.compile(r"\bgeetest\b", re.IGNORECASE),
    "MTCaptcha": re.compile(r"\bmtcaptcha\b", re.IGNORECASE),
}
_WITHOUT_TASK = re.compile(
    r"\bcf-turnstile\b|challenges\.cloudflare\.com|\bfrc-captcha\b|friendlycaptcha|\baltcha\b", re.I
)
_PICTURE = re.compile(r"captcha|securimage", re.IGNORECASE)
_NAMES = ("src", "class", "id", "data-src", "alt", "title")


@page_rule(
    title="People get past a test that they are human",
    why="People who cannot see or hear its task, or do not understand it, cannot send the form at all.",
    fix="Protect the form without a task, or offer at least two that use different senses and need no riddle.",
    wcag=("1.1.1", "3.3.8"),
    impact="critical",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "hearing", "cognition"),
    serves_source="WCAG 2.2 Understanding 1.1.1 and 3.3.8, CAPTCHA",
)
def captcha(page: Page) -> Iterator[Outcome]:
    """A test that tells people from machines can be passed without seeing, without hearing and without a riddle.

    Applies to the widgets that are known by their marks, and to pictures that are called captcha. One that works
    without a task for people is no question. What a test asks shows only when it is used, so a person tries it.
    """
    known: set[int] = set()
    for element in page.dom.elements:
        marks = " ".join(element.get(name) for name in _NAMES if element.has(name))
        if not marks or not can_be_seen(element) or any(above.index in known for above in element.ancestors()):
            continue
        if _is_without_task(element, marks):
            known.add(element.index)
            yield passed(element)
            continue
        widget = next((name for name, mark in _WIDGETS.items() if mark.search(marks)), "")
        if widget and (element.tag == "iframe" or element.has("data-sitekey") or "captcha" in element.get("class")):
            known.add(element.index)
            yield cant_tell(element, f"Can {widget} be passed without seeing, without hearing and without a riddle?")
        elif element.tag in ("img", "canvas") and _PICTURE.search(marks):
            known.add(element.index)
            yield cant_tell(element, "Is there another way past this test than to read the picture?")


def _is_without_task(element: Element, marks: str) -> bool:
    invisible = element.get("data-size") == "invisible" or "size=invisible" in element.get("src")
    return bool(_WITHOUT_TASK.search(marks)) or (invisible and any(mark.search(marks) for mark in _WIDGETS.values()))
