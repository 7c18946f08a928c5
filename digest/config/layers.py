"""A file or the environment -> values, and where each of them is stated."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.edges.resources import resource_folder
from digest.errors import ConfigError, SourceError

_PREFIX, _NESTING = "DIGEST_", "__"

_PATHS: Mapping[str, tuple[str, ...]] = {"edition": ("sources", "out"), "mail": ("folder", "ca_file")}
"""The keys that hold a path or a list of paths, by table."""

_MAX_FILE_BYTES = 1_000_000
"""A configuration has a few thousand; the bound keeps `--config /dev/zero` from filling the memory."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Values from one origin, by table and key, and where each is stated, by path (`("edition", "zone")`)."""

    table: dict[str, Any]
    places: Mapping[tuple[str, ...], str]


def default_file() -> Path:
    """The shipped file that holds every key with its default and its reason."""
    return resource_folder("config") / "default.toml"


def file_layer(file: Path) -> Layer:
    """What a TOML file states. Raises ConfigError, with the line, for what is no TOML in UTF-8 or cannot be read."""
    text = _read(file)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as e:  # ValueError: also a number of more digits than Python reads
        raise ConfigError([f"{file}: {e}"]) from e
    return Layer(table, {path: f"{file}, line {line}" for path, line in _lines(text).items()})


def variable_layer(environ: Mapping[str, str], like: Mapping[str, Any]) -> Layer:
    """What the variables `DIGEST_PART__KEY` state: texts where `like` has one, elsewhere what TOML reads in them."""
    table: dict[str, Any] = {}
    places: dict[tuple[str, ...], str] = {}
    for name in variables(environ):
        part, _, key = name.removeprefix(_PREFIX).lower().partition(_NESTING)
        table.setdefault(part, {})[key] = _literal(environ[name], like.get(part, {}).get(key))
        places[part, key] = name
        places.setdefault((part,), name)
    return Layer(table, places)


def variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the variables that state a setting, in order."""
    return tuple(sorted(name for name in environ if name.startswith(_PREFIX) and _NESTING in name))


def anchored(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The table with its paths counted from the folder, `~` expanded; what is no path stays as it is."""
    anchored: dict[str, Any] = {}
    for part, keys in _PATHS.items():
        values = table.get(part)
        if isinstance(values, dict):
            anchored[part] = values | {key: _absolutes(values[key], folder) for key in keys if key in values}
    edition = table.get("edition")
    if isinstance(edition, dict):
        anchored["edition"] = anchored.get("edition", edition) | _own_files(edition, folder)
    rendering = table.get("rendering")
    if isinstance(rendering, dict) and _is_path(rendering.get("theme")):
        anchored["rendering"] = rendering | {"theme": _absolute(rendering["theme"], folder)}
    return table | anchored


def _absolutes(value: object, folder: Path) -> object:
    return [_absolute(one, folder) for one in value] if isinstance(value, list) else _absolute(value, folder)


def _own_files(edition: dict[str, Any], folder: Path) -> dict[str, object]:
    """The gazetteer and the sources with a city of their own, as far as they are paths."""
    found: dict[str, object] = {}
    if str(edition.get("gazetteer")).endswith(".toml"):
        found["gazetteer"] = _absolute(edition["gazetteer"], folder)
    if isinstance(edition.get("cities"), dict):
        found["cities"] = {
            _absolute(key, folder) if "/" in key else key: city for key, city in edition["cities"].items()
        }
    return found


def _is_path(theme: object) -> bool:
    """Whether a theme is a folder's path rather than the name of one that ships with digest."""
    return isinstance(theme, str) and ("/" in theme or os.sep in theme)


def _absolute(value: object, folder: Path) -> object:
    if isinstance(value, str) and value and "\0" not in value:
        return str(folder / os.path.expanduser(value))  # noqa: PTH111 # Path.expanduser raises for an unknown ~name
    return value


def _read(file: Path) -> str:
    try:
        with file.open("rb") as f:
            raw = f.read(_MAX_FILE_BYTES + 1)
    except OSError as e:
        raise ConfigError([f"{file}: {e.strerror or e}"]) from e
    if len(raw) > _MAX_FILE_BYTES:
        raise ConfigError([f"{file}: larger than {_MAX_FILE_BYTES:,} bytes: no configuration"])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = raw.count(b"\n", 0, e.start) + 1
        raise ConfigError([f"{file}, line {line}: not UTF-8{_other_encoding(raw)}; save the file as UTF-8"]) from e
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ConfigError([f"{file}, line {line}: holds NUL bytes: not a text file in UTF-8"])
    return text


def _other_encoding(raw: bytes) -> str:
    # brings in every reader of sources, which a configuration that can be read has no need of
    from digest.edges.sources.decoding import decode

    try:
        encoding = decode(raw, "").encoding
    except SourceError:
        return ""
    return f" but {'GBK (GB18030)' if encoding == 'gb18030' else encoding.upper()}"


def _literal(value: str, like: object) -> object:
    """A variable's value as TOML reads it; as it is where TOML does not, or where `like` is a string."""
    if isinstance(like, str):
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError):
        return value


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of every table and key of a TOML text, by path."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if m := re.match(r"\s*\[+([^\[\]]*)\]", line):
            table = _parts(m.group(1))
            lines[table] = number
        elif m := re.match(r"\s*([\w\"'.-]+)\s*=", line):
            lines[(*table, *_parts(m.group(1)))] = number
    return lines


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in dotted.split("."))
