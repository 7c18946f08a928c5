"""How well a line goes on where another one breaks off: the signs at the seam of two columns (栏)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.stages.articles.forms import opens_sentence
from digest.stages.articles.language import START, Codes, Language, normal
from digest.text import HAN

Flags = NDArray[np.bool_]

_UNITS = frozenset(
    "年月日时分个名余多万亿元公平户人次条项件台处所场座家位岁天点度种批张吨斤亩米里%倍届期级册株头只辆艘间栋套份篇首"
)
"""What follows a number: measure words and numerals."""
_ROUND = re.compile(r"\d[余多万亿]{1,2}$")
_PAIRS = (("“", "”"), ("(", ")"), ("《", "》"))
_REST = re.compile(f"[{HAN}]{{1,2}},")
"""A word of one or two characters before a comma, unless it opens sentences, is the end of a clause."""
_WANTING = frozenset(",:;、比较从自在到于由至和与及的")
"""Behind these even a date or 去年 goes on with the sentence."""
_QUOTES_OPEN_BEHIND = frozenset(":,、的了是“和与")
NEVER_FIRST = frozenset("的了着过们性化者等、,;:)）”’》。!?地得则之")
"""What no sentence begins with."""
_STARTERS = ("一是", "二是", "三是", "四是", "五是", "首先", "其次", "最后", "记者", "下一步", "——", "图为")
_TAIL, _HEAD = 3, 3
_EDGE_CHARS = 12
_NO_CHAR = "\x00"
_HALF = 2_000
"""Quotes and brackets are looked for in so many characters at the end or beginning of a line."""


@dataclass(frozen=True, slots=True)
class Edges:
    """What the end and the beginning of every line show; arrays run along the lines."""

    tail: Codes
    """[line, 3]: the last characters, as the language model names them."""
    head: Codes
    ends_in_digit: Flags
    ends_in_point: Flags
    """A digit and a full stop: 14. before 3."""
    ends_round: Flags
    wanting: Flags
    comma: Flags
    lets_quote: Flags
    opened: Flags
    """[line, pair of marks]: whether the mark is open at the line's end."""
    digit_first: Flags
    unit_first: Flags
    never_first: Flags
    rest_first: Flags
    opener: Flags
    quote_first: Flags
    closed_first: Flags
    """[line, pair of marks]: whether the line closes one before it opens one."""
    begins: NDArray[np.float64]
    """How much likelier the first characters begin a paragraph than stand anywhere, in nats."""
    tail_points: Codes
    """[line, 2]: the last characters as code points."""
    head_points: Codes
    language: Language
    seen: tuple[tuple[Codes, NDArray[np.int64]], ...]
    """Of one, two and three characters: those that stand on the page, as sorted numbers, and how often each does."""
    total: int


def read_edges(texts: Sequence[str], language: Language) -> Edges:
    """The edges of lines with their width folded; no line is empty."""
    heads = [normal(text[:_EDGE_CHARS])[:_HEAD].ljust(_HEAD, _NO_CHAR) for text in texts]
    tails = [normal(text[-_EDGE_CHARS:])[-_TAIL:].rjust(_TAIL, _NO_CHAR) for text in texts]
    head = language.names("".join(heads)).reshape(-1, _HEAD)
    starters = [opens_sentence(text) or text.startswith(_STARTERS) for text in texts]

    def flags(test: Callable[[str], object]) -> Flags:
        return np.array([bool(test(text)) for text in texts])

    return Edges(
        tail=language.names("".join(tails)).reshape(-1, _TAIL),
        head=head,
        ends_in_digit=flags(lambda text: text[-1].isdigit()),
        ends_in_point=flags(lambda text: text[-1] == "." and text[-2:-1].isdigit()),
        ends_round=flags(lambda text: _ROUND.search(text[-3:])),
        wanting=flags(lambda text: text[-1] in _WANTING),
        comma=flags(lambda text: text[-1] in ",、"),
        lets_quote=flags(lambda text: text[-1] in _QUOTES_OPEN_BEHIND),
        opened=np.array([[text[-_HALF:].rfind(a) > text[-_HALF:].rfind(b) for a, b in _PAIRS] for text in texts]),
        digit_first=flags(lambda text: text[0].isdigit()),
        unit_first=flags(lambda text: text[0] in _UNITS),
        never_first=flags(lambda text: text[0] in NEVER_FIRST),
        rest_first=flags(lambda text: _REST.match(text)) & ~np.array(starters),
        opener=np.array(starters),
        quote_first=flags(lambda text: text[0] in "“《"),
        closed_first=np.array([[_closed_first(text[:_HALF], a, b) for a, b in _PAIRS] for text in texts]),
        begins=_begins(head, language),
        tail_points=_points("".join(text[-2:].rjust(2, _NO_CHAR) for text in texts)).reshape(-1, 2),
        head_points=_points("".join(text[:2].ljust(2, _NO_CHAR) for text in texts)).reshape(-1, 2),
        language=language,
        seen=_seen(texts),
        total=sum(map(len, texts)),
    )


