"""What is mailed, and what becomes of each mail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from digest.model.issue import Period


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the mails of an edition have in common."""

    edition: str
    """The edition's short name: part of what tells its mails from another edition's."""
    sender: str
    """An address, or a name with the address in angle brackets."""
    unsubscribe: tuple[str, ...] = ()
    """Where a reader leaves: one https address, one mailto, or both; `{recipient}` stands for the reader's address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An issue as it is mailed (信), to whomever: subject and parts, and what tells it from another issue's mail."""

    subject: str
    text: str
    html: str
    period: Period | None
    fingerprint: str
    """The issue's: names the mail where there is no period."""
    mark: str = ""
    """What stands before the subject of a mail that nobody may send: the gate did not pass its issue."""


@dataclass(frozen=True, slots=True)
class Message:
    """A MIME message ready to be written or sent (RFC 5322)."""

    subject: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """Unfolded and decoded, by name, in order."""

    @property
    def id(self) -> str:
        """The Message-ID, which is the same for edition, period and recipient."""
        return self.headers["Message-ID"]


class SendState(StrEnum):
    """Where the mail to one reader stands."""

    SENDING = "sending"
    """Handed over at this moment; where the record ends with it, the process died, and the outcome is unknown."""
    SENT = "sent"
    """The server took it."""
    FAILED = "failed"
    """The server has it not: it refused, or was gone before it had all."""
    UNKNOWN = "unknown"
    """The server had all of it and gave no answer: it may have taken it, or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one mail that was handed over, with the server's words or what stood in their place."""

    state: SendState
    words: str
    passing: bool = False
    """Whether a failure may pass by itself: the same mail may be taken later."""
