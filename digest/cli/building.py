"""`digest build`: sources -> an issue's folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import DONE, FAILED, NOTHING, OPEN, PATHS, complain, issue_options, overrides, period, track
from digest.errors import NothingToDo

if TYPE_CHECKING:
    from digest.assembly import Material
    from digest.model import Failure, Issue


@click.command()
@PATHS
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The issue's folder, new or replaced whole."
)
@issue_options
@OPEN
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def build(paths: tuple[Path, ...], out: Path, as_json: bool, open_: bool, **options: Any) -> int:
    """Build one issue from files and folders: the mail, its web page, text and data in the folder OUT."""
    from digest import assembly, pipeline
    from digest.edges.output import check_replaceable, write_folder

    settings = assembly.settings(options["config"], overrides(options["method"], options["keywords"]))
    since, until = period(options["since"], options["until"], options["week"])
    tools = assembly.tools(settings)
    environment = assembly.templates(settings)
    check_replaceable(out)
    material = assembly.read(paths, settings, exclude=out, track=track)
    report(material)
    request = pipeline.Request(settings.edition.title, options["number"], since, until, options["date"])
    try:
        plan = pipeline.plan(material.pages, material.failures, request, tools, track)
    except NothingToDo as e:
        if as_json:
            click.echo(json.dumps(_nothing_done(material), ensure_ascii=False, indent=1))
        return complain(e, FAILED if material.failures else NOTHING)
    files = assembly.files(plan, settings, environment)
    write_folder(out, files)
    record = json.loads(files["digest.json"])
    _announce(plan.issue, out, material.skipped, record, as_json)
    if open_:
        click.launch((out / "digest.html").resolve().as_uri())
    return FAILED if material.failures or not record["gate"]["sendable"] else DONE


def report(material: Material) -> None:
    """Tell on standard error what could not be read and what was passed over."""
    from digest.edges.sources import SUFFIXES

    for failure in material.failures:
        click.echo(f"digest: {failure.error}", err=True)
    if material.skipped:
        names = ", ".join(material.skipped[:5]) + (" …" if len(material.skipped) > 5 else "")
        known = " ".join(sorted(SUFFIXES))
        click.echo(f"digest: passed over, not one of {known}: {names}", err=True)


def _nothing_done(material: Material) -> dict[str, Any]:
    return {"out": None, "failures": _failures(material.failures), "skipped": list(material.skipped)}


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _failures(failures: Iterable[Failure]) -> list[dict[str, Any]]:
    from digest.stages.record import failure_record

    return [failure_record(failure) for failure in failures]


_SHOWN = (
    "digest.html",
    "digest.web.html",
    "digest.wechat.html",
    "digest.pdf",
    "digest.txt",
    "digest.eml",
    "digest.json",
)


def _announce(issue: Issue, out: Path, skipped: Sequence[str], record: Mapping[str, Any], as_json: bool) -> None:
    """Tell what was made, and whether the gate lets it be sent; `record` is `digest.json`."""
    from digest.stages.record import left_out_record

    sentences = sum(len(story.sentences) for story in issue.stories)
    undated = sum(story.published is None for story in issue.stories)
    names = [name for name in _SHOWN if (out / name).is_file()]
    for fault in record["gate"]["faults"]:
        click.echo(f"digest: not to be sent: {fault}", err=True)
    if as_json:
        done = {
            "out": str(out),
            "sizes": {name: (out / name).stat().st_size for name in names},
            "documents": len(issue.documents),
            "articles": issue.articles,
            "stories": len(issue.stories),
            "sentences": sentences,
            "undated": undated,
            "left_out": left_out_record(issue),
            "failures": _failures(issue.failures),
            "skipped": list(skipped),
            "gate": record["gate"],
            "moves": record["moves"],
        }
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
        return
    for path in issue.without_article:
        click.echo(f"digest: {path}: no article was found in it", err=True)
    click.echo(
        f"{_counted(len(issue.documents), 'document', 'documents')}, {_counted(len(issue.stories), 'story', 'stories')}, "
        f"{_counted(sentences, 'sentence', 'sentences')}"
    )
    if issue.failures:
        click.echo(f"files that could not be used: {len(issue.failures)}")
    if record["moves"]:
        click.echo(f"moved to the web page, for want of room in the mail: {len(record['moves'])}")
    if issue.left_out:
        click.echo(f"articles outside the period: {issue.left_out}")
    if undated:
        click.echo(f"stories without a date: {undated}")
    if issue.unquotable:
        click.echo(f"articles without a sentence that can stand alone: {issue.unquotable}")
    for name in names:
        click.echo(out / name)
