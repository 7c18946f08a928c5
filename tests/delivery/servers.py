"""Mail servers on loopback as the tests need them: a real one that takes messages, and one that says what a script says."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dkim
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

HOST = "127.0.0.1"
USER, PASSWORD = "desk@news.example", "a code: 123"


@dataclass
class Inbox:
    """What a server took: sender, recipients and bytes of each message, in order; and how many connections there were."""

    taken: list[tuple[str, tuple[str, ...], bytes]] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    pause_s: float = 0

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 # aiosmtpd's name
        assert envelope.mail_from is not None
        assert isinstance(envelope.content, bytes)
        self.sessions.add(id(session))
        await asyncio.sleep(self.pause_s)
        self.taken.append((envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        await asyncio.sleep(self.pause_s)
        return f"250 taken as {len(self.taken)}"

    @property
    def recipients(self) -> list[str]:
        return [recipient for _, recipients, _ in self.taken for recipient in recipients]


@dataclass(frozen=True)
class Authority:
    """A maker of certificates, and the file that makes its certificates trusted."""

    ca: trustme.CA
    file: Path

    def context(self, host: str = HOST) -> ssl.SSLContext:
        """What a server needs that proves to be `host`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(host).configure_cert(context)
        return context


def authority(folder: Path) -> Authority:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(folder / "ca.pem"))
    return Authority(ca, folder / "ca.pem")


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


@contextmanager
def mail_server(
    context: ssl.SSLContext | None, *, tls: bool = False, login: bool = False, pause_s: float = 0
) -> Iterator[tuple[Inbox, int]]:
    """An aiosmtpd server and its port: with STARTTLS where it has a context, TLS from the first byte with `tls`."""
    inbox = Inbox(pause_s=pause_s)
    options: dict[str, Any] = (
        {"ssl_context": context} if tls else {"tls_context": context, "require_starttls": bool(context)}
    )
    if login:
        options |= {"auth_required": True, "authenticator": _authenticate, "auth_require_tls": not tls}
    controller = Controller(inbox, hostname=HOST, port=free_port(), **options)
    controller.start()
    try:
        yield inbox, controller.port
    finally:
        controller.stop()


@dataclass(frozen=True)
class SigningKey:
    """A DKIM key, and what the DNS says of it."""

    pem: str
    record: bytes

    def verifies(self, content: bytes) -> bool:
        """Whether a message bears a signature by this key."""
        dns = {b"w46._domainkey.news.example.": self.record}
        return bool(dkim.verify(content, dnsfunc=lambda name, **_: dns.get(name)))


def signing_key() -> SigningKey:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form, plain = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    record = b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])
    return SigningKey(key.private_bytes(serialization.Encoding.PEM, form, plain).decode(), record)


def free_port() -> int:
    with socket.socket() as s:
        s.bind((HOST, 0))
        port: int = s.getsockname()[1]
        return port


Reply = str | None
"""What the scripted server says to a command; None: it closes the connection without a word."""
Script = Callable[[str, str], Reply]
"""The command's verb (END for the line that ends a message) and the recipient that was named last -> the reply."""

_USUAL = {"EHLO": "250 here", "DATA": "354 go on", "QUIT": "221 bye"}


def usual(verb: str, _recipient: str = "") -> Reply:
    """What a server says that takes everything."""
    return _USUAL.get(verb, "250 fine")


def answers(verb: str, recipient: str, *replies: Reply) -> Script:
    """Says these replies in turn to a command about one recipient, then what is usual; and so to everything else."""
    left = list(replies)

    def script(said: str, about: str) -> Reply:
        return left.pop(0) if left and (said, about) == (verb, recipient) else usual(said)

    return script


class ScriptedServer:
    """A server that says what its script says; `taken` are the recipients whose messages it had whole and agreed to."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.taken: list[str] = []
        self.verbs: list[str] = []
        self._listening = socket.create_server((HOST, 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "ScriptedServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        recipient = ""
        if not _say(connection, self.script("GREET", "") if self.script("GREET", "") != "250 fine" else "220 here"):
            return
        with connection.makefile("rb") as lines:
            for line in lines:
                verb = line[:4].decode().strip().upper()
                if verb == "RCPT":
                    recipient = line.decode().partition("<")[2].partition(">")[0]
                self.verbs.append(verb)
                reply = self.script(verb, recipient)
                if not _say(connection, reply) or verb == "QUIT":
                    return
                if verb == "DATA" and reply and reply.startswith("354"):
                    for content in lines:
                        if content == b".\r\n":
                            break
                    else:
                        return
                    reply = self.script("END", recipient)
                    if reply and reply.startswith("250"):
                        self.taken.append(recipient)
                    if not _say(connection, reply):
                        return


def _say(connection: socket.socket, reply: Reply) -> bool:
    """Whether the connection stays."""
    if reply is None:
        return False
    connection.sendall(reply.encode() + b"\r\n")
    return not reply.startswith("421")


def recipients(count: int) -> Sequence[str]:
    return [f"reader{n}@example.org" for n in range(1, count + 1)]
