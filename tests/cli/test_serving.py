"""`digest preview` and `digest serve` as a user runs them: processes of their own, asked over loopback."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

import pytest

from tests.test_cli import NEWS, OTHER_NEWS, run

DIGEST = [sys.executable, "-m", "digest"]
SECONDS = 60


class Served(NamedTuple):
    """A process that serves, its address, and the file that it writes its lines to."""

    process: subprocess.Popen[str]
    url: str
    lines: Path

    def get(self, path: str = "") -> str:
        with urllib.request.urlopen(self.url + path, timeout=SECONDS) as answer:  # noqa: S310 # our own address
            content: bytes = answer.read()
            return content.decode()

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """The exit code and what stands on standard error, once the signal has ended the process."""
        self.process.send_signal(how)
        _, err = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, err


@contextmanager
def serving(*arguments: str | Path, cwd: Path | None = None, **environ: str) -> Iterator[Served]:
    """`digest ARGUMENTS --port 0`, running and answering."""
    command = [*DIGEST, *map(str, arguments), "--port", "0"]
    env = os.environ | {"PYTHONWARNINGS": "error", "PYTHONUNBUFFERED": "1"} | environ
    with (
        NamedTemporaryFile("w", encoding="utf-8") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True, cwd=cwd, env=env) as process,
    ):
        lines = Path(out.name)
        try:
            yield Served(process, told(lines, "http://").split()[0], lines)
        finally:
            process.kill()


def told(lines: Path, words: str) -> str:
    """The line with these words, once the process has written it."""
    give_up = time.monotonic() + SECONDS
    while time.monotonic() < give_up:
        text = lines.read_text(encoding="utf-8") if lines.exists() else ""
        if line := next((line for line in text.splitlines() if words in line), None):
            return line
        time.sleep(0.02)
    raise AssertionError(f"{words!r} is not in {text!r}")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with one page of one article, without a date."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "来稿.txt").write_text(NEWS, encoding="utf-8")
    return folder


@pytest.fixture
def issue(news: Path, tmp_path: Path) -> Path:
    """The built issue of that page."""
    assert run("build", news, "--out", tmp_path / "issue", "--no-keywords").returncode == 0
    return tmp_path / "issue"


@pytest.fixture
def edition(news: Path) -> Path:
    """A folder with a configuration of an edition made of that page."""
    (news.parent / "digest.toml").write_text('[edition]\nsources = ["sources"]\n[keywords]\nenabled = false\n')
    return news.parent


def test_a_built_issue_is_shown_byte_for_byte(issue: Path) -> None:
    """What the browser gets is what is on disk; Ctrl-C ends it at once and quietly."""
    with serving("preview", issue) as served:
        assert served.get("issues/issue/digest.html").encode() == (issue / "digest.html").read_bytes()
        assert "永州冬修水利开工" in served.get()
        assert served.end(signal.SIGINT) == (0, "")


def test_sources_are_built_and_shown(news: Path) -> None:
    """With sources named, the issue is built of them in a folder that is gone at the end."""
    with serving("preview", news, "--number", "7", "--no-keywords") as served:
        assert "第7期" in served.get()
        assert served.end(signal.SIGTERM) == (0, "")
    assert [entry.name for entry in news.iterdir()] == ["来稿.txt"]


def test_what_an_issue_is_made_of_may_change(edition: Path) -> None:
    """A saved source, one that has come, a changed and a broken configuration: each is shown as soon as it is built."""
    source, config = edition / "sources" / "来稿.txt", edition / "digest.toml"

    def shown(served: Served, words: str) -> None:
        give_up = time.monotonic() + SECONDS
        while words not in served.get():
            assert time.monotonic() < give_up, words
            time.sleep(0.1)

    with serving("preview", "sources", cwd=edition) as served:
        source.write_text(NEWS.replace("冬修水利", "春修水利"), encoding="utf-8")
        shown(served, "永州春修水利开工")
        (edition / "sources" / "又一篇.txt").write_text(OTHER_NEWS, encoding="utf-8")
        shown(served, "江永香柚走俏大湾区")
        good = config.read_text(encoding="utf-8")
        config.write_text(good.replace("[edition]", '[edition]\ntitle = "潇湘一周"'), encoding="utf-8")
        shown(served, "潇湘一周")
        config.write_text(good.replace("[edition]", '[edition]\ntitel = "潇湘"'), encoding="utf-8")
        shown(served, "digest.toml, line 2: unknown key edition.titel; nearest: edition.title")
        assert "潇湘一周" in served.get()
        config.write_text(good, encoding="utf-8")
        shown(served, "湖南市州新闻周报")
        assert served.end(signal.SIGINT) == (0, "")


def test_the_browser_is_opened(issue: Path, tmp_path: Path) -> None:
    """`--open` hands the address to the system's opener once the desk answers there."""
    opener, opened = tmp_path / "xdg-open", tmp_path / "opened"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n')
    opener.chmod(0o755)
    with serving("preview", issue, "--open", PATH=f"{tmp_path}:{os.environ['PATH']}") as served:
        assert told(opened, "http://") == served.url


def test_several_issues_are_listed(issue: Path, tmp_path: Path) -> None:
    """Folders of one name are told apart."""
    other = tmp_path / "older" / "issue"
    other.parent.mkdir()
    issue.joinpath().rename(other)
    assert run("build", tmp_path / "sources", "--out", issue, "--no-keywords").returncode == 0
    with serving("preview", issue, other) as served:
        assert served.get("issues/1-issue/digest.html") == served.get("issues/2-issue/digest.html")


