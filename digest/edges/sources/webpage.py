"""An HTML page of a Chinese news site -> its article's text, and what the page states of title, byline, date and medium.

The body is trafilatura's (Barbaresi 2021, ACL demo); the rest is read by rules of our own, because Chinese sites state
byline and date in a line of text (来源:红网 作者:丁斯斯 编辑:黄瑞婷), which it does not look for.
"""

import datetime as dt
import logging
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from digest.edges.sources.dates import date_in, stated_date
from digest.edges.sources.plain import LONGEST_TITLE_CHARS
from digest.errors import MalformedSource
from digest.model import Document, Page


@dataclass(frozen=True, slots=True)
class WebArticle:
    """The one article of a web page; `title` is empty and the rest None where the page does not state it."""

    title: str
    body: str
    authors: tuple[str, ...]
    published: dt.date | None
    medium: str | None
    url: str | None

    @property
    def text(self) -> str:
        """The document's text: the title and the body's paragraphs, a line each."""
        return f"{self.title}\n{self.body}" if self.title else self.body


_MANY_TAGS = 30_000
"""No page of news has a tenth of them."""

_TOP_LINES = 8
"""Where an extracted body may repeat the headline, below a breadcrumb or a share bar."""

_DATE_METAS = (
    "article:published_time", "og:published_time", "publishdate", "pubdate", "datepublished", "publishtime", "date",
)  # fmt: skip
_AUTHOR_METAS = ("author", "article:author")
_MEDIUM_METAS = ("contentsource", "mediaid", "source", "og:site_name")

_SITE_SUFFIX = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s|--|-(?=[^-]{2,12}(?:网|报|台|客户端|频道|新闻)$)).*$")
"""What follows the headline in a page's title: _红网, - 湖南日报 ."""

_LABELLED_DATE = re.compile(r"(?:发布时间|发布日期|发表时间|更新时间|时间|日期)\s*[:：]\s*([^\n]{8,30})")
_DATED_LINE = re.compile(
    r"^[^\n。]{0,40}?((?:19|20)\d\d(?:-|年|/)\d{1,2}(?:-|月|/)\d{1,2}日?\s+\d{1,2}:\d\d)", re.MULTILINE
)
_LABELLED_AUTHOR = re.compile(r"(?:作者|记者|撰稿|撰文|文字|文)\s*[:：/丨|]\s*([^\n:：]{2,40})")
_LABELLED_MEDIUM = re.compile(r"(?:来源|稿源|信息来源)\s*[:：]\s*([^\s:：|丨]{2,20})")
_NEXT_LABEL = re.compile(
    r"(?:发布|发表|更新|原标题|来源|编辑|责编|责任编辑|通讯员|时间|日期|字号|摄影|点击|浏览|审核|校对|图|一审|二审|三审)"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_NOT_A_NAME = {"记者", "本报", "红网", "时刻", "佚名", "本站", "管理员", "新闻", "网络", "编辑"}


def read_webpage(html: str, path: str, zone: ZoneInfo) -> WebArticle:
    """The article of an HTML page. Raises MalformedSource where there is none."""
    import trafilatura  # heavy, and only web pages need it
    from lxml import etree
    from lxml import html as lxml_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        # its second opinions compare every paragraph with every other
        body = (
            trafilatura.extract(html, include_comments=False, deduplicate=False, fast=html.count("<") > _MANY_TAGS)
            or ""
        )
        tree = lxml_html.fromstring(html.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (ValueError, AssertionError, etree.LxmlError) as e:
        raise MalformedSource(path, f"HTML that cannot be parsed: {e}") from e
    if not body.strip():
        raise MalformedSource(path, "no article found in the page")
    visible = "\n".join(line.strip() for line in tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))
    metas = _metas(tree)
    title = _title(tree, metas)
    return WebArticle(
        title,
        _below_title(body, title),
        _authors(visible, metas),
        _published(visible, metas, zone),
        _medium(visible, metas),
        next(iter(tree.xpath("//link[@rel='canonical']/@href")), metas.get("og:url")),
    )


def page_of_web(document: Document, article: WebArticle) -> Page:
    """The page of a document that holds `article.text`."""
    start = len(article.title) + 1 if article.title else 0
    return Page(
        document,
        start,
        len(document.text),
        "article",
        headline=(0, len(article.title)) if article.title else None,
        authors=article.authors,
        published=article.published,
        medium=article.medium,
        url=article.url,
    )


def _metas(tree) -> dict[str, str]:  # type: ignore[no-untyped-def] # lxml publishes no types
    """The page's <meta> values by name or property in lower case, the first of each."""
    metas: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content").strip():
            metas.setdefault(name, meta.get("content").strip())
    return metas


def _title(tree, metas: dict[str, str]) -> str:  # type: ignore[no-untyped-def]
    """The <h1> that the page's title begins with, else the title without the site's name."""
    named = " ".join((metas.get("og:title") or tree.findtext(".//title") or "").split())
    for heading in tree.xpath("//h1"):
        text = " ".join(heading.text_content().split())
        if 0 < len(text) <= LONGEST_TITLE_CHARS and (
            not named or named.startswith(text) or text.startswith(_SITE_SUFFIX.sub("", named))
        ):
            return text
    title = _SITE_SUFFIX.sub("", named)
    return title if len(title) <= LONGEST_TITLE_CHARS else ""


def _below_title(body: str, title: str) -> str:
    """The body without the headline that it may repeat at its top, and without what stands above that."""
    lines = body.split("\n")
    dense = ["".join(line.split()) for line in lines[:_TOP_LINES]]
    heading = "".join(title.split())
    return "\n".join(lines[dense.index(heading) + 1 :] if heading in dense else lines)


def _authors(visible: str, metas: dict[str, str]) -> tuple[str, ...]:
    found = _LABELLED_AUTHOR.search(visible)
    stated = found.group(1) if found else next((metas[name] for name in _AUTHOR_METAS if name in metas), "")
    names = _NAME.findall(_NEXT_LABEL.split(stated, maxsplit=1)[0])
    return tuple(dict.fromkeys(name for name in names if name not in _NOT_A_NAME))


def _published(visible: str, metas: dict[str, str], zone: ZoneInfo) -> dt.date | None:
    for name in _DATE_METAS:
        if (date := stated_date(metas.get(name), zone)) is not None:
            return date
    for pattern in (_LABELLED_DATE, _DATED_LINE):
        for found in pattern.finditer(visible):
            if (date := date_in(found.group(1).split()[0])) is not None:
                return date
    return None


def _medium(visible: str, metas: dict[str, str]) -> str | None:
    found = _LABELLED_MEDIUM.search(visible)
    return found.group(1) if found else next((metas[name] for name in _MEDIUM_METAS if name in metas), None)
