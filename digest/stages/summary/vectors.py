"""Sentences -> sparse unit vectors over character bigrams, in a fixed number of numpy calls whatever their number.

A character here is a unit of UTF-16: one that lies beyond the 65,536 most common counts as two, which stand together always.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Units = NDArray[np.uint16]

_UNIT_BITS = 16
_UNITS = 1 << _UNIT_BITS
_OWNER_BITS = 31
"""Two units and the index of a text fit into 63 bits."""
_OWNER_MASK = (1 << _OWNER_BITS) - 1
_LINE_END = 0x0A
_ZERO = np.zeros(1, dtype=np.int64)
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


@dataclass(frozen=True, slots=True)
class Vectors:
    """What the vectors of n sentences share: an entry for each sentence and bigram that another one or the headline holds too.

    Entries are in the order of the bigrams, those of one bigram in the order of the sentences.
    """

    sentence: Ints
    """The sentence of each entry; shape (n_entries,)."""
    weight: Floats
    """Parallel to it; a sentence's weights, with those of the bigrams that are left out, have length 1."""
    bounds: Ints
    """Where the entries of each bigram begin, and behind the last of them all; shape (n_bigrams + 1,)."""
    bigram: Ints
    """Which bigram each entry is of, from 0 on; shape (n_entries,)."""
    in_headline: NDArray[np.bool_]
    """Whether the headline holds each bigram; shape (n_bigrams,)."""
    n: int

    def per_sentence(self, values: Floats) -> Floats:
        """The sum of the values of a sentence's entries, one for each sentence."""
        return np.bincount(self.sentence, values, self.n).astype(np.float64, copy=False)

    def per_bigram(self, values: Floats) -> Floats:
        """The sum of the values of a bigram's entries, one for each bigram."""
        return np.bincount(self.bigram, values, len(self.in_headline)).astype(np.float64, copy=False)


def units(texts: list[str]) -> tuple[Units, Ints]:
    """The units of the texts, folded, a 0 behind each text, and the index of each unit's text; a 0 belongs to either side.

    The texts hold no white space.
    """
    raw = np.frombuffer("\n".join([*texts, ""]).encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    return _FOLDED[raw], (raw == _LINE_END).cumsum()


def vectors(unit: Units, owner: Ints, headline: Units, n: int) -> Vectors:
    """The vectors of n sentences of which these are the units: the root of count times rarity, at length 1.

    A bigram that k of the n sentences hold has rarity ln(1 + n/k).
    """
    code, begins = _bigram_codes(unit)
    key = (code << _OWNER_BITS | owner[:-1])[begins]
    key.sort()
    entry = run_bounds(key)
    first = key[entry[:-1]]
    sentence, code = first & _OWNER_MASK, first >> _OWNER_BITS
    bounds = run_bounds(code)
    holders = bounds[1:] - bounds[:-1]
    rarity = np.log1p(n / np.arange(1, n + 1))[holders - 1]
    mass = (entry[1:] - entry[:-1]) * rarity.repeat(holders)
    mass /= np.bincount(sentence, mass, n)[sentence]
    in_headline = _held(code[bounds[:-1]], headline)
    kept = in_headline | (holders > 1)
    entries, holders = kept.repeat(holders), holders[kept]
    return Vectors(
        sentence[entries],
        np.sqrt(mass[entries]),
        np.concatenate((_ZERO, holders.cumsum())),
        np.arange(len(holders)).repeat(holders),
        in_headline[kept],
        n,
    )


def run_bounds(keys: Ints) -> Ints:
    """Where each run of equal keys begins, and behind the last one the length; shape (n_runs + 1,)."""
    begins = np.ones(len(keys) + 1, dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=begins[1:-1])
    return begins.nonzero()[0]


def _bigram_codes(unit: Units) -> tuple[Ints, NDArray[np.bool_]]:
    """For each unit but the last, the code of the bigram that it begins, and whether it begins one: two units of words."""
    wide, word = unit.astype(np.int64), unit != 0
    return wide[:-1] << _UNIT_BITS | wide[1:], word[:-1] & word[1:]


def _held(codes: Ints, headline: Units) -> NDArray[np.bool_]:
    """Which of these codes, all different and rising, are of bigrams of the headline."""
    held = np.zeros(len(codes), dtype=bool)
    code, begins = _bigram_codes(headline)
    wanted = code[begins]
    at = codes.searchsorted(wanted)
    inside = at < len(codes)
    at, wanted = at[inside], wanted[inside]
    held[at[codes[at] == wanted]] = True
    return held
