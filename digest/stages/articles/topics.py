"""What the lines of a page have in common: character bigrams and place names, weighted by how few lines hold them."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.stages.articles.language import Language
from digest.text import HAN

Matrix = NDArray[np.float32]

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
_RARE = 8.0
"""Nats: what a bigram of all Chinese text is worth, or less; only rarer ones tell two texts' relation by themselves."""
_RARE_SLACK = 20.0
_NO_NAME = (
    "[全的该本我各每某这那个两几此在到由与及等了是驻对从向给让被把入治]"
    "|[社小园城景矿辖片厂库灌地校跨市山牧林]区|[返家老下故城回族之归]乡|[农山乡]村|[乡城集圩古小]镇|[上超夜集城门都闹]市"
)
"""What ends on the character before 县, 市, 镇, 村 and names no place: 全县, 到村, 自治州, 社区, 返乡, 城镇."""
_EVERYDAY = -10.5
"""Nats: a word that is as likely as this or likelier names no place before 县, 市, 镇, 村: 贫困村, 振兴乡村."""
_END_CHARS = 400
"""Of a longer line the topic is read at either end: what goes on there is what counts, and no line costs more than a long paragraph."""
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")


class Places:
    """Finds names of places: those of a gazetteer in their short form, and what stands before 县, 市, 镇, 村 and is no everyday word."""

    def __init__(self, names: Iterable[str], language: Language) -> None:
        known = "|".join(map(re.escape, sorted({name for name in names if name}, key=lambda name: (-len(name), name))))
        self._known = re.compile(known or r"(?!)")
        self._form = re.compile(f"[{HAN}](?!{_NO_NAME})[{HAN}](?=[县市区州镇乡村](?![民级里域块间亲愁土小管”]))")
        self._language = language

    def named(self, texts: Sequence[str]) -> list[list[str]]:
        """The different names in each text: those of the gazetteer first."""
        formed = [self._form.findall(text) for text in texts]
        forms = sorted({name for names in formed for name in names})
        first, second = self._language.names("".join(forms)).reshape(-1, 2).T
        rare = self._language.together(first, second) < _EVERYDAY
        names = {name for name, is_rare in zip(forms, rare, strict=True) if is_rare}
        return [
            list(dict.fromkeys([*self._known.findall(text), *(name for name in own if name in names)]))
            for text, own in zip(texts, formed, strict=True)
        ]

    def begins(self, text: str) -> bool:
        """Whether a text begins with a name of the gazetteer."""
        return self._known.match(text.lstrip("—“")) is not None


class Topics:
    """The bigrams and places of a stretch of lines as matrices; a line is named by its position, a context by its row."""

    def __init__(self, texts: Sequence[str], places: Places, language: Language) -> None:
        ends = [text if len(text) <= 2 * _END_CHARS else text[:_END_CHARS] + " " + text[-_END_CHARS:] for text in texts]
        sets = [_bigrams(text) for text in ends]
        self.size = np.array([len(grams) for grams in sets], dtype=np.float32)
        """How many different bigrams each line has."""
        self.grams, self.weight = _incidence(sets, len(texts))
        self.kinship = _kinship(sets, language)
        """[line, line]: how much two lines have in common that is rare in the language, 0 to 1."""
        named = places.named(ends)
        stems = dict.fromkeys(stem for names in named for stem in names)
        found = [[stem for stem in stems if stem in text] for text in ends]
        self.places, _ = _incidence(found, len(texts))

    def contexts(self, members: Sequence[Sequence[int]]) -> tuple[Matrix, Matrix]:
        """For each group of lines the bigrams and the places that any of them has, as rows of 0 and 1."""
        chosen = np.zeros((len(members), len(self.grams)), dtype=np.float32)
        for row, group in enumerate(members):
            chosen[row, list(group)] = 1
        return np.minimum(chosen @ self.grams, 1), np.minimum(chosen @ self.places, 1)

    def cohesion(self, left: Matrix, right: Matrix) -> Matrix:
        """How much each context of `left` has in common with each of `right`, 0 to 1: the cosine of inverse line frequencies."""
        norm = np.sqrt(np.outer(left @ self.weight + _SLACK, right @ self.weight + _SLACK))
        return np.asarray(((left * self.weight) @ right.T) / norm, dtype=np.float32)

    def overlap(self, contexts: Matrix) -> Matrix:
        """[context, line]: the share of the line's bigrams that stand in the context, 0 to 1."""
        return np.asarray((contexts @ self.grams.T) / np.maximum(self.size, 1), dtype=np.float32)


def _bigrams(text: str) -> list[str]:
    """The different bigrams of a text in order, so that every run of the program adds them up alike."""
    grams = dict.fromkeys(run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1))
    return [gram for gram in grams if gram not in _GENERIC]


def _kinship(sets: Sequence[Sequence[str]], language: Language) -> Matrix:
    """The cosine of two lines' bigrams, each weighted by its information in the language as far as that is above the common."""
    place: dict[str, int] = {}
    rows = [np.array([place.setdefault(gram, len(place)) for gram in grams], dtype=np.intp) for grams in sets]
    first, second = language.names("".join(place)).reshape(-1, 2).T
    rarity = np.maximum(0, -language.together(first, second) - _RARE)
    norm = np.array([rarity[row].sum() for row in rows]) + _RARE_SLACK
    times = np.bincount(np.concatenate([np.empty(0, dtype=np.intp), *rows]), minlength=len(place))
    shared = np.flatnonzero((times > 1) & (rarity > 0))
    column = np.full(len(place), -1)
    column[shared] = np.arange(len(shared))
    held = np.zeros((len(sets), len(shared)), dtype=np.float32)
    for line, row in enumerate(rows):
        of = column[row]
        held[line, of[of >= 0]] = 1
    both = (held * rarity[shared].astype(np.float32)) @ held.T
    return np.asarray(both / np.sqrt(np.outer(norm, norm)), dtype=np.float32)


def _incidence(sets: Sequence[Sequence[str]], lines: int) -> tuple[Matrix, Matrix]:
    """[line, gram] of the grams that stand on more than one line, and the weight of each."""
    held: dict[str, list[int]] = {}
    for row, grams in enumerate(sets):
        for gram in grams:
            held.setdefault(gram, []).append(row)
    shared = [rows for rows in held.values() if len(rows) > 1]
    matrix = np.zeros((lines, len(shared)), dtype=np.float32)
    for column, rows in enumerate(shared):
        matrix[rows, column] = 1
    count = matrix.sum(axis=0)
    return matrix, np.asarray(np.log(1 + lines / (1 + count)) ** 2, dtype=np.float32)
