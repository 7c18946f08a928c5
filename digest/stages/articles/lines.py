"""The lines of a page with their places in the document, marks and white space set aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.text import fold_width

LONGEST_LINE_CHARS = 4000
"""A longer line is divided at sentence ends: no paragraph of print is that long, and no later step should meet megabytes."""

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_MARK = re.compile(r"(#{1,6})[ \t\xa0\u3000]*")
_EDGE = " \t\xa0\u3000\ufeff\u200b\u200c\u200d"
_INDENT = re.compile("(?<=[。！？…”])\u3000\u3000+")
"""An indent inside a line is a paragraph whose line break was lost."""
_STOP = re.compile(r"[。！？!?]”?|(?<=[A-Za-z])\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page (行): `text` is document.text[start:end] with its width folded, character for character."""

    start: int
    end: int
    text: str
    level: int = 0
    """How many # stood before it; 0 for none."""

    def cut(self, start: int, end: int) -> "Line":
        """The line of text[start:end] without white space at its edges."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip(_EDGE))
        end -= len(part) - len(part.rstrip(_EDGE))
        end = max(start, end)
        if end - start == len(self.text):
            return self
        return Line(self.start + start, self.start + end, self.text[start:end], self.level)


def read_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of text[start:end] that hold anything, in order; marks (#) and white space at the edges stand outside."""
    return [line for a, b in _pieces(text, start, end) if (line := _line(text, a, b)) is not None]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at <= end:
        broken = _BREAK.search(text, at, end)
        stop, following = broken.span() if broken else (end, end + 1)
        for mark in _INDENT.finditer(text, at, stop):
            yield from _bounded(text, at, mark.start())
            at = mark.end()
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
    line = Line(start, end, fold_width(text[start:end])).cut(0, end - start)
    mark = _MARK.match(line.text)
    if mark:
        bare = line.cut(mark.end(), len(line.text))
        line = Line(bare.start, bare.end, bare.text, len(mark.group(1)))
    return line if line.text else None
