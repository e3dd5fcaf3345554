"""Where a failure that axe-core reports is certain, for rules whose reports are not so everywhere.

Each condition is named in `rules/standards/axe.json`, which also says why it is needed. One that does not
hold proves nothing: the place becomes a question for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rules.element import Element
from rules.evidence.dom import TEXT

Condition = Callable[[Element], bool]

ITEMS = frozenset({"listitem", "term", "definition"})
GROUPING = frozenset({"", "generic", "none", "presentation", "list", "DescriptionList", "marker"})
LISTS = frozenset({"list", "directory"})
PLAIN = frozenset({"", "generic", "none", "presentation"})
WIDGETS = frozenset(
    {"application", "combobox", "grid", "listbox", "menu", "menubar", "radiogroup", "slider", "tablist", "tree"}
    | {"gridcell", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "tab", "treegrid", "treeitem"}
)


def own_text(element: Element) -> bool:
    """The element itself, not only what is inside it, shows text."""
    nodes = (element.dom.nodes[index] for index in element.dom.below(element.index))
    return any(node.kind == TEXT and node.box is not None and bool(node.text.strip()) for node in nodes)


def visible_stop(element: Element) -> bool:
    """The frame shows something at which the Tab key would stop."""
    owner = element.dom.snapshot.frames[element.node.frame].owner
    frame = element.dom.at(owner)
    if frame is not None and not frame.visible:
        return False
    return any(below.in_tab_order and below.visible for below in element.descendants())


def stray_content(element: Element) -> bool:
    """The list shows text, or gives assistive technology something, that stands outside of its items."""
    waiting = list(element.dom.below(element.index))
    while waiting:
        index = waiting.pop()
        node = element.dom.nodes[index]
        if node.tag.startswith("::") or node.role in ITEMS:
            continue
        if node.kind == TEXT and node.box is not None and node.text.strip():
            return True
        if node.exposed and node.role not in GROUPING:
            return True
        waiting.extend(element.dom.below(index))
    return False


def not_in_widget(element: Element) -> bool:
    """The area is not part of a widget that moves its focus by script, such as a menu or a list of choices."""
    around = (element, *element.ancestors(), *element.descendants())
    return not any(one.role in WIDGETS or one.get("role").lower() in WIDGETS for one in around)


def outside_list(element: Element) -> bool:
    """Nothing that the browser exposes as a list holds the item, directly or through boxes without a meaning."""
    around = next((above for above in element.ancestors() if above.role not in PLAIN), None)
    return around is None or around.role not in LISTS


CERTAIN_WHERE: Mapping[str, Condition] = MappingProxyType(
    {
        "own-text": own_text,
        "visible-stop": visible_stop,
        "stray-content": stray_content,
        "not-in-widget": not_in_widget,
        "outside-list": outside_list,
    }
)
"""The conditions by the names that the data uses."""
