"""What speaks for some lines, in an order, being one whole article: its bylines, its headings, one topic throughout."""

from collections.abc import Sequence
from math import log, sqrt

import numpy as np

from digest.stages.articles.links import Sheet

_CONTEXT = 6
"""How many paragraphs on either side of a seam tell whether the topic changes."""
_SLACK = 8.0
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

    def signs(self, chain: Sequence[int]) -> dict[str, float]:
        """The signs of a chain of at least one line; a sign that is 0 is left out."""
        kinds = [self._kinds[i] for i in chain]
        prose = [k for k, kind in enumerate(kinds) if kind == "prose"]
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
            "headless, short": float(kinds[0] == "prose" and len(prose) == 1 and not self._sheet.bare),
            "headless, unsigned": float(kinds[0] == "prose" and not closing and not self._sheet.bare),
            "begins with names": float(kinds[0] == "names"),
            "no text": float(not prose),
            "ends with a heading": float(kinds[-1] == "heading" and bool(prose)),
            "one paragraph": float(len(prose) == 1),
            "two paragraphs": float(len(prose) == 2),
            "many paragraphs": max(0.0, log(max(1, len(prose)) / 8)),
            "dateline inside": float(sum(self._opens[chain[k]] for k in prose[1:])),
        }
        self._topics(signs, chain, prose, heads)
        self._headline(signs, chain, kinds, prose, first)
        return {name: value for name, value in signs.items() if value}

    def _topics(
        self, signs: dict[str, float], chain: Sequence[int], prose: Sequence[int], heads: Sequence[int]
    ) -> None:
        """Whether the topic holds across section heads and wherever the chain leaves the page's order."""
        head, low, very_low, other, fit, jump, jump_low = 0.0, 0, 0, 0, 0.0, 0.0, 0
        least = 1.0
        for k in heads:
            above, below = [chain[p] for p in prose if p < k][-_CONTEXT:], [chain[p] for p in prose if p > k][:_CONTEXT]
            if not above or not below:
                continue
            cohesion = self._cohesion(above, below)
            head += cohesion
            least = min(least, cohesion)
            low += cohesion < _LOW
            very_low += cohesion < _VERY_LOW
            other += self._elsewhere(above, below)
            fit += self._overlap(chain[k], below) - self._overlap(chain[k], above)
        for k in range(1, len(prose)):
            a, b = chain[prose[k - 1]], chain[prose[k]]
            if 0 < b - a <= 2:
                continue
            above, below = (
                [chain[p] for p in prose[max(0, k - _CONTEXT) : k]],
                [chain[p] for p in prose[k : k + _CONTEXT]],
            )
            cohesion = self._cohesion(above, below)
            jump += cohesion
            jump_low += cohesion < _LOW
        signs["cohesion across heads"] = head
        signs["least cohesion across heads"] = least if heads else 0.0
        signs["low cohesion across heads"] = float(low)
        signs["no cohesion across heads"] = float(very_low)
        signs["other place across heads"] = float(other)
        signs["heads fit better below"] = fit
        signs["cohesion across jumps"] = jump
        signs["low cohesion across jumps"] = float(jump_low)

    def _headline(
        self, signs: dict[str, float], chain: Sequence[int], kinds: Sequence[str], prose: Sequence[int], first: int
    ) -> None:
        """How well the headline tells the whole and its halves."""
        titles = [chain[k] for k in range(first) if kinds[k] == "heading"]
        if not titles or not prose:
            return
        text = [chain[k] for k in prose]
        near, far = text[:3], text[3:]
        fits = max(self._overlap(i, near) for i in titles)
        signs["headline fits"] = fits
        signs["headline fits nothing"] = float(fits == 0)
        if far:
            signs["headline fits the rest"] = max(self._overlap(i, far) for i in titles)
            signs["beginning fits the rest"] = self._cohesion(near, far[-_CONTEXT:])
        signs["titles"] = float(max(0, len(titles) - 2))

    def _cohesion(self, left: list[int], right: list[int]) -> float:
        common = self._common
        both = common[np.ix_(left, right)].sum()
        if not both:
            return 0.0
        norm = (common[np.ix_(left, left)].sum() + _SLACK) * (common[np.ix_(right, right)].sum() + _SLACK)
        return float(both / sqrt(norm))

    def _overlap(self, heading: int, lines: list[int]) -> float:
        columns = self._columns[heading]
        if not len(columns) or not lines:
            return 0.0
        found = self._sheet.topics.grams[lines][:, columns].any(axis=0).sum()
        return float(found / max(1.0, self._sheet.topics.size[heading]))

    def _elsewhere(self, left: list[int], right: list[int]) -> bool:
        above, below = self._places[left].any(axis=0), self._places[right].any(axis=0)
        return bool(above.any() and below.any() and not (above & below).any())
