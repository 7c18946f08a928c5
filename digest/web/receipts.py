"""A quote of an issue -> its receipt as the desk shows it: the document marked up, the terms of the score, the evidence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from digest.edges.catalogue import Words
from digest.model import MendingKind
from digest.quote import Repair
from digest.web.issues import BuiltIssue
from digest.web.links import Links, Place
from digest.web.marking import Node, mark_up, shown
from digest.web.records import Article, Evidence, Quoted, Receipt, Sentence
from digest.web.tracing import SHADES, marks_of, stretch_of
from digest.web.words import city, named, number


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
    is_brief: bool
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


def receipt(built: BuiltIssue, place: Place, quoted: Quoted, links: Links, words: Words) -> ReceiptView:
    """The receipt of a quote that stands at that place."""
    article = built.articles[place.article - 1]
    numbers = {document.id: n for n, document in enumerate(built.record.documents, 1)}
    paths = {document.id: document.path for document in built.record.documents}
    document = quoted.receipt.document
    text = built.texts.get(document, "")
    stretch = stretch_of(len(text), quoted.receipt, article)
    sentence = _around(article, quoted.receipt)
    return ReceiptView(
        part=named(words, "part", place.part),
        is_brief=place.part == "briefs",
        text=shown(quoted.text),
        reports=_reports(built, article, paths, links),
        faithful=built.is_faithful(quoted),
        article=shown(article.headline.text) if article.headline else words("desk.untitled"),
        document=shown(paths.get(document, document)),
        document_link=links.document(numbers.get(document, 0)),
        where=words("list.names").join(f"{start + 1}—{end}" for start, end in quoted.receipt.spans),
        tree=mark_up(text, *stretch, marks_of(article, place, quoted.receipt, links, words)),
        cut_before=stretch[0] > 0,
        cut_after=stretch[1] < len(text),
        repairs=tuple(_repair(each, words) for each in quoted.receipt.repairs),
        scored=built.scored,
        rows=_rows(sentence, words) if sentence else (),
        verdict=_verdict(place, sentence, words),
        city=_city(article, words),
        certainty=_certainty(article, words),
        evidence=tuple(_evidence(each, words) for each in article.evidence),
        mendings=_mendings(article, words) if article.document == document else (),
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


def _rows(sentence: Sentence, words: Words) -> tuple[Row, ...]:
    """The terms of the score and its sum, then the facts that selection added and what the sentence was worth to it."""
    if sentence.score is None:
        return ()
    rows = [Row(named(words, "term", name), number(value)) for name, value in sentence.terms.items()]
    rows.append(Row(words("desk.score.sum"), number(sentence.score), total=True))
    rows += [Row(named(words, "fact", name), number(value)) for name, value in sentence.facts.items() if value]
    if sentence.worth is not None:
        rows.append(Row(words("desk.score.worth"), number(sentence.worth), total=True))
    return tuple(rows)


def _verdict(place: Place, sentence: Sentence | None, words: Words) -> str:
    if place.part == "briefs":
        return words("desk.verdict.brief")
    if sentence is None:
        return ""
    if sentence.chosen:
        return words("desk.verdict.chosen")
    if sentence.fault is not None:
        return words("desk.verdict.fault", fault=named(words, "fault", sentence.fault))
    return words("desk.verdict.left") if sentence.worth is not None else ""


def _city(article: Article, words: Words) -> str:
    return "\u3000".join(filter(None, (city(words, article.city), article.county)))


def _certainty(article: Article, words: Words) -> str:
    if article.confidence is None:
        return ""
    confidence = f"{article.confidence:.0%}"
    if not article.runner_up:
        return words("desk.certainty.alone", confidence=confidence)
    return words("desk.certainty", confidence=confidence, other=city(words, article.runner_up))


def _evidence(evidence: Evidence, words: Words) -> EvidenceView:
    return EvidenceView(
        shown(evidence.matched),
        evidence.place,
        number(evidence.weight),
        named(words, "reason", evidence.reason),
        named(words, "field", evidence.field),
        evidence.weight > 0,
    )


def _mendings(article: Article, words: Words) -> tuple[MendingView, ...]:
    counts = Counter(mending.kind for mending in article.mendings)
    kinds: tuple[MendingKind, ...] = get_args(MendingKind)
    return tuple(
        MendingView(kind, named(words, "mending", kind), named(words, "mending_title", kind), counts[kind])
        for kind in kinds
        if counts[kind]
    )


def _repair(repair: Repair, words: Words) -> RepairView:
    return RepairView(named(words, "repair", repair.kind), _visible(repair.was), _visible(repair.now))


def _visible(text: str) -> str:
    """The text with its white space made visible."""
    named = {" ": "␣", "\u3000": "□", "\n": "↵", "\t": "⇥"}
    return shown("".join(named.get(char, char) for char in text.replace("\r\n", "\n")))
