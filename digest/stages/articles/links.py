"""What speaks for each link of a page: that one line goes on with another, begins or ends an article, or belongs to none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.stages.articles.captions import LONGEST_CAPTION_CHARS, caption_signs
from digest.stages.articles.forms import Item, reads_on
from digest.stages.articles.headings import are_alike
from digest.stages.articles.language import Language
from digest.stages.articles.seam import read_edges, seam_signs
from digest.stages.articles.topics import Places, Topics

Lines = NDArray[np.intp]
Flags = NDArray[np.bool_]
Values = NDArray[np.float64]
Signs = dict[str, Values]
"""The value of each sign by its name, for as many links, beginnings, ends or lines."""

_REACH = 90
"""How many lines an open end looks ahead and back for what goes on; a printed page has fewer than 150."""
_TRIED = 16
"""How many continuations of an open end are weighed: the best by the seam and the topic alone."""
_TRIED_RUNS = 3
"""How many runs are weighed as the next one of a run that ends with a full stop, by the topic alone."""
_CONTEXT = 6
"""How many paragraphs above and below tell the topic."""
_LONG_HEADING_CHARS = 24
_SERIES = 40
"""No article has more section heads."""
_OVER = 3
"""A text may go on behind as many lines that belong to no article."""
_TELLS_ITS_TEXT = 0.2
"""A short line of which so much stands in the text below it is that text's heading, and no stray."""
_LEAST_LOOKS = -1.5
"""A paragraph that looks less like a caption is none."""
_FEW = 4
"""A page of so few paragraphs has hardly one to spare."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Which line goes on with which, as far as it is known: `before` and `after` hold a position or -1; no cycles."""

    before: tuple[int, ...]
    after: tuple[int, ...]

    @classmethod
    def of(cls, after: Sequence[int]) -> "Flow":
        before = [-1] * len(after)
        for i, j in enumerate(after):
            if j >= 0:
                before[j] = i
        return cls(tuple(before), tuple(after))

    def chains(self) -> Iterator[list[int]]:
        """The lines that follow each other, by their beginnings."""
        for i, earlier in enumerate(self.before):
            if earlier < 0:
                chain = [i]
                while (following := self.after[chain[-1]]) >= 0:
                    chain.append(following)
                yield chain


@dataclass(frozen=True, slots=True)
class Pairs:
    """Possible links: line `left[k]` goes on with line `right[k]`."""

    left: Lines
    right: Lines
    signs: Signs


