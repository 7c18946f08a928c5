"""The articles of our own writing: that nothing is measured on what was learnt."""

from collections import Counter
from itertools import combinations

import pytest

from bench.corpus import HELD_OUT, LEARNT, Pool, learnt_pool, passages, read_articles, read_pool
from bench.pages.making import Source

PASSAGE_CHARS = 25


@pytest.fixture(scope="module")
def learnt() -> tuple[Source, ...]:
    return learnt_pool().all


def test_each_article_is_there_once(learnt: tuple[Source, ...]) -> None:
    """No two articles, learnt from or held out, have one headline."""
    titles = Counter(article["title"] for article in [*learnt, *read_articles(HELD_OUT)])
    assert [title for title, n in titles.items() if n > 1] == []


def test_nothing_is_measured_on_what_was_learnt(learnt: tuple[Source, ...]) -> None:
    """No 25 characters running stand in an article that is learnt from and in one that is held out."""
    known = set().union(*(passages(article, PASSAGE_CHARS) for article in learnt))
    assert not any(passages(article, PASSAGE_CHARS) & known for article in read_articles(HELD_OUT))


def test_an_article_has_paragraphs(learnt: tuple[Source, ...]) -> None:
    """Every article has a headline and paragraphs, none of them blank, and nothing that is not known of."""
    known = {"title", "text", "city", "county", "heads", "captions", "authors"}
    for article in [*learnt, *read_articles(HELD_OUT)]:
        assert all(part.strip() for part in (article["title"], *article["text"].split("\n")))
        assert article.keys() <= known


def test_passages_are_found_whatever_the_width() -> None:
    """Full-width digits and spaces hide no passage; a text that is shorter than a passage has none."""
    here, there = (
        passages({"title": "路", "text": "修路１２ 公里"}, 5),
        passages({"title": "桥", "text": "又修路12公里。"}, 5),
    )
    assert here <= there
    assert len(here) == 2


def test_halves_share_nothing() -> None:
    """Halves are of one size, hold every article between them and none twice; so do the kinds."""
    every = read_articles(*LEARNT.glob("*.jsonl"))
    pool = read_pool(every)
    left, right = pool.halves()
    for half, other in combinations((left.local, right.local, left.briefs, right.briefs), 2):
        assert not {article["title"] for article in half} & {article["title"] for article in other}
    assert len(left.all) + len(right.all) == len(every)
    assert abs(len(left.local) - len(right.local)) <= 1
    assert left.of("briefs") == left.briefs
    assert left.of("hard") == left.local


def test_a_pool_does_not_depend_on_chance() -> None:
    """The same articles come in the same order, which is not that of the file; no articles make an empty pool."""
    every = [{"title": str(n), "text": "路通了。", "city": "岳阳市" if n % 2 else None} for n in range(20)]
    assert read_pool(every) == read_pool(every)
    assert [article["title"] for article in read_pool(every).local] != [str(n) for n in range(1, 20, 2)]
    assert read_pool([]) == Pool((), ())
