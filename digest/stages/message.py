"""The bytes of a mail: RFC 5322 headers and two parts of the same issue (RFC 2046, multipart/alternative), written out here.

The standard library folds headers differently from one Python to the next, and encodes a long List-Unsubscribe so that no
mail program finds the address in it; the same issue has to yield the same bytes, and these must work.

A header is a `_Header`, and is made of lines of printable ASCII only; what joins lines is written in one place. So no value,
whatever it holds, can end a header or begin another.
"""

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from email.utils import format_datetime
from typing import NamedTuple

from digest.errors import UsageError
from digest.model import Issue, Letter, Letterhead, Message, Period, Rendering

RECIPIENT = "{recipient}"
"""What stands for the reader's address in an address for leaving."""

_UNDATED = dt.date(1970, 1, 1)
"""The Date of an issue without a period: RFC 5322 requires one, and no clock may be asked."""

_NOBODY = "undisclosed-recipients:;"
"""The empty group that stands in To where nobody is named (RFC 5322, appendix A.1.3)."""

_ONE_CLICK = "List-Unsubscribe=One-Click"
"""The whole body of the request by which a mail program unsubscribes its user (RFC 8058, section 3.1)."""

_LINE_CHARS = 76
"""The longest line of base64, and of a header with an encoded word (RFC 2045 section 6.8, RFC 2047 section 2)."""

_LONGEST_LINE = 998
"""Octets of a line without its CR LF (RFC 5322, section 2.1.1)."""

_WORD_BYTES = 39
"""What one encoded word carries: 13 Han characters, 64 characters encoded, which fit a line with the header's name."""

_ID_CHARS = 32
"""How much of a hash names the message: 128 bits in hexadecimal."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What may end a header, hide in it, or not be encoded."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_NAMED = re.compile(r"([^<>]*)<([^<>]*)>")
_LEAVING = re.compile(r"(?:https://[A-Za-z0-9\[]|mailto:)[!#-+\--;=?-z~]{1,900}")
"""An https or mailto address: what RFC 3986 allows in one, without the comma, which divides addresses in the header."""

_PLAIN = re.compile(r"[A-Za-z0-9 !#$%&'*+/^_`{|}~-]*")
"""A subject or display name that may stand as it is: no specials of RFC 5322, nothing like an encoded word."""


class Mailbox(NamedTuple):
    """A display name, empty where there is none, and an address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the @, in small letters: capitals make no other domain."""
        return self.address.rpartition("@")[2].lower()

    @property
    def key(self) -> str:
        """The address as it is compared with others."""
        return f"{self.address.rpartition('@')[0]}@{self.domain}"


class _Header(NamedTuple):
    """A header: its name, what a mail program reads in it, and its value in lines."""

    name: str
    shown: str
    lines: tuple[str, ...]


def letter_of(issue: Issue, rendering: Rendering, mark: str = "") -> Letter:
    """The letter that a rendered issue makes; with a `mark` before its subject it says that it is not to be sent."""
    return Letter(rendering.subject, rendering.text, rendering.html, issue.period, issue.fingerprint, mark)


def closing(period: Period | None, zone: dt.tzinfo) -> dt.datetime:
    """The last second of the period in the edition's zone, of 1970-01-01 where there is none: the Date of a mail to nobody."""
    return dt.datetime.combine(period.until if period else _UNDATED, dt.time(23, 59, 59), zone)


def build_message(letter: Letter, head: Letterhead, recipient: str | None, at: dt.datetime) -> Message:
    """The mail to one recipient, dated `at`: text first, HTML second, both base64 in UTF-8; lines end in CRLF.

    `recipient` is an address, or a name with the address in angle brackets; without one, To is `undisclosed-recipients:;`,
    and there is no address for leaving where it would name the reader. The Message-ID comes from edition, period and
    recipient: equal arguments yield equal bytes.

    Raises UsageError where an address is none, or a value holds a line break or another control character.
    """
    writer = mailbox("sender", head.sender)
    reader = mailbox("recipient", recipient) if recipient is not None else None
    boundary = _boundary(letter)
    headers = (
        _addressed("From", writer),
        _addressed("To", reader) if reader else _header("To", _NOBODY),
        _worded("Subject", _without_control("subject", letter.mark + letter.subject)),
        _header("Date", format_datetime(at)),
        _header("Message-ID", _message_id(letter, head, writer, reader)),
        _header("List-Id", f"<{_list_label(head.edition)}.{writer.domain}>"),
        *_leaving(head.unsubscribe, reader),
        _header("Auto-Submitted", "auto-generated"),
        _header("MIME-Version", "1.0"),
        _header("Content-Type", "multipart/alternative;", f'boundary="{boundary}"'),
    )
    shown = {header.name: header.shown for header in headers}
    return Message(shown["Subject"], _content(headers, boundary, letter), shown)


def message_id(letter: Letter, head: Letterhead, recipient: str) -> str:
    """The Message-ID of the mail to a recipient. Raises UsageError where an address is none."""
    return _message_id(letter, head, mailbox("sender", head.sender), mailbox("recipient", recipient))


