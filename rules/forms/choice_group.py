"""Asks whether choices that belong together are understood without the question above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, page_rule, passed, short

_CHOICES = frozenset({"radio", "checkbox"})
_GROUPS = frozenset({"group", "radiogroup"})


@page_rule(
    title="Choices that belong together are a group with a name",
    why="People who cannot see the form hear “Yes” and “No” and not what is asked.",
    fix="Put the choices into a fieldset and the question into its legend.",
    wcag=("1.3.1",),
    impact="serious",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 5.C",
)
def choice_group(page: Page) -> Iterator[Outcome]:
    """Radio buttons, or checkboxes, that share their name stand in a group that the browser gives a name.

    Applies to two or more of a form. Without a group the labels alone may still say what is asked, which a
    person has to tell.
    """
    sets: defaultdict[tuple[int, int, str, str], list[Element]] = defaultdict(list)
    for choice in page.dom.by_tag("input"):
        kind, form = choice.get("type").lower(), choice.closest("form")
        if kind in _CHOICES and choice.get("name") and choice.exposed and choice.rendered:
            sets[choice.node.frame, form.index if form else -1, kind, choice.get("name")].append(choice)
    for choices in sets.values():
        if len(choices) < 2:
            continue
        around = _around(choices)
        if any(above.role in _GROUPS and above.name for above in choices[0].ancestors()):
            yield passed(around)
        else:
            labels = ", ".join(f"“{short(choice.name, 20)}”" for choice in choices[:3])
            yield cant_tell(around, f"Do the labels {labels} alone tell what is asked?")


def _around(choices: list[Element]) -> Element:
    """The smallest element around all of them."""
    others = [{above.index for above in choice.ancestors()} for choice in choices[1:]]
    common = (above for above in choices[0].ancestors() if all(above.index in known for known in others))
    return next(common, choices[0])
