"""Filters: order kept, bad lines told by number, nothing waited for that has not come."""

import io
import json
import os
import tracemalloc
from threading import Thread
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.edges.jsonlines import Text, filter_lines


def echo(text: Text) -> dict[str, object]:
    return {"id": text.id, "title": text.title, "text": text.text}


def run(raw: bytes, max_bytes: int = 1_000_000) -> tuple[list[dict[str, object]], str, int]:
    out, err = io.BytesIO(), io.StringIO()
    bad = filter_lines(echo, io.BytesIO(raw), out, err, max_bytes)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), bad


def test_good_lines_pass_in_order() -> None:
    """Ids of any JSON type come back as they were; a missing title is empty; blank lines are passed over."""
    out, err, bad = run('{"id": 7, "text": "永州"}\n\n{"id": "b", "title": "道县", "text": "江永", "more": 1}'.encode())
    assert out == [{"id": 7, "title": "", "text": "永州"}, {"id": "b", "title": "道县", "text": "江永"}]
    assert (err, bad) == ("", 0)


def test_bad_lines_are_reported_by_number_and_the_rest_is_done() -> None:
    """Every kind of bad line has its number and its reason."""
    lines = [
        b'{"id": 1, "text": "a"}',
        b"not json",
        b"[1]",
        b'{"text": "a"}',
        b'{"id": 1}',
        b'{"id": 1, "text": 3}',
        b'{"id": 1, "text": "\\ud800"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": NaN, "text": "a"}',
        b'{"id": 1e999999, "text": "a"}',
        b'{"id": %s, "text": "a"}' % (b"7" * 5000),
        b'{"id": 1, "text": "a", "\\udfff\\u0000": ""}',
        b'{"id": 2, "text": "b"}',
    ]
    out, err, bad = run(b"\n".join(lines))
    assert [line["id"] for line in out] == [1, 2]
    assert bad == 12
    for number, says in [(2, "not JSON"), (3, "an id"), (4, "an id"), (5, "strings"), (6, "strings"), (7, "surrogate"), (8, "UTF-8"), (9, "deep"), (10, "NaN"), (11, "too large"), (12, "5000 digits"), (13, "surrogate")]:  # fmt: skip
        assert f"line {number}: " in err
        assert says in err


def test_an_answer_does_not_wait_for_more_input() -> None:
    """A line that has come is answered while the pipe is still open."""
    read_in, write_in = os.pipe()
    read_out, write_out = os.pipe()
    with os.fdopen(read_in, "rb") as given_, os.fdopen(write_out, "wb") as out, os.fdopen(read_out, "rb") as answers:
        thread = Thread(target=filter_lines, args=(echo, given_, out, io.StringIO(), 1000))
        thread.start()
        for i in range(3):
            os.write(write_in, json.dumps({"id": i, "text": "永州"}).encode() + b"\n")
            assert json.loads(answers.readline())["id"] == i
        os.close(write_in)
        thread.join()


def test_what_json_allows_is_answered() -> None:
    """NUL characters, keys that stand twice, long but possible numbers and the mark of UTF-8 are no faults."""
    lines = [
        b'{"id": "a\\u0000b", "text": "\\u0000", "\\u0000": 1}',
        b'{"id": 1, "id": 2, "text": "x", "text": "y"}',
        b'{"id": %s, "text": "z"}' % (b"7" * 4300),
        b'\xef\xbb\xbf{"id": 1e308, "text": ""}',
    ]
    out, err, bad = run(b"\n".join(lines))
    assert (err, bad) == ("", 0)
    assert [answer["text"] for answer in out] == ["\0", "y", "z", ""]


def test_a_line_that_is_too_long_is_passed_over() -> None:
    """It is reported by number with the limit, and the lines behind it are read from their beginnings."""
    good = b'{"id": 1, "text": "a"}'
    long = b'{"id": 1, "text": "%s"}' % (b"a" * 300_000)
    out, err, bad = run(b"\n".join([good, long, good, b" " * 200, good, long]), len(good))
    assert (len(out), bad) == (3, 3)
    assert err.splitlines() == [
        f"digest: line {number}: longer than 22 bytes, the limit `reading.max_bytes`" for number in (2, 4, 6)
    ]


class Endless(io.RawIOBase):
    """A line of a hundred megabytes, made as it is read."""

    left = 100_000_000

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), self.left)
        buffer[:size] = b"a" * size
        self.left -= size
        return size


def test_a_long_line_is_never_held() -> None:
    """The memory that a line of any length takes is bounded by the limit."""
    tracemalloc.start()
    try:
        bad = filter_lines(echo, io.BufferedReader(Endless()), io.BytesIO(), io.StringIO(), 1_000_000)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert bad == 1
    assert most < 5_000_000


line_like = st.one_of(
    st.binary(max_size=100),
    st.text(max_size=60).map(str.encode),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "title", "text"]), inner, max_size=3)
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries({"id": st.integers() | st.text(max_size=3), "text": st.text()}).map(
        lambda value: json.dumps(value).encode()
    ),
)


@settings(deadline=None)
@given(st.lists(line_like, max_size=6).map(b"\n".join), st.integers(1, 100))
def test_any_bytes_are_survived(raw: bytes, max_bytes: int) -> None:
    """Whatever comes in, each line is answered or reported, and each answer is a line of JSON."""
    out, err, bad = run(raw, max_bytes)
    assert len(err.splitlines()) >= bad
    lines = [line for line in raw.split(b"\n") if line.strip() or len(line) > max_bytes]
    assert len(out) + bad == len(lines)
