"""Scores -> what each sentence is worth -> the chosen sentences: few, short, each readable on its own, no two alike.

What a method scores high is central; what a digest quotes must also carry news. So the scores are weighed with the marks of
a fact: a figure, a date, an actor. The weights are ours, set by reading.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from digest.model import Appraisal, Fault, Prose
from digest.stages.summary.standalone import heads_item, names_unit, reading
from digest.text import HAN, bigrams, fold_width

ALIKE_JACCARD = 0.5
"""Two sentences that share half of all their bigrams say the same."""
ALIKE_CONTAINED = 0.75
"""So do two of which one holds three quarters of the other's bigrams."""
FIGURE = 0.5
"""The worth of a figure with its unit, in standard deviations of the score."""
MOST_FIGURES = 3
"""More figures make a table, not better news."""
ACTOR = 0.4
"""The worth of a named place or body."""
WHEN = 0.2
"""The worth of a date or a time."""
BACKGROUND = -2.0
"""The worth of a sentence that tells how things used to be, which misleads without its contrast."""
APPEAL = -0.7
"""The worth of an exclamation or a metaphor's 要 and 必 without a figure."""
SLOGAN_CHARS = 30
"""A shorter sentence without figure, actor or date is a slogan (新征程上踔厉奋发，步履铿锵共赴未来。)."""
POINTING_BACK = -0.5
"""The worth of a sentence that can be read only behind another: where cards are moved or cut it loses its support."""
WORTH_ADDING = 0.5
"""What a further sentence must be worth, half a deviation above the mean score: a short summary beats a padded one."""
HIGHEST_DEVIATION = 2.0
"""Beyond two standard deviations a method's score says no more."""

