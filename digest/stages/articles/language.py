"""A character trigram model: how likely one piece of text goes on with another, and how likely it begins a paragraph."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

START = "\n"
"""Stands before the first character of a paragraph."""

_SPACE = re.compile(r"\s+")
_DIGIT = re.compile("[0-9]")
_LETTER = re.compile("[A-Za-z]")
_UNSEEN = 1.0
"""By how many nats a character that was never counted is less likely than the rarest one that was."""

Codes = NDArray[np.int64]
Nats = NDArray[np.float64]


def normal(text: str) -> str:
    """The text as it is counted: width folded by the caller, white space off, every digit 0 and every Latin letter a."""
    return _LETTER.sub("a", _DIGIT.sub("0", _SPACE.sub("", text)))


@dataclass(frozen=True, slots=True)
class Language:
    """Conditional probabilities of characters, in nats, after one or two others, with back-off to fewer (Katz 1987).

    `chars` are sorted code points, a character is named by its place in them; a pair is `first * size + second`, a triple
    `pair * size + third`, `size = len(chars)`. The arrays of keys are sorted, the others run along with them.
    """

    chars: Codes
    single: Nats
    pairs: Codes
    pair: Nats
    pair_rest: Nats
    """What is left for triples that are not listed, for each pair."""
    char_rest: Nats
    """What is left for pairs that are not listed, for each character."""
    triples: Codes
    triple: Nats

    def names(self, chars: str) -> Codes:
        """The places of characters in `chars`; -1 for one that was never counted."""
        codes = np.frombuffer(chars.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
        at = np.minimum(np.searchsorted(self.chars, codes), len(self.chars) - 1)
        return np.where(self.chars[at] == codes, at, -1)

    def alone(self, char: Codes) -> Nats:
        """log P(char)."""
        least = self.single.min() - _UNSEEN
        return np.where(char >= 0, self.single[char], least)

    def after_one(self, before: Codes, char: Codes) -> Nats:
        """log P(char | before)."""
        size = len(self.chars)
        at, found = _find(self.pairs, np.where((before < 0) | (char < 0), -1, before * size + char))
        rest = np.where(before >= 0, self.char_rest[before], 0.0)
        return np.where(found, self.pair[at], rest + self.alone(char))

    def together(self, first: Codes, second: Codes) -> Nats:
        """log P(first second)."""
        return self.alone(first) + self.after_one(first, second)

    def after_two(self, first: Codes, before: Codes, char: Codes) -> Nats:
        """log P(char | first before)."""
        size = len(self.chars)
        pair = np.where((first < 0) | (before < 0), -1, first * size + before)
        at, found = _find(self.triples, np.where((pair < 0) | (char < 0), -1, pair * size + char))
        of, known = _find(self.pairs, pair)
        rest = np.where(known, self.pair_rest[of], 0.0)
        return np.where(found, self.triple[at], rest + self.after_one(before, char))


def _find(keys: Codes, wanted: Codes) -> tuple[Codes, NDArray[np.bool_]]:
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


def estimate(grams: Mapping[str, float], least_pair: float, least_triple: float, discount: float) -> Language:
    """The model of counted n-grams of one to three characters, by absolute discounting (Ney, Essen and Kneser 1994).

    n-grams counted less often than `least_…` are not listed: what they were counted goes to their back-off.
    """
    chars = sorted(gram for gram, n in grams.items() if len(gram) == 1 and n >= 1)
    place = {char: k for k, char in enumerate(chars)}
    size = len(chars)
    single = np.array([grams[char] for char in chars])
    one = np.log(single / single[np.array(chars) != START].sum())
    listed = [
        (place[gram[0]] * size + place[gram[1]], n)
        for gram, n in grams.items()
        if len(gram) == 2 and n >= least_pair and gram[1] != START and gram[0] in place and gram[1] in place
    ]
    pairs, pair_n = _sorted(listed)
    held = np.bincount(pairs // size, weights=pair_n - discount, minlength=size)
    char_rest = np.log(np.maximum(1e-3, 1 - held / single))
    first, second = pairs // size, pairs % size
    pair = np.log((pair_n - discount) / single[first] + np.exp(char_rest[first] + one[second]))
    listed = [
        ((place[gram[0]] * size + place[gram[1]]) * size + place[gram[2]], n)
        for gram, n in grams.items()
        if len(gram) == 3 and n >= least_triple and START not in gram[1:] and all(char in place for char in gram)
    ]
    triples, triple_n = _sorted(listed)
    of, known = _find(pairs, triples // size)
    triples, triple_n, of = triples[known], triple_n[known], of[known]
    held = np.bincount(of, weights=triple_n - discount, minlength=len(pairs))
    pair_rest = np.log(np.maximum(1e-3, 1 - held / np.maximum(pair_n, held + 1e-3)))
    below, is_pair = _find(pairs, triples % (size * size))
    shorter = np.where(is_pair, pair[below], char_rest[triples // size % size] + one[triples % size])
    triple = np.log((triple_n - discount) / pair_n[of] + np.exp(pair_rest[of] + shorter))
    codes = np.array([ord(char) for char in chars], dtype=np.int64)
    return Language(codes, one, pairs, pair, pair_rest, char_rest, triples, triple)


def _sorted(listed: Sequence[tuple[int, float]]) -> tuple[Codes, Nats]:
    keys = np.array([key for key, _ in listed], dtype=np.int64)
    counts = np.array([n for _, n in listed])
    order = np.argsort(keys)
    return keys[order], counts[order]
