"""All checks in order, each of which may fail in any way without stopping the others."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.config import Settings
from digest.doctor.edition import edition_checks
from digest.doctor.findings import Find, State, fail
from digest.doctor.machine import machine_checks
from digest.errors import DigestError


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, for an edition or, where that is None, for all."""

    edition: str | None
    name: str
    state: State
    words: str


def examine(
    files: Sequence[Path], editions: Sequence[Settings], variables: Sequence[str], now: dt.datetime
) -> Iterator[Check]:
    """The checks of the machine, then those of each edition; nothing that a check meets is raised.

    `files` are the configuration files of the editions, empty where the defaults make the only one; `variables` the names of
    the variables that state settings; `now` any aware moment.
    """
    for name, find in machine_checks(now):
        yield _checked(None, name, find)
    stated: Sequence[Path | None] = files or [None]
    for file, settings in zip(stated, editions, strict=True):
        for name, find in edition_checks(settings, file, variables, now):
            yield _checked(settings.edition.name, name, find)


def _checked(edition: str | None, name: str, find: Find) -> Check:
    try:
        finding = find()
    except DigestError as e:
        finding = fail(str(e))
    except Exception as e:
        finding = fail(f"{type(e).__name__}: {e}")
    return Check(edition, name, finding.state, "; ".join(finding.words.splitlines()))
