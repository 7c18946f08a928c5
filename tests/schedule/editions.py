"""Editions, moments and makers as the tests of the schedule need them."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.schedule import Edition, Run

MONDAY, TUESDAY, FRIDAY, SUNDAY = 0, 1, 4, 6


def edition(
    out: Path = Path("issues"),
    zone: str = "Asia/Shanghai",
    weekday: int = MONDAY,
    hour: int = 8,
    number_start: int = 1,
    name: str = "weekly",
) -> Edition:
    """An edition; by default due on Mondays at 8 in Shanghai."""
    return Edition(name, "新闻周报", ZoneInfo(zone), weekday, hour, out, number_start)


def at(local: str, zone: str = "Asia/Shanghai") -> dt.datetime:
    """The moment of a zone's local time, as the keeper is given it: in UTC."""
    return dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def issue(run: Run) -> Mapping[str, bytes]:
    """The files of a run's issue, as few as an issue has."""
    record = {"number": run.number, "documents": [], "week": run.week}
    return {"digest.json": json.dumps(record).encode(), "digest.html": run.week.encode()}


def counting(made: list[Run]) -> Callable[[Run], Mapping[str, bytes]]:
    """A maker of issues that notes each run that it is asked for."""

    def make(run: Run) -> Mapping[str, bytes]:
        made.append(run)
        return issue(run)

    return make


def put_issue(out: Path, week: str, number: int | None) -> Path:
    """The folder of a week's issue, as an earlier run has left it."""
    folder = out / week
    folder.mkdir(parents=True)
    (folder / "digest.json").write_text(json.dumps({"number": number, "documents": []}), encoding="utf-8")
    return folder


def weeks_in(out: Path) -> list[str]:
    """The names in an edition's folder, in order."""
    return sorted(entry.name for entry in out.iterdir())


def numbers_in(out: Path) -> list[int | None]:
    """The numbers of the issues in an edition's folder, by week."""
    return [json.loads((out / week / "digest.json").read_bytes())["number"] for week in weeks_in(out)]
