"""How central a sentence is to its article: directed centrality over character bigrams, in linear time.

After Zheng & Lapata, "Sentence Centrality Revisited for Unsupervised Summarization" (ACL 2019): a sentence that resembles
later ones matters, one that resembles earlier ones repeats. Departures: character bigrams instead of BERT vectors; prefix
sums of the vectors instead of the matrix of all pairs; the headline's matches weigh what else resembles them (Rocchio,
"Relevance Feedback in Information Retrieval", 1971); and the page decides how far direction and position are trusted, since
a news story, a page of several stories, a feature and a transcript put what matters in different places.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.model import Prose, Ranking
from digest.stages.summary.vectors import HEADLINE_TEXT, Floats, Ints, Units, Vectors, run_bounds, units, vectors

STORY_REPEATS = 1.5
"""What resemblance to earlier sentences costs in a short news story; resemblance to later ones counts 1."""
OTHER_REPEATS = -0.5
"""The same on any other page: it counts in favour, since neither several stories, a feature nor talk put what matters first."""
STORY_OPENING = 0.25
"""The bonus of the sentence that opens a paragraph, in mean centralities, where paragraphs tell one story."""
MERGED_OPENING = 2.5
"""The same on a page of several stories, where each story opens with its news."""
LEAD = 1.5
"""The bonus of the first sentence of a short story whose opening is central to it; falls by e with each sentence."""
SHORT_SENTENCES = 60
"""The length at which half of what is peculiar to a short story is gone: long features open with a scene, not with the news."""
HEADLINE = 2.0
"""The bonus of a sentence that holds every character of the headline."""
TOPIC = 0.65
"""What resemblance to sentences that hold the headline's bigrams counts, beside that to all sentences."""
COSTLY_CHARS = 60
"""So many characters cost one mean centrality: a long sentence resembles more, and takes the room of two."""
ONE_STORY_COHESION = 0.35
"""From here on the paragraphs resemble each other enough, measured by what they share within, to tell one story."""
MERGED_COHESION = 0.2
"""Up to here they tell several: the median of broadcast round-ups is 0.16, that of single stories 0.80."""
LOOSE_OPENINGS = 0.9
"""Where more of the sentences than this open a paragraph, lines are not paragraphs, as in a transcript."""
QUESTION = -4.0
"""What a question is worth in a transcript: it names the topic, and is answered behind it; hardly any stays ahead of an answer.
In a story or a feature it may be the point, and counts like any other sentence."""
TALK_SENTENCES = 20
"""A shorter page of such lines may be news in paragraphs of one sentence, or a poem."""

TERMS = ("foreshadows", "repeats", "headline", "topic", "position", "opens_paragraph", "length", "question")
"""What a score is the sum of: what later sentences share with this one, what earlier ones share, the headline's characters, what
the sentences that speak of the headline share, the place in the article, the place in the paragraph, the room it takes, and
whether it asks."""

_QUESTION_MARKS = ("？", "?")
_BEHIND_QUESTION = "”’」』）)》\"'！!"
_UNIT_BITS = np.array(16)
_FADING = np.exp(-np.arange(64))
"""What a position counts for, by position; further on it is nought in the nine digits of a score."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What kind of page it is."""

    story: float
    """How surely it is one short news story, from 0 to 1."""
    repeats: float
    """What resemblance to earlier sentences costs."""
    opening: float
    """What the opening of a paragraph is worth."""
    question: float
    """What a question is worth."""


def centrality(prose: Prose) -> Ranking:
    """A score for each sentence, in multiples of the article's mean centrality; about -12 to 6; its terms are TERMS.

    White space within sentences counts for nothing. Time and memory grow with the number of characters, not with the
    square of the number of sentences.
    """
    n = len(prose.sentences)
    if n == 0:
        return Ranking((), dict.fromkeys(TERMS, ()), dict.fromkeys(TERMS, 0.0))
    dense = ["".join(text.split()) for text in (prose.title, *prose.sentences)]
    unit, text = units(dense)
    found = vectors(unit, text, n)
    opens = np.array(prose.opens_paragraph, dtype=np.int64)
    backward, forward = _directed(found)
    undirected = backward + forward
    total = float(undirected.sum())
    scale = total / n or 1.0
    page = _page(found, total, opens)
    # the last row is for the sum
    signals = np.zeros((len(TERMS) + 1, n))
    np.divide(forward, scale, out=signals[0])
    np.divide(backward, scale, out=signals[1])
    if np.count_nonzero(found.in_headline):
        signals[2] = _headline(unit, text, n)
        signals[3] = _topic(found)
    signals[4, : len(_FADING)] = _FADING[:n]
    signals[5] = opens
    signals[6] = list(map(len, dense[1:]))
    if page.question:
        signals[7] = [text.rstrip(_BEHIND_QUESTION).endswith(_QUESTION_MARKS) for text in dense[1:]]
    lead = LEAD * page.story * _central(undirected[:2].tolist(), scale)
    return _ranking(
        signals, (1.0, -page.repeats, HEADLINE, TOPIC, lead, page.opening, -1 / COSTLY_CHARS, page.question)
    )


