"""An issue as a reader sees it: plain values are prepared here, put in order and formatted; the templates only place them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType

import css_inline
import jinja2

from digest import errors
from digest.errors import TemplateFault
from digest.model import ELSEWHERE, PROVINCE, Brief, Failure, Issue, Period, Rendering, Section, Source, Story

_DATE_IN_NAME = re.compile(r"(?:19|20)\d\d(?:年|[-_.]?)\d{1,2}(?:月|[-_.]?)\d{1,2}日?[-_. ]*")

_HTML, _TEXT = "mail.html.j2", "mail.txt.j2"

_PREHEADER_STORIES = 3
"""An inbox shows some 35 to 90 characters beside the subject: about three headlines."""

_FAULTS: Mapping[type[errors.SourceError], str] = {
    errors.UnreadableSource: "无法读取",
    errors.EmptySource: "空文件",
    errors.BinarySource: "不是文本",
    errors.UndecodableSource: "编码无法识别",
    errors.OversizedSource: "超过大小上限",
    errors.MalformedSource: "格式有误",
    errors.UnknownFormat: "不支持的格式",
}
"""What the footer says of an input that could not be used."""

_SHAPELESS = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+")
"""White space, controls, and the marks that turn the direction of writing."""

_INLINER = css_inline.CSSInliner(
    keep_style_tags=True,
    remove_inlined_selectors=True,
    minify_css=True,
    load_remote_stylesheets=False,
)


# --- what the templates see ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a report stands: the medium's or the file's name, the authors, a web address, whether its end is missing."""

    name: str
    authors: str
    url: str | None
    truncated: bool


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story; `runs` are its sentences, those that follow each other in the article joined: between runs text is left out."""

    anchor: str | None
    title: str
    untitled: bool
    dateline: str
    runs: tuple[str, ...]
    sources: tuple[SourceView, ...]
    keywords: str


@dataclass(frozen=True, slots=True)
class BriefView:
    """A brief, the section and headline of the story that it refers to, and that story's anchor where it has one."""

    text: str
    section: str
    headline: str
    untitled: bool
    """Whether the headline is but the opening clause of a story without one."""
    anchor: str | None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section that has something to read."""

    anchor: str
    title: str
    count: str
    """2篇 简讯1条."""
    brief_count: str
    """The same for the index: 2, or 简讯 where there is nothing else."""
    stories: tuple[StoryView, ...]
    briefs: tuple[BriefView, ...]


@dataclass(frozen=True, slots=True)
class IssueView:
    """All that a template may ask for, as `issue`; an empty string or tuple where there is nothing to say."""

    title: str
    dateline: str
    numbers: str
    preheader: str
    sections: tuple[SectionView, ...]
    silent: str
    keywords: str
    notes: tuple[str, ...]


# --- the stage -------------------------------------------------------------------------------------------------------


def render(issue: Issue, env: jinja2.Environment) -> Rendering:
    """The issue's subject, its HTML with the styles inlined, and its plain text.

    Depends on the issue and the templates alone. Every sentence stands in both forms as it is quoted; in the HTML it is
    escaped. A lone surrogate, which no encoding can carry, becomes a question mark.

    Raises TemplateFault where a template is missing, asks for an unknown variable or cannot be run.
    """
    view = _view(issue)
    return Rendering(
        subject=_encodable(" ".join(filter(None, (view.title, _dateline(issue, " "))))),
        html=_INLINER.inline(_encodable(fill(env, _HTML, issue=view))),
        text=_encodable(fill(env, _TEXT, issue=view)),
    )


def fill(env: jinja2.Environment, name: str, **values: object) -> str:
    """The template filled with plain values, which raise nothing: whatever is raised is the template's fault.

    Raises TemplateFault with file and line.
    """
    try:
        return env.get_template(name).render(values)
    except jinja2.TemplateNotFound as error:
        raise TemplateFault(str(error), None, "no such template") from error
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFault(error.name or name, error.lineno, error.message or "syntax error") from error
    except Exception as error:
        at, line = _place(error.__traceback__, set(env.list_templates())) or (name, None)
        raise TemplateFault(at, line, str(error)) from error


def _place(trace: TracebackType | None, templates: set[str]) -> tuple[str, int] | None:
    """The innermost template and line that a traceback passes through."""
    place = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in templates:
            place = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return place


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


# --- the issue -------------------------------------------------------------------------------------------------------


def _view(issue: Issue) -> IssueView:
    filled = [section for section in issue.sections if section.stories or section.briefs]
    empty = [section for section in issue.sections if not (section.stories or section.briefs)]
    referred = {brief.article for section in filled for brief in section.briefs}
    anchors = {story.id: f"s{n}" for n, story in enumerate(issue.stories, start=1) if story.id in referred}
    titles = {story.id: section.title for section in filled for story in section.stories}
    untitled = frozenset(story.id for story in issue.stories if story.headline is None)
    places = _Places(anchors, titles, untitled)
    return IssueView(
        title=_line(issue.edition),
        dateline=_dateline(issue, " · "),
        numbers=_numbers(filled),
        preheader="；".join(story.label.text for story in issue.stories[:_PREHEADER_STORIES]),
        sections=tuple(_section(section, issue.period, places) for section in filled),
        silent="、".join(section.title for section in empty if _is_city(section)),
        keywords="、".join(issue.keywords),
        notes=tuple(_notes(issue, filled)),
    )


def _is_city(section: Section) -> bool:
    return section.city not in (PROVINCE, ELSEWHERE)


def _dateline(issue: Issue, between: str) -> str:
    number = f"第{issue.number}期" if issue.number is not None else ""
    days = _days(issue.period) if issue.period is not None else ""
    return between.join(filter(None, (number, days)))


def _days(period: Period) -> str:
    """The period with the year once, where both ends share it: 2026年11月9日—11月15日."""
    since, until = period.since, period.until
    if since == until:
        return _date(since)
    return f"{_date(since)}—{_date(until, within=since.year)}"


def _date(day: dt.date, within: int | None = None) -> str:
    """The date in Chinese, without the year where it is the one that the reader is in."""
    return f"{day.month}月{day.day}日" if day.year == within else f"{day.year}年{day.month}月{day.day}日"


def _numbers(filled: Sequence[Section]) -> str:
    """What the issue holds: cities with news, stories, their sentences, briefs."""
    cities = sum(map(_is_city, filled))
    stories = [story for section in filled for story in section.stories]
    briefs = sum(len(section.briefs) for section in filled)
    told = f"{cities}城 {len(stories)}篇 {sum(len(story.sentences) for story in stories)}句"
    return f"{told}，简讯{briefs}条" if briefs else told


def _notes(issue: Issue, filled: Sequence[Section]) -> Iterator[str]:
    """A paragraph each: how the issue was made, what its marks mean, what was read and what is not in it."""
    yield (
        "本刊为抽取式摘要，语句均摘自原文，只做以下修复：去除排版空格与不可见字符，统一全角半角，拼合跨栏断行；"
        f"摘取分句时句末补句号。摘要方法：{_line(issue.method)}。"
    )
    marks = tuple(_marks([story for section in filled for story in section.stories]))
    if marks:
        yield "；".join(marks) + "。"
    checked = sum(1 for _ in issue.stories) + sum(len(story.sentences) for story in issue.stories)
    checked += sum(len(section.briefs) for section in issue.sections)
    yield f"全部{checked}处引文（标题、语句、简讯）已逐字核对，与原文一致。"
    read = [f"本期读取文件{len(issue.documents)}个、稿件{issue.articles}篇"]
    if issue.without_article:
        read.append(f"其中{len(issue.without_article)}个未见稿件（{'、'.join(map(_line, issue.without_article))}）")
    if issue.left_out:
        read.append(f"另有{issue.left_out}篇日期不在本期之内，未收")
    if issue.told_before:
        read.append(f"另有{issue.told_before}篇日期不明，前期已收，不再收")
    if issue.unquotable:
        read.append(f"另有{issue.unquotable}篇没有可独立成句的文字，未收")
    yield "；".join(read) + "。"
    if issue.failures:
        yield f"未能读取{len(issue.failures)}处：{'；'.join(map(_failure, issue.failures))}。"


def _marks(stories: Sequence[Story]) -> Iterator[str]:
    """What each mark means that this issue holds."""
    if any(len(_runs(story)) > 1 for story in stories):
        yield "〔…〕表示其间略去原文"
    if any(story.headline is None for story in stories):
        yield "〔无题〕表示原文未见标题，以首句开头代题"
    if any(source.truncated for story in stories for source in story.sources):
        yield "〔原文残缺〕表示所据原文不完整"


def _failure(failure: Failure) -> str:
    return f"{_line(failure.path)}（{_FAULTS.get(type(failure.error), '无法使用')}）"


# --- a section -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Places:
    """What a brief may say of the story that it refers to, by the story's id."""

    anchors: Mapping[str, str]
    sections: Mapping[str, str]
    untitled: frozenset[str]


