"""Markdown as plain text of the same length: its marks become spaces, so that every place stays what it was."""

from __future__ import annotations

import re

_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_FRONT = ("---", "+++")
_LEFT_OUT = re.compile(r"[ \t]*\||[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]|[ \t]*<!--|[ \t]*\{[:%{]")
"""Rows of tables, targets of links, comments, and what a site generator replaces."""

_MARKS = re.compile(
    r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)"  # a picture
    r"|(?<=\])\([^)\n]{0,2000}\)|(?<=\])\[[^\]\n]{0,500}\]"  # where a link leads
    r"|`[^`\n]{1,500}`|</?[a-zA-Z][^>\n]{0,500}>|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)"
    r"|(?<!\\)\[(?=[^\]\n]{0,500}\][(\[])|\](?=[(\[])"
)


def without_marks(text: str) -> str:
    """The text with its marks, tables, code and front matter as spaces; headings, lists and quotes stay marked."""
    lines = text.splitlines(keepends=True)
    made: list[str] = []
    fence = ""
    front = lines[0].strip() if lines and lines[0].strip() in _FRONT else ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if front:
            made.append(_blank(line))
            front = "" if number and line.strip() == front else front
        elif fence:
            made.append(_blank(line))
            fence = "" if line.strip().startswith(fence) else fence
        elif found:
            made.append(_blank(line))
            fence = found.group(1)
        else:
            made.append(_blank(line) if _LEFT_OUT.match(line) else _plain(line))
    return "".join(made)


def _plain(line: str) -> str:
    begin = len(line) - len(line.lstrip(" \t*+-"))
    return line[:begin] + _MARKS.sub(lambda match: _blank(match.group()), line[begin:])


def _blank(text: str) -> str:
    return "".join(character if character in "\r\n" else " " for character in text)
