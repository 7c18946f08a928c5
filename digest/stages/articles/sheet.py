"""What is known of the lines of a page before any link between them is weighed."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from digest.stages.articles.captions import LONGEST_CAPTION_CHARS, caption_signs
from digest.stages.articles.flow import Flags, Flow, Lines, Pairs, Rows, Values
from digest.stages.articles.forms import Item, heads, reads_on
from digest.stages.articles.headings import are_alike
from digest.stages.articles.language import Language
from digest.stages.articles.leads import lead_signs
from digest.stages.articles.seam import read_edges, seam_signs
from digest.stages.articles.topics import Places, Topics
from digest.text import HAN

REACH = 90
"""How many lines an open end looks ahead and back for what goes on; a printed page has fewer than 150."""
_CONTEXT = 6
"""How many paragraphs above and below tell the topic."""
_SERIES = 40
"""No article has more section heads."""
OVER = 3
"""A text may go on behind as many lines that belong to no article."""
_LONGEST_HEAD = 4
"""Lines above a dateline: kicker, headline, deck, names."""
_TELLS_ITS_TEXT = 0.2
"""A short line of which so much stands in the text below it is that text's heading, and no stray."""
_LEAST_LOOKS = -1.5
"""A paragraph that looks less like a caption is none."""
FEW = 4
"""A page of so few paragraphs has hardly one to spare."""
_SURELY_LOOKS = 1.5
"""There only a paragraph that looks so much like a caption may be one: by more than its form alone."""
_UNTIDY = 3.0
"""Bylines and headings prove less the more paragraphs break off, and no more than usual where one in so many does."""
_SPEAKER = re.compile(f"([{HAN}·]{{1,6}}):")
_INTERVIEWERS = frozenset(("记者", "问", "主持人", "网友", "读者", "观众", "听众"))
_TURNS = 6
"""Within so many lines somebody answers, a section head and a caption between."""
_DEEP = 3
"""# and ## mark headlines and section heads alike; on a page with one of them ### marks no headline."""
_HEADED_STORIES = 4
"""Of the short stories in a row no more than one in so many has a headline."""


class Sheet:
    """A stretch of items, and what is asked of its lines whatever the flow."""

    def __init__(self, items: Sequence[Item], language: Language, places: Places, single: bool) -> None:
        self.items, self.single = items, single
        self.count = len(items)
        texts = [item.text for item in items]
        self.kind = [_kind(item) for item in items]
        self.above, self.below = ["none", *self.kind[:-1]], [*self.kind[1:], "none"]
        self.prose = flags(item.is_prose for item in items)
        self.short = flags(item.form == "short" for item in items)
        self.heading = flags(item.is_heading for item in items)
        self.names = flags(item.form in ("names", "label") for item in items)
        self.tail = flags(item.form in ("closing", "meta") for item in items)
        self.closes = flags(item.closes or item.form == "meta" for item in items)
        self.ends = self.closes | flags(item.in_row and item.is_prose for item in items)
        """Behind which an article has no further paragraph."""
        self.stump = flags(item.form == "stump" for item in items)
        self.datelined = flags(item.dateline is not None for item in items)
        top = _headline_level(items)
        told = [item.opens or (item.is_prose and _placed(item.text, places)) for item in items]
        headlines = [item.is_heading and item.line.level == top for item in items]
        self.opens = _with_heads([a or b for a, b in zip(told, headlines, strict=True)], items)
        self.marked = flags(item.line.level > 0 for item in items)
        highest = min((item.line.level for item in items if item.is_heading and item.line.level), default=_DEEP)
        deep = flags(item.is_heading and item.line.level >= _DEEP > highest for item in items)
        self.inner = (deep | _answers(items)) & ~self.opens
        """Which lines begin no article: headings marked ### or lower where others are marked higher, and what is said in an interview."""
        self.turns = flags(item.turns for item in items)
        self.loops = flags(item.loops for item in items)
        self.resumes = flags(item.resumes for item in items)
        self.length = np.array([len(text) for text in texts], dtype=float)
        self.reads_on = np.array([reads_on(item.text) if item.form == "short" else 0.0 for item in items])
        self.comma = flags("," in text for text in texts)
        self.alike = _alike(items, self.closes)
        self.captions = caption_signs(items)
        self.few = bool(self.prose.sum() <= FEW)
        least = _SURELY_LOOKS if self.few else _LEAST_LOOKS
        self.droppable = (flags(map(_may_be_piece, items)) | (self.captions["looks"] > least)) & ~self.opens
        self.topics = Topics(texts, places, language)
        self.place_first = flags(item.is_heading and places.begins(item.text) for item in items)
        self.lines = self.topics.cohesion(self.topics.grams, self.topics.grams)
        self.edges = read_edges(texts, language)
        self.leads = lead_signs(texts, places)
        self.border = self._borders()
        self.run = np.cumsum(self.border)
        self.marks = float((self.marked & self.short).sum() / max(1, self.short.sum()))
        self.openness = float(self.stump.sum() / max(1, self.prose.sum()))
        self.tidiness = max(0.0, 1 - _UNTIDY * self.openness)
        self.signed = bool((self.closes | self.names).any())
        self.bare = self._is_bare()
        self.breaks = self.stump | (self.short & ~self.marked)
        self.first_flow = self._first_flow()
        self.in_runs = Around(self, self._run_flow())
        self.droppable &= ~(self.short & (np.diagonal(self.in_runs.overlap_below) > _TELLS_ITS_TEXT))
        self.torn = torn_pairs(self)
        self.gain_without = self._gain_without()

    def _is_bare(self) -> bool:
        """Whether it is a row of short stories (简讯): without headlines or bylines, but for a few that have a headline all the same."""
        headings = self.heading.sum()
        return not headings or bool(
            not self.signed and not self.heading[0] and headings * _HEADED_STORIES <= self.prose.sum()
        )

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


