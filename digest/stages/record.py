"""Values -> plain dictionaries of the JSON that digest writes: the one place that fixes its keys and their order."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from digest.model import (
    Article,
    Brief,
    Document,
    Evidence,
    Failure,
    Gate,
    Issue,
    Mending,
    Move,
    Placement,
    Prose,
    Ranking,
    Section,
    Sentence,
    Source,
    Story,
    Summary,
)
from digest.quote import Quote, Repair, Span

Record = dict[str, Any]


def issue_record(issue: Issue) -> Record:
    """`digest.json`: documents, sections with stories and briefs, and what was left out."""
    return {
        "edition": issue.edition,
        "province": issue.province,
        "number": issue.number,
        "period": {"since": _day(issue.period.since), "until": _day(issue.period.until)} if issue.period else None,
        "method": issue.method,
        "keywords": list(issue.keywords),
        "fingerprint": issue.fingerprint,
        "documents": [_document(document) for document in issue.documents],
        "sections": [_section(section) for section in issue.sections],
        "articles": issue.articles,
        "left_out": left_out_record(issue),
        "failures": [failure_record(failure) for failure in issue.failures],
    }


def gate_record(gate: Gate, moves: Sequence[Move], sizes: Mapping[str, int]) -> Record:
    """The keys of `digest.json` that say what the gate found, what the mail had no room for, and how large each file is."""
    return {
        "gate": {
            "sendable": gate.sendable,
            "faithful": gate.checks.faithful,
            "quotes": gate.checks.total,
            "html_bytes": gate.html_bytes,
            "budget_bytes": gate.budget_bytes,
            "faults": list(gate.faults),
        },
        "sizes": dict(sizes),
        "moves": [
            {"city": move.city, "kind": move.kind, "article": move.article, "label": move.label} for move in moves
        ],
    }


def left_out_record(issue: Issue) -> Record:
    """What was read and is not in the issue: numbers of articles, paths of documents."""
    return {
        "outside_period": issue.left_out,
        "told_before": issue.told_before,
        "unquotable": issue.unquotable,
        "without_article": list(issue.without_article),
    }


def article_record(article: Article, placement: Placement, file: str) -> Record:
    """A line of `digest split`; `repairs` are those of all paragraphs, `at` counts in `text`."""
    repairs, start = [], 0
    for paragraph in article.paragraphs:
        repairs += [_repair(repair, start) for repair in paragraph.quote.repairs]
        start += len(paragraph.quote.text) + 1
    return {
        "id": article.id,
        "file": file,
        "n": article.n,
        "headline": article.headline.text if article.headline else None,
        "subtitle": article.subtitle.text if article.subtitle else None,
        "dateline": article.dateline.text if article.dateline else None,
        "authors": list(article.authors),
        "medium": article.medium,
        "own_place": article.own_place,
        "published": _day(article.published),
        "city": placement.city,
        "county": placement.county,
        "text": article.text,
        "spans": [[list(span) for span in paragraph.quote.spans] for paragraph in article.paragraphs],
        "repairs": repairs,
        "truncated": article.truncated,
        "mendings": _mendings(article.mendings),
    }


def placement_record(given_id: object, placement: Placement) -> Record:
    """A line of `digest place`."""
    return {
        "id": given_id,
        "city": placement.city,
        "county": placement.county,
        "confidence": round(placement.confidence, 3),
        "score": round(placement.score, 3),
        "runner_up": placement.runner_up,
        "runner_up_score": round(placement.runner_up_score, 3),
        "evidence": [_evidence(evidence) for evidence in placement.evidence],
    }


def summary_record(
    given_id: object, prose: Prose, ranking: Ranking, best: Sequence[int], method: str, explain: bool
) -> Record:
    """A line of `digest summarise`: the sentences best first, the scores, and the terms if asked for, parallel to them."""
    record = {
        "id": given_id,
        "summary_sentences": [prose.sentences[i] for i in best],
        "scores": [_number(ranking.scores[i]) for i in best],
        "method": method,
    }
    if explain:
        record["positions"] = list(best)
        record["terms"] = [_numbers({name: term[i] for name, term in ranking.terms.items()}) for i in best]
        record["weights"] = _numbers(ranking.weights)
    return record


def reading_record(summary: Summary, evidence_spans: Sequence[Sequence[Span]]) -> Record:
    """An article of `articles.json`: how it was read; the spans are the document's, parallel to the placement's evidence."""
    article, placement = summary.article, summary.placement
    return {
        "id": article.id,
        "document": article.document,
        "n": article.n,
        "sha256": article.sha256,
        "headline": _text_record(article.headline),
        "subtitle": _text_record(article.subtitle),
        "dateline": _text_record(article.dateline),
        "authors": list(article.authors),
        "published": _day(article.published),
        "truncated": article.truncated,
        "mendings": _mendings(article.mendings),
        "city": placement.city,
        "county": placement.county,
        "confidence": round(placement.confidence, 3),
        "runner_up": placement.runner_up,
        "evidence": [
            _placed(evidence, spans) for evidence, spans in zip(placement.evidence, evidence_spans, strict=True)
        ],
        "method": summary.method,
        "sentences": [_weighed(summary, sentence) for sentence in summary.sentences],
    }


def failure_record(failure: Failure) -> Record:
    """An input that could not be used, with the error's class and words."""
    return {"path": failure.path, "error": type(failure.error).__name__, "message": failure.error.reason}


