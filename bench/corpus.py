"""Articles of our own writing, from which pages are made: those that the splitter learns from and those that it is measured on.

All are invented, in the manner of local news; no name, number or sentence was taken from a paper. A line of JSON an article:
`title`, `text` (a line each paragraph), and where it has them `city`, `county`, `heads`, `captions`, `authors`.
"""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.pages.making import Source
from digest.text import fold_width

ROOT = Path(__file__).resolve().parents[1]
LEARNT = ROOT / "bench" / "data" / "articles"
"""Nothing that is measured is made from these."""
HELD_OUT = ROOT / "tests" / "articles.jsonl"
"""Nothing is learnt from these."""

_SHUFFLE_SEED = 5


@dataclass(frozen=True, slots=True)
class Pool:
    """Articles for pages of articles, and those for pages of short stories."""

    local: tuple[Source, ...]
    briefs: tuple[Source, ...]
    """News of no city of the province."""

    @property
    def all(self) -> tuple[Source, ...]:
        return self.local + self.briefs

    def of(self, preset: str) -> tuple[Source, ...]:
        """What the pages of a preset are made from."""
        return self.briefs if preset == "briefs" else self.local

    def halves(self) -> tuple["Pool", "Pool"]:
        """Every other article, and the rest."""
        return Pool(self.local[::2], self.briefs[::2]), Pool(self.local[1::2], self.briefs[1::2])


def read_articles(*files: Path) -> list[Source]:
    """The articles of some files, in order."""
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def read_pool(articles: Iterable[Source]) -> Pool:
    """The articles in two kinds, each in an order drawn once and for all."""
    every = list(articles)
    local, briefs = [a for a in every if a.get("city")], [a for a in every if not a.get("city")]
    for kind in (local, briefs):
        random.Random(_SHUFFLE_SEED).shuffle(kind)  # noqa: S311 (no secret)
    return Pool(tuple(local), tuple(briefs))


def learnt_pool() -> Pool:
    """The articles that the splitter learns from."""
    return read_pool(read_articles(*sorted(LEARNT.glob("*.jsonl"))))


def passages(article: Source, chars: int) -> set[str]:
    """All that stands in so many characters running, in the headline or a paragraph, whatever the width and spacing."""
    texts = ["".join(fold_width(text).split()) for text in paragraphs(article)]
    return {text[at : at + chars] for text in texts for at in range(len(text) - chars + 1)}


def paragraphs(article: Source) -> Sequence[str]:
    """The headline and the paragraphs of an article."""
    return [article["title"], *article["text"].split("\n")]
