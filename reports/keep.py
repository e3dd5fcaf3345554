"""How long scans are kept, in words such as "24 months"."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_KEEP = re.compile(r"([1-9][0-9]{0,3}) (day|week|month|year)s?")
_MONTHS = {"month": 1, "year": 12}
_DAYS = {"day": 1, "week": 7}


def first_kept_day(keep: str, *, today: str) -> str:
    """The first day of the time that is kept, such as "24 months"; ValueError for what is no such time."""
    found = _KEEP.fullmatch(keep)
    if found is None:
        raise ValueError(keep)
    number, unit, now = int(found[1]), found[2], date.fromisoformat(today)
    if unit in _DAYS:
        return (now - timedelta(days=number * _DAYS[unit])).isoformat()
    months = now.year * 12 + now.month - 1 - number * _MONTHS[unit]
    if months < 12:
        return date.min.isoformat()
    year, month = divmod(months, 12)
    return date(year, month + 1, min(now.day, calendar.monthrange(year, month + 1)[1])).isoformat()
