"""The one door to jieba: words and keywords, from a tokenizer of our own whose cache lies in our own folder.

jieba is imported when the first text is cut: it takes longer to load than everything else together. Its global tokenizer is
never set up, since that one writes into a temporary folder shared by all users.
"""

import logging
import marshal
import math
import re
import shutil
import tempfile
import warnings
import weakref
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import platformdirs

from digest.text import HAN

NAME_FREQUENCY = 1000
"""How often a given name is taken to occur in jieba's 60 million words: all 2,234 names of Hunan's
divisions are then cut whole where they stand alone."""
MEDIAN_IDF = 11.9547675029
"""The rarity of a word that jieba 0.42.1's table does not know: the median of the table, as jieba.analyse has it."""

_COMMON = 100
"""How often a word must occur in jieba's 60 million words: its tags of rarer ones are mostly guesses (怀化, a verb)."""
_TAGS_OF_NAMES = ("nr", "ns", "nt", "nz")

_KEYWORD = re.compile(rf"[{HAN}]{{2,}}|[A-Za-z][A-Za-z0-9+-]+")
_NUMBER = re.compile(rf"[每各][{HAN}]|[第数几]?[〇零一二两三四五六七八九十百千万亿]+[{HAN}]?多?")
_CUT = re.compile("[万亿千百局]")
"""What a word unknown to jieba begins with where it was cut out of two: (30)万标箱, (教育)局局长."""
_MEASURES = frozenset(
    """
    公里 千米 公斤 公顷 分钟 小时 钟头 平方米 平方公里 立方米 摄氏度 千瓦 千瓦时 兆瓦 人次 人均 亩产 毫米 厘米 海里 车次 分贝 月份 百分点 元钱 个村
    新增 新建 增长 下降 达到 今日 全年 前三季度
    """.split()  # noqa: SIM905  as above
)
"""Measures, and what news says of any figure."""
_FUNCTION_WORDS = frozenset(
    """
    以及 并且 而且 但是 不过 然而 因此 因为 所以 如果 由于 为了 关于 对于 通过 根据 按照 随着 以来 之后 之前 其中 其他 此外 同时 目前 今年 去年 明年
    近日 日前 近年来 当天 今天 昨天 如今 现在 已经 正在 即将 可以 能够 应该 必须 不断 持续 进一步 更加 非常 十分 全面 深入 积极 认真 切实 扎实 有效 着力
    大力 全力 坚持 加强 推进 推动 提升 提高 实现 开展 进行 成为 作为 做好 抓好 确保 促进 落实 强化 加快 完善 优化 围绕 结合 形成 打造 完成 达到 相关
    有关 方面 情况 问题 工作 活动 记者 通讯员 报道 表示 介绍 了解 据悉 我们 他们 你们 自己 大家 这个 那个 这些 那些 这样 没有 不是 就是 还是 一些 一批
    一个 一种 一次 一起 一直 一定 各级 各地 各项 全市 全省 全县 全区 全国 累计 共同 主要 重要 重点 具有 包括 组织 建立 建设 发展 对此 该局 的话 时候 起来 下来 出来
    上半年 下半年 分别 同比 左右 以上 以下 之一 过程 要求 认为 看到 来到 走进 不仅 只有 只要 无论 甚至 还有 于是 从而 并未 并非 本报讯
    """.split()  # noqa: SIM905  a list of words reads best as words
)


