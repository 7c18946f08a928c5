"""Who wrote an article, wherever it is said: under the headline, at the end, in brackets, behind a label, in a dateline."""

import re
from dataclasses import dataclass

from digest.stages.articles.names import is_name, is_word, split_names

_ROLE_WORD = re.compile(
    r"[○■●◎▪ ]*(?:(?:文字|图文)?直播\s*:\s*)?(?:[\u4e00-\u9fff]{0,12}?(?:记者|通讯员|实习生|撰稿人|撰稿|评论员|采写)|(?:(?:本报)?综合(?:报道|整理)\s+)?执笔|文字|文\s*[/|]\s*图|图\s*[/|]\s*文|文(?=\s*[/|:]))\s*[:/|]?\s*"
)
_LATER_LABEL = re.compile(
    r"\s[■●◎□]?\s?(?:(?:本报|本刊|本台|全媒体|融媒体|见习|特约)*(?:记者|评论员)|通讯员|实习生)\s*[:/]?\s*(?=[\u4e00-\u9fff])"
)
_SHORTEST_HEADLINE = 5
_PICTURES_BY = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?:图\s*[/:]|摄影\s).*$")
"""Who took the pictures beside who wrote: 文/谭雯 图/刘敏."""
_TAIL = re.compile(r"\s*[\u4e00-\u9fff]{2,6}(?:报道|电|讯)$|\s*(?:整理|采写|综合报道)$")
_WROTE = re.compile(
    r"([\u4e00-\u9fff·、 \u3000]{2,24}?) ?(?:[/|] ?(?:文|图文|文图)|[ \u3000](?:撰文|采写|图文|文 ?/ ?图))"
)
"""Who wrote, before the word for it: 张弛/文, 田野 撰文."""
_META = re.compile(
    r"(来源|文章来源|信息来源|稿件来源|稿源|作者|撰稿|记者|通讯员|责任编辑|责编|编辑|值班编辑|审核|校对|初审|复审|终审|一审|二审|三审|监制|主编)\s*[:/|]\s*"
)
_META_START = re.compile(r"[\s\[【(|]*+" + _META.pattern)
_ACCOUNT = re.compile(r"原创\s+([\u4e00-\u9fff·]{2,4})\s+\S{2,20}\s+(?:19|20)\d{2}[-年]")
"""The line above an article of an account (公众号): 原创 张三 云溪发布 2026-11-06 18:30."""
_BRACKETED = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]{1,80})[)\]〕】]\s*。?$")
_DATELINE = re.compile(
    r"(?:[\u4e00-\u9fff·]{2,14}?\s*(?:\d{1,2}月)?\d{1,2}日\s*(?:讯|电)|(?=[(](?:本报|全媒体|见习|实习|特约)?(?:记者|通讯员)[^()。]{2,40}[)]\S)|本报(?:[\u4e00-\u9fff]{0,6})讯|据?(?:新华社|中新社)[\u4e00-\u9fff]{0,6}?电(?!视|话|动|网)|本报综合(?:消息|报道)(?=\s)|本报[\u4e00-\u9fff]{0,8}\d{1,2}月\d{1,2}日(?:讯|电)|[\u4e00-\u9fff]{2,8}讯(?=\s*\()|[\u4e00-\u9fff]{2,8}(?:网|报|在线|时刻|客户端|日报|晚报)讯(?=[ \u3000]))\s*(?:[(]([^()]{1,80})[)]|((?:本报|见习|实习)?(?:记者|通讯员)[^。,:()]{2,30}?)(?:摄影)?报道(?=\s*:))?\s*:?\s*"
)
_SIGNED = re.compile(r"[(\[【]([^()\[\]【】]{2,60}?)\s*(?:摄影报道|文\s*/\s*图|图\s*/\s*文|图文)[)\]】]")
_ABOUT_AUTHOR = re.compile(r"作者(?:单位|系|为|简介)|(?:本文)?作者\s*:?")
_FULL = frozenset("。!?…”》")
_BEHIND_VALUE = re.compile(r"[ |]+(?:(?:19|20)\d{2}[年\-./]\d|[^\s:|]{2,4}:).*$")
"""What stands behind the value of a label: a date, or another label (点击:1025次)."""
_DONE = re.compile(r"(?:\s+(?:整理|采写|综合|辑)|\s*/\s*文)$")
"""What the authors did, behind their names in brackets."""
_TAKEN_FROM = re.compile(
    r"(?:据|摘自|原载|选自|转自|来源于)\s*[《“].{2,24}|(?:本报)?综合(?:整理|报道|消息)?|(?:本报)?综合新华社.{0,10}|据(?:新华社|中新社|央视|人民网|新华网).{0,8}"
)
"""Who is named in brackets at the end where nobody is: (据《健康文摘》), (本报综合)."""
_HOUSE = re.compile(
    r"^[\u4e00-\u9fff]{2,14}(?:融媒体?中心|日报社?|晚报社?|报社|电视台|宣传部|[局委院校]|公司|中学|小学|大学)\s+(?=[\u4e00-\u9fff]{2,4}(?:\s|$))"
)
"""Where the authors are from, before their names: (云溪县融媒体中心 吴东林 麻正规)."""
_SENDER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,12}[省市州县区镇乡村](?:[\u4e00-\u9fff]{2,8}街道)?\s+)?(?:读者|教师|家长|村民|市民|学生|网友|职工)\s+([\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){1,3})"
)
"""Who signs a letter: 湘乡市 读者 贺春华."""
_OF_OFFICE = re.compile(
    r"(?:教师|老师|教授|医师|医生|主任|校长|院长|书记|局长|县长|市长|镇长|乡长|研究员|会员|主席|农民|村民|学生|干部)\s?([\u4e00-\u9fff]{2,3})$"
)
"""The name behind an office: 作者系仁义镇中心小学教师何艳."""
_TRADE = "教师|老师|医生|村民|市民|读者|学生|媒体人|村?干部|职工|网友|律师|学者|作家|会员|退休(?:教师|干部|职工|工人)"
_SAID_BEHIND = re.compile(
    rf"([\u4e00-\u9fff]{{2,4}})(?:[ \u3000][\u4e00-\u9fff]{{1,12}}[省市州县区镇乡村校院社街](?:[\u4e00-\u9fff]{{0,6}}?)(?:{_TRADE})|[(](?:{_TRADE})[)])"
)
"""Who signs an opinion, and what the author is: 欧小满 东安县井头圩镇教师, 江流(媒体人)."""
_POLITE = frozenset(("女士", "先生", "老师", "同志"))
_UNNAMED = re.compile(r"(?:本报|本刊|本台)?(?:特约|首席)?(?:评论员|记者|通讯员|编辑部)")
"""A label without a name: 本报评论员."""
_EDITED = re.compile(r"\s(?:编辑|责编)$")
"""Who edited is no author."""
_LEAST_REST = 2
"""The rest of a torn sentence may be one character and its stop: 门。(邓安)"""
_LEAST_BROKEN = 4
"""What breaks off before bracketed names is longer: 编译(李明 王强) is a label and its names."""
_BEHIND_LABEL = frozenset(" :/|\u3000")


