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
    """The day that a field of a record or of a page's head states, in `zone` where it names a moment.

    A moment without a zone is taken as local: Chinese feeds and pages state local time.
    """
    if not isinstance(value, str):
        return None
    stated = value.strip()
    try:
        moment = dt.datetime.fromisoformat(stated)
    except ValueError:
        return date_in(re.split(r"[T\s]", stated, maxsplit=1)[0] if stated[:4].isdigit() else stated)
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()
