"""The story in one screen.

    pages ─ split_page ─► articles ─ dated, in the period ─┐
    each article, on its own:  attribute ─► split_sentences ─► rank ─► appraise ─► select ─► Summary
    all:                       group ─► tell ─► keywords, briefs ─► compose ─► Issue
    the issue:                 every quote checked against its document ─► render ─► message, records ─► gate ─► files

Values go down the line. What touches disk, clock or jieba is handed in with `Tools`.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2 import Environment

from digest.errors import NothingToDo
from digest.model import (
    ELSEWHERE,
    PROVINCE,
    Article,
    Brief,
    Checks,
    Document,
    Failure,
    Gazetteer,
    Issue,
    Letterhead,
    Page,
    Placement,
    Ranker,
    Story,
    Summary,
)
from digest.quote import check, is_faithful
from digest.stages.articles import Model, split_page
from digest.stages.briefs import briefs_of
from digest.stages.gate import examine
from digest.stages.issue import compose, dated, in_period, quotes, shown_period, tell
from digest.stages.message import build_message, closing, letter_of
from digest.stages.places import Atlas, attribute, evidence_spans, text_passage, title_passage
from digest.stages.record import gate_record, issue_record, reading_record
from digest.stages.render import BUDGET_BYTES, Words, render
from digest.stages.sentences import article_prose, split_sentences
from digest.stages.stories import group
from digest.stages.summary import Limits, appraise, select

Track = Callable[[str, Sequence[Any]], Iterable[Any]]
"""What is being done and with what -> the same things, passed on one by one."""

_SUBJECT_CHARS = 8
"""A sentence is about a city whose name stands this near its beginning."""

Printer = Callable[[str, str], bytes]
"""The HTML of the print edition and the issue's fingerprint -> a PDF; the same arguments yield the same bytes."""

