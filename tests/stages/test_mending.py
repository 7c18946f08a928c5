"""What is mended on a page is recorded on the article, with its place in the document."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.pages.making import make_pages
from digest.model import ELSEWHERE, Article, Mending, Placement
from digest.quote import Span
from digest.stages.record import article_record
from tests.splitting import split

ARTICLES: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).parents[1].joinpath("articles.jsonl").read_text("utf-8").splitlines()
]

CHECKED = "11月3日，临江区市场监管局对辖区28家学校食堂进行检查，当场整改问题15处。"
POSTED = "临江区还将检查结果在校门口张榜公布，请家长监督，让孩子们吃得安心、吃得放心。"
TRAINED = "检查之后，临江区市场监管局组织食堂厨师和管理员400余人集中学习，逐项讲解索证索票、留样消毒的要求。"
PAGE = f"临江区检查学校食堂\n\n{CHECKED}\n\n{TRAINED}\n\n{POSTED}\n\n(邓安 谭宁宁)\n"


def mended(text: str) -> list[tuple[str, ...]]:
    """What was mended for the one article of a page: the kind and what stands at each span."""
    (article,) = split(text)
    return [as_read(mending, text) for mending in article.mendings]


def as_read(mending: Mending, text: str) -> tuple[str, ...]:
    return (mending.kind, *(text[a:b] for a, b in mending.spans))


def texts(article: Article) -> list[Span]:
    """What an article takes from its page."""
    quotes = [paragraph.quote for paragraph in article.paragraphs]
    quotes += [each for each in (article.headline, article.subtitle, article.dateline) if each is not None]
    return [span for each in quotes for span in each.spans]


def left_out(article: Article) -> list[Span]:
    """What it does not, though it stands among its lines."""
    out: list[Span] = []
    for mending in article.mendings:
        if mending.kind == "deduplicated":
            out += mending.spans[1:]
        elif mending.kind != "joined":
            out += mending.spans
    return out


def test_a_whole_page_needs_no_mending() -> None:
    """Where every line is the article's own there is nothing to record."""
    assert mended(PAGE) == []


def test_a_joined_sentence_names_both_pieces() -> None:
    """A paragraph that a line break tears in the middle of a word is joined: the left piece, the right piece."""
    left, right = TRAINED.split("人集中")
    assert mended(PAGE.replace(TRAINED, f"{left}\n\n人集中{right}")) == [("joined", left, f"人集中{right}")]


def test_a_caption_and_its_credit_are_dropped() -> None:
    """What stands between the article's lines and is none of them is recorded line by line."""
    text = PAGE.replace(POSTED, f"图为执法人员在食堂后厨检查。\n\n王立冬 摄\n\n{POSTED}")
    assert mended(text) == [("dropped", "图为执法人员在食堂后厨检查。"), ("dropped", "王立冬 摄")]


def test_what_stands_above_the_first_line_is_dropped_too() -> None:
    """A line without an article above it counts to the article below."""
    assert mended(f"图为执法人员在食堂后厨检查。\n\n王立冬 摄\n\n{PAGE}") == [
        ("dropped", "图为执法人员在食堂后厨检查。"),
        ("dropped", "王立冬 摄"),
    ]


def test_a_doubled_paragraph_names_the_copy_that_was_kept() -> None:
    """Of the spans the first is in the article and the others are not."""
    text = PAGE.replace(TRAINED, f"{TRAINED}\n\n{TRAINED}")
    assert mended(text) == [("deduplicated", TRAINED, TRAINED)]
    (article,) = split(text)
    first, second = article.mendings[0].spans
    spans = [span for paragraph in article.paragraphs for span in paragraph.quote.spans]
    assert (first in spans, second in spans) == (True, False)


def test_a_headless_beginning_is_dropped() -> None:
    """A part of a sentence that lacks its beginning is recorded as far as it was cut."""
    text = PAGE.replace(POSTED, f"、有台账。{POSTED}")
    assert mended(text) == [("dropped", "、有台账。")]


