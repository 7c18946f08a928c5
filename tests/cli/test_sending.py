"""`digest send` as a user runs it, and `digest serve` that sends what it has built: real files, a folder or a server on loopback."""

import json
import shutil
import signal
from pathlib import Path

import pytest

from tests.cli.test_serving import serving, told
from tests.delivery.servers import HOST, Authority, ScriptedServer, authority, mail_server, usual
from tests.test_cli import NEWS, run

A, B = "a@example.org", "b@example.org"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with news and an issue built of them."""
    folder = tmp_path_factory.mktemp("original")
    (folder / "news").mkdir()
    (folder / "news" / "来稿.txt").write_text(NEWS, encoding="utf-8")
    assert run("build", "news", "--out", "issue", "--no-keywords", "--week", "2026-W46", cwd=folder).returncode == 0
    return folder


@pytest.fixture
def edition(original: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(original, tmp_path / "edition")


def configure(where: Path, **mail: object) -> None:
    lines = [f"{key} = {json.dumps(value)}" for key, value in mail.items()]
    text = '[edition]\nsources = ["news"]\nsender = "编辑部 <desk@news.example>"\n[keywords]\nenabled = false\n'
    (where / "digest.toml").write_text(text + "[mail]\n" + "\n".join(lines), encoding="utf-8")


def test_each_reader_gets_it_once(edition: Path) -> None:
    """The command says what it did and where the record is; a second call has nothing to do."""
    configure(edition, folder="box", recipients=[A, B])
    first = run("send", "issue", cwd=edition)
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout.decode() == f"2 sent; record: {edition}/issue.sent\n"
    assert len(list((edition / "box").iterdir())) == 2
    second = run("send", "issue", cwd=edition)
    assert (second.returncode, second.stdout.decode()) == (3, f"0 sent, 2 sent before; record: {edition}/issue.sent\n")
    assert "nothing is missing" in second.stderr.decode()


def test_readers_named_on_the_command_line_are_the_only_ones(edition: Path) -> None:
    """`--to` stands in place of the configured readers, for a look at it oneself; these get it afterwards."""
    configure(edition, folder="box", recipients=[A, B])
    assert run("send", "issue", "--to", "我 <me@example.org>", "--to", B, cwd=edition).returncode == 0
    done = run("send", "issue", "--json", cwd=edition)
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert (record["due"], record["sent_before"]) == ([A], [B])
    assert [mail["state"] for mail in record["mails"]] == ["sent"]


def test_a_dry_run_touches_nothing(edition: Path) -> None:
    """It says who would get it, asks no server and needs no password."""
    configure(edition, provider="qq", recipients=[A, B])
    before = sorted(edition.iterdir())
    done = run("send", "issue", "--dry-run", cwd=edition)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        f"would send to {A}",
        f"would send to {B}",
        "2 to send, 0 unknown, 0 sent before",
    ]
    told = json.loads(run("send", "issue", "--dry-run", "--json", cwd=edition).stdout)
    assert told == {"due": [A, B], "unknown": [], "sent_before": []}
    assert sorted(edition.iterdir()) == before


def test_what_failed_is_the_exit_code(edition: Path) -> None:
    """A line with the server's words for each, and the rest is sent."""

    def script(verb: str, about: str) -> str | None:
        return "550 no such user" if (verb, about) == ("RCPT", A) else usual(verb)

    with ScriptedServer(script) as server:
        configure(edition, host=HOST, port=server.port, security="none", recipients=[A, B])
        done = run("send", "issue", cwd=edition)
        assert done.returncode == 1
        assert done.stderr.decode() == f"digest: {A}: failed: 550 no such user\n"
        assert done.stdout.decode() == f"1 sent, 1 failed; record: {edition}/issue.sent\n"
        server.script = lambda verb, about: None if (verb, about) == ("END", A) else usual(verb)
        for _ in range(2):
            unknown = run("send", "issue", cwd=edition)
            assert unknown.returncode == 1
            assert "unknown" in unknown.stderr.decode()
            assert "--resend-unknown sends it again" in unknown.stderr.decode()
        assert server.taken == [B]
        server.script = usual
        assert run("send", "issue", "--resend-unknown", cwd=edition).returncode == 0
        assert server.taken == [B, A]