Keywords = Callable[[Sequence[str], int], tuple[str, ...]]
"""Texts and a number -> the texts' keywords, best first."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages need that is no value of the line: the places, the method, the limits, the keywords."""

    gazetteer: Gazetteer
    atlas: Atlas
    method: str
    ranker: Ranker
    limits: Limits
    splitting: Model
    cities: Mapping[str, str] = field(default_factory=dict)
    """By the names of media, the city or county that 我市 and 我县 mean there."""
    keywords: Keywords | None = None
    per_story: int = 0
    per_issue: int = 0

    def own_place(self, stated: str | None, medium: str | None) -> str | None:
        """The city or county that a medium speaks of as its own: stated, configured, or in the medium's name; None where nothing says."""
        return stated or (self.cities.get(medium) or self.atlas.medium_of(medium) if medium else None)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: title, number, first and last day (None for open), the date of articles that state none.

    `earlier` are the hashes of the articles of earlier issues: undated ones, which every period holds, were told there.
    """

    edition: str
    number: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    date: dt.date | None = None
    earlier: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """An issue, and how each article of its period was read, in the order of the pages."""

    issue: Issue
    summaries: tuple[Summary, ...]


def split(pages: Iterable[Page], tools: Tools) -> list[tuple[Document, list[Article]]]:
    """The articles of each document, numbered through it; a document that comes twice is read once."""
    split_documents: dict[str, tuple[Document, list[Article]]] = {}
    seen: set[tuple[str, int, int]] = set()
    for page in pages:
        place = (page.document.id, page.start, page.end)
        if place in seen:
            continue
        seen.add(place)
        _, articles = split_documents.setdefault(page.document.id, (page.document, []))
        articles += split_page(page, tools.splitting, first=len(articles) + 1)
    return list(split_documents.values())


def place(article: Article, tools: Tools) -> Placement:
    """The placement of an article by its headline with its subtitle, and its text with its dateline."""
    own = tools.own_place(article.own_place, article.medium)
    return attribute(title_passage(article).text, text_passage(article).text, tools.atlas, own)


def summarise(article: Article, tools: Tools) -> Summary:
    """An article placed, split into sentences, scored and quoted from."""
    sentences = split_sentences(article)
    prose = article_prose(article, sentences)
    ranking = tools.ranker(prose)
    appraisals = appraise(prose, ranking.scores, tools.limits)
    chosen = select(prose, appraisals, tools.limits)
    return Summary(article, place(article, tools), sentences, ranking, appraisals, chosen, tools.method)


def plan(
    pages: Sequence[Page],
    failures: Sequence[Failure],
    request: Request,
    tools: Tools,
    track: Track = lambda _, items: items,
) -> Plan:
    """The issue of the pages and how it came about. `track` may watch pages and articles pass.

    Raises NothingToDo where no article was found, none is of the period, or none has a sentence that can be quoted.
    """
    split_documents = split(track("splitting", pages), tools)
    articles = [dated(article, request.date) for _, articles in split_documents for article in articles]
    fresh = [article for article in articles if article.published or article.sha256 not in request.earlier]
    kept = [article for article in fresh if in_period(article, request.since, request.until)]
    if not kept:
        raise NothingToDo(_nothing(articles))
    summaries = [summarise(article, tools) for article in track("summarising", kept)]
    told = [summary for summary in summaries if summary.chosen]
    if not told:
        raise NothingToDo(f"none of {len(kept)} articles has a sentence that can stand alone")
    used = {article.document for article in kept}
    documents = tuple(document for document, own in split_documents if document.id in used or not own)
    by_id = {document.id: document for document in documents}
    stories = [tell(members, by_id) for members in group(told)]
    texts = {summary.article.id: f"{summary.article.title}\n{summary.article.text}" for summary in told}
    blank = Issue(
        edition=request.edition,
        province=tools.gazetteer.province.name,
        number=request.number,
        period=shown_period(kept, request.since, request.until),
        sections=(),
        documents=documents,
        failures=tuple(failures),
        articles=len(kept),
        without_article=tuple(document.path for document, own in split_documents if not own),
        left_out=len(fresh) - len(kept),
        told_before=len(articles) - len(fresh),
        unquotable=len(summaries) - len(told),
        keywords=_keywords([texts[story.id] for story in stories], tools.per_issue, tools),
        method=tools.method,
        fingerprint="",
        tiles=tools.gazetteer.tiles,
    )
    briefs = _briefs(stories, told, tools)
    with_keywords = [replace(story, keywords=_keywords([texts[story.id]], tools.per_story, tools)) for story in stories]
    issue = compose(with_keywords, briefs, tools.gazetteer, blank)
    for quote in quotes(issue):
        check(quote, by_id[quote.document].text)
    return Plan(issue, tuple(summaries))


def _nothing(articles: Sequence[Article]) -> str:
    """Why there is nothing to do, with the dates that would have had something."""
    dates = sorted(article.published for article in articles if article.published)
    if dates:
        return f"none of {len(articles)} articles is of the period; they are dated {dates[0]} to {dates[-1]}"
    return f"all {len(articles)} articles are undated and of earlier issues" if articles else "no article was found"


def files(
    plan: Plan,
    environment: Environment,
    head: Letterhead,
    zone: dt.tzinfo,
    web_address: str = "",
    printer: Printer | None = None,
) -> dict[str, bytes]:
    """The files of an issue's folder by relative name; the same plan yields the same bytes.

    `web_address` is where the web page will stand, see `render`; with a `printer` there is a print edition too. The mail of
    an issue that the gate refuses says so before its subject.
    """
    issue = plan.issue
    rendering = render(issue, environment, checked(issue), web_address)
    record = issue_record(issue)
    made = {
        "digest.html": rendering.html.encode(),
        "digest.web.html": rendering.web.encode(),
        "digest.wechat.html": rendering.wechat.encode(),
        "digest.txt": rendering.text.encode(),
        "articles.json": _articles(plan.summaries).encode(),
    } | {f"documents/{document.id}.txt": document.text.encode() for document in issue.documents}
    if printer is not None:
        made["digest.pdf"] = printer(rendering.print, issue.fingerprint)
    gate = examine(record, made, rendering.moves, BUDGET_BYTES, bool(web_address))
    letter = letter_of(issue, rendering, "" if gate.sendable else _words(environment)("gate.refused"))
    made["digest.eml"] = build_message(letter, head, None, closing(issue.period, zone)).content
    record |= gate_record(gate, rendering.moves, {name: len(made[name]) for name in sorted(made) if "/" not in name})
    return {**made, "digest.json": (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()}


def _words(environment: Environment) -> Words:
    words: Words = environment.globals["words"]  # type: ignore[assignment] # put there with the templates
    return words


def checked(issue: Issue) -> Checks:
    """How many of the issue's quotes their receipts yield from the documents."""
    texts = {document.id: document.text for document in issue.documents}
    results = [is_faithful(quote, texts[quote.document]) for quote in quotes(issue)]
    return Checks(sum(results), len(results))


def _articles(summaries: Iterable[Summary]) -> str:
    """A JSON object whose `articles` stand a line each."""
    records = (reading_record(one, evidence_spans(one.article, one.placement.evidence)) for one in summaries)
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return f'{{"articles": [\n{lines}\n]}}\n'


def _briefs(stories: Iterable[Story], told: Iterable[Summary], tools: Tools) -> dict[str, list[Brief]]:
    """The briefs of every city, from the round-ups among the stories."""
    summaries = {summary.article.id: summary for summary in told}
    briefs: dict[str, list[Brief]] = {}
    for story in stories:
        if story.city == PROVINCE:
            own = briefs_of(story, summaries[story.id].sentences, lambda text: _subject(text, tools))
            for city, found in own.items():
                briefs.setdefault(city, []).extend(found)
    return briefs


def _subject(text: str, tools: Tools) -> str | None:
    """The city that a sentence or clause is about when it opens with its name, else None."""
    placement = attribute("", text, tools.atlas)
    opening = next((evidence.start for evidence in placement.evidence if evidence.weight > 0), _SUBJECT_CHARS)
    is_city = placement.city not in (PROVINCE, ELSEWHERE)
    return placement.city if is_city and opening < _SUBJECT_CHARS else None


def _keywords(texts: Sequence[str], number: int, tools: Tools) -> tuple[str, ...]:
    return tools.keywords(texts, number) if tools.keywords and number and texts else ()
