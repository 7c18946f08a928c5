"""What is read: documents, the pages that are split, and what could not be read."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from digest.errors import SourceError
from digest.quote import Span


@dataclass(frozen=True, slots=True)
class Document:
    """A source's text as decoded, and what identifies it."""

    id: str
    """The first characters of the content's hash and the file's base name; depends on nothing else."""
    path: str
    """Relative to the folder that was named on the command line; the base name for a file that was."""
    sha256: str
    encoding: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a document that is split on its own: a file's whole text, a web article, one record of a feed.

    What the source itself says of its article is given here; None and empty where it says nothing.
    """

    document: Document
    start: int
    end: int
    kind: Literal["text", "article"]
    """`article`: the source holds exactly one article (a web page, a record). `text`: any number."""
    headline: Span | None = None
    authors: tuple[str, ...] = ()
    published: dt.date | None = None
    medium: str | None = None
    url: str | None = None
    own_place: str | None = None
    """The city or county that 我市 and 我县 mean in it, as its file or folder was configured with; None where it was not."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be used; reported in the issue and by the exit code."""

    path: str
    error: SourceError
