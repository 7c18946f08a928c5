"""What a page is split into: articles with their paragraphs, and what was mended."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

from digest.quote import Quote, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article (自然段), or a section head within it (小标题)."""

    quote: Quote
    role: Literal["body", "section_head"] = "body"


MendingKind = Literal["joined", "dropped", "deduplicated", "truncated"]
"""joined        two pieces of a line that columns or lines parted in mid-sentence: the left one, the right one
dropped       what stood among the article's lines and is none of them, or is a part of a sentence that lacks the rest
deduplicated  a line and its copies: the line that was kept first, then what was left out
truncated     what the page has of a last sentence whose end is missing; an empty span where it has nothing of it
"""


@dataclass(frozen=True, slots=True)
class Mending:
    """What was mended on a page so that an article could be read from it (修整), with its spans in the document."""

    kind: MendingKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One text on a page or site."""

    document: str
    n: int
    """Its place among the articles of its document, from 1."""
    headline: Quote | None
    """None where the page has none (无题)."""
    subtitle: Quote | None
    """The ——subtitle (副题) or the kicker (引题)."""
    authors: tuple[str, ...]
    published: dt.date | None
    medium: str | None
    url: str | None
    paragraphs: tuple[Paragraph, ...]
    truncated: bool
    """Whether its end is missing on the page."""
    dateline: Quote | None = None
    """What stood before its first sentence (电头: 本报衡阳讯), cut off because no reader needs it, kept because it names a place."""
    mendings: tuple[Mending, ...] = ()
    """In the order of the document. A left-out line counts to the article of the nearest line above it that an article kept."""
    own_place: str | None = None
    """As of its page."""

    @property
    def id(self) -> str:
        """The name that stories and briefs refer to it by."""
        return f"{self.document}#{self.n}"

    @property
    def sha256(self) -> str:
        """What tells it from other articles, in whatever document it stands: a hash of headline and text."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def title(self) -> str:
        """The headline's text, empty where there is none."""
        return self.headline.text if self.headline else ""

    @property
    def text(self) -> str:
        """The paragraphs as repaired, a line each."""
        return "\n".join(paragraph.quote.text for paragraph in self.paragraphs)
