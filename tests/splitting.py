"""The splitter as it is shipped, for tests that split pages in their own process."""

from digest.assembly import splitter
from digest.edges.gazetteer import load_gazetteer
from digest.edges.resources import resource_folder
from digest.model import Article, Document, Page
from digest.stages.articles import split_page

GAZETTEER = load_gazetteer(resource_folder("config") / "gazetteer", "hunan")
MODEL = splitter(GAZETTEER)


def whole_page(text: str, kind: str = "text") -> Page:
    """A text as the one page of its document; `kind` is `text` or `article`."""
    document = Document("d", "page.txt", "", "utf-8", text)
    return Page(document, 0, len(text), "article" if kind == "article" else "text")


def split(text: str, kind: str = "text") -> tuple[Article, ...]:
    """The articles of a text."""
    return split_page(whole_page(text, kind), MODEL)
