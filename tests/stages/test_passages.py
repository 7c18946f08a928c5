"""What an article is placed by, and where in its document the evidence stands."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edges.gazetteer import load_gazetteer
from digest.model import Article, Evidence, Paragraph
from digest.quote import Quote, Repair, Span, quote, restore
from digest.stages.places import attribute, compile_atlas, evidence_spans, text_passage, title_passage
from digest.stages.places.passages import Passage

HUNAN = compile_atlas(load_gazetteer(Path(__file__).parents[2] / "config" / "gazetteer", "hunan"))

PIECES = (
    "永州市",
    "道县",
    "永\u200b州市",
    "道\n县",
    "株洲",
    "湖南省",
    "，",
    ",",
    " ",
    "　",
    "的渠道",
    "Ａ１",
    "(",
    ")",
)
"""What a document may hold between two borders; names among it, print noise in them."""

chunks = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def article(text: str, *spans: Span, headline: Span | None = None, dateline: Span | None = None) -> Article:
    """An article whose paragraphs, headline and dateline are these spans of its document."""
    head, line = (quote("d", text, [span]) if span else None for span in (headline, dateline))
    paragraphs = tuple(Paragraph(quote("d", text, [span])) for span in spans)
    return Article("d", 1, head, None, (), None, None, None, paragraphs, truncated=False, dateline=line)


def evidence(given_article: Article) -> tuple[Evidence, ...]:
    title, text = title_passage(given_article).text, text_passage(given_article).text
    return attribute(title, text, HUNAN).evidence


def pointed_at(text: str, given_article: Article) -> list[list[str]]:
    """The characters of the document that each piece of evidence points at."""
    return [[text[a:b] for a, b in spans] for spans in evidence_spans(given_article, evidence(given_article))]


def test_an_article_without_a_place_has_no_evidence() -> None:
    """Nothing found, nothing pointed at."""
    assert evidence_spans(article("秋天。", (0, 3)), ()) == ()
    assert title_passage(article("秋天。", (0, 3))).text == ""


def test_the_dateline_heads_the_text() -> None:
    """Title and text are the quotes in order, and evidence in each is found in the document."""
    text = "道县开工\n本报永州讯 近日，道县开会。\n永州市也开会。"
    given_article = article(text, (11, 19), (20, 27), headline=(0, 4), dateline=(5, 10))
    assert title_passage(given_article).text == "道县开工"
    assert text_passage(given_article).text == "本报永州讯近日，道县开会。\n永州市也开会。"
    assert pointed_at(text, given_article) == [["道县"], ["永州"], ["道县"], ["永州市"]]


def test_a_name_with_noise_in_it_is_found_with_the_noise() -> None:
    """White space and a character without a shape within a name stay in its spans; a name that two columns tear has two."""
    assert pointed_at("永 \u200b州市开会。", article("永 \u200b州市开会。", (0, 8))) == [["永 \u200b州市"]]
    torn = "近日，永〔广告〕州市开会。"
    whole = quote("d", torn, [(0, 4), (8, 14)])
    given_article = Article("d", 1, None, None, (), None, None, None, (Paragraph(whole),), truncated=False)
    assert pointed_at(torn, given_article) == [["永", "州市"]]


def test_a_name_across_two_quotes_points_nowhere() -> None:
    """The end of one paragraph and the beginning of the next make a name that no quote holds."""
    text = "近日，道\n县里开会。永州市也开会。"
    given_article = article(text, (0, 4), (5, 17))
    found = evidence(given_article)
    assert [item.matched for item in found] == ["道\n县", "永州市"]
    assert pointed_at(text, given_article) == [[], ["永州市"]]


def test_an_edge_inside_what_a_repair_wrote_points_nowhere() -> None:
    """No document holds half of a repair."""
    repaired = Quote("d", "在永州市里", ((0, 4),), (Repair("width", 1, "某某", "永州市"),))
    passage = Passage((repaired,))
    assert passage.spans([(0, 1), (1, 3), (4, 5)]) == [((0, 1),), (), ((3, 4),)]
    assert passage.spans([(1, 4)]) == [((1, 3),)]


@given(st.lists(chunks, min_size=1, max_size=5))
def test_spans_give_back_what_was_matched(texts: list[str]) -> None:
    """What the spans hold, cleaned as quotes are, is the text that was matched, wherever a quote holds it whole."""
    document = "|".join(texts)
    starts = [sum(len(text) + 1 for text in texts[:n]) for n in range(len(texts))]
    spans = [(start, start + len(text)) for start, text in zip(starts, texts, strict=True)]
    given_article = article(document, *spans[2:], headline=spans[0], dateline=spans[1] if len(spans) > 1 else None)
    found = evidence(given_article)
    for item, own in zip(found, evidence_spans(given_article, found), strict=True):
        passage = title_passage(given_article) if item.field == "title" else text_passage(given_article)
        whole = next((part for part in held(passage) if part[0] <= item.start and item.end <= part[1]), None)
        assert bool(own) == (whole is not None)
        if whole is not None:
            part = whole[2].part(item.start - whole[0], item.end - whole[0])
            assert part.spans == own
            assert restore(document, own, part.repairs) == item.matched


def held(passage: Passage) -> list[tuple[int, int, Quote]]:
    """The quotes of a passage with where they begin and end in its text."""
    ends, at = [], 0
    for piece in passage.pieces:
        if isinstance(piece, Quote):
            ends.append((at, at + len(piece.text), piece))
            at += len(piece.text)
        else:
            at += len(piece)
    return ends


@pytest.mark.parametrize("unit", ["永州市 ,", "永州市\u200b道县、"])
def test_time_grows_with_the_text(unit: str) -> None:
    """A paragraph of forty thousand names and as many repairs takes seconds, not hours."""
    text = unit * 40_000
    given_article = article(text, (0, len(text)))
    found = evidence(given_article)
    began = time.monotonic()
    assert all(evidence_spans(given_article, found))
    assert time.monotonic() - began < 10
