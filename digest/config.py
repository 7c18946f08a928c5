"""Configuration: TOML files and environment -> frozen settings, every fault reported at once with its line."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from digest.edges.resources import resource_folder
from digest.errors import ConfigError

ENVIRONMENT_PREFIX = "DIGEST_"
_NESTING = "__"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as e:
        near = get_close_matches(name, available_timezones(), n=1)
        raise ValueError(f"no time zone {name!r}" + (f"; nearest: {near[0]}" if near else "")) from e
    return name


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


_ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
"""The addresses that mail carries everywhere (RFC 5321 without quoting); a name may stand before one in angle brackets."""


class Edition(_Part):
    """What makes a series of issues: its title, its home province, its clock."""

    title: str = Field(min_length=1, max_length=60, pattern=r"^[^\r\n]+$")
    gazetteer: str
    zone: Annotated[str, AfterValidator(_known_zone)]
    sender: str = Field(pattern=rf"^(?:{_ADDRESS}|[^<>\r\n]+<{_ADDRESS}>)$")

    @property
    def zone_info(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.zone)


class ReadingSettings(_Part):
    """Bounds of reading."""

    max_bytes: int = Field(ge=1)


class SummarySettings(_Part):
    """How sentences are scored and how many are quoted."""

    method: str
    max_sentences: int = Field(ge=1, le=10)
    budget_chars: int = Field(ge=40, le=2000)


class KeywordSettings(_Part):
    """Whether and how many keywords are shown."""

    enabled: bool
    per_story: int = Field(ge=0, le=20)
    per_issue: int = Field(ge=0, le=50)


class Settings(_Part):
    """Everything that is configured. There is no default in code: `config/default.toml` holds them all."""

    edition: Edition
    reading: ReadingSettings
    summary: SummarySettings
    keywords: KeywordSettings


def load(
    files: Sequence[Path] = (),
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Mapping[str, object]] | None = None,
) -> Settings:
    """The settings: the shipped defaults, then the files in order, then `DIGEST_PART__KEY` variables, then the overrides.

    Raises ConfigError with every fault found, each naming file and line, or variable, and the nearest known key.
    """
    defaults = resource_folder("config") / "default.toml"
    merged: dict[str, Any] = {}
    origins: dict[tuple[str, ...], str] = {}
    for file in (defaults, *files):
        text = _read(file)
        _merge(merged, _parse(text, file))
        origins |= {key: f"{file}, line {line}" for key, line in _lines(text).items()}
    for name, value in sorted((environ or {}).items()):
        if name.startswith(ENVIRONMENT_PREFIX) and _NESTING in name:
            part, _, key = name.removeprefix(ENVIRONMENT_PREFIX).lower().partition(_NESTING)
            _merge(merged, {part: {key: _literal(value, like=merged.get(part, {}).get(key))}})
            origins[part, key] = name
            origins.setdefault((part,), name)
    _merge(merged, {part: dict(values) for part, values in (overrides or {}).items()})
    try:
        return Settings.model_validate(merged)
    except ValidationError as e:
        raise ConfigError([_fault(error, origins) for error in e.errors()]) from e


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as e:
        raise ConfigError([f"{file}: {e.strerror or e}"]) from e
    except UnicodeDecodeError as e:
        raise ConfigError([f"{file}: not UTF-8 (byte {e.start})"]) from e


def _parse(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise ConfigError([f"{file}: {e}"]) from e


def _merge(into: dict[str, Any], new: Mapping[str, Any]) -> None:
    for key, value in new.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _literal(value: str, like: object) -> object:
    """An environment variable's value as TOML reads it; as it is where TOML does not, or where `like` is a string."""
    if isinstance(like, str):
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of every table and key of a TOML text, by path."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if m := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            table = tuple(part.strip(" \"'") for part in m.group(1).split("."))
            lines[table] = number
        elif m := re.match(r"\s*([\w\"'.-]+)\s*=", line):
            lines[(*table, *(part.strip("\"'") for part in m.group(1).split(".")))] = number
    return lines


def _fault(error: ErrorDetails, origins: Mapping[tuple[str, ...], str]) -> str:
    path = tuple(str(part) for part in error["loc"])
    name = ".".join(path)
    where = origins.get(path) or origins.get(path[:-1])
    prefix = f"{where}: " if where else ""
    if error["type"] == "extra_forbidden":
        near = get_close_matches(name, _known_keys(), n=1, cutoff=0.4)
        return f"{prefix}unknown key {name}" + (f"; nearest: {near[0]}" if near else "")
    return f"{prefix}{name}: {error['msg']}, given {error['input']!r}"


def _known_keys() -> list[str]:
    return [
        known
        for part, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        for known in (part, *(f"{part}.{key}" for key in field.annotation.model_fields))
    ]
