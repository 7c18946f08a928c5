"""Photo captions (图片说明) and what the page repeats: which lines of prose are not an article's own."""

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.stages.articles.forms import Item, is_complete
from digest.stages.articles.furniture import ends_with_credit, is_bracketed_credit, is_credit, speaks_of_a_picture

LONGEST_CAPTION_CHARS = 150
"""Captions are a sentence or two; nothing longer is taken for one."""
_SHORTEST_REPEAT = 8
_SHORTEST_PART = 15
"""A line that stands word for word within another one is a repeat of it if it has this many characters."""
_SURELY_NONE = -3.0
"""What has the length or the byline of an article's own text is none, whatever the signs."""
_BARE = "[^,。:;“”走进入到赴来往达抵开办召举设建推从为把对由让使给组带派领演]{1,18}"
"""A name, without what people do there."""
_SITE = (
    _BARE + "(?:[馆园场厅院校室站所厂房屋县市区州镇村湖山城寨港桥路江洲河溪畔]|(?<!下)乡|基地|街道|车间|中心|现场|公司"
    "|[馆园场厅院校室站所厂房屋县市区州镇村乡湖山城寨港桥路江洲河溪街田地台门店棚岸堤楼塘库林][旁里内上外前中口边]|沿线|高速线|公路线),"
)
"""A place."""
_DAY_AND_PLACE = re.compile(rf"^\d{{1,2}}月\d{{1,2}}日[^,。:]{{0,3}},在?{_SITE}")
_SCENE_END = re.compile(r"(?:景象|风景|美景|在一起|合影|新貌|一角|全景|现场|展|风光|夜景|成果)。$")
_NATURE = re.compile(r"层林|候鸟|花海|摄影爱好者|航拍|拍摄到|云海|云雾|雾凇|白鹭|画卷|如诗如画|美不胜收")
"""Scenery: two such words show a picture, but where the headline says one of them too, they tell the news."""
_VERSE = re.compile(
    r"“(?![^”]*[的了着们是就把得我你这那个还0-9])(?:\w{5},\w{5}[。!?;]|\w{7},\w{7}[。!?;])+”(?![^。]{0,40}(?:说|道|表示|介绍|告诉))"
)
"""Lines of five or seven characters, without the words of talk."""
_PLACE = re.compile(r"[县市区州镇乡村湖山园馆城寨港场桥路江洲]")
_TELLS = re.compile(r"[,:“了还将已也都曾却才便就]|计划|预计|\d年")
"""What a sentence has that tells something; a caption names what the picture shows."""
_AT_A_PLACE = re.compile(f"^在?{_SITE}(?!.*[:“?!了还将已也都曾却才便就0-9百千万亿余])")
"""A place first, and then what is seen there: nothing that is over, and no number."""
_LONGEST_LABEL_CHARS = 30
_LONGEST_SCENE_CHARS = 60


_BIAS = -2.2
_WEIGHTS = {
    "length": -1.0,
    "picture": 6.0,
    "day and place": 3.6,
    "scene": 3.4,
    "at a place": 3.3,
    "nature": 4.0,
    "verse": 2.0,
    "label": 3.0,
}


def without_pictures(items: Sequence[Item]) -> list[Item]:
    """The items without credits, the captions that they sign, and copies: of a doubled paragraph the first is kept, of a caption nothing."""
    kept: list[Item] = []
    signed: list[str] = []
    for item in items:
        if item.form != "credit":
            kept.append(item)
            continue
        if ends_with_credit(item.text):
            signed.append(_key(item))
        if kept and _signs_for(item, kept[-1]):
            signed.append(_key(kept.pop()))
    return _without_repeats(kept, signed)


def _signs_for(credit: Item, before: Item) -> bool:
    """Whether a credit signs the line before it; one behind a caption of its own in the same line does not."""
    if not (is_credit(credit.text) or is_bracketed_credit(credit.text)):
        return False
    if before.is_prose:
        return len(before.text) <= LONGEST_CAPTION_CHARS and not before.closes
    return before.form == "short" and not before.line.level and "报道" not in credit.text


