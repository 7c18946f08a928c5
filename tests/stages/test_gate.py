"""Nothing passes the gate that is not what its source says, or that a reader could not follow."""

from collections.abc import Mapping

import pytest

from digest.model import Move
from digest.stages.gate import examine

TEXT = "株洲新桥合龙。\n全长一公里，明年通车。"


def receipt(start: int, end: int, **changes: object) -> dict[str, object]:
    """Where the characters stand in the document."""
    return {"document": "page", "spans": [[start, end]], "repairs": []} | changes


def record(sentence: str = "全长一公里，明年通车。", **changes: object) -> dict[str, object]:
    """An issue of one story with one sentence, whose receipt may be changed."""
    told = {"text": sentence, "index": 0, "receipt": receipt(8, 19, **changes)}
    story = {"id": "page#1", "label": "株洲新桥合龙", "label_receipt": receipt(0, 6), "sentences": [told]}
    return {"sections": [{"stories": [story], "briefs": []}]}


def files(
    body: str = "<h3>株洲新桥合龙</h3><p>全长一公里，<b>明年</b>通车。</p>", **changes: bytes
) -> Mapping[str, bytes]:
    """The files of that issue; a keyword stands for the file of its form."""
    page = f"<html><head><title>t</title><style>p{{}}</style></head><body>{body}</body></html>".encode()
    made = {
        "digest.html": changes.get("mail", page),
        "digest.web.html": changes.get("web", page),
        "digest.wechat.html": changes.get("wechat", page),
        "digest.txt": changes.get("text", TEXT.encode()),
        "documents/page.txt": changes.get("document", TEXT.encode()),
    }
    return {name: content for name, content in made.items() if content}


def test_a_faithful_issue_passes() -> None:
    """Every quote counts, the headline too; marks and line ends within a sentence do not matter."""
    gate = examine(record(), files(), (), 1_000, True)
    assert (gate.sendable, gate.checks.faithful, gate.checks.total, gate.faults) == (True, 2, 2, ())


@pytest.mark.parametrize(
    "wrong",
    [
        record("全长两公里，明年通车。"),
        record(spans=[[8, 18]]),
        record(spans=[[9, 40]]),
        record(repairs=[{"kind": "space", "at": 0, "was": "多", "now": ""}]),
        record(document="other"),
    ],
)
def test_a_sentence_that_its_document_does_not_say_is_a_fault(wrong: dict[str, object]) -> None:
    """The bytes of the document decide, by the receipt alone."""
    gate = examine(wrong, files(), (), 1_000, True)
    assert not gate.sendable
    assert gate.checks.faithful == 1
    assert any(fault.startswith("not what ") for fault in gate.faults)


def test_a_changed_byte_of_a_document_is_a_fault() -> None:
    """Not even one character of a number may differ."""
    gate = examine(record(), files(document=TEXT.replace("一公里", "二公里").encode()), (), 1_000, True)
    assert gate.faults == ("not what page says: 全长一公里，明年通车。",)


@pytest.mark.parametrize("document", [b"", b"\xff"])
def test_a_document_that_is_missing_or_no_text_is_a_fault(document: bytes) -> None:
    """There is nothing to check against."""
    assert examine(record(), files(document=document), (), 1_000, True).checks.faithful == 0


@pytest.mark.parametrize(
    ("form", "name"),
    [("mail", "digest.html"), ("web", "digest.web.html"), ("text", "digest.txt"), ("wechat", "digest.wechat.html")],
)
def test_a_form_that_shows_something_else_is_a_fault(form: str, name: str) -> None:
    """What a template lost or changed is found in each form."""
    shown = "株洲新桥合龙 全长一公里，后年通车。".encode()
    gate = examine(record(), files(**{form: shown}), (), 1_000, True)
    assert gate.faults == (f"{name} lacks: 全长一公里，明年通车。",)


def test_what_has_moved_may_be_missing_in_the_mail_alone() -> None:
    """The web page must have it, and the mail must be able to say where that is."""
    moves = (Move("株洲市", "story", "page#1", "株洲新桥合龙"),)
    assert examine(record(), files(mail=b"<p>x"), moves, 1_000, True).sendable
    assert not examine(record(), files(web=b"<p>x"), moves, 1_000, True).sendable
    without = examine(record(), files(mail=b"<p>x"), moves, 1_000, False)
    assert without.faults == ("1 stories and briefs have moved to the web page, and rendering.web_address is not set",)


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ('<a href="#gone">x</a>', "digest.html: the link '#gone' leads nowhere"),
        ('<a id="a">x</a><a id="a">y</a>', "digest.html: the anchor 'a' stands twice"),
        ('<a href="other.html">x</a>', "digest.html: the link 'other.html' is no address of the web"),
        ('<a href="javascript:x">x</a>', "digest.html: the link 'javascript:x' is no address of the web"),
    ],
)
def test_a_dead_link_is_a_fault(link: str, fault: str) -> None:
    """Within a page it leads to one anchor, out of it to the web."""
    page = f"<p>株洲新桥合龙</p><p>全长一公里，明年通车。</p>{link}".encode()
    assert examine(record(), files(mail=page), (), 1_000, True).faults == (fault,)


def test_links_that_lead_somewhere_are_none() -> None:
    """An anchor that is there, the web, a mailbox."""
    page = '<p id="a">株洲新桥合龙</p><p>全长一公里，明年通车。</p><a href="#a"></a><a href="https://a.example/"></a>'.encode()
    assert examine(record(), files(mail=page), (), 1_000, True).sendable


def test_a_mail_over_the_budget_is_a_fault() -> None:
    """The bytes count, decoded."""
    gate = examine(record(), files(), (), 100, True)
    size = len(files()["digest.html"])
    assert gate.faults == (f"digest.html has {size} bytes, more than the 100 that a mail may have",)
