"""Loops (识读循环): where a reader of print lost the line and went on with what it had read elsewhere on the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.stages.articles.forms import Item, is_complete
from digest.stages.articles.seam import NEVER_FIRST

_SHORTEST_LOOP_CHARS = 40
"""Set phrases that two texts share, to where one of them breaks off, are shorter."""
_NEXT_CHARS = 6
"""What stands behind a break is known by so many characters."""
_MOST_COPIES = 8
"""Of so many places that say the same, some go on as the page does."""
_MID_CLAUSE = re.compile(r"\w\w")


def without_loops(items: Sequence[Item]) -> list[Item]:
    """The items, those that break off while saying another one again cut where that begins: there the text is lost, not torn.

    What begins where a clause does is said twice by its author, and what the line below goes on with breaks off by a column.
    """
    told = "\n".join(item.text for item in items if item.is_prose)
    return [
        _cut(item, told) if item.form == "stump" and not item.turns and not _is_told_below(items, at) else item
        for at, item in enumerate(items)
    ]


def _is_told_below(items: Sequence[Item], at: int) -> bool:
    """Whether the next line begins as no sentence does: in mid-sentence."""
    return at + 1 < len(items) and items[at + 1].text[:1] in NEVER_FIRST


def _cut(item: Item, told: str) -> Item:
    text = item.text
    start = _loop_start(text, told)
    if not 0 < start < len(text) or not _MID_CLAUSE.match(text, start - 1):
        return item
    lost = item.line.cut(start, len(text))
    return replace(item, line=item.line.cut(0, start), loops=True, notes=(*item.notes, lost))


def _loop_start(text: str, told: str) -> int:
    """Where the end of a text begins that stands elsewhere in what is told too; its length where none is long enough, where the page
    goes on from this text as it does from the other, or where both break off."""
    begin = len(text) - _SHORTEST_LOOP_CHARS
    if begin <= 0:
        return len(text)
    own = told.find(text) + begin
    copies = [at for at in _places(text[begin:], told) if at != own]
    if not copies or any(_is_told_on(told, at + _SHORTEST_LOOP_CHARS) for at in copies):
        return len(text)
    at = copies[0]
    while begin and at and text[begin - 1] == told[at - 1]:
        begin, at = begin - 1, at - 1
    return begin


def _places(part: str, told: str) -> Iterator[int]:
    at = told.find(part)
    for _ in range(_MOST_COPIES):
        if at < 0:
            return
        yield at
        at = told.find(part, at + len(part))


def _is_told_on(told: str, at: int) -> bool:
    """Whether a line of the page begins with what stands at a place, or the line breaks off there."""
    behind, broken, _ = told[at : at + _NEXT_CHARS].partition("\n")
    return not is_complete(behind) if broken else f"\n{behind}" in told
