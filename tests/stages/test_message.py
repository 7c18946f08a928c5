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
from digest.model import Letterhead, Message, Period, Rendering
from digest.stages.message import build_message, closing, is_leaving, letter_of, message_id
from tests.build import day, issue

SENDER = "市州新闻编辑部 <digest@news.example>"


def mail(
    subject: str = "湖南市州新闻周报 第46期",
    html: str = "<p>第一行\n第二行</p>",
    text: str = "第一行\n第二行\n",
    sender: str = SENDER,
    recipient: str | None = None,
    unsubscribe: tuple[str, ...] = (),
    edition: str = "hunan-weekly",
    **of_issue: object,
) -> Message:
    """The message of an issue with this rendering, dated at its end."""
    letter = letter_of(issue(**of_issue), Rendering(subject, html, text))
    at = closing(letter.period, ZoneInfo("Asia/Shanghai"))
    return build_message(letter, Letterhead(edition, sender, unsubscribe), recipient, at)


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


def test_edition_period_and_recipient_name_the_message() -> None:
    """An issue that is built anew has the same name for the same reader, so that no mail program shows it twice."""
    reader = "读者 <reader@example.org>"
    first = mail(recipient=reader)
    assert re.fullmatch(r"<[0-9a-f]{32}@news\.example>", first.id)
    assert mail(recipient="reader@EXAMPLE.org", fingerprint="cd" * 32, subject="改过的", html="<p>").id == first.id
    others = [
        mail(recipient="other@example.org"),
        mail(),
        mail(recipient=reader, edition="other"),
        mail(recipient=reader, period=Period(day("11-02"), day("11-08"))),
        mail(recipient=reader, period=None),
        mail(recipient=reader, period=None, fingerprint="cd" * 32),
    ]
    assert len({message.id for message in (first, *others)}) == 7


def test_the_name_is_known_without_the_message() -> None:
    """Who has it already is found out before a message is built."""
    letter = letter_of(issue(), Rendering("题", "<p>", "文"))
    head = Letterhead("hunan-weekly", SENDER)
    assert message_id(letter, head, "a@example.org") == mail(recipient="a@example.org").id


def test_each_issue_has_its_own_boundary() -> None:
    """No part can hold the line that divides the parts."""
    boundaries = {parsed(mail(fingerprint=fingerprint * 32)).get_boundary() for fingerprint in ("ab", "cd", 'x"\r\n')}
    assert len(boundaries) == 3
    assert all(re.fullmatch("=_[0-9a-f]{32}", boundary or "") for boundary in boundaries)


@pytest.mark.parametrize(
    ("edition", "label"),
    [("Hunan-weekly", "hunan-weekly"), ("湖南周报", "edition-[0-9a-f]{12}"), ("a_b", "edition-[0-9a-f]{12}")],
)
def test_the_list_is_named_by_the_edition(edition: str, label: str) -> None:
    """List-Id (RFC 2919) is what a reader's filter sorts by; it has no letter outside ASCII."""
    assert re.fullmatch(rf"<{label}\.news\.example>", mail(edition=edition).headers["List-Id"])


def test_no_machine_answers_it() -> None:
    """Auto-Submitted (RFC 3834) keeps absence notices away."""
    assert "Auto-Submitted: auto-generated" in header_lines(mail())


def test_leaving_is_one_click() -> None:
    """Both addresses stand unencoded, folded at the comma only; the https one has its Post header (RFC 8058)."""
    addresses = "https://news.example/leave?who={recipient}", "mailto:leave@news.example?subject=%E9%80%80%E8%AE%A2"
    lines = header_lines(mail(recipient="读者 <a+b@example.org>", unsubscribe=addresses))
    at = lines.index("List-Unsubscribe: <https://news.example/leave?who=a%2Bb%40example.org>,")
    assert lines[at + 1 : at + 3] == [
        " <mailto:leave@news.example?subject=%E9%80%80%E8%AE%A2>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]


def test_a_long_address_for_leaving_comes_back_whole() -> None:
    """300 characters stand in one line, which no mail program has to put together."""
    address = "https://news.example/leave?token=" + "x" * 267
    message = mail(unsubscribe=(address,))
    assert len(address) == 300
    assert f"List-Unsubscribe: <{address}>" in header_lines(message)
    assert parsed(message)["List-Unsubscribe"] == f"<{address}>"


def test_leaving_by_mail_alone_is_not_one_click() -> None:
    """List-Unsubscribe-Post speaks of an https address."""
    assert "List-Unsubscribe-Post" not in mail(unsubscribe=("mailto:leave@news.example",)).headers


def test_a_mail_to_nobody_has_no_readers_address_for_leaving() -> None:
    """Nobody's address is in it; one that is everybody's stays."""
    addresses = "https://news.example/leave?who={recipient}", "mailto:leave@news.example"
    assert mail(unsubscribe=addresses).headers["List-Unsubscribe"] == "<mailto:leave@news.example>"
    assert "List-Unsubscribe-Post" not in mail(unsubscribe=addresses).headers


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://news.example/leave",
        "https://",
        "https:///leave",
        "https://news.example/退订",
        "https://news.example/a b",
        "https://news.example/<x>",
        'https://news.example/"',
        "https://news.example/a,b",
        "https://news.example/\r\nBcc: x@example.org",
        "mailto:",
        "https://news.example/" + "x" * 900,
        "https://news.example/{name}",
    ],
)
def test_what_no_mail_program_would_follow_is_refused(address: str) -> None:
    """An address that the header cannot carry whole is an error, and no address that is nearly the same."""
    assert not is_leaving(address)
    with pytest.raises(UsageError, match="for leaving"):
        mail(unsubscribe=(address,))


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


ANYTHING = st.text(max_size=60)
NAMES = [
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
    "MIME-Version", "Content-Type",
]  # fmt: skip


@given(subject=ANYTHING, name=ANYTHING, edition=ANYTHING, leaving=ANYTHING, fingerprint=ANYTHING, undated=st.booleans())
def test_no_value_adds_a_header(
    subject: str, name: str, edition: str, leaving: str, fingerprint: str, undated: bool
) -> None:
    """Whatever the values hold, a message has its own headers and no other, or there is none."""
    try:
        message = mail(
            subject=subject,
            sender=f"{name} <digest@news.example>",
            recipient=f"{name} <a@example.org>",
            unsubscribe=(f"https://news.example/{leaving}",),
            edition=edition,
            **({"period": None} if undated else {}),
            fingerprint=fingerprint,
        )
    except UsageError:
        return
    lines = header_lines(message)
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == NAMES
    assert all(re.fullmatch("[ -~]*[!-~]", line) for line in lines)
    assert email.message_from_bytes(message.content).keys() == NAMES
