"""A stretch of text and the marks on it -> a tree of marks and texts, from which a template writes nested elements.

Marks may overlap in any way: one that another cuts is opened again behind the cut. The texts of the tree, in order, are the
stretch.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

Kind = Literal["left_out", "sentence", "quote", "evidence", "removed", "inserted", "seam", "hidden"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of `start:end` of a text; an empty one stands at `start`.

    Of two marks on the same characters the one with the lower `layer` is outside. An empty one belongs to what stands
    before it: it is still within the marks of lower layers that end there.
    """

    start: int
    end: int
    kind: Kind
    layer: int
    style: str = ""
    """A further class of the element: the shade of a sentence, whether evidence counts."""
    title: str = ""
    link: str | None = None
    text: str = ""
    """What stands at an empty mark, in the place of hidden characters, before what was left out."""


@dataclass(slots=True)
class Node:
    """A mark with what it holds; the root's mark is None. `opens`: it is where the mark begins."""

    mark: Mark | None
    opens: bool = True
    children: "list[Node | str]" = field(default_factory=list)

    def plain(self) -> str:
        """The text that the node stands on; what marks insert is no part of it."""
        return "".join(child if isinstance(child, str) else child.plain() for child in self.children)


_HIDDEN_LAYER = 99
"""Within every other mark."""

_LAID_OUT = "\n\t"
_DELETE = "\x7f"
_SHAPELESS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Categories of characters that show nothing, or steer what others show: controls, marks of direction, surrogates."""


def mark_up(text: str, start: int, end: int, marks: Iterable[Mark]) -> Node:
    """The tree of `text[start:end]` with the marks on it; what lies outside the stretch is cut off.

    Characters without a shape become marks of kind `hidden`, whose text says what stands there.
    """
    inside = [cut for mark in marks if (cut := _cut(mark, start, end))]
    ranges = sorted((mark for mark in inside if mark.start < mark.end), key=_outside_first)
    ranges += _hidden(text, start, end)
    points = sorted((mark for mark in inside if mark.start == mark.end), key=lambda mark: mark.start)
    borders = sorted({start, end, *(at for mark in (*ranges, *points) for at in (mark.start, mark.end))})
    root = Node(None)
    stack: list[tuple[Mark | None, Node]] = [(None, root)]
    opening = {at: list(found) for at, found in groupby(sorted(ranges, key=lambda m: m.start), lambda m: m.start)}
    placed = {at: list(found) for at, found in groupby(points, lambda m: m.start)}
    active: list[Mark] = []
    for at, following in zip(borders, [*borders[1:], end], strict=True):
        active = sorted([mark for mark in active if mark.end > at] + opening.get(at, []), key=_outside_first)
        for mark in placed.get(at, []):
            _leave(stack, mark.layer)
            stack[-1][1].children.append(Node(mark))
        _enter(stack, active, at)
        if at < following:
            stack[-1][1].children.append(text[at:following])
    return root


def shown(text: str) -> str:
    """The text with every character that has no shape replaced by a name of it, so that nothing can hide or turn it."""
    return "".join(_glyph(char) if _is_hidden(text, at) else char for at, char in enumerate(text))


def _cut(mark: Mark, start: int, end: int) -> Mark | None:
    """The part of a mark within start:end, None where nothing is left of it."""
    if mark.start == mark.end:
        return mark if start <= mark.start <= end else None
    first, last = max(mark.start, start), min(mark.end, end)
    if first >= last:
        return None
    return Mark(first, last, mark.kind, mark.layer, mark.style, mark.title, mark.link, mark.text)


def _outside_first(mark: Mark) -> tuple[int, int, int]:
    return mark.layer, mark.start, -mark.end


def _leave(stack: list[tuple[Mark | None, Node]], layer: int) -> None:
    """Close the marks of that layer and all further inside."""
    while stack[-1][0] is not None and stack[-1][0].layer >= layer:
        stack.pop()


def _enter(stack: list[tuple[Mark | None, Node]], active: Sequence[Mark], at: int) -> None:
    """Close what has ended and open what begins, so that the stack holds the active marks from outside to inside."""
    kept = 0
    while kept < min(len(active), len(stack) - 1) and stack[kept + 1][0] is active[kept]:
        kept += 1
    del stack[kept + 1 :]
    for mark in active[kept:]:
        node = Node(mark, opens=mark.start == at)
        stack[-1][1].children.append(node)
        stack.append((mark, node))


def _hidden(text: str, start: int, end: int) -> list[Mark]:
    return [
        Mark(at, at + 1, "hidden", _HIDDEN_LAYER, text=_glyph(text[at]), title=_name(text[at]))
        for at in range(start, end)
        if _is_hidden(text, at)
    ]


def _is_hidden(text: str, at: int) -> bool:
    """Whether the character has no shape and is no part of a line end, nor a tabulator."""
    if text[at] in _LAID_OUT or text[at : at + 2] == "\r\n":
        return False
    return unicodedata.category(text[at]) in _SHAPELESS


def _glyph(char: str) -> str:
    """A sign for a character without a shape: ␀ for a control, else its code."""
    if char == _DELETE:
        return "␡"
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else f"[U+{ord(char):04X}]"


def _name(char: str) -> str:
    return unicodedata.name(char, f"U+{ord(char):04X}")
