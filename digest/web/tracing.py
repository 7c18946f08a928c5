"""A receipt and the article around it -> the marks on their document, and the stretch of it that is worth showing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from digest.quote import Span
from digest.web.links import Links, Place
from digest.web.marking import Mark
from digest.web.records import Article, Evidence, Mending, Receipt, Sentence
from digest.web.words import MENDING_TITLES, MENDINGS, REPAIRS, number, reason

SHADES = 5
"""Steps by which sentences are shaded, from the lowest score of the article to the highest."""

WHOLE_CHARS = 20_000
"""A document up to this length is shown whole; of a longer one, so much around the quote, within its article."""
SURROUNDINGS_CHARS = 300
"""What is shown before and behind an article of a longer document."""

_LEFT_OUT, _SENTENCE, _QUOTE, _EVIDENCE, _REPAIR = range(5)
"""The layers of marks, the outermost first."""


def stretch_of(length: int, receipt: Receipt, article: Article) -> Span:
    """The part of a document that is shown."""
    if length <= WHOLE_CHARS:
        return 0, length
    parts = [article.headline, article.subtitle, article.dateline, *article.sentences]
    own = [part.receipt for part in parts if part is not None and part.receipt.document == receipt.document]
    spans = [span for each in (receipt, *own) for span in each.spans]
    first = receipt.spans[0][0] if receipt.spans else 0
    start = max(min((a for a, _ in spans), default=0) - SURROUNDINGS_CHARS, first - WHOLE_CHARS // 2, 0)
    end = min(max((b for _, b in spans), default=0) + SURROUNDINGS_CHARS, first + WHOLE_CHARS // 2, length)
    return start, max(start, end)


def marks_of(article: Article, place: Place, receipt: Receipt, links: Links) -> list[Mark]:
    """All marks on the document of a receipt: the quote with its repairs, the article's other sentences, the evidence, the mendings."""
    marks = [
        Mark(a, b, "quote", _QUOTE, "first" if k == 0 else "", "所引原文") for k, (a, b) in enumerate(receipt.spans)
    ]
    marks += repair_marks(receipt)
    marks += _sentence_marks(article, place, receipt.document, links)
    if article.document == receipt.document:
        marks += [mark for evidence in article.evidence for mark in _evidence_marks(evidence)]
        marks += [mark for mending in article.mendings for mark in _mending_marks(mending, receipt.spans)]
    return marks


def repair_marks(receipt: Receipt) -> Iterator[Mark]:
    """The marks of a receipt's repairs in its document: what was removed, what was put in, and where columns meet."""
    grown = 0
    for repair in receipt.repairs:
        word = REPAIRS[repair.kind]
        if repair.kind != "join":
            start = repair.at + grown
            end = start + len(repair.was)
            pieces = _in_document(receipt.spans, start, end)
            yield from (Mark(a, b, "removed", _REPAIR, repair.kind, word) for a, b in pieces)
            if repair.now:
                at = pieces[-1][1] if pieces else _point(receipt.spans, end)
                yield Mark(at, at, "inserted", _REPAIR, repair.kind, word, text=repair.now)
        grown += repair.growth
    for before, after in zip(receipt.spans, receipt.spans[1:], strict=False):
        yield Mark(before[1], before[1], "seam", _REPAIR, "out", "接栏：下文在别处", text="接下栏")
        yield Mark(after[0], after[0], "seam", _REPAIR, "in", "接栏：上文在别处", text="接上栏")


def _sentence_marks(article: Article, place: Place, document: str, links: Links) -> Iterator[Mark]:
    """A link on each other sentence of the article, shaded by its score."""
    steps = _steps(article.sentences)
    for sentence, step in zip(article.sentences, steps, strict=True):
        own = place.part == "sentences" and place.i == sentence.index
        if own or sentence.receipt.document != document:
            continue
        link = links.receipt(Place(place.article, "sentences", sentence.index))
        title = "没有得分" if sentence.score is None else f"得分 {number(sentence.score)}"
        if sentence.chosen:
            title += "，已选入本期"
        shade = "unscored" if step is None else f"shade{step}"
        for a, b in sentence.receipt.spans:
            yield Mark(a, b, "sentence", _SENTENCE, shade, title, link)


def _steps(sentences: Sequence[Sentence]) -> list[int | None]:
    """The shade of each sentence, from 0 to SHADES - 1; the middle one where all scores are equal."""
    scores = [sentence.score for sentence in sentences if sentence.score is not None]
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return [None if each.score is None else _step(each.score, low, high) for each in sentences]


def _step(score: float, low: float, high: float) -> int:
    if high <= low:
        return SHADES // 2
    return min(SHADES - 1, int(SHADES * (score - low) / (high - low)))


def _evidence_marks(evidence: Evidence) -> Iterator[Mark]:
    title = f"{evidence.place}：{reason(evidence.reason)}，权重 {number(evidence.weight)}"
    style = "counts" if evidence.weight > 0 else "discounted"
    for a, b in evidence.spans:
        yield Mark(a, b, "evidence", _EVIDENCE, style, title)


def _mending_marks(mending: Mending, quoted: Sequence[Span]) -> Iterator[Mark]:
    """The marks of a mending; a seam within the quote has its marks from the receipt."""
    word, title = MENDINGS[mending.kind], MENDING_TITLES[mending.kind]
    spans = mending.spans
    if mending.kind == "joined":
        out, into = spans[0][1], spans[1][0]
        if (out, into) not in {(a[1], b[0]) for a, b in pairwise(quoted)}:
            yield Mark(out, out, "seam", _REPAIR, "mended", f"{title}：下文在别处", text="→")
            yield Mark(into, into, "seam", _REPAIR, "mended", f"{title}：上文在别处", text="←")
        return
    if mending.kind == "deduplicated":
        end = spans[0][1]
        yield Mark(end, end, "seam", _REPAIR, "mended", "重复的文字只留这一处", text="留")
        spans = spans[1:]
    for a, b in spans:
        if a == b:
            yield Mark(a, a, "seam", _REPAIR, "mended", title, text=word)
        else:
            yield Mark(a, b, "left_out", _LEFT_OUT, "", title, text=word)


def _in_document(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of the document that the characters start:end of the joined spans are."""
    found, passed = [], 0
    for a, b in spans:
        first, last = max(start - passed, 0), min(end - passed, b - a)
        if first < last:
            found.append((a + first, a + last))
        passed += b - a
    return found


def _point(spans: Sequence[Span], at: int) -> int:
    """The place in the document before the character `at` of the joined spans, or behind the last."""
    before = _in_document(spans, at - 1, at)
    return before[0][1] if before else (spans[0][0] if spans else 0)
