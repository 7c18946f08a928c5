"""Sending through real and scripted servers on loopback: what happened is what the record says."""

import email
import email.policy
import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from digest.config import Settings
from digest.delivery import Delivery, deliver_issue, plan_issue
from digest.edges.ledger import ledger_path
from digest.errors import BrokenLedger, ConfigError, MailServerError, UnreadableIssue, UnsendableIssue, UsageError
from digest.model import SendState
from tests.delivery.conftest import NOW, SENDER, Configure
from tests.delivery.servers import (
    HOST,
    PASSWORD,
    USER,
    Authority,
    Reply,
    Script,
    ScriptedServer,
    SigningKey,
    answers,
    mail_server,
    recipients,
    usual,
)

A, B, C = "a@example.org", "b@example.org", "c@example.org"
PASSWORDS = {"DIGEST_MAIL_PASSWORD": PASSWORD}


def deliver(built: Path, settings: Settings, *to: str, **options: Any) -> Delivery:
    environ = options.pop("environ", {})
    return deliver_issue(built, settings, environ, lambda: NOW, to, **options)


def states(delivery: Delivery) -> dict[str, SendState]:
    return {entry.recipient: entry.answer.state for entry in delivery.sending.entries}


def steps(built: Path) -> list[tuple[str, str]]:
    """Recipient and state of each line of the record."""
    lines = ledger_path(built).read_text(encoding="utf-8").splitlines()
    return [(told["recipient"], told["state"]) for told in map(json.loads, lines) if "state" in told]


def plan(built: Path) -> None:
    """Have the issue planned, as what builds issues by itself does."""
    plan_issue(built, json.loads((built / "digest.json").read_text(encoding="utf-8"))["fingerprint"], NOW)


def parsed(content: bytes) -> EmailMessage:
    mail = email.message_from_bytes(content, policy=email.policy.strict)
    assert isinstance(mail, EmailMessage)
    return mail


def payloads(content: bytes) -> list[bytes]:
    return [part.get_payload(decode=True) for part in parsed(content).iter_parts()]  # type: ignore[misc]


# --- real servers ----------------------------------------------------------------------------------------------------


def test_each_reader_gets_one_message_of_the_built_parts(built: Path, trusted: Authority, configure: Configure) -> None:
    """Through a real server with STARTTLS and a login: parts byte for byte, one recipient each, one connection."""
    leaving = "https://news.example/leave?who={recipient}&token=" + "x" * 248
    with mail_server(trusted.context(), login=True) as (inbox, port):
        settings = configure(
            host=HOST,
            port=port,
            ca_file=str(trusted.file),
            username=USER,
            unsubscribe=[leaving],
            recipients=[A, f"读者 <{B}>"],
        )
        delivery = deliver(built, settings, environ=PASSWORDS)
    assert states(delivery) == {A: SendState.SENT, B: SendState.SENT}
    assert delivery.sending.entries[0].answer.words == "250 taken as 1"
    assert [(sender, to) for sender, to, _ in inbox.taken] == [(USER, (A,)), (USER, (B,))]
    assert len(inbox.sessions) == 1
    original = (built / "digest.eml").read_bytes()
    for (_, _, content), to, percent in zip(inbox.taken, (A, f"读者 <{B}>"), ("a%40", "b%40"), strict=True):
        mail = parsed(content)
        assert payloads(content) == payloads(original)
        assert (mail["To"], mail["From"]) == (to, SENDER)
        assert mail["Subject"] == parsed(original)["Subject"]
        assert mail["Date"] == "Mon, 16 Nov 2026 08:30:00 +0800"
        url = leaving.replace("{recipient}", f"{percent}example.org")
        assert len(url) >= 300
        assert mail["List-Unsubscribe"] == f"<{url}>"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert steps(built) == [(A, "sending"), (A, "sent"), (B, "sending"), (B, "sent")]


def test_tls_from_the_first_byte(built: Path, trusted: Authority, configure: Configure) -> None:
    """What the providers' presets use."""
    with mail_server(trusted.context(), tls=True) as (inbox, port):
        settings = configure(host=HOST, port=port, security="tls", ca_file=str(trusted.file))
        delivery = deliver(built, settings, A)
    assert states(delivery) == {A: SendState.SENT}
    assert inbox.recipients == [A]


