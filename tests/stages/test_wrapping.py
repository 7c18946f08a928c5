"""Paragraphs that were wrapped at the width of a column are read whole; other lines stay as they are."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, Document, Page
from digest.quote import restore
from digest.stages.articles import split_page
from digest.stages.articles.lines import read_lines
from digest.stages.articles.wrapping import unwrapped
from tests.splitting import MODEL

STORIES = (
    (
        "云溪县油菜播下42万亩",
        "本报记者 邓安 通讯员 周立",
        (
            "连日来，云溪县各乡镇抢抓晴好天气，组织农户开展冬种。目前全县已播种油菜42万亩，完成任务的九成，机械直播率达到65%，比去年提高8个百分点。",
            "漆河镇种粮大户罗大明今年种了680亩油菜。“机械直播一天能种80亩，省了不少人工。”他说，合作社还为周边60户农户代耕代种，每亩收费比市场价低20元。",
            "县农业农村局派出12支技术服务队，分赴各乡镇指导开沟排水、合理密植，预计12月上旬全面完成冬种任务。",
        ),
    ),
    (
        "老旧管网改造惠及六万人",
        "",
        (
            "东坪镇的老陈拧开水龙头，接了一壶水。今年临江区投入1.2亿元改造老旧管网210公里，惠及6万名群众，水质合格率提高到98%。",
            "“以前水黄，要沉淀半天，现在清亮亮的。”老陈说，水价也没有涨。（谭宁宁 李曼青）",
        ),
    ),
)
TEXTS = ["\n".join(paragraphs) for _, _, paragraphs in STORIES]
HANGING = "，。、；：”）！？"


def wrap(paragraph: str, columns: int) -> list[str]:
    """The paragraph in lines of so many columns; marks may hang behind a line, Latin words are not parted."""
    lines, line = [], ""
    for piece in re.findall("[A-Za-z]+|[^A-Za-z]", paragraph):
        if sum(1 + (ord(char) > 0x7F) for char in line + piece) > columns and piece not in HANGING:
            lines.append(line.rstrip(" "))
            line = ""
        line += piece if line or not lines or piece != " " else ""
    return [*lines, line]


def page(columns: int, indent: str, gaps: str) -> str:
    """The stories wrapped: empty lines between `articles`, `paragraphs` or all `lines`."""
    out: list[str] = []
    for headline, byline, paragraphs in STORIES:
        out += [headline, byline] if byline else [headline]
        for paragraph in paragraphs:
            out += wrap(indent + paragraph, columns)
            out += [""] * (gaps == "paragraphs")
        out += [""] * (gaps == "articles")
    return "\n".join(line for line in out if line or gaps != "lines").replace("\n", "\n\n" if gaps == "lines" else "\n")


def split(text: str) -> tuple[Article, ...]:
    return split_page(Page(Document("d", "d.txt", "", "utf-8", text), 0, len(text), "text"), MODEL)


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("columns", "indent", "gaps"),
    [
        (26, "　　", "articles"),
        (48, "　　", "articles"),
        (60, "", "paragraphs"),
        (34, "", "articles"),
        (40, "    ", "lines"),
    ],
)
def test_wrapped_paragraphs_are_whole(columns: int, indent: str, gaps: str, line_break: str) -> None:
    """Whatever the column, the indents and the empty lines: the paragraphs are the author's, receipts hold, nothing is called mended."""
    text = page(columns, indent, gaps).replace("\n", line_break)
    articles = split(text)
    assert [article.title for article in articles] == [headline for headline, _, _ in STORIES]
    assert [article.authors for article in articles] == [("邓安", "周立"), ("谭宁宁", "李曼青")]
    texts = [TEXTS[0], TEXTS[1].removesuffix("（谭宁宁 李曼青）")]
    if not indent and gaps != "paragraphs":  # a full line that ends a sentence may end a paragraph
        assert [article.text.replace("\n", "") for article in articles] == [text.replace("\n", "") for text in texts]
    else:
        assert [article.text for article in articles] == texts
    for article in articles:
        assert not article.mendings
        for paragraph in article.paragraphs:
            assert restore(text, paragraph.quote.spans, paragraph.quote.repairs) == paragraph.quote.text


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{place}举行秋季运动会开幕式" for place in ("临江区石桥镇", "云溪县漆河镇", "临江区东坪镇") * 4),
        "\n".join(["清晨的雾从江面上升起来，", "打鱼的人收起了昨夜的网。"] * 6),
        "\n\n".join(paragraph for _, _, paragraphs in STORIES for paragraph in paragraphs),
        "\n".join(["今天有雨。", "带好雨伞，路上小心慢行，注意安全出行", "明天转晴。"] * 4),
        "隆回县融媒体中心2026年7月3日新闻集萃。\n" + "\n".join(["老旧小区改造惠及三万户居民生活更便利"] * 8),
    ],
    ids=["headlines", "verses", "paragraphs", "short lines", "headlines and a stop"],
)
def test_other_lines_stay(text: str) -> None:
    """Headlines of one length, verses, whole paragraphs and short lines are no wrapped text."""
    lines = read_lines(text, 0, len(text))
    assert [*unwrapped(lines)] == lines


