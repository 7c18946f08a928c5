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


TALK = (
    "河东公路什么时候修完？",
    "河东公路今年修完。",
    "河东公路修完，云溪村的橘子就能运出山吗？",
    "云溪村的橘子能运出山。",
)


def test_in_a_transcript_answers_come_before_questions() -> None:
    """Lines that are no paragraphs are talk: what asks there is told by what answers it, however much it resembles the rest."""
    talk = TALK * 5
    assert set(best(2, *talk, title="河东公路什么时候修完")) == {TALK[1], TALK[3]}
    assert set(best(2, *talk[::2], *talk[::2])) == set(TALK[::2])  # nothing but questions: they are all there is


def test_in_a_story_a_question_counts_like_any_sentence() -> None:
    """A question may be the point of a feature."""
    asked, told = (
        centrality(prose("河东公路修完了。" + "".join(TALK[1::2]) * 12 + last)).scores
        for last in ("能运出山？", "能运出山。")
    )
    assert asked == told


def test_the_headline_lifts_what_it_names() -> None:
    """A sentence that holds the headline's words rises."""
    without = centrality(prose(*STORY)).scores
    with_title = centrality(prose(*STORY, title="公路沿线将建停车区")).scores
    assert with_title[5] - without[5] == max(b - a for a, b in zip(without, with_title, strict=True))


def test_sentences_that_do_not_fit_fall() -> None:
    """A sentence of several hundred characters is not a summary."""
    once, twice = (prose("河东公路建成通车，" * n + "路通了。河东公路建成通车了。") for n in (20, 40))
    assert centrality(once).terms["length"][0] - centrality(twice).terms["length"][0] == pytest.approx(3)


def test_scores_are_pinned() -> None:
    """Two sentences, computed by hand: the pair is alike, so that only direction, lead and opening tell them apart."""
    scores = centrality(prose("桥通了。桥通了。")).scores
    short = 1 / (1 + (2 / 60) ** 2)
    direction = 1 + (-0.5 + 2 * short)
    assert scores[0] - scores[1] == pytest.approx(direction + 0.25 + 1.5 * (1 - 0.36787944) * short)


@pytest.mark.parametrize("text", ["。。。！", "……", "1。2。", "a。b。"])
def test_sentences_without_bigrams_are_ranked_by_place(text: str) -> None:
    """Marks and single characters resemble nothing; the ranking still stands."""
    given = prose(text)
    assert rank_order(given, centrality(given).scores) == tuple(range(len(given.sentences)))


def test_terms_say_what_lifts_a_sentence() -> None:
    """Of two equal sentences the first foreshadows and leads, the second repeats; room is a cost."""
    terms = centrality(prose("桥通了。桥通了。")).terms
    assert tuple(terms) == TERMS
    assert terms["foreshadows"] == pytest.approx((1, 0))
    assert terms["repeats"] == pytest.approx((0, -1.5), abs=0.01)
    assert terms["position"][0] > terms["position"][1] > 0
    assert terms["opens_paragraph"] == pytest.approx((0.25, 0))
    assert terms["headline"] == terms["topic"] == (0, 0)
    assert terms["length"] == pytest.approx((-4 / 60, -4 / 60))


def test_on_a_page_of_several_stories_repeating_is_no_fault() -> None:
    """What earlier sentences share with one counts for it there, and no place in the article does."""
    terms = centrality(prose(*ROUND_UP)).terms
    assert min(terms["repeats"]) >= 0
    assert set(terms["position"]) == {0}


def test_room_has_a_price() -> None:
    """The cost of a sentence's characters stands in a term of its own: one mean centrality for each 60."""
    terms = centrality(prose("河" * 239 + "。路通了。")).terms
    assert terms["length"] == pytest.approx((-4, -4 / 60))


def test_what_the_headline_speaks_of_spreads() -> None:
    """A sentence that holds nothing of the headline rises by what it shares with one that does."""
    lines = ("云溪村的橘子今年丰收了。", "橘子当天运出青石县。", "河水上涨。")
    terms = centrality(prose("".join(lines), title="云溪村丰收")).terms
    assert terms["headline"] == pytest.approx((2, 0, 0))
    assert terms["topic"][1] > 0 == terms["topic"][2]
    assert sum(terms["topic"]) == pytest.approx(0.65 * 3)


def test_a_headline_that_no_sentence_takes_up_says_nothing() -> None:
    """Characters alone, of which no two stand together in the text, are no sign."""
    terms = centrality(prose(*STORY, title="茶马")).terms
    assert set(terms["headline"]) == set(terms["topic"]) == {0}


def test_astral_characters_count_as_words() -> None:
    """A rare Han character beyond the first 65,536 makes sentences alike."""
    rare, other = (centrality(prose(f"{char}桥。{char}桥。")).terms["foreshadows"] for char in ("𠮷", "石"))
    assert rare == pytest.approx(other)


def test_a_long_feature_has_no_lead() -> None:
    """The bonus of the beginning fades with length, and what repeats comes to count in favour."""
    short, long = (centrality(prose("".join(f"第{i}座桥通车了。" for i in range(n)))).terms for n in (6, 300))
    assert short["position"][0] > 10 * long["position"][0]
    assert min(short["repeats"]) < 0 <= min(long["repeats"])