def _document(document: Document) -> Record:
    return {"id": document.id, "path": document.path, "sha256": document.sha256, "encoding": document.encoding}


def _section(section: Section) -> Record:
    return {
        "city": section.city,
        "code": section.code,
        "title": section.title,
        "stories": [_story(story) for story in section.stories],
        "briefs": [_brief(brief) for brief in section.briefs],
    }


def _story(story: Story) -> Record:
    return {
        "id": story.id,
        "headline": story.headline.text if story.headline else None,
        "headline_receipt": _receipt(story.headline) if story.headline else None,
        "label": story.label.text,
        "label_receipt": _receipt(story.label),
        "county": story.county,
        "published": _day(story.published),
        "sentences": [_sentence(sentence) for sentence in story.sentences],
        "sources": [_source(source) for source in story.sources],
        "keywords": list(story.keywords),
    }


def _sentence(sentence: Sentence) -> Record:
    return {"text": sentence.text, "index": sentence.index, "receipt": _receipt(sentence.quote)}


def _weighed(summary: Summary, sentence: Sentence) -> Record:
    """A sentence with its score, the score's terms, and what selection made of it."""
    i = sentence.index
    appraisal, ranking = summary.appraisals[i], summary.ranking
    return {
        "index": i,
        "paragraph": sentence.paragraph,
        "text": sentence.text,
        "receipt": _receipt(sentence.quote),
        "score": _number(ranking.scores[i]),
        "terms": _numbers({name: term[i] for name, term in ranking.terms.items()}),
        "worth": None if appraisal.worth is None else _number(appraisal.worth),
        "facts": _numbers(appraisal.facts),
        "fault": appraisal.fault,
        "needs_previous": appraisal.needs_previous,
        "needs_named": appraisal.needs_named,
        "chosen": i in summary.chosen,
    }


def _text_record(quote: Quote | None) -> Record | None:
    return {"text": quote.text, "receipt": _receipt(quote)} if quote else None


def _placed(evidence: Evidence, spans: Sequence[Span]) -> Record:
    return {
        "matched": evidence.matched,
        "place": evidence.place,
        "weight": round(evidence.weight, 3),
        "reason": evidence.reason,
        "field": evidence.field,
        "spans": [list(span) for span in spans],
    }


def _numbers(values: Mapping[str, float]) -> dict[str, float]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: float) -> float:
    """Rounded to six places; zero has no sign."""
    return round(float(value), 6) + 0.0


def _brief(brief: Brief) -> Record:
    return {
        "article": brief.article,
        "sentence": _text_record(brief.sentence),
    }


def _receipt(quote: Quote) -> Record:
    return {
        "document": quote.document,
        "spans": [list(span) for span in quote.spans],
        "repairs": [_repair(repair, 0) for repair in quote.repairs],
    }


def _mendings(mendings: Sequence[Mending]) -> list[Record]:
    return [{"kind": mending.kind, "spans": [list(span) for span in mending.spans]} for mending in mendings]


def _repair(repair: Repair, shift: int) -> Record:
    return {"kind": repair.kind, "at": repair.at + shift, "was": repair.was, "now": repair.now}


def _source(source: Source) -> Record:
    return {
        "document": source.document,
        "article": source.article,
        "medium": source.medium,
        "authors": list(source.authors),
        "published": _day(source.published),
        "url": source.url,
        "truncated": source.truncated,
    }


def _evidence(evidence: Evidence) -> Record:
    return {
        "field": evidence.field,
        "start": evidence.start,
        "end": evidence.end,
        "matched": evidence.matched,
        "place": evidence.place,
        "weight": round(evidence.weight, 3),
        "reason": evidence.reason,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
