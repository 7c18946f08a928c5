"""Verbatim text that knows where it came from: the value behind every receipt (出处).

A quote is some spans of one document's text, joined, with a list of repairs applied in order. Nothing else may change a
character between a source and the mail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
        raw_start, raw_end = start, end
        kept = []
        for repair in self.repairs:
            after, grown = repair.at + len(repair.now), len(repair.was) - len(repair.now)
            if after <= start:
                raw_start += grown
                raw_end += grown
            elif repair.at < end:
                if repair.at < start or after > end:
                    raise ValueError(f"the part {start}:{end} cuts the repair {repair}")
                kept.append(Repair(repair.kind, repair.at - start, repair.was, repair.now))
                raw_end += grown
        return Quote(self.document, self.text[start:end], _cut(self.spans, raw_start, raw_end), tuple(kept))

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
        if edit.at < copied:
            continue
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
    result = "".join(text[a:b] for a, b in spans)
    for repair in repairs:
        end = repair.at + len(repair.was)
        if result[repair.at : end] != repair.was:
            raise ValueError(f"{repair} does not fit {result[repair.at : end]!r}")
        result = result[: repair.at] + repair.now + result[end:]
    return result


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
            shift += len(repairs[i].was) - len(repairs[i].now)
            written = repairs[i].at + len(repairs[i].now)
            result.append(repairs[i])
            i += 1
        result.append(Repair("join", max(at - shift, written), "", ""))
    return (*result, *repairs[i:])


def _cut(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The part of the spans that holds the characters start:end of their joined text."""
    cut, passed = [], 0
    for a, b in spans:
        first, last = max(start - passed, 0), min(end - passed, b - a)
        if first < last:
            cut.append((a + first, a + last))
        passed += b - a
    return tuple(cut)
