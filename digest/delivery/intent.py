"""A letter, its readers and the record -> who gets it now: a decision, taken before anything is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digest.edges.ledger import Entry
from digest.model import Letter, Letterhead, SendState
from digest.stages.message import mailbox, message_id


@dataclass(frozen=True, slots=True)
class Mail:
    """The letter to one reader: as configured, the bare address, the Message-ID."""

    recipient: str
    address: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Intent:
    """The mails of an issue by what is to be done about them, each in the order of the recipients."""

    due: tuple[Mail, ...]
    """To be handed over."""
    done: tuple[Mail, ...]
    """The server took them before."""
    unknown: tuple[Mail, ...]
    """Nobody knows whether the server took them: left alone."""
    refused: tuple[Mail, ...]
    """Refused for good before, and nobody is here to ask for another try."""
    unplanned: tuple[Mail, ...]
    """Of an issue that was not built to be sent (by hand, or while `after_build` was off), and nobody is here to ask for sending it."""


def mails_to(recipients: Iterable[str], letter: Letter, head: Letterhead) -> tuple[Mail, ...]:
    """The letter's mails in order; a recipient who is named twice gets one. Raises UsageError where an address is none."""
    mails = [Mail(one, mailbox("recipient", one).key, message_id(letter, head, one)) for one in recipients]
    return tuple({mail.message_id: mail for mail in mails}.values())


def intend(
    mails: Iterable[Mail],
    standing: Mapping[str, Entry],
    *,
    resend_unknown: bool = False,
    unattended: bool = False,
    planned: bool = True,
) -> Intent:
    """What is to be done about each mail.

    An unknown one is due only with `resend_unknown`. Where the call is `unattended`, one that was refused for good is not,
    and none of an issue that is not `planned`.
    """
    sorted_out: dict[str, list[Mail]] = {"due": [], "done": [], "unknown": [], "refused": [], "unplanned": []}
    for mail in mails:
        entry = standing.get(mail.message_id)
        kind = _kind(entry)
        if (kind == "unknown" and resend_unknown) or (kind == "refused" and not unattended):
            kind = "due"
        if kind == "due" and unattended and not planned:
            kind = "unplanned"
        sorted_out[kind].append(mail)
    return Intent(**{kind: tuple(found) for kind, found in sorted_out.items()})


def _kind(entry: Entry | None) -> str:
    if entry is None:
        return "due"
    if entry.answer.state is SendState.SENT:
        return "done"
    if entry.answer.state is SendState.FAILED:
        return "due" if entry.answer.passing else "refused"
    return "unknown"
