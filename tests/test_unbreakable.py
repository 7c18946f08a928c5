"""No input ends in a traceback: what was given is named, the exit code says what it was, and an earlier digest stays."""

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.test_cli import NEWS, built, run

ROOT = Path(__file__).parents[1]
DONE, FAILED, USAGE, NOTHING = 0, 1, 2, 3
LIMIT_S = 40
"""Four times what the slowest input takes on an idle machine."""

READING = [("build", "--no-keywords", "--out", "OUT"), ("split",)]
"""The commands that read sources; OUT stands for the folder of an earlier digest."""
FILTERS = ["place", "summarise"]
CONFIGURED = [("build", "PAGE", "--out", "OUT"), ("split", "PAGE"), ("place",), ("summarise",), ("preview", "PAGE", "--port", "0"), ("send", "OUT"), ("serve", "--port", "0"), ("schedule", "show"), ("doctor",)]  # fmt: skip
"""Every command that reads a configuration; PAGE stands for a folder of news."""

PROSE = "11月9日，永州市冬季水利建设在道县开工，全市计划投入2.3亿元，整修渠道860公里。"
OTHER = "江永县的香柚本周集中采摘，首批420吨发往广州和深圳，收购价每公斤6元，果农不再靠手工挑拣。"
HAN = [chr(code) for code in range(0x4E00, 0x9FA5)]
LINE_CHARS = 1_666_000
"""Five megabytes of Chinese."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one dated page of one article."""
    folder = tmp_path_factory.mktemp("page") / "来稿"
    folder.mkdir()
    (folder / "2026-11-10.txt").write_text(NEWS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def issue(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The digest of the page."""
    out = tmp_path_factory.mktemp("issue") / "out"
    assert run("build", page, "--out", out, "--no-keywords").returncode == DONE
    return out


@pytest.fixture(scope="module")
def with_keywords(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The digest of the page with its keywords."""
    out = tmp_path_factory.mktemp("keywords") / "out"
    assert run("build", page, "--out", out).returncode == DONE
    return out


@pytest.fixture
def out(issue: Path, tmp_path: Path) -> Path:
    """A folder that holds a digest, to build another one into."""
    return Path(shutil.copytree(issue, tmp_path / "issues" / "out"))


def held(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def check(done: subprocess.CompletedProcess[bytes], code: int, *says: str) -> None:
    """The command ended with the code, said each of these, and no traceback."""
    told = done.stderr.decode()
    assert "Traceback" not in told + done.stdout.decode()
    assert done.returncode == code, told
    for word in says:
        assert word in told


def fill(command: tuple[str, ...], **values: Path) -> list[str]:
    """The command's arguments with the values of what is written in capitals."""
    return [str(values.get(argument, argument)) for argument in command]


def in_namespace(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """A shell script, finished, that may mount file systems which nobody else sees; $1 … are the arguments."""
    if (
        not shutil.which("unshare")
        or subprocess.run(
            ["/bin/sh", "-c", "unshare -rm mount -t tmpfs t /tmp"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no file system can be mounted here")
    command = ["/bin/sh", "-c", 'exec unshare -rm sh -c "$0" sh "$@"', script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=ROOT, timeout=120, check=False)


# ---------------------------------------------------------------------------------------------- the call


@pytest.mark.parametrize("command", ["build", "split", "place", "summarise", "preview", "send", "serve", "init", "doctor", "schedule", "nonsense"])  # fmt: skip
def test_an_unknown_option_is_named(command: str) -> None:
    """Every command refuses what it does not know, itself included."""
    check(run(command, "--nonsense"), USAGE, "nonsense")


@pytest.mark.parametrize("command", [("build", "PAGE", "--out", "OUT"), ("summarise",)])
def test_an_unknown_method_is_named_with_the_known(command: tuple[str, ...], page: Path, out: Path) -> None:
    """The nearest and all known methods stand in the message, and nothing is written."""
    before = held(out)
    done = run(*fill(command, PAGE=page, OUT=out), "--method", "textrnk")
    check(done, USAGE, "'textrnk'", "nearest: textrank", "centrality")
    assert held(out) == before


@pytest.mark.parametrize(
    ("config", "says"),
    [
        (b"[edition]\ntitel = 'x'\n", ["line 2", "edition.titel", "nearest: edition.title"]),
        (b"[editoin]\ntitle = 'x'\n", ["line 1", "editoin"]),
        (b"[edition]\nzone = 'Asia/Shanghi'\n", ["line 2", "Asia/Shanghi", "Asia/Shanghai"]),
        (b"[edition\n", ["line 1"]),
        (b"[edition]\ntitle = '\xff'\n", ["UTF-8"]),
        (b"\x00", ["bad.toml"]),
        (b"a = " + b"[" * 5000 + b"\n", ["bad.toml"]),
        (b"[reading]\nmax_bytes = " + b"9" * 5000 + b"\n", ["bad.toml"]),
        (b"[reading]\nmax_bytes = nan\n", ["line 2", "max_bytes"]),
    ],
    ids=["key", "table", "zone", "syntax", "encoding", "NUL", "nested", "digits", "NaN"],
)
def test_a_bad_configuration_is_named_by_line(
    config: bytes, says: list[str], page: Path, out: Path, tmp_path: Path
) -> None:
    """A file that cannot be used, or a key or value that does not exist, is an error before anything is read."""
    before = held(out)
    file = tmp_path / "bad.toml"
    file.write_bytes(config)
    check(run("build", page, "--out", out, "--config", file), USAGE, *says)
    assert held(out) == before


@pytest.mark.parametrize("command", CONFIGURED)
def test_every_command_refuses_a_bad_configuration(
    command: tuple[str, ...], page: Path, out: Path, tmp_path: Path
) -> None:
    """An unknown key and a missing file are told by all; `doctor`, which is asked for it, on standard output."""
    file = tmp_path / "bad.toml"
    file.write_bytes(b"[edition]\ntitel = 'x'\n")
    for config, says in ((file, "edition.titel"), (tmp_path / "nowhere.toml", "nowhere.toml")):
        done = run(*fill(command, PAGE=page, OUT=out), "--config", config)
        assert done.returncode == USAGE or command == ("doctor",)
        assert done.returncode
        assert says in (done.stdout + done.stderr).decode()
        assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", [("build", "PAGE", "--out", "OUT"), ("split", "PAGE"), ("place",), ("preview", "PAGE", "--port", "0")])  # fmt: skip
def test_an_unknown_gazetteer_is_named(command: tuple[str, ...], page: Path, out: Path) -> None:
    """A home province of which there are no places is an error, with the nearest and the known."""
    before = held(out)
    done = run(*fill(command, PAGE=page, OUT=out), DIGEST_EDITION__GAZETTEER="hunnan")
    check(done, USAGE, "'hunnan'", "nearest: hunan")
    assert held(out) == before


# ---------------------------------------------------------------------------------------------- the sources


@pytest.mark.parametrize("command", READING)
def test_a_missing_path_is_named(command: tuple[str, ...], out: Path, tmp_path: Path) -> None:
    """What is not there, or lies below a file, fails by name; an earlier digest stays."""
    before = held(out)
    (tmp_path / "文件.txt").write_text(NEWS, encoding="utf-8")
    for path in (tmp_path / "没有.txt", tmp_path / "没有", tmp_path / "文件.txt" / "里面.txt"):
        check(run(*fill(command, OUT=out), path), FAILED, path.name)
    assert held(out) == before


@pytest.mark.parametrize("command", READING)
def test_an_empty_folder_is_nothing_to_do(command: tuple[str, ...], out: Path, tmp_path: Path) -> None:
    """Nothing was wrong and nothing is made."""
    before = held(out)
    (tmp_path / "empty").mkdir()
    check(run(*fill(command, OUT=out), tmp_path / "empty"), NOTHING, "no article")
    assert held(out) == before


def test_nothing_to_preview(tmp_path: Path) -> None:
    """A missing path, an empty folder and a file that is no text end at once, each with its own code."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    check(run("preview", tmp_path / "没有", "--port", "0"), USAGE, "没有")
    check(run("preview", tmp_path / "empty", "--port", "0"), NOTHING, "no article")
    check(run("preview", tmp_path / "图.txt", "--port", "0"), FAILED, "图.txt: not text")


@pytest.mark.parametrize("command", READING)
def test_links_and_what_is_no_file(command: tuple[str, ...], page: Path, out: Path, tmp_path: Path) -> None:
    """Loops of links, a link to nothing, a pipe, a socket and an endless device are told or entered once; the page is read."""
    folder = Path(shutil.copytree(page, tmp_path / "folder"))
    (folder / "deeper").mkdir()
    (folder / "deeper" / "up").symlink_to(folder)
    (folder / "itself").symlink_to("itself")
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    os.mknod(folder / "socket.txt", stat.S_IFSOCK | 0o600)
    done = run(*fill(command, OUT=out), folder)
    check(done, FAILED, "itself.txt", "dangling.txt", "zero.txt: not a regular", "pipe.txt", "socket.txt")
    assert "永州冬修水利开工" in (done.stdout if command == ("split",) else (out / "digest.txt").read_bytes()).decode()


@pytest.mark.parametrize("command", READING)
def test_devices_given_by_name(command: tuple[str, ...], out: Path) -> None:
    """What is no source is told at once; nothing endless is read."""
    before = held(out)
    check(run(*fill(command, OUT=out), "/dev/zero", "/dev/stdin", "/proc/self/mem"), FAILED, "zero", "stdin", "mem")
    assert held(out) == before


def test_the_target_is_no_source(page: Path, tmp_path: Path) -> None:
    """A target that is a source folder, or holds it, is refused; one within it is written and never read."""
    folder = Path(shutil.copytree(page, tmp_path / "来稿"))
    before = held(folder)
    check(run("build", folder, "--out", folder, "--no-keywords"), USAGE, "2026-11-10.txt")
    check(run("build", folder, "--out", tmp_path, "--no-keywords"), USAGE, "来稿")
    assert held(folder) == before
    for _ in range(2):
        check(run("build", folder, "--out", folder / "期", "--no-keywords"), DONE)
        assert len(built(folder / "期")["documents"]) == 1


def test_sources_that_change_while_they_are_read(page: Path, tmp_path: Path) -> None:
    """Files that vanish, appear and grow are read as they were met, or told; met between two writes, none may hold an article."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for i in range(1500):
        shutil.copy(page / "2026-11-10.txt", folder / f"{i}.txt")
    stop = Event()

    def change() -> None:
        for i in range(1499, 0, -1):
            if stop.is_set():
                return
            with (folder / f"{i - 1}.txt").open("a", encoding="utf-8") as f:
                f.write(NEWS)
            (folder / f"{i}.txt").unlink()
            time.sleep(0.0005)

    thread = Thread(target=change)
    thread.start()
    try:
        done = run("split", folder)
    finally:
        stop.set()
        thread.join()
    assert done.returncode in (DONE, FAILED, NOTHING)
    nothing = [b"digest: no article was found"] if done.returncode == NOTHING else []
    said = [line for line in done.stderr.splitlines() if not line.endswith(b": No such file or directory")]
    assert said == nothing


@pytest.mark.parametrize("command", READING)
def test_file_names_in_gbk_bytes(command: tuple[str, ...], out: Path, tmp_path: Path) -> None:
    """A name that is no UTF-8 is read, given by name or found in a folder, in any locale, and shown as the Chinese it was."""
    folder = os.fsencode(tmp_path) + b"/" + "来稿".encode("gbk")
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/" + "2026年11月10日市州新闻.txt".encode("gbk"))).write_text(NEWS, encoding="utf-8")
    for path in (os.fsdecode(folder), os.fsdecode(folder + b"/" + "2026年11月10日市州新闻.txt".encode("gbk"))):
        for locale in ({}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
            done = run(*fill(command, OUT=out), path, **locale)
            check(done, DONE)
            shown = done.stdout if command == ("split",) else (out / "digest.json").read_bytes()
            assert "2026年11月10日市州新闻.txt" in shown.decode()
    check(run(*fill(command, OUT=out), os.fsdecode(folder + b"/" + "没有.txt".encode("gbk"))), FAILED, "没有.txt")


def test_a_target_in_gbk_bytes(page: Path, tmp_path: Path) -> None:
    """The folder that is written to may bear any name."""
    out = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "周报".encode("gbk")))
    for locale in ({}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        check(run("build", page, "--out", out, "--no-keywords", **locale), DONE)
    assert len(built(out)["documents"]) == 1


# ---------------------------------------------------------------------------------------------- what the sources hold


@pytest.fixture(scope="module")
def noise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred megabytes of random bytes."""
    file = tmp_path_factory.mktemp("noise") / "noise.txt"
    file.write_bytes(random.Random(1).randbytes(100_000_000))  # noqa: S311 # no secret
    return file


@pytest.mark.parametrize(("max_bytes", "says"), [("", "larger than"), ("200000000", "not text")])
@pytest.mark.parametrize("command", READING)
def test_a_hundred_megabytes_of_random_bytes(
    command: tuple[str, ...], max_bytes: str, says: str, noise: Path, out: Path
) -> None:
    """They are refused by name within seconds and a gigabyte, unread or read."""
    before, started = held(out), time.monotonic()
    environ = {"DIGEST_READING__MAX_BYTES": max_bytes} if max_bytes else {}
    arguments = " ".join(f"'{argument}'" for argument in fill(command, OUT=out))
    shell = f"ulimit -v 1500000; exec '{sys.executable}' -m digest {arguments} '{noise}'"
    done = subprocess.run(
        ["/bin/sh", "-c", shell], capture_output=True, cwd=ROOT, env=os.environ | environ, timeout=120, check=False
    )
    check(done, FAILED, f"noise.txt: {says}")
    assert time.monotonic() - started < LIMIT_S
    assert held(out) == before


@pytest.mark.parametrize("command", FILTERS)
def test_a_hundred_megabytes_through_a_filter(command: str, noise: Path) -> None:
    """Every line is reported, the good one behind them is answered, and one line of that length is never held."""
    raw = noise.read_bytes()
    good = b'\n{"id": 1, "text": "x"}\n'
    done = run(command, given=raw + good)
    check(done, FAILED, "line 1: not")
    assert json.loads(done.stdout)["id"] == 1
    done = run(command, given=raw.replace(b"\n", b" ") + good)
    check(done, FAILED, "line 1: longer than 20,000,000 bytes")
    assert json.loads(done.stdout)["id"] == 1


def long_line(kind: str) -> str:
    chance = random.Random(2)  # noqa: S311 # no secret
    if kind == "ordinary text":
        return (PROSE * (LINE_CHARS // len(PROSE) + 1))[:LINE_CHARS]
    if kind == "no punctuation":
        return (PROSE.replace("，", "").replace("。", "") * (LINE_CHARS // 30))[:LINE_CHARS]
    if kind == "random characters":
        return "".join(chance.choices(HAN, k=LINE_CHARS))
    if kind == "one character":
        return "永" * LINE_CHARS
    if kind == "open quotes":
        return "“" * LINE_CHARS
    return "永州冬修水利开工\n" * 200_000


@pytest.mark.parametrize("kind", ["ordinary text", "no punctuation", "random characters", "one character", "open quotes", "many short lines"])  # fmt: skip
def test_five_megabytes_on_a_line(kind: str, out: Path, tmp_path: Path) -> None:
    """A line of any length and content, or very many short ones, is worked on in seconds; nothing in it, nothing made."""
    before, text = held(out), long_line(kind)
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    record = json.dumps({"id": 1, "text": text}, ensure_ascii=False).encode()
    started = time.monotonic()
    done = run("build", tmp_path / "long.txt", "--out", out, "--no-keywords")
    assert time.monotonic() - started < LIMIT_S
    assert b"Traceback" not in done.stderr
    assert done.returncode in (DONE, NOTHING)
    assert done.returncode == DONE or held(out) == before
    for command in FILTERS:
        started = time.monotonic()
        done = run(command, given=record)
        check(done, DONE)
        assert json.loads(done.stdout)["id"] == 1
        assert time.monotonic() - started < LIMIT_S


@pytest.mark.parametrize("command", READING)
def test_nul_bytes_are_no_reason_to_stop(command: tuple[str, ...], out: Path, tmp_path: Path) -> None:
    """In text and in JSON Lines, in values and in names of keys."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_bytes(NEWS.encode().replace("道县".encode(), b"\x00", 1))
    (folder / "b.txt").write_bytes(b"\x00" * 1000)
    record = {
        "title": "江永香柚\0开园",
        "text": OTHER + "\0",
        "a\0b": "\0",
        "date": "2026-11-10\0",
        "authors": ["王\0强"],
    }
    (folder / "c.jsonl").write_bytes(json.dumps(record).encode() + b'\n{"te\x00xt": 1}\n')
    done = run(*fill(command, OUT=out), folder)
    check(done, FAILED, "b.txt", "c.jsonl: line 2")
    shown = done.stdout if command == ("split",) else (out / "digest.json").read_bytes()
    assert "江永香柚" in shown.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b'{"text": ' * 100_000,
        b'{"title": "' + "永 ".encode() * 1_000_000 + b'", "text": "x"}',
        b'{"text": "x", "date": 1e999999}',
        b'{"text": "x", "date": ' + b"9" * 5000 + b"}",
        b'{"text": "x", "date": ' + b"9" * 4000 + b"}",
        b'{"text": "x", "text": "y", "url": "\\ud800"}',
        b"<div>" * 200_000,
        b"<html><head><title>x</title></head><body>" + "<h1>永州</h1>".encode() * 50_000,
        b"<?xml version='1.0' encoding='utf-7'?><html><body><p>+AGE-</p>",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><html><body><p>&b;</p></body></html>",
        b"---\ntitle: " + "永".encode() * 100_000 + b"\n---\n" + NEWS.encode(),
        b"---\n" * 100_000,
    ],
    ids=["nested", "nested objects", "long title", "huge", "5000 digits", "4000 digits", "half pair", "deep", "headings", "encoding", "entities", "front matter", "rules"],
)  # fmt: skip
def test_hostile_files(content: bytes, out: Path, tmp_path: Path) -> None:
    """Whatever a file holds under whichever ending, it becomes an issue or is told, in seconds."""
    before, started = held(out), time.monotonic()
    files = [tmp_path / name for name in ("a.jsonl", "a.html", "a.txt")]
    for file in files:
        file.write_bytes(content)
    done = run("build", *files, "--out", out, "--no-keywords")
    assert b"Traceback" not in done.stderr
    assert done.returncode in (DONE, FAILED, NOTHING)
    assert held(out) == before or all("-a." in document["id"] for document in built(out)["documents"])
    assert time.monotonic() - started < LIMIT_S


# ---------------------------------------------------------------------------------------------- the machine


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A copy of the program whose templates and configuration may be broken."""
    for name in ("digest", "templates", "config"):
        shutil.copytree(ROOT / name, tmp_path / "installed" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "installed"


@pytest.mark.parametrize(
    ("template", "content", "says"),
    [
        ("mail.html.j2", b"{% if %}", "mail.html.j2, line 1"),
        ("mail.txt.j2", b"\n{{ nonsense }}", "mail.txt.j2, line 2: unknown variable 'nonsense'"),
        ("mail.html.j2", b"{% include 'nowhere.j2' %}", "'nowhere.j2', which does not exist"),
        ("mail.html.j2", b"{% include 'mail.html.j2' %}", "mail.html.j2"),
        ("mail.html.j2", b"{{ 1 / 0 }}", "mail.html.j2, line 1"),
        ("mail.html.j2", b"{{ 'x' + 1 }}", "mail.html.j2, line 1"),
        ("mail.html.j2", b"\xff", "UTF-8"),
        ("mail.txt.j2", None, "no such template"),
    ],
    ids=["syntax", "variable", "include", "itself", "division", "type", "encoding", "missing"],
)
def test_a_broken_template_is_named(
    template: str, content: bytes | None, says: str, installation: Path, page: Path, out: Path
) -> None:
    """File and line of the fault stand in the message, and an earlier digest stays."""
    before, file = held(out), installation / "templates" / template
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    check(run("build", page, "--out", out, "--no-keywords", cwd=installation), USAGE, says)
    assert held(out) == before


def test_a_broken_template_of_the_desk_is_named(installation: Path, page: Path, issue: Path) -> None:
    """The browser is never shown what cannot be rendered: file and line are told before anything is listened at."""
    (installation / "templates" / "desk" / "issue.html.j2").write_bytes(b"\n{% if %}")
    for what in (page, issue):
        check(run("preview", what, "--port", "0", cwd=installation), USAGE, "issue.html.j2, line 2")


@pytest.mark.parametrize("content", [b"[", b"", b"\xff", b"[[prefecture]]\nname = 3\n", None])
@pytest.mark.parametrize("command", [("build", "PAGE", "--out", "OUT"), ("split", "PAGE"), ("place",)])
def test_a_broken_gazetteer_is_named(
    command: tuple[str, ...], content: bytes | None, installation: Path, page: Path, out: Path
) -> None:
    """A list of places that cannot be read is an error before anything is read."""
    before, file = held(out), installation / "config" / "gazetteer" / "hunan.toml"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    check(run(*fill(command, PAGE=page, OUT=out), cwd=installation), USAGE, "hunan")
    assert held(out) == before


def test_a_read_only_target(page: Path, issue: Path, tmp_path: Path) -> None:
    """On a file system that cannot be written to, new and earlier targets are errors in words and nothing changes."""
    disk, result = tmp_path / "disk", tmp_path / "result"
    disk.mkdir()
    script = (
        'mount -t tmpfs t "$2" && cp -R "$3" "$2/out" && mount -o remount,ro "$2" || exit 99; '
        f'for name in out other deep/er; do \'{sys.executable}\' -m digest build "$1" --out "$2/$name" --no-keywords'
        ' >&2; echo "code $?"; done; cp -R "$2" "$4"'
    )
    done = in_namespace(script, page, disk, issue, result)
    check(done, DONE, "out: Read-only file system", "other: Read-only", "deep/er: Read-only")
    assert done.stdout.split(b"\n")[:3] == [b"code 1"] * 3
    assert held(result) == {f"out/{name}": content for name, content in held(issue).items()}


def test_a_full_disk(issue: Path, tmp_path: Path) -> None:
    """Wherever the space ends, the earlier digest stays whole and nothing is left beside it; with space enough it is replaced."""
    source = tmp_path / "2026-11-11.txt"
    source.write_text(NEWS.replace("860", "870"), encoding="utf-8")
    whole = tmp_path / "whole"
    assert run("build", source, "--out", whole, "--no-keywords").returncode == DONE
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        f'mount -t tmpfs -o size=$4 t "$2" && cp -R "$3" "$2/out" || exit 99; '
        f'\'{sys.executable}\' -m digest build "$1" --out "$2/out" --no-keywords >&2; echo "code $?"; cp -R "$2" "$5"'
    )
    used = sum(-(-file.stat().st_size // 4096) * 4096 for file in issue.rglob("*") if file.is_file())
    codes = []
    for step, free in enumerate((0, 4, 8, 16, 24, 40, 56, 72, 400)):
        result = tmp_path / f"result{step}"
        done = in_namespace(script, source, disk, issue, str(used + free * 1024), result)
        assert b"Traceback" not in done.stderr
        codes.append(int(done.stdout.split()[-1]))
        assert codes[-1] == DONE or b"No space left on device" in done.stderr
        assert [entry.name for entry in result.iterdir()] == ["out"]
        assert held(result / "out") == held(issue if codes[-1] else whole)
    assert set(codes) == {DONE, FAILED}
    assert codes.count(FAILED) >= 4


@pytest.mark.skipif(not shutil.which("faketime"), reason="there is no faketime")
def test_a_clock_before_1980(page: Path, issue: Path, tmp_path: Path) -> None:
    """The clock of the machine changes no byte of a digest."""
    out = tmp_path / "out"
    command = ["faketime", "1975-01-01 00:00:00", sys.executable, "-m", "digest"]
    build = [*command, "build", str(page), "--out", str(out), "--no-keywords"]
    check(subprocess.run(build, capture_output=True, timeout=60, check=False, cwd=ROOT), DONE)
    assert held(out) == held(issue)
    for one in (["split", str(page)], ["schedule", "show"], ["doctor"]):
        done = subprocess.run([*command, *one], capture_output=True, timeout=60, check=False, cwd=ROOT)
        assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("unset", "environ"),
    [
        ([], {"LC_ALL": "C"}),
        ([], {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ([], {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"}),
        (["LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE"], {}),
        (["HOME", "XDG_CACHE_HOME", "USER", "LOGNAME"], {}),
        ([], {"TMPDIR": "/nowhere"}),
        ([], {"TZ": "No/Where", "COLUMNS": "nonsense", "TERM": ""}),
        ([], {"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null"}),
        ([], {"PYTHONSAFEPATH": "", "PYTHONHASHSEED": "7", "PYTHONDONTWRITEBYTECODE": "1"}),
    ],
    ids=["C", "C without UTF-8", "GBK", "no locale", "no home", "no TMPDIR", "terminal", "home is no folder", "python"],
)
def test_any_environment(
    unset: list[str], environ: dict[str, str], page: Path, with_keywords: Path, tmp_path: Path
) -> None:
    """Neither locale nor home nor temporary folder changes a byte of a digest, its keywords included."""
    out = tmp_path / "out"
    env = {name: value for name, value in (os.environ | environ).items() if name not in unset}
    command = [sys.executable, "-m", "digest", "build", str(page), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, env=env, timeout=60, check=False, cwd=ROOT)
    check(done, DONE)
    assert done.stderr == b""
    assert held(out) == held(with_keywords)


@pytest.mark.parametrize("closed", ["<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["build PAGE --out OUT --no-keywords", "split PAGE", "place", "doctor"])  # fmt: skip
def test_closed_streams(command: str, closed: str, page: Path, tmp_path: Path) -> None:
    """Streams that the shell has closed are empty ones, and no file takes their place."""
    line = command.replace("PAGE", f"'{page}'").replace("OUT", f"'{tmp_path}/out'")
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec '{sys.executable}' -m digest {line} {closed}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
        cwd=ROOT,
    )
    assert b"Traceback" not in done.stdout + done.stderr
    if command.startswith("build"):
        assert done.returncode == DONE
        assert built(tmp_path / "out")["articles"] == 1
