"""`digest schedule`: when the next issues are due, and one that was missed made up."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.building import report
from digest.cli.options import CONFIG, CONFIGS, DONE, FAILED, WEEK, track
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.assembly import Material
    from digest.config import Settings
    from digest.pipeline import Track
    from digest.schedule import Edition, Make, Outlook, Run

_NO_SOURCES = "no sources: name files or folders at `sources` of [edition]"


@click.group()
def schedule() -> None:
    """When issues are due, and making up one that was missed."""


@schedule.command()
@CONFIGS
@click.option("--json", "as_json", is_flag=True, help="Print the runs as JSON.")
def show(configs: tuple[Path, ...], as_json: bool) -> int:
    """Print the next five runs of each edition: when they are due, which week they cover, their number."""
    from digest.assembly import config_files
    from digest.config import load_editions
    from digest.schedule import edition_of, outlook

    now = dt.datetime.now(dt.UTC)
    all_settings = load_editions(config_files(configs), os.environ)
    shown = [
        (settings, edition, outlook(edition, now)) for settings in all_settings for edition in [edition_of(settings)]
    ]
    if as_json:
        editions = [_record(edition, ahead, missing(settings)) for settings, edition, ahead in shown]
        click.echo(json.dumps({"editions": editions}, ensure_ascii=False, indent=1))
        return DONE
    for settings, edition, ahead in shown:
        for line in _lines(edition, ahead):
            click.echo(line)
        for words in missing(settings):
            click.echo(f"digest: {edition.name}: {words}", err=True)
    return DONE


@schedule.command()
@click.option("--week", type=WEEK, help="The ISO week to make up, 2026-W46; else the latest that is due.")
@CONFIG
def run(week: dt.date | None, config: Path | None) -> int:
    """Make one issue at once: of a week that was missed, or the latest due; exit 3 where it is there already."""
    from digest.assembly import settings as settings_of
    from digest.schedule import edition_of, make_period, report_lines

    settings = settings_of(config)
    failures: list[object] = []

    def heard(material: Material) -> None:
        report(material)
        failures.extend(material.failures)

    made = make_period(edition_of(settings), week, dt.datetime.now(dt.UTC), maker(settings, heard, track))
    for line in report_lines(made):
        click.echo(line)
    return FAILED if failures else DONE


def maker(settings: Settings, heard: Callable[[Material], None], track: Track = lambda _, items: items) -> Make:
    """What makes an edition's issues; reads the sources anew each time, and lets `heard` know what they held.

    Raises ConfigError where no sources are configured, NothingToDo where the week has no article, NothingReadable where that
    may be because of sources that could not be read.
    """

    def make(run: Run) -> Mapping[str, bytes]:
        from digest import assembly, pipeline
        from digest.schedule import built_weeks, earlier_articles

        if faults := missing(settings):
            raise ConfigError(f"{settings.edition.name}: {words}" for words in faults)
        material = assembly.read(settings.edition.sources, settings, exclude=settings.edition.out, track=track)
        heard(material)
        earlier = earlier_articles(built_weeks(settings.edition.out))
        request = pipeline.Request(settings.edition.title, run.number, run.since, run.until, earlier=earlier)
        return assembly.issue_files(material, request, settings, assembly.templates(settings), track)

    return make


def missing(settings: Settings) -> Sequence[str]:
    """What the configuration must say before an issue of the edition can be made."""
    return () if settings.edition.sources else (_NO_SOURCES,)


def _lines(edition: Edition, ahead: Outlook) -> list[str]:
    from digest.schedule import missed_line

    state = "built" if ahead.built else "not built; digest serve makes it when it starts"
    lines = [f"{edition.name}  {edition.title}  {edition.out}", f"  due   {_line(ahead.due)}  {state}"]
    lines += [f"  next  {_line(run)}" for run in ahead.runs]
    return [*lines, missed_line(edition.name, ahead.missed)] if ahead.missed else lines


def _line(run: Run) -> str:
    from digest.schedule import moment

    number = f"No. {run.number}" if run.number else "no number"
    return f"{moment(run.due)}  {run.week}  {run.since} to {run.until}  {number}"


def _record(edition: Edition, ahead: Outlook, missing: Sequence[str]) -> dict[str, Any]:
    return {
        "edition": edition.name,
        "title": edition.title,
        "zone": str(edition.zone),
        "out": str(edition.out),
        "due": _run_record(ahead.due) | {"built": ahead.built},
        "runs": [_run_record(run) for run in ahead.runs],
        "missed": [_run_record(run) for run in ahead.missed],
        "missing": list(missing),
    }


def _run_record(run: Run) -> dict[str, Any]:
    return {
        "week": run.week,
        "since": run.since.isoformat(),
        "until": run.until.isoformat(),
        "number": run.number,
        "due": run.due.isoformat(),
    }
