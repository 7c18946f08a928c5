"""The lines of a page with their places in the document, marks and white space set aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.quote import Span, cut_spans
from digest.text import fold_width

LONGEST_LINE_CHARS = 4000
"""A longer line is divided at sentence ends: no paragraph of print is that long, and no later step should meet megabytes."""

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_MARK = re.compile(r"(#{1,6})[ \t\xa0\u3000]*")
_EDGE = " \t\xa0\u3000\ufeff\u200b\u200c\u200d"
_INDENT = re.compile("(?<=[。！？…”])\u3000\u3000+")
"""An indent inside a line is a paragraph whose line break was lost."""
_WIDE_SPACES = "\u3000\t"
_STOP = re.compile(r"[。！？!?]”?|(?<=[A-Za-z])\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page (行), or the lines of a paragraph that print wrapped: `text` is what the spans hold with its width folded,
    character for character."""

    spans: tuple[Span, ...]
    text: str
    level: int = 0
    """How many # stood before it; 0 for none."""
    indent: int = 0
    """How many columns of white space stood before it; a full-width space fills two."""
    apart: bool = False
    """Whether an empty line stood above it."""

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    def cut(self, start: int, end: int) -> "Line":
        """The line of text[start:end] without white space at its edges."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip(_EDGE))
        end -= len(part) - len(part.rstrip(_EDGE))
        end = max(start, end)
        if end - start == len(self.text):
            return self
        at = self.end if start else self.start
        spans = cut_spans(self.spans, start, end) or ((at, at),)
        whole = start == 0
        return Line(spans, self.text[start:end], self.level, whole * self.indent, whole and self.apart)


def read_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of text[start:end] that hold anything, in order; marks (#) and white space at the edges stand outside."""
    lines: list[Line] = []
    breaks = 0
    for a, b in _pieces(text, start, end):
        line = _line(text, a, b)
        if line is None:
            breaks += 1
            continue
        lines.append(replace(line, apart=breaks > 0))
        breaks = 0
    return lines


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at <= end:
        broken = _BREAK.search(text, at, end)
        stop, following = broken.span() if broken else (end, end + 1)
        for mark in _INDENT.finditer(text, at, stop):
            yield from _bounded(text, at, mark.start())
            at = mark.start()
        yield from _bounded(text, at, stop)
        at = following


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_LINE_CHARS:
        stops = [m.end() for m in _STOP.finditer(text, start, start + LONGEST_LINE_CHARS)]
        stop = stops[-1] if stops else start + LONGEST_LINE_CHARS
        yield start, stop
        start = stop
    yield start, end


def _line(text: str, start: int, end: int) -> Line | None:
    line = Line(((start, end),), fold_width(text[start:end])).cut(0, end - start)
    mark = _MARK.match(line.text)
    if mark:
        line = replace(line.cut(mark.end(), len(line.text)), level=len(mark.group(1)))
    if not line.text:
        return None
    spaces = text[start : line.start]
    return replace(line, indent=sum(1 + (space in _WIDE_SPACES) for space in spaces if space.isspace()))