def _headline_level(items: Sequence[Item]) -> int:
    """The level of marks that headlines have where there are marks of several levels, the highest; -1 where marks tell nothing."""
    levels = {item.line.level for item in items if item.is_heading and item.line.level}
    return min(levels) if len(levels) > 1 else -1


def _with_heads(opens: Sequence[bool], items: Sequence[Item]) -> Flags:
    """Which lines begin an article for sure: those told so, and the first line of the head right above them."""
    found = np.array(opens, dtype=bool)
    for i in map(int, np.flatnonzero(found)):
        top = i
        while top > max(0, i - _LONGEST_HEAD) and heads(items[top - 1]) and not found[top - 1]:
            top -= 1
        found[top] |= items[top].is_heading
    return found


def _answers(items: Sequence[Item]) -> Flags:
    """Which paragraphs go on with an interview: somebody asks, and who speaks twice on the page speaks in them and spoke shortly before."""
    speakers = [m.group(1) if item.is_prose and (m := _SPEAKER.match(item.text)) else "" for item in items]
    often = {name for name, times in Counter(speakers).items() if name and times > 1}
    found = np.zeros(len(items), dtype=bool)
    if often.isdisjoint(_INTERVIEWERS):
        return found
    for i, name in enumerate(speakers):
        found[i] = name in often and any(earlier in often for earlier in speakers[max(0, i - _TURNS) : i])
    return found


def _placed(text: str, places: Places) -> bool:
    """Whether a story of a row begins with its place in brackets: 【石门】近日,…"""
    return text.startswith("【") and places.begins(text[1:])


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
        chains = [*flow.chains()]
        for chain in chains:
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
        rows = Rows.of(chains)
        self.names_above, self.names_below = rows.counted(sheet.names)
        self.closed_above, self.closed_below = rows.counted(sheet.closes)
        self.prose_above, self.prose_below = rows.counted(sheet.prose)
        self.datelines_above, _ = rows.counted(sheet.datelined)
        self.rivals = rows.rivals(sheet.heading, sheet.names | sheet.closes | sheet.datelined)
        """How many headings a heading shares with that it stands between two bylines: one of them at most begins an article."""
        self.heads_above, _ = rows.counted(sheet.heading & ~flags(k < 0 for k in flow.before))

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


def torn_pairs(sheet: Sheet) -> Pairs:
    """All pairs that may be halves of a sentence, with the signs of their seams; a turn note and its answer go with nothing else."""
    left = np.flatnonzero(sheet.breaks & ~sheet.loops & ~np.append(sheet.tail[1:], False))
    allowed = (sheet.prose | sheet.short) & ~sheet.opens
    if sheet.single:
        lefts, rights = near_pairs(sheet, left, allowed)
    else:
        lefts, rights = (grid.ravel() for grid in np.meshgrid(left, np.flatnonzero(allowed), indexing="ij"))
        near = (lefts != rights) & (np.abs(rights - lefts) <= REACH)
        lefts, rights = lefts[near], rights[near]
    answered = sheet.turns[lefts] == sheet.resumes[rights]
    lefts, rights = lefts[answered], rights[answered]
    return Pairs(lefts, rights, seam_signs(sheet.edges, lefts, rights))


def near_pairs(sheet: Sheet, left: Lines, allowed: Flags) -> tuple[Lines, Lines]:
    """Each line with the next one, and with those behind lines that may belong to no article."""
    lefts, rights = [], []
    for i in left:
        for j in range(i + 1, min(sheet.count, i + 2 + OVER)):
            if allowed[j]:
                lefts.append(i)
                rights.append(j)
            if not sheet.droppable[j]:
                break
    return np.array(lefts, dtype=np.intp), np.array(rights, dtype=np.intp)


def flags(values: object) -> Flags:
    return np.fromiter(values, dtype=bool)  # type: ignore[call-overload, no-any-return]
