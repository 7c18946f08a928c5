"""Where sentences begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, Paragraph
from digest.quote import quote, restore
from digest.stages.sentences import _cuts, article_prose, is_complete, sentence_spans, split_sentences, text_prose

MARKS = st.text(alphabet="县里修路。！？!?…“”‘’「」『』《》（）()\"'：:，；. 　\n3aA", max_size=60)


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


def article(*paragraphs: str, heads: tuple[int, ...] = ()) -> Article:
    made = []
    for n, text in enumerate(paragraphs):
        made.append(Paragraph(quote("d", text, [(0, len(text))]), "section_head" if n in heads else "body"))
    return Article("d", 1, None, None, (), None, None, None, tuple(made), truncated=False)


@pytest.mark.parametrize(
    "sentences",
    [
        ["桥通了。", "路宽了！", "还缺什么？"],
        ["桥通了!", "路宽了?"],
        ["真的通了？！", "是的。"],
        ["增长3.5%。", "下降2.1%。"],
        ["1、修路；2、架桥。", "3.种树。"],
        ["平台（www.example.com/a?b=1!c）上线。", "请看。"],
        ["他写了《谁来种地？》一书。", "书很薄。"],
        ["新区（原名老街。今已改造）开放。", "人很多。"],
        ["“路通了。”村民李大山说。", "他笑了。"],
        ["李大山说：“路通了。车来了。”", "他笑了。"],
        ["李大山说：“路通了。”“车也来了。”", "他笑了。"],
        ["「路通了！」他说。", "人散了。"],
        ["灯亮了……人也多了。", "天黑了……"],
        ["桥通了。”", "路宽了。"],
        ["桥通了。", "（全文完。）", "路宽了。"],
        ["约翰.史密斯来访。", "他说好"],
        ['他说:"路通了。"', "人散了。"],
        ["老街改造分为“保、修、建”三步。", "一年完成。"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """Marks inside of pairs, numbers, names and addresses end nothing; closing marks stay with their sentence."""
    assert split("".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "spans", "afar"),
    [
        ("桥通了，村里" + "\n人都来了。", [(0, 6), (7, 12)], False),
        ("桥通了，村里" + "。" * 200 + "人都来了。", [(0, 6), (206, 211)], False),
        ("桥通了，村里" + "。" * 201 + "人都来了。", [(0, 6), (207, 212)], True),
        ("人都来了。桥通了，村里", [(5, 11), (0, 5)], True),
    ],
)
def test_halves_from_far_apart_are_told(text: str, spans: list[tuple[int, int]], afar: bool) -> None:
    """A sentence joined over more than a caption, or backwards, is marked; one joined over a caption is not."""
    paragraph = Paragraph(quote("d", text, spans), "body")
    made = Article("d", 1, None, None, (), None, None, None, (paragraph,), truncated=False)
    prose = article_prose(made, split_sentences(made))
    assert prose.sentences == ("桥通了，村里人都来了。",)
    assert (0 in prose.joined_afar) == afar


def test_a_lost_closing_quote_does_not_swallow_the_paragraph() -> None:
    """A mark without its partner pairs with nothing."""
    assert split("“路通了。车来了。“好。”他说。") == ["“路通了。", "车来了。", "“好。”他说。"]


def test_marks_far_apart_are_no_pair() -> None:
    """Two quotation marks with pages of text between them have each lost their partner."""
    assert len(split("“" + "修路架桥种树。" * 200 + "”")) == 200


def test_white_space_around_a_sentence_stays_outside() -> None:
    """Spaces between sentences belong to none."""
    assert split("　桥通了。 路宽了。\n") == ["桥通了。", "路宽了。"]


@pytest.mark.parametrize("empty", ["", " ", "　\n"])
def test_nothing_yields_nothing(empty: str) -> None:
    """A paragraph without a character other than white space has no sentence."""
    assert sentence_spans(empty) == []


@given(MARKS | st.text(max_size=40))
def test_spans_reproduce_the_text(text: str) -> None:
    """The spans are in order, without overlap, and leave out nothing but white space."""
    at, gaps = 0, ""
    for start, end in sentence_spans(text):
        assert at <= start < end
        gaps += text[at:start]
        at = end
    assert (gaps + text[at:]).strip() == ""


@given(MARKS)
def test_a_sentence_has_no_white_space_at_its_edges(text: str) -> None:
    """Every span begins and ends with a character that is seen."""
    assert all(sentence == sentence.strip() != "" for sentence in split(text))


def test_long_paragraphs_take_linear_time() -> None:
    """Half a million unbalanced marks are split at once."""
    text = "（“《路。" * 50_000 + "”" * 50_000
    assert "".join(split(text)) == text


@pytest.mark.parametrize("text", ["通了。", "通了！”", "通了？）", "通了……", "通了。  ", "“通了。”"])
def test_a_closed_sentence_is_complete(text: str) -> None:
    """An end mark, with closers behind it, completes a sentence."""
    assert is_complete(text)


@pytest.mark.parametrize("text", ["", "通了", "通了，", "通了；", "通了：", "”", "增长3."])
def test_an_open_sentence_is_not_complete(text: str) -> None:
    """Anything else leaves it open."""
    assert not is_complete(text)


def test_sentences_keep_their_place_and_their_receipt() -> None:
    """Each sentence knows its number and its paragraph, and can be made from the source again."""
    page = article("桥 通了,路宽了.", "桥通了。 路宽了!好?", "一、小标题。", "完了。", heads=(2,))
    sentences = split_sentences(page)
    assert [(s.index, s.paragraph, s.text) for s in sentences][1:] == [
        (1, 1, "桥通了。"),
        (2, 1, "路宽了！"),
        (3, 1, "好？"),
        (4, 3, "完了。"),
    ]
    assert restore("桥通了。 路宽了!好?", sentences[2].quote.spans, sentences[2].quote.repairs) == "路宽了！"


def test_prose_of_an_article_marks_the_openings() -> None:
    """A ranking method sees the sentences and which of them opens a paragraph."""
    page = article("桥通了。路宽了。", "完了。")
    prose = article_prose(page, split_sentences(page))
    assert prose.sentences == ("桥通了。", "路宽了。", "完了。")
    assert prose.opens_paragraph == (True, False, True)


def test_prose_of_a_text_takes_a_paragraph_a_line() -> None:
    """Blank lines count for nothing."""
    assert text_prose("题", "桥通了。路宽了。\n\n \n完了。\n") == text_prose("题", "桥通了。路宽了。\n完了。")
    assert text_prose("题", "桥通了。路宽了。\n完了。").opens_paragraph == (True, False, True)


def test_an_article_without_body_has_no_sentence() -> None:
    """Section heads are not sentences."""
    assert split_sentences(article("一、小标题。", heads=(0,))) == ()
    assert split_sentences(article()) == ()


@given(MARKS.map(lambda text: text.replace("\n", "")))
def test_plain_sentences_are_cut_where_weighing_cuts_them(text: str) -> None:
    """The pattern that cuts what is plain agrees with the account of every mark."""
    start, weighed = 0, []
    for end in (*_cuts(text), len(text)):
        weighed.append(text[start:end].strip())
        start = end
    assert split(text) == [sentence for sentence in weighed if sentence]
