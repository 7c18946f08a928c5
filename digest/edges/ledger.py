"""The record of what was sent to whom: a file beside the issue, a JSON line for each step of each mail, on the disk before the next.

A line may also say that an issue, by its fingerprint, is planned: it is to be sent by whatever builds issues by itself.

The last line of a mail says where it stands. `sending` is written before a mail is handed over: where nothing follows it, the
process died meanwhile, and nobody knows whether the server took it. A line that a dying process left half-written is none.
"""

import datetime as dt
import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from digest.edges.locks import held
from digest.errors import BrokenLedger
from digest.model import Answer, SendState

ENDING = ".sent"
"""Of the record's name, which begins as the issue's folder's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A step of a mail."""

    at: dt.datetime
    message_id: str
    recipient: str
    answer: Answer


class Ledger:
    """The record, open for writing; `standing` is where each mail stands, by Message-ID."""

    def __init__(self, file: FileIO, path: Path, content: bytes) -> None:
        self._file, self._path = file, path
        self._standing, self._planned = _told(content, path)

    @property
    def standing(self) -> Mapping[str, Entry]:
        return self._standing

    def is_planned(self, fingerprint: str) -> bool:
        """Whether the issue of this fingerprint was planned to be sent."""
        return fingerprint in self._planned

    def plan(self, at: dt.datetime, fingerprint: str) -> None:
        """Have an issue planned; on the disk when this returns. Raises BrokenLedger where it cannot be."""
        self._write({"at": at.isoformat(timespec="seconds"), "planned": fingerprint})
        self._planned.add(fingerprint)

    def note(self, entry: Entry) -> None:
        """Add a step; on the disk when this returns. Raises BrokenLedger where it cannot be."""
        self._write(_record(entry))
        self._standing[entry.message_id] = entry

    def _write(self, told: Mapping[str, object]) -> None:
        try:
            line = json.dumps(told, ensure_ascii=False).encode() + b"\n"
            if self._file.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file.fileno())
        except OSError as e:
            raise BrokenLedger(str(self._path), e.strerror or str(e)) from e


def ledger_path(issue: Path) -> Path:
    """Where the record of an issue's folder is: beside it, so that an issue built anew does not take it along."""
    whole = Path(os.path.abspath(issue))  # noqa: PTH100 # a link keeps its own name
    return whole.with_name(whole.name + ENDING)


def read_ledger(path: Path) -> Mapping[str, Entry]:
    """Where each mail stands, by Message-ID; nothing where there is no record. Raises BrokenLedger."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as e:
        raise BrokenLedger(str(path), e.strerror or str(e)) from e
    return _told(content, path)[0]


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """The record, made where it is missing, this process's alone while the block runs. Raises BrokenLedger."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("ab+", buffering=0))
            if not stack.enter_context(held(path)):
                raise BrokenLedger(str(path), "another process is sending this issue; try again when it is done")
            file.seek(0)
            content = file.read()
            file.truncate(content.rfind(b"\n") + 1)
            _sync(path.parent)
        except OSError as e:
            raise BrokenLedger(str(path), e.strerror or str(e)) from e
        yield Ledger(file, path, content)


def _told(content: bytes, path: Path) -> tuple[dict[str, Entry], set[str]]:
    """Where each mail stands, and the fingerprints of the issues that are planned."""
    standing: dict[str, Entry] = {}
    planned: set[str] = set()
    *whole, _ = content.split(b"\n")  # what follows the last line end was never finished
    for number, line in enumerate(whole, 1):
        try:
            told = json.loads(line)
            if "planned" in told:
                planned.add(str(told["planned"]))
                continue
            entry = _entry(told)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BrokenLedger(
                str(path), f"line {number} is no step of a mail; mend it or move the file away"
            ) from None
        standing[entry.message_id] = entry
    return standing, planned


def _entry(told: Mapping[str, Any]) -> Entry:
    answer = Answer(SendState(told["state"]), str(told["words"]), bool(told["passing"]))
    return Entry(dt.datetime.fromisoformat(told["at"]), str(told["message_id"]), str(told["recipient"]), answer)


def _record(entry: Entry) -> Mapping[str, object]:
    return {
        "at": entry.at.isoformat(timespec="seconds"),
        "message_id": entry.message_id,
        "recipient": entry.recipient,
        "state": entry.answer.state.value,
        "words": entry.answer.words,
        "passing": entry.answer.passing,
    }


def _sync(folder: Path) -> None:
    """Have the file's name on the disk, where the system has a way to ask for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
