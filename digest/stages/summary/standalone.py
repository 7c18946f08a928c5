"""What a sentence needs, to be read on its own: decided from its words alone, by rules that each name what they catch."""

import re
from dataclasses import dataclass

from digest.model import Fault
from digest.text import CLOSERS, HAN, TERMINATORS, fold_width

_ORGANS = "局|区|县|市|州|省|乡|镇|村|社区|街道|校|学校|院|医院|所|公司|集团|中心|站|厂|园区|景区|项目|活动|案|支队|大队|协会|平台"

_POINTS_BACK = re.compile(
    r"(?:[^,。]{0,8},)?(?:"
    r"其(?!他|余|实)|此(?!前|刻)|这(?!里是)|那(?!么多)|他(?!山|乡)|她|它|对此|为此|因此|由此|据此|从此|上述|前者|后者|"
    r"同时|与此同时|此外|另外|除此|不仅如此|也正|也是|并且|而且|而是|而(?=[^立])|但|却|可是|然而|不过|于是|随后|接着|随即|紧接着|之后|"
    r"所以|如此|反之|总之|原来|正因|正是|究其|还(?=要|有|是|将|能|可以)|再(?=加|者|次|就)|同样|另一方面|一方面|相比之下"
    r")"
)
"""Openings that point at a sentence before, at once or behind one short phrase of time or place."""
_LIST_ITEM = re.compile(
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十][,、是]|首先|其次|再次|最后|\(?[一二三四五六七八九十0-9]{1,2}[)、.](?![0-9])|[①-⑳]"
)
"""An item of a list, whose head stands before it."""
_LONGEST_ITEM_HEAD = 16
"""A longer sentence that opens an item tells what the item is about."""
_SPEAKER_WITHIN = re.compile(r"(?:我|咱|俺)(?!国|省|市|县|区|州|局|院|校|军|党)")
"""The first person opening a sentence outside of quotation marks: the speaker was named before."""
_THE_SAID = re.compile(rf"该({_ORGANS})")
"""该局, 该乡: a unit that was named before."""
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|\"[^\"]*\"")
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("(", ")"))
_CLOSING = CLOSERS + "\"')"
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader needs besides the sentence itself."""

    fault: Fault | None
    """Why it can never be quoted; None where it can."""
    needs_previous: bool
    """Whether it can be quoted only right behind the sentence before it."""
    said: str | None
    """The kind of unit (局, 乡) that 该 refers to and that must be named before; None where nothing is referred to."""


def reading(sentence: str) -> Reading:
    """What one sentence needs. White space and the width of its marks count for nothing."""
    text = _plain(sentence)
    dependent = any(pattern.match(text) for pattern in (_POINTS_BACK, _LIST_ITEM, _SPEAKER_WITHIN))
    return Reading(_fault(text), dependent, _said(text))


def heads_item(sentence: str) -> bool:
    """Whether a sentence is but the head of a list item (二是对接沟通快。), whose text follows it and has no subject of its own."""
    text = _plain(sentence)
    return len(text) <= _LONGEST_ITEM_HEAD and _LIST_ITEM.match(text) is not None


def names_unit(context: str, unit: str) -> bool:
    """Whether a text names a unit of this kind: 永州市税务局 names a 局."""
    return re.search(rf"[{HAN}]{{2,}}{unit}", _plain(context).replace("该" + unit, "")) is not None


def _plain(text: str) -> str:
    return fold_width("".join(text.split()))


def _fault(text: str) -> Fault | None:
    bare = text.rstrip(_CLOSING)
    if not bare or bare[-1] not in TERMINATORS:
        return Fault.INCOMPLETE
    if bare[-1] == _ELLIPSIS:
        return Fault.BREAKS_OFF
    if bare[-1] in "?？":
        return Fault.QUESTION
    if text.startswith("—"):
        return Fault.SECTION_HEAD
    if any(text.count(left) != text.count(right) for left, right in _PAIRS):
        return Fault.UNBALANCED
    if text[0] in '“「"' and not re.search(f"[{HAN}]", _QUOTED.sub("", text)):
        return Fault.NO_SPEAKER
    return None


def _said(text: str) -> str | None:
    """The kind of unit that 该 refers to, unless the sentence names one itself before."""
    said = _THE_SAID.search(text)
    if said is None or names_unit(text[: said.start()], said.group(1)):
        return None
    return said.group(1)
