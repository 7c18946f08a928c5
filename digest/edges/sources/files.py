"""Files and folders -> pages: what to read, in which order, and what to say of what cannot be read."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from digest.edges.sources.dates import date_in
from digest.edges.sources.decoding import Decoded, decode
from digest.edges.sources.plain import page_of_text
from digest.edges.sources.records import pages_of, read_records, text_of
from digest.edges.sources.webpage import page_of_web, read_webpage
from digest.errors import OversizedSource, SourceError, UnknownFormat, UnreadableSource
from digest.model import Document, Failure, Page

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm"})
RECORD_SUFFIXES = frozenset({".jsonl"})
SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | RECORD_SUFFIXES
"""The endings of file names that are read."""

_ID_HASH_CHARS = 8
_MAX_NAME_BYTES = 200
"""An id becomes a file name; file systems allow 255 bytes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the reading: the largest file in bytes, and the zone that moments are dated in."""

    max_bytes: int
    zone: ZoneInfo


class Found(NamedTuple):
    """A file to read: where it is, and the name that it goes by in the issue."""

    file: Path
    path: str


class Reading(NamedTuple):
    """What came of one source."""

    pages: tuple[Page, ...]
    failures: tuple[Failure, ...]


def find_sources(paths: Sequence[Path], exclude: Path | None = None) -> tuple[list[Found], list[Failure], list[str]]:
    """The files to read, the named paths that cannot be, and the files of folders that are no sources.

    A folder is walked in the order of names; hidden files, `exclude` and built issues are passed over, a loop of symbolic
    links is entered once. A named file must have a known ending.
    """
    found: list[Found] = []
    failures: list[Failure] = []
    skipped: list[str] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 # Path.is_dir raises where a folder above is forbidden
            for file in _walk(path, exclude, failures):
                name = printable(file.relative_to(path).as_posix())
                if file.suffix.lower() in SUFFIXES:
                    found.append(Found(file, name))
                else:
                    skipped.append(name)
        elif path.suffix.lower() in SUFFIXES or not os.path.exists(path):  # noqa: PTH110 # as above
            found.append(Found(path, printable(path.name)))
        else:
            known = " ".join(sorted(SUFFIXES))
            failures.append(Failure(printable(path.name), UnknownFormat(printable(path.name), f"not one of {known}")))
    return list(dict.fromkeys(found)), failures, skipped


def read_source(found: Found, limits: Limits) -> Reading:
    """The pages of one file, and its failures as values; nothing that a file holds raises."""
    try:
        raw = _read(found, limits.max_bytes)
        decoded = decode(raw, found.path, html=found.file.suffix.lower() in HTML_SUFFIXES)
        pages, failures = _pages(found, raw, decoded, limits.zone)
    except SourceError as e:
        return Reading((), (Failure(found.path, e),))
    named = date_in(PurePosixPath(found.path).stem)
    return Reading(tuple(replace(page, published=page.published or named) for page in pages), tuple(failures))


def printable(name: str) -> str:
    """A file name as text that can be written anywhere: bytes that are no UTF-8 read as GB18030, else shown as \\xNN.

    Characters that cannot be printed, a terminal's escapes among them, are shown as escapes too.
    """
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = raw.decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _read(found: Found, max_bytes: int) -> bytes:
    try:
        if not stat.S_ISREG(found.file.stat().st_mode):
            raise UnreadableSource(found.path, "not a regular file")
        with found.file.open("rb") as f:
            raw = f.read(max_bytes + 1)
    except OSError as e:
        raise UnreadableSource(found.path, e.strerror or str(e)) from e
    if len(raw) > max_bytes:
        raise OversizedSource(found.path, f"larger than {max_bytes:,} bytes, the limit `reading.max_bytes`")
    return raw


def _pages(found: Found, raw: bytes, decoded: Decoded, zone: ZoneInfo) -> tuple[Iterable[Page], list[Failure]]:
    suffix = found.file.suffix.lower()
    if suffix in RECORD_SUFFIXES:
        records, failures = read_records(decoded.text, found.path)
        return pages_of(_document(found, raw, decoded, text_of(records)), records, zone), failures
    if suffix in HTML_SUFFIXES:
        article = read_webpage(decoded.text, found.path, zone)
        return [page_of_web(_document(found, raw, decoded, article.text), article)], []
    return [page_of_text(_document(found, raw, decoded, decoded.text), zone)], []


def _document(found: Found, raw: bytes, decoded: Decoded, text: str) -> Document:
    digest = hashlib.sha256(raw).hexdigest()
    base = found.path.rsplit("/", 1)[-1]
    while len(base.encode()) > _MAX_NAME_BYTES:
        base = base[1:]
    return Document(f"{digest[:_ID_HASH_CHARS]}-{base}", found.path, digest, decoded.encoding, text)


def _walk(folder: Path, exclude: Path | None, failures: list[Failure]) -> Iterator[Path]:
    def unreadable(e: OSError) -> None:
        name = printable(Path(e.filename).relative_to(folder).as_posix())
        failures.append(Failure(name, UnreadableSource(name, e.strerror or str(e))))

    excluded = exclude.resolve() if exclude else None
    seen = set()
    for here, folders, files in os.walk(folder, followlinks=True, onerror=unreadable):
        real = Path(here).resolve()
        if real in seen or real == excluded or _is_issue(files, folders):
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(here, name)


def _is_issue(files: list[str], folders: list[str]) -> bool:
    return "digest.json" in files and "documents" in folders
