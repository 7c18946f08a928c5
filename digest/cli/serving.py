"""`digest preview` and `digest serve`: the desk in the browser, with one issue or with the schedule."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digest.cli.building import report
from digest.cli.options import CONFIGS, DONE, OPEN, PATHS, PORT, issue_options, overrides, period
from digest.cli.scheduling import maker, missing
from digest.cli.sending import deliverer, planner
from digest.errors import ConfigError, UsageError

if TYPE_CHECKING:
    import jinja2

    from digest.edges.catalogue import Words
    from digest.schedule import Edition, Report, Run
    from digest.web.shelf import Shelf
    from digest.web.timetable import EditionView, RunView, ScheduleView


T = TypeVar("T")


@dataclass(slots=True)
class _Templates:
    """The templates that the last issue was built with: the desk shows itself with them too."""

    last: jinja2.Environment


@click.command()
@PATHS
@issue_options
@PORT
@OPEN
def preview(paths: tuple[Path, ...], port: int, open_: bool, **options: Any) -> int:
    """Show an issue in the browser: a built folder, or files and folders that are built again whenever they change."""
    from digest import assembly
    from digest.web.app import create_app
    from digest.web.server import listen, serve

    _check_there(paths)
    templates = _Templates(assembly.templates(assembly.settings(options["config"])))
    with _ended_by_sigterm(), listen(port) as listening, _shelf(paths, options, templates) as shelf:
        serve(create_app(shelf, lambda: templates.last), listening, _ready(open_, "Ctrl-C ends it"))
    return DONE


@click.command()
@CONFIGS
@PORT
@OPEN
def serve(configs: tuple[Path, ...], port: int, open_: bool) -> int:
    """Build every edition's issue each week when it is due, send it where configured, and show the issues in the browser."""
    from digest import assembly
    from digest.config import load_editions
    from digest.schedule import built_weeks, edition_of
    from digest.schedule.ticker import Ticker
    from digest.web import server
    from digest.web.app import create_app
    from digest.web.shelf import EditionShelf

    configured = load_editions(assembly.config_files(configs), os.environ)
    if faults := [f"{settings.edition.name}: {words}" for settings in configured for words in missing(settings)]:
        raise ConfigError([*faults, "`digest init` writes a configuration to begin with"])
    for settings in configured:
        assembly.tools(settings, keywords=False)  # an unknown gazetteer or method is told at once, not at night
        assembly.templates(settings)  # and so is a broken theme
    makes = {}
    for settings in configured:
        edition, make = edition_of(settings), maker(settings, _unless_gone(report))
        makes[edition] = planner(make, edition.out) if settings.mail.after_build else make
    environment = assembly.templates(configured[0])
    words: Words = environment.globals["words"]  # type: ignore[assignment] # put there with the templates
    ending = Event()
    delivers = {
        settings.edition.name: deliverer(settings, ending.is_set)
        for settings in configured
        if settings.mail.after_build
    }
    ticker = Ticker(makes, _unless_gone(click.echo), deliver=delivers)
    shelf = EditionShelf(makes, built_weeks, words, lambda: (ticker.building, ticker.failure))
    app = create_app(shelf, lambda: environment, lambda: _timetable(list(makes), ticker.reports, words))
    with _ended_by_sigterm(), server.listen(port) as listening:
        ticker.start()
        try:
            server.serve(app, listening, _ready(open_, "Ctrl-C or SIGTERM ends it once a running build is done"))
        finally:
            ending.set()
            ticker.stop()
    return DONE


