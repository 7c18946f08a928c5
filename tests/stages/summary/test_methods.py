"""What every ranking method keeps to."""

import math
import re
import time
import tracemalloc
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import UnknownName
from digest.model import Prose, Ranking
from digest.stages.sentences import text_prose
from digest.stages.summary import DEFAULT_METHOD, METHODS, method, rank_order, registry
from tests.stages.summary.prose import ROUND_UP, STORY, prose

every_method = pytest.mark.parametrize("name", METHODS)

PROSES = st.lists(st.tuples(st.text(max_size=30), st.booleans()), max_size=12).flatmap(
    lambda rows: st.builds(
        Prose, st.text(max_size=10), st.just(tuple(row[0] for row in rows)), st.just(tuple(row[1] for row in rows))
    )
)


@every_method
@given(given_prose=PROSES)
@settings(max_examples=60)
def test_each_sentence_gets_a_finite_score(name: str, given_prose: Prose) -> None:
    """Whatever characters there are, scores are parallel to the sentences and finite."""
    scores = METHODS[name](given_prose).scores
    assert len(scores) == len(given_prose.sentences)
    assert all(math.isfinite(score) for score in scores)


@every_method
@given(given_prose=PROSES)
@settings(max_examples=60)
def test_the_terms_of_a_score_add_up_to_it(name: str, given_prose: Prose) -> None:
    """Each term has a value for every sentence, and a sentence's values make its score."""
    ranking = METHODS[name](given_prose)
    assert {len(term) for term in ranking.terms.values()} == {len(given_prose.sentences)}
    for values, score in zip(zip(*ranking.terms.values(), strict=True), ranking.scores, strict=True):
        assert sum(values) == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize("name", ["textrank", "lead", "random"])
def test_a_method_without_parts_has_one_term(name: str) -> None:
    """The term bears the method's name and is the score itself."""
    ranking = METHODS[name](prose(*STORY))
    assert ranking.terms == {name: ranking.scores}


@every_method
def test_half_a_surrogate_is_a_character(name: str) -> None:
    """Text that no encoding can hold is ranked all the same."""
    assert len(METHODS[name](prose("桥\ud800通了。路宽了。")).scores) == 2


@every_method
def test_no_sentence_yields_no_score(name: str) -> None:
    """An empty article has a ranking of nothing."""
    ranking = METHODS[name](prose())
    assert ranking.scores == ()
    assert set(ranking.terms.values()) == {()}


@every_method
def test_one_sentence_gets_one_score(name: str) -> None:
    """A single sentence is ranked first."""
    one = prose("桥通了。")
    assert rank_order(one, METHODS[name](one).scores) == (0,)


@every_method
def test_of_two_equal_sentences_one_is_ranked(name: str) -> None:
    """A duplicate never takes a second place."""
    two = prose("河东公路建成通车。", "河东公路建成通车。")
    assert len(rank_order(two, METHODS[name](two).scores)) == 1


@every_method
def test_a_ranking_depends_on_its_own_article_only(name: str) -> None:
    """Ranking another article in between changes nothing."""
    first = METHODS[name](prose(*STORY))
    METHODS[name](prose(*ROUND_UP))
    assert METHODS[name](prose(*STORY)) == first


@every_method
def test_white_space_changes_nothing(name: str) -> None:
    """Spaces between characters and blank lines between paragraphs leave the ranking as it is."""
    spaced = prose(*(part for text in STORY for part in (" 　".join(text), "")), title="河 东")
    assert METHODS[name](spaced) == METHODS[name](prose(*STORY, title="河东"))


LINES = (
    "11月3日，青石县河东公路建成通车，沿线6个村受益。",
    "“路通了，橘子不愁卖。”村民李大山说。",
    "县交通局局长说：“明年再修3处停车区！”",
    "《青石县公路规划》（草案）提出，全长12.5公里。",
    "القطار وصل 🚄 to Qingshi at 9:30。",
    "秋日的阳光洒在山坡上？",
    "𠮷家村\ud800的稻田亩产720公斤……",
)
PAGES = st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=5), min_size=1, max_size=5)
HEADLINES = st.sampled_from(("", "河东公路通车", "🚄", "Qingshi"))


@every_method
@given(page=PAGES, title=HEADLINES, before=PAGES)
@settings(max_examples=40, deadline=None)
def test_no_article_before_changes_a_ranking(
    name: str, page: list[list[str]], title: str, before: list[list[str]]
) -> None:
    """Whatever was ranked before, the same article gets the same scores."""
    article = prose(*map("".join, page), title=title)
    first = METHODS[name](article)
    METHODS[name](prose(*map("".join, before)))
    assert METHODS[name](article) == first


