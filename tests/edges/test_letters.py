"""Whatever stands in a built issue's folder, it is a letter or an error that names the file."""

import datetime as dt
import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from digest.edges.letters import read_letter
from digest.errors import UnreadableIssue, UnsendableIssue
from digest.model import Letterhead, Rendering
from digest.stages.message import build_message, closing, letter_of
from tests.build import issue
from tests.delivery.conftest import SENDER

LETTER = letter_of(issue(), Rendering("湖南市州新闻周报 第46期", "<p>第一行\r\n第二行</p>", "第一行\r\n"))
MAIL = build_message(LETTER, Letterhead("weekly", SENDER), None, closing(LETTER.period, dt.UTC)).content
RECORD = {
    "edition": "湖南市州新闻周报",
    "fingerprint": LETTER.fingerprint,
    "period": {"since": "2026-11-09", "until": "2026-11-15"},
    "gate": {"sendable": True},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["since", "until", "x"]), inner),
)


def read(mail: bytes, record: bytes) -> object:
    """The letter of a folder with these two files, None where the error names one of them."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "digest.eml").write_bytes(mail)
        (Path(folder) / "digest.json").write_bytes(record)
        try:
            return read_letter(Path(folder)).letter
        except (UnreadableIssue, UnsendableIssue) as e:
            if folder not in str(e):
                raise
            return None


def test_what_was_built_is_read_back() -> None:
    """Subject, parts, period and fingerprint."""
    assert read(MAIL, json.dumps(RECORD).encode()) == LETTER


@given(st.integers(0, len(MAIL)), st.integers(0, 60), st.binary(max_size=60))
def test_a_mail_that_was_damaged(at: int, cut: int, put: bytes) -> None:
    """Bytes that are missing, added or others, at any place."""
    read(MAIL[:at] + put + MAIL[at + cut :], json.dumps(RECORD).encode())


@given(st.sampled_from(list(RECORD)), JSON)
def test_a_record_with_other_values(key: str, value: object) -> None:
    """Of any type, and none."""
    read(MAIL, json.dumps(RECORD | {key: value}).encode())


@given(st.binary(max_size=200))
def test_files_of_something_else(content: bytes) -> None:
    """No mail, no JSON."""
    assert read(content, json.dumps(RECORD).encode()) is None
    assert read(MAIL, content) is None
