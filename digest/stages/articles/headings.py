"""Headings that are built alike: the section heads of one article."""

from itertools import pairwise

_MARKS = frozenset(",:、!?“”《》")
"""Marks that show how a heading is built; a space parts the halves of most slogans and shows nothing."""


def are_alike(one: str, other: str) -> bool:
    """Whether two headings are as long and share two characters in a row, or one and all marks, in the same places.

    塑一方新风 is like 断一方穷根, 一间工坊,留住身边人 like 一根网线,请回年轻人.
    """
    if len(one) != len(other):
        return False
    same = [a == b for a, b in zip(one, other, strict=True)]
    if any(a and b for a, b in pairwise(same)):
        return True
    marks = [equal for equal, a, b in zip(same, one, other, strict=True) if a in _MARKS or b in _MARKS]
    return bool(marks) and all(marks) and any(same)
