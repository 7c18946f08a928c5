"""The package textrank4zh as a ranking method."""

import warnings
from types import SimpleNamespace
from typing import Any

import networkx
import pytest

from bench.corpus import LEARNT, read_articles
from digest.edges.textrank4zh import textrank4zh
from digest.edges.tokenizer import Tokenizer
from digest.errors import TextTooLong
from digest.model import Prose, Ranker
from digest.stages.sentences import text_prose
from digest.stages.summary import rank_order
from tests.stages.summary.prose import ROUND_UP, STORY


@pytest.fixture(scope="module")
def rank(tmp_path_factory: pytest.TempPathFactory) -> Ranker:
    return textrank4zh(Tokenizer(cache_folder=tmp_path_factory.mktemp("cache")))


def by_hand(text: str) -> list[Any]:
    """The package's own sentences, best first, as its README has it; the caller has ranked with our method before."""
    import textrank4zh as package

    assert isinstance(package.Segmentation.pseg, SimpleNamespace)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file of stop words open
        analyser = package.TextRank4Sentence()
    analyser.analyze(text=text, lower=True, source="all_filters")
    return list(analyser.get_key_sentences(num=100, sentence_min_len=1))


@pytest.mark.parametrize("paragraphs", [STORY, ROUND_UP])
def test_the_ranking_is_that_of_the_package(rank: Ranker, paragraphs: tuple[str, ...]) -> None:
    """Our sentences come in the order in which the package names a part of them first."""
    text = "\n".join(paragraphs)
    prose = text_prose("", text)
    ours = [prose.sentences[i] for i in rank_order(prose, rank(prose).scores)]
    theirs: list[str] = []
    for item in by_hand(text):
        whole = next(sentence for sentence in prose.sentences if item.sentence in sentence)
        theirs += [] if whole in theirs else [whole]
    assert ours == theirs


def test_two_hundred_articles_are_ranked_as_by_hand(rank: Ranker) -> None:
    """On articles of our own writing each sentence has the weight of the best piece that the package cuts from it."""
    for source in read_articles(*sorted(LEARNT.glob("*.jsonl")))[:200]:
        prose = text_prose("", source["text"])
        ours: dict[str, float] = {}
        for sentence, score in zip(prose.sentences, rank(prose).scores, strict=True):
            ours[sentence] = max(score, ours.get(sentence, 0.0))
        theirs = dict.fromkeys(prose.sentences, 0.0)
        starts, after = {}, 0
        for sentence in prose.sentences:
            begins = source["text"].index(sentence, after)
            starts[begins], after = sentence, begins + len(sentence)
        at = 0
        for item in sorted(by_hand(source["text"]), key=lambda one: one.index):
            at = source["text"].index(item.sentence, at)
            owner = starts[max(start for start in starts if start <= at)]
            theirs[owner] = max(theirs[owner], item.weight)
            at += len(item.sentence)
        assert ours == pytest.approx(theirs)


def test_weights_are_those_of_the_package(rank: Ranker) -> None:
    """A sentence that the package has whole keeps its weight."""
    prose = text_prose("", "桥梁建成通车。公路建成通车。秋日阳光明媚。")
    scores = rank(prose).scores
    weights = {item.index: item.weight for item in by_hand("".join(prose.sentences))}
    assert list(scores) == pytest.approx([weights[0], weights[1], weights[2]])


def test_the_weight_is_the_one_term(rank: Ranker) -> None:
    """The package says nothing of what its weights are made of."""
    ranking = rank(text_prose("", STORY[0]))
    assert ranking.terms == {"textrank4zh": ranking.scores}


def test_equal_sentences_are_told_apart(rank: Ranker) -> None:
    """Identical sentences are matched in the order of the text, and both are scored."""
    scores = rank(text_prose("", "桥梁建成通车。公路修到村口。桥梁建成通车。")).scores
    assert min(scores) > 0
    assert scores[0] == pytest.approx(scores[2])


def test_what_the_package_does_not_rank_comes_last(rank: Ranker) -> None:
    """A sentence of marks only, which the package drops, scores 0."""
    scores = rank(Prose("", ("桥梁建成通车。", "……", "公路建成通车。"), (True, False, False))).scores
    assert scores[1] == 0
    assert min(scores[0], scores[2]) > 0


def test_nothing_yields_nothing(rank: Ranker) -> None:
    """An empty article has a ranking of nothing."""
    assert rank(Prose("", (), ())).scores == ()


def test_networkx_itself_is_left_alone(rank: Ranker) -> None:
    """Only the names in the package's own module are set."""
    rank(text_prose("", STORY[0]))
    assert not hasattr(networkx, "from_numpy_matrix")


@pytest.mark.parametrize("text", ["永州召开会议；" * 2000 + "。", "永" * 200_000 + "。"])
def test_a_text_that_would_take_hours_is_refused(rank: Ranker, text: str) -> None:
    """The package compares all pairs of its own sentences, which semicolons end too; more than it can take is told."""
    with pytest.raises(TextTooLong, match="name another method"):
        rank(text_prose("", text))