@pytest.mark.parametrize(
    ("mail", "arguments", "words"),
    [
        ({"recipients": [A]}, ["issue"], "nothing to send through: state mail.provider, mail.host or mail.folder"),
        ({"folder": "box"}, ["issue"], "nobody to send to"),
        ({"folder": "box"}, ["issue", "--to", "a@"], "'a@' is no address"),
        ({"provider": "163", "recipients": [A]}, ["issue"], "授权码"),
        ({"provider": "164"}, ["issue"], "nearest: 163"),
        ({"host": "mail.example", "security": "none", "username": "desk"}, ["issue"], "never sent without TLS"),
        ({"after_build": True}, ["issue"], "after_build needs recipients"),
    ],
)
def test_what_does_not_fit_is_told(edition: Path, mail: dict[str, object], arguments: list[str], words: str) -> None:
    """Exit code 2, one message, no traceback, nothing written."""
    configure(edition, **mail)
    done = run("send", *arguments, cwd=edition)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert not (edition / "issue.sent").exists()


def test_a_folder_that_is_no_issue(edition: Path) -> None:
    """It is named with what it lacks."""
    configure(edition, folder="box", recipients=[A])
    done = run("send", "news", cwd=edition)
    assert (done.returncode, done.stderr.decode()) == (2, "digest: news: no built issue: it has no digest.json\n")


def test_the_password_comes_from_a_file(edition: Path, tmp_path: Path) -> None:
    """Through verified TLS with a login; the secret is in no output, nor in the record."""
    trusted: Authority = authority(tmp_path)
    (tmp_path / "secret").write_text("a code: 123\n", encoding="utf-8")
    with mail_server(trusted.context(), login=True) as (inbox, port):
        configure(edition, host=HOST, port=port, ca_file="../ca.pem", username="desk@news.example", recipients=[A])
        done = run("send", "issue", cwd=edition, DIGEST_MAIL_PASSWORD_FILE=str(tmp_path / "secret"))
        doctor = run("doctor", cwd=edition, DIGEST_MAIL_PASSWORD_FILE=str(tmp_path / "secret"))
    assert (done.returncode, inbox.recipients) == (0, [A])
    assert f"{HOST}:{port} (starttls) took the login of desk@news.example; 1 recipients" in doctor.stdout.decode()
    said = done.stdout + done.stderr + doctor.stdout + doctor.stderr + (edition / "issue.sent").read_bytes()
    assert b"a code" not in said


def test_serve_sends_what_it_has_built(edition: Path) -> None:
    """Each issue goes to the configured readers once, also when the process is started again."""
    configure(edition, folder="box", recipients=[A, B], after_build=True)
    for line in ("2 sent; record", "0 sent, 2 sent before"):
        with serving("serve", cwd=edition) as served:
            assert "hunan-weekly" in told(served.lines, line)
            assert served.end(signal.SIGTERM) == (0, "")
    assert len(list((edition / "box").iterdir())) == 2


def test_serve_sends_no_issue_that_was_built_by_hand(edition: Path) -> None:
    """Whoever built it decides: serve says so at its start and names the command, and that command sends it."""
    configure(edition, folder="box", recipients=[A, B], after_build=True)
    assert run("schedule", "run", cwd=edition).returncode == 0
    with serving("serve", cwd=edition) as served:
        line = told(served.lines, "not built to be sent; to send it: digest send ")
        assert served.end(signal.SIGTERM) == (0, "")
    assert not (edition / "box").exists()
    assert run(*line.split("digest ")[-1].split(), cwd=edition).returncode == 0
    assert len(list((edition / "box").iterdir())) == 2


def test_serve_goes_on_with_what_an_earlier_one_built(edition: Path) -> None:
    """A server that took nothing at first: the issue is sent when serve is started again, for it had planned that."""
    configure(edition, host=HOST, port=1, security="none", recipients=[A, B], after_build=True, attempts=1)
    with serving("serve", cwd=edition) as served:
        assert "Connection refused" in told(served.lines, "Connection refused")
        assert served.end(signal.SIGTERM) == (0, "")
    configure(edition, folder="box", recipients=[A, B], after_build=True)
    with serving("serve", cwd=edition) as served:
        told(served.lines, "2 sent; record")
        assert served.end(signal.SIGTERM) == (0, "")


def test_serve_refuses_to_begin_without_the_password(edition: Path) -> None:
    """Told when it is started, and not in the night when the issue is due."""
    configure(edition, provider="qq", recipients=[A], after_build=True)
    done = run("serve", "--port", "0", cwd=edition)
    assert done.returncode == 2
    assert "DIGEST_MAIL_PASSWORD" in done.stderr.decode()
