"""Page -> Articles: furniture out, columns joined, headline, byline and date found, every text a quote."""

from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article, Page
from digest.stages.articles.build import build_article
from digest.stages.articles.captions import without_pictures
from digest.stages.articles.chains import Chain, merge_chains, read_chains, whole_chain
from digest.stages.articles.forms import Item, read_items
from digest.stages.articles.lines import read_lines
from digest.stages.articles.loops import without_loops
from digest.stages.articles.mending import Told, with_left_out
from digest.stages.articles.objective import Model
from digest.stages.articles.parts import Part, read_parts, stretches
from digest.stages.articles.wrapping import unwrapped
from digest.text import fold_width

__all__ = ["Model", "split_page"]


_LONGEST_SCRAP_CHARS = 60
"""A text without headline and author that is no longer is a scrap of something else, unless a dateline or its row tells a story, or
the page holds only such."""


def split_page(page: Page, model: Model, first: int = 1) -> tuple[Article, ...]:
    """The articles of a page in the order of their beginnings, numbered from `first`; () where it holds none."""
    lines = unwrapped(read_lines(page.document.text, page.start, page.end))
    read = _beside_headline(read_items(lines), page)
    found = [
        Told(article, chain.items)
        for part in read_parts(_without_headline(read, page), single=page.kind == "article")
        for chain in _chains(part, model, stated=page.kind == "article")
        if (article := build_article(page, part, chain)) is not None
    ]
    signed = any(told.article.headline or told.article.authors for told in found)
    whole = [told for told in found if not (signed and _is_scrap(told))]
    articles = with_left_out(whole, read, page.document.text)
    return tuple(replace(article, n=first + k) for k, article in enumerate(articles))


def _beside_headline(items: Sequence[Item], page: Page) -> list[Item]:
    """The items that are no part of the headline that the source itself names."""
    start, end = page.headline or (0, 0)
    return [item for item in items if item.line.end <= start or item.line.start >= end]


def _without_headline(items: Sequence[Item], page: Page) -> list[Item]:
    """The items that do not say the named headline again."""
    start, end = page.headline or (0, 0)
    title = fold_width(page.document.text[start:end]).strip()
    return [item for item in items if not title or item.text != title]


def _chains(part: Part, model: Model, stated: bool) -> list[Chain]:
    """The chains of a part; where a source states one article (`stated`), its only paragraph is no caption."""
    plain = [without_loops(without_pictures(stretch)) for stretch in stretches(part)]
    chains = [chain for stretch in plain for chain in read_chains(stretch, model, part.single)]
    if stated and not chains:
        chains = [whole_chain(stretch) for stretch in plain if stretch]
    return [merge_chains(chains)] if part.single and chains else chains


def _is_scrap(told: Told) -> bool:
    bare = told.article.headline is None and not told.article.authors
    return bare and not told.items[0].opens and len(told.article.text) <= _LONGEST_SCRAP_CHARS
