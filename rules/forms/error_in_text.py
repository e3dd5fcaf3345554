"""Judges whether a form that is not sent says in words which field is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed, short


@page_rule(
    title="Wrong input is named in text",
    why="People who do not see colours, or do not see the page, are not told why a form does not go on.",
    fix="Write beside the field what is wrong with it, and let a red border only support that.",
    wcag=("1.4.1", "3.3.1"),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "form_errors"),
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="WCAG 2.2 Understanding 1.4.1 and 3.3.1, benefits",
)
def error_in_text(page: Page) -> Iterator[Outcome]:
    """When a form holds back what is missing or wrong, text appears that says so.

    Applies to forms whose button was pressed and that a script or the browser held back. A field fails that turns red,
    takes a class that calls it wrong or says so by aria-invalid while no text appears anywhere on the page. Where a
    picture or generated content appeared instead, a person looks. What the browser itself says is text.
    """
    errors = page.form_errors
    for attempt in errors.attempts if errors else ():
        form = page.dom.at(attempt.form)
        if attempt.native or attempt.messages:
            yield passed(form)
            continue
        for field in (page.dom.at(index) for index in attempt.marked):
            if field is None:
                continue
            name = short(field.name, 40)
            if attempt.other:
                yield cant_tell(field, f"Do people learn without seeing colours what is wrong in “{name}”?")
            else:
                yield failed(field, f"When “{name}” is wrong, only its looks change; no text says so.")
