"""Headline and sentences -> sparse unit vectors over character bigrams, in a fixed number of numpy calls whatever their number.

A character here is a unit of UTF-16: one that lies beyond the 65,536 most common counts as two, which stand together always.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Units = NDArray[np.uint16]

HEADLINE_TEXT = 0
"""The index of the headline among the texts; that of the first sentence is 1."""

_UNITS = 1 << 16
# as arrays: numpy takes longer to convert a number than to shift an article by it
_UNIT_BITS, _TEXT_BITS = np.array(16), np.array(31)
"""Two units and the index of a text fit into 63 bits."""
_TEXT_MASK = np.array((1 << 31) - 1)
_ONE, _HEADLINE = np.array(1), np.array(HEADLINE_TEXT)
_LINE_END = np.array(0x0A, dtype=np.uint16)
_WORD_BORDERS = np.array([0x30, 0x3A, 0x61, 0x7B, 0xC0, 0x2000, 0x3005, 0x3008, 0x3040, 0xFE00])


def _folding() -> Units:
    """For each unit what it counts as, 0 where it is a mark, a symbol or white space; shape (65536,).

    Full-width letters and digits become half-width, and Latin capitals small.
    """
    unit = np.arange(_UNITS)
    unit = np.where((unit > 0xFF00) & (unit < 0xFF5F), unit - 0xFEE0, unit)
    unit = np.where((unit > 0x40) & (unit < 0x5B), unit + 0x20, unit)
    # what lies between two borders is a word's from an odd one on: 0-9, a-z, À to the marks, 々〆〇, kana to the forms
    word = np.searchsorted(_WORD_BORDERS, unit, "right") % 2 == 1
    return np.where(word, unit, 0).astype(np.uint16)


_FOLDED = _folding()


@dataclass(slots=True, eq=False)
class Vectors:
    """What the headline and the n sentences share: an entry for each text and bigram that stands more than once in them all.

    Entries are in the order of the bigrams, those of one bigram in the order of the texts. Not frozen, which would take
    twice the time to make one.
    """

    text: Ints
    """The text of each entry; shape (n_entries,)."""
    weight: Floats
    """Parallel to it; a sentence's weights, with those of the bigrams that are left out, have length 1; the headline's are 0."""
    bounds: Ints
    """Where the entries of each bigram begin, and behind the last of them all; shape (n_bigrams + 1,)."""
    bigram: Ints
    """Which bigram each entry is of, from 0 on; shape (n_entries,)."""
    in_headline: NDArray[np.bool_]
    """Whether the headline holds each bigram, and a sentence too; shape (n_bigrams,)."""
    n: int

    def per_text(self, values: Floats) -> Floats:
        """The sum of the values of a text's entries, one for each text; shape (n + 1,)."""
        # whole zeros where there are no entries, which every sum and quotient takes as well
        return cast(Floats, np.bincount(self.text, values, self.n + 1))

    def per_bigram(self, values: Floats) -> Floats:
        """The sum of the values of a bigram's entries, one for each bigram."""
        return cast(Floats, np.bincount(self.bigram, values, len(self.in_headline)))


def units(texts: list[str]) -> tuple[Units, Ints]:
    """The units of the texts, folded, a 0 behind each text, and the index of each unit's text.

    The texts hold no white space.
    """
    raw = np.frombuffer("\n".join([*texts, ""]).encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    ends = (raw == _LINE_END).nonzero()[0]
    size = ends.copy()
    size[0] += 1
    size[1:] -= ends[:-1]
    return _FOLDED.take(raw), np.arange(len(texts)).repeat(size)


def vectors(unit: Units, text: Ints, n: int) -> Vectors:
    """The vectors of a headline and n sentences of which these are the units: the root of count times rarity, at length 1.

    A bigram that k of the n sentences hold has rarity ln(1 + n/k).
    """
    key = _sorted_bigrams(unit, text)
    rarity = np.log1p(n / np.arange(1.0, n + 1))
    again = _repeated(key >> _TEXT_BITS)
    # of a bigram that stands in the article once nothing is needed but what it adds to the length
    squares = np.bincount(key & _TEXT_MASK, ~again, n + 1) * rarity[0]
    key = key.take(again.nonzero()[0])
    entry = run_bounds(key)
    first = key.take(entry[:-1])
    text = first & _TEXT_MASK
    bounds = run_bounds(first >> _TEXT_BITS)
    size = bounds[1:] - bounds[:-1]
    shared = size > _ONE
    in_headline = shared & (text.take(bounds[:-1]) == _HEADLINE)
    mass = (entry[1:] - entry[:-1]) * rarity.take(size - in_headline - _ONE).repeat(size)
    squares += np.bincount(text, mass, n + 1)
    mass /= squares.take(text)
    mass *= shared.repeat(size) & (text != _HEADLINE)
    return Vectors(text, np.sqrt(mass), bounds, np.arange(len(size)).repeat(size), in_headline, n)


def run_bounds(keys: Ints) -> Ints:
    """Where each run of equal keys begins, and behind the last one the length; shape (n_runs + 1,)."""
    begins = np.empty(len(keys) + 1, dtype=bool)
    begins[0] = begins[-1] = True
    np.not_equal(keys[1:], keys[:-1], out=begins[1:-1])
    return begins.nonzero()[0]


def _sorted_bigrams(unit: Units, text: Ints) -> Ints:
    """A key for each bigram, two units of words that stand together, in order: the bigram's code above its text."""
    word = unit.astype(bool)
    at = (word[:-1] & word[1:]).nonzero()[0]
    # in place: a book's arrays do not fit into the processor's cache
    key = unit.astype(np.int64)
    key <<= _UNIT_BITS
    key[:-1] |= unit[1:]
    key <<= _TEXT_BITS
    key |= text
    found: Ints = key.take(at)
    found.sort()
    return found


def _repeated(keys: Ints) -> NDArray[np.bool_]:
    """Whether each of the keys, in order, equals the one before or behind it."""
    same = np.zeros(len(keys) + 1, dtype=bool)
    np.equal(keys[1:], keys[:-1], out=same[1:-1])
    return same[1:] | same[:-1]
