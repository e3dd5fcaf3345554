"""Asks whether messages that appear beside fields reach those who go from field to field."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, page_rule, passed, short


@page_rule(
    title="Messages that appear are tied to their fields",
    why="People who go from field to field with a screen reader hear the label alone and miss what is wrong.",
    fix="Point to the message from the field with aria-describedby, and set aria-invalid.",
    wcag=("1.3.1",),
    impact="moderate",
    scope="component",
    role="development",
    needs=("dom", "form_errors"),
    serves=("without-vision", "limited-vision"),
    serves_source="WCAG technique ARIA21 and ARIA1",
)
def error_tied(page: Page) -> Iterator[Outcome]:
    """A message that appears beside one field is in the name or the description of that field.

    Applies to messages that can be seen when a form holds back what is wrong, but not to what a live region says beside
    a field that is not marked, as a number of results is. One that is not tied is a question, because it may stand so
    that it is read with its field.
    """
    errors = page.form_errors
    told = {
        message.field: message
        for attempt in (errors.attempts if errors else ())
        for message in attempt.messages
        if message.field >= 0 and message.seen and (not message.told or message.field in attempt.marked)
    }
    for index, message in sorted(told.items()):
        field = page.dom.at(index)
        if message.tied:
            yield passed(field)
        else:
            yield cant_tell(field, f"Do people who come back to this field hear “{short(message.text, 80)}”?")
