"""An issue's folder and an edition's settings -> its mails sent, as the record beside it says."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.config import Settings
from digest.delivery.intent import Intent, intend, mails_to
from digest.delivery.sending import Carrier, Post, Sending, Track, send
from digest.edges.ledger import ledger_path, open_ledger, read_ledger
from digest.edges.letters import read_letter
from digest.edges.mailfolder import MailFolder
from digest.edges.mailserver import Account, MailServer
from digest.edges.secrets import read_secret
from digest.edges.signing import Sign, signer, unsigned
from digest.errors import ConfigError, UsageError
from digest.model import Letter, Letterhead
from digest.stages.message import mailbox

_PLACEHOLDER = ".invalid"
"""The end of the domain of a sender that was never set (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was to be done about an issue's mails, what was done, and where the record is."""

    intent: Intent
    sending: Sending
    record: Path


def intended(folder: Path, settings: Settings, to: Sequence[str] = (), *, resend_unknown: bool = False) -> Intent:
    """What would be done about the issue's mails; nothing is sent or written.

    Raises UnreadableIssue, BrokenLedger, and UsageError where settings and issue do not go together.
    """
    mails = mails_to(to or settings.mail.recipients, _letter(folder, settings), _head(settings))
    return intend(mails, read_ledger(ledger_path(folder)), resend_unknown=resend_unknown)


def deliver_issue(
    folder: Path,
    settings: Settings,
    environ: Mapping[str, str],
    now: Callable[[], dt.datetime],
    to: Sequence[str] = (),
    *,
    resend_unknown: bool = False,
    unattended: bool = False,
    track: Track = lambda _, items: items,
) -> Delivery:
    """What became of the issue's mails to the readers `to`, or to those configured.

    An `unattended` call sends only an issue that was planned (`plan_issue`).

    Raises UnreadableIssue, BrokenLedger, and UsageError where the settings do not allow sending.
    """
    letter, head, path = _letter(folder, settings), _head(settings), ledger_path(folder)
    mails = mails_to(to or settings.mail.recipients, letter, head)
    sign, mail = _signer(settings, environ), settings.mail
    with _carrier(settings, environ, folder) as carrier, open_ledger(path) as ledger:
        planned = ledger.is_planned(letter.fingerprint)
        intent = intend(mails, ledger.standing, resend_unknown=resend_unknown, unattended=unattended, planned=planned)
        post = Post(letter, head, sign, carrier, mail.attempts, mail.wait_s, _in_zone(now, settings))
        return Delivery(intent, send(intent.due, post, ledger, track), path)


def plan_issue(folder: Path, fingerprint: str, now: dt.datetime) -> None:
    """Have the record say that the issue which will stand in the folder is to be sent unattended. Raises BrokenLedger.

    It comes before the folder: a process that dies between building and sending leaves an issue that the next one sends.
    """
    with open_ledger(ledger_path(folder)) as ledger:
        ledger.plan(now, fingerprint)


def check_sendable(settings: Settings, environ: Mapping[str, str]) -> None:
    """Raise ConfigError, or UsageError, where the settings do not allow sending; no server is asked."""
    _check_sender(settings)
    _signer(settings, environ)
    if not settings.mail.folder:
        account_of(settings, environ)


def _check_sender(settings: Settings) -> None:
    sender = settings.edition.sender
    if mailbox("sender", sender).domain.endswith(_PLACEHOLDER):
        raise ConfigError([f"edition.sender must be an address of your own before anything is sent, given {sender!r}"])


def _letter(folder: Path, settings: Settings) -> Letter:
    built, edition = read_letter(folder), settings.edition
    if built.title != edition.title:
        raise UsageError(f"{folder} is an issue of {built.title!r}, and the configuration is of {edition.title!r}")
    _check_sender(settings)
    return built.letter


def _head(settings: Settings) -> Letterhead:
    return Letterhead(settings.edition.name, settings.edition.sender, settings.mail.unsubscribe)


def _in_zone(now: Callable[[], dt.datetime], settings: Settings) -> Callable[[], dt.datetime]:
    return lambda: now().astimezone(settings.edition.zone_info)


@contextmanager
def _carrier(settings: Settings, environ: Mapping[str, str], folder: Path) -> Iterator[Carrier]:
    """What takes the mails, as the settings say. Raises ConfigError where they say nothing, or a password is missing."""
    mail = settings.mail
    if mail.folder:
        yield MailFolder(Path(mail.folder), folder.resolve().name)
        return
    with MailServer(account_of(settings, environ)) as server:
        yield server


def account_of(settings: Settings, environ: Mapping[str, str]) -> Account:
    """The server of the settings with its password. Raises ConfigError where there is none, or the password is missing."""
    mail = settings.mail
    if mail.server is None:
        raise ConfigError(["nothing to send through: state mail.provider, mail.host or mail.folder"])
    host, port, security = mail.server
    username = mail.username or (mailbox("sender", settings.edition.sender).address if mail.provider else "")
    password = read_secret(environ, mail.password_variable) if username else None
    if username and password is None:
        name = mail.password_variable
        hint = f"; {mail.hint}" if mail.hint else ""
        raise ConfigError(
            [f"no password for {username} at {host}: set {name}, or {name}_FILE to the path of a file{hint}"]
        )
    return Account(host, port, security, username, password or "", mail.ca_file, mail.timeout_s, mail.hint)


def _signer(settings: Settings, environ: Mapping[str, str]) -> Sign:
    mail = settings.mail
    if not mail.dkim_selector:
        return unsigned
    key = read_secret(environ, mail.dkim_key_variable)
    if key is None:
        name = mail.dkim_key_variable
        raise ConfigError(
            [f"mail.dkim_selector is set: set {name} to the key too, or {name}_FILE to the path of its file"]
        )
    return signer(mailbox("sender", settings.edition.sender).domain, mail.dkim_selector, key)
