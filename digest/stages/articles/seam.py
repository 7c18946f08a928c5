"""How well a line goes on where another one breaks off: the seam of two columns (栏)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.stages.articles.forms import opens_sentence
from digest.stages.articles.topic import Topics
from digest.text import HAN

_UNITS = frozenset(
    "年月日时分个名余多万亿元公平户人次条项件台处所场座家位岁天点度种批张吨斤亩米里%倍届期级册株头只辆艘间栋套份篇首"
)
"""What follows a number: measure words and numerals."""
_ROUND = re.compile(r"\d[余多万亿]{1,2}$")
_PAIRS = (("“", "”"), ("(", ")"), ("《", "》"))
_REMEMBERED = 1024
"""Lines whose marks are remembered: each is compared with all that stand near it, which are fewer."""
_REST = re.compile(f"[{HAN}]{{1,2}},")
"""A word of one or two characters before a comma, unless it opens sentences, is the end of a clause."""
_WANTING = frozenset(",:;比较从自在到于由至")
"""Behind these even a date or 去年 goes on with the sentence."""
NEVER_FIRST = frozenset("的了着过们性化者等、,;:)）”’》。!?地得则之")
"""What no sentence begins with."""
_STARTERS = ("一是", "二是", "三是", "四是", "五是", "首先", "其次", "最后", "记者", "下一步", "——", "图为")


@dataclass(frozen=True, slots=True)
class SeamWeights:
    """What each sign that two pieces of a sentence belong together is worth, in logits: fitted on generated pages and rounded."""

    attraction: float = 0.8
    trigram: float = 0.5
    number: float = 1.8
    broken_number: float = -1.1
    closed: float = 2.1
    unclosed: float = -3.0
    unopened: float = -3.0
    never_first: float = 1.2
    rest: float = 1.5
    starter: float = -2.0
    quote_first: float = -0.4


WEIGHTS = SeamWeights()


def seam(left: str, right: str, topics: Topics, weights: SeamWeights = WEIGHTS) -> float:
    """How likely `right` goes on where `left` breaks off, in logits around 0; both have their width folded."""
    if not left or not right:
        return -9.0
    return (
        _crossing(left, right, topics, weights)
        + _number(left, right, weights)
        + _pairs(left, right, weights)
        + _edges(left, right, weights)
    )


def _crossing(left: str, right: str, topics: Topics, weights: SeamWeights) -> float:
    """What the n-grams across the seam are worth that stand elsewhere on the page."""
    trigrams = (topics.seen(left[-2:] + right[0]) > 0) + (topics.seen(left[-1] + right[:2]) > 0)
    return weights.attraction * topics.attraction(left[-1], right[0]) + weights.trigram * trigrams


def parts_number(left: str, right: str) -> bool:
    """Whether a seam stands inside a number (14.|3) or between it and its measure word (3|次, 9000多|册, 16.8亿|元)."""
    tail = left.rstrip(".")
    if _ROUND.search(left[-3:]):
        return right[0] in _UNITS
    return tail[-1:].isdigit() and (right[0].isdigit() or (tail == left and right[0] in _UNITS))


def _number(left: str, right: str, weights: SeamWeights) -> float:
    if parts_number(left, right):
        return weights.number
    return weights.broken_number if left[-1].isdigit() else 0.0


def _pairs(left: str, right: str, weights: SeamWeights) -> float:
    """What quotes and brackets say that are open at the seam."""
    score = 0.0
    for is_open, closes in zip(_left_open(left), _closed_first(right), strict=True):
        if is_open:
            score += weights.closed if closes else weights.unclosed
        elif closes:
            score += weights.unopened
    return score


@lru_cache(_REMEMBERED)
def _left_open(text: str) -> tuple[bool, ...]:
    """For each pair of marks, whether it is open at the end of a line."""
    return tuple(text.rfind(opener) > text.rfind(closer) for opener, closer in _PAIRS)


@lru_cache(_REMEMBERED)
def _closed_first(text: str) -> tuple[bool, ...]:
    """For each pair of marks, whether a line closes one before it opens one."""
    found = [(text.find(opener), text.find(closer)) for opener, closer in _PAIRS]
    return tuple(closed >= 0 and (opened < 0 or closed < opened) for opened, closed in found)


def _edges(left: str, right: str, weights: SeamWeights) -> float:
    score = 0.0
    if right[0] in NEVER_FIRST:
        score += weights.never_first
    opens = opens_sentence(right) or right.startswith(_STARTERS)
    if opens and left[-1] not in _WANTING:
        score += weights.starter
    if not opens and _REST.match(right):
        score += weights.rest
    if right[0] in "“《" and left[-1] not in ":,、的了是“和与":
        score += weights.quote_first
    return score
