"""What several commands share: exit codes, options, how a number of things is watched."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

DONE, FAILED, USAGE, NOTHING = 0, 1, 2, 3

_FIRST_YEAR, _LAST_YEAR = 1900, 2099


class _Day(click.ParamType):  # type: ignore[type-arg] # generic since click 8.4 only
    """A day of this or the last century, written 2026-11-30."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            day = dt.datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 # a day has no zone
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-11-30", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(f"{value!r} is not of the years {_FIRST_YEAR} to {_LAST_YEAR}", param, ctx)
        return day


class _Week(click.ParamType):  # type: ignore[type-arg] # as above
    """An ISO week, written 2026-W46; its value is the Monday."""

    name = "week"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            monday = dt.datetime.strptime(f"{value}-1", "%G-W%V-%u").date()  # noqa: DTZ007 # a day has no zone
        except ValueError:
            self.fail(f"{value!r} is not an ISO week such as 2026-W46", param, ctx)
        if not _FIRST_YEAR <= monday.year <= _LAST_YEAR:
            self.fail(f"{value!r} is not of the years {_FIRST_YEAR} to {_LAST_YEAR}", param, ctx)
        return monday


DAY = _Day()
WEEK = _Week()
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
CONFIG = click.option(
    "--config", "config", type=click.Path(path_type=Path), help="A TOML file; else DIGEST_CONFIG, else ./digest.toml."
)
CONFIGS = click.option(
    "--config",
    "configs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A TOML file, an edition each; else DIGEST_CONFIG, else ./digest.toml.",
)

PORT = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="The port of this machine; 0 for any that is free.",
)
OPEN = click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")

_ISSUE = (
    click.option("--since", type=DAY, help="First day of the period, 2026-11-09."),
    click.option("--until", type=DAY, help="Last day of the period."),
    click.option("--week", type=WEEK, help="The period as an ISO week, 2026-W46: Monday to Sunday."),
    click.option("--date", type=DAY, help="The date of articles that state none."),
    click.option("--number", type=click.IntRange(1), help="The issue's number (第N期)."),
    click.option("--method", help="The summary method; see the reference."),
    click.option(
        "--keywords/--no-keywords", "keywords", default=None, help="Whether keywords are looked for (loads jieba)."
    ),
    CONFIG,
)

C = TypeVar("C", bound=Callable[..., Any])


def issue_options(command: C) -> C:
    """The command with the options that say which issue is to be made."""
    for option in reversed(_ISSUE):
        command = option(command)
    return command


def complain(error: Exception, code: int) -> int:
    """The exit code, once the error has been told on standard error."""
    for line in str(error).splitlines():
        click.echo(f"digest: {line}", err=True)
    return code


def overrides(method: str | None, keywords: bool | None) -> dict[str, dict[str, object]]:
    """What the options say of the settings."""
    said: dict[str, dict[str, object]] = {}
    if method is not None:
        said["summary"] = {"method": method}
    if keywords is not None:
        said["keywords"] = {"enabled": keywords}
    return said


def period(since: dt.date | None, until: dt.date | None, week: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day asked for, None for an open end; `week` is a Monday."""
    if week is not None:
        if since or until:
            raise click.UsageError("--week states the whole period; leave --since and --until out")
        return week, week + dt.timedelta(days=6)
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}")
    return since, until


def track(what: str, items: Sequence[Any]) -> Iterable[Any]:
    """The items, watched by a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track as watched

    return watched(items, description=what, console=Console(stderr=True), transient=True)
