"""Judges whether people who do not see the page notice that messages appeared."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed, short
from rules.evidence.form_errors import Attempt


@page_rule(
    title="Messages about wrong input are announced",
    why="People who do not see the page press the button, hear nothing, and believe that the form was sent.",
    fix="Move the focus to the first wrong field or to a list of errors, or write messages into a live region.",
    wcag=("4.1.3",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "form_errors"),
)
def error_announced(page: Page) -> Iterator[Outcome]:
    """When messages appear because a form was held back, the focus moves to them or a live region says something.

    Applies to forms that were held back by a script and then showed a text. It fails where the focus stays on the
    button, no live region changed, and a message stands beside a field that is required or marked as wrong; any other
    message is a question.
    """
    errors = page.form_errors
    for attempt in errors.attempts if errors else ():
        seen = [message for message in attempt.messages if message.seen]
        form = page.dom.at(attempt.form)
        if not seen or attempt.native:
            continue
        if attempt.moved or any(message.told for message in attempt.messages):
            yield passed(form)
            continue
        beside = next((message for message in seen if _is_wrong(page, attempt, message.field)), None)
        said = short((beside or seen[0]).text, 80)
        if beside is not None:
            yield failed(form, f"“{said}” appears, but the focus stays on the button and no live region says it.")
        else:
            yield cant_tell(form, f"Do people who do not see the page notice that “{said}” appeared?")


def _is_wrong(page: Page, attempt: Attempt, index: int) -> bool:
    field = page.dom.at(index) if index >= 0 else None
    if field is None:
        return False
    return index in attempt.marked or field.has("required") or field.get("aria-required").strip().lower() == "true"
