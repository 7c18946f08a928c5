"""The bytes of a mail: RFC 5322 headers and two parts of the same issue (RFC 2046, multipart/alternative), written out here.

The standard library folds headers differently from one Python to the next; the same issue has to yield the same bytes.
"""

import base64
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from email.utils import format_datetime
from typing import NamedTuple

from digest.errors import UsageError
from digest.model import Issue, Message, Period, Rendering

_UNDATED = dt.date(1970, 1, 1)
"""The Date of an issue without a period: RFC 5322 requires one, and no clock may be asked."""

_NOBODY = "undisclosed-recipients:;"
"""The empty group that stands in To where nobody is named (RFC 5322, appendix A.1.3)."""

_LINE_CHARS = 76
"""The longest line of base64, and of a header with an encoded word (RFC 2045 section 6.8, RFC 2047 section 2)."""

_WORD_BYTES = 39
"""What one encoded word carries: 13 Han characters, 64 characters encoded, which fit a line with the header's name."""

_ID_CHARS = 32
"""How much of the fingerprint names the message: 128 bits in hexadecimal."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What may end a header, hide in it, or not be encoded."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_NAMED = re.compile(r"([^<>]*)<([^<>]*)>")
_PLAIN = re.compile(r"[A-Za-z0-9 !#$%&'*+/^_`{|}~-]*")
"""A subject or display name that may stand as it is: no specials of RFC 5322, nothing like an encoded word."""


class _Mailbox(NamedTuple):
    """A display name, empty where there is none, and an address."""

    name: str
    address: str


def build_message(issue: Issue, rendering: Rendering, sender: str, recipient: str | None, zone: dt.tzinfo) -> Message:
    """The mail of one issue to one recipient: text first, HTML second, both base64 in UTF-8; lines end in CRLF.

    `sender` and `recipient` are an address, or a name with the address in angle brackets; without a recipient, To is
    `undisclosed-recipients:;`. The Date is the last second of the period in the edition's `zone`, 1970-01-01 where there
    is none. Message-ID and boundary come from the issue's fingerprint: equal arguments yield equal bytes.

    Raises UsageError where an address is none, or a value holds a line break or another control character.
    """
    writer = _mailbox("sender", sender)
    reader = _mailbox("recipient", recipient) if recipient is not None else None
    subject = _without_control("subject", rendering.subject)
    headers = {
        "From": _shown(writer),
        "To": _shown(reader) if reader else _NOBODY,
        "Subject": subject,
        "Date": format_datetime(_moment(issue.period, zone)),
        "Message-ID": f"<{_identity(issue)}@{writer.address.rpartition('@')[2].lower()}>",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{_boundary(issue)}"',
    }
    folded = {
        "From": _fold_mailbox("From", writer),
        "To": _fold_mailbox("To", reader) if reader else _NOBODY,
        "Subject": _fold("Subject", subject),
        "Content-Type": headers["Content-Type"].replace("; ", ";\r\n "),
    }
    return Message(subject, _content(headers | folded, _boundary(issue), rendering), headers)


def _content(headers: Mapping[str, str], boundary: str, rendering: Rendering) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    parts = _part("plain", rendering.text), _part("html", rendering.html)
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f"{head}\r\n{body}--{boundary}--\r\n".encode("ascii")


def _part(subtype: str, text: str) -> str:
    """One body part; its line ends are CRLF before the encoding too (RFC 2045 section 6.8)."""
    canonical = re.sub(r"\r\n?|\n", "\r\n", text)
    encoded = base64.b64encode(canonical.encode("utf-8")).decode("ascii")
    lines = [encoded[i : i + _LINE_CHARS] for i in range(0, len(encoded), _LINE_CHARS)]
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n'
    return "\r\n".join((head, *lines))


# --- what names and dates the message --------------------------------------------------------------------------------


def _moment(period: Period | None, zone: dt.tzinfo) -> dt.datetime:
    """The last second of the period."""
    return dt.datetime.combine(period.until if period else _UNDATED, dt.time(23, 59, 59), zone)


def _identity(issue: Issue) -> str:
    """The part of the fingerprint that names the message; raises UsageError where it is no plain word."""
    if not re.fullmatch(r"[0-9A-Za-z]+", issue.fingerprint):
        raise UsageError(f"the issue's fingerprint {issue.fingerprint!r} is not made of letters and digits")
    return issue.fingerprint[:_ID_CHARS]


def _boundary(issue: Issue) -> str:
    """A line that no part can hold: `_` is not of base64's alphabet."""
    return f"=_{_identity(issue)}"


# --- headers ---------------------------------------------------------------------------------------------------------


def _without_control(what: str, value: str) -> str:
    """The value, stripped; raises UsageError where a character of it could end or hide a header."""
    if _CONTROL.search(value):
        raise UsageError(f"the {what} {value!r} holds a line break or another control character")
    return value.strip()


def _mailbox(what: str, value: str) -> _Mailbox:
    value = _without_control(what, value)
    named = _NAMED.fullmatch(value)
    mailbox = _Mailbox(named[1].strip().strip('"'), named[2].strip()) if named else _Mailbox("", value)
    if not _ADDRESS.fullmatch(mailbox.address):
        raise UsageError(f"the {what} {value!r} is no address; give name@example.org or 名称 <name@example.org>")
    return mailbox


def _shown(mailbox: _Mailbox) -> str:
    """The mailbox as people read it."""
    return f"{mailbox.name} <{mailbox.address}>" if mailbox.name else mailbox.address


def _fold_mailbox(header: str, mailbox: _Mailbox) -> str:
    if not mailbox.name:
        return mailbox.address
    return f"{_fold(header, mailbox.name)}\r\n <{mailbox.address}>"


def _fold(header: str, text: str) -> str:
    """The text as the header's value: as it is where it is short and plain, else in encoded words, one a line."""
    if _PLAIN.fullmatch(text) and len(f"{header}: {text}") <= _LINE_CHARS:
        return text
    return "\r\n ".join(_encoded_words(text))


def _encoded_words(text: str) -> Iterator[str]:
    """The text in encoded words (RFC 2047), no character divided between two."""
    word = b""
    for char in text:
        if len(word) + len(char.encode("utf-8")) > _WORD_BYTES:
            yield _encoded_word(word)
            word = b""
        word += char.encode("utf-8")
    yield _encoded_word(word)


def _encoded_word(word: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(word).decode('ascii')}?="
