"""What each line of a page is by its own form: prose, a heading, a byline, a label, or nothing of an article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.stages.articles import bylines, furniture
from digest.stages.articles.lines import Line
from digest.text import CLOSERS

Form = Literal["body", "stump", "short", "subtitle", "names", "label", "closing", "meta", "credit", "furniture"]
"""body      prose that ends with a stop
stump     prose that ends in mid-sentence
short     a short line without a stop: a headline, a section head, a kicker, or the short piece of a cut paragraph
subtitle  a line that begins with —— and has no stop
names     nothing but names;   label   names behind 记者, 通讯员, 文/;   closing   names in brackets
meta      来源:, 作者:, 编辑:
credit    a photo credit;   furniture   what belongs to no article
"""

LONGEST_HEADING_CHARS = 42
"""Headlines and section heads of print are shorter; the longest met has 40."""

_LONGEST_SIGNED_HEADLINE = 80
"""A headline and the names behind it."""
_LONGEST_MARKED_CHARS = 64
"""A line that is marked as the highest heading (#) may be longer."""
_SHORTEST_HEADING_CHARS = 2
_ASKED = re.compile(r"(?:[▍▌■◆●▎]{1,3}\s?|(?=Q\d{0,2}\s*[:.、]))(.{4,40}\?[”’]?)")
"""A section head that asks: ▍哪些路段要当心?, Q1:…?"""
_MARKED_QUESTION = re.compile(r"[^。…]{3,41}[?!]")
"""A marked line that asks or calls is a heading: ## 谁来种?怎么管?"""
_TITLE = re.compile(r"(?:标题|题目)\s*:\s*(?=\S)")
_MOST_LABELS = 8
"""No headline has more lines of labels and bars below it."""
_LONGEST_BARE_OPENING = 20
"""A line that begins like a paragraph and has no comma may be a heading up to this length: 今年粮食再获丰收."""
_LONGEST_SUBTITLE_CHARS = 62
_LONGEST_HALF_CHARS = 20
_RIGHT_COLUMNS = 16
"""A line that so much space precedes is set to the right, or in the middle."""
_LABELS = ("meta", "label", "names", "furniture", "credit")
_RULE = re.compile(r"([=—_*─━-])\1{7,}")
"""A rule between two articles."""
_HALF = re.compile(
    "[,、的与和]$|(?<!关注|推荐|导读|名单|如下|分享|预告|提醒|要点|链接|话题).{6}(?<!关注|推荐|导读|名单|如下|分享|预告|提醒|要点|链接|话题):$"
)
"""What the first line of a headline breaks off with; a rubric (本期关注:) is none."""
_ORDINAL = re.compile(r"[一二三四五六七八九十\d]{1,3}[、.等]")
_STOPS = frozenset("。!?…")
_CLOSERS = CLOSERS + "'\""
_ASCII_END = re.compile(r"[A-Za-z][.]['\")]*$")
_OPENER = re.compile(
    r"清晨|傍晚|凌晨|沿着|走进|行走在|近日|日前|连日来|近年来?|今年|去年|今天|昨天|今日|昨日|眼下|目前|如今|据悉|据了解|据介绍|据统计|截至|下一步|同时|此外|另外"
    r"|为了|为深入|为进一步|为推|为切实|自\d|\d{1,2}月(?:\d{1,2}日|上旬|中旬|下旬|初|底|以来|份|,)|(?:19|20)\d{2}年"
)

_PROSE_SIGNS = (
    (re.compile("[的了着把被将在从向对与和及或是于以并由让给为到其该这那每各等就也还已0-9]$"), 2.0),
    (re.compile("^该[局县区市州镇乡村校院厂所司]"), 2.0),
    (re.compile("[的了]"), 1.0),
    (re.compile("[,、]"), 1.0),
    (re.compile(r"\d{1,2}月|近日|日前|今年"), 1.4),
    (re.compile("[ :]"), -0.7),
    (re.compile("[”!?]$"), -2.0),
)
"""What tells the beginning of a paragraph from a heading, in logits: counted in 370 headlines of the web and 3,000 openings of paragraphs,
and rounded; the comma counts less than found, for section heads have it more often than headlines."""


_BULLETS = "□■◇◆○●◎△▲▽▼☆★※ \u3000"
"""Marks that newspapers set before a byline (□本报记者 …) and before each story of a row."""
_ROW_TITLE = re.compile(
    "一句话新闻|简明新闻|县市传真|简讯|短讯|快讯|(?:新闻|要闻|本地|基层|综合|县市|市县|区县|各地)(?:简讯|短讯|快讯|速览|简报|集锦|集纳)"
)
"""What stands above a row of short stories."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line with its form and what its byline says; `line` is what remains of it as text."""

    line: Line
    form: Form
    authors: tuple[str, ...] = ()
    medium: str | None = None
    closes: bool = False
    """Whether an article ends with it: bracketed names, on a line of their own or behind the last sentence."""
    dateline: Line | None = None
    """The dateline (电头) that stood before the text, or on the line above; only an article's first paragraph has one."""
    turns: bool = False
    """Whether a turn note behind it says that the text goes on on another page (下转第3版)."""
    resumes: bool = False
    """Whether a turn note before it says that the text comes from another page (上接第1版)."""
    loops: bool = False
    """Whether the reader of the page lost the line behind it and said another one again."""
    notes: tuple[Line, ...] = ()
    """The turn notes that say so, and what was said again."""
    in_row: bool = False
    """Whether it is a story of a row (简讯), one paragraph each."""
    ruled: bool = False
    """Whether it is a heading below a rule across the page."""

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def opens(self) -> bool:
        """Whether an article begins with it, as its dateline, its row or the rule above it says."""
        return self.dateline is not None or self.in_row or self.ruled

    @property
    def is_prose(self) -> bool:
        return self.form in ("body", "stump")

    @property
    def is_heading(self) -> bool:
        return self.form in ("short", "subtitle")


def heads(item: Item) -> bool:
    """Whether an item may stand above an article's text."""
    return item.form in ("short", "subtitle", "names", "label")


def is_complete(text: str) -> bool:
    """Whether a text, its width folded, ends with a stop (closing quotes and brackets may follow)."""
    bare = text.rstrip(_CLOSERS)
    return bare[-1:] in _STOPS or (bare[-1:] == "." and _ASCII_END.search(text[-8:]) is not None)


def opens_sentence(text: str) -> bool:
    """Whether a text begins as new paragraphs do: 近日, 11月2日, 据了解, 下一步."""
    return _OPENER.match(text) is not None


def reads_on(text: str) -> float:
    """How much a short line without a stop looks like the beginning of a paragraph rather than a heading, in logits."""
    return sum(weight for sign, weight in _PROSE_SIGNS if sign.search(text))


def read_items(lines: Iterable[Line]) -> list[Item]:
    """The lines with their forms, in order."""
    items = [*_with_whole_heads([_item(part) for line in lines for part in _parts(line)])]
    if len(items) > 1 and items[0].form == "short" and furniture.is_masthead(items[1].text):
        items[0] = replace(items[0], form="furniture")
    for i in range(len(items)):
        items[i] = item = _in_place(items, i)
        if item.opens and not item.text and i + 1 < len(items) and items[i + 1].is_prose:
            items[i + 1] = replace(items[i + 1], dateline=item.dateline, authors=item.authors + items[i + 1].authors)
        if item.form == "furniture":
            _tell_neighbours(items, i)
    return [*_with_rows(items)]


def _in_place(items: Sequence[Item], at: int) -> Item:
    """An item with the form that its neighbours give it."""
    item = items[at]
    if item.form == "meta" and _below_head(items, at) and _above_prose(items, at):
        return replace(item, form="label")
    if at and (names := _signature(item, items[at - 1])):
        return replace(item, form="closing", authors=names, closes=True)
    if (_asks(item) and _has_byline(items, at + 1)) or _is_titular(items, at):
        return replace(item, form="short", authors=())
    return item if item.form != "stump" or any(below.is_prose for below in items[at + 1 : at + 2]) else _signed(item)


def _signed(item: Item) -> Item:
    """A paragraph that breaks off above no other one, the single name in brackets behind it told as who signs."""
    tail = bylines.closing_tail(item.text, least=1) if len(item.text) > _LONGEST_HALF_CHARS else None
    if tail is None:
        return item
    return replace(item, line=item.line.cut(0, tail[0]), authors=item.authors + tail[1], closes=True)


def _tell_neighbours(items: list[Item], at: int) -> None:
    """Tells the items beside a piece of furniture what it says of them: that a text turns or resumes, that a rule stands above."""
    item = items[at]
    if at and furniture.is_forecast(item.text) and furniture.heads_forecast(items[at - 1].text):
        items[at - 1] = replace(items[at - 1], form="furniture")
    start, end = furniture.without_turn_note(item.text)
    if not end and at and items[at - 1].form == "stump":
        items[at - 1] = replace(items[at - 1], turns=True, notes=(*items[at - 1].notes, item.line))
    below = items[at + 1] if at + 1 < len(items) else None
    if below is None:
        return
    if start == len(item.text) and below.is_prose:
        items[at + 1] = replace(below, resumes=True, notes=(item.line, *below.notes))
    if heads(below) and _RULE.fullmatch(item.text):
        items[at + 1] = replace(below, ruled=True)


def _with_whole_heads(items: Sequence[Item]) -> Iterator[Item]:
    """The items, each headline that was broken over two lines as one."""
    at = 0
    while at < len(items):
        item, below = items[at], items[at + 1] if at + 1 < len(items) else None
        begins = not at or item.line.apart or items[at - 1].form not in ("stump", "short")
        if below is not None and begins and _heads_on(item, below) and _is_over_text(items, at + 2):
            spans = (*item.line.spans, *below.line.spans)
            yield Item(replace(item.line, spans=spans, text=item.text + below.text), "short")
            at += 2
        else:
            yield item
            at += 1


def _heads_on(item: Item, below: Item) -> bool:
    """Whether a short line that breaks off is the first half of a headline: 街头少一把锁, above 城市多一份信任."""
    plain = item.form in ("stump", "short") and item.dateline is None and not item.notes
    half = plain and len(item.text) <= _LONGEST_HALF_CHARS and _HALF.search(item.text) is not None
    rest = below.form == "short" and not below.line.apart and not _ORDINAL.match(below.text)
    return half and rest and not item.line.level and not below.line.level


def _is_over_text(items: Sequence[Item], at: int) -> bool:
    """Whether what stands at a place stands right below a headline: a byline, a deck, a paragraph."""
    return at < len(items) and items[at].form in ("names", "label", "subtitle", "body", "meta")


def _with_rows(items: Iterable[Item]) -> Iterator[Item]:
    """The items, the paragraphs of a row told as stories, or its marked headings as headlines; its title belongs to none of them."""
    in_row = headed = whole = False
    for item in items:
        marked = item.text.startswith(tuple(_BULLETS))
        title = item.form == "short" and _ROW_TITLE.fullmatch("".join(item.text.split()).strip(_BULLETS)) is not None
        in_row = title or (in_row and (marked or not heads(item)))
        headed = not title and (headed or heads(item))
        if title:
            yield replace(item, form="furniture")
        elif in_row and item.form == "short":
            yield replace(item, in_row=True)
        elif in_row and item.is_prose and not headed and (whole or marked):
            yield replace(item, line=without_bullet(item.line), in_row=True)
        else:
            yield item
        whole = item.form != "stump"


def without_bullet(line: Line) -> Line:
    """The line without the marks before it."""
    return line.cut(len(line.text) - len(line.text.lstrip(_BULLETS)), len(line.text))


def _asks(item: Item) -> bool:
    """Whether a line of one question or call may be a headline: 车主要不要赔?"""
    marks = sum(item.text.count(stop) for stop in _STOPS)
    plain = item.form == "body" and not item.closes and item.dateline is None
    return (
        plain and marks == 1 and item.text.rstrip("”’")[-1:] in ("?", "!") and len(item.text) <= LONGEST_HEADING_CHARS
    )


def _is_titular(items: Sequence[Item], at: int) -> bool:
    """Whether a line like a name is a headline: nothing heads it, and names stand below it (雷打笋, and then 卜竹青)."""
    alone = items[at].form == "names" and len(items[at].authors) == 1
    below, text = [*items[at + 1 : at + 3], None, None][:2]
    over = below is not None and below.form in ("names", "label") and text is not None and text.is_prose
    return alone and over and (not at or items[at - 1].form in ("furniture", "closing") or items[at - 1].closes)


def _has_byline(items: Sequence[Item], at: int) -> bool:
    """Whether what stands below a headline and nowhere else comes next, or behind a deck: a byline, a dateline, a web page's line of date."""
    below = next((item for item in items[at : at + 3] if item.form != "short"), None)
    if below is None:
        return False
    bar = below.form == "furniture" and furniture.opens_web_article(below.text)
    return bar or below.form in ("names", "label", "subtitle") or below.opens


def _signature(item: Item, above: Item) -> tuple[str, ...]:
    """Who signs a letter or an essay with a line set to the right below it, perhaps behind the place; () where it is none."""
    if item.line.indent < _RIGHT_COLUMNS or above.form != "body" or item.form not in ("names", "short"):
        return ()
    return item.authors or bylines.names_line(item.text.partition(" ")[2].replace(" ", ""))


def _below_head(items: Sequence[Item], at: int) -> bool:
    """Whether a headline, a byline or a label of one is the next above that is no furniture and no credit."""
    near = items[max(0, at - _MOST_LABELS) : at][::-1]
    above = next((item for item in near if item.form not in ("furniture", "credit")), None)
    return above is not None and heads(above)


def _above_prose(items: Sequence[Item], at: int) -> bool:
    """Whether prose is the next that is no label, no byline, no furniture and no credit."""
    below = next((item for item in items[at + 1 : at + _MOST_LABELS] if item.form not in _LABELS), None)
    return below is not None and below.is_prose


def _parts(line: Line) -> tuple[Line, ...]:
    """A headline and the byline behind it as two lines; any other line as it is."""
    at = bylines.under_headline(line.text) if len(line.text) <= _LONGEST_SIGNED_HEADLINE else None
    return (line,) if at is None else (line.cut(0, at), replace(line.cut(at, len(line.text)), level=0))


def _item(line: Line) -> Item:
    if (title := _TITLE.match(line.text)) and len(line.text) - title.end() <= LONGEST_HEADING_CHARS:
        return Item(replace(line.cut(title.end(), len(line.text)), level=1), "short")
    if furniture.is_furniture(line.text):
        meta = bylines.meta_within(line.text)
        return Item(line, "furniture", meta.authors, meta.medium)
    if meta_found := bylines.meta_line(line.text):
        return Item(line, "meta", meta_found.authors, meta_found.medium)
    signed = bylines.signed_report(line.text)
    if signed is None and (furniture.is_credit(line.text) or furniture.ends_with_credit(line.text)):
        return Item(line, "credit")
    if len(line.text) <= LONGEST_HEADING_CHARS and not is_complete(line.text) and furniture.names_a_picture(line.text):
        return Item(line, "credit")
    if byline := _byline(line):
        return byline
    if furniture.is_remark(line.text):
        return Item(line, "credit")
    start, end = furniture.without_turn_note(line.text)
    prose = _prose(line.cut(start, end))
    turns, resumes = end < len(line.text), start > 0
    notes = tuple(note for note in (line.cut(0, start), line.cut(end, len(line.text))) if note.text)
    return replace(prose, turns=turns, resumes=resumes, notes=notes) if notes else prose


def _byline(line: Line) -> Item | None:
    line = without_bullet(line)
    closing = bylines.signed_report(line.text) or bylines.closing_line(line.text)
    if closing is not None:
        return Item(line, "closing", closing, closes=True)
    names = bylines.names_line(line.text)
    if names and (len(names) > 1 or not line.level):  # ## 修桥人 is a section head
        return Item(line, "names", names)
    names = bylines.label_line(line.text)
    if names or bylines.is_unnamed(line.text):
        return Item(line, "label", names)
    return None


def _prose(line: Line) -> Item:
    """The item of a line of text; a bracketed byline behind it and a dateline before it are cut off."""
    authors: tuple[str, ...] = ()
    closes, dateline = False, None
    if tail := bylines.closing_tail(line.text):
        line, authors, closes = line.cut(0, tail[0]), tail[1], True
    if head := bylines.dateline(line.text):
        dateline, line, authors = line.cut(0, head[0]), line.cut(head[0], len(line.text)), head[1] + authors
    if question := _ASKED.fullmatch(line.text):
        return Item(line.cut(question.start(1), len(line.text)), "short")
    item = Item(line, "body", authors, None, closes, dateline)
    if line.level and _MARKED_QUESTION.fullmatch(line.text):
        return replace(item, form="short")
    if not line.text or is_complete(line.text):
        return item
    return replace(item, form=_unfinished(line.text, line.level))


def _unfinished(text: str, level: int) -> Form:
    if _OPENER.fullmatch(text) or len(text) < _SHORTEST_HEADING_CHARS:
        return "furniture"
    if text.startswith(("——", "—", "--")) and len(text) <= _LONGEST_SUBTITLE_CHARS:
        return "subtitle"
    longest = LONGEST_HEADING_CHARS if level != 1 else _LONGEST_MARKED_CHARS
    if len(text) > longest or "。" in text or _is_cut(text):
        return "stump"
    opened = (
        not level and opens_sentence(text) and ("," in text or (len(text) > _LONGEST_BARE_OPENING and " " not in text))
    )
    return "stump" if opened else "short"


def _is_cut(text: str) -> bool:
    """Whether a short line is a piece of prose: it ends with a comma, has several clauses, an open quote or an open bracket."""
    clauses = text.count(",") > 1 or ("," in text and "、" in text)
    return text[-1:] in ",、;:" or clauses or any(text.count(a) > text.count(b) for a, b in ("“”", "()", "《》"))
