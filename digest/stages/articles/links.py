"""All that a division of a page is chosen from: its links, beginnings, ends and omissions, with what speaks for each."""

from dataclasses import dataclass

from digest.stages.articles.candidates import join_candidates, next_candidates
from digest.stages.articles.flow import Flags, Flow, Pairs, Signs
from digest.stages.articles.sheet import Around, Sheet
from digest.stages.articles.signs import drop_signs, end_signs, join_signs, next_signs, start_signs


@dataclass(frozen=True, slots=True)
class Weighable:
    """All that one solution of a page is chosen from."""

    joins: Pairs
    """In mid-sentence."""
    nexts: Pairs
    """With a new paragraph, heading or byline."""
    starts: Signs
    ends: Signs
    drops: Signs
    droppable: Flags
    """Which lines may belong to no article at all."""
    torn: Flags
    """Which lines break off for sure."""
    headings: Flags
    inner: Flags
    """Which lines begin no article."""


def weighable(sheet: Sheet, flow: Flow) -> Weighable:
    """The links of a page, its beginnings and ends, with the signs that speak for and against each, seen from a flow."""
    around = Around(sheet, flow)
    joins, quick = join_candidates(sheet, around)
    nexts = next_candidates(sheet, around, joins.left, joins.right)
    return Weighable(
        Pairs(joins.left, joins.right, join_signs(sheet, around, joins, quick)),
        Pairs(*nexts, next_signs(sheet, around, *nexts)),
        start_signs(sheet, around),
        end_signs(sheet, around),
        drop_signs(sheet, around),
        sheet.droppable,
        sheet.stump,
        sheet.heading,
        sheet.inner,
    )
