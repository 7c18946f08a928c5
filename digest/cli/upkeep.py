"""`digest init` and `digest doctor`: a configuration to begin with, and whether everything is in order."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.options import CONFIGS, DONE, FAILED

if TYPE_CHECKING:
    from digest.doctor import Check

_FILE = Path("digest.toml")

_SOURCES_KEY, _SOURCES_FOLDER = "sources = []", "sources"
"""The default names no source; a file to begin with names a folder beside it."""

_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command()
@click.argument("file", default=_FILE, type=click.Path(path_type=Path, readable=False))
def init(file: Path) -> int:
    """Write a configuration with every key and its reason to FILE, by default digest.toml; it must not be there yet."""
    from digest.config import default_file
    from digest.edges.newfile import write_new_file

    text = default_file().read_text(encoding="utf-8")
    write_new_file(file, text.replace(_SOURCES_KEY, f'sources = ["{_SOURCES_FOLDER}"]').encode())
    option = "" if file == _FILE else f" --config {shlex.quote(str(file))}"
    folder = shlex.quote(str(file.parent / _SOURCES_FOLDER))
    click.echo(file.absolute())
    click.echo(f"next: put files to read into the folder {folder}, or name others at `sources` in the file, then")
    click.echo(f"  digest doctor{option}  # is everything in order?")
    click.echo(f"  digest build {folder} --out issue{option}  # an issue at once")
    click.echo(f"  digest serve{option}  # one every week")
    return DONE


@click.command()
@CONFIGS
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
def doctor(configs: tuple[Path, ...], as_json: bool) -> int:
    """Check configuration, templates, gazetteer, fonts, clock, next runs, sources and disk; exit 1 where one fails."""
    from digest.assembly import config_files
    from digest.config import load_editions, variables
    from digest.doctor import examine

    files = config_files(configs)
    editions = load_editions(files, os.environ)
    checks = list(examine(files, editions, variables(os.environ), dt.datetime.now(dt.UTC)))
    if as_json:
        click.echo(json.dumps({"checks": [asdict(check) for check in checks]}, ensure_ascii=False, indent=1))
    else:
        _print(checks, several=len(editions) > 1)
    return FAILED if any(check.state == "fail" for check in checks) else DONE


def _print(checks: Sequence[Check], several: bool) -> None:
    names = [f"{check.edition}: {check.name}" if several and check.edition else check.name for check in checks]
    width = max(map(len, names))
    for check, name in zip(checks, names, strict=True):
        click.echo(f"{click.style(f'{check.state:4}', fg=_COLOURS[check.state])}  {name:{width}}  {check.words}")
