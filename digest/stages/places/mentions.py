"""Finds the names of places in a title and a text, each with the address and the context that it stands in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from digest.stages.places.atlas import Atlas, Kind, Name
from digest.text import fold_width

_SPACE = re.compile(r"\s")

FieldName = Literal["title", "text"]

_LEAD_CHARS = 100
"""News says where it happened in its opening (导语); a byline and a dateline may stand before it."""

_BEFORE_CHARS = 8
_AFTER_CHARS = 24
"""How much context is read on either side: a medium's name before, a date or the name of a university behind."""

_LEVELS_ABOVE = 3
"""A township has its county, prefecture and province before it."""

_LIST_MARKS = frozenset({"、", "和", "与", "及", "以及", "大部、", "等地、", "等地和"})
LISTED_PLACES = 3
"""So many addresses in a row are an enumeration: it speaks of all of them and of none."""


class Mention(NamedTuple):
    """A name in a title or text, as found."""

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

    @property
    def opening(self) -> bool:
        """Whether it stands in the title or the lead."""
        return self.field == "title" or self.start < _LEAD_CHARS


@dataclass(frozen=True, slots=True)
class Field:
    """A title or text as it is matched: without white space (names break at a line's end), in half-width forms."""

    name: FieldName
    dense: str
    cuts: tuple[int, ...]
    """Where in the dense text white space was left out, in order; a run of three characters three times."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text as received of a stretch of the dense one."""
        return start + bisect_right(self.cuts, start), end + bisect_left(self.cuts, end)


def dense_field(name: FieldName, raw: str) -> Field:
    """The field of a title or text as received."""
    dense = "".join(raw.split())
    gaps = (match.start() for match in _SPACE.finditer(raw)) if len(dense) < len(raw) else ()
    return Field(name, fold_width(dense), tuple(at - n for n, at in enumerate(gaps)))


def find_mentions(field: Field, atlas: Atlas) -> list[Mention]:
    """The mentions of a field in order; the longest name wins where names overlap, and words that mean no place are out."""
    matches = [
        (atlas.names[index], start, end)
        for index, start, end in atlas.matcher.find_matches_as_indexes(field.dense)
        if atlas.names[index].kind is not Kind.WORD
    ]
    mentions = []
    for address, head, tail, in_list in _in_lists(field.dense, _addresses(matches)):
        before = field.dense[max(head - _BEFORE_CHARS, 0) : head]
        after = field.dense[tail : tail + _AFTER_CHARS]
        for n, (name, start, end) in enumerate(address):
            above = tuple(other for other, _, _ in address[max(n - _LEVELS_ABOVE, 0) : n])
            last = n == len(address) - 1 or _outside(name) != _outside(address[n + 1][0])
            text = field.dense[start:end]
            mentions.append(Mention(field.name, start, end, text, name, above, last, before, after, in_list))
    return mentions


_Match = tuple[Name, int, int]


def _addresses(matches: Sequence[_Match]) -> list[list[_Match]]:
    """The matches, those that stand directly behind each other together: 湖南省|株洲市|芦淞区."""
    addresses: list[list[_Match]] = []
    for match in matches:
        if addresses and addresses[-1][-1][2] == match[1]:
            addresses[-1].append(match)
        else:
            addresses.append([match])
    return addresses


def _outside(name: Name) -> bool:
    return name.kind is Kind.ELSEWHERE


def _in_lists(dense: str, addresses: Sequence[list[_Match]]) -> Iterator[tuple[list[_Match], int, int, bool]]:
    """Each address, where the list begins and ends that it stands in with nothing but list marks, and whether that is long.

    A list of one is the address itself; one of at least LISTED_PLACES is an enumeration.
    """
    first = 0
    for i in range(1, len(addresses) + 1):
        if i < len(addresses) and dense[addresses[i - 1][-1][2] : addresses[i][0][1]] in _LIST_MARKS:
            continue
        head, tail = addresses[first][0][1], addresses[i - 1][-1][2]
        for address in addresses[first:i]:
            yield address, head, tail, i - first >= LISTED_PLACES
        first = i
