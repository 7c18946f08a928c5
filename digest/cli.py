"""The command line: builds the edges from the settings, calls the pipeline, prints what was done and where.

Exit codes: 0 done, 1 some items failed, 2 usage or configuration, 3 nothing to do.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest import __version__
from digest.errors import DigestError, NothingToDo, UsageError

if TYPE_CHECKING:  # what a command needs is imported when it runs, so that --help answers at once
    from digest.config import Settings
    from digest.edges.jsonlines import Text
    from digest.model import Failure, Issue, Page, Ranker
    from digest.pipeline import Tools

DONE, FAILED, USAGE, NOTHING = 0, 1, 2, 3

_INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""

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


_DAY = _Day()
_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
_CONFIG = click.option(
    "--config", "config", type=click.Path(path_type=Path), help="A TOML file; else DIGEST_CONFIG, else ./digest.toml."
)


def main() -> None:
    """Run the command line and exit; ends quietly on Ctrl-C and when the reader of a pipe has gone."""
    _open_streams()
    try:
        with cli.make_context("digest", sys.argv[1:]) as context:
            code = cli.invoke(context) or DONE
        sys.stdout.flush()
    except click.exceptions.Exit as e:
        code = e.exit_code
    except click.ClickException as e:
        e.show()
        code = e.exit_code
    except NothingToDo as e:
        code = _complain(e, NOTHING)
    except UsageError as e:
        code = _complain(e, USAGE)
    except DigestError as e:
        code = _complain(e, FAILED)
    except (click.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    except OSError as e:  # what is written to standard output did not fit: /dev/full
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _complain(e, FAILED)
    sys.exit(code)


def _open_streams() -> None:
    """Make the standard streams UTF-8 whatever the locale, and a closed one (`>&-`) an empty one."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        getattr(sys, name).reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(error: Exception, code: int) -> int:
    for line in str(error).splitlines():
        click.echo(f"digest: {line}", err=True)
    return code


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def cli() -> None:
    """A weekly digest of Chinese local news, by city. It only quotes, and every quote has a receipt."""


