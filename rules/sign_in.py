"""Which fields ask people to prove who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.dom import Dom
from rules.element import Element
from rules.layout import can_be_seen

_CODE = re.compile(r"\b(?:one[- ]time|otp|2fa|verification|authenticat\w+|security) ?code\b|\botp\b", re.IGNORECASE)
_TYPED = frozenset({"", "text", "email", "tel", "number", "password", "search", "url"})


def sign_in_fields(dom: Dom) -> Iterator[Element]:
    """The name, the password and the code of sign-ins that can be seen; not where a password is chosen."""
    fields = [
        field
        for field in dom.by_tag("input")
        if field.get("type").strip().lower() in _TYPED and field.node.frame == 0 and can_be_seen(field)
    ]
    forms: dict[int, list[Element]] = {}
    for field in fields:
        form = field.closest("form")
        forms.setdefault(form.index if form else -1, []).append(field)
    for around in forms.values():
        secrets = [field for field in around if field.get("type").strip().lower() == "password"]
        chooses = len(secrets) > 1 or any("new-password" in field.get("autocomplete") for field in secrets)
        for field in around:
            purposes = field.get("autocomplete").lower().split()
            is_code = "one-time-code" in purposes or _CODE.search(field.name)
            if is_code or (secrets and not chooses and (field in secrets or "username" in purposes)):
                yield field
