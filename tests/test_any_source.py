"""From the bytes of any file to the files of an issue, and from any text through the filters, in one process."""

import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import pipeline
from digest.edges.sources import SUFFIXES
from digest.errors import NothingToDo
from digest.quote import Repair, restore
from digest.stages.places import attribute
from digest.stages.record import placement_record, summary_record
from digest.stages.sentences import text_prose
from digest.stages.summary import method, rank_order
from tests.edges.test_readers_laws import contents, read
from tests.test_cli import quotes
from tests.test_pipeline import HEAD, PIECES, REQUEST, TEMPLATES, TOOLS


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(contents, st.sampled_from(sorted(SUFFIXES))), max_size=3))
def test_any_files_become_an_issue_or_nothing_to_do(files: list[tuple[bytes, str]]) -> None:
    """The record is JSON, every receipt in it restores its quote, and every file of the issue can be written."""
    readings = [read(content, suffix) for content, suffix in files]
    pages = [page for reading in readings for page in reading.pages]
    failures = [failure for reading in readings for failure in reading.failures]
    try:
        plan = pipeline.plan(pages, failures, REQUEST, TOOLS)
    except NothingToDo:
        return
    written = pipeline.files(plan, TEMPLATES, HEAD, ZoneInfo("Asia/Shanghai"))
    issue = json.loads(written["digest.json"])
    assert len(issue["failures"]) == len(failures)
    json.loads(written["articles.json"])
    for text, receipt in quotes(issue):
        document = written[f"documents/{receipt['document']}.txt"].decode()
        assert restore(document, receipt["spans"], [Repair(**repair) for repair in receipt["repairs"]]) == text


def check_filters(title: str, text: str, name: str) -> None:
    """Whether `place` and `summarise` can answer."""
    placed = placement_record(1, attribute(title, text, TOOLS.atlas))
    json.dumps(placed, allow_nan=False, ensure_ascii=False).encode()
    prose = text_prose(title, text)
    ranking = method(name)(prose)
    scores = ranking.scores
    assert len(scores) == len(prose.sentences)
    best = rank_order(prose, scores)[:3]
    record = summary_record(1, prose, ranking, best, name, explain=True)
    json.dumps(record, allow_nan=False, ensure_ascii=False).encode()
    assert all(prose.sentences[i] in text for i in best)


given_texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=20), given_texts, st.sampled_from(["centrality", "textrank", "lead", "random"]))
def test_any_text_is_placed_and_ranked(title: str, text: str, name: str) -> None:
    """Each filter has an answer that can be written, and quotes sentences of the text only."""
    check_filters(title, text, name)


@pytest.mark.parametrize("char", ["\x00", "\u200b", "\ufeff", "\u2028", "\x85", "\U000e0001", "\U0010ffff", "\u0301"])
def test_characters_without_a_shape(char: str) -> None:
    """They may stand anywhere in a text."""
    for text in (char, char * 1000, f"永{char}州市召开会议{char}。{char}\n" * 20):
        check_filters(text, text, "centrality")