def test_a_subject_of_eighty_chinese_characters_comes_back_whole(
    built: Path, trusted: Authority, configure: Configure
) -> None:
    """Folded in encoded words on the way, one text at the end."""
    subject = "湘资沅澧四水安澜洞庭湖" * 7 + "第四十六期"[:3]
    assert len(subject) == 80
    mail = parsed((built / "digest.eml").read_bytes())
    mail.replace_header("Subject", subject)
    (built / "digest.eml").write_bytes(mail.as_bytes(policy=email.policy.SMTP))
    with mail_server(trusted.context()) as (inbox, port):
        deliver(built, configure(host=HOST, port=port, ca_file=str(trusted.file)), A)
    assert parsed(inbox.taken[0][2])["Subject"] == subject


@pytest.mark.parametrize("tls", [False, True])
def test_a_server_that_does_not_prove_who_it_is_gets_nothing(
    built: Path, trusted: Authority, configure: Configure, tls: bool
) -> None:
    """A certificate of a stranger, or of another host: no message, no login, and nothing in the record."""
    for context, ca_file in ((trusted.context(), ""), (trusted.context("mail.example"), str(trusted.file))):
        with mail_server(context, tls=tls) as (inbox, port):
            security = "tls" if tls else "starttls"
            delivery = deliver(built, configure(host=HOST, port=port, security=security, ca_file=ca_file), A, B)
        assert isinstance(delivery.sending.stopped, MailServerError)
        assert "does not prove that it is 127.0.0.1" in str(delivery.sending.stopped)
        assert delivery.sending.entries == ()
        assert inbox.taken == []
        assert steps(built) == []


def test_without_starttls_nothing_is_sent(built: Path, configure: Configure) -> None:
    """A server that offers no encryption is told nothing, unless the configuration says that it may be."""
    with mail_server(None) as (inbox, port):
        delivery = deliver(built, configure(host=HOST, port=port), A)
        assert "STARTTLS" in str(delivery.sending.stopped)
        assert inbox.taken == []
        assert states(deliver(built, configure(host=HOST, port=port, security="none"), A)) == {A: SendState.SENT}


def test_a_refused_login_is_told_with_the_providers_hint(built: Path, trusted: Authority, configure: Configure) -> None:
    """The password is in no message."""
    with mail_server(trusted.context(), login=True) as (inbox, port):
        settings = configure(host=HOST, port=port, ca_file=str(trusted.file), username=USER)
        delivery = deliver(built, settings, A, environ={"DIGEST_MAIL_PASSWORD": "guess"})
    assert "refuses the login of 'desk@news.example': 535" in str(delivery.sending.stopped)
    assert "guess" not in str(delivery.sending.stopped)
    assert inbox.taken == []


def test_a_server_that_is_not_there(built: Path, configure: Configure) -> None:
    """Nobody listens: told after the tries that were asked for, and nothing is in the record."""
    with mail_server(None) as (_, port):
        pass
    delivery = deliver(built, configure(host=HOST, port=port, security="none"), A)
    assert str(delivery.sending.stopped) == f"mail server 127.0.0.1:{port}: Connection refused"
    assert steps(built) == []


# --- signatures ------------------------------------------------------------------------------------------------------


