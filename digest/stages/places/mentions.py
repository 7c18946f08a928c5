"""Finds the names of places in a title and a text, and weighs each mention."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from digest.model import Evidence
from digest.stages.places.atlas import Atlas, Kind, Name
from digest.stages.places.reading import DATELINE, MEDIUM, OFFICE, PLAIN, Reading, read
from digest.text import fold_width

LEAD_CHARS = 100
"""News says where it happened in its first sentence or two (导语); the dateline and byline stand before it."""

_WEIGHT_TITLE = 3.0
_WEIGHT_LEAD = 2.0
_WEIGHT_BODY = 1.0

_WEIGHT_OF_KIND = {Kind.PREFECTURE: 1.0, Kind.COUNTY: 1.0, Kind.TOWNSHIP: 0.7, Kind.ELSEWHERE: 1.0}
_WEIGHT_SHORT = 0.9
"""A short form against the full name: now and then it is part of a word that we do not know."""

_BEFORE_CHARS, _AFTER_CHARS = 6, 24
"""How much context is read on either side."""

_LIST_MARKS = ("、", "和", "与", "及", "以及", "等", "市、", "县、", "大部、", "等地、")
_LISTED_PLACES = 3
"""So many places in a row are an enumeration: it speaks of all of them and of none."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in one field, and how it was read."""

    field: Literal["title", "text"]
    start: int
    end: int
    """Offsets into the dense field."""
    name: Name
    before: str
    after: str
    """The context around the whole address that the name is part of."""
    head: bool
    """Whether an address begins here: no name stands directly before it."""
    tail: bool
    """Whether an address ends here."""
    above: tuple[str, ...] = ()
    """The codes of the names before it in its address."""
    listed: bool = False
    code: str | None = None
    """The division that it was found to stand for; None where it counts for none."""
    reading: Reading = PLAIN


class Field:
    """A title or text with its white space left out and its full-width forms folded, and the way back."""

    __slots__ = ("dense", "name", "raw", "_kept")

    def __init__(self, name: Literal["title", "text"], raw: str) -> None:
        self.name, self.raw = name, raw
        self.dense = fold_width("".join(raw.split()))
        self._kept = None if len(self.dense) == len(raw) else [i for i, char in enumerate(raw) if not char.isspace()]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the field as received of a stretch of its dense form."""
        if self._kept is None:
            return start, end
        return self._kept[start], self._kept[end - 1] + 1
