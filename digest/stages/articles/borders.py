"""Where articles begin: the best way to divide a strand of blocks, and late pieces brought back to where they belong."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.stages.articles.forms import Item
from digest.stages.articles.reading import Block, Strand
from digest.stages.articles.topic import Topics

_CONTEXT = 6
"""How many paragraphs before and behind a heading tell whether the topic changes."""
_MOST_BLOCKS = 40
"""No article has more sections and column ends."""
_MARK = re.compile("[,:、!?“”《》]")
"""Marks that show how a heading is built; a space parts the halves of most slogans and shows nothing."""
_SURE = 9.0
"""Outweighs every other sign."""
_PLACE_CHARS = 2
_PLACE_UNITS = "县市区州镇乡村"
"""Most places are two characters long without their unit, and headlines name them without it."""
_REACH = 10
"""How many articles back an article may lie that a late piece belongs to."""


@dataclass(frozen=True, slots=True)
class BorderWeights:
    """What speaks for a new article rather than a section of the one before, in logits: set by reading generated pages."""

    bias: float = 0.9
    under: float = 4.0
    subtitle: float = 3.5
    kicker: float = 2.0
    open_end: float = 3.0
    turned: float = 4.0
    headline: float = 4.5
    place: float = 3.0
    comma: float = -1.0
    cohesion: float = -5.0
    headless: float = -3.0
    dateline: float = 4.0
    """Of a text without a headline: it may be a dispatch within a report of several."""
    parallel: float = -2.5
    no_byline: float = -1.5
    after_feature: float = -1.5
    more_bylines: float = -3.0
    late_cohesion: float = 12.0
    late: float = -3.0
    late_open_end: float = 1.0
    late_byline: float = -3.0


BORDER = BorderWeights()


@dataclass(frozen=True, slots=True)
class _Sheet:
    items: Sequence[Item]
    topics: Topics
    bylines: bool
    """Whether any article of the page has a byline."""

    def closed(self, block: Block) -> bool:
        item = self.items[block.last]
        return item.closes or item.form == "meta"

    def ends(self, block: Block) -> bool:
        return self.closed(block) or self.items[block.last].turns

    def named(self, block: Block) -> bool:
        return any(self.items[i].form in ("names", "label") for i in block.head)

    def opens(self, block: Block) -> bool:
        return any(self.items[i].opens for i in block.text[:1])


def divide(items: Sequence[Item], topics: Topics, strands: Sequence[Strand]) -> list[list[Block]]:
    """The blocks of each article, in reading order; articles in the order of their beginnings."""
    sheet = _Sheet(items, topics, any(item.authors for item in items))
    articles = [article for strand in strands for article in _divide_strand(sheet, strand)]
    articles.sort(key=lambda article: article[0].runs[0].first)
    return _bring_back(sheet, articles)


def _divide_strand(sheet: _Sheet, strand: Strand) -> list[list[Block]]:
    """The division of a strand with the highest sum of scores, by dynamic programming over the places of its last border."""
    gains = [0.0, *(_start_score(sheet, strand, k) for k in range(1, len(strand)))]
    features = _behind_feature(sheet, strand)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(strand) + 1):
        options = []
        bylines = 0
        for start in range(end - 1, max(-1, end - 1 - _MOST_BLOCKS), -1):
            if start < end - 1 and sheet.closed(strand[start]):
                break
            bylines += sheet.named(strand[start]) + (start == end - 1 and sheet.closed(strand[start]))
            gain = gains[start] + _byline_score(sheet, bylines, strand[end - 1])
            if start and not bylines and features[start]:
                gain += BORDER.after_feature
            options.append((best[start][0] + gain, start))
        best.append(max(options, key=lambda option: (option[0], -option[1])))
    borders = [len(strand)]
    while borders[-1]:
        borders.append(best[borders[-1]][1])
    borders.reverse()
    return [list(strand[a:b]) for a, b in pairwise(borders)]


def _behind_feature(sheet: _Sheet, strand: Strand) -> list[bool]:
    """For each block, whether a byline under a headline stands before it and none that closes: such articles have section heads."""
    result, inside = [], False
    for block in strand:
        result.append(inside)
        inside = not sheet.closed(block) and (inside or sheet.named(block))
    return result


def _byline_score(sheet: _Sheet, bylines: int, last: Block) -> float:
    if not sheet.bylines:
        return 0.0
    if bylines == 0:
        return BORDER.no_byline * (0.3 if sheet.items[last.last].form == "stump" else 1.0)
    return BORDER.more_bylines * (bylines - 1)


def _start_score(sheet: _Sheet, strand: Strand, k: int) -> float:
    """How much more likely an article begins with block k than goes on with it, in logits."""
    block, before = strand[k], strand[k - 1]
    if sheet.closed(before) or (block.head and sheet.opens(block)):
        return _SURE
    behind = [i for b in reversed(strand[max(0, k - _CONTEXT) : k]) for i in reversed(b.text)][:_CONTEXT]
    left, right = sheet.topics.union(behind), sheet.topics.union(block.text[:_CONTEXT])
    score = BORDER.cohesion * sheet.topics.cohesion(left, right)
    if not block.head:
        return score + BORDER.headless + BORDER.dateline * sheet.opens(block)
    if sheet.items[before.last].form == "stump":
        score += BORDER.open_end
    if sheet.items[before.last].turns:
        score += BORDER.turned
    if _is_one_of_a_series(sheet, block, _unparted(sheet, strand, k)):
        score += BORDER.parallel
    if _names_a_new_place(sheet, block, behind):
        score += BORDER.place
    return score + BORDER.bias + _head_score(sheet, block, left, right)


def _head_score(sheet: _Sheet, block: Block, left: set[str], right: set[str]) -> float:
    forms = [sheet.items[i].form for i in block.head]
    title = sheet.topics.union(block.head)
    score = BORDER.headline * (sheet.topics.overlap(title, right) - sheet.topics.overlap(title, left))
    if "short" in forms and sheet.named(block):
        score += BORDER.under
    if "subtitle" in forms[1:]:
        score += BORDER.subtitle
    if forms[:2] == ["short", "short"]:
        score += BORDER.kicker
    return score + BORDER.comma * any("," in sheet.items[i].text for i in block.head if sheet.items[i].form == "short")


def _names_a_new_place(sheet: _Sheet, block: Block, behind: Collection[int]) -> bool:
    """Whether a heading begins with a place that the text below it speaks of and the text above it does not: 安乡打通… above 安乡县…."""
    below = "".join(sheet.items[i].text for i in block.text[:_CONTEXT])
    above = "".join(sheet.items[i].text for i in behind)
    names = {sheet.items[i].text.lstrip("—“")[:_PLACE_CHARS] for i in block.head if sheet.items[i].is_heading}
    return any(
        len(name) == _PLACE_CHARS and name not in above and any(name + unit in below for unit in _PLACE_UNITS)
        for name in names
    )


def _unparted(sheet: _Sheet, strand: Strand, k: int) -> list[Block]:
    """The blocks above and below block k that may be of one article with it: no byline closes and no turn note stands between."""
    first = last = k
    while first > max(0, k - _MOST_BLOCKS) and not sheet.ends(strand[first - 1]):
        first -= 1
    while last + 1 < min(len(strand), k + _MOST_BLOCKS) and not sheet.ends(strand[last]):
        last += 1
    return [*strand[first:k], *strand[k + 1 : last + 1]]


def _is_one_of_a_series(sheet: _Sheet, block: Block, others: Sequence[Block]) -> bool:
    """Whether a heading is built like another one: 塑一方新风 like 断一方穷根, 一间工坊,留住身边人 like 一根网线,请回年轻人."""
    mine = [sheet.items[i].text for i in block.head]
    return len(mine) == 1 and any(
        _are_alike(mine[0], sheet.items[other.head[0]].text) for other in others if len(other.head) == 1
    )


def _are_alike(one: str, other: str) -> bool:
    """Whether two headings are as long and share two characters in a row, or one and all marks, in the same places."""
    if len(one) != len(other):
        return False
    same = [a == b for a, b in zip(one, other, strict=True)]
    marks = [_MARK.match(a) is not None or _MARK.match(b) is not None for a, b in zip(one, other, strict=True)]
    shaped = any(marks) and all(equal for equal, mark in zip(same, marks, strict=True) if mark)
    return any(a and b for a, b in pairwise(same)) or (shaped and any(same))


def _bring_back(sheet: _Sheet, articles: Sequence[list[Block]]) -> list[list[Block]]:
    """The articles, with those that are but late pieces of an earlier one put at its end."""
    kept: list[list[Block]] = []
    for article in articles:
        home = _home(sheet, article, kept[-_REACH:])
        if home is None:
            kept.append(article)
        else:
            home += article
    return kept


def _home(sheet: _Sheet, piece: Sequence[Block], earlier: Collection[list[Block]]) -> list[Block] | None:
    first = piece[0]
    forms = [sheet.items[i].form for i in first.head]
    if len(forms) > 1 or "names" in forms or "label" in forms or sheet.opens(first):
        return None
    right = sheet.topics.union([i for block in piece for i in block.text][:_CONTEXT])
    best, best_score = None, 0.0
    for article in earlier:
        if sheet.closed(article[-1]):
            continue
        left = sheet.topics.union([i for block in reversed(article) for i in reversed(block.text)][:_CONTEXT])
        score = BORDER.late + BORDER.late_cohesion * sheet.topics.cohesion(left, right)
        if first.head:
            score -= BORDER.bias + _head_score(sheet, first, left, right)
            score -= BORDER.parallel * _is_one_of_a_series(sheet, first, article)
        if any(sheet.named(block) for block in article) and sheet.closed(piece[-1]):
            score += BORDER.late_byline
        if sheet.items[article[-1].last].form == "stump" and not sheet.closed(piece[-1]):
            score += BORDER.late_open_end
        if score > best_score:
            best, best_score = article, score
    return best
