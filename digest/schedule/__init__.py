"""Every week: an edition's calendar, the keeper of its issues, the ticker that wakes the keeper.

Edition, now | latest_run | catch_up ─► the period's folder, complete or not at all, once

That folder is the record that a period was built; there is no other. The ticker (digest.schedule.ticker) is the only part
that knows APScheduler, and is imported by its own name.
"""

from digest.config import WEEKDAYS, Settings
from digest.schedule.calendar import Edition, Run, latest_run, next_runs
from digest.schedule.keeper import Make, Outlook, catch_up, make_period, outlook
from digest.schedule.periods import built_weeks, earlier_articles
from digest.schedule.reports import Mailed, Outcome, Report, missed_line, moment, report_lines

__all__ = [
    "Edition",
    "Mailed",
    "Make",
    "Outcome",
    "Outlook",
    "Report",
    "Run",
    "built_weeks",
    "catch_up",
    "earlier_articles",
    "edition_of",
    "latest_run",
    "make_period",
    "missed_line",
    "moment",
    "next_runs",
    "outlook",
    "report_lines",
]


def edition_of(settings: Settings) -> Edition:
    """The edition that a configuration describes."""
    told = settings.edition
    weekday = WEEKDAYS.index(told.weekday)
    return Edition(told.name, told.title, told.zone_info, weekday, told.hour, told.out, told.number_start)
