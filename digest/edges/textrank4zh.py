"""The package textrank4zh itself as a ranking method, made to work with today's networkx and with our tokenizer's cache.

Kept as it is: its own splitting into sentences, its stop words, its graph, its weights. Only names inside its own modules
are set: `from_numpy_matrix`, which networkx 3 no longer has, and the tagger, which would write into a shared temporary file.
"""

import warnings
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from types import SimpleNamespace
from typing import Any

from digest.edges.tokenizer import Tokenizer, import_jieba
from digest.errors import TextTooLong
from digest.model import Prose, Ranker, Ranking

_MOST_SENTENCES = 1000
_MOST_CHARS = 100_000
"""The package compares every sentence with every other in Python and holds a matrix of all pairs: seconds at these bounds,
hours and hundreds of gigabytes for a text of megabytes."""

SOURCE = "all_filters"
"""Which words make sentences alike: the package's README takes nouns, verbs and names without stop words."""


def textrank4zh(tokenizer: Tokenizer) -> Ranker:
    """The method that ranks as the package does; everything heavy is imported when the first article is ranked.

    The score of a sentence is the highest weight among the package's sentences that begin in it: the package also cuts at
    semicolons and inside quotations. A sentence that it does not rank scores 0; its weights are above 0. The tokenizer
    should know no names of its own, so that words are those of the package. Raises TextTooLong.
    """
    loaded: list[_Package] = []

    def rank(prose: Prose) -> Ranking:
        if not prose.sentences:
            return Ranking.whole("textrank4zh", ())
        if not loaded:
            loaded.append(_load(tokenizer))
        return Ranking.whole("textrank4zh", _scores(loaded[0], prose))

    return rank


@dataclass(frozen=True, slots=True)
class _Package:
    """What is used of the package: its analyser, the module that holds its tagger's name, and a tagger of ours."""

    analyser: Any
    segmentation: Any
    tagger: Any


def _scores(package: _Package, prose: Prose) -> list[float]:
    parts = [
        ("\n" if opens and i else "") + sentence
        for i, (sentence, opens) in enumerate(zip(prose.sentences, prose.opens_paragraph, strict=True))
    ]
    text = "".join(parts)
    _check_length(text, package.segmentation.util.sentence_delimiters)
    # set for each article: the name is global to the package, and another tokenizer's method may have set it since
    package.segmentation.pseg = SimpleNamespace(cut=package.tagger.cut)
    package.analyser.analyze(text=text, lower=True, source=SOURCE)
    starts = list(accumulate((len(part) for part in parts[:-1]), initial=0))
    offsets = _offsets(text, package.analyser.sentences)
    scores = [0.0] * len(parts)
    for item in package.analyser.key_sentences:
        owner = bisect_right(starts, offsets[item["index"]]) - 1
        scores[owner] = max(scores[owner], float(item["weight"]))
    return scores


def _check_length(text: str, delimiters: Iterable[str]) -> None:
    cuts = sum(map(text.count, delimiters))
    if cuts > _MOST_SENTENCES or len(text) > _MOST_CHARS:
        allowed = f"{_MOST_SENTENCES:,} sentences and {_MOST_CHARS:,} characters"
        raise TextTooLong("textrank4zh", allowed, f"{cuts:,} and {len(text):,}")


def _offsets(text: str, pieces: Iterable[str]) -> list[int]:
    """Where each of the pieces of a text begins, given in the order of the text."""
    offsets, at = [], 0
    for piece in pieces:
        at = text.index(piece, at)
        offsets.append(at)
        at += len(piece)
    return offsets


def _load(tokenizer: Tokenizer) -> _Package:
    """The package with its networkx names set, and a tagger that cuts with our tokenizer."""
    import_jieba()
    with warnings.catch_warnings():
        # old escapes in their sources, and the file of stop words that the analyser leaves open
        warnings.simplefilter("ignore")
        import jieba.posseg
        import networkx
        import textrank4zh as package

        analyser = package.TextRank4Sentence()
    package.util.nx = SimpleNamespace(from_numpy_matrix=networkx.from_numpy_array, pagerank=networkx.pagerank)
    # made without its constructor, which would read the dictionary's tags a second time
    tagger = object.__new__(jieba.posseg.POSTokenizer)
    tagger.tokenizer = tokenizer.jieba
    tagger.word_tag_tab = jieba.posseg.dt.word_tag_tab
    return _Package(analyser, package.Segmentation, tagger)
