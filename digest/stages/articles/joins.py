"""Columns joined: for every line that breaks off in mid-sentence, the line that goes on with it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from digest.stages.articles.forms import Item, are_marked, reads_on
from digest.stages.articles.runs import Run, read_runs
from digest.stages.articles.seam import parts_number, seam
from digest.stages.articles.topic import Topics

_WINDOW = 60
"""How many items an open end looks ahead and back for what goes on; a printed page has fewer than 150."""
_CONTEXT = 5
"""How many lines tell the topic of a stretch."""
_NEVER = -99.0
_LEAST_BID = 0.01
"""A bid raises a price by at least this much: the assignment is the best one but for this much a line."""
_LONG_HEADING_CHARS = 24
"""A line without a stop that is longer is more often the piece of a cut paragraph than a heading."""


@dataclass(frozen=True, slots=True)
class JoinWeights:
    """What speaks for one continuation of an open end, in logits: fitted on generated pages, then rounded and corrected by reading."""

    bias: float = -1.9
    next: float = 2.0
    inner: float = -3.9
    back: float = -1.5
    distance: float = -0.55
    cohesion: float = 6.5
    flow_cohesion: float = 1.5
    heading: float = -2.7
    long_heading: float = 2.4
    surely_prose: float = 1.0
    """The most that a short line gets for not being a heading: its topic is not asked for, which would be worth about as much."""
    number: float = 3.0
    unmarked: float = 4.0
    false_mark: float = 1.0
    """Prose that carries the mark of a heading was taken for one: it stood at a column's top."""
    short_right: float = -3.0
    behind_open_end: float = -0.6
    behind_byline: float = 0.9
    turned: float = 4.0
    """A turn note and its answer (下转, 上接) belong together, and neither goes with anything else."""
    crossing: float = 0.55
    least: float = -1.2
    """Lower than an even chance: the candidates compete, and most open ends go on somewhere."""


JOIN = JoinWeights()


@dataclass(frozen=True, slots=True)
class _Columns:
    """A stretch of items in its runs, and what speaks for going on from one of them to another."""

    items: Sequence[Item]
    topics: Topics
    runs: Sequence[Run]
    home: Sequence[int]
    """Item -> its run."""
    marked: bool
    """Whether most headings carry a mark (#), so that a short line without one is rather a piece of prose."""
    read: dict[tuple[int, int], tuple[set[str], set[str]]] = field(default_factory=dict)
    """What `_around` has found: a line is a candidate for many others."""

    def content(self, left: int, right: int) -> float:
        """What the two lines and the text around them say of the seam, in logits."""
        score = seam(self.items[left].text, self.items[right].text, self.topics)
        if self.items[left].form == "short":
            return score + JOIN.number * parts_number(self.items[left].text, self.items[right].text)
        (run_above, above), (run_below, below) = self._around(left, -1), self._around(right, 1)
        near, flow = self.topics.cohesion(run_above, run_below), self.topics.cohesion(above, below)
        return score + JOIN.cohesion * near + JOIN.flow_cohesion * flow

    def place(self, left: int, right: int) -> float:
        """What the place of the two lines on the page says of the seam, in logits."""
        run = self.runs[self.home[right]]
        score = JOIN.bias + JOIN.distance * log(abs(right - left)) + JOIN.back * (right < left)
        if right == left + 1:
            score += JOIN.next
        elif self.home[right] == self.home[left] or (run.head and right == run.first + run.head):
            return _NEVER
        elif right > run.first:
            score += JOIN.inner
        elif right:
            before = self.items[right - 1]
            score += JOIN.behind_open_end * (before.form == "stump") + JOIN.behind_byline * before.closes
        if self.items[right].form == "short":
            score += JOIN.short_right
        if self.items[left].form == "short":
            score += self._heading(self.items[left].text, right == left + 1)
        if self.items[right].line.level:
            score += JOIN.false_mark
        return score + self._turn(self.items[left].turns, self.items[right].resumes)

    def _heading(self, text: str, next_: bool) -> float:
        """What it says of a seam that the short line above it may be a heading, in logits."""
        prose = reads_on(text) + JOIN.long_heading * (len(text) > _LONG_HEADING_CHARS) + JOIN.unmarked * self.marked
        return min(JOIN.surely_prose, JOIN.heading * (1 + next_) + prose)

    def _turn(self, turns: bool, resumes: bool) -> float:
        return JOIN.turned * (turns and resumes) - JOIN.turned * (turns != resumes)

    def _around(self, at: int, step: int) -> tuple[set[str], set[str]]:
        """What the text above (-1) or below (1) speaks of: that of the line's run, and that of its article."""
        if (at, step) not in self.read:
            flow = self._above(at) if step < 0 else self._below(at)
            self.read[at, step] = self.topics.common(self._in_run(at, step)), self.topics.common(flow)
        return self.read[at, step]

    def _in_run(self, at: int, step: int) -> range:
        run = self.runs[self.home[at]]
        far = at + step * (_CONTEXT - 1)
        return range(max(run.first, min(at, far)), min(run.last, max(at, far)) + 1)

    def _above(self, at: int) -> list[int]:
        """The line and what stands above it, as far as no byline closes."""
        found = [at]
        for i in range(at - 1, max(-1, at - 2 * _CONTEXT), -1):
            if self.items[i].closes or self.items[i].form == "meta" or len(found) > _CONTEXT:
                break
            found.append(i)
        return found

    def _below(self, at: int) -> list[int]:
        """The line and the prose below it, as far as no byline closes and no headline is sure."""
        found = []
        for i in range(at, min(len(self.items), at + 2 * _CONTEXT)):
            if self.items[i].is_prose:
                found.append(i)
            if self.items[i].closes or self.items[i].form in ("meta", "subtitle", "names") or len(found) > _CONTEXT:
                break
        return found


