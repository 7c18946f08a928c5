"""From a receipt back to the document: what the marks say happened is what made the quote."""

from hypothesis import given
from hypothesis import strategies as st

from digest.edges.catalogue import load_words
from digest.edges.resources import resource_folder
from digest.quote import Quote, Span, quote
from digest.web.links import Links, Place
from digest.web.marking import Mark
from digest.web.records import Article, Evidence, Mending, Quoted, Receipt, Sentence
from digest.web.tracing import SHADES, SURROUNDINGS_CHARS, WHOLE_CHARS, marks_of, repair_marks, stretch_of

DOCUMENT = "page"
WORDS = load_words(resource_folder("templates") / "locale", "zh-CN")
SCRAPS = st.sampled_from(
    ["株洲", "12", "３", ",", "，", " ", "\u3000", "\n", "\r\n", "\u200b", "(", ")", "。", "a", "％"]
)


def receipt_of(quoted: Quote) -> Receipt:
    return Receipt(quoted.document, quoted.spans, quoted.repairs)


def rebuilt(text: str, receipt: Receipt) -> str:
    """What one reads in the highlighted characters without what is struck through and with what is inserted."""
    marks = list(repair_marks(receipt, WORDS))
    removed = {at for mark in marks if mark.kind == "removed" for at in range(mark.start, mark.end)}
    inserted: dict[int, list[str]] = {}
    for mark in marks:
        if mark.kind == "inserted":
            inserted.setdefault(mark.start, []).append(mark.text)
    read = []
    for start, end in receipt.spans:
        for at in range(start, end):
            read += ["" if at in removed else text[at], *inserted.get(at + 1, [])]
    return "".join(read)


@given(st.lists(SCRAPS, min_size=4, max_size=40), st.data())
def test_the_marks_of_repairs_read_as_the_quote(scraps: list[str], data: st.DataObject) -> None:
    """Over one column or two, cut anywhere: struck-through characters gone and insertions read, the quote stands there."""
    text = "".join(scraps)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    whole = quote(DOCUMENT, text, [(cuts[0], cuts[1]), (cuts[2], cuts[3])])
    assert rebuilt(text, receipt_of(whole)) == whole.text


def test_a_clause_shows_its_added_stop() -> None:
    """The 。 that closes a clause stands behind its last character."""
    text = "株洲投放艇4艘；衡阳投放2艘。"
    clause = quote(DOCUMENT, text, [(0, len(text))]).clause(0, 7)
    assert [(mark.start, mark.text) for mark in repair_marks(receipt_of(clause), WORDS)] == [(7, "。")]
    assert rebuilt(text, receipt_of(clause)) == "株洲投放艇4艘。"


def test_a_seam_is_marked_on_both_sides() -> None:
    """Where a sentence goes on in another column, the end of the one and the start of the other say so."""
    joined = quote(DOCUMENT, "上半旁栏下半", [(0, 2), (4, 6)])
    seams = [(mark.start, mark.text) for mark in repair_marks(receipt_of(joined), WORDS) if mark.kind == "seam"]
    assert seams == [(2, "接下栏"), (4, "接上栏")]


def article(*scores: float | None, evidence: tuple[Evidence, ...] = ()) -> Article:
    """An article of ten-character sentences from the start of the document on."""
    sentences = tuple(
        Sentence(i, "句" * 10, Receipt(DOCUMENT, ((i * 10, i * 10 + 10),), ()), i == 0, score)
        for i, score in enumerate(scores)
    )
    return Article("page#1", DOCUMENT, None, None, None, "株洲市", None, sentences, evidence=evidence)


def marked(told: Article, i: int = 0) -> list[Mark]:
    """The marks for sentence `i`."""
    return marks_of(told, Place(1, "sentences", i), told.sentences[i].receipt, Links("week"), WORDS)


def test_other_sentences_are_shaded_by_score() -> None:
    """From the lowest score to the highest in five steps; the sentence itself is highlighted instead."""
    styles = [mark.style for mark in marked(article(9.0, 0.0, 2.5, 5.0, 7.5, 10.0)) if mark.kind == "sentence"]
    assert styles == [f"shade{step}" for step in (0, 1, 2, 3, SHADES - 1)]


