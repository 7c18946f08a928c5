"""A quote of an issue -> its receipt as the desk shows it: the document marked up, the terms of the score, the evidence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from digest.model import MendingKind
from digest.quote import Repair
from digest.web.issues import BuiltIssue
from digest.web.links import Links, Place
from digest.web.marking import Node, mark_up, shown
from digest.web.records import Article, Evidence, Quoted, Receipt, Sentence
from digest.web.tracing import SHADES, marks_of, stretch_of
from digest.web.words import CITIES, FACTS, FAULTS, FIELDS, MENDING_TITLES, MENDINGS, REPAIRS, TERMS, number, reason

_PARTS = {"headline": "标题", "sentences": "摘句", "briefs": "简讯"}


@dataclass(frozen=True, slots=True)
class Row:
    """A name and a value; `total` for a sum."""

    name: str
    value: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A mention of a place; `counts` unless it was discounted."""

    matched: str
    place: str
    weight: str
    reason: str
    field: str
    counts: bool


@dataclass(frozen=True, slots=True)
class RepairView:
    """What was done: what stood there and what stands there now, as one sees it."""

    kind: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class MendingView:
    """A kind of mending, and how often the article has it."""

    kind: MendingKind
    word: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """One of several reports of the event; no link for the one that is shown."""

    name: str
    link: str | None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """All that the pane shows of a quote; an empty string or tuple where there is nothing to say."""

    part: str
    text: str
    reports: tuple[ReportView, ...]
    faithful: bool
    article: str
    document: str
    document_link: str
    where: str
    tree: Node
    cut_before: bool
    cut_after: bool
    repairs: tuple[RepairView, ...]
    scored: bool
    rows: tuple[Row, ...]
    verdict: str
    city: str
    certainty: str
    evidence: tuple[EvidenceView, ...]
    mendings: tuple[MendingView, ...]
    shades: tuple[int, ...]


def find(built: BuiltIssue, place: Place) -> Quoted | None:
    """The quote that stands at a place of the issue, None where there is none."""
    if not 1 <= place.article <= len(built.articles):
        return None
    article = built.articles[place.article - 1]
    if place.part == "sentences":
        return next((Quoted(each.text, each.receipt) for each in article.sentences if each.index == place.i), None)
    if place.part == "headline":
        return article.headline or _label(built, article.id)
    briefs = [brief for section in built.record.sections for brief in section.briefs if brief.article == article.id]
    return briefs[place.i].sentence if 0 <= place.i < len(briefs) else None


def receipt(built: BuiltIssue, place: Place, quoted: Quoted, links: Links) -> ReceiptView:
    """The receipt of a quote that stands at that place."""
    article = built.articles[place.article - 1]
    numbers = {document.id: n for n, document in enumerate(built.record.documents, 1)}
    paths = {document.id: document.path for document in built.record.documents}
    document = quoted.receipt.document
    text = built.texts.get(document, "")
    stretch = stretch_of(len(text), quoted.receipt, article)
    sentence = _around(article, quoted.receipt)
    return ReceiptView(
        part=_PARTS[place.part],
        text=shown(quoted.text),
        reports=_reports(built, article, paths, links),
        faithful=built.is_faithful(quoted),
        article=shown(article.headline.text) if article.headline else "无题",
        document=shown(paths.get(document, document)),
        document_link=links.document(numbers.get(document, 0)),
        where="、".join(f"{start + 1}—{end}" for start, end in quoted.receipt.spans),
        tree=mark_up(text, *stretch, marks_of(article, place, quoted.receipt, links)),
        cut_before=stretch[0] > 0,
        cut_after=stretch[1] < len(text),
        repairs=tuple(_repair(each) for each in quoted.receipt.repairs),
        scored=built.scored,
        rows=_rows(sentence) if sentence else (),
        verdict="作为简讯选入本期。" if place.part == "briefs" else _verdict(sentence) if sentence else "",
        city=_city(article),
        certainty=_certainty(article),
        evidence=tuple(_evidence(each) for each in article.evidence),
        mendings=_mendings(article) if article.document == document else (),
        shades=tuple(range(SHADES)),
    )


