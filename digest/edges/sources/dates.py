"""Dates that a source states about itself: in front matter, in its file name, in a feed's field, in a page's head."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

_DATE = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)(?:"
    r"\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"
    r"|([-_./])(\d{1,2})\4(\d{1,2})"
    r"|(\d\d)(\d\d)"
    r")(?![0-9A-Za-z]|[-_./]\d)"
)

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
"""Zero times of programs (0001-01-01) and the end of time (9999-12-31) state nothing."""

_LATEST_SECONDS = 1e11
"""The year 5138: a larger number counts milliseconds."""


def date_in(text: str) -> dt.date | None:
    """The first real date of a short text such as a file name: 2026-11-10, 2026年11月10日, 2026_11_10, 20261110."""
    for m in _DATE.finditer(text):
        year, *rest = m.group(1, 2, 3, 5, 6, 7, 8)
        month, day = (part for part in rest if part)
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def stated_date(value: object, zone: ZoneInfo) -> dt.date | None:
    """The day of this or the last century that a field of a record or of a page's head states, in `zone` for a moment.

    A moment without a zone is taken as local: Chinese feeds and pages state local time. A number is seconds or, where it
    is too large for that, milliseconds since 1970.
    """
    try:
        day = _day(value, zone)
    except (ValueError, OverflowError, OSError):
        return None
    return day if day and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _day(value: object, zone: ZoneInfo) -> dt.date | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return dt.datetime.fromtimestamp(value / 1000 if value > _LATEST_SECONDS else value, zone).date()
    if not isinstance(value, str):
        return None
    stated = value.strip()
    try:
        moment = dt.datetime.fromisoformat(stated)
    except ValueError:
        return date_in(re.split(r"[T\s]", stated, maxsplit=1)[0] if stated[:4].isdigit() else stated)
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()
