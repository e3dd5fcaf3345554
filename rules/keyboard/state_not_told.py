"""Judges whether controls tell the truth about what they show and hide."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed


@page_rule(
    title="Controls say whether what they open is open",
    why="Who does not see the page hears that something is closed although it has opened, and presses again.",
    fix='Set aria-expanded to "true" when the content is shown and to "false" when it is hidden.',
    wcag=("4.1.2",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "widgets"),
    serves=("without-vision",),
    serves_source="WCAG 2.2, Understanding 4.1.2, benefits",
)
def state_not_told(page: Page) -> Iterator[Outcome]:
    """What `aria-expanded` says of a control goes with whether the content that it controls can be seen.

    Applies to controls with `aria-expanded` whose content, named by `aria-controls`, was shown or hidden by a key and
    went back with the next. Fails where the attribute stayed the same over both, or said the opposite all the time.
    """
    for one in page.widgets.operated if page.widgets else ():
        control = page.dom.at(one.node)
        if control is None or not one.told:
            continue
        said = control.get("aria-expanded")
        if one.told == "silent":
            yield failed(control, f'This shows and hides content, and aria-expanded says "{said}" all the time.')
        elif one.told == "opposite":
            yield failed(control, "aria-expanded says the opposite of whether the content can be seen.")
        else:
            yield passed(control)
