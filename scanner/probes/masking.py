"""Values of form fields taken out at the source: what people typed, or were shown of theirs, is never kept."""

from __future__ import annotations

import re

MASK = "•"
ATTRIBUTE_LIMIT = 2_000
SPOKEN_VALUES = frozenset({"button", "submit", "reset", "image", "checkbox", "radio"})
"""Input types whose value is a name or a fixed choice, written by the page's author."""

_FIELD = re.compile(r"<(input|textarea)\b", re.IGNORECASE)
_REST_OF_TAG = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_VALUE = re.compile(r"""(\svalue\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_TYPE = re.compile(r"""\stype\s*=\s*["']?([a-z]+)""", re.IGNORECASE)
_END = re.compile(r"</textarea", re.IGNORECASE)


def masked_attributes(tag: str, attributes: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """An element's attributes, lower-case names, long values cut, the value of a text-like field masked."""
    kind = attributes.get("type", "text").lower()
    hide = tag == "input" and kind not in SPOKEN_VALUES
    return tuple(
        (name.lower(), (MASK if value else "") if hide and name.lower() == "value" else value[:ATTRIBUTE_LIMIT])
        for name, value in attributes.items()
    )


def masked_markup(html: str) -> str:
    """HTML as served with the same values masked; everything else is left to the letter.

    One pass whatever the markup: where a field's tag or content never ends, the rest is left out, since
    nobody can tell what of it is a value.
    """
    parts: list[str] = []
    position = 0
    while field := _FIELD.search(html, position):
        rest = _REST_OF_TAG.match(html, field.end())
        parts.append(html[position : field.start()])
        if rest is None:
            return "".join(parts)
        tag = html[field.start() : rest.end()]
        position = rest.end()
        if field[1].lower() == "input":
            parts.append(_masked_input(tag))
            continue
        parts.append(tag)
        end = _END.search(html, position)
        if end is None:
            return "".join(parts)
        parts.append(MASK if html[position : end.start()].strip() else "")
        position = end.start()
    return "".join([*parts, html[position:]])


def _masked_input(tag: str) -> str:
    kind = _TYPE.search(tag)
    return tag if kind and kind[1].lower() in SPOKEN_VALUES else _VALUE.sub(rf'\1"{MASK}"', tag)


_TEXT = re.compile(r">[^<>]*[^<>\s][^<>]*(?=<|$)")
_NAMED_VALUE = re.compile(r"""(\s)([^\s"'<>/=]+)=("[^"]*(?:"|$)|'[^']*(?:'|$)|[^\s"'>]+)""")
_TELLING = frozenset({"role", "type", "class", "lang", "dir", "tabindex", "scope", "rel", "autocomplete", "for", "id"})
_SPOKEN = frozenset({"aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "aria-placeholder"})


def masked_snippet(html: str) -> str:
    """A snippet that shows how an element is made and nothing of what it says: no text, no value that may tell some.

    For pages behind a login. Attributes that only concern structure stay.
    """

    def value(match: re.Match[str]) -> str:
        name = match[2].lower()
        stays = name in _TELLING or (name.startswith("aria-") and name not in _SPOKEN)
        return match[0] if stays else f'{match[1]}{match[2]}="{MASK}"'

    return _NAMED_VALUE.sub(value, _TEXT.sub(f">{MASK}", html))
