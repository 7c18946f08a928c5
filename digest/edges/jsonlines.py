"""JSON Lines in, JSON Lines out: a stage as a Unix filter, one line in memory, each answer written before more is awaited."""

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple, TextIO

from digest.edges.strictjson import read_json
from digest.errors import TextTooLong

_SKIPPED_BYTES = 65_536
"""How much of a line that is too long is read at a time."""


class _BadLine(Exception):
    """A line that is no text to work on."""


class Text(NamedTuple):
    """What a line holds: an id of any JSON type, a title that may be empty, a text, and what else tells where it is from."""

    id: object
    title: str
    text: str
    subtitle: str = ""
    dateline: str = ""
    """What stood before the text: 本报衡阳讯."""
    medium: str = ""
    own_place: str = ""
    """The city or county that 我市 means in it."""


def filter_lines(
    work: Callable[[Text], dict[str, Any]], given: BinaryIO, out: BinaryIO, err: TextIO, max_bytes: int
) -> int:
    """The number of bad lines; the answers of `work` to all others are written to `out`, in order.

    A headline stands for a missing title, so that `digest split` can be piped into a filter.
    A line that is longer than `max_bytes`, is no UTF-8, no JSON object, lacks an id or a text, holds what no JSON can be made
    of again, or is too long for `work`, is reported on `err` by number. Blank lines are passed over.
    """
    bad = 0
    for number, line in enumerate(_lines(given, max_bytes), 1):
        if line is not None and not line.strip():
            continue
        try:
            write_line(work(_parse(line, max_bytes)), out)
        except (_BadLine, TextTooLong) as e:
            bad += 1
            print(f"digest: line {number}: {e}", file=err)
    return bad


def _lines(given: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """The lines, each as soon as it has come; None for one that is too long, of which no more than `max_bytes` are held."""
    while line := given.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = given.readline(_SKIPPED_BYTES)
        yield None


def write_line(record: dict[str, Any], out: BinaryIO) -> None:
    """Write one record as a line of UTF-8, at once."""
    out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    out.flush()


def _parse(line: bytes | None, max_bytes: int) -> Text:
    if line is None:
        raise _BadLine(f"longer than {max_bytes:,} bytes, the limit `reading.max_bytes`")
    try:
        value = read_json(line.decode("utf-8-sig"))
    except UnicodeDecodeError as e:
        raise _BadLine(f"not UTF-8 at byte {e.start}") from None
    except ValueError as e:
        raise _BadLine(str(e)) from None
    if not isinstance(value, dict) or "id" not in value:
        raise _BadLine("not an object with an id")
    title, text = value.get("title") or value.get("headline") or "", value.get("text")
    if not isinstance(title, str) or not isinstance(text, str):
        raise _BadLine("title and text must be strings")
    return Text(value["id"], title, text, *(_string(value.get(name)) for name in Text._fields[3:]))


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
