"""Files and folders as a newsroom has them, on a real disk."""

import datetime as dt
import json
import os
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.edges.sources import Limits, Reading, find_sources, read_source
from digest.edges.sources.files import Found, printable
from digest.errors import (
    BinarySource,
    EmptySource,
    MalformedSource,
    OversizedSource,
    UndecodableSource,
    UnknownFormat,
    UnreadableSource,
)

BODY = "11月9日，永州市召开会议，部署冬季水利建设工作。全市计划投入2.3亿元，整修渠道860公里。\n" * 3
LIMITS = Limits(20_000_000, ZoneInfo("Asia/Shanghai"))


def put(folder: Path, name: str, content: str | bytes = BODY) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def read(file: Path, limits: Limits = LIMITS) -> Reading:
    return read_source(Found(file, file.name), limits)


def webpage(head: str = "", line: str = "", title: str = "永州冬修水利开工") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in (BODY.split("\n")[0], "“渠道通了，明年不愁水。”村民老唐说。" * 2))
    return (
        f"<html><head><title>{title}_红网</title>{head}</head><body><div class=nav><a href=/>首页</a></div>"
        f"<h1>{title}</h1><div class=info>{line}</div><article>{paragraphs}</article></body></html>"
    )


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    """Sources come by name, whatever the disk's order; hidden files stay out, other formats are told."""
    for name in ("b.txt", "a/2.md", "a/1.HTML", ".hidden.txt", "图.png", "c.jsonl"):
        put(tmp_path, name)
    found, failures, skipped = find_sources([tmp_path])
    assert [f.path for f in found] == ["b.txt", "c.jsonl", "a/1.HTML", "a/2.md"]
    assert failures == []
    assert skipped == ["图.png"]


def test_a_built_issue_is_no_source(tmp_path: Path) -> None:
    """Neither the folder that is written to nor an earlier issue beside the sources is read."""
    put(tmp_path, "a.txt")
    put(tmp_path, "out/documents/a.txt")
    put(tmp_path, "old/digest.json", "{}")
    put(tmp_path, "old/documents/a.txt")
    found, _, _ = find_sources([tmp_path], exclude=tmp_path / "out")
    assert [f.path for f in found] == ["a.txt"]


def test_a_loop_of_links_is_entered_once(tmp_path: Path) -> None:
    """A folder that links back to itself is walked once."""
    put(tmp_path, "a/x.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found, failures, _ = find_sources([tmp_path])
    assert [f.path for f in found] == ["a/x.txt"]
    assert failures == []


def test_a_named_file_of_another_format_is_an_error(tmp_path: Path) -> None:
    """What was asked for by name is never passed over in silence."""
    _, failures, _ = find_sources([put(tmp_path, "a.docx")])
    assert isinstance(failures[0].error, UnknownFormat)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.txt", b"", EmptySource),
        ("a.txt", b"%PDF-1.4", BinarySource),
        ("a.txt", b"\xff" * 50 + b"a", UndecodableSource),
        ("a.html", b"<html></html>", MalformedSource),
        ("a.html", b"<!-- x -->", MalformedSource),
        ("a.html", b"</head>", MalformedSource),
        ("a.jsonl", b"{\n", MalformedSource),
        ("a.jsonl", b'{"title": "x", "text": ""}', MalformedSource),
        ("a.jsonl", b'{"text": "\\ud800"}', MalformedSource),
        ("a.jsonl", b'{"text": "x", "authors": ["\\ud800"], "url": "\\ud800"}', MalformedSource),
        ("a.jsonl", b'{"text": 3}', MalformedSource),
    ],
)
def test_a_bad_file_is_a_failure_that_names_it(tmp_path: Path, name: str, content: bytes, error: type) -> None:
    """A file that cannot be used is a value of the result, with its name and what is wrong."""
    reading = read(put(tmp_path, name, content))
    assert reading.pages == ()
    assert [type(f.error) for f in reading.failures] == [error]
    assert reading.failures[0].path == name


