"""Asks how people sign in where a field does not let them paste."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, page_rule, passed, short


@page_rule(
    title="Passwords and codes can be pasted",
    why="People who cannot remember a long password, or copy a code by eye, paste it; without that they stay outside.",
    fix="Remove the script that stops pasting into the fields of the sign-in.",
    wcag=("3.3.8",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "listeners", "pastes"),
    serves=("limited-vision", "manipulation", "cognition"),
    serves_source="WCAG 2.2 Understanding 3.3.8, benefits",
)
def paste_refused(page: Page) -> Iterator[Outcome]:
    """The user name, the password and the code of a sign-in can be pasted.

    Applies to the fields of a sign-in that can be seen; a paste is tried where a script listens for one. Where it is
    refused, people may still sign in with a password manager or in another way, which a person has to try. What the
    autocomplete attribute says stops nobody from pasting.
    """
    pastes = page.pastes
    for index in pastes.tried if pastes else ():
        field = page.dom.at(index)
        if field is None:
            continue
        if pastes and index in pastes.refused:
            name = short(field.name, 40)
            yield cant_tell(field, f"“{name}” takes no paste. Can people sign in without typing it, in some other way?")
        else:
            yield passed(field)
