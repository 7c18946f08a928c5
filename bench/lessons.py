"""What the splitter learns from: stretches of made pages, what is known of each choice in them, and which choices are right."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bench.pages.making import Made, MadeLine
from digest.stages.articles.captions import without_pictures
from digest.stages.articles.flow import Flags, Flow, Pairs, Signs
from digest.stages.articles.forms import Item, read_items
from digest.stages.articles.lines import read_lines
from digest.stages.articles.links import Weighable, weighable
from digest.stages.articles.loops import without_loops
from digest.stages.articles.objective import Solution
from digest.stages.articles.parts import read_parts, stretches
from digest.stages.articles.sheet import Sheet
from digest.stages.articles.whole import Whole

KINDS = ("joins", "nexts", "starts", "ends", "drops")
"""The kinds of choice that a division is made of."""
MOST_SIGNS = 400
"""Columns of a table: more than any kind of choice has signs, so that all tables of a kind are of one width."""

Columns = dict[str, dict[str, int]]
"""The column of each sign, for each kind of choice; grows as signs are met."""
Rows = NDArray[np.float32]
"""For each choice of a kind 1 where it is taken, else 0."""
WholeSigns = Callable[[tuple[int, ...]], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a made page that are divided on their own, and the right division."""

    items: tuple[Item, ...]
    single: bool
    truth: Solution


@dataclass(frozen=True, slots=True)
class Lesson:
    """A stretch seen from one flow: what there is to choose from, and the signs of each choice as tables."""

    options: Weighable
    """Without signs."""
    droppable: Flags
    """Which lines the product may drop; the truth may drop more."""
    signs: Mapping[str, csr_matrix]  # for each kind (n_choices, MOST_SIGNS)
    truth: Solution
    whole: WholeSigns | None
    """The signs of a chain as one article; None where the links decide alone."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The choices that a division takes."""

    rows: Mapping[str, Rows]
    unseen: tuple[tuple[int, int], ...]
    """Its links that are not among the options."""


def read_stretches(made: Made) -> Iterator[Stretch]:
    """The stretches of a page."""
    yield from (Stretch(items, single, read_truth(made, items)) for items, single in prepared(made.text))


def prepared(text: str) -> Iterator[tuple[tuple[Item, ...], bool]]:
    """The stretches of a page's lines, cleaned as the splitter cleans them, and whether each is one article."""
    for part in read_parts(read_items(read_lines(text, 0, len(text)))):
        for stretch in stretches(part):
            if own := tuple(without_loops(without_pictures(stretch))):
                yield own, part.single


def read_truth(made: Made, items: Sequence[Item]) -> Solution:
    """What the page's making says of the items that were read from it; an item of no made line belongs to no article."""
    lines = [_line_of(made, item) for item in items]
    order = sorted(
        (line.article, line.order, i) for i, line in enumerate(lines) if line is not None and line.article is not None
    )
    after, joined = [-1] * len(items), set()
    for (article, place, i), (next_article, next_place, j) in pairwise(order):
        if article == next_article:
            after[i] = j
            following = lines[j]
            if following is not None and following.joined and next_place == place + 1:
                joined.add(i)
    placed = {i for _, _, i in order}
    return Solution(Flow.of(after), frozenset(range(len(items))) - placed, frozenset(joined))


def _line_of(made: Made, item: Item) -> MadeLine | None:
    return next((line for line in made.lines if line.start <= item.line.start < line.end), None)


def read_lesson(sheet: Sheet, flow: Flow, truth: Solution, columns: Columns, with_whole: bool) -> Lesson:
    """The lesson of a sheet as it is seen from a flow.

    What the truth drops may be dropped: a right division that cannot be had teaches nothing but to go ever further. What is taken
    to be torn without proof is a rule for reading, not for learning.
    """
    options = weighable(sheet, flow)
    given = {
        "joins": options.joins.signs,
        "nexts": options.nexts.signs,
        "starts": options.starts,
        "ends": options.ends,
        "drops": options.drops,
    }
    tables = {kind: _table(signs, columns[kind]) for kind, signs in given.items()}
    droppable = options.droppable.copy()
    droppable[list(truth.dropped)] = True
    joins, nexts, no_torn = _bare(options.joins), _bare(options.nexts), np.zeros_like(options.torn)
    bare = Weighable(joins, nexts, {}, {}, {}, droppable, no_torn, options.headings, options.inner)
    whole = cache(Whole(sheet).signs) if with_whole and not sheet.single else None
    return Lesson(bare, options.droppable, tables, truth, whole)


def _bare(pairs: Pairs) -> Pairs:
    return replace(pairs, signs={})


def _table(signs: Signs, columns: dict[str, int]) -> csr_matrix:
    at = [columns.setdefault(sign, len(columns)) for sign in signs]
    wide = np.zeros((len(next(iter(signs.values()))), MOST_SIGNS), dtype=np.float32)
    wide[:, at] = np.stack(list(signs.values()), axis=1)
    return csr_matrix(wide)


def read_taken(lesson: Lesson, division: Solution) -> Taken:
    """The rows of each table that a division takes."""
    flow, count = division.flow, len(division.flow.after)
    kept = [i for i in range(count) if i not in division.dropped]
    links = {(i, flow.after[i]) for i in kept if flow.after[i] >= 0}
    torn = {link for link in links if link[0] in division.joined}
    joins, no_joins = _links_taken(lesson.options.joins, torn, count)
    nexts, no_nexts = _links_taken(lesson.options.nexts, links - torn, count)
    rows = {
        "joins": joins,
        "nexts": nexts,
        "starts": _lines_taken((i for i in kept if flow.before[i] < 0), count),
        "ends": _lines_taken((i for i in kept if flow.after[i] < 0), count),
        "drops": _lines_taken(division.dropped, count),
    }
    return Taken(rows, (*no_joins, *no_nexts))


def _links_taken(pairs: Pairs, links: set[tuple[int, int]], count: int) -> tuple[Rows, list[tuple[int, int]]]:
    offered = pairs.left * count + pairs.right
    wanted = [i * count + j for i, j in sorted(links)]
    unseen = set(wanted) - set(offered.tolist())
    return np.isin(offered, wanted).astype(np.float32), [divmod(code, count) for code in sorted(unseen)]


def _lines_taken(lines: Iterator[int] | frozenset[int], count: int) -> Rows:
    rows = np.zeros(count, dtype=np.float32)
    rows[list(lines)] = 1
    return rows