def _unless_gone(tell: Callable[[T], object]) -> Callable[[T], None]:
    """Tells the same; where the terminal or the reader of a pipe has gone, nothing: the issue is to be made all the same."""

    def told(what: T) -> None:
        with suppress(OSError):
            tell(what)

    return told


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends the process as Ctrl-C does, so that nothing is left behind."""

    def end(number: int, _: object) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _check_there(paths: Sequence[Path]) -> None:
    if gone := [str(path) for path in paths if not os.path.exists(path)]:  # noqa: PTH110 # Path.exists raises where forbidden
        raise UsageError("\n".join(f"{path}: no such file or folder" for path in gone))


@contextmanager
def _shelf(paths: Sequence[Path], options: Mapping[str, Any], templates: _Templates) -> Iterator[Shelf]:
    """The built issues that the paths are; else the one that is built of them, and again after every change.

    Raises UsageError where some of the paths are built issues and others are not, UnreadableIssue, and what building raises.
    """
    from digest.web.issues import read_issue
    from digest.web.shelf import Entry, FixedShelf

    built = [path for path in paths if os.path.isfile(path / "digest.json")]  # noqa: PTH113 # is_file raises where forbidden
    if not built:
        with _building(paths, options, templates) as shelf:
            yield shelf
    elif len(built) < len(paths):
        other = next(path for path in paths if path not in built)
        raise UsageError(f"{built[0]} is a built issue and {other} is none; preview one kind at a time")
    else:
        for path in built:
            read_issue(path)
        names = [path.resolve().name for path in built]
        keys = names if len(set(names)) == len(names) else [f"{n}-{name}" for n, name in enumerate(names, 1)]
        yield FixedShelf(tuple(Entry(key, str(path), path) for key, path in zip(keys, built, strict=True)))


@contextmanager
def _building(paths: Sequence[Path], options: Mapping[str, Any], templates: _Templates) -> Iterator[Shelf]:
    """The shelf of the issue that is built of the paths into a temporary folder."""
    from digest import assembly
    from digest.edges.resources import resource_folder
    from digest.web.watching import WatchingShelf

    files = assembly.config_files([options["config"]] if options["config"] else []) or (assembly.LOCAL_CONFIG,)
    watched = [*paths, *files, resource_folder("templates"), resource_folder("config")]
    with tempfile.TemporaryDirectory(prefix="digest-preview-") as folder:
        out = Path(folder, "issue")
        with WatchingShelf(watched, lambda: _build(paths, out, options, templates), ignored=[out]) as shelf:
            yield shelf


def _build(paths: Sequence[Path], out: Path, options: Mapping[str, Any], templates: _Templates) -> Path:
    """The folder of the issue, once it is built of the paths; settings, templates and sources are read anew."""
    from digest import assembly, pipeline
    from digest.edges.output import write_folder

    settings = assembly.settings(options["config"], overrides(options["method"], options["keywords"]))
    since, until = period(options["since"], options["until"], options["week"])
    material = assembly.read(paths, settings)
    report(material)
    request = pipeline.Request(settings.edition.title, options["number"], since, until, options["date"])
    environment = assembly.templates(settings)
    write_folder(out, assembly.issue_files(material, request, settings, environment))
    templates.last = environment
    return out


def _ready(open_: bool, ending: str) -> Callable[[str], None]:
    """Tells the address once it answers, and opens it where that is wanted."""

    def ready(url: str) -> None:
        click.echo(f"{url}  ({ending})")
        if open_:
            click.launch(url)

    return ready


def _timetable(editions: Sequence[Edition], reports: Mapping[str, Report], words: Words) -> ScheduleView:
    """The page of the schedule."""
    from digest.web.timetable import ScheduleView

    now = dt.datetime.now(dt.UTC)
    return ScheduleView(tuple(_edition_view(edition, reports.get(edition.name), now, words) for edition in editions))


def _edition_view(edition: Edition, last: Report | None, now: dt.datetime, words: Words) -> EditionView:
    from digest.schedule import outlook
    from digest.web.timetable import EditionView

    ahead = outlook(edition, now)
    return EditionView(
        edition.name,
        edition.title,
        str(edition.zone),
        tuple(_run_view(run, words) for run in ahead.runs),
        tuple(run.week for run in ahead.missed),
        f"{last.run.week}: {last.why}" if last and last.why else None,
    )


def _run_view(run: Run, words: Words) -> RunView:
    from digest.web.shelf import week_title
    from digest.web.timetable import RunView

    offset = f"{run.due:%z}"
    due = f"{run.due:%Y-%m-%d} {words.weekday(run.due)} {run.due:%H:%M}"
    return RunView(due, f"UTC{offset[:3]}:{offset[3:5]}", week_title(run.week, words), run.number)