def test_a_huge_file_is_refused_at_the_configured_size(tmp_path: Path) -> None:
    """The limit is the caller's; the message names it."""
    file = put(tmp_path, "a.txt", b"x" * 101)
    (failure,) = read(file, Limits(100, LIMITS.zone)).failures
    assert isinstance(failure.error, OversizedSource)
    assert "100 bytes" in str(failure.error)
    assert read(file, Limits(101, LIMITS.zone)).failures == ()


def test_a_missing_and_a_forbidden_file_are_unreadable(tmp_path: Path) -> None:
    """The operating system's reason is passed on."""
    (failure,) = read(tmp_path / "nowhere.txt").failures
    assert isinstance(failure.error, UnreadableSource)
    locked = put(tmp_path, "locked.txt")
    locked.chmod(0)
    if os.access(locked, os.R_OK):  # root reads everything
        locked.unlink()
        locked.mkdir()
    (failure,) = read(locked).failures
    assert isinstance(failure.error, UnreadableSource)


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """Only regular files are read: a named pipe in a folder would be waited for without end."""
    os.mkfifo(tmp_path / "a.txt")
    (failure,) = read(tmp_path / "a.txt").failures
    assert "not a regular file" in str(failure.error)


def test_a_path_that_is_too_long_is_a_failure() -> None:
    """No path makes the search for sources raise."""
    found, failures, _ = find_sources([Path("x" * 300 + ".txt"), Path("y" * 300)])
    assert [type(f.error) for one in found for f in read_source(one, LIMITS).failures] == [UnreadableSource] * 2
    assert failures == []


def test_a_file_name_in_gbk_bytes_is_readable(tmp_path: Path) -> None:
    """A name that is no UTF-8 is shown as the Chinese that it was."""
    name = "2026年11月10日市州新闻.txt".encode("gbk")
    (Path(os.fsencode(tmp_path).decode()) / os.fsdecode(name)).write_text(BODY)
    found, _, _ = find_sources([tmp_path])
    assert found[0].path == "2026年11月10日市州新闻.txt"
    page = read_source(found[0], LIMITS).pages[0]
    assert page.document.id.endswith("-2026年11月10日市州新闻.txt")
    assert page.published == dt.date(2026, 11, 10)
    assert printable(os.fsdecode(b"\xff\xff.txt")) == "\\xff\\xff.txt"
    assert printable("a\x1b[31m\n.txt") == "a\\x1b[31m\\n.txt"


def test_a_document_is_named_by_its_content(tmp_path: Path) -> None:
    """The id depends on bytes and base name, not on the folder; the text is the bytes decoded, line ends untouched."""
    one = read(put(tmp_path, "a/x.txt", "永州\r\n道县\n")).pages[0].document
    other = read(put(tmp_path, "b/x.txt", "永州\r\n道县\n")).pages[0].document
    assert one == other
    assert one.id.endswith("-x.txt")
    assert one.text == "永州\r\n道县\n"


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2026-11-10_市州新闻.txt", dt.date(2026, 11, 10)),
        ("20261110.txt", dt.date(2026, 11, 10)),
        ("永州日报2026年11月10日.txt", dt.date(2026, 11, 10)),
        ("2026.11.10 综合.md", dt.date(2026, 11, 10)),
        ("000_e9f82a5c6d5fb89e.txt", None),
        ("20261350.txt", None),
        ("稿件120261110.txt", None),
    ],
)
def test_a_date_in_the_file_name(tmp_path: Path, name: str, date: dt.date | None) -> None:
    """A file name gives the date that it plainly holds; the file system's times are never looked at."""
    assert read(put(tmp_path, name)).pages[0].published == date