def test_equal_scores_have_the_middle_shade() -> None:
    """Where nothing is better than anything, nothing is shown as if it were."""
    assert [mark.style for mark in marked(article(1.0, 1.0, 1.0)) if mark.kind == "sentence"] == ["shade2", "shade2"]


def test_sentences_without_a_score_have_no_shade() -> None:
    """An issue that tells no scores links its sentences all the same."""
    assert [(mark.style, mark.title) for mark in marked(article(None, None)) if mark.kind == "sentence"] == [
        ("unscored", "没有得分")
    ]


def test_evidence_counts_or_is_discounted() -> None:
    """A mention of weight 0 is told from one that counts; one without a place in the document has no mark."""
    found = (
        Evidence("株洲", "株洲市", 1.8, "named", "text", ((0, 2),)),
        Evidence("长沙", "长沙市", 0.0, "begins an address", "text", ((4, 6),)),
        Evidence("湘潭", "湘潭市", 1.0, "named", "text", ()),
    )
    marks = [mark for mark in marked(article(1.0, evidence=found)) if mark.kind == "evidence"]
    assert [(mark.start, mark.style, mark.title) for mark in marks] == [
        (0, "counts", "株洲市：提到，权重 1.8"),
        (4, "discounted", "长沙市：地址的开头，权重 0"),
    ]


def mending_marks(*mendings: Mending, spans: tuple[Span, ...] = ((0, 10),)) -> list[tuple[str, int, int, str]]:
    """Kind, place and text of the marks of mendings in the document of a sentence."""
    sentence = Sentence(0, "句" * 10, Receipt(DOCUMENT, spans, ()), True)
    told = Article("page#1", DOCUMENT, None, None, None, "株洲市", None, (sentence,), mendings=mendings)
    marks = [mark for mark in marked(told) if mark.kind == "left_out" or mark.style == "mended"]
    return [(mark.kind, mark.start, mark.end, mark.text) for mark in marks]


def test_what_was_left_out_is_marked() -> None:
    """A dropped line and a half sentence are struck through with a word before them; an end of which nothing is there has the word alone."""
    marks = mending_marks(
        Mending("dropped", ((20, 30),)), Mending("truncated", ((40, 45),)), Mending("truncated", ((50, 50),))
    )
    assert marks == [("left_out", 20, 30, "略去"), ("left_out", 40, 45, "断尾"), ("seam", 50, 50, "断尾")]


def test_of_copies_the_one_that_was_kept_is_told() -> None:
    """It is marked behind its end, the others are struck through."""
    assert mending_marks(Mending("deduplicated", ((20, 30), (40, 50), (60, 70)))) == [
        ("seam", 30, 30, "留"),
        ("left_out", 40, 50, "去重"),
        ("left_out", 60, 70, "去重"),
    ]


def test_a_joined_sentence_is_marked_at_both_pieces() -> None:
    """Where the left piece ends and where the right one begins."""
    assert mending_marks(Mending("joined", ((20, 30), (40, 50)))) == [("seam", 30, 30, "→"), ("seam", 40, 40, "←")]


def test_a_seam_within_the_quote_is_marked_once() -> None:
    """The receipt says where the quote goes on; the article does not say it again."""
    assert mending_marks(Mending("joined", ((20, 30), (40, 50))), spans=((25, 30), (40, 45))) == []


def test_a_short_document_is_shown_whole() -> None:
    """Up to the limit there is nothing to leave out."""
    assert stretch_of(WHOLE_CHARS, Receipt(DOCUMENT, ((5, 9),), ()), article(1.0)) == (0, WHOLE_CHARS)


def test_of_a_long_document_the_article_is_shown() -> None:
    """The article with what surrounds it, and no more."""
    told = article(1.0, 2.0)
    assert stretch_of(10**7, told.sentences[1].receipt, told) == (0, 20 + SURROUNDINGS_CHARS)


def test_of_a_long_article_the_quote_is_shown() -> None:
    """An article of megabytes is cut around the quote."""
    far = Receipt(DOCUMENT, ((5_000_000, 5_000_010),), ())
    told = Article("page#1", DOCUMENT, Quoted("题", Receipt(DOCUMENT, ((0, 1),), ())), None, None, "株洲市", None, ())
    start, end = stretch_of(10**7, far, told)
    assert start <= 5_000_000 < 5_000_010 <= end
    assert end - start <= WHOLE_CHARS
