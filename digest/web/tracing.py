"""A receipt and the article around it -> the marks on their document, and the stretch of it that is worth showing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from digest.edges.catalogue import Words
from digest.quote import Span
from digest.web.links import Links, Place
from digest.web.marking import Mark
from digest.web.records import Article, Evidence, Mending, Receipt, Sentence
from digest.web.words import named, number

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


def marks_of(article: Article, place: Place, receipt: Receipt, links: Links, words: Words) -> list[Mark]:
    """All marks on the document of a receipt: the quote with its repairs, the article's other sentences, the evidence, the mendings."""
    marks = [
        Mark(a, b, "quote", _QUOTE, "first" if k == 0 else "", words("desk.mark.quote"))
        for k, (a, b) in enumerate(receipt.spans)
    ]
    marks += repair_marks(receipt, words)
    marks += _sentence_marks(article, place, receipt.document, links, words)
    if article.document == receipt.document:
        marks += [mark for evidence in article.evidence for mark in _evidence_marks(evidence, words)]
        marks += [mark for mending in article.mendings for mark in _mending_marks(mending, receipt.spans, words)]
    return marks


def repair_marks(receipt: Receipt, words: Words) -> Iterator[Mark]:
    """The marks of a receipt's repairs in its document: what was removed, what was put in, and where columns meet."""
    grown = 0
    for repair in receipt.repairs:
        word = named(words, "repair", repair.kind)
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
        for way, at in (("out", before[1]), ("in", after[0])):
            yield Mark(at, at, "seam", _REPAIR, way, words(f"desk.mark.{way}.title"), text=words(f"desk.mark.{way}"))


def _sentence_marks(article: Article, place: Place, document: str, links: Links, words: Words) -> Iterator[Mark]:
    """A link on each other sentence of the article, shaded by its score."""
    steps = _steps(article.sentences)
    for sentence, step in zip(article.sentences, steps, strict=True):
        own = place.part == "sentences" and place.i == sentence.index
        if own or sentence.receipt.document != document:
            continue
        link = links.receipt(Place(place.article, "sentences", sentence.index))
        title = _score(sentence, words)
        shade = "unscored" if step is None else f"shade{step}"
        for a, b in sentence.receipt.spans:
            yield Mark(a, b, "sentence", _SENTENCE, shade, title, link)


def _score(sentence: Sentence, words: Words) -> str:
    chosen = ".chosen" if sentence.chosen else ""
    if sentence.score is None:
        return words(f"desk.mark.unscored{chosen}")
    return words(f"desk.mark.score{chosen}", score=number(sentence.score))


def _steps(sentences: Sequence[Sentence]) -> list[int | None]:
    """The shade of each sentence, from 0 to SHADES - 1; the middle one where all scores are equal."""
    scores = [sentence.score for sentence in sentences if sentence.score is not None]
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return [None if each.score is None else _step(each.score, low, high) for each in sentences]


def _step(score: float, low: float, high: float) -> int:
    if high <= low:
        return SHADES // 2
    return min(SHADES - 1, int(SHADES * (score - low) / (high - low)))


def _evidence_marks(evidence: Evidence, words: Words) -> Iterator[Mark]:
    why, weight = named(words, "reason", evidence.reason), number(evidence.weight)
    title = words("desk.mark.evidence", place=evidence.place, reason=why, weight=weight)
    style = "counts" if evidence.weight > 0 else "discounted"
    for a, b in evidence.spans:
        yield Mark(a, b, "evidence", _EVIDENCE, style, title)


def _mending_marks(mending: Mending, quoted: Sequence[Span], words: Words) -> Iterator[Mark]:
    """The marks of a mending; a seam within the quote has its marks from the receipt."""
    word, title = named(words, "mending", mending.kind), named(words, "mending_title", mending.kind)
    spans = mending.spans
    if mending.kind == "joined":
        out, into = spans[0][1], spans[1][0]
        if (out, into) not in {(a[1], b[0]) for a, b in pairwise(quoted)}:
            before, behind = (words(f"desk.mark.mended.{way}", title=title) for way in ("out", "in"))
            yield Mark(out, out, "seam", _REPAIR, "mended", before, text="→")
            yield Mark(into, into, "seam", _REPAIR, "mended", behind, text="←")
        return
    if mending.kind == "deduplicated":
        end = spans[0][1]
        yield Mark(end, end, "seam", _REPAIR, "mended", words("desk.mark.kept.title"), text=words("desk.mark.kept"))
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
