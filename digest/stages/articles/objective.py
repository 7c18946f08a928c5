"""The page as one assignment problem: every line goes on with one line at most, begins or ends an article, or belongs to none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from digest.stages.articles.flow import Flow, Signs, Values
from digest.stages.articles.language import Codes, Language
from digest.stages.articles.links import Weighable, weighable
from digest.stages.articles.search import Worth, improve
from digest.stages.articles.sheet import Sheet
from digest.stages.articles.topics import Places
from digest.stages.articles.whole import Whole

SignWeights = Mapping[str, float]
_SURELY_INNER = 20.0
"""What an article costs that begins with a line that begins none, whatever speaks for it."""
_NEVER = -1e6
_RATHER_JOINED = 1.5
"""Where a line goes on in another one, nothing is taken to be lost between them unless that is likelier by so much."""
_MORE_CAPTIONS, _NEARNESS, _BEFORE_HEADING, _ORPHAN, _LEAD = 0.3, 3.0, 0.5, 2.0, 2.0
"""In logits: web pages have more captions than print; a paragraph is less likely one the more it shares with the rest, or where it
begins the text, and more likely one where no prose follows, above all at the top."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign is worth, in the same unit throughout, for each kind of choice."""

    joins: SignWeights
    nexts: SignWeights
    starts: SignWeights
    ends: SignWeights
    drops: SignWeights
    wholes: SignWeights = field(default_factory=dict)
    """For articles as wholes; without them the links decide alone."""


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learnt: the language, and the weights of each look at the page; the last ones serve for all further looks."""

    language: Language
    places: Places
    weights: Sequence[Weights]

    @classmethod
    def of(
        cls,
        keys: Mapping[str, Codes],
        logs: Mapping[str, Values],
        weights: Sequence[Mapping[str, SignWeights]],
        places: Iterable[str],
    ) -> "Model":
        """The model of what was learnt, as it is kept, and of the names of places. Raises TypeError where a part is missing or unknown."""
        language = Language(**{**keys, **logs})  # type: ignore[arg-type]  # the dataclass says which arrays there are
        return cls(language, Places(places, language), tuple(Weights(**look) for look in weights))


@dataclass(frozen=True, slots=True)
class Solution:
    """The best division of a page: its flow, the lines that belong to no article, and which lines break off in mid-sentence and go on in the next one of the flow."""

    flow: Flow
    dropped: frozenset[int]
    joined: frozenset[int]


def worth(signs: Signs, weights: SignWeights) -> Values:
    """The score of each choice: the weighted sum of its signs."""
    size = len(next(iter(signs.values())))
    total = np.zeros(size)
    for name, values in signs.items():
        weight = weights.get(name)
        if weight:
            total += weight * values
    return total


@dataclass(frozen=True, slots=True)
class Scores:
    """The score of every choice that a page offers."""

    joins: Values
    nexts: Values
    starts: Values
    ends: Values
    drops: Values


def scores(options: Weighable, weights: Weights) -> Scores:
    """The scores of all choices under some weights."""
    return Scores(
        worth(options.joins.signs, weights.joins),
        worth(options.nexts.signs, weights.nexts),
        worth(options.starts, weights.starts),
        worth(options.ends, weights.ends),
        worth(options.drops, weights.drops),
    )


Gains = NDArray[np.float64]
"""[line, line]: what it is worth that one goes on with the other rather than ends while the other begins; on the diagonal, that it
belongs to no article."""


def gains(options: Weighable, given: Scores) -> tuple[Gains, NDArray[np.bool_]]:
    """The gains of all links, and whether each is one in mid-sentence."""
    count = len(given.starts)
    gain = np.full((count, count), _NEVER)
    joined = np.zeros((count, count), dtype=bool)
    nexts, joins = options.nexts, options.joins
    gain[nexts.left, nexts.right] = given.nexts
    rival = gain[joins.left, joins.right]
    gain[joins.left, joins.right] = np.maximum(rival, given.joins)
    joined[joins.left, joins.right] = given.joins > rival - _RATHER_JOINED * options.torn[joins.left]
    np.fill_diagonal(gain, np.where(options.droppable, given.drops, _NEVER))
    starts = given.starts - _SURELY_INNER * options.inner
    return gain - (given.ends[:, None] + starts[None, :]), joined


def assigned(gain: Gains) -> list[int]:
    """The successor of each line with the highest sum of gains, found exactly (Kuhn 1955), but for circles, which are opened where it
    costs least; -1 for none, the line itself where it belongs to no article."""
    rows, columns = linear_sum_assignment(np.maximum(gain, 0), maximize=True)
    after = np.full(len(gain), -1)
    taken = gain[rows, columns] > 0
    after[rows[taken]] = columns[taken]
    _open_cycles(after, gain)
    return [int(i) for i in after]


def solution(after: Sequence[int], joined: NDArray[np.bool_]) -> Solution:
    """A division in words."""
    own = [-1 if j == i else j for i, j in enumerate(after)]
    dropped = frozenset(i for i, j in enumerate(after) if j == i)
    return Solution(Flow.of(own), dropped, frozenset(i for i, j in enumerate(own) if j >= 0 and joined[i, j]))


def _open_cycles(after: np.ndarray, gain: np.ndarray) -> None:
    seen = np.zeros(len(after), dtype=int)
    for start in range(len(after)):
        path = []
        i = start
        while i >= 0 and not seen[i] and after[i] != i:
            seen[i] = start + 1
            path.append(i)
            i = after[i]
        if i >= 0 and seen[i] == start + 1 and after[i] != i:
            cycle = path[path.index(i) :]
            weakest = min(cycle, key=lambda k: gain[k, after[k]])
            after[weakest] = -1


@np.errstate(invalid="ignore")  # OpenBLAS may flag what lies beyond a matrix (numpy issue 24067)
def solve(sheet: Sheet, model: Model) -> Solution:
    """The division of a stretch of a page, looked at several times: each time from the flow that was found before."""
    if sheet.single:
        return _one_article(sheet, model.weights[0])
    flow = sheet.first_flow
    for weights in model.weights:
        options = weighable(sheet, flow)
        gain, joined = gains(options, scores(options, weights))
        after = assigned(gain)
        if weights.wholes:
            after = improve(after, gain, _weigher(Whole(sheet), weights.wholes), options.headings)
        found = solution(after, joined)
        flow = found.flow
    return found


def _weigher(whole: Whole, weights: SignWeights) -> Worth:
    return lambda chain: total(whole.signs(chain), weights)


def _one_article(sheet: Sheet, weights: Weights) -> Solution:
    """All lines in their order but for captions; prose that breaks off goes on in the next line or not at all."""
    options = weighable(sheet, sheet.first_flow)
    _, joined = gains(options, scores(options, weights))
    joined &= options.torn[:, None]
    looks = sheet.captions["looks"] + _MORE_CAPTIONS
    others = np.flatnonzero(looks <= 0).tolist()
    rest, _ = sheet.topics.contexts([[k for k in others if k != i] for i in range(sheet.count)])
    near = np.diagonal(sheet.topics.cohesion(sheet.topics.grams, rest))
    alone = np.append(~sheet.prose[1:], True)
    first = np.arange(sheet.count) == 0
    looks = (
        looks
        - _NEARNESS * near
        - np.append(False, sheet.heading[:-1])
        + _BEFORE_HEADING * alone
        + _ORPHAN * (alone & first)
        - _LEAD * (~alone & (np.cumsum(sheet.prose) == 1))
    )
    kept = [i for i in range(sheet.count) if looks[i] <= 0 or not sheet.captions["caption"][i]]
    if not sheet.prose[kept].any():
        kept = list(range(sheet.count))
    after = list(range(sheet.count))
    for i, j in zip(kept, [*kept[1:], -1], strict=True):
        after[i] = j
    return solution(after, joined)


def total(signs: Mapping[str, float], weights: SignWeights) -> float:
    """The weighted sum of the signs of one choice."""
    return sum(value * weights.get(name, 0.0) for name, value in signs.items())
