"""The addresses of the desk: short, and with nothing in them that needs escaping but an edition's name."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

Part = Literal["headline", "sentences", "briefs"]
"""What of an article a receipt is asked for."""

View = Literal["desktop", "phone", "dark", "text", "json"]
"""How the issue is shown."""

VIEWS: tuple[View, ...] = ("desktop", "phone", "dark", "text", "json")

_HIGHLIGHT = "#quote"
"""The id of the first highlighted characters, which the browser goes to without any script too."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote of the issue stands: the article's number, and which of its headline, sentences or briefs."""

    article: int
    part: Part
    i: int = 0
    """The index of a sentence among the article's, or the number of a brief that was taken from it; 0 for a headline."""

    @property
    def path(self) -> str:
        """The last part of the address."""
        return f"articles/{self.article}/{self.part}" + ("" if self.part == "headline" else f"/{self.i}")


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses within one issue, for a reader who looks at it in one view and at one city, or at all."""

    key: str
    view: View = "desktop"
    city: str | None = None

    @property
    def issue(self) -> str:
        """The issue itself."""
        return f"/issues/{quote(self.key, safe='', errors='surrogateescape')}/"

    def file(self, name: str) -> str:
        """One of its files."""
        return self.issue + name

    def document(self, number: int) -> str:
        """A document's text as it was decoded."""
        return f"{self.issue}documents/{number}.txt"

    def receipt(self, place: Place) -> str:
        """The receipt of a quote."""
        return f"{self.issue}{place.path}{self.query()}{_HIGHLIGHT}"

    def query(self, *, view: View | None = None, city: str | None = "") -> str:
        """The query that keeps view and city, or changes one: `city=None` shows all. Relative to any page of the issue."""
        shown = self.view if view is None else view
        filtered = self.city if city == "" else city
        given = {"view": shown if shown != "desktop" else None, "city": filtered}
        query = urlencode({name: value for name, value in given.items() if value is not None})
        return f"?{query}" if query else ""

    def here(self, *, view: View | None = None, city: str | None = "") -> str:
        """The page that is shown, with another view or city: an address relative to it."""
        return self.query(view=view, city=city) or "?"


def as_received(key: str) -> str:
    """How an issue's key looks once it has been part of an address.

    Bytes that are no UTF-8, as in a folder's name in GBK, come back as replacement characters.
    """
    return key.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