def seam_signs(edges: Edges, left: NDArray[np.intp], right: NDArray[np.intp]) -> dict[str, NDArray[np.float64]]:
    """The signs for each pair of lines that `right[k]` goes on where `left[k]` breaks off in mid-sentence."""
    before, char, second = edges.tail[left, -1], edges.head[right, 0], edges.head[right, 1]
    language = edges.language
    fit = (
        language.after_two(edges.tail[left, -2], before, char)
        + language.after_two(before, char, second)
        - language.alone(char)
        - language.after_one(char, second)
    )
    number = (edges.ends_round[left] & edges.unit_first[right]) | (
        (edges.ends_in_digit[left] | edges.ends_in_point[left])
        & (edges.digit_first[right] | (~edges.ends_in_point[left] & edges.unit_first[right]))
    )
    opened, closed = edges.opened[left], edges.closed_first[right]
    opener = edges.opener[right]
    signs = {
        "fit": np.clip(fit, -8, 12),
        "misfit": np.clip(fit, -8, 0),
        "good fit": np.clip(fit - 3, 0, 6),
        "begins": np.clip(edges.begins[right], -8, 8),
        "surely begins": np.clip(edges.begins[right] - 2, 0, 6),
        "meets on page": _attraction(edges, left, right),
        "three meet on page": _triples_seen(edges, left, right),
        "number": number,
        "broken number": edges.ends_in_digit[left] & ~number,
        "closes": (opened & closed).any(axis=1),
        "left open": (opened & ~closed).sum(axis=1),
        "closes nothing": (~opened & closed).sum(axis=1),
        "never first": edges.never_first[right],
        "rest of a clause": edges.rest_first[right],
        "opener": opener & ~edges.wanting[left],
        "opener after comma": opener & edges.wanting[left],
        "quote": edges.quote_first[right] & ~edges.lets_quote[left],
        "comma": edges.comma[left],
    }
    return {name: np.asarray(values, dtype=float) for name, values in signs.items()}


def _closed_first(text: str, opener: str, closer: str) -> bool:
    """Whether a line closes a mark before it opens one."""
    closed, opened = text.find(closer), text.find(opener)
    return closed >= 0 and (opened < 0 or closed < opened)


def _begins(head: Codes, language: Language) -> NDArray[np.float64]:
    start = np.full(len(head), language.names(START)[0])
    first, second, _ = head.T
    here = language.after_one(start, first) + language.after_two(start, first, second)
    anywhere = language.alone(first) + language.after_one(first, second)
    return here - anywhere


_SHIFT = 21
"""Bits of a code point."""
_RARE = 0.05
"""Added to observed and expected counts, so that a pair seen once by rare characters counts for much, one never seen for little."""
_LEAST_ATTRACTION = -1.0
"""Two frequent characters that never meet on one page prove little."""


def _seen(texts: Sequence[str]) -> tuple[tuple[Codes, NDArray[np.int64]], ...]:
    codes = _points("\n".join(texts))
    pairs = (codes[:-1] << _SHIFT) | codes[1:]
    triples = (pairs[:-1] << _SHIFT) | codes[2:]
    return tuple(np.unique(grams, return_counts=True) for grams in (codes, pairs, triples))


def _points(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)


def _times(edges: Edges, size: int, grams: Codes) -> NDArray[np.int64]:
    """How often n-grams of one size stand on the page."""
    known, times = edges.seen[size - 1]
    if not len(known):
        return np.zeros(len(grams), dtype=np.int64)
    at = np.minimum(np.searchsorted(known, grams), len(known) - 1)
    return np.where(known[at] == grams, times[at], 0)


def _attraction(edges: Edges, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
    """How much more often the two characters at the seam stand side by side on the page than chance would have it, -1 to about 5 nats."""
    before, char = edges.tail_points[left, 1], edges.head_points[right, 0]
    chance = _times(edges, 1, before) * _times(edges, 1, char) / (1 + edges.total)
    return np.maximum(
        _LEAST_ATTRACTION, np.log((_times(edges, 2, (before << _SHIFT) | char) + _RARE) / (chance + _RARE))
    )


def _triples_seen(edges: Edges, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.int64]:
    """How many of the two triples of characters across the seam stand elsewhere on the page."""
    first, before = edges.tail_points[left].T
    char, second = edges.head_points[right].T
    triples = (((first << _SHIFT) | before) << _SHIFT) | char, (((before << _SHIFT) | char) << _SHIFT) | second
    return sum(((_times(edges, 3, triple) > 0).astype(np.int64) for triple in triples), np.zeros(len(left), np.int64))
