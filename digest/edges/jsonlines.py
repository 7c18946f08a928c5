"""JSON Lines in, JSON Lines out: a stage as a Unix filter, one line in memory, each answer written before more is awaited."""

import json
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple, TextIO


class Text(NamedTuple):
    """What a line holds: an id of any JSON type, a title that may be empty, and a text."""

    id: object
    title: str
    text: str


def filter_lines(work: Callable[[Text], dict[str, Any]], given: BinaryIO, out: BinaryIO, err: TextIO) -> int:
    """The number of bad lines; the answers of `work` to all others are written to `out`, in order.

    A headline stands for a missing title, so that `digest split` can be piped into a filter.
    A line that is no UTF-8, no JSON object, or lacks an id or a text, or holds half a surrogate pair, is reported on `err`
    by number. Blank lines are passed over.
    """
    bad = 0
    for number, line in enumerate(iter(given.readline, b""), 1):
        if not line.strip():
            continue
        try:
            text = _parse(line)
        except ValueError as e:
            bad += 1
            print(f"digest: line {number}: {e}", file=err)
        else:
            write_line(work(text), out)
    return bad


def write_line(record: dict[str, Any], out: BinaryIO) -> None:
    """Write one record as a line of UTF-8, at once."""
    out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    out.flush()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _parse(line: bytes) -> Text:
    try:
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except UnicodeDecodeError as e:
        raise ValueError(f"not UTF-8 at byte {e.start}") from None
    except json.JSONDecodeError as e:
        raise ValueError(f"not JSON: {e.msg} at character {e.pos}") from None
    if not isinstance(value, dict) or "id" not in value:
        raise ValueError("not an object with an id")
    title, text = value.get("title") or value.get("headline") or "", value.get("text")
    if not isinstance(title, str) or not isinstance(text, str):
        raise ValueError("title and text must be strings")
    try:
        json.dumps([value["id"], title, text], ensure_ascii=False).encode()
    except UnicodeEncodeError as e:
        raise ValueError(f"half a surrogate pair, {e.object[e.start : e.start + 1]!a}") from None
    return Text(value["id"], title, text)
