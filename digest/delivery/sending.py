"""Due mails -> a carrier, one after the other, each step in the record before the next is taken."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import stamina
import stamina.instrumentation

from digest.delivery.intent import Mail
from digest.edges.ledger import Entry, Ledger
from digest.edges.signing import Sign
from digest.errors import DigestError, MailServerError
from digest.model import Answer, Letter, Letterhead, SendState
from digest.stages.message import build_message, mailbox

Track = Callable[[str, Sequence[Any]], Iterable[Any]]

_LONGEST_WAIT_S = 300.0

# else stamina writes each wait to the terminal
stamina.instrumentation.set_on_retry_hooks([])


class Carrier(Protocol):
    """What takes messages: a mail server, or a folder."""

    def connect(self) -> None:
        """Be ready for a message; raises DigestError where that cannot be."""

    def deliver(self, sender: str, recipient: str, content: bytes) -> Answer:
        """What became of a message; raises DigestError where no other will fare better."""


@dataclass(frozen=True, slots=True)
class Post:
    """How mails are made and handed over: the letter, its head, the signature, the carrier, how patiently, by which clock."""

    letter: Letter
    head: Letterhead
    sign: Sign
    carrier: Carrier
    attempts: int
    wait_s: float
    now: Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Sending:
    """The last step of each mail that was tried, and what ended the sending before all were, None where nothing did."""

    entries: tuple[Entry, ...]
    stopped: DigestError | None = None


class _NotTaken(Exception):
    """A failure that may pass."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def send(mails: Sequence[Mail], post: Post, ledger: Ledger, track: Track) -> Sending:
    """What became of the mails; stops where the carrier takes none, or a step cannot be recorded."""
    entries: list[Entry] = []
    for mail in track("sending", mails):
        try:
            entries.append(_send_patiently(mail, post, ledger))
        except DigestError as e:
            return Sending(tuple(entries), e)
    return Sending(tuple(entries))


def _send_patiently(mail: Mail, post: Post, ledger: Ledger) -> Entry:
    """The last step of a mail that is tried again while its failure may pass."""
    message = build_message(post.letter, post.head, mail.recipient, post.now())
    content = post.sign(message.content)
    try:
        for attempt in stamina.retry_context(
            on=_may_pass,
            attempts=post.attempts,
            timeout=None,
            wait_initial=post.wait_s,
            wait_max=_LONGEST_WAIT_S,
            wait_jitter=post.wait_s / 4,
        ):
            with attempt:
                post.carrier.connect()
                _send_once(mail, content, post, ledger)
    except _NotTaken:
        pass  # the record has its last failure
    return ledger.standing[mail.message_id]


def _may_pass(error: Exception) -> bool:
    return isinstance(error, _NotTaken) or (isinstance(error, MailServerError) and error.passing)


def _send_once(mail: Mail, content: bytes, post: Post, ledger: Ledger) -> None:
    """Hand a mail over, with a step in the record before and after."""

    def note(answer: Answer) -> None:
        ledger.note(Entry(post.now(), mail.message_id, mail.address, answer))

    note(Answer(SendState.SENDING, ""))
    try:
        answer = post.carrier.deliver(mailbox("sender", post.head.sender).address, mail.address, content)
    except DigestError as e:  # it says that no message was taken, and none will be
        note(Answer(SendState.FAILED, str(e), passing=True))
        raise
    note(answer)
    if answer.state is SendState.FAILED and answer.passing:
        raise _NotTaken(answer)
