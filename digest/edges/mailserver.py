"""Messages -> a mail server (SMTP, RFC 5321), over TLS that is verified. The only file that knows smtplib.

The commands are given one by one, and not by `smtplib.sendmail`: what a failure means depends on how far a message had come.
Before the line that ends it the server cannot have taken it; from then on, without an answer, nobody knows.
"""

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from digest.edges.providers import Security
from digest.errors import ConfigError, MailServerError
from digest.model import Answer, SendState

_HELLO = "[127.0.0.1]"
"""Who we say we are (RFC 5321, section 4.1.3): the machine's own name may be Chinese, and asking for it may take seconds."""

_TAKING = 10
"""How many times longer the answer to a whole message may take than others (RFC 5321, section 4.5.3.2: 10 minutes)."""

_CLOSING = 421
"""The server is going away (RFC 5321, section 4.2.3)."""

_LATER = range(400, 500)
_DONE = range(200, 300)
_SHOWN_CHARS = 300


@dataclass(frozen=True, slots=True)
class Account:
    """A server and how it is spoken to."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    timeout_s: float = 60
    hint: str = ""
    """What to look at where the login is refused."""

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"


class MailServer:
    """A connection that is made when it is needed, used for one message after the other, and made anew when it was lost."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._context = _tls(account)
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp and kind is None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()

    def connect(self) -> None:
        """Have a connection that answers, logged in where there is a login.

        Raises MailServerError, `passing` where another try may find the server well.
        """
        if self._smtp and self._answers(self._smtp):
            return
        self._drop()
        try:
            self._smtp = self._connected()
        except smtplib.SMTPAuthenticationError as e:
            hint = f"; {self.account.hint}" if self.account.hint else ""
            words = f"refuses the login of {self.account.username!r}: {_words(e.smtp_code, e.smtp_error)}{hint}"
            raise MailServerError(self.account.name, words, e.smtp_code in _LATER) from None
        except smtplib.SMTPResponseException as e:
            passing = e.smtp_code in _LATER
            raise MailServerError(self.account.name, _words(e.smtp_code, e.smtp_error), passing) from None
        except ssl.SSLCertVerificationError as e:
            words = f"does not prove that it is {self.account.host}: {e.verify_message}"
            raise MailServerError(self.account.name, words) from None
        except smtplib.SMTPServerDisconnected as e:
            raise MailServerError(self.account.name, str(e), passing=True) from None
        except smtplib.SMTPException as e:
            raise MailServerError(self.account.name, str(e)) from None
        except (OSError, ValueError) as e:
            words = getattr(e, "strerror", None) or _said(e)
            raise MailServerError(
                self.account.name, words, isinstance(e, OSError) and not isinstance(e, ssl.SSLError)
            ) from None

    def deliver(self, sender: str, recipient: str, content: bytes) -> Answer:
        """What became of a message that was handed over to the connected server, for one recipient.

        Raises MailServerError where the server refuses the sender: it will refuse every message.
        """
        smtp = self._smtp
        if smtp is None:
            raise MailServerError(self.account.name, "is not connected", passing=True)
        try:
            refused = self._announce(smtp, sender, recipient)
            if refused:
                return refused
            head, end = _framed(content)
            smtp.send(head)
        except (OSError, smtplib.SMTPException) as e:
            self._drop()
            return Answer(SendState.FAILED, f"the connection was lost before the message was over: {_said(e)}", True)
        return self._ended(smtp, end)

    def _announce(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> Answer | None:
        """Sender, recipient, and that the message follows; None where the server wants it, else its refusal."""
        code, reply = smtp.docmd(f"MAIL FROM:<{sender}>")
        if code in _DONE:
            code, reply = smtp.docmd(f"RCPT TO:<{recipient}>")
            if code in _DONE:
                code, reply = smtp.docmd("DATA")
                if code == 354:
                    return None
        elif code not in _LATER:
            self._drop()
            raise MailServerError(self.account.name, f"refuses the sender {sender}: {_words(code, reply)}")
        if code == _CLOSING or code not in range(200, 600):
            self._drop()
        return Answer(SendState.FAILED, _words(code, reply), code not in range(500, 600))

    def _ended(self, smtp: smtplib.SMTP, end: bytes) -> Answer:
        """The answer to the message whose last line is sent now."""
        try:
            if smtp.sock:
                smtp.sock.settimeout(self.account.timeout_s * _TAKING)
            smtp.send(end)
            code, reply = smtp.getreply()
            if smtp.sock:
                smtp.sock.settimeout(self.account.timeout_s)
        except (OSError, smtplib.SMTPException) as e:
            self._drop()
            return Answer(SendState.UNKNOWN, f"no answer to the whole message: {_said(e)}")
        if code in _DONE:
            return Answer(SendState.SENT, _words(code, reply))
        if code == _CLOSING or code not in range(400, 600):
            self._drop()
        state = SendState.FAILED if code in range(400, 600) else SendState.UNKNOWN
        return Answer(state, _words(code, reply), code in _LATER)

    def _connected(self) -> smtplib.SMTP:
        """A connection, verified and logged in as the account says."""
        host, port, timeout = self.account.host, self.account.port, self.account.timeout_s
        smtp: smtplib.SMTP
        if self.account.security == "tls":
            smtp = smtplib.SMTP_SSL(host, port, _HELLO, timeout=timeout, context=self._context)
        else:
            smtp = smtplib.SMTP(host, port, _HELLO, timeout=timeout)
        try:
            if smtp.sock:  # else the line that ends a message waits for the acknowledgement of the message
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if self.account.security == "starttls":
                smtp.starttls(context=self._context)
                smtp.ehlo()
            if self.account.username:
                smtp.login(self.account.username, self.account.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _answers(self, smtp: smtplib.SMTP) -> bool:
        """Whether the connection is alive and ready for a message."""
        try:
            code, _ = smtp.docmd("RSET")
        except (OSError, smtplib.SMTPException):
            return False
        return code in _DONE

    def _drop(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None


def _tls(account: Account) -> ssl.SSLContext:
    """What a server's certificate is verified with: the system's authorities and the account's own."""
    context = ssl.create_default_context()
    if account.ca_file:
        try:
            context.load_verify_locations(Path(account.ca_file))
        except (OSError, ValueError) as e:
            words = (e.strerror if isinstance(e, OSError) else None) or str(e)
            raise ConfigError([f"mail.ca_file: {account.ca_file}: {words}"]) from None
    return context


def _framed(content: bytes) -> tuple[bytes, bytes]:
    """The message as it goes over the line, a leading dot doubled (RFC 5321, section 4.5.2), and the line that ends it."""
    stuffed = re.sub(rb"(?m)^\.", b"..", content)
    return stuffed, b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"


def _words(code: int, reply: bytes | str) -> str:
    """A server's answer in one line of printable characters."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{code} {text}"[:_SHOWN_CHARS].strip()


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
