"""A JSONL file -> a document of its records' texts and a page for each record."""

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from digest.edges.sources.dates import stated_date
from digest.edges.sources.plain import LONGEST_TITLE_CHARS, names_in
from digest.edges.strictjson import read_json
from digest.errors import MalformedSource
from digest.model import Document, Failure, Page


class Record(NamedTuple):
    """One line of a JSONL file: an article as a feed or an archive gives it."""

    title: str
    text: str
    fields: dict[str, object]


def read_records(decoded: str, path: str) -> tuple[list[Record], list[Failure]]:
    """The records of the lines, and a failure, with its line number, for each line that is none."""
    records, failures = [], []
    for number, line in enumerate(decoded.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append(_record(line))
        except ValueError as e:
            failures.append(Failure(path, MalformedSource(path, f"line {number}: {e}")))
    return records, failures


def text_of(records: list[Record]) -> str:
    """The document's text: title and text of each record, a blank line between two records."""
    return "\n\n".join(f"{record.title}\n{record.text}" if record.title else record.text for record in records)


def pages_of(document: Document, records: list[Record], zone: ZoneInfo) -> Iterator[Page]:
    """A page for each record; offsets are those of `text_of(records)`."""
    start = 0
    for title, text, fields in records:
        body = start + len(title) + 1 if title else start
        end = body + len(text)
        yield Page(
            document,
            body,
            end,
            "article",
            headline=(start, start + len(title)) if title else None,
            authors=_authors(fields.get("authors") or fields.get("author")),
            published=stated_date(fields.get("published") or fields.get("date"), zone),
            medium=_string(fields.get("medium") or fields.get("source")),
            url=_string(fields.get("url") or fields.get("link")),
        )
        start = end + 2


def _record(line: str) -> Record:
    value = read_json(line)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    title, text = value.get("title") or value.get("headline") or "", value.get("text") or value.get("content") or ""
    if not isinstance(title, str) or not isinstance(text, str):
        raise ValueError("title and text must be strings")
    if len(title) > LONGEST_TITLE_CHARS:
        raise ValueError(f"a title of {len(title):,} characters, of {LONGEST_TITLE_CHARS} at most")
    if not text.strip():
        raise ValueError("no text")
    return Record(" ".join(title.split()), text, value)


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return names_in(value)
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
