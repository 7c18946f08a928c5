"""What holds for every file, whatever its bytes and whatever its name ends with."""

import json
import tempfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.edges.sources import SUFFIXES, Limits, Reading, read_source
from digest.edges.sources.files import Found
from digest.edges.strictjson import read_json
from digest.errors import SourceError

LIMITS = Limits(100_000, ZoneInfo("Asia/Shanghai"))

PIECES = [
    "永州市召开会议，部署冬季水利建设工作。", "11月9日，", "---\n", "title: 永州\n", "date: 2026-11-10\n", "标题：道县\n", "日期:", "\r\n",
    "\u2028", "\x00", "\ufeff", "<html><head><title>永州_红网</title>", "<meta name=date content='2026-11-10'>", "<h1>", "</h1>", "<p>",
    "<script>", "<!--", "<![CDATA[", "&#0;", "&#xD800;", "&nbsp;", "<div hidden>", "<base href=javascript:>", "来源:", "作者:王强",
    '{"title": "', '", "text": "', '"}\n', '{"text": 1e999}', '{"text": "x", "date": -1e308}', '"date": 253402300800000', "\\ud800", "[",
]  # fmt: skip
"""What files of every kind are made of."""

texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5"])
records = st.dictionaries(
    st.sampled_from(
        ["title", "headline", "text", "content", "date", "published", "authors", "author", "medium", "url"]
    ),
    st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.none(), st.lists(st.text(max_size=5), max_size=3)),
)
contents = st.one_of(
    st.binary(max_size=300),
    st.builds(lambda text, encoding: text.encode(encoding, "replace"), texts, encodings),
    st.builds(lambda text, junk, at: text.encode()[:at] + junk + text.encode()[at:], texts, st.binary(max_size=3), st.integers(0, 50)),
    st.lists(records, max_size=4).map(lambda made: "\n".join(map(json.dumps, made)).encode()),
)  # fmt: skip


def read(content: bytes, suffix: str) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a" + suffix)
        file.write_bytes(content)
        return read_source(Found(file, file.name), LIMITS)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=150, deadline=None)
@given(content=contents)
def test_any_bytes_become_pages_or_failures(suffix: str, content: bytes) -> None:
    """Nothing raises; a page lies within its document, whose text can be written; a failure names the file."""
    reading = read(content, suffix)
    assert reading.pages or reading.failures or suffix == ".jsonl"
    for failure in reading.failures:
        assert isinstance(failure.error, SourceError)
        assert str(failure.error).startswith(f"a{suffix}: ")
    for page in reading.pages:
        text = page.document.text
        text.encode()
        assert 0 <= page.start <= page.end <= len(text)
        assert page.headline is None or 0 <= page.headline[0] < page.headline[1] <= len(text)
        json.dumps([page.authors, page.medium, page.url], ensure_ascii=False).encode()


values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(values)
def test_what_json_can_hold_is_read_as_it_is(value: Any) -> None:
    """A value that was written is read back equal."""
    assert read_json(json.dumps(value, ensure_ascii=False)) == value


@given(st.one_of(st.text(), st.lists(st.sampled_from(["[", "]", "{", "}", '"', "\\ud800", "1e999", "-", "9" * 4301, ":", ",", "NaN"])).map("".join)))  # fmt: skip
def test_whatever_is_read_can_be_written(text: str) -> None:
    """A text is refused in words, or its value can be written as UTF-8."""
    try:
        value = read_json(text)
    except ValueError:
        return
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
