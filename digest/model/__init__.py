"""The values that go down the line, in the order in which they come to be. All are frozen; all sequences are tuples."""

from digest.model.articles import Article, Mending, MendingKind, Paragraph
from digest.model.delivery import Answer, Letter, Letterhead, Message, SendState
from digest.model.documents import Document, Failure, Page
from digest.model.forms import Checks, Gate, Move, Rendering
from digest.model.issue import Brief, Issue, Period, Section, Source, Story
from digest.model.places import ELSEWHERE, PROVINCE, Division, Evidence, Gazetteer, Placement, Tile, Tiles
from digest.model.summary import Appraisal, Fault, Prose, Ranker, Ranking, Sentence, Summary

__all__ = [
    "ELSEWHERE",
    "PROVINCE",
    "Answer",
    "Appraisal",
    "Article",
    "Brief",
    "Checks",
    "Division",
    "Document",
    "Evidence",
    "Failure",
    "Fault",
    "Gate",
    "Gazetteer",
    "Issue",
    "Letter",
    "Letterhead",
    "Mending",
    "MendingKind",
    "Message",
    "Move",
    "Page",
    "Paragraph",
    "Period",
    "Placement",
    "Prose",
    "Ranker",
    "Ranking",
    "Rendering",
    "Section",
    "SendState",
    "Sentence",
    "Source",
    "Story",
    "Summary",
    "Tile",
    "Tiles",
]
