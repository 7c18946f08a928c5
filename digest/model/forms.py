"""The issue as its readers see it, and what the gate says of that."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Checks:
    """How many quotes of an issue were compared with their documents, and how many of them are what the document says."""

    faithful: int
    total: int


@dataclass(frozen=True, slots=True)
class Move:
    """A story or brief that the mail has no room for and the web page holds (移至网页版)."""

    city: str
    kind: Literal["story", "brief"]
    article: str
    """The id of the story, or of the story that the brief is taken from."""
    label: str
    """Its headline or opening clause; the text of a brief."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """An issue as a reader sees it, in each form; an empty text for a form that was not asked for."""

    subject: str
    html: str
    """The mail's HTML part."""
    text: str
    web: str = ""
    wechat: str = ""
    """HTML whose styles stand a paste into the editor of WeChat's official accounts (公众号)."""
    print: str = ""
    """The HTML that the print edition is set from."""
    moves: tuple[Move, ...] = ()
    """What the mail has no room for, in the order of the issue."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What was looked at before an issue may be sent, and what was found against it (把关)."""

    checks: Checks
    html_bytes: int
    budget_bytes: int
    faults: tuple[str, ...]
    """One a line, in English; empty where nothing speaks against sending."""

    @property
    def sendable(self) -> bool:
        """Whether nothing was found."""
        return not self.faults