def _section(section: Section, period: Period | None, places: _Places) -> SectionView:
    count = [f"{len(section.stories)}篇"] if section.stories else []
    count += [f"简讯{len(section.briefs)}条"] if section.briefs else []
    return SectionView(
        anchor=f"c{section.code}" if section.code else section.city,
        title=section.title,
        count=" ".join(count),
        brief_count=str(len(section.stories) or "简讯"),
        stories=tuple(_story(story, period, places.anchors.get(story.id)) for story in section.stories),
        briefs=tuple(_brief(brief, places) for brief in section.briefs),
    )


def _story(story: Story, period: Period | None, anchor: str | None) -> StoryView:
    return StoryView(
        anchor=anchor,
        title=story.label.text,
        untitled=story.headline is None,
        dateline=" · ".join(filter(None, (story.county, _published(story.published, period)))),
        runs=_runs(story),
        sources=tuple(map(_source, story.sources)),
        keywords="、".join(story.keywords),
    )


def _published(day: dt.date | None, period: Period | None) -> str:
    """The date as a reader of this period needs it: the year only where it is not the period's."""
    if day is None:
        return "日期不明"
    return _date(day, within=period.until.year if period is not None else None)


def _runs(story: Story) -> tuple[str, ...]:
    """The sentences, those that follow each other in the article joined."""
    runs: list[str] = []
    following = None
    for sentence in story.sentences:
        if sentence.index == following:
            runs[-1] += _between(runs[-1], sentence.text) + sentence.text
        else:
            runs.append(sentence.text)
        following = sentence.index + 1
    return tuple(runs)


