"""Page -> Articles: furniture out, columns joined, headline, byline and date found, every text a quote."""

from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article, Page
from digest.stages.articles.build import build_article
from digest.stages.articles.captions import without_captions, without_credits, without_repeats
from digest.stages.articles.chains import Chain, merge_chains, read_chains
from digest.stages.articles.forms import Item, read_items
from digest.stages.articles.lines import read_lines
from digest.stages.articles.parts import Part, read_parts, stretches
from digest.text import fold_width

__all__ = ["split_page"]


_LONGEST_SCRAP_CHARS = 60
"""A text without headline and author that is no longer is a scrap of something else, unless the page holds nothing more."""


def split_page(page: Page, first: int = 1) -> tuple[Article, ...]:
    """The articles of a page in the order of their beginnings, numbered from `first`; () where it holds none."""
    items = _without_headline(read_items(read_lines(page.document.text, page.start, page.end)), page)
    found = [
        article
        for part in read_parts(items, single=page.kind == "article")
        for chain in _chains(part, stated=page.kind == "article")
        if (article := build_article(page, part, chain)) is not None
    ]
    whole = [article for article in found if not _is_scrap(article)] or found[:1]
    return tuple(replace(article, n=first + k) for k, article in enumerate(whole))


def _without_headline(items: Sequence[Item], page: Page) -> list[Item]:
    """The items without the headline that the source itself names."""
    if page.headline is None:
        return list(items)
    start, end = page.headline
    title = fold_width(page.document.text[start:end]).strip()
    return [item for item in items if (item.line.end <= start or item.line.start >= end) and item.text != title]


def _chains(part: Part, stated: bool) -> list[Chain]:
    plain = [without_repeats(without_credits(stretch)) for stretch in stretches(part)]
    own = [without_captions(stretch, web=part.single) for stretch in plain]
    if stated and not any(own):
        own = plain  # a source that states one article holds no less than that: its only paragraph is no caption
    chains = [chain for stretch in own for chain in read_chains(stretch, part.single)]
    return [merge_chains(chains)] if part.single and chains else chains


def _is_scrap(article: Article) -> bool:
    return article.headline is None and not article.authors and len(article.text) <= _LONGEST_SCRAP_CHARS
