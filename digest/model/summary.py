"""What becomes of an article: its sentences, their ranking, the chosen ones."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from digest.model.articles import Article
from digest.model.places import Placement
from digest.quote import Quote


@dataclass(frozen=True, slots=True)
class Prose:
    """What ranking and selection see of an article: its sentences in order, and of where they came from only what makes one doubtful."""

    title: str
    sentences: tuple[str, ...]
    opens_paragraph: tuple[bool, ...]
    """Parallel to the sentences."""
    joined_afar: frozenset[int] = frozenset()
    """Which sentences were put together of halves that stand far apart on the page."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a method made of an article."""

    scores: tuple[float, ...]
    """Parallel to the sentences; higher is better, any finite range."""
    terms: Mapping[str, tuple[float, ...]]
    """By name, the parts that add up to the scores, each parallel to the sentences."""
    weights: Mapping[str, float]
    """By the same names, what each part was multiplied with: the method's constants, as far as they hold for this article."""

    @classmethod
    def whole(cls, method: str, scores: Iterable[float]) -> "Ranking":
        """The ranking of a method whose scores have no parts: one term of the method's own name."""
        listed = tuple(scores)
        return cls(listed, {method: listed}, {method: 1.0})


Ranker = Callable[[Prose], Ranking]
"""A summary method; no sentence yields no score."""


class Fault(StrEnum):
    """Why a sentence can never be quoted, in English words."""

    INCOMPLETE = "incomplete"
    BREAKS_OFF = "breaks off"
    QUESTION = "question"
    SECTION_HEAD = "section head"
    UNBALANCED = "unbalanced marks"
    NO_SPEAKER = "quotation without its speaker"
    JOINED_AFAR = "halves from far apart"
    ITEM_TEXT = "text of a list item"
    """What follows the bare head of a list item (二是对接沟通快。) lacks its subject."""
    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    SLOGAN = "slogan"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What selection makes of a sentence and its score."""

    worth: float | None
    """The score in standard deviations and the facts, added up; None where the sentence can never be quoted."""
    facts: Mapping[str, float]
    """By name, what the sentence's own words are worth: the marks of news, and what speaks against quoting it."""
    fault: Fault | None
    """Why the sentence can never be quoted; None where it can."""
    needs_previous: bool
    """Whether it can be quoted only right behind the sentence before it."""
    needs_named: str | None
    """The kind of unit (局, 乡) that its 该局 refers to and that must be named before; None where nothing is referred to."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article (句)."""

    quote: Quote
    index: int
    """Its position among the article's sentences, from 0."""
    paragraph: int
    """The position of its paragraph among the article's paragraphs, from 0."""

    @property
    def text(self) -> str:
        return self.quote.text


@dataclass(frozen=True, slots=True)
class Summary:
    """An article with its sentences, what was made of them, and the chosen ones."""

    article: Article
    placement: Placement
    sentences: tuple[Sentence, ...]
    ranking: Ranking
    appraisals: tuple[Appraisal, ...]
    """Parallel to the sentences."""
    chosen: tuple[int, ...]
    """Indices into the sentences, in document order."""
    method: str
