"""How well made pages were split: what was found against what is true.

An article is matched with one that was found, one to one, those most alike first, by the character 5-grams of their bodies
after NFKC and without white space. What a page prints of an article beside its body (headings, names, half sentences) is
held neither for nor against a body that contains it.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from bench.pages.making import Made, MadeArticle, MadeLine
from bench.pages.sentences import sentences
from digest.model import Article

_GRAM = 5
_MATCHED = 0.7
"""The least Jaccard similarity of a match."""
_ASSIGNED = 0.05
"""The least similarity at which headline and authors are compared at all."""
_EDITED = 0.75
"""The least similarity of a sentence to the true one that it repairs."""
_SEAM_CHARS = 6
_STOPS = "。!?…."
_CLOSERS = "”’」』)】》\"'"


@dataclass(frozen=True, slots=True)
class Found:
    """An article as it was found on a page."""

    headline: str | None
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    """Body paragraphs only."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How well pages were split."""

    f1: float
    """Of the articles, by their bodies."""
    headlines: float
    """Share of the true articles whose headline, or lack of one, was found exactly."""
    authors: float
    """Share of the true articles whose set of authors was found exactly."""
    leak: float
    """Share of the found 5-grams that are owed to furniture or copies and to no article."""
    broken: int
    """Found sentences that are no true sentence."""
    sentences: int
    joins: float
    """Share of the joined seams that stand unbroken in what was found; 1 where there are none."""
    joins_all: int


def found(article: Article) -> Found:
    """What the splitter made of an article, its section heads left out."""
    body = tuple(paragraph.quote.text for paragraph in article.paragraphs if paragraph.role == "body")
    return Found(article.headline.text if article.headline else None, article.authors, body)


def score(made: Sequence[tuple[Made, Sequence[Found]]]) -> Scores:
    """The scores over all pages together."""
    all_ = _Counts()
    for page, articles in made:
        all_.add(_Page(page, articles).counts())
    return Scores(
        f1=2 * all_.matched / max(1, all_.true + all_.found),
        headlines=all_.headlines / max(1, all_.true),
        authors=all_.authors / max(1, all_.true),
        leak=all_.leaked / max(1, all_.grams),
        broken=all_.broken,
        sentences=all_.sentences,
        joins=all_.joins / all_.joins_all if all_.joins_all else 1.0,
        joins_all=all_.joins_all,
    )


@dataclass(slots=True)
class _Counts:
    true: int = 0
    found: int = 0
    matched: int = 0
    headlines: int = 0
    authors: int = 0
    leaked: int = 0
    grams: int = 0
    broken: int = 0
    sentences: int = 0
    joins: int = 0
    joins_all: int = 0

    def add(self, other: "_Counts") -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def plain(text: str) -> str:
    """A text as it is compared: NFKC, without white space and heading marks."""
    return "".join(unicodedata.normalize("NFKC", text).replace("#", "").split())


def _grams(text: str) -> list[str]:
    dense = plain(text)
    return [dense[at : at + _GRAM] for at in range(len(dense) - _GRAM + 1)]


def _count(texts: Iterable[str]) -> Counter[str]:
    return Counter(gram for text in texts for gram in _grams(text))


def seam(line: MadeLine, following: MadeLine) -> str:
    """The characters on either side of a cut, as they are compared."""
    return plain(line.text)[-_SEAM_CHARS:] + plain(following.text)[:_SEAM_CHARS]


def neighbours(made: Made, article: int) -> Iterator[tuple[MadeLine, MadeLine]]:
    """Each two lines of an article that follow each other in true reading order."""
    lines = sorted((line for line in made.lines if line.article == article), key=lambda line: line.order)
    return pairwise(lines)