class Sheet:
    """A stretch of items, and what is asked of its lines whatever the flow."""

    def __init__(self, items: Sequence[Item], language: Language, places: Places, single: bool) -> None:
        self.items, self.single = items, single
        self.count = len(items)
        texts = [item.text for item in items]
        self.kind = [_kind(item) for item in items]
        self.above, self.below = ["none", *self.kind[:-1]], [*self.kind[1:], "none"]
        self.prose = _flags(item.is_prose for item in items)
        self.short = _flags(item.form == "short" for item in items)
        self.heading = _flags(item.is_heading for item in items)
        self.names = _flags(item.form in ("names", "label") for item in items)
        self.tail = _flags(item.form in ("closing", "meta") for item in items)
        self.closes = _flags(item.closes or item.form == "meta" for item in items)
        self.stump = _flags(item.form == "stump" for item in items)
        self.opens = _flags(item.opens for item in items)
        self.marked = _flags(item.line.level > 0 for item in items)
        self.turns = _flags(item.turns for item in items)
        self.resumes = _flags(item.resumes for item in items)
        self.length = np.array([len(text) for text in texts], dtype=float)
        self.reads_on = np.array([reads_on(item.text) if item.form == "short" else 0.0 for item in items])
        self.comma = _flags("," in text for text in texts)
        self.alike = _alike(items, self.closes)
        self.captions = caption_signs(items)
        self.droppable = _flags(map(_may_be_piece, items)) | (self.captions["looks"] > _LEAST_LOOKS)
        self.topics = Topics(texts, places, language)
        self.place_first = _flags(item.is_heading and places.begins(item.text) for item in items)
        self.lines = self.topics.cohesion(self.topics.grams, self.topics.grams)
        self.edges = read_edges(texts, language)
        self.border = self._borders()
        self.run = np.cumsum(self.border)
        self.marks = float((self.marked & self.short).sum() / max(1, self.short.sum()))
        self.openness = float(self.stump.sum() / max(1, self.prose.sum()))
        self.signed = bool((self.closes | self.names).any())
        self.bare = not self.heading.any()
        self.breaks = self.stump | (self.short & ~self.marked)
        self.first_flow = self._first_flow()
        self.in_runs = Around(self, self._run_flow())
        self.droppable &= ~(self.short & (np.diagonal(self.in_runs.overlap_below) > _TELLS_ITS_TEXT))
        self.torn = _torn(self)
        self.gain_without = self._gain_without()

    def _borders(self) -> Flags:
        """Where a run begins: before a heading, behind a byline that closes, behind an open end."""
        heads = self.heading | self.names
        border = np.ones(self.count, dtype=bool)
        for i in range(1, self.count):
            if self.tail[i]:
                border[i] = False
            elif self.closes[i - 1]:
                border[i] = True
            elif heads[i] or self.opens[i]:
                border[i] = not heads[i - 1]
            else:
                border[i] = bool(self.stump[i - 1])
        return border

    def _gain_without(self) -> Values:
        """How much better the line below fits the one above than the line itself does, in nats."""
        here = np.arange(self.count)
        above, below = np.maximum(here - 1, 0), np.minimum(here + 1, self.count - 1)
        return seam_signs(self.edges, above, below)["fit"] - seam_signs(self.edges, above, here)["fit"]

    def _first_flow(self) -> Flow:
        """The lines as they stand below each other, parted behind each byline that closes."""
        parted = [self.opens[i] or (self.closes[i - 1] and not self.tail[i]) for i in range(1, self.count)]
        return Flow.of([*(-1 if part else i + 1 for i, part in enumerate(parted)), -1])

    def _run_flow(self) -> Flow:
        return Flow.of([*(-1 if self.border[i] else i for i in range(1, self.count)), -1])


def _flags(values: object) -> Flags:
    return np.fromiter(values, dtype=bool)  # type: ignore[call-overload, no-any-return]


def _may_be_piece(item: Item) -> bool:
    """Whether a line may be a piece of a caption or of anything else that is no article's."""
    return item.form == "short" or (item.form == "stump" and len(item.text) <= LONGEST_CAPTION_CHARS)


def _kind(item: Item) -> str:
    """The form of a line as links see it."""
    if item.closes:
        return "closing" if item.form == "closing" else "closed"
    return "names" if item.form == "label" else item.form


def _alike(items: Sequence[Item], closes: Flags) -> Values:
    """For each heading how many others are built like it that no byline parts from it, 2 at most.

    A heading over names or a subtitle is a headline, whatever it is like.
    """
    part = np.concatenate(([0], np.cumsum(closes)[:-1]))
    last = len(items) - 1
    headings = [
        i
        for i, item in enumerate(items)
        if item.form == "short" and items[min(i + 1, last)].form not in ("names", "label", "subtitle")
    ]
    found = np.zeros(len(items))
    for k, i in enumerate(headings):
        for j in headings[k + 1 : k + 1 + _SERIES]:
            if part[i] != part[j]:
                break
            if are_alike(items[i].text, items[j].text):
                found[[i, j]] += 1
    return np.minimum(found, 2)


