"""Ranked sentences against what people highlighted: precision at 3."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bench.peers import Item

MOST = 3
HIGHLIGHTED = 0.5
"""A sentence of which more than half was marked counts as highlighted."""
LENGTH_PENALTY = 0.01
"""Per character that two sentences differ in length; it parts those that share as many bigrams."""


def precision(items: Sequence[Item], ranked: Sequence[Sequence[str]]) -> float | None:
    """The share, x100, of the best three sentences of each item that are highlighted; None where no item has a highlight.

    An item states its `sentences` and, parallel to them, the highlighted share of each as `labels`. A ranked sentence
    stands for the one with which it shares most bigrams.
    """
    hits = [
        item["labels"][_nearest(sentence, item["sentences"])] > HIGHLIGHTED
        for item, best in zip(items, ranked, strict=True)
        if any(label > HIGHLIGHTED for label in item.get("labels", ()))
        for sentence in best[:MOST]
    ]
    return 100 * sum(hits) / len(hits) if hits else None


def _nearest(sentence: str, labelled: Sequence[str]) -> int:
    grams = _grams(sentence)
    shared = [
        (grams & _grams(other)).total() / (1 + LENGTH_PENALTY * abs(len(other) - len(sentence))) for other in labelled
    ]
    return shared.index(max(shared))


def _grams(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(text))
