"""ROUGE for Chinese: the overlap of a summary with an editor's, in characters (Lin, "ROUGE", ACL 2004 workshop).

A token is a Han character, a run of digits (with its point or comma) or a run of Latin letters; marks count for nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence

from digest.text import HAN

_TOKEN = re.compile(rf"[{HAN}]|[0-9]+(?:[.,][0-9]+)*|[a-z]+")


def tokens(text: str) -> list[str]:
    """The tokens of a text in order."""
    return _TOKEN.findall(text.lower())


def rouge_n(summary: Sequence[str], reference: Sequence[str], n: int) -> float:
    """ROUGE-N as F1, from 0 to 1, of two lists of tokens; 0 where either has fewer than n."""
    ours, theirs = _ngrams(summary, n), _ngrams(reference, n)
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(summary: Sequence[str], reference: Sequence[str]) -> float:
    """ROUGE-L as F1, from 0 to 1: by the longest common subsequence of two lists of tokens."""
    return _f1(_longest_common(summary, reference), len(summary), len(reference))


def _ngrams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0


def _longest_common(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence, one bit a token of `a` (Hyyrö, "Bit-Parallel LCS-length", 2004)."""
    places: dict[str, int] = {}
    for i, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << i
    full = (1 << len(a)) - 1
    row = full
    for word in b:
        hit = row & places.get(word, 0)
        row = (row + hit | row - hit) & full
    return len(a) - row.bit_count()