class Tokenizer:
    """Words (词) of Chinese text, with the given names kept whole; each text is cut once, and its words' scores are kept."""

    def __init__(self, names: Iterable[str] = (), cache_folder: Path | None = None) -> None:
        self._names = tuple(names)
        self._cache_folder = cache_folder
        self._kept: dict[str, dict[str, float]] = {}

    @cached_property
    def jieba(self) -> Any:
        """The jieba.Tokenizer itself, loaded; for a package that wants one. Nothing is printed while it loads."""
        package = import_jieba()
        own = package.Tokenizer()
        folder = self._writable_folder()
        own.tmp_dir = str(folder)
        # jieba takes any cache for its own, whatever the version of the dictionary that it was made from
        own.cache_file = f"jieba-{package.__version__}.cache"
        try:
            # at once: jieba has marshal read the open file value by value, which takes three times as long
            own.FREQ, own.total = marshal.loads((folder / own.cache_file).read_bytes())  # noqa: S302 # our own folder
            own.initialized = True
        except (OSError, ValueError, EOFError, TypeError):
            own.initialize()
        for name in self._names:
            own.add_word(name, max(NAME_FREQUENCY, own.FREQ.get(name, 0)))
        return own

    def words(self, text: str) -> list[str]:
        """The words of a text in order, marks and white space among them; joined, they are the text."""
        words: list[str] = self.jieba.lcut(text)
        return words

    def keywords(self, texts: Sequence[str], top: int) -> tuple[str, ...]:
        """The `top` words that stand out in single texts, the most telling first; fewer where there are few.

        TF-IDF within each text, with jieba's table (Salton & Buckley 1988). Several texts share the places evenly, so that
        the words of a week speak of many stories. Left out: the given names (a digest shows places itself), numbers and
        measures, single characters, function words, the stock verbs of official prose, words that jieba's dictionary does
        not have and the text uses once or that begin with the end of another one, and a word that holds or is held by a
        better one. Ties in order of the words.
        """
        ranked = sorted((-score, word, i) for i, text in enumerate(texts) for word, score in self._scores(text).items())
        share = math.ceil(top / max(1, len(texts)))
        given: Counter[int] = Counter()
        chosen: list[str] = []
        for _, word, i in ranked:
            if len(chosen) < top and given[i] < share and not any(word in other or other in word for other in chosen):
                chosen.append(word)
                given[i] += 1
        return tuple(chosen)

    def _scores(self, text: str) -> dict[str, float]:
        """The TF-IDF of a text's telling words."""
        if text not in self._kept:
            names, known = frozenset(self._names), self.jieba.FREQ
            counts = Counter(word for word in self.words(text) if _is_telling(word) and word not in names)
            total = sum(counts.values())
            self._kept[text] = {
                word: count / total * float(self._rarity.get(word.encode(), MEDIAN_IDF))
                for word, count in counts.items()
                if known.get(word) or (count > 1 and not _CUT.match(word))
            }
        return self._kept[text]

    @cached_property
    def _rarity(self) -> dict[bytes, bytes]:
        """From each word of jieba's table to its inverse document frequency, both left undecoded: few are looked up."""
        table = Path(import_jieba().__file__).parent / "analyse" / "idf.txt"
        fields = table.read_bytes().split()
        return dict(zip(fields[::2], fields[1::2], strict=True))

    def _writable_folder(self) -> Path:
        """Our cache folder, or a private temporary one, removed with the tokenizer, where that cannot be written."""
        folder = self._cache_folder or platformdirs.user_cache_path("digest")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            private = tempfile.mkdtemp(prefix="digest-")
            weakref.finalize(self, shutil.rmtree, private, ignore_errors=True)
            return Path(private)


def ordinary_words(names: Iterable[str]) -> list[str]:
    """Those of the names that jieba's dictionary holds as common words that are no names, in the order given."""
    common = _common_words()
    return [name for name in names if name in common]


def _common_words() -> frozenset[str]:
    lines = (Path(import_jieba().__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return frozenset(
        word for word, count, tag in entries if int(count) >= _COMMON and not tag.startswith(_TAGS_OF_NAMES)
    )


def import_jieba() -> Any:
    """The package, imported without the warnings about its sources, and told not to report its loading on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    return jieba


def _is_telling(word: str) -> bool:
    if word in _FUNCTION_WORDS or word in _MEASURES or not _KEYWORD.fullmatch(word):
        return False
    return not _NUMBER.fullmatch(word)
