"""What the documents say is there, and what is there is in the documents."""

import re
import tomllib
from dataclasses import asdict
from functools import reduce
from importlib import import_module
from operator import or_
from pathlib import Path

import click
import pytest

from digest.cli import cli
from digest.edges.resources import resource_folder
from digest.errors import DigestError, SourceError
from digest.model import Fault
from digest.stages.summary import Limits
from digest.stages.summary.centrality import TERMS

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
DECIDES = (ROOT / "docs" / "how-it-decides.md").read_text(encoding="utf-8")


def commands(group: click.Group = cli, before: str = "digest") -> dict[str, click.Command]:
    """Every command by its whole name, those of groups included."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found |= (
            commands(command, f"{before} {name}") if isinstance(command, click.Group) else {f"{before} {name}": command}
        )
    return found


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_documented(name: str) -> None:
    """The reference names each command and each of its options."""
    assert name in REFERENCE
    for parameter in commands()[name].params:
        if isinstance(parameter, click.Option):
            assert all(option in REFERENCE for option in parameter.opts)


def test_every_key_is_documented() -> None:
    """The reference names each key of the configuration, and no other."""
    defaults = tomllib.loads((resource_folder("config") / "default.toml").read_text(encoding="utf-8"))
    keys = {f"{part}.{key}" for part, values in defaults.items() for key in values}
    _, _, chapter = REFERENCE.partition("## Configuration")
    assert set(re.findall(r"^\| `(\w+\.\w+)` \|", chapter, re.MULTILINE)) == keys


def test_every_term_and_fault_is_documented() -> None:
    """The documents name what a score is made of and why a sentence can never be quoted."""
    for page in (REFERENCE, DECIDES):
        assert all(f"`{name}`" in page for name in (*TERMS, *Fault))


def test_constants_are_those_of_the_code() -> None:
    """Each constant that the account of the methods states has that value."""
    modules = [import_module(f"digest.stages.summary.{name}") for name in ("centrality", "selection", "textrank")]
    known = reduce(or_, map(vars, modules), asdict(Limits()))
    stated = re.findall(r"^\| `(\w+)` \| (-?[\d.]+) \|$", DECIDES, re.MULTILINE)
    assert len(stated) >= 30
    assert {name: float(value) for name, value in stated} == {name: float(known[name]) for name, _ in stated}


def test_every_error_is_in_the_tree() -> None:
    """The tree of exceptions in the docstring names each class."""
    import digest.errors as errors

    assert errors.__doc__ is not None
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, DigestError):
            assert name in errors.__doc__
    assert issubclass(SourceError, DigestError)


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link and picture of the documents exists."""
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
