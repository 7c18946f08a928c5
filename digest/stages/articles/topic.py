"""What the lines of a page have in common: character n-grams, weighted by how few lines hold them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import fsum, log, sqrt

from digest.text import HAN

_RUN = re.compile(f"[{HAN}]{{2,}}")
_GENERIC = frozenset(
    re.findall(
        "..",
        "今年近年年来以来目前近日日前全市全县全区全省我们他们工作项目建设发展推进推动加强开展服务群众企业"
        "干部管理重点实现完成组织进行通过提升提高打造单位部门中心乡村社区街道万元亿元余人余名同时进一一步"
        "重要创新有关关负负责责人责任人介介绍据介月以日至这里就是可以没有已经不断积极活动安全问题政府党委"
        "书记主任湖南南省国家全国经济社会实施落实全面方式人员村民居民达到超过增加增长投入累计首批正式现场"
        "共同",
    )
)
"""Bigrams of all local news: sharing them says nothing of the topic."""

_SLACK = 8.0
"""Keeps two short texts that share one word from counting as one topic."""
_RARE = 0.05
"""Added to observed and expected counts, so that a pair seen once by rare characters counts for much, one never seen for little."""

_END_CHARS = 400
"""Of a longer line the topic is read at either end: what goes on there is what counts, and no line costs more than a long paragraph."""

_LEAST_ATTRACTION = -1.0
"""Two frequent characters that never meet on one page prove little."""


class Topics:
    """The n-grams of a stretch of lines; a line is named by its position."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._sets = [_bigrams(text[:_END_CHARS]) | _bigrams(text[_END_CHARS:][-_END_CHARS:]) for text in texts]
        lines_with = Counter(gram for grams in self._sets for gram in grams)
        self._weight = {gram: log(1 + len(texts) / (1 + n)) ** 2 for gram, n in lines_with.items() if n > 1}
        self._common = [grams & self._weight.keys() for grams in self._sets]
        self._length = 1 + sum(len(text) for text in texts)
        self._texts = texts

    @cached_property
    def _grams(self) -> Counter[str]:
        grams: Counter[str] = Counter()
        for text in self._texts:
            for size in (1, 2, 3):
                grams.update(text[i : i + size] for i in range(len(text) - size + 1))
        return grams

    def seen(self, gram: str) -> int:
        """How often one, two or three characters stand on the lines, in this order."""
        return self._grams[gram]

    def attraction(self, left: str, right: str) -> float:
        """How much more often two characters stand side by side on the lines than chance would have it, in nats from -1 to about 5."""
        chance = self._grams[left] * self._grams[right] / self._length
        return max(_LEAST_ATTRACTION, log((self._grams[left + right] + _RARE) / (chance + _RARE)))

    def union(self, lines: Iterable[int]) -> set[str]:
        """The bigrams of several lines."""
        return set().union(*(self._sets[i] for i in lines))

    def common(self, lines: Iterable[int]) -> set[str]:
        """Those bigrams of several lines that stand on more than one line of the stretch: what `cohesion` asks for."""
        return set().union(*(self._common[i] for i in lines))

    def cohesion(self, left: set[str], right: set[str]) -> float:
        """How much two sets of bigrams have in common, from 0 to 1: the cosine of their inverse line frequencies."""
        both = left & right
        if not both:
            return 0.0
        norm = (self._square(left) + _SLACK) * (self._square(right) + _SLACK)
        return self._square(both) / sqrt(norm)

    def _square(self, grams: set[str]) -> float:
        # fsum is exact: the order in which a set yields its members, another in every process, does not count
        return fsum(map(self._weight.__getitem__, self._weight.keys() & grams))

    def overlap(self, part: set[str], whole: set[str]) -> float:
        """The share of a set of bigrams that stands in another one, from 0 to 1."""
        return len(part & whole) / len(part) if part else 0.0


def _bigrams(text: str) -> set[str]:
    grams = {run[i : i + 2] for run in _RUN.findall(text) for i in range(len(run) - 1)}
    return grams - _GENERIC