def test_the_signature_verifies_and_covers_the_list_headers(
    built: Path, trusted: Authority, configure: Configure, key: SigningKey
) -> None:
    """What went through a server verifies with the public key; with any byte changed it does not."""
    with mail_server(trusted.context()) as (inbox, port):
        leaving = ["https://news.example/leave", "mailto:leave@news.example"]
        settings = configure(host=HOST, port=port, ca_file=str(trusted.file), dkim_selector="w46", unsubscribe=leaving)
        deliver(built, settings, A, environ={"DIGEST_DKIM_KEY": key.pem})
    content = inbox.taken[0][2]
    assert key.verifies(content)
    tags = dict(tag.split("=", 1) for tag in "".join(parsed(content)["DKIM-Signature"].split()).split(";"))
    assert (tags["d"], tags["s"]) == ("news.example", "w46")
    assert {"list-unsubscribe", "list-unsubscribe-post"} <= set(tags["h"].lower().split(":"))
    for old, new in ((b"leave>", b"leavf>"), (b"One-Click", b"One-Clack"), (b"List-Id: <h", b"List-Id: <g")):
        assert old in content
        assert not key.verifies(content.replace(old, new, 1))
    middle = len(content) // 2
    assert not key.verifies(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    assert not key.verifies(b"From: other@example.org\r\n" + content)


@pytest.mark.parametrize(("environ", "words"), [({}, "set DIGEST_DKIM_KEY"), ({"DIGEST_DKIM_KEY": "x"}, "no RSA key")])
def test_a_key_that_cannot_sign_is_told_at_once(
    built: Path, configure: Configure, environ: dict[str, str], words: str
) -> None:
    """Before any connection; the key itself is in no message."""
    with pytest.raises(ConfigError, match=words):
        deliver(built, configure(host=HOST, port=1, dkim_selector="w46"), A, environ=environ)
    assert not ledger_path(built).exists()


# --- scripted servers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "reply"),
    [
        ("RCPT", "451 greylisted"),
        ("RCPT", "421 too many"),
        ("DATA", "451 later"),
        ("DATA", None),
        ("END", "451 later"),
        ("END", "421 closing"),
        ("RCPT", None),
        ("MAIL", "451 busy"),
        ("RCPT", "nonsense"),
    ],
)
def test_what_may_pass_is_tried_again(built: Path, configure: Configure, verb: str, reply: Reply) -> None:
    """4xx, 421 and a connection that was lost before the message was over: the next try succeeds, nobody has it twice."""
    about = A if verb == "MAIL" else B
    with ScriptedServer(answers(verb, about, reply)) as server:
        delivery = deliver(built, configure(host=HOST, port=server.port, security="none"), A, B, C)
    assert states(delivery) == dict.fromkeys((A, B, C), SendState.SENT)
    assert server.taken == [A, B, C]
    assert steps(built) == [
        (A, "sending"), (A, "sent"), (B, "sending"), (B, "failed"), (B, "sending"), (B, "sent"), (C, "sending"), (C, "sent"),
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["RCPT", "DATA", "END"])
def test_what_stays_refused_for_now_fails_and_is_sent_by_the_next_call(
    built: Path, configure: Configure, verb: str
) -> None:
    """After the tries that were asked for the next reader is served; the second call sends what is missing, and only that."""
    plan(built)
    with ScriptedServer(answers(verb, B, *["451 not yet"] * 3)) as server:
        settings = configure(host=HOST, port=server.port, security="none")
        delivery = deliver(built, settings, A, B, C)
        assert states(delivery) == {A: SendState.SENT, B: SendState.FAILED, C: SendState.SENT}
        assert [e.answer.words for e in delivery.sending.entries if e.recipient == B] == ["451 not yet"]
        assert server.taken == [A, C]
        assert states(deliver(built, settings, A, B, C, unattended=True)) == {B: SendState.SENT}
        assert server.taken == [A, C, B]
        assert deliver(built, settings, A, B, C).intent.due == ()


@pytest.mark.parametrize("verb", ["RCPT", "DATA", "END"])
def test_what_is_refused_for_good_is_not_tried_again_unasked(built: Path, configure: Configure, verb: str) -> None:
    """550 fails at once with the server's words; a call that nobody watches leaves it, one that was asked for tries it."""
    plan(built)
    with ScriptedServer(answers(verb, B, "550 no such\tuser\x07")) as server:
        settings = configure(host=HOST, port=server.port, security="none")
        delivery = deliver(built, settings, A, B, C)
        assert states(delivery) == {A: SendState.SENT, B: SendState.FAILED, C: SendState.SENT}
        assert [e.answer.words for e in delivery.sending.entries if e.recipient == B] == ["550 no such user"]
        unattended = deliver(built, settings, A, B, C, unattended=True)
        assert [mail.address for mail in unattended.intent.refused] == [B]
        assert unattended.sending.entries == ()
        assert states(deliver(built, settings, A, B, C)) == {B: SendState.SENT}
    assert server.taken == [A, C, B]