def test_front_matter(tmp_path: Path) -> None:
    """Front matter states date, medium and authors, wins over the file name, and is no part of the page."""
    head = "---\ndate: 2026-11-13\nmedium: 洞庭晚报\nauthors: ['李明', '王芳']\n---\n"
    page = read(put(tmp_path, "2026-11-01.md", head + BODY)).pages[0]
    assert (page.published, page.medium, page.authors) == (dt.date(2026, 11, 13), "洞庭晚报", ("李明", "王芳"))
    assert page.document.text[page.start : page.end] == BODY
    assert page.kind == "text"


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ('"2026-11-10T20:00:00Z"', dt.date(2026, 11, 11)),
        ("1794355200", dt.date(2026, 11, 11)),
        ("1794355200000", dt.date(2026, 11, 11)),
        ('"0001-01-01T00:00:00Z"', None),
        ('"9999-12-31T23:59:59Z"', None),
        ('"2026-02-30"', None),
        ("1e300", None),
        ("true", None),
        ("[]", None),
    ],
)
def test_what_a_record_states_as_its_date(tmp_path: Path, stated: str, date: dt.date | None) -> None:
    """Moments and seconds since 1970 are days of the zone; impossible days and the zero times of programs state nothing."""
    assert read(put(tmp_path, "a.jsonl", f'{{"text": "x", "published": {stated}}}')).pages[0].published == date


def test_head_lines_without_dashes(tmp_path: Path) -> None:
    """标题： and 作者： above a text are read as front matter is; a first line 来源： alone is the page's."""
    page = read(
        put(tmp_path, "a.txt", "标题：小河镇修桥\n作者：李明\n来源：洞庭晚报\n日期：2026-11-18\n\n" + BODY)
    ).pages[0]
    assert page.headline
    assert page.document.text[slice(*page.headline)] == "小河镇修桥"
    assert (page.kind, page.authors, page.medium) == ("article", ("李明",), "洞庭晚报")
    assert page.document.text[page.start : page.end].strip() == BODY.strip()
    bare = read(put(tmp_path, "b.txt", "来源：洞庭晚报\n作者：李明\n" + BODY)).pages[0]
    assert (bare.kind, bare.start) == ("text", 0)


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("标题：小河镇开会\n作者：李明\n", "会议指出：要修桥。\n会议强调：要修路。\n会后，大家去了工地。"),
        ("标题：小河镇开会\n作者：李明\n", "正文：近日，三座桥通车。"),
        ("标题：小河镇开会\n作者：李明\n", "副标题：桥通了\n三座桥通车。"),
        ("", "标题：小河镇开会\n内容：三座桥通车。\n"),
        ("", "标题：小河镇开会\n作者：李明\n三座桥通车。\n\n标题：石桥镇修渠\n作者：王芳\n修渠四条。"),
        ("", "标题：" + "桥" * 600 + "\n作者：李明\n三座桥通车。"),
    ],
)
def test_head_lines_end_with_the_first_other_line(tmp_path: Path, head: str, rest: str) -> None:
    """Nothing but known fields right below the title is taken for its head; a second title makes a page of several."""
    page = read(put(tmp_path, "a.txt", head + rest)).pages[0]
    assert page.document.text[page.start :] == rest
    assert page.kind == ("article" if head else "text")


def test_a_title_in_front_matter_is_quoted_from_there(tmp_path: Path) -> None:
    """A stated title makes the file one article whose headline has a span of its own."""
    page = read(put(tmp_path, "a.md", "---\r\n标题: “冬修水利”开工\r\n---\r\n" + BODY)).pages[0]
    assert page.kind == "article"
    assert page.headline is not None
    assert page.document.text[slice(*page.headline)] == "“冬修水利”开工"


