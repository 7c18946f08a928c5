"""A paragraph torn into the pieces that stand on the page, and what of it an editor would still print."""

import random
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from bench.pages.noise import Noise
from bench.pages.sentences import sentence_ends
from bench.pages.stock import CONFUSABLE

_MOST_PIECES = 3
_LEAST_ROOM = 40
_SHORT = 45
"""Left pieces below this length look like headings."""
_MARGIN = 8
"""No piece is shorter."""
_RUN = re.compile("[\u4e00-\u9fff]{6,}")
_STOPS = frozenset("。！？!?…")
_NEVER_AFTER = frozenset("，,、；;：:”’）)》】 　—%％")
_NEVER_BEFORE = frozenset("“‘（(《【 　—")

Link = Literal["start", "whole", "lost", "half"]
"""How a piece goes on from the one before it: it opens the paragraph; nothing, some characters, or a half sentence is lost."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a torn paragraph."""

    text: str
    link: Link


@dataclass(frozen=True, slots=True)
class Torn:
    """The pieces of a paragraph in reading order, and the paragraphs that are left of it without half sentences."""

    pieces: tuple[Piece, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """How an article's last paragraph ends: its printed text, of which the first `kept` characters are whole."""

    text: str
    kept: int


def break_point(text: str, start: int, end: int, rng: random.Random) -> int | None:
    """A place strictly inside a sentence of the text, perhaps inside a word or number; None where none is found soon."""
    if end <= start:
        return None
    for _ in range(12):
        at = rng.randrange(start, end)
        if text[at] in _NEVER_AFTER or text[at - 1] in _NEVER_BEFORE or text[at - 1] == text[at]:
            continue
        if _STOPS.isdisjoint(text[max(0, at - 2) : at + 2]):
            return at
    return None


def break_off(text: str, rng: random.Random) -> End | None:
    """The text cut short in mid-sentence (残篇); None where it is too short for that."""
    at = break_point(text, 12, len(text) - _MARGIN, rng)
    return End(text[:at], _last_end(sentence_ends(text), at)) if at is not None else None


def run_into(text: str, donor: str, with_stop: bool, rng: random.Random) -> End | None:
    """The text breaking off into a repeat of a stretch of an earlier paragraph; None where either is too short."""
    if len(donor) < 70 or len(text) < 30:
        return None
    at = break_point(text, 12, len(text) - _MARGIN, rng)
    if at is None:
        return None
    start = rng.randrange(len(donor) - 60)
    stretch = donor[start : start + rng.randint(40, 90)].rstrip("。！？!?…”")
    return End(text[:at] + stretch + ("。" if with_stop else ""), _last_end(sentence_ends(text), at))


def blur(text: str, noise: Noise, rng: random.Random) -> str:
    """The text with a phrase doubled and characters confused, as a reader of print leaves it."""
    if noise.doubled_phrase and rng.random() < noise.doubled_phrase:
        text = _double(text, rng)
    if noise.confused:
        text = "".join(CONFUSABLE[c] if c in CONFUSABLE and rng.random() < noise.confused else c for c in text)
    return text


def _double(text: str, rng: random.Random) -> str:
    runs = [m.span() for m in _RUN.finditer(text)]
    if not runs:
        return text
    start, end = rng.choice(runs)
    length = rng.choice((1, 1, 2, 2, 3, 4))
    at = rng.randrange(start + 1, end - length)
    phrase = text[at : at + length]
    return text[:at] + phrase * rng.choice((2, 2, 3)) + text[at + length :]


def tear(text: str, whole_chars: int, noise: Noise, rng: random.Random) -> Torn:
    """The text cut at column ends (断栏) inside its first `whole_chars` characters; what follows these is not kept."""
    if not noise.cut or rng.random() >= noise.cut:
        return Torn((Piece(text, "start"),), (text[:whole_chars],) if whole_chars else ())
    return _Tearing(text, whole_chars, noise, rng).torn()


class _Tearing:
    """One paragraph on its way from left to right."""

    def __init__(self, text: str, whole_chars: int, noise: Noise, rng: random.Random) -> None:
        self.text, self.whole, self.noise, self.rng = text, whole_chars, noise, rng
        self.ends = sentence_ends(text)
        self.printed: list[tuple[int, Link]] = [(0, "start")]
        self.bounds: list[int] = []
        self.kept = [""]
        self.taken = 0
        self.safe = 0
        """Up to here nothing may be cut away again, or a joined seam would be lost."""

    def torn(self) -> Torn:
        while len(self.printed) < _MOST_PIECES:
            at = self._next_cut()
            if at is None:
                break
            self._cut(at)
            if self.rng.random() >= self.noise.cut:
                break
        self.kept[-1] += self.text[self.taken : self.whole]
        stops = [*self.bounds, len(self.text)]
        pieces = (Piece(self.text[a:b], link) for (a, link), b in zip(self.printed, stops, strict=True))
        return Torn(tuple(pieces), tuple(part for part in self.kept if part))

    def _next_cut(self) -> int | None:
        start = max(self.printed[-1][0], self.taken)
        if self.whole - start < _LEAST_ROOM:
            return None
        short = self.rng.random() < self.noise.short_left
        if short and self.rng.random() < 0.2:
            return break_point(self.text, start + _MARGIN, min(start + _SHORT, self.whole - _MARGIN), self.rng)
        return break_point(self.text, start + (_MARGIN if short else _SHORT), self.whole - _MARGIN, self.rng)

    def _cut(self, at: int) -> None:
        drawn = self.rng.random()
        if drawn < self.noise.lost_at_cut and self._lose_characters(at):
            return
        in_half = self.noise.lost_at_cut <= drawn < self.noise.lost_at_cut + self.noise.lost_half_sentence
        if in_half and self._lose_half_sentence(at):
            return
        self._open(at, at, "whole")
        self.safe = at + _MARGIN

    def _open(self, end: int, start: int, link: Link) -> None:
        self.bounds.append(end)
        self.printed.append((start, link))

    def _lose_characters(self, at: int) -> bool:
        count = self.rng.randint(1, 3)
        if at + count + _MARGIN >= self.whole or not _STOPS.union("“”").isdisjoint(self.text[at : at + count + 1]):
            return False
        self.kept[-1] += self.text[self.taken : at]
        self.taken = at + count
        self.safe = self.taken + _MARGIN
        self._open(at, self.taken, "lost")
        return True

    def _lose_half_sentence(self, at: int) -> bool:
        index = bisect_right(self.ends, at)
        if index == len(self.ends):
            return False
        last, following = _last_end(self.ends, at), self.ends[index]
        if following > self.whole or following - at < 13 or (last < self.safe and self.safe) or last < self.taken:
            return False
        if "“" in self.text[last:following] or (last == 0 and following == self.whole):
            return False
        resumed = self.rng.randint(at + 4, following - 5)
        if self.text[resumed] in _NEVER_AFTER:
            resumed += 1
        self.kept[-1] += self.text[self.taken : last]
        self.kept.append("")
        self.taken = following
        self._open(at, resumed, "half")
        return True


def _last_end(ends: list[int], at: int) -> int:
    index = bisect_right(ends, at)
    return ends[index - 1] if index else 0
