"""What a value of a setting may be; each check raises ValueError, which becomes an error that names the setting."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Strict, StrictStr

from reports.keep import first_kept_day
from scanner.crawl.urls import normalise

Number = Annotated[float, Strict()]
Text = TypeVar("Text")


def contact_address(text: str) -> str:
    """An e-mail address or a URL, or nothing."""
    # It goes into a header of every request, so nothing but an address may be in it.
    address = r"(mailto:)?[\w.+-]+@[\w.-]+|https?://[\w.~:/?#&=%+@-]+"
    if text and (len(text) > 200 or not re.fullmatch(address, text, re.ASCII)):
        raise ValueError
    return text


def place_named(place: Text) -> Text:
    """A path, URL or name as it is, unless it is empty or holds what no path can."""
    if isinstance(place, str | Path) and min(str(place), default="") < " ":
        raise ValueError
    return place


def _selector(text: str) -> str:
    # A browser would skip what it cannot read, and the banner would stay without a word.
    from soupsieve import SelectorSyntaxError, compile

    try:
        compile(text)
    except SelectorSyntaxError:
        raise ValueError from None
    return text


def _year_and_month(text: str) -> str:
    if not re.fullmatch(r"20\d\d\.(?:0[1-9]|1[0-2])", text):
        raise ValueError
    return text


def preview_base(text: str) -> str:
    """The address of a folder, in its normalised spelling."""
    found = normalise(text)
    if found is None or "?" in found or "#" in text or "@" in text:
        raise ValueError
    return found if found.endswith("/") else f"{found}/"


def _time_kept(text: str) -> str:
    first_kept_day(text, today="2026-01-01")
    return text


FilePath = Annotated[Path, BeforeValidator(place_named)]
Selector = Annotated[StrictStr, AfterValidator(_selector)]
TimeKept = Annotated[StrictStr, AfterValidator(_time_kept)]
RuleSetDate = Annotated[StrictStr, AfterValidator(_year_and_month)]