class Around:
    """What stands before and behind each line in a flow: topics, places, bylines, headings."""

    def __init__(self, sheet: Sheet, flow: Flow) -> None:
        above: list[list[int]] = [[] for _ in range(sheet.count)]
        below: list[list[int]] = [[] for _ in range(sheet.count)]
        for chain in flow.chains():
            _gather(sheet, chain, above)
            _gather(sheet, chain[::-1], below)
        topics = sheet.topics
        above_grams, self.above_places = topics.contexts(above)
        below_grams, self.below_places = topics.contexts(below)
        self.cohesion = topics.cohesion(above_grams, below_grams)
        self.from_above, self.to_below = (
            topics.cohesion(above_grams, topics.grams),
            topics.cohesion(topics.grams, below_grams),
        )
        self.overlap_above, self.overlap_below = topics.overlap(above_grams), topics.overlap(below_grams)
        self.names_above, self.names_below = _counted(flow, sheet.names)
        self.closed_above, self.closed_below = _counted(flow, sheet.closes)
        self.prose_above, self.prose_below = _counted(flow, sheet.prose)
        self.heads_above, self.heads_below = _counted(flow, sheet.heading & ~_flags(k < 0 for k in flow.before))

    def same_place(self, left: Lines, right: Lines) -> Flags:
        """Whether the texts before `left` and behind `right` name a place in common."""
        return np.asarray((self.above_places[left] * self.below_places[right]).any(axis=1))

    def other_place(self, left: Lines, right: Lines) -> Flags:
        """Whether both name places, and none in common."""
        both = self.above_places[left].any(axis=1) & self.below_places[right].any(axis=1)
        return np.asarray(both & ~self.same_place(left, right))


def _gather(sheet: Sheet, chain: Sequence[int], into: list[list[int]]) -> None:
    """For each line of a chain the last paragraphs up to it."""
    near: list[int] = []
    for i in chain:
        if sheet.prose[i]:
            near = [*near[1 - _CONTEXT :], i]
        into[i] = near


def _counted(flow: Flow, marked: Flags) -> tuple[Values, Values]:
    """How many lines of a kind stand before and behind each line in the flow, the line itself included in both."""
    above, below = np.zeros(len(marked)), np.zeros(len(marked))
    for chain in flow.chains():
        counts = np.cumsum(marked[chain])
        above[chain] = counts
        below[chain] = counts[-1] - counts + marked[chain]
    return above, below


@dataclass(frozen=True, slots=True)
class Weighable:
    """All that one solution of a page is chosen from."""

    joins: Pairs
    """In mid-sentence."""
    nexts: Pairs
    """With a new paragraph, heading or byline."""
    starts: Signs
    ends: Signs
    drops: Signs
    droppable: Flags
    """Which lines may belong to no article at all."""
    torn: Flags
    """Which lines break off for sure."""


def weighable(sheet: Sheet, flow: Flow) -> Weighable:
    """The links of a page, its beginnings and ends, with the signs that speak for and against each, seen from a flow."""
    around = Around(sheet, flow)
    joins, quick = _join_candidates(sheet, around)
    nexts = _next_candidates(sheet, around, joins.left, joins.right)
    return Weighable(
        Pairs(joins.left, joins.right, _join_signs(sheet, around, joins, quick)),
        Pairs(*nexts, _next_signs(sheet, around, *nexts)),
        _start_signs(sheet, around),
        _end_signs(sheet, around),
        _drop_signs(sheet, around),
        sheet.droppable,
        sheet.stump,
    )


def _torn(sheet: Sheet) -> Pairs:
    """All pairs that may be halves of a sentence, with the signs of their seams; a turn note and its answer go with nothing else."""
    left = np.flatnonzero(sheet.breaks & ~np.append(sheet.tail[1:], False))
    allowed = (sheet.prose | sheet.short) & ~sheet.opens
    if sheet.single:
        lefts, rights = _near(sheet, left, allowed)
    else:
        lefts, rights = (grid.ravel() for grid in np.meshgrid(left, np.flatnonzero(allowed), indexing="ij"))
        near = (lefts != rights) & (np.abs(rights - lefts) <= _REACH)
        lefts, rights = lefts[near], rights[near]
    answered = sheet.turns[lefts] == sheet.resumes[rights]
    lefts, rights = lefts[answered], rights[answered]
    return Pairs(lefts, rights, seam_signs(sheet.edges, lefts, rights))


def _join_candidates(sheet: Sheet, around: Around) -> tuple[Pairs, Values]:
    """The pairs that are weighed as halves of a sentence, with their seams, and what seam and topic say of each at first sight."""
    lefts, rights, seam = sheet.torn.left, sheet.torn.right, sheet.torn.signs
    quick = (
        seam["fit"] * 0.4
        - seam["begins"] * 0.3
        + seam["number"] * 2
        + seam["closes"] * 2
        - (seam["left open"] + seam["closes nothing"]) * 2
        + around.cohesion[lefts, rights] * 6
        + sheet.in_runs.cohesion[lefts, rights] * 4
        - np.log(np.abs(rights - lefts)) * 0.3
        - sheet.short[rights] * 1.0
    )
    kept = _best(lefts, rights, quick + (rights == lefts + 1) * 99, _TRIED)
    pairs = Pairs(lefts[kept], rights[kept], {name: values[kept] for name, values in seam.items()})
    return pairs, np.asarray(quick[kept], dtype=float)


