"""Newspaper pages made from clean articles, damaged as readers of print and savers of web pages damage them, with the truth."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.pages.drafting import Draft, Role, Row, draft_article, draft_brief, paragraphs_of
from bench.pages.furnishing import Furnishing
from bench.pages.manner import Manner, draw_manner
from bench.pages.noise import PRESETS, Noise
from bench.pages.sentences import sentences

Source = Mapping[str, Any]
"""A clean article: title, text (a line each paragraph), city, county, heads, captions, authors."""

_LEAST_BRIEFS, _MOST_BRIEFS = 3, 8
_LEAST_PART = 2
"""Paragraphs of a part of a long article."""
_COMMON = 0.1
"""Pairs of characters of more articles tell no subject."""
_LEAST_PARAGRAPHS, _MOST_PARAGRAPHS = 3, 14
_BRIEF_LENGTHS = (1,) * 14 + (2, 2, 3)
"""Paragraphs of a short story, as often as each length occurs."""


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A line that is not blank, and what it is."""

    text: str
    """As it stands on the page, marks included."""
    start: int
    end: int
    article: int | None
    """The article that it belongs to, from 0; None for what is no article's text."""
    order: int
    """Its rank among its article's lines in true reading order; -1 where it has no article."""
    role: Role
    joined: bool
    """Whether it goes on in mid-sentence where the article's line before it breaks off, with nothing lost."""
    gapped: bool
    """Whether one to three characters or a half sentence are lost between it and the article's line before it."""


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """What a perfect reader would take from the page."""

    headline: str
    """Empty where the page has none."""
    others: tuple[str, ...]
    """What may be taken for the headline as well."""
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    """Joined, without byline, half sentences and repeats."""
    truncated: bool
    city: str | None
    county: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """A page and its truth."""

    text: str
    lines: tuple[MadeLine, ...]
    articles: tuple[MadeArticle, ...]
    web: bool


def make_pages(pool: Sequence[Source], preset: str, seed: int, count: int) -> Iterator[Made]:
    """So many pages with the noise of a preset; the same arguments yield the same pages."""
    for n in range(count):
        yield make_page(pool, PRESETS[preset], random.Random(f"{preset} {seed} {n}"))  # noqa: S311 (no secret)


def make_page(pool: Sequence[Source], noise: Noise, rng: random.Random) -> Made:
    """One page of articles of the pool."""
    manner = draw_manner(noise, rng)
    web = rng.random() < noise.web
    if rng.random() < noise.briefs:
        sources, drafts = _briefs(pool, noise, manner, rng)
    elif noise.body_alone and rng.random() < noise.body_alone:
        sources = [rng.choice(pool)]
        drafts = [draft_brief("", paragraphs_of(sources[0]), manner, rng)]
    else:
        sources = [rng.choice(pool)] if web else _chosen(pool, noise, rng)
        sources = [part for source in sources for part in _parts(source, noise, rng)][: noise.most_articles]
        sources = [_shortened(source, rng) if rng.random() < noise.shortened else source for source in sources]
        drafts = [draft_article(source, noise, manner, rng) for source in sources]
    for n, draft in enumerate(drafts):
        for row in draft.rows:
            row.article = n
    furnishing = Furnishing(_interleaved([_segments(draft) for draft in drafts], noise, rng), noise, manner, rng)
    furnishing.double_lines()
    furnishing.add_captions(sources)
    if web:
        furnishing.add_web()
    else:
        furnishing.add_print()
    text, lines = _laid_out(furnishing.flow, noise, manner, rng)
    articles = tuple(_article(source, draft) for source, draft in zip(sources, drafts, strict=True))
    return Made(text, lines, articles, web)


def _shortened(source: Source, rng: random.Random) -> Source:
    """The beginning of an article: one to three of its paragraphs, whole or their first sentences."""
    paragraphs = paragraphs_of(source)[: rng.randint(1, 3)]
    if rng.random() < 0.6:
        paragraphs = [sentences(paragraph)[0] for paragraph in paragraphs]
    return {**source, "text": "\n".join(paragraphs)}


def _chosen(pool: Sequence[Source], noise: Noise, rng: random.Random) -> list[Source]:
    """A printed page's articles."""
    count = min(len(pool), rng.randint(noise.least_articles, noise.most_articles))
    if noise.one_subject:
        return _of_one_subject(pool, count, rng)
    if not noise.one_place:
        return rng.sample(pool, count)
    place = rng.choice(("city", "county"))
    name = rng.choice(pool).get(place)
    near = [source for source in pool if name and source.get(place) == name]
    if len(near) >= count:
        return rng.sample(near, count)
    far = [source for source in pool if not name or source.get(place) != name]
    missing = max(0, noise.least_articles - len(near))
    chosen = near + rng.sample(far, min(missing, len(far)))
    rng.shuffle(chosen)
    return chosen