@pytest.mark.parametrize("reply", [None, "nonsense", "354 what"])
def test_without_an_answer_to_the_whole_message_nobody_knows(built: Path, configure: Configure, reply: Reply) -> None:
    """It may have been taken: it is unknown, is not sent again by itself, and is when that is asked for."""
    with ScriptedServer(answers("END", B, reply)) as server:
        settings = configure(host=HOST, port=server.port, security="none")
        assert states(deliver(built, settings, A, B, C)) == {A: SendState.SENT, B: SendState.UNKNOWN, C: SendState.SENT}
        again = deliver(built, settings, A, B, C)
        assert ([mail.address for mail in again.intent.unknown], again.sending.entries) == ([B], ())
        assert server.taken == [A, C]
        assert states(deliver(built, settings, A, B, C, resend_unknown=True)) == {B: SendState.SENT}
        assert server.taken == [A, C, B]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (lambda verb, _: "554 go away" if verb == "GREET" else usual(verb), "554 go away"),
        (lambda verb, _: "421 full" if verb == "GREET" else usual(verb), "421 full"),
        (
            lambda verb, _: "550 not you" if verb == "MAIL" else usual(verb),
            "refuses the sender desk@news.example: 550 not you",
        ),
    ],
)
def test_a_server_that_takes_nothing_ends_the_sending(
    built: Path, configure: Configure, script: Script, words: str
) -> None:
    """What it would say of every message is asked once, and the rest is left for the next call."""
    with ScriptedServer(script) as server:
        settings = configure(host=HOST, port=server.port, security="none")
        delivery = deliver(built, settings, A, B)
        assert words in str(delivery.sending.stopped)
        assert server.taken == []
        server.script = usual
        assert states(deliver(built, settings, A, B)) == {A: SendState.SENT, B: SendState.SENT}


def test_an_idle_connection_that_was_closed_is_made_anew(built: Path, configure: Configure) -> None:
    """The server hangs up between two messages: nothing failed, nothing is unknown."""
    closed: list[str] = []

    def script(verb: str, about: str) -> Reply:
        if verb == "RSET" and about not in closed:
            closed.append(about)
            return None
        return usual(verb)

    with ScriptedServer(script) as server:
        delivery = deliver(built, configure(host=HOST, port=server.port, security="none"), A, B, C)
    assert set(states(delivery).values()) == {SendState.SENT}
    assert [state for _, state in steps(built)] == ["sending", "sent"] * 3


# --- record, folder, refusals ----------------------------------------------------------------------------------------


def test_a_folder_takes_the_messages(built: Path, tmp_path: Path, configure: Configure) -> None:
    """A file for each reader, and a second call finds nothing to do."""
    settings = configure(folder=str(tmp_path / "out" / "box"), recipients=[A, "a/../b@example.org"])
    assert set(states(deliver(built, settings)).values()) == {SendState.SENT}
    files = sorted((tmp_path / "out" / "box").iterdir())
    assert [file.name[: len("2026-W46.a_..")] for file in files] == ["2026-W46.a@ex", "2026-W46.a_.."]
    assert all(file.suffix == ".eml" for file in files)
    assert parsed(files[0].read_bytes())["To"] == A
    assert deliver(built, settings).intent.due == ()


def test_a_reader_who_is_named_twice_gets_one_message(built: Path, tmp_path: Path, configure: Configure) -> None:
    """By address, whatever the name or the case of the domain."""
    delivery = deliver(built, configure(folder=str(tmp_path / "box")), A, "甲 <a@EXAMPLE.org>")
    assert list(states(delivery)) == [A]


def test_the_record_stays_when_the_issue_is_built_again(built: Path, tmp_path: Path, configure: Configure) -> None:
    """It stands beside the folder: the same period is not sent twice, another one that takes the folder's place is."""
    settings = configure(folder=str(tmp_path / "box"))
    deliver(built, settings, A)
    record = json.loads((built / "digest.json").read_text(encoding="utf-8"))
    (built / "digest.json").write_text(json.dumps(record | {"fingerprint": "ab" * 32}), encoding="utf-8")
    assert deliver(built, settings, A).intent.due == ()
    other = {"since": "2026-11-16", "until": "2026-11-22"}
    (built / "digest.json").write_text(json.dumps(record | {"period": other}), encoding="utf-8")
    assert states(deliver(built, settings, A)) == {A: SendState.SENT}


def test_a_line_that_was_never_finished_is_none(built: Path, tmp_path: Path, configure: Configure) -> None:
    """A process that died while it wrote "sent" leaves the mail unknown, one that wrote "sending" leaves it due."""
    settings = configure(folder=str(tmp_path / "box"))
    deliver(built, settings, A)
    path = ledger_path(built)
    first, last = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + last[:20])
    assert [mail.address for mail in deliver(built, settings, A).intent.unknown] == [A]
    assert path.read_bytes() == first
    path.write_bytes(first[:-1])
    assert states(deliver(built, settings, A)) == {A: SendState.SENT}


