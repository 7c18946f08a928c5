"""`digest split`, `digest place`, `digest summarise`: single stages as Unix filters."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.building import report
from digest.cli.options import CONFIG, DAY, DONE, FAILED, PATHS, overrides, track
from digest.errors import NothingToDo

if TYPE_CHECKING:
    from digest.config import Settings
    from digest.edges.jsonlines import Text


@click.command()
@PATHS
@click.option("--date", type=DAY, help="The date of articles that state none.")
@CONFIG
def split(paths: tuple[Path, ...], date: dt.date | None, config: Path | None) -> int:
    """Split files into articles: JSON Lines on standard output, an article a line."""
    from digest import assembly, pipeline
    from digest.edges.jsonlines import write_line
    from digest.stages.issue import dated
    from digest.stages.record import article_record

    settings = assembly.settings(config)
    tools = assembly.tools(settings, keywords=False)
    material = assembly.read(paths, settings, track=track)
    report(material)
    found = 0
    for document, articles in pipeline.split(material.pages, tools):
        for article in articles:
            found += 1
            record = article_record(dated(article, date), pipeline.place(article, tools), document.path)
            write_line(record, sys.stdout.buffer)
    if not found and not material.failures:
        raise NothingToDo("no article was found")
    return FAILED if material.failures else DONE


@click.command()
@CONFIG
def place(config: Path | None) -> int:
    """Decide which city each text is about: JSON Lines {id, title, text} in, {id, city, county, evidence …} out."""
    from digest import assembly
    from digest.stages.places import attribute
    from digest.stages.record import placement_record

    settings = assembly.settings(config)
    tools = assembly.tools(settings, keywords=False)

    def placed(given: Text) -> dict[str, Any]:
        own = tools.own_place(given.own_place, given.medium)
        title = "\n".join(part for part in (given.title, given.subtitle) if part)
        return placement_record(given.id, attribute(title, given.dateline + given.text, tools.atlas, own))

    return _filter(placed, settings)


@click.command()
@click.option("--method", help="The summary method; see the reference.")
@click.option("--top", type=click.IntRange(1), default=3, show_default=True, help="Sentences a text.")
@click.option("--explain", is_flag=True, help="Add what each score is the sum of.")
@CONFIG
def summarise(method: str | None, top: int, explain: bool, config: Path | None) -> int:
    """Rank the sentences of each text: JSON Lines {id, title, text} in, {id, summary_sentences, scores} out."""
    from digest import assembly
    from digest.stages.record import summary_record
    from digest.stages.sentences import text_prose
    from digest.stages.summary import rank_order

    settings = assembly.settings(config, overrides(method, None))
    name = settings.summary.method
    ranker = assembly.ranker(name)

    def ranked(given: Text) -> dict[str, Any]:
        prose = text_prose(given.title, given.text)
        ranking = ranker(prose)
        best = rank_order(prose, ranking.scores)[:top]
        return summary_record(given.id, prose, ranking, best, name, explain)

    return _filter(ranked, settings)


def _filter(work: Callable[[Text], dict[str, Any]], settings: Settings) -> int:
    from digest.edges.jsonlines import filter_lines

    bad = filter_lines(work, sys.stdin.buffer, sys.stdout.buffer, sys.stderr, settings.reading.max_bytes)
    return FAILED if bad else DONE
