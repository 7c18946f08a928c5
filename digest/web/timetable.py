"""What the page of the schedule shows: plain values, so that the desk need not know how runs are computed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunView:
    """A coming run: when it is due in the edition's zone, and what it will cover."""

    due: str
    """2026-11-23 周一 08:00."""
    offset: str
    """UTC+08:00."""
    period: str
    """2026年第47周（11月16日—11月22日）."""
    number: int | None


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition: its coming runs, the weeks that were missed, the last failure where the last run failed."""

    name: str
    title: str
    zone: str
    runs: tuple[RunView, ...]
    missed: tuple[str, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """The editions that are scheduled."""

    editions: tuple[EditionView, ...]