def _between(before: str, after: str) -> str:
    """A space between two sentences that both are Latin where they meet; nothing between Chinese ones."""
    return " " if before[-1:].isascii() and after[:1].isascii() else ""


def _source(source: Source) -> SourceView:
    return SourceView(
        name=_line(source.medium or _file_title(source.path)),
        authors="、".join(map(_line, source.authors)),
        url=_web_address(source.url),
        truncated=source.truncated,
    )


def _file_title(path: str) -> str:
    """What a file's name says to a reader: without folder, ending and the date that the story shows already."""
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    return _DATE_IN_NAME.sub("", stem) or stem


def _web_address(url: str | None) -> str | None:
    """The address where it is one of the web's; any other scheme would be a link that runs or opens something."""
    address = _line(url or "")
    return address if address.lower().startswith(("http://", "https://")) else None


def _brief(brief: Brief, places: _Places) -> BriefView:
    return BriefView(
        text=brief.sentence.text,
        section=places.sections.get(brief.article, ""),
        headline=_line(brief.label),
        untitled=brief.article in places.untitled,
        anchor=places.anchors.get(brief.article),
    )


def _line(text: str) -> str:
    """A name from outside (a path, a medium, an author) on one line, without characters that have no shape."""
    return _SHAPELESS.sub(" ", text).strip()
