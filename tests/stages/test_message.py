"""The bytes of a mail: legal to the letter, the same every time, and open to nobody's headers."""

import email
import email.policy
import re
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import UsageError
from digest.model import Message, Period, Rendering
from digest.stages.message import build_message
from tests.build import day, issue

SENDER = "市州新闻编辑部 <digest@news.example>"


def mail(
    subject: str = "湖南市州新闻周报 第46期",
    html: str = "<p>第一行\n第二行</p>",
    text: str = "第一行\n第二行\n",
    sender: str = SENDER,
    recipient: str | None = None,
    **of_issue: object,
) -> Message:
    """The message of an issue with this rendering."""
    return build_message(
        issue(**of_issue), Rendering(subject, html, text), sender, recipient, ZoneInfo("Asia/Shanghai")
    )


def parsed(message: Message) -> EmailMessage:
    """The message as a mail program reads it."""
    read = email.message_from_bytes(message.content, policy=email.policy.strict)
    assert isinstance(read, EmailMessage)
    return read


def header_lines(message: Message) -> list[str]:
    """The lines of the message's head, as they are."""
    return message.content.split(b"\r\n\r\n")[0].decode("ascii").split("\r\n")


def test_text_comes_first_and_both_parts_read_back() -> None:
    """The last part is the one that a mail program prefers (RFC 2046, 5.1.4)."""
    read = parsed(mail())
    assert read.get_content_type() == "multipart/alternative"
    plain, html = read.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_payload(decode=True) == "第一行\r\n第二行\r\n".encode()
    assert html.get_payload(decode=True) == "<p>第一行\r\n第二行</p>".encode()
    assert {part["Content-Transfer-Encoding"] for part in (plain, html)} == {"base64"}
    assert {part.get_content_charset() for part in (plain, html)} == {"utf-8"}
    assert not read.defects
    assert not plain.defects
    assert not html.defects


def test_the_headers_read_back() -> None:
    """Chinese names and subjects survive the encoded words."""
    read = parsed(mail(recipient="读者 <reader@example.org>"))
    assert read["Subject"] == "湖南市州新闻周报 第46期"
    assert read["From"] == SENDER
    assert read["To"] == "读者 <reader@example.org>"
    assert read["MIME-Version"] == "1.0"


def test_the_headers_are_given_unfolded_too() -> None:
    """What the message says of itself is what a mail program reads in it."""
    message = mail(recipient="读者 <reader@example.org>")
    assert message.subject == message.headers["Subject"]
    assert {name: parsed(message)[name] for name in message.headers} == dict(message.headers)


def test_equal_arguments_yield_equal_bytes() -> None:
    """Nothing of the moment goes into a message."""
    assert mail().content == mail().content


def test_the_fingerprint_names_the_message_and_its_boundary() -> None:
    """Another issue has another name."""
    first, other = mail(fingerprint="ab" * 32), mail(fingerprint="cd" * 32)
    assert first.headers["Message-ID"] == f"<{'ab' * 16}@news.example>"
    assert other.headers["Message-ID"] != first.headers["Message-ID"]
    assert parsed(first).get_boundary() == "=_" + "ab" * 16


def test_the_date_is_the_periods_last_second_in_china() -> None:
    """The days of an issue are China's."""
    message = mail(period=Period(day("11-09"), day("11-15")))
    assert message.headers["Date"] == "Sun, 15 Nov 2026 23:59:59 +0800"


def test_an_issue_without_a_period_is_dated_1970() -> None:
    """RFC 5322 requires a date, and there is none to be had."""
    assert mail(period=None).headers["Date"] == "Thu, 01 Jan 1970 23:59:59 +0800"


def test_without_a_recipient_nobody_is_named() -> None:
    """The empty group is what RFC 5322 offers for it."""
    assert "To: undisclosed-recipients:;" in header_lines(mail())


def test_plain_names_and_subjects_stand_as_they_are() -> None:
    """What needs no encoding is not encoded."""
    lines = header_lines(mail(subject="Weekly 46", sender='"Local News" <digest@news.example>'))
    assert "Subject: Weekly 46" in lines
    assert lines[:2] == ["From: Local News", " <digest@news.example>"]


def test_what_looks_like_an_encoded_word_is_encoded() -> None:
    """A subject is read back as it was given, not as it could be understood."""
    assert parsed(mail(subject="=?utf-8?q?x?="))["Subject"] == "=?utf-8?q?x?="


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=300))
def test_every_subject_survives_in_legal_lines(subject: str) -> None:
    """Lines with encoded words have at most 76 characters, words at most 75 (RFC 2047), and nothing is lost."""
    message = mail(subject=subject)
    for line in header_lines(message):
        assert len(line) <= (76 if "=?" in line else 998)
        assert all(len(word) <= 75 for word in re.findall(r"=\?.*?\?=", line))
    raw = email.message_from_bytes(message.content)["Subject"]
    assert str(email.header.make_header(email.header.decode_header(raw))).strip() == subject.strip()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_every_line_is_short_ascii_and_ends_in_crlf(text: str) -> None:
    """No server on the way has to bend a line."""
    content = mail(html=text, text=text).content
    lines = content.split(b"\r\n")
    assert content.isascii()
    assert max(map(len, lines)) <= 998
    assert all(b"\n" not in line and b"\r" not in line for line in lines)


@pytest.mark.parametrize("breaker", ["\n", "\r", "\r\n", "\x00", "\x0b", "\x85", "\u2028", "\ud800"])
@pytest.mark.parametrize("where", ["subject", "sender", "recipient"])
def test_a_line_break_in_a_header_is_refused(breaker: str, where: str) -> None:
    """No value can add a header of its own."""
    value = f"编辑部{breaker}Bcc: x@example.org <a@example.org>"
    with pytest.raises(UsageError, match=f"the {where} .* control character"):
        mail(**{where: value})


@pytest.mark.parametrize(
    "address",
    [
        "",
        "编辑部",
        "a@",
        "@b",
        "a b@example.org",
        "a@example.org, b@example.org",
        "<a@b> <c@d>",
        "用户@example.org",
        "名 <>",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """One address a message, of the letters that every server takes; the error quotes what was given."""
    with pytest.raises(UsageError, match=re.escape(repr(address))):
        mail(recipient=address)


def test_a_fingerprint_that_is_no_word_is_refused() -> None:
    """The fingerprint cannot break out of the header that it goes into."""
    with pytest.raises(UsageError, match="fingerprint"):
        mail(fingerprint='x"\r\nBcc: a@example.org')
