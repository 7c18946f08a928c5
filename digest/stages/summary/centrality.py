"""How much of what follows a sentence it foreshadows: directed centrality over character bigrams, in linear time.

After Zheng & Lapata, "Sentence Centrality Revisited for Unsupervised Summarization" (ACL 2019): a sentence that resembles
later ones matters, one that resembles earlier ones repeats. Departures: character bigrams instead of BERT vectors; prefix
sums of the vectors instead of the matrix of all pairs; and the page decides how far direction and position are trusted,
since a news story, a page of several stories, a feature and a transcript put what matters in different places.
"""

import math
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from digest.model import Prose, Ranking

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RARITY_POWER = 0.75
"""Exponent of a bigram's inverse sentence frequency: below 1, since within one article frequency also means topic."""
STORY_REPEATS = 1.0
"""What resemblance to earlier sentences costs where paragraphs tell one story; resemblance to later ones counts 1."""
MERGED_REPEATS = -1.0
"""The same on a page of several stories: it counts in favour, since the order of the stories says nothing."""
LOOSE_REPEATS = -0.5
"""The same where paragraphs are unknown, as in a transcript: talk circles around its point."""
STORY_OPENING = 0.1
"""The bonus of the sentence that opens a paragraph, in mean centralities, where paragraphs tell one story."""
MERGED_OPENING = 2.0
"""The same on a page of several stories, where each story opens with its news."""
LEAD = 1.5
"""The bonus of the first sentence of a short article whose opening is central to it; falls by e with each sentence."""
SHORT_SENTENCES = 30
"""The length at which the bonus of the lead has halved: long features open with a scene, not with the news."""
HEADLINE = 2.0
"""The bonus of a sentence whose direction in bigram space is that of the headline."""
FITTING_CHARS = 120
"""A sentence longer than the room for a short summary costs one mean centrality for each such length too many."""
ONE_STORY_COHESION = 0.35
"""From here on the paragraphs resemble each other enough, measured by what they share within, to tell one story."""
MERGED_COHESION = 0.2
"""Up to here they tell several: the median of broadcast round-ups is 0.16, that of single stories 0.80."""
LOOSE_OPENINGS = 0.9
"""Where more of the sentences than this open a paragraph, lines are not paragraphs."""

TERMS = ("foreshadows", "repeats", "headline", "position", "opens_paragraph", "length")
"""What a score is the sum of: what later sentences share with this one, what earlier ones share, the headline's bigrams, the
place in the article, the place in the paragraph, and, at most 0, what does not fit."""

_CODE_BITS = 21
"""A Unicode code point fits into 21 bits; so does the index of a sentence, up to two million of them."""
_OWNER_MASK = (1 << _CODE_BITS) - 1
_WORD_BORDERS = np.array([0x30, 0x3A, 0x61, 0x7B, 0xC0, 0x2000, 0x3005, 0x3008, 0x3040, 0xFE00, 0x10000])


@dataclass(frozen=True, slots=True)
class _Vectors:
    """The sentences as sparse unit vectors, one entry a bigram and sentence, sorted by bigram, then sentence."""

    gram: Ints
    sentence: Ints
    weight: Floats
    title_match: Floats
    """For each sentence, the share of the headline that it holds, from 0 to 1."""


def centrality(prose: Prose) -> Ranking:
    """A score for each sentence, in multiples of the article's mean centrality; about -3 to 6; its terms are TERMS.

    White space within sentences counts for nothing. Time and memory grow with the number of characters, not with the
    square of the number of sentences.
    """
    n = len(prose.sentences)
    if n == 0:
        return Ranking((), dict.fromkeys(TERMS, ()))
    dense = ["".join(text.split()) for text in (*prose.sentences, prose.title)]
    vectors = _vectors(dense)
    opens = np.array(prose.opens_paragraph, dtype=bool)
    backward, forward = _directed(vectors, n)
    undirected = backward + forward
    scale = float(undirected.sum()) / n or 1.0
    loose = sum(prose.opens_paragraph) / n > LOOSE_OPENINGS
    merged = 0.0 if loose else _merged(vectors, undirected, np.cumsum(opens))
    repeats = LOOSE_REPEATS if loose else _between(STORY_REPEATS, MERGED_REPEATS, merged)
    directed = (forward - repeats * backward) / scale
    headline = HEADLINE * vectors.title_match
    position = _position(undirected / scale, merged)
    opening = (0.0 if loose else _between(STORY_OPENING, MERGED_OPENING, merged)) * opens
    length = np.minimum(0.0, 1 - np.array([len(text) for text in dense[:-1]]) / FITTING_CHARS)
    return _ranking(directed, forward / scale, headline, position, opening, length)


def _ranking(directed: Floats, foreshadows: Floats, *others: Floats) -> Ranking:
    """The ranking of the terms; `directed` is what the first two of them add up to."""
    scores = reduce(np.add, others, directed)
    rows = np.array([scores, foreshadows, directed - foreshadows, *others])
    # rounded, so that sums taken in another order on another machine still tie
    rounded, *terms = map(tuple, np.round(rows, 9).tolist())
    return Ranking(rounded, dict(zip(TERMS, terms, strict=True)))


def _between(story: float, several: float, merged: float) -> float:
    return story + (several - story) * merged


