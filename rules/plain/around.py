"""What stands around the prose of a web page, by tags, roles and names: navigation, notices, controls, data."""

from __future__ import annotations

import re

CODE_TAGS = ("code", "kbd", "samp", "tt", "var")
"""What stands in these is written so because a machine reads it, and stands for nothing."""

LONGEST_EXPLAINED = 20
"""Characters of an abbreviation with its ending; what is longer is none."""

_TAGS = frozenset(
    {"address", "aside", "button", "code", "dialog", "footer", "label", "math", "nav", "option", "pre", "samp"}
    | {"select", "summary", "svg", "table", "textarea"}
)
_ROLES = frozenset(
    {"alertdialog", "banner", "button", "complementary", "contentinfo", "dialog", "grid", "menu", "navigation"}
    | {"search", "table", "toolbar", "treegrid"}
)
_NOTICE = re.compile(
    r"(?:cookie|consent|gdpr)s?[-_]{0,2}(?:banner|bar|notice|message|popup|consent|dialog|overlay)|breadcrumb",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:^|[-_ ])(?:header|footer|nav|navigation|menu|side-?bar)(?:$|[-_ ])", re.IGNORECASE)


def is_around(tag: str, role: str, names: str, *, has_main: bool) -> bool:
    """Whether an element is no part of the prose; `names` are its id and classes.

    Where a page says which part is its main one (`has_main`), a `header` in it is the header of an article, and names
    such as `menu` tell nothing.
    """
    if role in _ROLES or tag in _TAGS or (tag == "header" and not has_main):
        return True
    if not names or tag in ("html", "body", "main"):
        return False
    return bool(_NOTICE.search(names) or (not has_main and _NAMED.search(names)))
