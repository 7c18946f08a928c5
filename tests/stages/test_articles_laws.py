"""What holds for every page, whatever stands on it."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article
from digest.quote import Quote, restore
from tests.splitting import split

LINES = [
    "临江区检查学校食堂",
    "## 石桥镇办起“板凳课堂”",
    "——青山县水利建设纪实",
    "邓安 谭宁宁",
    "(邓安 谭宁宁)",
    "本报记者 邓安",
    "来源:临江网",
    "分享到:",
    "发布时间:2023年11月06日 来源:临江网",
    "本文为原创文章,转载请注明出处。",
    "王立冬 摄",
    "11月3日，临江区对28家学校食堂进行检查。",
    "今年以来，云溪县投入资金2600万元，检修水泵3",
    "00台，疏通渠道47公里。",
    "的第一要务。",
    "“现在，我们",
    "如何管好一条渠",
    "云溪县还在每个村选出一名管水员，村民缺水时一个电话就能解决。(何青山)",
    "　　荷塘镇的荷花竞相开放。",
    "",
]

pages = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(LINES), max_size=40).map("\n".join),
    st.lists(st.one_of(st.sampled_from(LINES), st.text("临江。，“”()#—… \n123摄讯月日", max_size=30))).map("\n".join),
)
kinds = st.sampled_from(["text", "article"])


def quotes(article: Article) -> Iterator[Quote]:
    yield from (quote for quote in (article.headline, article.subtitle) if quote is not None)
    yield from (paragraph.quote for paragraph in article.paragraphs)


@settings(max_examples=300, deadline=None)
@given(pages, kinds)
def test_every_text_is_its_source(text: str, kind: str) -> None:
    """Any text is accepted, and each headline and paragraph is restored from its spans and repairs."""
    for article in split(text, kind):
        for quote in quotes(article):
            assert restore(text, quote.spans, quote.repairs) == quote.text


@settings(max_examples=300, deadline=None)
@given(pages, kinds)
def test_no_character_is_used_twice(text: str, kind: str) -> None:
    """A character of the page stands in one headline, subtitle or paragraph at most."""
    used = [
        i for article in split(text, kind) for quote in quotes(article) for a, b in quote.spans for i in range(a, b)
    ]
    assert len(used) == len(set(used))


@settings(max_examples=200, deadline=None)
@given(pages, kinds)
def test_no_paragraph_ends_in_mid_sentence(text: str, kind: str) -> None:
    """The last characters of a body paragraph hold the mark that ends its sentence."""
    for article in split(text, kind):
        for paragraph in article.paragraphs:
            if paragraph.role == "body":
                assert set(paragraph.quote.text[-12:]) & set("。！？!?….")


@settings(max_examples=100, deadline=None)
@given(pages)
def test_a_single_article_is_never_divided(text: str) -> None:
    """A source that holds one article yields one or, where it holds no sentence, none."""
    assert len(split(text, "article")) <= 1


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "(",
        "…",
        "日报",
        "大 ",
        "王 ",
        "#",
        "今天天气好，",
        "标题一行\n",
        "分享到:\n正文一句。\n",
        "(王强 摄)\n",
        "扫一扫 看更多内容\n",
    ],
)
def test_no_page_takes_forever(unit: str) -> None:
    """A hundred thousand characters of anything are read in seconds."""
    started = time.monotonic()
    split(unit * (100_000 // len(unit)))
    assert time.monotonic() - started < 20
