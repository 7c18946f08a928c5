"""A choice by chance that is the same on every run: the floor that a method must beat."""

import hashlib

from digest.model import Prose, Ranking

_SCALE = 1 << 64
"""One more than the largest number in the eight bytes that are read from a hash."""


def random(prose: Prose) -> Ranking:
    """A score from 0 up to 1 for each sentence, drawn from the hash of its text and of the whole prose.

    White space counts for nothing; equal sentences get equal scores.
    """
    seed = hashlib.sha256(
        "\n".join(map(_dense, (prose.title, *prose.sentences))).encode("utf-8", "surrogatepass")
    ).digest()
    return Ranking.whole("random", (_draw(seed, sentence) for sentence in prose.sentences))


def _draw(seed: bytes, sentence: str) -> float:
    digest = hashlib.sha256(seed + _dense(sentence).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / _SCALE


def _dense(text: str) -> str:
    return "".join(text.split())
