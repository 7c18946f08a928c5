"""Which links of a page are weighed at all: of thousands that are possible, those that seam and topic speak for at first sight."""

import numpy as np

from digest.stages.articles.flow import Lines, Pairs, Values
from digest.stages.articles.sheet import REACH, Around, Sheet, near_pairs

_TRIED = 16
"""How many continuations of an open end are weighed: the best by the seam and the topic alone."""
_TRIED_RUNS = 4
"""How many runs are weighed as the next one of a run that ends with a full stop, by the topic alone."""


def join_candidates(sheet: Sheet, around: Around) -> tuple[Pairs, Values]:
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


def next_candidates(sheet: Sheet, around: Around, torn_left: Lines, torn_right: Lines) -> tuple[Lines, Lines]:
    """The pairs that are weighed as a line and the paragraph, heading or byline behind it: what stands below, near runs that speak
    of the same, and the joins of lines that break off, whose rest may be lost."""
    near = near_pairs(sheet, np.arange(sheet.count), np.ones(sheet.count, dtype=bool))
    if sheet.single:
        return near
    may = (~sheet.ends[near[0]] | sheet.tail[near[1]]) & ~(sheet.prose[near[0]] & sheet.opens[near[1]])
    near = near[0][may], near[1][may]
    last = np.append(sheet.border[1:], True) & ~sheet.ends & sheet.prose
    first = sheet.border & ~sheet.opens & (sheet.prose | sheet.short)
    lefts, rights = (grid.ravel() for grid in np.meshgrid(np.flatnonzero(last), np.flatnonzero(first), indexing="ij"))
    apart = (sheet.run[lefts] != sheet.run[rights]) & (np.abs(rights - lefts) <= REACH) & (rights != lefts + 1)
    lefts, rights = lefts[apart], rights[apart]
    cohesion = np.asarray(sheet.in_runs.cohesion[lefts, rights] + around.cohesion[lefts, rights], dtype=float)
    kept = _best(lefts, rights, cohesion, _TRIED_RUNS)
    torn = sheet.border[torn_right] & sheet.stump[torn_left]
    found = (near, (lefts[kept], rights[kept]), (torn_left[torn], torn_right[torn]))
    both = np.unique(np.concatenate([a * sheet.count + b for a, b in found]))
    return both // sheet.count, both % sheet.count


def _best(left: Lines, right: Lines, score: Values, most: int) -> Lines:
    """Which pairs have the highest scores, so many for each line on the left."""
    order = np.lexsort((right, -score, left))
    ranked = left[order]
    return order[np.arange(len(left)) - np.searchsorted(ranked, ranked) < most]


def rivals(group: Lines, score: Values) -> Values:
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