@pytest.mark.parametrize("command", ["preview", "serve"])
def test_a_port_in_use_is_named(command: str, issue: Path, edition: Path) -> None:
    """Another program's port is an error in one line that says which, before anything is built."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(command, *([issue] if command == "preview" else []), "--port", port, cwd=edition)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"digest: port {port} of 127.0.0.1: in use")
    assert not (edition / "issues").exists()


def test_what_cannot_be_previewed(issue: Path, news: Path, tmp_path: Path) -> None:
    """A missing path, an issue among sources, a folder without articles, a broken issue: each says what is wrong."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "空.txt").touch()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "digest.json").write_text("{")
    for paths, code, says in (
        (["nowhere"], 2, "nowhere: no such file or folder"),
        ([issue, news], 2, "preview one kind at a time"),
        (["empty"], 3, "no article was found"),
        (["空.txt"], 1, "no article was found; could not be read: 空.txt"),
        (["broken"], 1, "digest.json"),
        ([news, "--week", "2026-46"], 2, "not an ISO week"),
        ([news, "--port", "70000"], 2, "70000"),
    ):
        done = run("preview", "--port", "0", *paths, cwd=tmp_path)
        assert (done.returncode, b"Traceback" in done.stderr) == (code, False)
        assert says in done.stderr.decode()


def test_serve_builds_last_week_once_though_two_are_started(edition: Path) -> None:
    """Two processes side by side: the issue is there once, both show it, the schedule has the next five runs."""
    with serving("serve", cwd=edition) as one, serving("serve", cwd=edition) as other:
        outcomes = [told(served.lines, "hunan-weekly") for served in (one, other)]
        assert sum(": built as number 1 in" in line for line in outcomes) == 1
        (week,) = (entry for entry in (edition / "issues").iterdir())
        first = (week / "digest.json").stat()
        assert "永州冬修水利开工" in one.get()
        assert one.get() == other.get()
        assert one.get("schedule").count("UTC+08:00") == 5
        assert one.end(signal.SIGTERM) == (0, "")
        assert other.end(signal.SIGINT) == (0, "")
    with serving("serve", cwd=edition) as again:
        assert "is there" in told(again.lines, "hunan-weekly")
    assert (week / "digest.json").stat() == first


def test_sigterm_during_a_build_leaves_a_whole_issue_or_none(edition: Path) -> None:
    """A running build is finished before the process ends, and nothing half-made is left."""
    for n in range(400):
        (edition / "sources" / f"{n:03}.txt").write_text((NEWS + OTHER_NEWS).replace("860", str(n)), encoding="utf-8")
    with serving("serve", cwd=edition) as served:
        assert served.end(signal.SIGTERM) == (0, "")
    issues = edition / "issues"
    left = list(issues.iterdir()) if issues.exists() else []
    assert len(left) <= 1
    for folder in left:
        documents = json.loads((folder / "digest.json").read_bytes())["documents"]
        assert {f"{document['id']}.txt" for document in documents} == {f.name for f in (folder / "documents").iterdir()}


def test_a_terminal_that_has_gone_stops_no_issue(edition: Path) -> None:
    """With nobody to tell what could not be read, the issue is made all the same."""
    (edition / "sources" / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    command = [*DIGEST, "serve", "--port", "0"]
    out, err = (os.pipe() for _ in range(2))
    with subprocess.Popen(command, stdout=out[1], stderr=err[1], cwd=edition) as process:
        for end in (*out, *err):
            os.close(end)
        try:
            give_up = time.monotonic() + SECONDS
            while not list((edition / "issues").glob("*/digest.html")):
                assert time.monotonic() < give_up
                time.sleep(0.1)
        finally:
            process.kill()


def test_sigterm_leaves_no_folder_behind(news: Path, tmp_path: Path) -> None:
    """A preview that is ended before it has begun to serve removes what it builds."""
    for n in range(300):
        (news / f"{n:03}.txt").write_text(NEWS.replace("860", str(n)), encoding="utf-8")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environ = os.environ | {"TMPDIR": str(temporary)}
    with subprocess.Popen(
        [*DIGEST, "preview", str(news), "--port", "0"], env=environ, stdout=subprocess.DEVNULL
    ) as process:
        give_up = time.monotonic() + SECONDS
        while not list(temporary.glob("digest-preview-*")):
            assert time.monotonic() < give_up
            time.sleep(0.01)
        process.terminate()
        process.wait(SECONDS)
    assert list(temporary.iterdir()) == []


def test_serve_says_what_it_lacks(tmp_path: Path) -> None:
    """Without sources, with two editions of one name, with an unknown province: a configuration error before anything runs."""
    done = run("serve", cwd=tmp_path)
    assert done.returncode == 2
    assert "no sources" in done.stderr.decode()
    assert "digest init" in done.stderr.decode()
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(f'[edition]\nsources = ["."]\nout = "{name}.issues"\n')
    done = run("serve", "--config", "a.toml", "--config", "b.toml", cwd=tmp_path)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert "hunan-weekly" in done.stderr.decode()
    (tmp_path / "c.toml").write_text('[edition]\nsources = ["."]\ngazetteer = "hunnan"\n')
    done = run("serve", "--config", "c.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert "nearest: hunan" in done.stderr.decode()