def test_a_record_that_cannot_be_read_stops_everything(built: Path, tmp_path: Path, configure: Configure) -> None:
    """Nothing is sent by guess."""
    ledger_path(built).write_text("who knows\n", encoding="utf-8")
    with pytest.raises(BrokenLedger, match="line 1"):
        deliver(built, configure(folder=str(tmp_path / "box")), A)
    assert not (tmp_path / "box").exists()


def test_unattended_only_what_was_planned_is_sent(built: Path, tmp_path: Path, configure: Configure) -> None:
    """An issue that somebody built by hand waits for somebody to send it; a plan of other content is none for this one."""
    settings = configure(folder=str(tmp_path / "box"))
    plan_issue(built, "0" * 64, NOW)
    left = deliver(built, settings, A, unattended=True)
    assert ([mail.address for mail in left.intent.unplanned], left.sending.entries) == ([A], ())
    plan(built)
    assert states(deliver(built, settings, A, unattended=True)) == {A: SendState.SENT}
    assert deliver(built, settings, A, unattended=True).intent.unplanned == ()


def test_two_processes_do_not_send_one_issue(built: Path, tmp_path: Path, configure: Configure) -> None:
    """The second is told so, whatever the first is at."""
    settings = configure(folder=str(tmp_path / "box"))

    def other(_what: str, mails: Any) -> Any:
        with pytest.raises(BrokenLedger, match="another process is sending"):
            deliver(built, settings, A)
        return mails

    assert states(deliver(built, settings, A, track=other)) == {A: SendState.SENT}


def test_settings_and_issue_must_go_together(built: Path, tmp_path: Path, configure: Configure) -> None:
    """No way to send, another edition, a sender that was never set, a missing password, no issue: each is told before anything is done."""
    with pytest.raises(ConfigError, match="nothing to send through"):
        deliver(built, configure(), A)
    with pytest.raises(ConfigError, match=r"no password .* set DIGEST_MAIL_PASSWORD.*授权码"):
        deliver(built, configure(provider="qq"), A)
    folder = configure(folder=str(tmp_path / "box"))
    with pytest.raises(UsageError, match="is an issue of"):
        deliver(built, folder.model_copy(update={"edition": folder.edition.model_copy(update={"title": "他报"})}), A)
    sender = folder.edition.model_copy(update={"sender": "digest@localhost.invalid"})
    with pytest.raises(ConfigError, match=r"edition\.sender"):
        deliver(built, folder.model_copy(update={"edition": sender}), A)
    with pytest.raises(UnreadableIssue):
        deliver(tmp_path / "none", folder, A)
    with pytest.raises(ConfigError, match="ca_file"):
        deliver(built, configure(host=HOST, port=1, ca_file=str(tmp_path / "none.pem")), A)
    assert not ledger_path(built).exists()


def test_what_the_gate_did_not_pass_is_not_sent(built: Path, tmp_path: Path, configure: Configure) -> None:
    """The faults are told as the issue's record has them."""
    record = json.loads((built / "digest.json").read_text(encoding="utf-8"))
    for gate, words in (
        ({"sendable": False, "faults": ["a quote", "a link"]}, "is not to be sent: a quote; a link$"),
        ({"sendable": "yes"}, "its gate did not pass it"),
        ([], "its gate did not pass it"),
    ):
        (built / "digest.json").write_text(json.dumps(record | {"gate": gate}), encoding="utf-8")
        with pytest.raises(UnsendableIssue, match=words):
            deliver(built, configure(folder=str(tmp_path / "box")), A)
    (built / "digest.json").write_text(json.dumps(record | {"gate": {"sendable": True}}), encoding="utf-8")
    assert states(deliver(built, configure(folder=str(tmp_path / "box")), A)) == {A: SendState.SENT}


def test_a_hundred_readers_use_one_connection(built: Path, trusted: Authority, configure: Configure) -> None:
    """Each gets a message of their own."""
    everybody = recipients(100)
    with mail_server(trusted.context()) as (inbox, port):
        delivery = deliver(built, configure(host=HOST, port=port, ca_file=str(trusted.file)), *everybody)
    assert len(delivery.sending.entries) == 100
    assert inbox.recipients == everybody
    assert len(inbox.sessions) == 1
    assert len({parsed(content)["Message-ID"] for _, _, content in inbox.taken}) == 100