@every_method
@given(page=PAGES, title=HEADLINES, seed=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_spaces_and_blank_lines_change_no_ranking(name: str, page: list[list[str]], title: str, seed: Random) -> None:
    """Spaces put between Chinese characters and blank lines between paragraphs leave scores and order as they are."""
    spaced = [re.sub(r"(?<=[一-鿿])(?=[一-鿿])", lambda _: " " * seed.randint(0, 2), "".join(lines)) for lines in page]
    article = prose(*map("".join, page), title=title)
    other = prose(*(part for text in spaced for part in (text, "", "　")), title=title)
    scores = METHODS[name](article).scores
    assert METHODS[name](other).scores == scores
    assert rank_order(other, scores) == rank_order(article, scores)


@every_method
@given(page=PAGES)
@settings(max_examples=40, deadline=None)
def test_each_text_is_ranked_once_and_stands_in_the_article(name: str, page: list[list[str]]) -> None:
    """The ranked sentences are all different, and in document order they are a sub-sequence of the text."""
    text = "\n".join(map("".join, page))
    article = text_prose("", text)
    order = rank_order(article, METHODS[name](article).scores)
    ranked = [article.sentences[i] for i in order]
    assert len(set(ranked)) == len(ranked) == len(set(article.sentences))
    at = 0
    for i in sorted(order):
        at = text.index(article.sentences[i], at) + len(article.sentences[i])


@pytest.mark.parametrize("name", ["centrality", "textrank"])
@given(page=PAGES, title=HEADLINES)
@settings(max_examples=40, deadline=None)
def test_words_alone_make_a_ranking(name: str, page: list[list[str]], title: str) -> None:
    """The width of letters and digits and the case of Latin ones change no score, as no words change."""
    lines = ["".join(part) for part in page]
    wide = {code: code + 0xFEE0 for code in [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)]}
    scores = METHODS[name](prose(*lines, title=title)).scores
    assert METHODS[name](prose(*(line.translate(wide) for line in lines), title=title.translate(wide))).scores == scores


@given(text=st.text(st.characters(), max_size=200), title=st.text(st.characters(), max_size=20))
def test_any_text_is_ranked(text: str, title: str) -> None:
    """The default method takes whatever characters there are, halves of a pair too, and finds each sentence in the text."""
    article = text_prose(title, text)
    scores = METHODS[DEFAULT_METHOD](article).scores
    assert all(article.sentences[i] in text for i in rank_order(article, scores))


def test_time_and_memory_grow_with_the_length() -> None:
    """A sentence of a book costs no more than thrice that of an article, in time, and no more memory."""
    cost: dict[int, tuple[float, float]] = {}
    for n in (100, 1000, 20_000):
        lines = tuple(f"第{i}号桥在{i % 97}村建成通车，{i}人受益。" for i in range(n))
        article = Prose("题", lines, (True, False) * (n // 2))
        spent = []
        for _ in range(max(3, 1000 // n)):
            began = time.process_time()
            METHODS[DEFAULT_METHOD](article)
            spent.append(time.process_time() - began)
        tracemalloc.start()
        METHODS[DEFAULT_METHOD](article)
        cost[n] = min(spent) / n, tracemalloc.get_traced_memory()[1] / n
        tracemalloc.stop()
    assert cost[20_000][0] < 3 * cost[100][0]
    assert cost[20_000][1] < 1.5 * cost[1000][1]


@every_method
def test_books_are_ranked(name: str) -> None:
    """Twenty thousand sentences take seconds, not hours."""
    book = Prose(
        "题", tuple(f"第{n}号桥在{n % 97}村建成通车，{n}人受益。" for n in range(20_000)), (True, False) * 10_000
    )
    began = time.monotonic()
    assert len(METHODS[name](book).scores) == 20_000
    assert time.monotonic() - began < 60


def test_methods_are_found_by_name() -> None:
    """The default is one of the known methods, and the first."""
    assert method(DEFAULT_METHOD) is METHODS[DEFAULT_METHOD]
    assert next(iter(METHODS)) == DEFAULT_METHOD


def test_an_unknown_method_is_refused_with_the_nearest_name() -> None:
    """A misspelt name is an error, not the default."""
    with pytest.raises(UnknownName, match="nearest: centrality"):
        method("centralty")


def test_a_method_can_be_handed_in() -> None:
    """The caller adds methods that need more than the text."""
    known = registry({"longest": lambda given: Ranking.whole("longest", map(len, given.sentences))})
    assert method("longest", known)(prose("桥通了。路已经宽了。")).scores == (4, 6)


def test_a_name_is_never_taken_over() -> None:
    """A method handed in cannot replace one of ours."""
    with pytest.raises(ValueError, match="lead"):
        registry({"lead": METHODS["lead"]})


def test_lead_keeps_the_order_of_the_text() -> None:
    """The first sentence is the best, the last the worst."""
    given_prose = prose(*STORY)
    assert rank_order(given_prose, METHODS["lead"](given_prose).scores) == tuple(range(len(given_prose.sentences)))


def test_random_does_not_keep_the_order_of_the_text() -> None:
    """Chance is drawn from the text, and is the same on every run."""
    given_prose = prose(*STORY)
    assert rank_order(given_prose, METHODS["random"](given_prose).scores) == (6, 1, 4, 2, 0, 5, 3)


def test_textrank_prefers_what_others_resemble() -> None:
    """A sentence that shares words with two others beats each of them and one that shares none."""
    scores = METHODS["textrank"](prose("公路建成。桥梁通车。公路建成，桥梁通车。秋日阳光。")).scores
    assert scores[2] == max(scores)
    assert scores[3] == min(scores)
    assert sum(scores) == pytest.approx(4)
