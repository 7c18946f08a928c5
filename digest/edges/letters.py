"""A built issue's folder -> the letter that it makes: the parts of `digest.eml` itself, so that what was looked at is what is sent."""

import datetime as dt
import email
import email.errors
import email.policy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from digest.errors import UnreadableIssue, UnsendableIssue
from digest.model import Letter, Period

_MAIL, _RECORD = "digest.eml", "digest.json"

_UNREADABLE = (email.errors.MessageError, ValueError, LookupError, TypeError, AttributeError)
"""What the package email raises for headers that it does not expect."""


@dataclass(frozen=True, slots=True)
class BuiltLetter:
    """A letter, and the title of the edition that its issue is of."""

    title: str
    letter: Letter


def read_letter(folder: Path) -> BuiltLetter:
    """The letter of the issue in a folder.

    Raises UnreadableIssue where a file is missing or is not what its name says, UnsendableIssue where the issue's own record
    says that the gate did not pass it.
    """
    record = _record(folder)
    _check_gate(folder, record)
    mail = _mail(folder)
    try:
        title, fingerprint, days = str(record["edition"]), str(record["fingerprint"]), record["period"]
        period = Period(dt.date.fromisoformat(days["since"]), dt.date.fromisoformat(days["until"])) if days else None
    except (KeyError, TypeError, ValueError) as e:
        raise UnreadableIssue(str(folder / _RECORD), "lacks edition, period or fingerprint of an issue") from e
    if not re.fullmatch("[0-9a-f]+", fingerprint):
        raise UnreadableIssue(str(folder / _RECORD), "has a fingerprint that is no hash")
    text, html = _part(folder, mail, "plain"), _part(folder, mail, "html")
    return BuiltLetter(title, Letter(_subject(folder, mail), text, html, period, fingerprint))


def _check_gate(folder: Path, record: Mapping[str, Any]) -> None:
    gate = record.get("gate")
    if not isinstance(gate, dict) or gate.get("sendable") is not True:
        faults = gate.get("faults") if isinstance(gate, dict) else None
        raise UnsendableIssue(str(folder), map(str, faults) if isinstance(faults, list) else ())


def _record(folder: Path) -> dict[str, Any]:
    try:
        record = json.loads(_bytes(folder / _RECORD))
    except (ValueError, RecursionError) as e:
        raise UnreadableIssue(str(folder / _RECORD), "is no JSON") from e
    if not isinstance(record, dict):
        raise UnreadableIssue(str(folder / _RECORD), "is no JSON object")
    return record


def _mail(folder: Path) -> EmailMessage:
    content = _bytes(folder / _MAIL)
    try:
        mail = email.message_from_bytes(content, policy=email.policy.default)
        if isinstance(mail, EmailMessage) and mail.get_content_type() == "multipart/alternative":
            return mail
    except _UNREADABLE:
        pass
    raise UnreadableIssue(str(folder / _MAIL), "is no mail of a text and an HTML part")


def _subject(folder: Path, mail: EmailMessage) -> str:
    try:
        return str(mail["Subject"] or "")
    except _UNREADABLE as e:
        raise UnreadableIssue(str(folder / _MAIL), "has no readable subject") from e


def _part(folder: Path, mail: EmailMessage, subtype: str) -> str:
    try:
        parts = [part for part in mail.iter_parts() if part.get_content_type() == f"text/{subtype}"]
        content = parts[0].get_payload(decode=True) if len(parts) == 1 else None
        if isinstance(content, bytes):
            return content.decode("utf-8")
    except _UNREADABLE:
        pass
    raise UnreadableIssue(str(folder / _MAIL), f"has no text/{subtype} part in UTF-8")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as e:
        raise UnreadableIssue(str(file), e.strerror or str(e)) from e