def _position(relative: Floats, merged: float) -> Floats:
    """The bonus of an early sentence, as far as the first two are central: an opening of small talk earns nothing."""
    n = len(relative)
    central = min(1.0, float(relative[:2].sum()) / min(2, n))
    short = 1 / (1 + (n / SHORT_SENTENCES) ** 2)
    return LEAD * central * short * (1 - merged) * np.exp(-np.arange(n, dtype=np.float64))


def _vectors(dense: list[str]) -> _Vectors:
    """The vectors of the sentences: square root of the count times rarity, at length 1; shape (n_entries,) each.

    The texts are without white space; the last one is the headline.
    """
    n = len(dense) - 1
    key = np.sort(_bigram_keys(dense))
    entry = np.flatnonzero(_begins(key))
    count = np.diff(np.append(entry, len(key)))
    code, owner = key[entry] >> _CODE_BITS, key[entry] & _OWNER_MASK
    gram = np.cumsum(_begins(code)) - 1
    body = owner < n
    in_title = np.zeros(len(gram), dtype=bool)
    in_title[gram[~body]] = True
    gram, sentence = gram[body], owner[body]
    sentences_with = np.bincount(gram)
    weight = np.sqrt(count[body]) * np.log1p(n / sentences_with[gram]) ** RARITY_POWER
    weight /= np.sqrt(_sums(sentence, weight * weight, n))[sentence]
    shared = _sums(sentence, weight * in_title[gram], n)
    return _Vectors(gram, sentence, weight, shared / math.sqrt(max(1, int(in_title.sum()))))


def _bigram_keys(dense: list[str]) -> Ints:
    """Each bigram of word characters and the index of its text, as one number; shape (n_bigrams,)."""
    raw = "\n".join([*dense, ""]).encode("utf-32-le", "surrogatepass")
    points = _folded(np.frombuffer(raw, dtype=np.uint32).astype(np.int64))
    owner = np.repeat(np.arange(len(dense)), [len(text) + 1 for text in dense])
    word = _is_word(points)
    both = word[:-1] & word[1:]
    code = points[:-1] << _CODE_BITS | points[1:]
    return (code << _CODE_BITS | owner[:-1])[both]


def _folded(points: Ints) -> Ints:
    """The code points with full-width letters and digits made half-width, and Latin capitals small."""
    points = np.where((points > 0xFF00) & (points < 0xFF5F), points - 0xFEE0, points)
    return np.where((points > 0x40) & (points < 0x5B), points + 0x20, points)


def _is_word(points: Ints) -> NDArray[np.bool_]:
    """Which code points are letters, digits or Han characters; marks, symbols and line ends are not."""
    # what lies between two borders is a word's from an odd one on: 0-9, a-z, À to the marks, 々〆〇, kana to the forms
    inside: NDArray[np.bool_] = np.searchsorted(_WORD_BORDERS, points, "right") % 2 == 1
    return inside


def _begins(keys: Ints) -> NDArray[np.bool_]:
    """Where a run of equal keys begins."""
    begins = np.ones(len(keys), dtype=bool)
    begins[1:] = keys[1:] != keys[:-1]
    return begins


def _directed(vectors: _Vectors, n: int) -> tuple[Floats, Floats]:
    """For each sentence, the sum of its similarities to all earlier sentences, and to all later ones; shape (n,) each."""
    weight, sentence = vectors.weight, vectors.sentence
    through = np.cumsum(weight)
    first, last = _runs(vectors.gram)
    before = through - weight - (through[first] - weight[first])
    after = through[last] - through
    return _sums(sentence, weight * before, n), _sums(sentence, weight * after, n)


def _sums(owner: Ints, values: Floats, n: int) -> Floats:
    """The sum of the values of each owner from 0 up to n; shape (n,)."""
    return np.bincount(owner, values, minlength=n).astype(np.float64)


def _runs(keys: Ints) -> tuple[Ints, Ints]:
    """For each entry of keys of which equal ones adjoin, the offsets of the first and the last entry with the same key."""
    begins = _begins(keys)
    run, first = np.cumsum(begins) - 1, np.flatnonzero(begins)
    return first[run], np.append(first[1:], len(keys))[run] - 1


def _merged(vectors: _Vectors, undirected: Floats, paragraph: Ints) -> float:
    """How surely the page holds several stories: 0 where the paragraphs tell one, 1 where they share little.

    Cohesion is the mean similarity of two sentences of different paragraphs, divided by that of two of the same.
    """
    n = len(paragraph)
    size = np.bincount(paragraph)[paragraph]
    paragraph_of = paragraph[vectors.sentence]
    # entries are sorted by bigram, then sentence, and paragraphs rise with sentences: the keys are sorted
    first, last = _runs(vectors.gram * (n + 1) + paragraph_of)
    through = np.cumsum(vectors.weight)
    together = through[last] - through[first] + vectors.weight[first] - vectors.weight
    within = float((vectors.weight * together).sum())
    across = float(undirected.sum()) - within
    pairs_within, pairs_across = int((size - 1).sum()), int((n - size).sum())
    if within <= 0 or pairs_across == 0:
        return 0.0
    cohesion = (across / pairs_across) / (within / pairs_within)
    share = (ONE_STORY_COHESION - cohesion) / (ONE_STORY_COHESION - MERGED_COHESION)
    return min(1.0, max(0.0, share))
