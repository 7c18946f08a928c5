"""What tells a story's first paragraph (导语) from a later one: it says when and where, and refers to nothing said before."""

import re
from collections.abc import Sequence

import numpy as np

from digest.stages.articles.flow import Signs
from digest.stages.articles.topics import Places

_BEGINNING_CHARS = 30
_DATED = re.compile(r"近日|日前|连日来|眼下|今天|昨天|今日|昨日|清晨|\d{1,2}月(?:\d{1,2}日|上旬|中旬|下旬|底|初)")
_REFERS_BACK = re.compile(
    "该(?:[县市区州局镇乡村校院厂园站线所馆处]|公司|项目|工程|平台|企业|中心|街道|社区|机制|活动|制度)"
    "|上述|其中|对此|为此|(?:^|[,。”])(?:他|她|这|此次)"
)
_GOES_ON = re.compile(
    "同时|此外|另外|接下来|下一步|截至|目前|如今|现在|据介绍|据了解|据悉|据统计|不仅如此|与此同时|除此之外|随后|最后"
)
_ALSO = re.compile("^[^。]{0,20}(?<![归偿退交])[还也]")


def lead_signs(texts: Sequence[str], places: Places) -> Signs:
    """For each line, its width folded, what its first thirty characters say for and against a story's beginning there, 0 or 1."""
    beginnings = [text[:_BEGINNING_CHARS] for text in texts]
    found = [_signs(*both) for both in zip(beginnings, places.named(beginnings), strict=True)]
    return {name: np.array([signs[name] for signs in found]) for name in found[0]}


def _signs(beginning: str, named: Sequence[str]) -> dict[str, float]:
    return {
        "dated": float(_DATED.search(beginning) is not None),
        "placed": float(bool(named)),
        "refers back": float(_REFERS_BACK.search(beginning) is not None),
        "goes on": float(_GOES_ON.match(beginning) is not None),
        "also": float(_ALSO.match(beginning) is not None),
    }
