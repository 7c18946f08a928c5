"""An edition's folder -> which weeks have their issue: the folder of a period is the record that it was built."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path

from digest.errors import FolderInUse, OutputError
from digest.schedule.calendar import Anchor

_RECORD, _ARTICLES = "digest.json", "articles.json"


def built_weeks(out: Path) -> Mapping[dt.date, Path]:
    """The folders of `out` that are named by an ISO week and hold an issue, by the week's Monday, the earliest first.

    None where `out` is missing. Raises OutputError where it cannot be read.
    """
    try:
        named = sorted((monday, entry) for entry in out.iterdir() if (monday := _monday(entry.name)))
    except FileNotFoundError:
        return {}
    except OSError as e:
        raise OutputError(str(out), e.strerror or str(e)) from e
    return {monday: entry for monday, entry in named if _is_issue(entry)}


def find_anchor(weeks: Mapping[dt.date, Path]) -> Anchor | None:
    """The earliest of the built weeks whose issue has a number; None where none has."""
    numbers = ((monday, _number(folder)) for monday, folder in weeks.items())
    return next((Anchor(monday, number) for monday, number in numbers if number), None)


def earlier_articles(weeks: Mapping[dt.date, Path]) -> frozenset[str]:
    """The hashes of the articles of the built weeks' issues; a record that cannot be read has none."""
    return frozenset(article for folder in weeks.values() for article in _articles(folder))


def is_built(folder: Path) -> bool:
    """Whether the folder of a period holds its issue; raises FolderInUse where something else stands in its place."""
    if _is_issue(folder):
        return True
    try:
        folder.lstat()
    except FileNotFoundError:
        return False
    except OSError as e:
        raise OutputError(str(folder), e.strerror or str(e)) from e
    raise FolderInUse(
        str(folder), f"stands where the issue of that week belongs, and holds no {_RECORD}; move it elsewhere"
    )


def _monday(name: str) -> dt.date | None:
    """The Monday of the ISO week that a folder is named by, None where it is named by none."""
    if not re.fullmatch(r"[0-9]{4}-W[0-9]{2}", name):
        return None
    try:
        return dt.date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
    except ValueError:
        return None


def _is_issue(folder: Path) -> bool:
    try:
        return (folder / _RECORD).is_file()
    except OSError as e:  # a folder that may not be entered
        raise OutputError(str(folder), e.strerror or str(e)) from e


def _articles(folder: Path) -> list[str]:
    try:
        return [str(article["sha256"]) for article in json.loads((folder / _ARTICLES).read_bytes())["articles"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _number(folder: Path) -> int | None:
    """The issue's number, None where its record has none or cannot be read."""
    try:
        number = json.loads((folder / _RECORD).read_bytes())["number"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return number if type(number) is int and number >= 1 else None
