"""Filters: order kept, bad lines told by number, nothing waited for that has not come."""

import io
import json
import os
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from digest.edges.jsonlines import Text, filter_lines


def echo(text: Text) -> dict[str, object]:
    return {"id": text.id, "title": text.title, "text": text.text}


def run(raw: bytes) -> tuple[list[dict[str, object]], str, int]:
    out, err = io.BytesIO(), io.StringIO()
    bad = filter_lines(echo, io.BytesIO(raw), out, err)
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
        b'{"id": 2, "text": "b"}',
    ]
    out, err, bad = run(b"\n".join(lines))
    assert [line["id"] for line in out] == [1, 2]
    assert bad == 8
    for number, says in [(2, "not JSON"), (3, "an id"), (4, "an id"), (5, "strings"), (6, "strings"), (7, "surrogate"), (8, "UTF-8"), (9, "deep")]:  # fmt: skip
        assert f"line {number}: " in err
        assert says in err


def test_an_answer_does_not_wait_for_more_input() -> None:
    """A line that has come is answered while the pipe is still open."""
    read_in, write_in = os.pipe()
    read_out, write_out = os.pipe()
    with os.fdopen(read_in, "rb") as given_, os.fdopen(write_out, "wb") as out, os.fdopen(read_out, "rb") as answers:
        thread = Thread(target=filter_lines, args=(echo, given_, out, io.StringIO()))
        thread.start()
        for i in range(3):
            os.write(write_in, json.dumps({"id": i, "text": "永州"}).encode() + b"\n")
            assert json.loads(answers.readline())["id"] == i
        os.close(write_in)
        thread.join()


@given(st.binary(max_size=100))
def test_any_bytes_are_survived(raw: bytes) -> None:
    """Whatever comes in, each line is answered or reported."""
    out, err, bad = run(raw)
    assert len(err.splitlines()) >= bad
    assert len(out) + bad == sum(bool(line.strip()) for line in raw.split(b"\n"))
