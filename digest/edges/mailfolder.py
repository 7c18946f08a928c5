"""Messages -> `.eml` files in a folder, each complete or not there: for whatever sends them from there."""

import hashlib
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from digest.errors import OutputError
from digest.model import Answer, SendState


class MailFolder:
    """A folder that takes messages as a mail server does; one handed over again takes the place of the first."""

    def __init__(self, folder: Path, issue: str) -> None:
        self._folder, self._issue = folder, issue

    def connect(self) -> None:
        """Have the folder. Raises OutputError where it cannot be made."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise OutputError(str(self._folder), e.strerror or str(e)) from e

    def deliver(self, sender: str, recipient: str, content: bytes) -> Answer:  # noqa: ARG002 # a server needs the sender
        """The file's name, once the message is on the disk; raises OutputError where it cannot be."""
        file = self._folder / _name(self._issue, recipient)
        made = self._folder / f".digest-{secrets.token_hex(8)}"
        try:
            try:
                with made.open("xb") as f:
                    f.write(content)
                    f.flush()
                    os.fsync(f.fileno())
                made.replace(file)
            finally:
                with suppress(FileNotFoundError):
                    made.unlink()
        except OSError as e:
            raise OutputError(str(file), e.strerror or str(e)) from e
        return Answer(SendState.SENT, f"written to {file}")


def _name(issue: str, recipient: str) -> str:
    """A name that every file system takes, and no other recipient has."""
    readable = re.sub(r"[^A-Za-z0-9@._-]", "_", recipient)[:80]
    return f"{issue}.{readable}.{hashlib.sha256(recipient.encode()).hexdigest()[:8]}.eml"
