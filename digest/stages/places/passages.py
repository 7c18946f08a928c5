"""An article -> the title and the text that it is placed by, each with the quotes that it is made of; and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from digest.model import Article, Evidence
from digest.quote import Quote, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Quotes one behind the other, some with a line end between them."""

    pieces: tuple[Quote | str, ...]
    """Quotes, and between them what no document holds."""

    @property
    def text(self) -> str:
        """What is read of it."""
        return "".join(_text(piece) for piece in self.pieces)

    def spans(self, bounds: Sequence[Span]) -> list[tuple[Span, ...]]:
        """The document's spans of parts of the text that follow each other, parallel to them.

        Empty where a part is not of one quote, or an edge lies inside what a repair wrote. Takes linear time.
        """
        found: dict[Span, tuple[Span, ...]] = {}
        starts = accumulate((len(_text(piece)) for piece in self.pieces), initial=0)
        waiting = iter(bounds)
        bound = next(waiting, None)
        for start, piece in zip(starts, self.pieces, strict=False):
            end = start + len(_text(piece))
            own: list[Span] = []
            while bound is not None and bound[0] < end:
                if bound[1] <= end:
                    own.append(bound)
                bound = next(waiting, None)
            if isinstance(piece, Quote):
                whole = _uncut(piece, [(a - start, b - start) for a, b in own])
                parts = piece.parts(whole)
                found |= {(a + start, b + start): part.spans for (a, b), part in zip(whole, parts, strict=True)}
        return [found.get(bound, ()) for bound in bounds]


def title_passage(article: Article) -> Passage:
    """The headline and, on a line of its own, the subtitle."""
    return Passage(_lines(quote for quote in (article.headline, article.subtitle) if quote))


def text_passage(article: Article) -> Passage:
    """The paragraphs, a line each, the dateline before the first: a city that heads a report heads its text."""
    lines = _lines(paragraph.quote for paragraph in article.paragraphs)
    return Passage((article.dateline, *lines) if article.dateline else lines)


def evidence_spans(article: Article, evidence: Sequence[Evidence]) -> tuple[tuple[Span, ...], ...]:
    """The document's spans of each piece of an article's evidence; empty where it lies across two quotes or a repair."""
    found: dict[tuple[str, Span], tuple[Span, ...]] = {}
    for field, passage in (("title", title_passage(article)), ("text", text_passage(article))):
        bounds = [(item.start, item.end) for item in evidence if item.field == field]
        found |= {(field, bound): spans for bound, spans in zip(bounds, passage.spans(bounds), strict=True)}
    return tuple(found[item.field, (item.start, item.end)] for item in evidence)


def _lines(quotes: Iterable[Quote]) -> tuple[Quote | str, ...]:
    return tuple(piece for quote in quotes for piece in ("\n", quote))[1:]


def _text(piece: Quote | str) -> str:
    return piece.text if isinstance(piece, Quote) else piece


def _uncut(quote: Quote, bounds: Iterable[Span]) -> list[Span]:
    """The bounds of which neither edge lies inside what a repair wrote."""
    inside = {at for repair in quote.repairs for at in range(repair.at + 1, repair.at + len(repair.now))}
    return [(a, b) for a, b in bounds if a not in inside and b not in inside]
