"""TextRank (Mihalcea & Tarau, "TextRank: Bringing Order into Text", EMNLP 2004) over character bigrams.

The similarity of two sentences is the number of bigrams that they share, divided by the sum of the logarithms of their
lengths; the score is the stationary distribution of a reader who follows similar sentences. Departures: bigrams stand for
words, and each sentence is compared with those near it only, once an article is too long for the matrix of all pairs.
"""

import numpy as np
from numpy.typing import NDArray

from digest.model import Prose, Ranking
from digest.text import bigrams

DAMPING = 0.85
"""The chance that the reader follows a similarity instead of starting anywhere; the value of the paper."""
TOLERANCE = 1e-6
"""The iteration ends once the distribution moves by less, in sum; the paper stops at 1e-4."""
MOST_ROUNDS = 100
"""DAMPING ** 100 is below 1e-7: the iteration has converged by then."""
BLOCK_SENTENCES = 1000
"""An article longer than this is ranked in blocks of at most this many sentences, so that memory stays below 40 MB."""


def textrank(prose: Prose) -> Ranking:
    """A score for each sentence, 0 or more; the mean of each block of at most BLOCK_SENTENCES sentences is 1."""
    sentences = prose.sentences
    blocks = max(1, -(-len(sentences) // BLOCK_SENTENCES))
    size = -(-len(sentences) // blocks)
    scores: list[float] = []
    for b in range(blocks):
        scores += _ranked([set(bigrams(sentence)) for sentence in sentences[b * size : (b + 1) * size]])
    return Ranking.whole("textrank", scores)


def _ranked(grams: list[set[str]]) -> list[float]:
    n = len(grams)
    if n == 0:
        return []
    follow = _transitions(_similarity(grams))
    rank = np.full(n, 1 / n)
    for _ in range(MOST_ROUNDS):
        moved = (1 - DAMPING) / n + DAMPING * (rank @ follow)
        change = float(np.abs(moved - rank).sum())
        rank = moved
        if change < TOLERANCE:
            break
    # rounded, so that two equal sentences tie whatever the order of the sums
    return [round(score, 9) for score in (rank * n).tolist()]


def _similarity(grams: list[set[str]]) -> NDArray[np.float64]:
    """Shape (n_sentences, n_sentences), symmetric, zero on the diagonal."""
    column: dict[str, int] = {}
    holds = [[column.setdefault(gram, len(column)) for gram in sorted(one)] for one in grams]
    shared = np.zeros((len(grams), len(grams)))
    owners: list[list[int]] = [[] for _ in column]
    for sentence, columns in enumerate(holds):
        for c in columns:
            owners[c].append(sentence)
    for who in owners:
        if len(who) > 1:
            shared[np.ix_(who, who)] += 1
    # a sentence of one bigram has a logarithm of zero: counted as two
    logs = np.log(np.maximum(2, [len(one) for one in grams]))
    similarity: NDArray[np.float64] = shared / (logs[:, None] + logs[None, :])
    np.fill_diagonal(similarity, 0)
    return similarity


def _transitions(similarity: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (n_sentences, n_sentences), rows sum to 1; a sentence like no other leads everywhere alike."""
    total = similarity.sum(axis=1, keepdims=True)
    even = 1 / len(similarity)
    return np.where(total > 0, similarity / np.where(total > 0, total, 1), even)