@dataclass(frozen=True, slots=True)
class Byline:
    """What one line says of an article's making."""

    authors: tuple[str, ...] = ()
    medium: str | None = None


def names_line(text: str) -> tuple[str, ...]:
    """The names of a line that is nothing but names: 刘玉铁 吕海南; () for any other."""
    return split_names(text) if len(text) <= 60 else ()


def label_line(text: str) -> tuple[str, ...]:
    """The names of a line that labels its names: 本报记者 张三 通讯员 李四, 文/张三, 红网时刻记者 丁斯斯 长沙报道; () for any other."""
    if len(text) > 100:
        return ()
    bare = _PICTURES_BY.sub("", text.strip("()[]【】〔〕 "))
    first = _LATER_LABEL.search(bare)
    before = split_names(bare[: first.start()]) if first else ()
    if first and before:
        return (*before, *_labelled(bare[first.start() :].strip()))
    wrote = _WROTE.fullmatch(bare)
    return _labelled(bare) or (split_names(wrote.group(1)) if wrote else ())


def under_headline(text: str) -> int | None:
    """Where the byline begins that stands behind a headline on its line (果园丰收 本报记者 张三); None without one."""
    m = _LATER_LABEL.search(text)
    if not m or m.start() < _SHORTEST_HEADLINE or any(stop in text for stop in "。!?;"):
        return None
    return m.start() if _labelled(text[m.start() :].strip()) else None


def _labelled(text: str) -> tuple[str, ...]:
    names: list[str] = []
    first = _ROLE_WORD.match(text)
    if not first:
        return ()
    marks = [*_label_marks(text)]
    for (_, start), following in zip(marks, [*(a for a, _ in marks[1:]), len(text)], strict=True):
        part = text[start:following].strip(" 、,/|")
        # 记者 木青 names somebody, 记者手记 does not
        found = split_names(_TAIL.sub("", part), trusted=True, labelled=text[start - 1] in _BEHIND_LABEL)
        if part and not found:
            return ()
        names += found
    return tuple(dict.fromkeys(names))


def _label_marks(text: str) -> list[tuple[int, int]]:
    """Where each label begins and its names begin."""
    marks, at = [], 0
    while at < len(text):
        m = _ROLE_WORD.match(text, at)
        if m and m.end() > at and (at == 0 or text[at - 1] in " 、,/|\u3000"):
            marks.append((at, m.end()))
            at = m.end()
        else:
            at += 1
    return marks