def _parts(source: Source, noise: Noise, rng: random.Random) -> list[Source]:
    """The two halves of a long article as articles, the second with a section head for its headline; else the article."""
    paragraphs, heads = paragraphs_of(source), source.get("heads") or ()
    if not heads or len(paragraphs) < 2 * _LEAST_PART or rng.random() >= noise.parted:
        return [source]
    cut = rng.randint(_LEAST_PART, len(paragraphs) - _LEAST_PART)
    own = {"captions": (), "authors": ()}
    return [
        {**source, **own, "text": "\n".join(paragraphs[:cut]), "heads": heads[1::2]},
        {**source, **own, "text": "\n".join(paragraphs[cut:]), "title": heads[0], "heads": heads[2::2]},
    ]


@cache
def _kinship(texts: tuple[str, ...]) -> NDArray[np.float64]:
    """[text, text]: the cosine of their rare pairs of characters."""
    grams = [set(map("".join, pairwise(text))) for text in texts]
    spread = Counter(gram for own in grams for gram in own)
    rare = {gram: k for k, gram in enumerate(sorted(g for g, n in spread.items() if 1 < n <= len(texts) * _COMMON))}
    table = np.zeros((len(texts), len(rare)))
    for row, own in zip(table, grams, strict=True):
        for gram in own & rare.keys():
            row[rare[gram]] = np.log(len(texts) / spread[gram])
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    return np.asarray(table @ table.T)


def _of_one_subject(pool: Sequence[Source], count: int, rng: random.Random) -> list[Source]:
    """So many articles of those that share most rare pairs of characters with one of them."""
    first = rng.randrange(len(pool))
    common = _kinship(tuple(source["title"] + source["text"] for source in pool))[first]
    nearest = sorted(range(len(pool)), key=lambda k: (-common[k], k))
    return [pool[k] for k in rng.sample(nearest[: 3 * count], min(count, len(pool)))]


def _briefs(
    pool: Sequence[Source], noise: Noise, manner: Manner, rng: random.Random
) -> tuple[list[Source], list[Draft]]:
    """Short stories (简讯) and their drafts, neither too few paragraphs nor too many in all."""
    sources: list[Source] = []
    drafts: list[Draft] = []
    room = _MOST_PARAGRAPHS
    datelines = noise.brief_datelines > 0 and rng.random() < noise.brief_datelines
    for source in rng.sample(pool, min(len(pool), rng.randint(_LEAST_BRIEFS, _MOST_BRIEFS))):
        left = _MOST_BRIEFS - len(drafts)
        count = min(rng.choice(_BRIEF_LENGTHS), max(1, room - left + 1))
        if room == _MOST_PARAGRAPHS:
            count = max(count, _LEAST_PARAGRAPHS - _LEAST_BRIEFS + 1)
        paragraphs = paragraphs_of(source)[:count]
        sources.append(source)
        headed = len(drafts) > 0 and rng.random() < noise.brief_headed
        drafts.append(draft_brief(source["title"] if headed else "", paragraphs, manner, rng, datelines))
        room -= len(paragraphs)
    return sources, drafts


def _segments(draft: Draft) -> list[list[Row]]:
    """The draft's lines, parted where a paragraph is cut."""
    segments: list[list[Row]] = [[]]
    for row in draft.rows:
        if row.resumes:
            segments.append([])
        segments[-1].append(row)
    return segments


def _interleaved(articles: Sequence[Sequence[list[Row]]], noise: Noise, rng: random.Random) -> list[Row]:
    """All lines in page order, the tails of some articles moved behind a part of one of the next two (串栏)."""
    places = [(n, k) for n, segments in enumerate(articles) for k in range(len(segments))]
    for n, segments in enumerate(articles[:-1]):
        if len(segments) == 1 or not noise.interleaved or rng.random() >= noise.interleaved:
            continue
        tails = [(n, k) for k in range(rng.randrange(1, len(segments)), len(segments))]
        other = rng.randint(n + 1, min(n + 2, len(articles) - 1))
        behind = rng.randrange(len(articles[other]))
        places = [place for place in places if place not in tails]
        if len(tails) > 1 and rng.random() < noise.swapped:
            turn = rng.randrange(1, len(tails))
            tails = tails[turn:] + tails[:turn]
        at = places.index((other, behind)) + 1
        places[at:at] = tails
    return [row for n, k in places for row in articles[n][k]]


def _laid_out(
    flow: Sequence[Row], noise: Noise, manner: Manner, rng: random.Random
) -> tuple[str, tuple[MadeLine, ...]]:
    """The page's text and its lines."""
    parts, lines = ["\n" * rng.choice((0, 1, 2, 2))], []
    at = len(parts[0])
    for row in flow:
        end = at + len(row.text)
        lines.append(MadeLine(row.text, at, end, row.article, row.order, row.role, row.joined, row.gapped))
        gap = "\n" * (1 + manner.blank_lines)
        if noise.extra_blank and rng.random() < noise.extra_blank:
            gap += "\n" * rng.choice((1, 2))
        parts += (row.text, gap)
        at = end + len(gap)
    return "".join(parts).rstrip("\n"), tuple(lines)


def _article(source: Source, draft: Draft) -> MadeArticle:
    return MadeArticle(
        headline=draft.headline,
        others=draft.others,
        authors=draft.authors,
        paragraphs=tuple(draft.paragraphs),
        truncated=draft.truncated,
        city=source.get("city"),
        county=source.get("county"),
    )