def _best(left: Lines, right: Lines, score: Values, most: int) -> Lines:
    """Which pairs have the highest scores, so many for each line on the left."""
    order = np.lexsort((right, -score, left))
    ranked = left[order]
    return order[np.arange(len(left)) - np.searchsorted(ranked, ranked) < most]


def _rivals(group: Lines, score: Values) -> Values:
    """For each pair the best score of another pair of its group; 0 where there is none."""
    order = np.lexsort((-score, group))
    ranked, values = group[order], score[order]
    first = np.searchsorted(ranked, ranked)
    second = np.minimum(first + 1, len(values) - 1)
    has_second = ranked[second] == ranked
    is_first = np.arange(len(values)) == first
    rival = np.where(is_first, np.where(has_second & (second != first), values[second], 0.0), values[first])
    found = np.empty(len(score))
    found[order] = rival
    return found


def _near(sheet: Sheet, left: Lines, allowed: Flags) -> tuple[Lines, Lines]:
    """Each line with the next one, and with those behind lines that may belong to no article."""
    lefts, rights = [], []
    for i in left:
        for j in range(i + 1, min(sheet.count, i + 2 + _OVER)):
            if allowed[j]:
                lefts.append(i)
                rights.append(j)
            if not sheet.droppable[j]:
                break
    return np.array(lefts, dtype=np.intp), np.array(rights, dtype=np.intp)


def _next_candidates(sheet: Sheet, around: Around, torn_left: Lines, torn_right: Lines) -> tuple[Lines, Lines]:
    near = _near(sheet, np.arange(sheet.count), np.ones(sheet.count, dtype=bool))
    if sheet.single:
        return near
    may = ~sheet.closes[near[0]] | sheet.tail[near[1]]
    near = near[0][may], near[1][may]
    last = np.append(sheet.border[1:], True) & ~sheet.closes & sheet.prose & ~sheet.stump
    first = sheet.border & ~sheet.opens & (sheet.prose | sheet.short)
    lefts, rights = (grid.ravel() for grid in np.meshgrid(np.flatnonzero(last), np.flatnonzero(first), indexing="ij"))
    apart = (sheet.run[lefts] != sheet.run[rights]) & (np.abs(rights - lefts) <= _REACH) & (rights != lefts + 1)
    lefts, rights = lefts[apart], rights[apart]
    cohesion = np.asarray(sheet.in_runs.cohesion[lefts, rights] + around.cohesion[lefts, rights], dtype=float)
    kept = _best(lefts, rights, cohesion, _TRIED_RUNS)
    torn = sheet.border[torn_right] & sheet.stump[torn_left]
    found = (near, (lefts[kept], rights[kept]), (torn_left[torn], torn_right[torn]))
    both = np.unique(np.concatenate([a * sheet.count + b for a, b in found]))
    return both // sheet.count, both % sheet.count


def _place_signs(sheet: Sheet, left: Lines, right: Lines) -> Signs:
    """Where the two lines stand on the page."""
    adjacent = right == left + 1
    distance = np.abs(right - left)
    over = (right > left + 1) & (right <= left + 1 + _OVER)
    between = np.zeros(len(left))
    for k in np.flatnonzero(over):
        inside = slice(left[k] + 1, right[k])
        over[k] = sheet.droppable[inside].all()
        between[k] = sheet.captions["looks"][inside].min() if over[k] else 0.0
    far = ~adjacent & ~over
    before = np.maximum(right - 1, 0)
    return {
        "next line": adjacent,
        "next line on a torn page": adjacent * sheet.openness,
        "over lines": over,
        "over captions": np.clip(between, -3, 3),
        "far": far,
        "far on a torn page": far * sheet.openness,
        "distance": far * np.log(distance),
        "backwards": right < left,
        "into a run": ~adjacent & ~sheet.border[right],
        "behind an open end": far & sheet.stump[before],
        "behind a byline": far & sheet.closes[before],
        "behind a heading": far & (sheet.heading | sheet.names)[before],
        "to the first line": right == 0,
        "turned": sheet.turns[left] & sheet.resumes[right],
        "turned one way": sheet.turns[left] != sheet.resumes[right],
    }