@cli.command()
@_PATHS
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The issue's folder, new or replaced whole."
)
@click.option("--since", type=_DAY, help="First day of the period, 2026-11-09.")
@click.option("--until", type=_DAY, help="Last day of the period.")
@click.option("--week", help="The period as an ISO week, 2026-W46: Monday to Sunday.")
@click.option("--date", type=_DAY, help="The date of articles that state none.")
@click.option("--number", type=click.IntRange(1), help="The issue's number (第N期).")
@click.option("--method", help="The summary method; see the reference.")
@click.option(
    "--keywords/--no-keywords", "keywords", default=None, help="Whether keywords are looked for (loads jieba)."
)
@click.option("--open", "open_", is_flag=True, help="Open the digest in the browser.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@_CONFIG
def build(paths: tuple[Path, ...], out: Path, as_json: bool, open_: bool, **options: Any) -> int:
    """Build one issue from files and folders: digest.html, .txt, .eml and .json in the folder OUT."""
    from digest import pipeline
    from digest.edges.output import check_replaceable, write_folder
    from digest.edges.resources import resource_folder
    from digest.edges.templates import load_templates

    settings = _settings(options["config"], _overrides(options["method"], options["keywords"]))
    since, until = _period(options["since"], options["until"], options["week"])
    tools = _tools(settings)
    environment = load_templates(resource_folder("templates"))
    check_replaceable(out)
    pages, failures, skipped = _read(paths, settings, exclude=out)
    _report(failures, skipped)
    request = pipeline.Request(settings.edition.title, options["number"], since, until, options["date"])
    try:
        issue = pipeline.plan(pages, failures, request, tools, _track)
    except NothingToDo as e:
        if as_json:
            click.echo(json.dumps(_nothing_done(failures, skipped), ensure_ascii=False, indent=1))
        return _complain(e, FAILED if failures else NOTHING)
    write_folder(out, pipeline.files(issue, environment, settings.edition.sender, settings.edition.zone_info))
    _announce(issue, out, skipped, as_json)
    if open_:
        click.launch((out / "digest.html").resolve().as_uri())
    return FAILED if failures else DONE


@cli.command()
@_PATHS
@click.option("--date", type=_DAY, help="The date of articles that state none.")
@_CONFIG
def split(paths: tuple[Path, ...], date: dt.date | None, config: Path | None) -> int:
    """Split files into articles: JSON Lines on standard output, an article a line."""
    from digest import pipeline
    from digest.edges.jsonlines import write_line
    from digest.stages.issue import dated
    from digest.stages.record import article_record

    settings = _settings(config)
    tools = _tools(settings, keywords=False)
    pages, failures, skipped = _read(paths, settings)
    _report(failures, skipped)
    found = 0
    for document, articles in pipeline.split(pages):
        for article in articles:
            found += 1
            record = article_record(dated(article, date), pipeline.place(article, tools), document.path)
            write_line(record, sys.stdout.buffer)
    if not found and not failures:
        raise NothingToDo("no article was found")
    return FAILED if failures else DONE


@cli.command()
@_CONFIG
def place(config: Path | None) -> int:
    """Decide which city each text is about: JSON Lines {id, title, text} in, {id, city, county, evidence …} out."""
    from digest.stages.places import attribute
    from digest.stages.record import placement_record

    atlas = _tools(_settings(config), keywords=False).atlas
    return _filter(lambda given: placement_record(given.id, attribute(given.title, given.text, atlas)))


@cli.command()
@click.option("--method", help="The summary method; see the reference.")
@click.option("--top", type=click.IntRange(1), default=3, show_default=True, help="Sentences a text.")
@_CONFIG
def summarise(method: str | None, top: int, config: Path | None) -> int:
    """Rank the sentences of each text: JSON Lines {id, title, text} in, {id, summary_sentences, scores} out."""
    from digest.stages.record import summary_record
    from digest.stages.sentences import text_prose
    from digest.stages.summary import rank_order

    name = _settings(config, _overrides(method, None)).summary.method
    ranker = _ranker(name)

    def ranked(given: Text) -> dict[str, Any]:
        prose = text_prose(given.title, given.text)
        scores = ranker(prose)
        best = rank_order(prose, scores)[:top]
        return summary_record(given.id, [prose.sentences[i] for i in best], [scores[i] for i in best], name)

    return _filter(ranked)


def _settings(config: Path | None, overrides: dict[str, dict[str, object]] | None = None) -> Settings:
    from digest.config import load

    named = config or (Path(path) if (path := os.environ.get("DIGEST_CONFIG")) else None)
    local = [Path("digest.toml")] if os.path.isfile("digest.toml") else []  # noqa: PTH113 # is_file raises in a forbidden folder
    files = [named] if named else local
    return load(files, os.environ, overrides)


def _overrides(method: str | None, keywords: bool | None) -> dict[str, dict[str, object]]:
    overrides: dict[str, dict[str, object]] = {}
    if method is not None:
        overrides["summary"] = {"method": method}
    if keywords is not None:
        overrides["keywords"] = {"enabled": keywords}
    return overrides


def _tools(settings: Settings, keywords: bool = True) -> Tools:
    from digest.edges.gazetteer import load_gazetteer
    from digest.edges.resources import resource_folder
    from digest.edges.tokenizer import Tokenizer
    from digest.pipeline import Tools
    from digest.stages.places import compile_atlas
    from digest.stages.summary import Limits

    gazetteer = load_gazetteer(resource_folder("config") / "gazetteer", settings.edition.gazetteer)
    divisions = (*gazetteer.prefectures, *gazetteer.counties, *gazetteer.townships)
    tokenizer = Tokenizer(name for division in divisions for name in division.names)
    return Tools(
        gazetteer,
        compile_atlas(gazetteer),
        settings.summary.method,
        _ranker(settings.summary.method),
        Limits(settings.summary.max_sentences, settings.summary.budget_chars),
        tokenizer.keywords if keywords and settings.keywords.enabled else None,
        settings.keywords.per_story,
        settings.keywords.per_issue,
    )


def _ranker(name: str) -> Ranker:
    from digest.edges.textrank4zh import textrank4zh
    from digest.edges.tokenizer import Tokenizer
    from digest.stages.summary import method, registry

    # a tokenizer without names of its own: the package's words are to be the package's
    return method(name, registry({"textrank4zh": textrank4zh(Tokenizer())}))


def _read(
    paths: Sequence[Path], settings: Settings, exclude: Path | None = None
) -> tuple[list[Page], list[Failure], list[str]]:
    """The pages of the paths, what could not be read, and the files of folders that are no sources."""
    from digest.edges.sources import Limits, find_sources, read_source

    limits = Limits(settings.reading.max_bytes, settings.edition.zone_info)
    found, failures, skipped = find_sources(paths, exclude)
    pages: list[Page] = []
    for source in _track("reading", found):
        reading = read_source(source, limits)
        pages += reading.pages
        failures += reading.failures
    return pages, failures, skipped


def _period(since: dt.date | None, until: dt.date | None, week: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day asked for, None for an open end."""
    if week is not None:
        if since or until:
            raise click.UsageError("--week states the whole period; leave --since and --until out")
        try:
            monday = dt.datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007 # a day has no zone
        except ValueError:
            raise click.UsageError(f"--week {week}: not an ISO week such as 2026-W46") from None
        if not _FIRST_YEAR <= monday.year <= _LAST_YEAR:
            raise click.UsageError(f"--week {week}: not of the years {_FIRST_YEAR} to {_LAST_YEAR}")
        return monday, monday + dt.timedelta(days=6)
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}")
    return since, until


def _filter(work: Callable[[Text], dict[str, Any]]) -> int:
    from digest.edges.jsonlines import filter_lines

    bad = filter_lines(work, sys.stdin.buffer, sys.stdout.buffer, sys.stderr)
    return FAILED if bad else DONE


def _report(failures: Iterable[Failure], skipped: Sequence[str]) -> None:
    from digest.edges.sources import SUFFIXES

    for failure in failures:
        click.echo(f"digest: {failure.error}", err=True)
    if skipped:
        names = ", ".join(skipped[:5]) + (" …" if len(skipped) > 5 else "")
        known = " ".join(sorted(SUFFIXES))
        click.echo(f"digest: passed over, not one of {known}: {names}", err=True)


def _nothing_done(failures: Iterable[Failure], skipped: Sequence[str]) -> dict[str, Any]:
    from digest.stages.record import failure_record

    return {"out": None, "failures": [failure_record(failure) for failure in failures], "skipped": list(skipped)}


def _announce(issue: Issue, out: Path, skipped: Sequence[str], as_json: bool) -> None:
    from digest.stages.record import failure_record, left_out_record

    sentences = sum(len(story.sentences) for story in issue.stories)
    names = [f"digest.{suffix}" for suffix in ("html", "txt", "eml", "json")]
    if as_json:
        done = {
            "out": str(out),
            "bytes": {name: (out / name).stat().st_size for name in names},
            "documents": len(issue.documents),
            "articles": issue.articles,
            "stories": len(issue.stories),
            "sentences": sentences,
            "left_out": left_out_record(issue),
            "failures": [failure_record(failure) for failure in issue.failures],
            "skipped": list(skipped),
        }
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
        return
    for path in issue.without_article:
        click.echo(f"digest: {path}: no article was found in it", err=True)
    click.echo(f"{len(issue.documents)} documents, {len(issue.stories)} stories, {sentences} sentences")
    if issue.left_out:
        click.echo(f"articles outside the period: {issue.left_out}")
    if issue.unquotable:
        click.echo(f"articles without a sentence that can stand alone: {issue.unquotable}")
    for name in names:
        click.echo(out / name)


def _track(what: str, items: Sequence[Any]) -> Iterable[Any]:
    """The items, watched by a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=what, console=Console(stderr=True), transient=True)