class _Page:
    """One page's truth beside what was found on it."""

    def __init__(self, made: Made, articles: Sequence[Found]) -> None:
        self.made, self.articles = made, articles
        self.bodies = [_count(article.paragraphs) for article in articles]
        self.true = [_count(article.paragraphs) for article in made.articles]
        self.printed = [
            _count(line.text for line in made.lines if line.article == n) for n in range(len(made.articles))
        ]

    def counts(self) -> _Counts:
        counts = _Counts(true=len(self.true), found=len(self.articles))
        for n, k, alike in self._assigned():
            true, given = self.made.articles[n], self.articles[k]
            counts.matched += alike >= _MATCHED
            counts.headlines += plain(given.headline or "") in {plain(h) for h in (true.headline, *true.others)}
            counts.authors += set(map(plain, given.authors)) == set(map(plain, true.authors))
        self._count_leaks(counts)
        self._count_sentences(counts)
        self._count_joins(counts)
        return counts

    def _assigned(self) -> Iterator[tuple[int, int, float]]:
        """The true article, the found one and their likeness, of each two that were assigned to each other."""
        pairs = []
        for n, true in enumerate(self.true):
            neutral = self.printed[n].keys() - true.keys()
            for k, body in enumerate(self.bodies):
                kept = body.keys() - neutral
                alike = len(kept & true.keys()) / max(1, len(kept | true.keys()))
                if alike > _ASSIGNED:
                    pairs.append((alike, n, k))
        taken_n, taken_k = set(), set()
        for alike, n, k in sorted(pairs, reverse=True):
            if n not in taken_n and k not in taken_k:
                taken_n.add(n)
                taken_k.add(k)
                yield n, k, alike

    def _count_leaks(self, counts: _Counts) -> None:
        given = sum(self.bodies, Counter())
        owned = sum((true | printed for true, printed in zip(self.true, self.printed, strict=True)), Counter())
        furniture = _count(line.text for line in self.made.lines if line.article is None)
        counts.grams = given.total()
        counts.leaked = ((given - owned) & furniture).total()

    def _count_sentences(self, counts: _Counts) -> None:
        true = {plain(s) for article in self.made.articles for p in article.paragraphs for s in sentences(p)}
        true |= set(self._halves())
        own = {plain(line.text) for line in self.made.lines if line.article is not None and line.role != "body"}
        foreign = set(self._furniture())
        in_order = sorted(true)
        for article in self.articles:
            for paragraph in article.paragraphs:
                for sentence in map(plain, sentences(paragraph)):
                    if sentence in own:
                        continue
                    counts.sentences += 1
                    if len(sentence) > 1 and sentence not in true and sentence not in foreign:
                        counts.broken += not _repairs(sentence, in_order)

    def _halves(self) -> Iterator[str]:
        """The halves of sentences that lost one to three characters where they were cut: nobody need join them."""
        for n, article in enumerate(self.made.articles):
            whole = [plain(paragraph) for paragraph in article.paragraphs]
            for line, following in neighbours(self.made, n):
                if following.gapped and any(seam(line, following) in paragraph for paragraph in whole):
                    yield plain(sentences(line.text)[-1])
                    yield plain(sentences(following.text)[0])

    def _furniture(self) -> Iterator[str]:
        """What stands on the page beside its articles; it counts as leak and not as broken."""
        for line in self.made.lines:
            if line.article is None:
                yield plain(line.text)
                if line.role != "copy":
                    yield from map(plain, sentences(line.text))

    def _count_joins(self, counts: _Counts) -> None:
        given = [plain(paragraph) for article in self.articles for paragraph in article.paragraphs]
        for n in range(len(self.made.articles)):
            for line, following in neighbours(self.made, n):
                if following.joined:
                    counts.joins_all += 1
                    counts.joins += any(seam(line, following) in paragraph for paragraph in given)


def _repairs(sentence: str, true: Iterable[str]) -> bool:
    """Whether a sentence is a true one that was lightly edited."""
    if sentence.rstrip(_CLOSERS)[-1:] not in tuple(_STOPS):
        return False
    grams = set(_grams(sentence))
    for other in true:
        if abs(len(other) - len(sentence)) > 0.3 * max(len(other), len(sentence)):
            continue
        theirs = set(_grams(other))
        if len(grams & theirs) >= _EDITED * max(1, len(grams | theirs)):
            return sentence not in other and other not in sentence
    return False


def true_as_found(article: MadeArticle) -> Found:
    """What a perfect splitter would find."""
    return Found(article.headline or None, article.authors, article.paragraphs)