def test_a_missing_end_is_recorded_as_what_was_cut() -> None:
    """The half sentence at the end is left out, and the article says that it is truncated."""
    half = "下一步，临江区将把检查的范围"
    text = PAGE.replace(f"{POSTED}\n\n(邓安 谭宁宁)", f"{POSTED}{half}")
    assert mended(text) == [("truncated", half)]
    assert split(text)[0].truncated


def test_a_turn_note_behind_a_whole_sentence_leaves_an_empty_span() -> None:
    """The text goes on elsewhere: the note is dropped, and the end is missing where the last line ends."""
    text = PAGE.replace(f"{POSTED}\n\n(邓安 谭宁宁)", f"{POSTED}（下转第3版）")
    assert sorted(mended(text)) == [("dropped", "（下转第3版）"), ("truncated", "")]
    end = text.index(POSTED) + len(POSTED)
    assert Mending("truncated", ((end, end),)) in split(text)[0].mendings


def test_a_turn_note_below_a_half_sentence_is_dropped() -> None:
    """The note is not the article's, and what it breaks off is cut."""
    half = "下一步，临江区将把检查的范围"
    text = PAGE.replace(f"{POSTED}\n\n(邓安 谭宁宁)", f"{POSTED}{half}\n\n下转第3版")
    assert mended(text) == [("truncated", half), ("dropped", "下转第3版")]


def test_a_section_head_without_its_text_is_recorded() -> None:
    """The page ends with a head whose section it does not have: the head is left out, as the rest of what is missing or as a stray."""
    text = PAGE.replace("\n\n(邓安 谭宁宁)", "\n\n## 办好群众家门口的食堂")
    assert [words for _, words in mended(text)] == ["办好群众家门口的食堂"]


def test_mendings_are_written_with_the_article() -> None:
    """A line of `digest split` has the kind and the spans of each."""
    caption = "图为执法人员在食堂后厨检查。"
    text = PAGE.replace(POSTED, f"{caption}\n\n{POSTED}")
    record = article_record(split(text)[0], Placement(ELSEWHERE, None, 1.0, (), None), "page.txt")
    at = text.index(caption)
    assert record["mendings"] == [{"kind": "dropped", "spans": [[at, at + len(caption)]]}]


def test_furniture_is_no_mending() -> None:
    """Mastheads, page numbers and hotlines belong to the page and not to an article."""
    assert mended(f"2026年11月4日 星期三\n\n{PAGE}\n\n新闻热线：0731-88888888\n") == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spans_count_in_the_document_as_it_is(end: str) -> None:
    """Windows line ends count as two characters, as they do in the document."""
    caption = "图为执法人员在食堂后厨检查。"
    text = PAGE.replace(POSTED, f"{caption}\n\n王立冬 摄\n\n{POSTED}").replace("\n", end)
    assert mended(text) == [("dropped", caption), ("dropped", "王立冬 摄")]


@pytest.mark.parametrize("preset", ["clean", "mild", "seedlike", "hard", "brutal", "web", "briefs"])
def test_what_is_left_out_is_told_once_and_is_not_kept(preset: str) -> None:
    """No character is left out twice, none that is left out stands in a text, and the mendings are in the order of the document."""
    for made in make_pages(ARTICLES, preset, seed=7, count=3):
        articles = split(made.text)
        held = {at for article in articles for span in texts(article) for at in range(*span)}
        out = [at for article in articles for span in left_out(article) for at in range(*span)]
        assert len(out) == len(set(out))
        assert held.isdisjoint(out)
        for article in articles:
            starts = [min(mending.spans) for mending in article.mendings]
            assert starts == sorted(starts)


@pytest.mark.parametrize("preset", ["clean", "seedlike", "brutal", "web"])
def test_no_line_goes_without_a_trace(preset: str) -> None:
    """What is news on a page, or a caption of it, stands in an article's texts or in its mendings."""
    for made in make_pages(ARTICLES, preset, seed=11, count=3):
        articles = split(made.text)
        known = {at for article in articles for span in (*texts(article), *left_out(article)) for at in range(*span)}
        news = [line for line in made.lines if line.role in ("headline", "subtitle", "head", "body", "caption")]
        assert [line.text for line in news if known.isdisjoint(range(line.start, line.end))] == []