def meta_line(text: str) -> Byline | None:
    """What a line of a web page's labels says (来源:红网 作者:丁斯斯 编辑:黄瑞婷), or None for any other line; an editor is no author."""
    m = _META_START.match(text) if len(text) <= 120 else None
    said = meta_within(text) if m else None
    # 记者:后来呢? is asked, not signed
    asked = m is not None and said is not None and m.group(1) in ("记者", "通讯员") and not said.authors
    return None if asked else said


def meta_within(text: str) -> Byline:
    """What the labels within a line say; nothing where it has none."""
    account = _ACCOUNT.match(text)
    authors = split_names(account.group(1), trusted=True) if account else ()
    medium = None
    marks = list(_META.finditer(text))
    ends = [*(m.start() for m in marks[1:]), len(text)]
    for m, end in zip(marks, ends, strict=False):
        value = _BEHIND_VALUE.sub("", text[m.end() : end]).strip(" |[]【】()")
        if m.group(1) in ("作者", "撰稿", "记者", "通讯员"):
            authors += split_names(value, labelled=True) or _labelled(value)
        elif m.group(1).endswith(("来源", "稿源")) and value:
            medium = medium or value.split()[0][:20]
    return Byline(authors, medium)


def closing_line(text: str) -> tuple[str, ...] | None:
    """The names of a line in brackets that closes an article: (熊四军 雷江峰); None for any other line."""
    if sender := _sender(text):
        return sender
    if signed := _said_behind(text):
        return signed
    m = _BRACKETED.fullmatch(text.strip())
    if not m or len(text) > 80:
        return None
    return _bracketed_names(m.group(1))


def _sender(text: str) -> tuple[str, ...]:
    """Who signs a letter with this line; () where it is none."""
    m = _SENDER.fullmatch(text)
    return split_names("".join(m.group(1).split())) if m else ()


def _said_behind(text: str) -> tuple[str, ...]:
    """Who signs an opinion with this line; () where it is none."""
    m = _SAID_BEHIND.fullmatch(text)
    name = m.group(1) if m else ""
    return (name,) if is_name(name) and not is_word(name) and name[-1] != "某" and name[-2:] not in _POLITE else ()


def is_unnamed(text: str) -> bool:
    """Whether a line labels names and has none: 本报评论员."""
    return _UNNAMED.fullmatch(text) is not None


def signed_report(text: str) -> tuple[str, ...] | None:
    """The names of a line in brackets that signs text and pictures together: (李沁 摄影报道), (谭小红 文/图); None for others."""
    m = _SIGNED.fullmatch(text.strip())
    return (_labelled(m.group(1)) or split_names(m.group(1), trusted=True) or None) if m else None


def closing_tail(text: str, least: int = 2) -> tuple[int, tuple[str, ...]] | None:
    """Where the bracketed names at a paragraph's end begin, and the names: …贡献力量。(蒋坤); None where it has none.

    Behind a sentence that breaks off at least so many names are needed, all with known surnames: a single one may be a part of it.
    """
    at = max(0, len(text) - 90)
    m = _BRACKETED.search(text[at:])
    if not m or at + m.start() < _LEAST_REST:
        return None
    if text[: at + m.start()].rstrip()[-1:] in _FULL:
        names = _bracketed_names(m.group(1))
    else:
        names = split_names(m.group(1))
        names = names if len(names) >= least and at + m.start() >= _LEAST_BROKEN else None
    return None if names is None else (at + m.start(), names)


def _bracketed_names(inside: str) -> tuple[str, ...] | None:
    if _EDITED.search(inside) or _TAKEN_FROM.fullmatch(inside):
        return ()
    if sender := _sender(inside) or _said_behind(inside):
        return sender
    if house := _HOUSE.match(inside):
        return split_names(inside[house.end() :]) or None
    if found := _labelled(inside) or split_names(_DONE.sub("", inside), trusted=True):
        return found
    if signed := signed_report(f"({inside})"):
        return signed
    if meta := meta_line(inside):
        return meta.authors
    about = _ABOUT_AUTHOR.match(inside)
    if about:
        said = inside[about.end() :].split(",")[0]
        office = _OF_OFFICE.search(said)
        return (office.group(1),) if office and is_name(office.group(1)) else split_names(said, trusted=True)
    return None


def dateline(text: str) -> tuple[int, tuple[str, ...]] | None:
    """Where a first paragraph's text begins behind its dateline (电头: 本报11月5日讯(记者 张三)), and the names in it; None without one."""
    m = _DATELINE.match(text[:160])
    if not m:
        return None
    said = m.group(1) or m.group(2) or ""
    names = _labelled(said) or split_names(said, trusted=True)
    if text[0] == "(" and ("," in said or not names or not all(map(is_name, names))):
        return None
    return m.end(), names
