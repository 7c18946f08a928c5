"""A send that is killed at any moment: the record says what happened, nobody is forgotten and nobody gets it twice unasked."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from digest.edges.ledger import ledger_path, read_ledger
from digest.model import SendState
from tests.delivery.conftest import SENDER
from tests.delivery.servers import HOST, Authority, mail_server, recipients

KILLS = 30
SEED = 20261121
PAUSE_S = 0.02
"""How long the server thinks before it takes a message and again before it says so, so that many kills fall there."""


def command(built: Path, config: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "digest", "send", str(built), "--config", str(config), *options]


def configuration(file: Path, port: int, ca_file: Path, readers: list[str]) -> Path:
    """An edition that sends to these readers through the server at the port."""
    told = {"host": HOST, "port": port, "ca_file": str(ca_file), "recipients": readers}
    lines = [f"{key} = {json.dumps(value)}" for key, value in told.items()]
    text = f'[edition]\nsender = "{SENDER}"\n[mail]\n' + "\n".join(lines)
    file.write_text(text, encoding="utf-8")
    return file


def killed(built: Path, config: Path, chance: random.Random) -> bool:
    """Whether a send was killed, some steps after its first, before it ended by itself."""
    path, steps = ledger_path(built), chance.randint(1, 4)
    before = path.stat().st_size if path.exists() else 0
    with subprocess.Popen(command(built, config), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if path.exists() and path.read_bytes()[before:].count(b"\n") >= steps:
                time.sleep(chance.uniform(0, 2 * PAUSE_S))
                process.kill()
                break
            time.sleep(0.0005)
    return process.returncode < 0


def test_killed_thirty_times_in_a_send_to_a_hundred(built: Path, trusted: Authority, tmp_path: Path) -> None:
    """Sent are those who got it once, unknown those who have it once or not; asking for them again reaches everybody."""
    chance = random.Random(SEED)  # noqa: S311 # no secret
    readers = list(recipients(100))
    with mail_server(trusted.context(), pause_s=PAUSE_S) as (inbox, port):
        config = configuration(tmp_path / "digest.toml", port, trusted.file, readers)
        assert sum(killed(built, config, chance) for _ in range(KILLS)) == KILLS
        ended = subprocess.run(command(built, config), capture_output=True, timeout=120, check=False, env=os.environ)
        standing = {entry.recipient: entry.answer.state for entry in read_ledger(ledger_path(built)).values()}
        got = Counter(inbox.recipients)
        unknown = {reader for reader, state in standing.items() if state is SendState.SENDING}
        assert set(standing) == set(readers)
        assert {reader for reader, state in standing.items() if state is SendState.SENT} == set(readers) - unknown
        assert all(got[reader] == 1 for reader in set(readers) - unknown)
        assert max(got.values()) == 1
        assert 0 < len(unknown) <= KILLS
        assert ended.returncode == 1
        assert all(f"{reader}: unknown" in ended.stderr.decode() for reader in unknown)
        asked = subprocess.run(
            command(built, config, "--resend-unknown"), capture_output=True, timeout=120, check=False
        )
        assert (asked.returncode, asked.stderr) == (0, b"")
        assert set(inbox.recipients) == set(readers)
        assert {reader for reader, count in Counter(inbox.recipients).items() if count > 1} <= unknown
        nothing = subprocess.run(command(built, config), capture_output=True, timeout=120, check=False)
        assert nothing.returncode == 3