def _topic_signs(sheet: Sheet, around: Around, left: Lines, right: Lines) -> Signs:
    flow, run = around.cohesion[left, right], sheet.in_runs.cohesion[left, right]
    return {
        "topic": flow,
        "same topic": np.maximum(flow - 0.25, 0),
        "other topic": np.maximum(0.06 - flow, 0),
        "topic of runs": run,
        "same topic of runs": np.maximum(run - 0.25, 0),
        "topic of lines": sheet.lines[left, right],
        "kinship": sheet.topics.kinship[left, right],
        "same place": around.same_place(left, right),
        "other place": around.other_place(left, right),
        "other place of runs": sheet.in_runs.other_place(left, right),
    }


def _byline_signs(sheet: Sheet, around: Around, left: Lines, right: Lines) -> Signs:
    """How many bylines the article would have with the link."""
    above = np.minimum(around.names_above[left], 1) + 2 * np.minimum(around.closed_above[left], 1)
    closed = (around.closed_above[left] > 0) & ~sheet.tail[right]
    below = (around.names_below[right] > 0) & (around.prose_above[left] > 0)
    ended = around.closed_below[right] > 0
    named = around.names_above[left] > 0
    return {
        "behind the end": closed,
        "before another beginning": below,
        "named and signed": named & ended,
        "signed": ~named & ended & (above == 0),
        "named": named & ~ended,
        "unsigned": (~named & ~ended & ~closed) * sheet.signed,
    }


_AT_THE_NEXT_LINE = ("fit", "misfit", "begins", "surely begins", "opener", "meets on page")
"""Signs of a seam that weigh otherwise where the line stands below than where it is looked for elsewhere."""


def _join_signs(sheet: Sheet, around: Around, pairs: Pairs, quick: Values) -> Signs:
    left, right, seam = pairs.left, pairs.right, pairs.signs
    short = sheet.short[left]
    next_line = right == left + 1
    signs = {
        "any": np.ones(len(left)),
        **{f"{name}, next line": seam[name] * next_line for name in _AT_THE_NEXT_LINE},
        "better than others below": np.clip(quick - _rivals(left, quick), -6, 6),
        "better than others above": np.clip(quick - _rivals(right, quick), -6, 6),
        **seam,
        **_place_signs(sheet, left, right),
        **_topic_signs(sheet, around, left, right),
        **_byline_signs(sheet, around, left, right),
        "short above": short,
        "short above, next line": short & (right == left + 1),
        "short above like prose": short * sheet.reads_on[left],
        "long line without a stop": short & (sheet.length[left] > _LONG_HEADING_CHARS),
        "short above, headings marked": short * sheet.marks,
        "short above under a byline": short & np.append(True, sheet.closes[:-1])[left],
        "short above a byline": short & _flags(kind in ("names", "subtitle") for kind in sheet.below)[left],
        "heading fits below": short * around.overlap_below[np.minimum(left + 1, sheet.count - 1), left],
        "short below": sheet.short[right],
        "short below like prose": sheet.short[right] * sheet.reads_on[right],
        "short below, headings marked": (sheet.short & ~sheet.marked)[right] * sheet.marks,
        "marked prose": sheet.marked[right] & sheet.prose[right],
        "marked below": sheet.marked[right] & sheet.short[right],
    }
    return _as_values(signs)


