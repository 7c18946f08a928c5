"""Paragraphs that print wrapped at the width of its columns, as text copied from a page or a mail holds them (折行)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.stages.articles.bylines import closing_line, label_line, names_line
from digest.stages.articles.furniture import is_furniture
from digest.stages.articles.lines import LONGEST_LINE_CHARS, Line

_LEAST_LINES = 8
_LEAST_WIDTH, _LEAST_BARE_WIDTH, _MOST_WIDTH = 12, 16, 80
"""Where paragraphs are not indented, a column as narrow as headlines are long cannot be told from these."""
_RAGGED = 2.1
"""How much narrower than its column a full line may be: its last mark is not counted, which may hang behind it, and a number is not parted."""
_HANGING = 1.0
"""A second mark may hang too."""
_MOST_WIDER = 0.06
_LEAST_FULL = 0.4
_MOST_STOPPED = 0.5
"""Full lines end with a mark no oftener by chance; verses and lists do."""
_LEAST_MARKS = 0.5
"""Prose has a mark in twelve characters, headlines in a list have hardly any."""
_LEAST_SENTENCES = 0.08
_APART = 0.8
"""Where so many lines have an empty one above them, it parts nothing."""
_INDENT = 2
_INNER_MARK = re.compile("[。!?;,、:]")
_MARK = re.compile("[。!?;,、:…”)]$")
_STOP = re.compile(r"[。!?…]”?(?:\([^()]{2,40}\))?$")
_WORDS_MEET = re.compile("[A-Za-z,.;:][A-Za-z]|[A-Za-z][0-9(]")
_WORD = re.compile(r"[A-Za-z0-9.,%-]+")
_NARROW = re.compile(r"[\x20-\x7e]")


def unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those of a paragraph as one where a page's paragraphs were wrapped at one width; elsewhere as they are."""
    full = _full(lines, [_width(line) for line in lines]) or _full(lines, [_chars(line) for line in lines])
    if not full:
        yield from lines
        return
    indents = _indents(lines)
    parted = sum(line.apart for line in lines) < _APART * len(lines)
    whole = lines[0]
    for i, line in enumerate(lines[1:], start=1):
        begins = line.level or (parted and line.apart) or (indents and line.indent >= _INDENT) or _is_other(line.text)
        ended = _STOP.search(lines[i - 1].text) is not None
        # behind a paragraph that fills its last line: a heading or another paragraph
        other = ended and (not indents or not (full[i] or _STOP.search(line.text)))
        in_text = not indents or whole.indent >= _INDENT
        if full[i - 1] and in_text and not begins and not other and len(whole.text) < LONGEST_LINE_CHARS:
            whole = _joined(whole, line)
        else:
            yield whole
            whole = line
    yield whole


def _is_other(text: str) -> bool:
    """Whether a line is no piece of a paragraph whatever stands above it: a byline, furniture."""
    return bool(label_line(text) or names_line(text)) or closing_line(text) is not None or is_furniture(text)


def _joined(above: Line, below: Line) -> Line:
    """Both as one line; the break between two Latin words is a space."""
    if not _WORDS_MEET.search(above.text[-1] + below.text[0]):
        return replace(above, spans=(*above.spans, *below.spans), text=above.text + below.text)
    last, first = above.spans[-1], below.spans[0]
    spans = (*above.spans[:-1], (last[0], first[1]), *below.spans[1:])
    return replace(above, spans=spans, text=above.text + " " * (first[0] - last[1]) + below.text)


def _full(lines: Sequence[Line], widths: Sequence[float]) -> list[bool]:
    """Which lines fill the column that a page's paragraphs were wrapped at; [] where they were not."""
    count = len(lines)
    if count < _LEAST_LINES or len(_ends(lines)) < _LEAST_SENTENCES * count:
        return []
    ordered = sorted(widths)
    column = max(ordered, key=lambda width: bisect_right(ordered, width) - bisect_right(ordered, width - _RAGGED))
    full = [column - _RAGGED < width <= column + _HANGING for width in widths]
    stopped = sum(is_full and _MARK.search(line.text) is not None for line, is_full in zip(lines, full, strict=True))
    marks = sum(len(_INNER_MARK.findall(line.text)) for line, is_full in zip(lines, full, strict=True) if is_full)
    wrapped = (
        (_LEAST_WIDTH if _indents(lines) else _LEAST_BARE_WIDTH) <= column <= _MOST_WIDTH
        and sum(full) >= _LEAST_FULL * count
        and sum(width > column + _HANGING for width in widths) <= _MOST_WIDER * count
        and stopped <= _MOST_STOPPED * sum(full)
        and marks >= _LEAST_MARKS * sum(full)
    )
    if not wrapped:
        return []
    # a word that would not fit went to the next line
    words = [*(_first_word(line.text) for line in lines[1:]), 0.0]
    return [
        is_full or column - _RAGGED < width + word <= column + word
        for is_full, width, word in zip(full, widths, words, strict=True)
    ]


def _first_word(text: str) -> float:
    """The width of the Latin word or number that a line begins with, which print does not part."""
    word = _WORD.match(text)
    return len(word.group()) / 2 if word else 0.0


def _indents(lines: Sequence[Line]) -> bool:
    return sum(line.indent >= _INDENT for line in lines) >= len(_ends(lines)) / 2


def _ends(lines: Sequence[Line]) -> list[Line]:
    """The lines that end a sentence."""
    return [line for line in lines if _STOP.search(line.text)]


def _width(line: Line) -> float:
    """In full-width characters, as print and a terminal set them."""
    return _chars(line) - len(_NARROW.findall(line.text)) / 2


def _chars(line: Line) -> float:
    """In characters, as programs count them."""
    return len(line.text) - (_MARK.search(line.text) is not None) + line.indent / 2