def _label(built: BuiltIssue, article_id: str) -> Quoted | None:
    stories = (story for section in built.record.sections for story in section.stories)
    return next((Quoted(story.label, story.label_receipt) for story in stories if story.id == article_id), None)


def _reports(built: BuiltIssue, article: Article, paths: Mapping[str, str], links: Links) -> tuple[ReportView, ...]:
    """The reports of the story that the article is one of; none where it is the only one."""
    stories = (story for section in built.record.sections for story in section.stories)
    sources = next((story.sources for story in stories if article.id in {each.article for each in story.sources}), ())
    if len(sources) < 2:
        return ()
    return tuple(
        ReportView(
            shown(source.medium or paths.get(source.document, source.document)),
            _opening(built, source.article, links) if source.article != article.id else None,
        )
        for source in sources
    )


def _opening(built: BuiltIssue, article_id: str, links: Links) -> str | None:
    """The address of an article's headline, or of its first sentence where it has none."""
    number = built.article_number(article_id)
    if number is None:
        return None
    has_headline = built.articles[number - 1].headline is not None
    return links.receipt(Place(number, "headline" if has_headline else "sentences"))


def _around(article: Article, receipt: Receipt) -> Sentence | None:
    """The sentence that holds the quote; None for a headline."""
    if not receipt.spans:
        return None
    first, last = receipt.spans[0][0], receipt.spans[-1][1]
    for sentence in article.sentences:
        spans = sentence.receipt.spans
        if any(a <= first < b for a, b in spans) and any(a < last <= b for a, b in spans):
            return sentence
    return None


def _rows(sentence: Sentence) -> tuple[Row, ...]:
    """The terms of the score and its sum, then the facts that selection added and what the sentence was worth to it."""
    if sentence.score is None:
        return ()
    rows = [Row(TERMS.get(name, name), number(value)) for name, value in sentence.terms.items()]
    rows.append(Row("合计", number(sentence.score), total=True))
    rows += [Row(FACTS.get(name, name), number(value)) for name, value in sentence.facts.items() if value]
    if sentence.worth is not None:
        rows.append(Row("选句总分（得分折成标准差，加以上各项）", number(sentence.worth), total=True))
    return tuple(rows)


def _verdict(sentence: Sentence) -> str:
    if sentence.chosen:
        return "已选入本期。"
    if sentence.fault is not None:
        return f"不能摘引：{FAULTS.get(sentence.fault, sentence.fault)}。"
    return "可以摘引，没有选入本期。" if sentence.worth is not None else ""


def _city(article: Article) -> str:
    return "　".join(filter(None, (CITIES.get(article.city, article.city), article.county)))


def _certainty(article: Article) -> str:
    if article.confidence is None:
        return ""
    other = f"，其次是{CITIES.get(article.runner_up, article.runner_up)}" if article.runner_up else "，没有第二候选"
    return f"可信度 {article.confidence:.0%}{other}"


def _evidence(evidence: Evidence) -> EvidenceView:
    return EvidenceView(
        shown(evidence.matched),
        evidence.place,
        number(evidence.weight),
        reason(evidence.reason),
        FIELDS[evidence.field],
        evidence.weight > 0,
    )


def _mendings(article: Article) -> tuple[MendingView, ...]:
    counts = Counter(mending.kind for mending in article.mendings)
    return tuple(
        MendingView(kind, word, MENDING_TITLES[kind], counts[kind]) for kind, word in MENDINGS.items() if counts[kind]
    )


def _repair(repair: Repair) -> RepairView:
    return RepairView(REPAIRS[repair.kind], _visible(repair.was), _visible(repair.now))


def _visible(text: str) -> str:
    """The text with its white space made visible."""
    named = {" ": "␣", "\u3000": "□", "\n": "↵", "\t": "⇥"}
    return shown("".join(named.get(char, char) for char in text.replace("\r\n", "\n")))