def test_records(tmp_path: Path) -> None:
    """Each record of a feed is an article of one document; a bad line is a failure with its number, the rest is read."""
    lines = [
        json.dumps(
            {"id": 1, "title": "永州 冬修水利", "text": BODY, "published": "2026-11-09T23:30:00Z", "medium": "红网"}
        ),
        "not json",
        json.dumps(
            {"title": "", "text": "道县开工。", "published": "2026-11-09T23:30:00", "authors": ["李明"]},
            ensure_ascii=False,
        ),
    ]
    reading = read(put(tmp_path, "feed.jsonl", "\n".join(lines)))
    one, two = reading.pages
    assert one.document is two.document
    assert one.headline is not None
    text = one.document.text
    assert text[slice(*one.headline)] == "永州 冬修水利"
    assert text[one.start : one.end] == BODY
    assert (one.published, two.published) == (dt.date(2026, 11, 10), dt.date(2026, 11, 9))
    assert text[two.start : two.end] == "道县开工。"
    assert (two.headline, two.authors, one.medium) == (None, ("李明",), "红网")
    assert "line 2" in str(reading.failures[0].error)


@pytest.mark.parametrize(
    ("head", "line", "authors", "date", "medium"),
    [
        ("", "来源:红网 作者:丁斯斯 编辑:黄瑞婷 2026-11-10 08:30:00", ("丁斯斯",), dt.date(2026, 11, 10), "红网"),
        ("", "2026年11月10日 09:12　来源：永州日报　作者：李明 王芳", ("李明", "王芳"), dt.date(2026, 11, 10), "永州日报"),
        ("", "发布时间:2026年11月06日 来源:国家税务总局办公厅 字号:[ ] [ ] 打印本页", (), dt.date(2026, 11, 6), "国家税务总局办公厅"),
        (
            '<meta property="article:published_time" content="2026-11-10T20:00:00+00:00"><meta name=author content="李明">',
            "",
            ("李明",),
            dt.date(2026, 11, 11),
            None,
        ),
        ("", "来源：雁城在线　作者：颜如玉　发布时间：2026-11-18 09:20", ("颜如玉",), dt.date(2026, 11, 18), "雁城在线"),
        ("", "记者：欧阳晓薇 | 责编：李某", ("欧阳晓薇",), None, None),
        ("", "", (), None, None),
    ],
)  # fmt: skip
def test_what_a_web_page_states(
    tmp_path: Path, head: str, line: str, authors: tuple[str, ...], date: dt.date | None, medium: str | None
) -> None:
    """Byline, date and medium are read as Chinese sites write them; nothing is guessed."""
    page = read(put(tmp_path, "a.html", webpage(head, line))).pages[0]
    assert (page.authors, page.published, page.medium) == (authors, date, medium)


def test_a_web_page_is_one_article(tmp_path: Path) -> None:
    """The document's text is the headline and the body; navigation stays out, the site's name is no part of the headline."""
    page = read(
        put(tmp_path, "a.html", webpage().encode("gb18030").replace(b"<head>", b"<head><meta charset=gbk>"))
    ).pages[0]
    assert page.kind == "article"
    assert page.headline is not None
    assert page.document.text[slice(*page.headline)] == "永州冬修水利开工"
    assert BODY.split("\n")[0] in page.document.text
    assert "首页" not in page.document.text
    assert page.document.encoding == "gb18030"


def test_a_title_that_is_none_is_not_taken_for_one(tmp_path: Path) -> None:
    """Headlines have tens of characters: a longer field of a record is told, of a page or of front matter passed over."""
    long = "永" * 501
    record = json.dumps({"title": long, "text": BODY}, ensure_ascii=False)
    (failure,) = read(put(tmp_path, "a.jsonl", record)).failures
    assert "a title of 501 characters, of 500 at most" in str(failure.error)
    for name, content in (("a.txt", f"---\ntitle: {long}\n---\n{BODY}"), ("a.html", webpage(title=long))):
        (page,) = read(put(tmp_path, name, content)).pages
        assert page.headline is None


def test_a_page_of_very_many_elements_is_read_in_seconds(tmp_path: Path) -> None:
    """What would be compared pair by pair is left out where there is too much of it."""
    paragraph = f"<p>{BODY}</p>"
    page = webpage().replace("<article>", "<article>" + "<p>短</p>" * 40_000 + paragraph * 5)
    started = time.monotonic()
    assert read(put(tmp_path, "a.html", page)).pages
    assert time.monotonic() - started < 20
