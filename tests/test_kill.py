"""A build that is killed leaves a complete digest or none, at whatever moment it is hit."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.quote import Repair, restore
from tests.test_cli import NEWS, OTHER_NEWS, built, quotes, run

MOMENTS = 30
SEED = 20261121
WRITING_S = 0.03
"""About how long the writing of an issue takes; it begins when the folder beside the target appears."""

AT_EACH_STEP = """
import json, os, shutil, signal, sys
from pathlib import Path
from digest.edges import output

root, way, earlier = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "earlier"
if way == "two renames":
    output.swap = output.take_free = lambda *_: False
def issue(i):
    return {"digest.json": b'{"documents": [{"id": "%d"}]}' % i, "digest.html": b"%d" % i, f"documents/{i}.txt": b"%d" % i}

OLD, NEW, LAST = map(issue, range(3))
CALLS = ("posix", "fcntl", "_ctypes", "_io", None)  # None: methods, a file's write among them
STATES = {"none": None, "old": OLD, "new": NEW, "last": LAST}

def files(folder):
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}

def name(folder):
    held = files(folder) if folder.exists() else None
    return next((name for name, issue in STATES.items() if issue == held), "broken")

def killed_at(step, target):
    count = 0
    def watch(frame, event, function):
        nonlocal count
        count += event == "c_call" and getattr(function, "__module__", None) in CALLS
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
    child = os.fork()
    if child == 0:
        sys.setprofile(watch)
        output.write_folder(target, NEW)
        sys.setprofile(None)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])

step, killed = 0, True
while killed:
    step += 1
    folder = root / str(step)
    folder.mkdir()
    target = folder / "out"
    if earlier:
        output.write_folder(target, OLD)
    killed = killed_at(step, target)
    after, beside = name(target), len(list(folder.iterdir()))
    output.write_folder(target, LAST)
    print(json.dumps([after, beside, name(target), [entry.name for entry in folder.iterdir()]]), flush=True)
    shutil.rmtree(folder)
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders of news that make two different issues."""
    folders = []
    for name, news in (("one", NEWS), ("other", OTHER_NEWS)):
        folder = tmp_path_factory.mktemp(name)
        (folder / f"2026-11-10-{name}.txt").write_text(news, encoding="utf-8")
        folders.append(folder)
    return folders[0], folders[1]


def held(folder: Path) -> dict[str, bytes] | None:
    """The files of an issue; None where there is none."""
    if not folder.exists():
        return None
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def check_complete(out: Path) -> None:
    """Every file that the record names is there, and every receipt yields its quote."""
    issue = built(out)
    texts = {
        document["id"]: (out / "documents" / f"{document['id']}.txt").read_bytes().decode()
        for document in issue["documents"]
    }
    for name in ("digest.html", "digest.txt", "digest.eml", "articles.json"):
        assert (out / name).stat().st_size
    for text, receipt in quotes(issue):
        repairs = [Repair(**repair) for repair in receipt["repairs"]]
        assert restore(texts[receipt["document"]], receipt["spans"], repairs) == text


def killed(source: Path, out: Path, after_s: float, *, writing: bool) -> None:
    """Kill a build some time after its start or, for `writing`, after its folder beside the target has appeared."""
    command = [sys.executable, "-m", "digest", "build", str(source), "--out", str(out), "--no-keywords"]
    before = set(out.parent.iterdir())
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while writing and process.poll() is None and set(out.parent.iterdir()) <= before:
            pass
        time.sleep(after_s)
        process.kill()


def test_killed_at_thirty_random_moments(sources: tuple[Path, Path], tmp_path: Path) -> None:
    """The target is the old issue or the new one, whole, or there is none; the next build clears up what was left beside it."""
    chance = random.Random(SEED)  # noqa: S311 # no secret
    whole = []
    started = time.monotonic()
    for source in sources:
        assert run("build", source, "--out", tmp_path / "whole" / source.name, "--no-keywords").returncode == 0
        whole.append(held(tmp_path / "whole" / source.name))
    lasts_s = (time.monotonic() - started) / 2
    out = tmp_path / "issues" / "out"
    out.parent.mkdir()
    before = None
    for moment in range(MOMENTS):
        writing = moment % 3 == 2
        killed(sources[moment % 2], out, chance.uniform(0, WRITING_S if writing else lasts_s), writing=writing)
        now = held(out)
        assert now in (before, whole[moment % 2]), moment
        if now is not None:
            check_complete(out)
        before = now
    assert run("build", sources[0], "--out", out, "--no-keywords").returncode == 0
    assert held(out) == whole[0]
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
@pytest.mark.parametrize("earlier", ["earlier", "none"])
@pytest.mark.parametrize("way", ["swap", "two renames"])
def test_killed_at_each_step_of_writing(tmp_path: Path, way: str, earlier: str) -> None:
    """Before each call to the system: old or new, whole, and the next write succeeds and leaves nothing beside it.

    Where folders cannot swap names, a kill between two renames leaves the earlier issue beside the target.
    """
    command = [sys.executable, "-c", AT_EACH_STEP, str(tmp_path), way, earlier]
    done = subprocess.run(command, capture_output=True, timeout=100, check=False)
    assert done.stderr == b""
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(steps) > 50
    old = "old" if earlier == "earlier" else "none"
    allowed = {old, "new", "none"} if way == "two renames" else {old, "new"}
    for after, beside, then, names in steps:
        assert after in allowed
        assert (then, names) == ("last", ["out"])
        assert after != "none" or earlier == "none" or beside == 2
    assert {after for after, *_ in steps} >= {old, "new"}
