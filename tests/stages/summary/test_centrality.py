"""Directed centrality: which kind of page puts what first."""

import pytest

from digest.stages.summary import rank_order
from digest.stages.summary.centrality import TERMS, centrality
from tests.stages.summary.prose import ROUND_UP, STORY, prose


def best(count: int, *paragraphs: str, title: str = "") -> list[str]:
    given = prose(*paragraphs, title=title)
    return [given.sentences[i] for i in rank_order(given, centrality(given).scores)[:count]]


def test_a_story_is_told_by_its_lead() -> None:
    """Where the opening foreshadows the rest, it comes first."""
    assert best(1, *STORY)[0].startswith("青石县全长12公里的河东公路")


def test_a_page_of_several_stories_is_told_by_their_openings() -> None:
    """Where paragraphs share nothing, the openings of paragraphs take the first places."""
    assert {sentence[:3] for sentence in best(3, *ROUND_UP)} == {"云溪镇", "松柏村", "青石县"}


def test_small_talk_at_the_beginning_earns_nothing() -> None:
    """A greeting is no lead."""
    talk = (
        "大家好。",
        "请坐。",
        "今年要把河东公路修完。",
        "河东公路修完，云溪村的橘子就能运出山。",
        "河东公路和橘子是两件大事。",
    )
    assert "河东公路" in best(1, *talk)[0]


def test_the_headline_lifts_what_it_names() -> None:
    """A sentence that holds the headline's words rises."""
    without = centrality(prose(*STORY)).scores
    with_title = centrality(prose(*STORY, title="公路沿线将建停车区")).scores
    assert with_title[5] - without[5] == max(b - a for a, b in zip(without, with_title, strict=True))


def test_sentences_that_do_not_fit_fall() -> None:
    """A sentence of several hundred characters is not a summary."""
    once, twice = (prose("河东公路建成通车，" * n + "路通了。河东公路建成通车了。") for n in (20, 40))
    assert centrality(once).scores[0] - centrality(twice).scores[0] == pytest.approx(180 / 120, abs=0.1)


def test_scores_are_pinned() -> None:
    """Two sentences, computed by hand: the pair is alike, so that only direction, lead and length tell them apart."""
    scores = centrality(prose("桥通了。桥通了。")).scores
    assert scores[0] - scores[1] == pytest.approx(2.0 + 0.1 + 1.5 * (1 - 0.36787944) / (1 + (2 / 30) ** 2))


@pytest.mark.parametrize("text", ["。。。！", "……", "1。2。", "a。b。"])
def test_sentences_without_bigrams_are_ranked_by_place(text: str) -> None:
    """Marks and single characters resemble nothing; the ranking still stands."""
    given = prose(text)
    assert rank_order(given, centrality(given).scores) == tuple(range(len(given.sentences)))


def test_terms_say_what_lifts_a_sentence() -> None:
    """Of two equal sentences the first foreshadows and leads, the second repeats; length is a cost or nothing."""
    terms = centrality(prose("桥通了。桥通了。")).terms
    assert tuple(terms) == TERMS
    assert terms["foreshadows"] == pytest.approx((1, 0))
    assert terms["repeats"] == pytest.approx((0, -1))
    assert terms["position"][0] > terms["position"][1] > 0
    assert terms["opens_paragraph"] == pytest.approx((0.1, 0))
    assert terms["headline"] == terms["length"] == (0, 0)


def test_on_a_page_of_several_stories_repeating_is_no_fault() -> None:
    """What earlier sentences share with one counts for it there, and no place in the article does."""
    terms = centrality(prose(*ROUND_UP)).terms
    assert min(terms["repeats"]) >= 0
    assert set(terms["position"]) == {0}


def test_too_long_a_sentence_says_so() -> None:
    """The cost stands in a term of its own: one mean centrality for each 120 characters too many."""
    terms = centrality(prose("河" * 239 + "。路通了。")).terms
    assert terms["length"] == pytest.approx((-1, 0))