def join_columns(items: Sequence[Item], topics: Topics, single: bool = False) -> dict[int, int]:
    """For each line that breaks off and goes on elsewhere, the position of the line that goes on with it.

    `single`: the lines are one web article, where a line goes on in the next one or not at all.
    """
    runs = read_runs(items)
    home = [k for k, run in enumerate(runs) for _ in range(run.first, run.last + 1)]
    columns = _Columns(items, topics, runs, home, are_marked(items))
    prose = [i for i, item in enumerate(items) if item.is_prose and not item.opens]
    found = [
        (columns.place(left, right) + columns.content(left, right), left, right)
        for left in range(len(items))
        if _may_break(items, left)
        for right in _may_go_on(items, prose, left, single)
    ]
    joins = _assign(found)
    _exchange(columns, joins)
    return joins


def _may_break(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    if item.closes or (at + 1 < len(items) and items[at + 1].form in ("closing", "meta")):
        return False
    if item.form == "short":
        if at + 1 < len(items) and items[at + 1].form in ("subtitle", "names", "label"):
            return False
        return at > 0 and items[at - 1].form != "meta" and not items[at - 1].closes and not item.line.level
    return item.form == "stump"


def _may_go_on(items: Sequence[Item], prose: Sequence[int], left: int, single: bool) -> list[int]:
    """The items that may go on with a sentence: prose near by, a short line only where it stands next."""
    next_ = left + 1
    short = next_ < len(items) and items[next_].form == "short"
    found = [next_] if short and not items[next_].opens and not items[next_].line.level else []
    first, end = (next_, next_ + 1) if single else (left - _WINDOW, left + _WINDOW)
    return found + [right for right in prose[bisect_left(prose, first) : bisect_left(prose, end)] if right != left]


def _assign(found: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """The one-to-one assignment with the highest sum of scores, by auction (Bertsekas 1988): ends bid, lines have prices."""
    wishes: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for score, left, right in found:
        if score > JOIN.least:
            wishes[left].append((score - JOIN.least, right))
    prices: dict[int, float] = defaultdict(float)
    owner: dict[int, int] = {}
    waiting = sorted(wishes, reverse=True)
    while waiting:
        left = waiting.pop()
        offers = sorted(((worth - prices[right], -right) for worth, right in wishes[left]), reverse=True)
        best, minus = offers[0]
        if best <= 0:
            continue
        second = max(0.0, offers[1][0]) if len(offers) > 1 else 0.0
        right = -minus
        prices[right] += best - second + _LEAST_BID
        if right in owner:
            waiting.append(owner[right])
        owner[right] = left
    return {left: right for right, left in owner.items()}


def _exchange(columns: _Columns, joins: dict[int, int]) -> None:
    """Exchange the continuations of two open ends where the text speaks for it.

    Columns that cross tear two sentences at once: such a page pays once for the unusual places of both.
    """
    lefts = sorted(joins)
    for k, one in enumerate(lefts):
        for other in lefts[k + 1 :]:
            if other - one > _WINDOW:
                break
            gain = _gain(columns.content, one, other, joins) + JOIN.crossing * _gain(columns.place, one, other, joins)
            if gain > 0:
                joins[one], joins[other] = joins[other], joins[one]


def _gain(score: Callable[[int, int], float], one: int, other: int, joins: Mapping[int, int]) -> float:
    first, second = joins[one], joins[other]
    if first == other or second == one:
        return _NEVER
    return score(one, second) + score(other, first) - score(one, first) - score(other, second)