def _without_repeats(items: Sequence[Item], signed: Sequence[str]) -> list[Item]:
    """The items without copies; a caption is what is `signed`, and what stands again elsewhere, three times, in pieces, or word for
    word within a longer paragraph."""
    places = defaultdict(list)
    for i, item in enumerate(items):
        if item.is_prose and len(item.text) >= _SHORTEST_REPEAT:
            places[_key(item)].append(i)
    dropped = set[int]()
    captions = {key for key in signed if len(key) >= _SHORTEST_REPEAT}
    for key, at in places.items():
        if any(caption.startswith(key) for caption in captions):
            dropped.update(at)
        elif len(at) > 1:
            scattered = len(at) > 2 or at[1] - at[0] > 1
            whole = scattered and len(key) <= LONGEST_CAPTION_CHARS
            dropped.update(at if whole else at[1:])
            if whole:
                captions.add(key)
    pieces, whole_captions = _pieces(items, places, captions)
    dropped |= pieces | {i for key in whole_captions for i in places[key]}
    return [item for i, item in enumerate(items) if i not in dropped]


def _key(item: Item) -> str:
    return "".join(item.text.split())


def _pieces(items: Sequence[Item], places: dict[str, list[int]], captions: set[str]) -> tuple[set[int], set[str]]:
    """The positions of lines that are pieces of other lines, and the texts that such pieces show to be captions."""
    pieces, shown = set[int](), set[str]()
    everything = "\n".join(places)
    for i, item in enumerate(items):
        key = _key(item)
        if not item.is_prose and item.form not in ("short", "names"):
            continue
        if len(key) >= _SHORTEST_PART and item.is_prose and everything.count(key) > 1:
            pieces.add(i)
            shown.update(base for base in places if _is_sentence_end_of(key, base))
        elif item.form != "body" and (base := _begins(key, captions, items, i)):
            pieces.add(i)
            shown.add(base)
    return pieces, {base for base in shown if len(base) <= LONGEST_CAPTION_CHARS and base in places}


def _is_sentence_end_of(piece: str, base: str) -> bool:
    return (
        base != piece
        and len(base) <= LONGEST_CAPTION_CHARS
        and base.endswith(piece)
        and is_complete(base[: -len(piece)])
    )


def _begins(piece: str, captions: set[str], items: Sequence[Item], at: int) -> str | None:
    """The caption, or the line before, that a short unfinished line repeats the beginning of."""
    before = _key(items[at - 1]) if at and items[at - 1].is_prose else ""
    for base in (*sorted(captions), before):
        if len(base) > len(piece) >= 2 and base.startswith(piece):
            return base
    return None


def may_be_caption(item: Item) -> bool:
    """Whether a line may be a caption by its form: a finished short paragraph that no article begins or ends with."""
    of_an_article = item.closes or item.opens or item.resumes
    return item.form == "body" and len(item.text) <= LONGEST_CAPTION_CHARS and not of_an_article


def caption_signs(items: Sequence[Item]) -> dict[str, NDArray[np.float64]]:
    """What the form of each line says of its being a caption; "looks" is the sum by weights set by hand, in logits."""
    found = [_signs(item, _headline_above(items, i)) for i, item in enumerate(items)]
    return {name: np.array([signs[name] for signs in found]) for name in (*_signs_of("", ""), "looks")}


def _headline_above(items: Sequence[Item], at: int) -> str:
    """The headline that a line stands right below, or below its byline; "" where there is none."""
    while at and items[at - 1].form in ("names", "label", "subtitle", "meta"):
        at -= 1
    return items[at - 1].text if at and items[at - 1].is_heading else ""


def _signs(item: Item, headline: str) -> dict[str, float]:
    signs = _signs_of(item.text if may_be_caption(item) else "", headline)
    if not may_be_caption(item):
        return {**signs, "looks": _SURELY_NONE}
    return {**signs, "looks": _BIAS + sum(_WEIGHTS.get(name, 0.0) * value for name, value in signs.items())}


def _signs_of(text: str, headline: str) -> dict[str, float]:
    single = sum(text.count(stop) for stop in "。!?") == 1
    scenery = {*_NATURE.findall(text)}
    return {
        "caption": float(bool(text)),
        "length": len(text) / 50,
        "picture": float(bool(text) and speaks_of_a_picture(text)),
        "day and place": float(_DAY_AND_PLACE.match(text) is not None),
        "scene": float(single and len(text) <= _LONGEST_SCENE_CHARS and _SCENE_END.search(text) is not None),
        "at a place": float(single and len(text) <= _LONGEST_SCENE_CHARS and _AT_A_PLACE.match(text) is not None),
        "nature": float(len(scenery) > 1 and not any(word in headline for word in scenery)),
        "verse": float(_VERSE.match(text) is not None),
        "label": float(
            single and len(text) <= _LONGEST_LABEL_CHARS and bool(_PLACE.search(text)) and not _TELLS.search(text)
        ),
        "single sentence": float(single),
        "tells": float(len(_TELLS.findall(text)) > 1),
    }
