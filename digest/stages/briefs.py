"""A round-up's sentences -> briefs (简讯) for the cities that they speak of.

A report about several cities often gives each a sentence, or a clause between semicolons. Such an article stays one story,
and each of the cities gets its sentence or clause as a brief that refers to the story.
"""

import re
from collections.abc import Callable, Sequence

from digest.model import Brief, Sentence, Story
from digest.quote import Quote

_SEMICOLON = re.compile(r"[；;]")

_COMMA = re.compile(r"[，,]")

_OPENERS, _CLOSERS = "“‘（(《【「『", "”’）)》】」』"

_LEAST_CITIES = 3
"""Fewer cities with a sentence of their own make a comparison or a visit, not a round-up."""

_LEAST_CHARS = 12
"""A shorter clause tells nothing on its own."""


def briefs_of(
    story: Story, sentences: Sequence[Sentence], subject: Callable[[str], str | None]
) -> dict[str, tuple[Brief, ...]]:
    """The briefs of a story by city, in the order of the text, one a city; none unless it is a round-up.

    `subject` tells the city that a sentence, or a part of one, is about, None for several or none. Where the parts between
    commas speak of one city each, each of these gets the whole: at a comma nothing may be cut.
    """
    found: dict[str, Quote] = {}
    for sentence in sentences:
        for clause in _clauses(sentence.quote):
            for city in _cities(clause.text, subject):
                found.setdefault(city, clause)
    if len(found) < _LEAST_CITIES:
        return {}
    return {city: (Brief(story.id, story.label.text, clause),) for city, clause in found.items()}


def _cities(clause: str, subject: Callable[[str], str | None]) -> list[str]:
    if len(clause) < _LEAST_CHARS:
        return []
    parts = [city for part in _COMMA.split(clause) if (city := subject(part)) is not None]
    whole = subject(clause)
    return list(dict.fromkeys(parts)) if len(set(parts)) > 1 else [whole] if whole is not None else []


def _clauses(sentence: Quote) -> list[Quote]:
    """The sentence itself, or its clauses between semicolons, each closed with 。; the last keeps its own end."""
    ends = [m.start() for m in _SEMICOLON.finditer(sentence.text) if _is_outside(sentence.text, m.start())]
    if not ends:
        return [sentence]
    starts = [0, *(end + 1 for end in ends)]
    closed = [sentence.clause(start, end) for start, end in zip(starts, ends, strict=False)]
    return [*closed, sentence.part(starts[-1], len(sentence.text))]


def _is_outside(text: str, at: int) -> bool:
    """Whether a place in a sentence lies outside all quotation marks and brackets."""
    before = text[:at]
    return sum(map(before.count, _OPENERS)) <= sum(map(before.count, _CLOSERS))
