"""How well the splitter that ships divides made pages, and how it is called on a text."""

from collections.abc import Sequence

from bench.pages.making import Source, make_pages
from bench.pages.scoring import Scores, found, score
from digest import assembly
from digest.edges.gazetteer import load_gazetteer
from digest.edges.resources import resource_folder
from digest.model import Article, Document, Page
from digest.stages.articles import Model, split_page


def shipped() -> Model:
    """The splitter with what was learnt and the places of Hunan."""
    return assembly.splitter(load_gazetteer(resource_folder("config") / "gazetteer", "hunan"))


def articles_in(text: str, model: Model) -> tuple[Article, ...]:
    """The articles of a page that is a text file."""
    return split_page(Page(Document("page", "page.txt", "", "utf-8", text), 0, len(text), "text"), model)


def measured(pool: Sequence[Source], preset: str, seed: int, pages: int, model: Model) -> Scores:
    """The scores on so many made pages of a preset."""
    made = make_pages(pool, preset, seed, pages)
    return score([(page, [found(article) for article in articles_in(page.text, model)]) for page in made])
