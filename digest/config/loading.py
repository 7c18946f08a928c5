"""Layers of values -> settings, or every fault that they have."""

import os
import re
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from digest.config.keys import PARTS, Settings
from digest.config.layers import Layer, anchored, default_file, file_layer, variable_layer
from digest.errors import ConfigError

_NEAR = 0.6
"""How alike two names are for one to be a hint at the other, from 0 to 1: difflib's own threshold."""

_LONGEST_KEY = 80
"""Characters of a misspelt key that are compared, and that are shown as they are."""

_SHOWN = reprlib.Repr()
_SHOWN.maxstring = _SHOWN.maxother = 120

_OPENING = re.compile(r"^(?:Input|String|List) should")
"""How pydantic begins, where our own messages say what the key must be."""

_Places = Mapping[tuple[str, ...], str]


def load(
    files: Sequence[Path] = (),
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Mapping[str, object]] | None = None,
) -> Settings:
    """The settings: the shipped defaults, then the files in order, then `DIGEST_PART__KEY` variables, then the overrides.

    A relative path counts from the folder of the file that states it, elsewhere from the working folder.

    Raises ConfigError with every fault found, each naming file and line, or variable, and the nearest known key.
    """
    merged: dict[str, Any] = {}
    places: dict[tuple[str, ...], str] = {}
    faults: list[str] = []
    for layer in _layers(files, environ or {}, overrides or {}):
        places |= layer.places
        for part, values in layer.table.items():
            if part in PARTS and not isinstance(values, dict):
                faults.append(f"{_place((part,), places)}{part} must be a table, [{part}], given {_SHOWN.repr(values)}")
            else:
                merged[part] = merged.get(part, {}) | values if part in PARTS else values
    try:
        settings = Settings.model_validate(merged)
    except ValidationError as e:
        raise ConfigError([*faults, *(_fault(error, places) for error in e.errors())]) from e
    if faults:
        raise ConfigError(faults)
    return settings


def load_editions(files: Sequence[Path], environ: Mapping[str, str]) -> tuple[Settings, ...]:
    """The settings of each file, an edition each; without a file those of the one edition that the defaults make.

    Raises ConfigError with the faults of all files, or where two editions have one name or one output folder.
    """
    editions: list[Settings] = []
    faults: list[str] = []
    for own in [[file] for file in files] or [[]]:
        try:
            editions.append(load(own, environ))
        except ConfigError as e:
            faults += e.faults
    if found := list(dict.fromkeys(faults)) or list(_shared(files, editions)):
        raise ConfigError(found)
    return tuple(editions)


def _layers(
    files: Sequence[Path], environ: Mapping[str, str], overrides: Mapping[str, Mapping[str, object]]
) -> Iterator[Layer]:
    """The layers, the weakest first, their paths absolute."""
    try:
        here = Path.cwd()
    except OSError as e:
        raise ConfigError([f"the folder that you work in cannot be used: {e.strerror or e}"]) from e
    shipped = file_layer(default_file())
    said = {part: dict(values) for part, values in overrides.items()}
    weakest_first = [
        (shipped, here),
        *((file_layer(file), here / file.parent) for file in files),
        (variable_layer(environ, shipped.table), here),
        (Layer(said, {}), here),
    ]
    for layer, folder in weakest_first:
        yield Layer(anchored(layer.table, folder), layer.places)


def _shared(files: Sequence[Path], editions: Sequence[Settings]) -> Iterator[str]:
    """What is wrong with editions that would write over each other."""
    stated = zip(files, [settings.edition for settings in editions], strict=False)
    for (file, one), (other, two) in combinations(stated, 2):
        if one.name == two.name:
            yield f"{other}: edition.name must be its own, given {two.name!r} as in {file}"
        if os.path.realpath(one.out) == os.path.realpath(two.out):
            yield f"{other}: edition.out must be its own, given {str(two.out)!r} as in {file}"


def _fault(error: ErrorDetails, places: _Places) -> str:
    path = tuple(str(part) for part in error["loc"])
    name = ".".join(path[:2]) + "".join(f", element {int(part) + 1}" for part in path[2:] if part.isdecimal())
    if error["type"] == "extra_forbidden":
        near = _nearest(name)
        shown = name if name.isprintable() and len(name) <= _LONGEST_KEY else _SHOWN.repr(name)
        return f"{_place(path, places)}unknown key {shown}" + (f"; nearest: {near}" if near else "")
    words = str(error["ctx"]["error"]) if error["type"] == "value_error" else _OPENING.sub("must", error["msg"])
    return f"{_place(path, places)}{name}: {words}, given {_SHOWN.repr(error['input'])}"


def _place(path: tuple[str, ...], places: _Places) -> str:
    """Where a key is stated, or else what it is a part of."""
    known = (places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in places)
    return "".join(f"{place}: " for place in [*known][:1])


def _nearest(name: str) -> str | None:
    """The known key or table that is most alike by its own name, in the same table first; None where none is near."""
    table, _, own = name.lower().rpartition(".")
    own = own[:_LONGEST_KEY]
    known = [*PARTS] if not table else []
    known += [f"{part}.{key}" for part, model in PARTS.items() for key in model.model_fields]

    def likeness(other: str) -> tuple[float, bool]:
        its_table, _, its_own = other.rpartition(".")
        return SequenceMatcher(None, own, its_own).ratio(), its_table == table

    best = max(known, key=likeness)
    return best if likeness(best)[0] >= _NEAR else None