def mailbox(what: str, value: str) -> Mailbox:
    """The mailbox that a value states; raises UsageError, naming `what` it should be, where it states none."""
    value = _without_control(what, value)
    named = _NAMED.fullmatch(value)
    found = Mailbox(named[1].strip().strip('"'), named[2].strip()) if named else Mailbox("", value)
    if not _ADDRESS.fullmatch(found.address):
        raise UsageError(f"the {what} {value!r} is no address; give name@example.org or 名称 <name@example.org>")
    return found


def is_leaving(address: str) -> bool:
    """Whether this is an https or mailto address that may stand in List-Unsubscribe, `{recipient}` in it or not."""
    return _LEAVING.fullmatch(address.replace(RECIPIENT, "-")) is not None


def _content(headers: Sequence[_Header], boundary: str, letter: Letter) -> bytes:
    head = "".join(f"{header.name}: " + "\r\n ".join(header.lines) + "\r\n" for header in headers)
    parts = _part("plain", letter.text), _part("html", letter.html)
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f"{head}\r\n{body}--{boundary}--\r\n".encode("ascii")


def _part(subtype: str, text: str) -> str:
    """One body part; its line ends are CRLF before the encoding too (RFC 2045 section 6.8)."""
    canonical = re.sub(r"\r\n?|\n", "\r\n", text)
    encoded = base64.b64encode(canonical.encode("utf-8")).decode("ascii")
    lines = [encoded[i : i + _LINE_CHARS] for i in range(0, len(encoded), _LINE_CHARS)]
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n'
    return "\r\n".join((head, *lines))


# --- what names the message ------------------------------------------------------------------------------------------


def _message_id(letter: Letter, head: Letterhead, writer: Mailbox, reader: Mailbox | None) -> str:
    """Made of a hash of edition, period and reader; of the issue's fingerprint where it has no period."""
    period = letter.period
    days = f"{period.since}/{period.until}" if period else letter.fingerprint
    told = "\0".join((head.edition, days, reader.key if reader else ""))
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:_ID_CHARS]}@{writer.domain}>"


def _list_label(edition: str) -> str:
    """The edition's name as List-Id may have it (RFC 2919), a hash of it where it is not of ASCII letters and digits."""
    if re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?", edition):
        return edition.lower()
    return f"edition-{hashlib.sha256(edition.encode()).hexdigest()[:12]}"


def _boundary(letter: Letter) -> str:
    """A line that no part can hold: `_` is not of base64's alphabet."""
    return f"=_{hashlib.sha256(letter.fingerprint.encode()).hexdigest()[:_ID_CHARS]}"


# --- headers ---------------------------------------------------------------------------------------------------------


def _header(name: str, *lines: str, shown: str | None = None) -> _Header:
    """A header of these lines, printable ASCII each; raises UsageError where one is not, or is too long for a mail."""
    for line in lines:
        if not re.fullmatch(r"[ -~]+", line):
            raise UsageError(f"the header {name} cannot hold {line!r}: a control character, or a letter outside ASCII")
        if len(f"{name}: {line}") > _LONGEST_LINE:
            raise UsageError(f"the header {name} has a line of {len(line)} characters, over {_LONGEST_LINE}")
    return _Header(name, " ".join(lines) if shown is None else shown, lines)


def _worded(name: str, text: str) -> _Header:
    """A header of free text."""
    return _header(name, *_words(name, text), shown=text)


def _addressed(name: str, to: Mailbox) -> _Header:
    """A header of one mailbox."""
    if not to.name:
        return _header(name, to.address)
    return _header(name, *_words(name, to.name), f"<{to.address}>", shown=f"{to.name} <{to.address}>")


def _leaving(addresses: Sequence[str], reader: Mailbox | None) -> Iterator[_Header]:
    """List-Unsubscribe, an address a line and never encoded, and for an https address List-Unsubscribe-Post (RFC 8058)."""
    if reader is None:
        addresses = [address for address in addresses if RECIPIENT not in address]
    own = [address.replace(RECIPIENT, _percent_encoded(reader.key) if reader else "") for address in addresses]
    for address in own:
        if not is_leaving(address):
            raise UsageError(
                f"the address for leaving {address!r} is neither an https nor a mailto address of at most 900 characters"
            )
    if own:
        *first, last = (f"<{address}>" for address in own)
        yield _header("List-Unsubscribe", *(f"{one}," for one in first), last)
    if any(address.startswith("https:") for address in own):
        yield _header("List-Unsubscribe-Post", _ONE_CLICK)


def _percent_encoded(address: str) -> str:
    """An address as a part of a web address (RFC 3986, section 2.1)."""
    return re.sub(r"[^A-Za-z0-9._~-]", lambda found: f"%{ord(found[0]):02X}", address)


def _without_control(what: str, value: str) -> str:
    """The value, stripped; raises UsageError where a character of it could end or hide a header."""
    if _CONTROL.search(value):
        raise UsageError(f"the {what} {value!r} holds a line break or another control character")
    return value.strip()


def _words(header: str, text: str) -> tuple[str, ...]:
    """The text as a header's lines: as it is where it is short and plain, else in encoded words, one a line."""
    if text and _PLAIN.fullmatch(text) and len(f"{header}: {text}") <= _LINE_CHARS:
        return (text,)
    return tuple(_encoded_words(text))


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
