"""How a mention is read: what stands around a name decides how much it says about where the news is."""

import re
from typing import NamedTuple

_H = r"[\u4e00-\u9fff]"
_DATE = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日?"
_OFFICE = (
    "人民法院|人民检察院|人民政府|法院|检察院|检察|公安|警方|交警|消防|税务|融媒|农商|新闻网|经开区|高新区|分局|支行|县|区|市(?![场民])"
)


class Reading(NamedTuple):
    """What a context makes of a mention: its weight is multiplied by `factor`."""

    factor: float
    reason: str


PLAIN = Reading(1.0, "named")

MEDIUM = re.compile(r"[市县区]?(?:日报|晚报|晨报|早报|都市报|商报|法治报|广电|广播|电视台|卫视|新闻网|在线|融媒|网讯|频道|分社|红网|发布客户端)")
DATELINE = re.compile(rf"[市县区]?(?:分?站|站讯)?(?:{_DATE})?(?:电|讯|消息|报道|综合报道)(?![信话力子动视影网费池缆])")
OFFICE = re.compile(_OFFICE)

_BEFORE = (
    (re.compile(r"(?:来源|来自|转自):?[“《]?$"), Reading(0.15, "origin or source")),
    (re.compile(r"(?:老家在?|祖籍|籍贯|原籍|出生于|出生在|生于)$"), Reading(0.15, "origin of a person")),
    (re.compile(r"(?:开往|驶往|飞往|发往|运往|销往|卖到|逃往|逃到|途经|辗转)$"), Reading(0.3, "on the way")),
)
_AFTER = (
    (
        re.compile(rf"籍|女?游客|旅客|客商|老乡|[男女]子|人(?=[{'，。、；,.;)）的和'}]|$)|(?:{_H}{{0,12}}(?:考察团|代表团|访问团|参访团|观摩团|考察组))"),
        Reading(0.15, "visitor or origin"),
    ),
)
_AFTER_SHORT = (
    (re.compile(r"[^\W\d_的在与和赴到是市县有]{0,6}(?:大学|学院)"), Reading(0.1, "name of a university")),
    (
        re.compile(r"[东西南北中]?(?:路|大道|街(?!道)|大厦|酒店|宾馆|米粉|臭豆腐|剁椒|小炒|话(?![语题])|牌(?![子照])|银行)"),
        Reading(0.1, "name of a road or product"),
    ),
    (re.compile(r"水域|流域|水系|干流|支流|上游|中游|下游"), Reading(0.5, "name of a river")),
)


def read(before: str, after: str, full: bool) -> Reading:
    """How a name is to be read between the text before and after it; `full` where it ends in 市, 县 or the like."""
    readings = [reading for pattern, reading in _BEFORE if pattern.search(before)]
    readings += [reading for pattern, reading in _AFTER if pattern.match(after)]
    if not full:
        readings += [reading for pattern, reading in _AFTER_SHORT if pattern.match(after)]
    return min(readings, default=PLAIN)
