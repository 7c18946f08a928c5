"""Debian's Postfix on a loopback port, with a queue and a mailbox of its own: what it delivers is what was built."""

import email
import email.policy
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from digest.delivery import deliver_issue
from digest.model import SendState
from tests.delivery.conftest import NOW, Configure
from tests.delivery.servers import HOST, Authority, SigningKey, free_port, recipients

POSTFIX = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SECONDS = 30

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example
mydestination =
mynetworks = 127.0.0.0/8
relayhost = [127.0.0.1]:1
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {folder}/server.pem
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtputf8_enable = no
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Mailbox:
    """Where Postfix listens, and the folder that it delivers into."""

    port: int
    folder: Path

    def messages(self, count: int) -> list[bytes]:
        """The messages, once there are so many."""
        deadline = time.monotonic() + SECONDS
        while len(files := sorted(self.folder.glob("new/*"))) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        return [file.read_bytes() for file in files]


@contextmanager
def postfix(trusted: Authority) -> Iterator[Mailbox]:
    """A running Postfix; its processes are the user postfix's, and deliver as that user."""
    assert POSTFIX is not None
    owner, port = pwd.getpwnam("postfix"), free_port()
    folder = Path(tempfile.mkdtemp(prefix="digest-postfix-"))  # pytest's own folders are closed to other users
    try:
        folder.chmod(0o755)
        for name in ("queue", "data", "box", "conf"):
            (folder / name).mkdir()
        for name in ("data", "box"):
            os.chown(folder / name, owner.pw_uid, owner.pw_gid)
        trusted.ca.issue_cert(HOST).private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
        main = MAIN.format(folder=folder, uid=owner.pw_uid, gid=owner.pw_gid)
        (folder / "conf" / "main.cf").write_text(main, encoding="ascii")
        (folder / "conf" / "master.cf").write_text(MASTER.format(port=port), encoding="ascii")
        command = [POSTFIX, "-c", str(folder / "conf")]
        subprocess.run([*command, "start"], check=True, capture_output=True, timeout=SECONDS)
        try:
            yield Mailbox(port, folder / "box")
        finally:
            subprocess.run([*command, "stop"], check=True, capture_output=True, timeout=SECONDS)
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(POSTFIX is None, reason="Postfix is not installed (apt-get install postfix)")
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may start Postfix's processes as its user"
)
def test_postfix_delivers_the_built_parts(
    built: Path, trusted: Authority, configure: Configure, key: SigningKey
) -> None:
    """Queued, rewritten where it thinks fit, and delivered: the parts are byte for byte those of the built mail, the signature holds."""
    leaving = "https://news.example/leave?token=" + "x" * 267
    subject = "湘资沅澧四水安澜洞庭湖" * 7 + "第四十"
    mail = email.message_from_bytes((built / "digest.eml").read_bytes(), policy=email.policy.default)
    mail.replace_header("Subject", subject)
    (built / "digest.eml").write_bytes(mail.as_bytes(policy=email.policy.SMTP))
    readers = recipients(3)
    with postfix(trusted) as box:
        settings = configure(
            host=HOST, port=box.port, ca_file=str(trusted.file), unsubscribe=[leaving], dkim_selector="w46"
        )
        delivery = deliver_issue(built, settings, {"DIGEST_DKIM_KEY": key.pem}, lambda: NOW, readers)
        assert [entry.answer.state for entry in delivery.sending.entries] == [SendState.SENT] * 3
        assert all("queued as" in entry.answer.words for entry in delivery.sending.entries)
        delivered = box.messages(3)
    assert all(key.verifies(content) for content in delivered)
    parts = [part.get_payload(decode=True) for part in mail.iter_parts()]
    read = [email.message_from_bytes(content, policy=email.policy.strict) for content in delivered]
    assert sorted(message["To"] for message in read) == list(readers)
    for message in read:
        assert [part.get_payload(decode=True) for part in message.iter_parts()] == parts
        assert (message["Subject"], len(subject)) == (subject, 80)
        assert (message["List-Unsubscribe"], len(leaving)) == (f"<{leaving}>", 300)
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["Return-Path"] == "<desk@news.example>"