def test_a_headline_as_wide_as_the_column_stays() -> None:
    """Neither names below it nor a deck are a part of it where paragraphs are indented."""
    text = page(36, "　　", "articles").replace(
        "老旧管网改造惠及六万人", "老旧小区改造惠及三万户居民生活更便利\n李曼青 谭宁宁", 1
    )
    first, second = split(text)
    assert (first.authors, second.title) == (("邓安", "周立"), "老旧小区改造惠及三万户居民生活更便利")
    assert "李曼青" in second.authors


def test_a_break_between_words_is_a_space() -> None:
    """Chinese goes on without a gap, an English name does not; a number goes on in the next line."""
    paragraph = "临江区的果农今年用上了叫作 Orchard Watch 的系统，相机每天拍下一万张照片，一个叫作 Green Leaf 的程序数出每棵树上的果子，"
    paragraph += (
        "差错不到百分之三。全区已有1280户果农装上这个系统，每户每年少花500元，多收果子三百斤，果园里的活也轻松了许多。"
    )
    for columns in range(32, 44):
        paragraphs = [paragraph, *TEXTS[0].split("\n")]
        (article,) = split(
            "\n".join(["果农的新帮手", *(line for text in paragraphs for line in wrap("　　" + text, columns))])
        )
        assert article.text.split("\n")[0].replace(" ", "") == paragraph.replace(" ", "")
        assert "Orchard Watch" in article.text
        assert "Green Leaf" in article.text


def test_a_heading_below_a_full_last_line_stays() -> None:
    """A paragraph may fill its last line; the heading and the byline below it are not its end."""
    lines = page(40, "　　", "articles").replace("\n\n", "\n").split("\n")
    at = lines.index("老旧管网改造惠及六万人")
    lines[at - 1] = lines[at - 1].ljust(19, "忙").rstrip("。") + "。"
    assert [article.title for article in split("\n".join(lines))] == [headline for headline, _, _ in STORIES]


@given(st.lists(st.text("甲乙丙丁12，。“”# \u3000", max_size=30), max_size=30))
def test_nothing_is_lost(rows: list[str]) -> None:
    """Of any lines every character stays, in order, and the spans hold it."""
    text = "\n".join(rows)
    lines = read_lines(text, 0, len(text))
    whole = [*unwrapped(lines)]
    assert "".join(line.text for line in whole).replace(" ", "") == "".join(line.text for line in lines).replace(
        " ", ""
    )
    assert [span for line in whole for span in line.spans] == [span for line in lines for span in line.spans]
    assert all(a.end <= b.start for a, b in pairwise(whole))
