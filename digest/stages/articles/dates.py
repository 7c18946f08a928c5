"""The date that is printed on a page or beside a headline."""

import datetime as dt
import re

_DAY = r"(?P<y>(?:19|20)\d{2})(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])(?P<d>\d{1,2})日?"
_LABELLED = re.compile(r"(?:发布|发表|刊发|出版|更新|编辑)?(?:时间|日期)\s*:\s*" + _DAY)
_STAMP = re.compile(r"^(?:\W*|原创 .{2,40} )" + _DAY + r"[ \t]*(?<=[\s日])\d{1,2}:\d{2}(?::\d{2})?(?!\d)")
_WEEKDAY = re.compile(r"(?:^|[^,。;\w])" + _DAY + r"\s*[,/ ]?\s*\(?(?:星期|周|礼拜)[一二三四五六日天]")
_MASTHEAD = re.compile(
    r"^(?:\S{1,12}\s+){0,3}" + _DAY + r"\s+[^。,]{0,24}(?:第\s*\S{1,5}\s*[版期]|农历|主编|责编|编辑|美编)"
)
_ALONE = re.compile(r"^\W*" + _DAY + r"\W*$")


_ANYWHERE = re.compile(_DAY)


def date_in_labels(line: str) -> dt.date | None:
    """The first date in a line of labels (来源:红网 作者:黎珊 2026-11-12 18:02), or None; the line's width is folded."""
    m = _ANYWHERE.search(line)
    try:
        return dt.date(int(m["y"]), int(m["m"]), int(m["d"])) if m else None
    except ValueError:
        return None


def line_date(line: str) -> dt.date | None:
    """The date that one line prints as its page's own, or None; the line's width is folded.

    That is a labelled one (发布时间:2023年11月06日), a time stamp (2023-11-06 08:30), a masthead's (2023年11月6日 星期一)
    or a line of its own; never one in running prose (2023年11月6日，全国…).
    """
    for pattern in (_LABELLED, _STAMP, _WEEKDAY, _MASTHEAD, _ALONE):
        if m := pattern.search(line):
            try:
                return dt.date(int(m["y"]), int(m["m"]), int(m["d"]))
            except ValueError:
                continue
    return None