def _ranking(signals: Floats, weights: tuple[float, ...]) -> Ranking:
    terms = signals[:-1]
    terms *= np.array(weights)[:, None]
    terms.sum(axis=0, out=signals[-1])
    # rounded, so that sums taken in another order on another machine still tie
    *rounded, scores = map(tuple, signals.round(9).tolist())
    return Ranking(scores, dict(zip(TERMS, rounded, strict=True)), dict(zip(TERMS, weights, strict=True)))


def _between(none: float, full: float, share: float) -> float:
    return none + (full - none) * share


def _directed(found: Vectors) -> tuple[Floats, Floats]:
    """For each sentence, the sum of its similarities to all earlier sentences, and to all later ones; shape (n,) each."""
    through = np.zeros(len(found.weight) + 1)
    np.add.accumulate(found.weight, out=through[1:])
    at_bounds = through.take(found.bounds)
    backward = through[:-1] - at_bounds[:-1].take(found.bigram)
    backward *= found.weight
    forward = at_bounds[1:].take(found.bigram) - through[1:]
    forward *= found.weight
    return found.per_text(backward)[1:], found.per_text(forward)[1:]


def _page(found: Vectors, total: float, opens: Ints) -> _Page:
    """The kind of page: `total` is the sum of the similarities of all ordered pairs of sentences."""
    if sum(opens.tolist()) > LOOSE_OPENINGS * found.n:
        return _Page(0.0, OTHER_REPEATS, 0.0, QUESTION if found.n >= TALK_SENTENCES else 0.0)
    merged = _merged(found, total, opens)
    short = 1 / (1 + (found.n / SHORT_SENTENCES) ** 2)
    story = (1 - merged) * short
    repeats = _between(OTHER_REPEATS, STORY_REPEATS, story)
    return _Page(story, repeats, _between(STORY_OPENING, MERGED_OPENING, merged), 0.0)


def _merged(found: Vectors, total: float, opens: Ints) -> float:
    """How surely the page holds several stories: 0 where the paragraphs tell one, 1 where they share little.

    Cohesion is the mean similarity of two sentences of different paragraphs, divided by that of two of the same.
    """
    n, weight = found.n, found.weight
    paragraph = np.zeros(n + 1, dtype=np.int64)
    np.add.accumulate(opens, out=paragraph[1:])
    size = np.bincount(paragraph[1:])
    pairs_within = int(size @ size) - n
    pairs_across = n * n - n - pairs_within
    # paragraphs rise with sentences: the entries of a bigram in a paragraph adjoin
    owner = found.bigram * (n + 1) + paragraph.take(found.text)
    together = np.add.reduceat(weight, run_bounds(owner)[:-1]) if len(owner) else weight
    within = _square(together) - _square(weight)
    across = total - within
    if within <= 0 or pairs_across == 0:
        return 0.0
    cohesion = (across / pairs_across) / (within / pairs_within)
    share = (ONE_STORY_COHESION - cohesion) / (ONE_STORY_COHESION - MERGED_COHESION)
    return min(1.0, max(0.0, share))


def _square(values: Floats) -> float:
    """The sum of the squares; not by @, which hands long arrays to the threads of a BLAS, where waiting costs more than adding."""
    return float(np.einsum("i,i", values, values))


def _headline(unit: Units, text: Ints, n: int) -> Floats:
    """For each sentence, the share of the headline's characters that it holds, from 0 to 1."""
    headline = unit[: text.searchsorted(HEADLINE_TEXT + 1)]
    wanted = np.zeros(1 << 16, dtype=bool)
    wanted.put(headline, True)
    wanted[0] = False
    at = wanted.take(unit).nonzero()[0]
    holds = text.take(at) << _UNIT_BITS | unit.take(at)
    holds.sort()
    first = holds.take(run_bounds(holds)[:-1])
    return np.bincount(first >> _UNIT_BITS, minlength=n + 1)[1:] / len({*headline.tolist()} - {0})


def _topic(found: Vectors) -> Floats:
    """What each sentence shares with all, each as far as it holds the headline's bigrams; its mean is 1, or 0."""
    weight, bigram = found.weight, found.bigram
    match = found.per_text(weight * found.in_headline.take(bigram))
    profile = found.per_bigram(weight * match.take(found.text))
    shared = found.per_text(weight * profile.take(bigram))[1:]
    return shared / (float(shared.sum()) / found.n or 1.0)


def _central(opening: Sequence[float], scale: float) -> float:
    """How central the first sentences are, from 0 to 1, in the article's mean: an opening of small talk earns nothing."""
    return min(1.0, sum([centrality / scale for centrality in opening]) / len(opening))