def _heading_signs(sheet: Sheet, around: Around, left: Lines, right: Lines) -> Signs:
    """What speaks for a headline rather than a section head, for the lines `right` behind `left`; 0 for prose."""
    heading = sheet.heading[right]
    above, below = around.overlap_above[left, right], around.overlap_below[right, right]
    places = sheet.topics.places[right]
    new = (places * around.below_places[right] * (1 - around.above_places[left])).any(axis=1)
    old = (places * around.above_places[left]).any(axis=1)
    named = around.names_above[left] > 0
    closed = around.closed_above[left] > 0
    ended = around.closed_below[right] > 0
    signed = ~named & ended
    directly = _flags(kind in ("names", "subtitle") for kind in sheet.below)[right]
    signs = {
        "fits below": below,
        "fits above": above,
        "fits better below": below - above,
        "cohesion across": around.cohesion[left, right],
        "no cohesion across": around.cohesion[left, right] < 0.05,
        "new place": new,
        "old place": old,
        "other place across": around.other_place(left, right),
        "begins with a place": sheet.place_first[right],
        "comma": sheet.comma[right],
        "length": sheet.length[right] / 20,
        "like prose": sheet.reads_on[right],
        "marked": sheet.marked[right] * (1 - sheet.marks),
        "unmarked": ~sheet.marked[right] * sheet.marks,
        "one of a series": sheet.alike[right],
        "behind an open end": sheet.stump[left],
        "between byline and closing byline": named & ended,
        "between bylines": named & (around.names_below[right] > 0) & ~directly,
        "over names": directly,
        "over names in a named article": named & directly,
        "behind a closing byline": closed,
        "with unsigned text below": ~ended & (around.names_below[right] == 0) & sheet.signed,
        "with unsigned text above": ~named & ~closed & sheet.signed,
        "in a named article": named & ~ended,
        "in a named article behind a section head": named & (around.heads_above[left] > 0),
        "in a signed article": signed,
        "in an unsigned article": ~named & ~signed,
        "little text above": around.prose_above[left] < 2,
        "little text below": around.prose_below[right] < 2,
    }
    return {f"heading {name}": heading * np.asarray(values, dtype=float) for name, values in signs.items()}


def _one_hot(pairs: Sequence[str]) -> Signs:
    found: Signs = {}
    for k, name in enumerate(pairs):
        found.setdefault(name, np.zeros(len(pairs)))[k] = 1
    return found


def _next_signs(sheet: Sheet, around: Around, left: Lines, right: Lines) -> Signs:
    kinds = _one_hot([f"{sheet.kind[i]} > {sheet.kind[j]}" for i, j in zip(left, right, strict=True)])
    prose = sheet.prose[right]
    edges = sheet.edges
    topics = _topic_signs(sheet, around, left, right)
    signs = {
        **kinds,
        **_place_signs(sheet, left, right),
        **{name: values * prose for name, values in topics.items()},
        **{f"{name}, far": values * (np.abs(right - left) > 1 + _OVER) for name, values in topics.items()},
        **{f"{name}, bare page": values * sheet.bare for name, values in topics.items()},
        **{
            f"{name}, apart": values * (sheet.heading[right] | (right != left + 1) | sheet.stump[left])
            for name, values in _byline_signs(sheet, around, left, right).items()
        },
        **_heading_signs(sheet, around, left, right),
        "dateline": sheet.opens[right],
        "begins": np.clip(edges.begins[right], -8, 8) * prose,
        "opener": edges.opener[right] & prose,
        "never first": edges.never_first[right] & prose,
        "rest of a clause": edges.rest_first[right] & prose,
        "open end": (sheet.stump[left] & prose) * (1 - sheet.openness),
        "lost head": (sheet.stump[left] & prose) * np.clip(-edges.begins[right], -3, 6),
        "lost head, far": (sheet.stump[left] & prose & (right != left + 1)) * np.clip(-edges.begins[right], -3, 6),
        "lost head, rest of a clause": sheet.stump[left] & prose & (edges.rest_first | edges.never_first)[right],
        "length below": np.minimum(sheet.length[right], 200) / 100 * prose,
        "bare page": np.full(len(left), float(sheet.bare)),
    }
    return _as_values(signs)