_FIGURE = re.compile(
    r"\d[\d.,]*(?:余|多|来)?(?:%|个?百分点|万|亿|千|百|倍|元|人|名|户|家|个|件|起|次|项|处|套|条|所|座|场|期|公里|米|亩|吨|公斤|平方|岁|位|辆|台|天|小时|分|支|枚|届)"
)
_ACTOR = re.compile(
    rf"[{HAN}]{{2,}}(?:省|市|州|县|区|乡|镇|村|街道|社区|局|委|政府|法院|检察院|公司|集团|学校|小学|中学|大学|学院|医院|中心|支队)"
)
_WHEN = re.compile(r"(?:\d{1,4}年|\d{1,2}月|\d{1,2}日|今年|去年|近日|日前|昨日|今日|上半年|目前|截至|近年来|如今|以来)")
_BACKGROUND = re.compile(r"(?:[^,。]{0,6}年前|曾经|过去|以前|从前|昔日|原先|早些年|一度)")
_APPEAL = re.compile(r"(?:让我们|必须|务必|一定要|唯有|只有)")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an article may be quoted; characters are counted without white space."""

    max_sentences: int = 3
    budget_chars: int = 160
    """All chosen sentences together; a single one may take up to `max_chars` by itself."""
    min_chars: int = 16
    """Shorter sentences are slogans and exclamations (平安创建，重在责任落实。)."""
    max_chars: int = 180
    same_paragraph: float = 0.5
    """By how much less a sentence is worth whose paragraph is quoted already: another paragraph tells another part."""


def appraise(prose: Prose, scores: Sequence[float], limits: Limits) -> tuple[Appraisal, ...]:
    """What each sentence is worth with its facts, or why it can never be quoted; parallel to the sentences.

    Raises ValueError where scores and sentences differ in number.
    """
    deviations = _deviations(prose, scores)
    return tuple(_appraisal(prose, i, deviation, limits) for i, deviation in enumerate(deviations))


def select(prose: Prose, appraisals: Sequence[Appraisal], limits: Limits) -> tuple[int, ...]:
    """The indices of the sentences to quote, in document order; empty where none can stand alone.

    Greedy by worth, less `same_paragraph` for a paragraph's second, ties in document order. A sentence that points back is
    taken only behind the one before it; a 该局 only where the headline or a chosen earlier sentence names one.
    """
    worth = {i: appraisal.worth for i, appraisal in enumerate(appraisals) if appraisal.worth is not None}
    paragraph = list(accumulate(prose.opens_paragraph))
    chosen: list[int] = []
    room = limits.budget_chars
    while len(chosen) < limits.max_sentences:
        waiting = sorted((i for i in worth if i not in chosen), key=lambda i: (-worth[i], i))
        taken = next((i for i in waiting if _joins(prose, chosen, i, worth[i], appraisals[i], room)), None)
        if taken is None:
            break
        if paragraph[taken] not in {paragraph[i] for i in chosen}:
            worth |= {
                i: value - limits.same_paragraph for i, value in worth.items() if paragraph[i] == paragraph[taken]
            }
        chosen.append(taken)
        room -= _length(prose.sentences[taken])
    return tuple(sorted(chosen))


def rank_order(prose: Prose, scores: Sequence[float]) -> tuple[int, ...]:
    """The indices of all different sentences, best first, ties in document order.

    A line without an end mark is ranked like any other: a bare text does not tell a head from a sentence. Of sentences that
    differ in white space only, the best stands for all. Raises ValueError where scores and sentences differ in number.
    """
    _check(prose, scores)
    # stable, in reverse too: ties stay in document order
    best_first = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    first: dict[str, int] = {}
    for i in best_first:
        first.setdefault("".join(prose.sentences[i].split()), i)
    return tuple(first.values())


def _check(prose: Prose, scores: Sequence[float]) -> None:
    if len(scores) != len(prose.sentences):
        raise ValueError(f"{len(scores)} scores for {len(prose.sentences)} sentences")


def _appraisal(prose: Prose, i: int, deviation: float, limits: Limits) -> Appraisal:
    needs, marks = reading(prose.sentences[i]), _marks(prose.sentences[i])
    news = 0.0
    for value in marks.values():  # not sum(), which rounds otherwise from Python 3.12 on
        news += value
    points_back = POINTING_BACK if needs.needs_previous else 0.0
    fault = needs.fault or _misfit(prose, i, news, limits)
    worth = deviation + news + points_back if fault is None else None
    return Appraisal(worth, {**marks, "points_back": points_back}, fault, needs.needs_previous, needs.said)


def _misfit(prose: Prose, i: int, news: float, limits: Limits) -> Fault | None:
    """Why a sentence that can be read on its own cannot be quoted all the same."""
    length = _length(prose.sentences[i])
    if i in prose.joined_afar:
        return Fault.JOINED_AFAR
    if i and not prose.opens_paragraph[i] and heads_item(prose.sentences[i - 1]):
        return Fault.ITEM_TEXT
    if length < limits.min_chars:
        return Fault.TOO_SHORT
    if length > limits.max_chars:
        return Fault.TOO_LONG
    return Fault.SLOGAN if length < SLOGAN_CHARS and news <= 0 else None


def _deviations(prose: Prose, scores: Sequence[float]) -> list[float]:
    """The scores in standard deviations from their mean, within HIGHEST_DEVIATION."""
    _check(prose, scores)
    n = max(1, len(scores))
    mean = sum(scores) / n
    deviation = math.sqrt(sum((score - mean) ** 2 for score in scores) / n) or 1.0
    return [max(-HIGHEST_DEVIATION, min(HIGHEST_DEVIATION, (score - mean) / deviation)) for score in scores]


def _marks(sentence: str) -> Mapping[str, float]:
    """By name, what the marks of news in a sentence are worth."""
    text = fold_width("".join(sentence.split()))
    figures = min(MOST_FIGURES, len(_FIGURE.findall(text)))
    appeals = not figures and (text.endswith("!") or _APPEAL.match(text))
    return {
        "figures": FIGURE * figures,
        "actor": ACTOR if _ACTOR.search(text) else 0.0,
        "when": WHEN if _WHEN.search(text) else 0.0,
        "background": BACKGROUND if _BACKGROUND.match(text) else 0.0,
        "appeal": APPEAL if appeals else 0.0,
    }


def _joins(prose: Prose, chosen: Sequence[int], i: int, worth: float, appraisal: Appraisal, room: int) -> bool:
    """Whether a sentence of this worth may join the chosen ones with this room left in characters."""
    named = appraisal.needs_named
    if appraisal.needs_previous and i - 1 not in chosen:
        return False
    if named and not any(names_unit(text, named) for text in _before(prose, chosen, i)):
        return False
    if not chosen:
        return True
    if _length(prose.sentences[i]) > room or worth <= WORTH_ADDING:
        return False
    return not any(_alike(prose.sentences[i], prose.sentences[k]) for k in chosen)


def _before(prose: Prose, chosen: Sequence[int], i: int) -> list[str]:
    return [prose.title, *(prose.sentences[k] for k in chosen if k < i)]


def _alike(one: str, other: str) -> bool:
    a, b = set(bigrams(fold_width(one))), set(bigrams(fold_width(other)))
    if not a or not b:
        return "".join(one.split()) == "".join(other.split())
    shared = len(a & b)
    return shared / len(a | b) >= ALIKE_JACCARD or shared / min(len(a), len(b)) >= ALIKE_CONTAINED


def _length(sentence: str) -> int:
    return len("".join(sentence.split()))
