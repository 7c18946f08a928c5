"""A text file -> its page: what is said above the text is read, everything else left to the splitter."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from digest.edges.sources.dates import stated_date
from digest.model import Document, Page
from digest.quote import Span

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n((?:[^\n]*\n){0,40}?)---[ \t]*(?:\r?\n|$)")
"""Lines of `key: value` between two lines of three dashes at the top of a file."""

LONGEST_TITLE_CHARS = 500
"""What is longer is no headline, whatever its field is called."""

_FIELD = re.compile(r"^([A-Za-z_]+|[\u4e00-\u9fff]{2,4})[ \t]*[:：][ \t]*(.*?)[ \t\r]*$", re.MULTILINE)

_NAMES = {
    "title": "title", "headline": "title", "标题": "title",
    "date": "date", "published": "date", "日期": "date", "发布时间": "date",
    "author": "authors", "authors": "authors", "作者": "authors",
    "medium": "medium", "source": "medium", "来源": "medium",
    "url": "url", "link": "url",
}  # fmt: skip

_HEAD_LINES = re.compile(
    rf"\s*((?:标题|title)[ \t]*[:：][ \t]*\S[^\n]{{0,{LONGEST_TITLE_CHARS - 1}}}\n(?:(?:{'|'.join(_NAMES)})[ \t]*[:：][^\n]*\n){{1,9}})"
    r"(?!(?:[^\n]*\n)*?(?:标题|title)[ \t]*[:：])",
    re.IGNORECASE,
)
"""The same without the dashes: a title, and right below it lines for other fields. Where more titles stand below, it is a page of several."""


def page_of_text(document: Document, zone: ZoneInfo) -> Page:
    """The page of a decoded text file; a title in its front matter makes it one article."""
    text = document.text
    head = _FRONT_MATTER.match(text) or _HEAD_LINES.match(text)
    if head is None:
        return Page(document, 0, len(text), "text")
    fields = {name: (value, span) for name, value, span in _fields(text, *head.span(1))}
    headline = fields["title"][1] if "title" in fields else None
    return Page(
        document,
        head.end(),
        len(text),
        kind="article" if headline else "text",
        headline=headline,
        authors=names_in(fields["authors"][0]) if "authors" in fields else (),
        published=stated_date(fields["date"][0], zone) if "date" in fields else None,
        medium=fields["medium"][0] if "medium" in fields else None,
        url=fields["url"][0] if "url" in fields else None,
    )


def names_in(value: str) -> tuple[str, ...]:
    """The names of a list such as 甲、乙 or [甲, 乙]."""
    names = (name.strip("\"'") for name in re.split(r"[\s,，、;；/]+", value.strip("[]() ")))
    return tuple(name for name in names if name)


def _fields(text: str, start: int, end: int) -> Iterator[tuple[str, str, Span]]:
    """Name, value and the value's span of every known field that has one; quotes around a value left out."""
    for m in _FIELD.finditer(text, start, end):
        name = _NAMES.get(m.group(1).lower())
        a, b = m.span(2)
        if b - a >= 2 and text[a] == text[b - 1] and text[a] in "\"'":
            a, b = a + 1, b - 1
        if name and a < b and (name != "title" or b - a <= LONGEST_TITLE_CHARS):
            yield name, text[a:b], (a, b)
