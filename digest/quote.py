"""Verbatim text that knows where it came from: the value behind every receipt (出处).

A quote is some spans of one document's text, joined, with a list of repairs applied in order. Nothing else may change a
character between a source and the mail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.errors import UnfaithfulQuote
from digest.text import Kind, noise

Span = tuple[int, int]
"""Half-open character offsets into a document's text."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change, left to right: where `was` stood at `at`, in the text as repaired so far, `now` stands.

    A `join` changes nothing and marks where two columns meet. Only `cut_clause` may add a character, the closing 。.
    """

    kind: Kind
    at: int
    was: str
    now: str

    @property
    def growth(self) -> int:
        """How many more characters the document has here than the text."""
        return len(self.was) - len(self.now)


@dataclass(frozen=True, slots=True)
class Quote:
    """A text and its receipt: the joined spans of the document with the repairs applied in order are the text."""

    document: str
    text: str
    spans: tuple[Span, ...]
    repairs: tuple[Repair, ...] = ()

    def part(self, start: int, end: int) -> "Quote":
        """The quote of `text[start:end]`; characters that a repair removed at either edge stay outside.

        Raises ValueError where an edge lies inside what a repair wrote.
        """
        return self.parts([(start, end)])[0]

    def parts(self, bounds: Iterable[Span]) -> "list[Quote]":
        """The quotes of several parts that follow each other, in one pass over spans and repairs."""
        parts = []
        i, grown, k, passed = 0, 0, 0, 0
        for start, end in bounds:
            while i < len(self.repairs) and self.repairs[i].at + len(self.repairs[i].now) <= start:
                grown += self.repairs[i].growth
                i += 1
            raw_start, first = start + grown, i
            while i < len(self.repairs) and self.repairs[i].at < end:
                grown += self.repairs[i].growth
                i += 1
            inside = self.repairs[first:i]
            if inside and (inside[0].at < start or inside[-1].at + len(inside[-1].now) > end):
                raise ValueError(f"the part {start}:{end} cuts a repair")
            while k < len(self.spans) and passed + self.spans[k][1] - self.spans[k][0] <= raw_start:
                passed += self.spans[k][1] - self.spans[k][0]
                k += 1
            spans = cut_spans(self.spans[k:], raw_start - passed, end + grown - passed)
            moved = tuple(Repair(repair.kind, repair.at - start, repair.was, repair.now) for repair in inside)
            parts.append(Quote(self.document, self.text[start:end], spans, moved))
        return parts

    def clause(self, start: int, end: int) -> "Quote":
        """The quote of `text[start:end]` closed with 。, as a sentence of its own."""
        part = self.part(start, end)
        closing = Repair("cut_clause", len(part.text), "", "。")
        return Quote(self.document, part.text + "。", part.spans, (*part.repairs, closing))


def quote(document: str, text: str, spans: Iterable[Span]) -> Quote:
    """The quote of the spans of a document's text, joined where there are several and cleaned of print noise.

    Empty spans are left out; adjoining spans become one.
    """
    merged = _merge(spans)
    raw = "".join(text[a:b] for a, b in merged)
    joins, at = [], 0
    for a, b in merged[:-1]:
        at += b - a
        joins.append(at)
    repairs, fixed, copied = [], [], 0
    length = 0
    for edit in noise(raw):
        length += edit.at - copied
        fixed += [raw[copied : edit.at], edit.now]
        repairs.append(Repair(edit.kind, length, edit.was, edit.now))
        length += len(edit.now)
        copied = edit.at + len(edit.was)
    fixed.append(raw[copied:])
    return Quote(document, "".join(fixed), merged, _with_joins(repairs, joins))


def restore(text: str, spans: Sequence[Span], repairs: Iterable[Repair]) -> str:
    """What a receipt yields: the joined spans of a document's text with the repairs applied in order.

    Raises ValueError where a repair does not find what it says was there. Works from the document's text alone, so that
    it can check a quote.
    """
    raw = "".join(text[a:b] for a, b in spans)
    pieces: list[str] = []
    copied = length = 0  # so much of `raw` has become so much text
    for repair in repairs:
        at = copied + repair.at - length
        end = at + len(repair.was)
        if at < copied or raw[at:end] != repair.was:
            raise ValueError(f"{repair} does not fit {raw[max(at, copied) : end]!r}")
        pieces += [raw[copied:at], repair.now]
        copied, length = end, repair.at + len(repair.now)
    return "".join([*pieces, raw[copied:]])


def is_faithful(quote: Quote, text: str) -> bool:
    """Whether the quote's receipt yields it from its document's text."""
    try:
        return restore(text, quote.spans, quote.repairs) == quote.text
    except ValueError:
        return False


def check(quote: Quote, text: str) -> None:
    """Raise UnfaithfulQuote unless the quote's receipt yields it from its document's text."""
    if not is_faithful(quote, text):
        raise UnfaithfulQuote(quote.document, quote.text)


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for a, b in spans:
        if a == b:
            continue
        if merged and merged[-1][1] == a:
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    return tuple(merged)


def _with_joins(repairs: Sequence[Repair], joins: Iterable[int]) -> tuple[Repair, ...]:
    """The repairs with a `join` for each seam; `joins` are offsets into the text before the repairs."""
    result: list[Repair] = []
    shift, i, written = 0, 0, 0
    for at in joins:
        while i < len(repairs) and repairs[i].at + shift < at:
            shift += repairs[i].growth
            written = repairs[i].at + len(repairs[i].now)
            result.append(repairs[i])
            i += 1
        result.append(Repair("join", max(at - shift, written), "", ""))
    return (*result, *repairs[i:])


def cut_spans(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The part of the spans that holds the characters start:end of their joined text."""
    cut, passed = [], 0
    for a, b in spans:
        if passed >= end:
            break
        first, last = max(start - passed, 0), min(end - passed, b - a)
        if first < last:
            cut.append((a + first, a + last))
        passed += b - a
    return tuple(cut)
