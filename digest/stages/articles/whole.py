"""What speaks for some lines, in an order, being one whole article: its bylines, its headings, one topic throughout."""

from bisect import bisect
from collections.abc import Sequence
from functools import cache
from math import log, sqrt

import numpy as np

from digest.stages.articles.sheet import Sheet

Lines = tuple[int, ...]

_CONTEXT = 6
"""How many paragraphs on either side of a seam tell whether the topic changes."""
_SLACK = 8.0
_NEAR = 2
"""A line that stands so many below goes on on the page: nothing, or one line, is between them."""
_PROVED_WHERE_TIDY = ("no byline", "named and signed", "more names", "names inside", "closed inside")
_LOW, _VERY_LOW = 0.12, 0.05
"""Cohesion below which two parts hardly speak of one thing."""


class Whole:
    """Weighs chains of lines of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        topics = sheet.topics
        self._common = (topics.grams * topics.weight) @ topics.grams.T
        self._columns = {int(i): np.flatnonzero(topics.grams[i]) for i in np.flatnonzero(sheet.heading)}
        self._kinds = [
            "prose" if p else "heading" if h else "names" if n else "tail"
            for p, h, n in zip(sheet.prose, sheet.heading, sheet.names, strict=True)
        ]
        self._closes, self._stump = sheet.closes.tolist(), sheet.stump.tolist()
        self._opens, self._tail = sheet.opens.tolist(), sheet.tail.tolist()
        self._length = sheet.length.tolist()
        self._places = sheet.topics.places
        self._seam = cache(lambda above, below: (self._cohesion(above, below), self._elsewhere(above, below)))
        """Cohesion of some lines with others, and whether they name places, but none in common: most chains share most seams."""
        self._overlap = cache(self._tells)

    def signs(self, chain: Sequence[int]) -> dict[str, float]:
        """The signs of a chain of at least one line; a sign that is 0 is left out."""
        kinds = [self._kinds[i] for i in chain]
        prose = [k for k, kind in enumerate(kinds) if kind == "prose"]
        paragraphs = sum(not k or not self._stump[chain[k - 1]] for k in prose)
        first = prose[0] if prose else len(chain)
        names = sum(kind == "names" for kind in kinds[:first])
        last = max((k for k in range(len(chain)) if not self._tail[chain[k]]), default=0)
        closing = any(self._closes[i] for i in chain)
        inside = sum(self._closes[chain[k]] for k in range(last))
        heads = [k for k in range(first, len(chain)) if kinds[k] == "heading"]
        signed = self._sheet.signed
        open_end = self._stump[chain[-1]]
        style = "named" if names else "signed" if closing else "unsigned"
        signs = {
            "article": 1.0,
            "no byline": float(signed and not names and not closing and not open_end),
            "no byline, open end": float(signed and not names and not closing and open_end),
            "named and signed": float(names > 0 and closing),
            "more names": float(max(0, names - 1)),
            "names inside": float(sum(kind == "names" for kind in kinds[first:])),
            "closed inside": float(inside),
            f"section heads, {style}": float(min(len(heads), 4)),
            f"has section heads, {style}": float(bool(heads)),
            "headless": float(kinds[0] == "prose" and not self._sheet.bare),
            "headless, short": float(kinds[0] == "prose" and paragraphs == 1 and not self._sheet.bare),
            "headless, unsigned": float(kinds[0] == "prose" and not closing and not self._sheet.bare),
            "begins with names": float(kinds[0] == "names"),
            "no text": float(not prose),
            "ends with a heading": float(kinds[-1] == "heading" and bool(prose)),
            "one paragraph": float(paragraphs == 1),
            "two paragraphs": float(paragraphs == 2),
            "many paragraphs": max(0.0, log(max(1, paragraphs) / 8)),
            "dateline inside": float(sum(self._opens[chain[k]] for k in prose[1:])),
        }
        signs |= {f"{name}, tidy page": signs[name] * self._sheet.tidiness for name in _PROVED_WHERE_TIDY}
        self._topics(signs, chain, prose, heads)
        self._headline(signs, chain, kinds, prose, first)
        return {name: value for name, value in signs.items() if value}

    def _topics(
        self, signs: dict[str, float], chain: Sequence[int], prose: Sequence[int], heads: Sequence[int]
    ) -> None:
        """Whether the topic holds across section heads and wherever the chain leaves the page's order."""
        across = [self._across(chain, prose, bisect(prose, k)) for k in heads]
        seams = [self._seam(*sides) for sides in across if all(sides)]
        fits = [
            self._overlap(chain[k], below) - self._overlap(chain[k], above)
            for k, (above, below) in zip(heads, across, strict=True)
            if above and below
        ]
        jumps = [
            self._seam(*self._across(chain, prose, k))[0]
            for k in range(1, len(prose))
            if not 0 < chain[prose[k]] - chain[prose[k - 1]] <= _NEAR
        ]
        cohesions = [cohesion for cohesion, _ in seams]
        signs["cohesion across heads"] = sum(cohesions)
        signs["least cohesion across heads"] = min([1.0, *cohesions]) if heads else 0.0
        signs["low cohesion across heads"] = float(sum(cohesion < _LOW for cohesion in cohesions))
        signs["no cohesion across heads"] = float(sum(cohesion < _VERY_LOW for cohesion in cohesions))
        signs["other place across heads"] = float(sum(other for _, other in seams))
        signs["heads fit better below"] = sum(fits)
        signs["cohesion across jumps"] = sum(jumps)
        signs["low cohesion across jumps"] = float(sum(cohesion < _LOW for cohesion in jumps))

    @staticmethod
    def _across(chain: Sequence[int], prose: Sequence[int], at: int) -> tuple[Lines, Lines]:
        """The last paragraphs before the place `at` in the prose, and the first ones from there on."""
        return (
            tuple(chain[k] for k in prose[max(0, at - _CONTEXT) : at]),
            tuple(chain[k] for k in prose[at : at + _CONTEXT]),
        )

    def _headline(
        self, signs: dict[str, float], chain: Sequence[int], kinds: Sequence[str], prose: Sequence[int], first: int
    ) -> None:
        """How well the headline tells the whole and its halves."""
        titles = [chain[k] for k in range(first) if kinds[k] == "heading"]
        if not titles or not prose:
            return
        text = tuple(chain[k] for k in prose)
        near, far = text[:3], text[3:]
        fits = max(self._overlap(i, near) for i in titles)
        signs["headline fits"] = fits
        signs["headline fits nothing"] = float(fits == 0)
        if far:
            signs["headline fits the rest"] = max(self._overlap(i, far) for i in titles)
            signs["beginning fits the rest"] = self._seam(near, far[-_CONTEXT:])[0]
        signs["titles"] = float(max(0, len(titles) - 2))

    def _cohesion(self, left: Lines, right: Lines) -> float:
        common = self._common
        both = common[np.ix_(left, right)].sum()
        if not both:
            return 0.0
        norm = (common[np.ix_(left, left)].sum() + _SLACK) * (common[np.ix_(right, right)].sum() + _SLACK)
        return float(both / sqrt(norm))

    def _tells(self, heading: int, lines: Lines) -> float:
        columns = self._columns[heading]
        if not len(columns) or not lines:
            return 0.0
        found = self._sheet.topics.grams[list(lines)][:, columns].any(axis=0).sum()
        return float(found / max(1.0, self._sheet.topics.size[heading]))

    def _elsewhere(self, left: Lines, right: Lines) -> bool:
        above, below = self._places[list(left)].any(axis=0), self._places[list(right)].any(axis=0)
        return bool(above.any() and below.any() and not (above & below).any())