def _start_signs(sheet: Sheet, around: Around) -> Signs:
    here = np.arange(sheet.count)
    above = np.maximum(here - 1, 0)
    first = here == 0
    edges, prose = sheet.edges, sheet.prose
    topic = np.where(first, 0.0, around.cohesion[above, here])
    signs = {
        **_one_hot([f"{a} | {b}" for a, b in zip(sheet.above, sheet.kind, strict=True)]),
        **{name: np.where(first, 0.0, values) for name, values in _heading_signs(sheet, around, above, here).items()},
        **{f"heading over {name}": values * sheet.heading for name, values in _one_hot(sheet.below).items()},
        "first line": first,
        "dateline": sheet.opens,
        "resumes": sheet.resumes,
        "headless begins": np.clip(edges.begins, -8, 8) * prose,
        "headless opener": edges.opener & prose,
        "headless never first": edges.never_first & prose,
        "headless topic": topic * prose,
        "headless kinship": np.where(first, 0.0, sheet.topics.kinship[above, here]) * prose,
        "headless kinship, bare page": np.where(first, 0.0, sheet.topics.kinship[above, here])
        * prose
        * float(sheet.bare),
        "headless other topic": np.maximum(0.06 - topic, 0) * prose,
        "headless other place": np.where(first, False, around.other_place(above, here)) & prose,
        "headless bare page": prose * float(sheet.bare),
        "headless topic, bare page": topic * prose * float(sheet.bare),
        "headless opener, bare page": (edges.opener & prose) * float(sheet.bare),
        "headless begins, bare page": np.clip(edges.begins, -8, 8) * prose * float(sheet.bare),
        "signed below": (around.closed_below > 0) * 1.0,
        "named below": (around.names_below > 0) * 1.0,
        "unsigned below": ((around.closed_below + around.names_below) == 0) * float(sheet.signed),
        "named and signed below": (around.names_below > 0) & (around.closed_below > 0),
        "no text below": around.prose_below == 0,
        "one paragraph below": around.prose_below == 1,
    }
    return _as_values(signs)


def _end_signs(sheet: Sheet, around: Around) -> Signs:
    signs = {
        **_one_hot([f"{a} | {b}" for a, b in zip(sheet.kind, sheet.below, strict=True)]),
        "turns": sheet.turns,
        "torn page": sheet.stump * sheet.openness,
        "named above": around.names_above > 0,
        "signed above": around.closed_above > 0,
        "unsigned above": ((around.closed_above + around.names_above) == 0) * float(sheet.signed),
        "unsigned open end": (((around.closed_above + around.names_above) == 0) & sheet.stump) * float(sheet.signed),
        "no text above": around.prose_above == 0,
        "one paragraph above": around.prose_above == 1,
    }
    return _as_values(signs)


def _drop_signs(sheet: Sheet, around: Around) -> Signs:
    here = np.arange(sheet.count)
    above, below = np.maximum(here - 1, 0), np.minimum(here + 1, sheet.count - 1)
    from_above = np.where(here > 0, around.from_above[above, here], 0.0)
    to_below = np.where(here < sheet.count - 1, around.to_below[here, below], 0.0)
    across = np.where((here > 0) & (here < sheet.count - 1), around.cohesion[above, below], 0.0)
    halves = np.append(False, sheet.breaks[:-1]) & np.append(sheet.prose[1:], False) & sheet.prose
    signs = {
        **_one_hot([f"drop {kind}" for kind in sheet.kind]),
        **{f"above {kind}": values * sheet.droppable for kind, values in _one_hot(sheet.above).items()},
        **{f"below {kind}": values * sheet.droppable for kind, values in _one_hot(sheet.below).items()},
        **sheet.captions,
        "nearness": np.maximum(from_above, to_below),
        "nearness to what is above": from_above,
        "nearness to what is below": to_below,
        "nearness of the others": across,
        "between halves": halves * np.clip(sheet.gain_without, 0, 4),
        "dateline": sheet.opens,
        "bare page": np.full(sheet.count, float(sheet.bare)),
        "few lines": sheet.droppable * (sheet.prose.sum() <= _FEW),
        "the only text under a heading": _only_text(sheet),
    }
    return _as_values(signs)


def _only_text(sheet: Sheet) -> Flags:
    """Which paragraphs stand alone between a heading or byline above and a heading, a byline or the end below."""
    heads = sheet.heading | sheet.names
    above = np.append(False, heads[:-1])
    below = np.append((heads | sheet.tail)[1:], True)
    return np.asarray(sheet.prose & above & below)


def _as_values(signs: Mapping[str, object]) -> Signs:
    return {name: np.asarray(values, dtype=float) for name, values in signs.items()}
