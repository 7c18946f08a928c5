"""Finds the names of places in a title and a text, each with the address and the context that it stands in."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from digest.stages.places.atlas import Atlas, Kind, Name
from digest.text import fold_width

FieldName = Literal["title", "text"]

_LEAD_CHARS = 100
"""News says where it happened in its opening (导语); a byline and a dateline may stand before it."""

_BEFORE_CHARS = 8
_AFTER_CHARS = 24
"""How much context is read on either side: a medium's name before, a date or the name of a university behind."""

_WORD, _ELSEWHERE = Kind.WORD, Kind.ELSEWHERE

_LEVELS_ABOVE = 3
"""A township has its county, prefecture and province before it."""

_LIST_MARKS = frozenset({"、", "和", "与", "及", "以及", "大部、", "等地、", "等地和"})
_MARK_CHARS = max(len(mark) for mark in _LIST_MARKS)
LISTED_PLACES = 3
"""So many addresses in a row are an enumeration: it speaks of all of them and of none."""


@dataclass(slots=True, eq=False)
class Mention:
    """A name in a title or text, as found; not frozen, which would take twice the time to make one."""

    field: FieldName
    start: int
    end: int
    """Offsets into the field with its white space left out."""
    text: str
    name: Name
    above: tuple[Name, ...]
    """The names before it in its address: 湖南省, 株洲市 for 芦淞区."""
    last: bool
    """Whether no further name of the same province follows in its address."""
    before: str
    after: str
    """The context of the whole address, or of the list that it stands in: 来自广东、浙江的客商 are of both."""
    listed: bool
    """Whether its address is one of an enumeration."""
    opening: bool
    """Whether it stands in the title or the lead."""


@dataclass(slots=True, eq=False)
class Field:
    """A title or text as it is matched: without white space (names break at a line's end), in half-width forms.

    Not frozen, as no Mention is.
    """

    name: FieldName
    dense: str
    cuts: tuple[int, ...]
    """Where in the dense text white space was left out, in order; a run of three characters three times."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text as received of a stretch of the dense one."""
        return start + bisect_right(self.cuts, start), end + bisect_left(self.cuts, end)


def dense_field(name: FieldName, raw: str) -> Field:
    """The field of a title or text as received."""
    if not raw:
        return Field(name, "", ())
    pieces = raw.split()
    dense = "".join(pieces)
    return Field(name, fold_width(dense), _cuts(raw, pieces) if len(dense) < len(raw) else ())


def _cuts(raw: str, pieces: Sequence[str]) -> tuple[int, ...]:
    """Where white space was left out between a text's pieces, in offsets of the dense text."""
    cuts: list[int] = []
    reached = 0
    for piece in pieces:
        start = raw.index(piece, reached)
        cuts += [reached - len(cuts)] * (start - reached)
        reached = start + len(piece)
    return tuple(cuts)


_Match = tuple[Name, int, int]


def find_mentions(field: Field, atlas: Atlas) -> list[Mention]:
    """The mentions of a field in order; the longest name wins where names overlap, and words that mean no place are out."""
    dense, names = field.dense, atlas.names
    if not dense:
        return []
    matches = [
        (name, start, end)
        for index, start, end in atlas.matcher.find_matches_as_indexes(dense)
        if (name := names[index]).kind is not _WORD
    ]
    where = field.name
    lead = len(dense) if where == "title" else _LEAD_CHARS
    mentions = []
    for addresses in _lists(dense, matches):
        head, tail = addresses[0][0][1], addresses[-1][-1][2]
        before = dense[head - _BEFORE_CHARS if head > _BEFORE_CHARS else 0 : head]
        after = dense[tail : tail + _AFTER_CHARS]
        listed = len(addresses) >= LISTED_PLACES
        for address in addresses:
            if len(address) == 1:
                ((name, start, end),) = address
                mentions.append(
                    Mention(where, start, end, dense[start:end], name, (), True, before, after, listed, start < lead)
                )
                continue
            above: tuple[Name, ...] = ()
            for n, (name, start, end) in enumerate(address, start=1):
                last = n == len(address) or _outside(name) != _outside(address[n][0])
                text = dense[start:end]
                mentions.append(
                    Mention(where, start, end, text, name, above, last, before, after, listed, start < lead)
                )
                if n < len(address):
                    above = (*above[1 - _LEVELS_ABOVE :], name)
    return mentions


def _lists(dense: str, matches: Sequence[_Match]) -> list[list[list[_Match]]]:
    """The matches as lists of addresses.

    Those that stand directly behind each other are one address (湖南省|株洲市|芦淞区), addresses with nothing but list marks
    between them one list; an address that stands alone is a list of one.
    """
    lists: list[list[list[_Match]]] = []
    reached = -1
    for match in matches:
        start = match[1]
        if start == reached:
            lists[-1][-1].append(match)
        elif start - reached <= _MARK_CHARS and lists and dense[reached:start] in _LIST_MARKS:
            lists[-1].append([match])
        else:
            lists.append([[match]])
        reached = match[2]
    return lists


def _outside(name: Name) -> bool:
    return name.kind is _ELSEWHERE
