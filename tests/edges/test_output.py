"""A folder is there complete or not at all, on a real disk."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digest.edges import output
from digest.edges.locks import held as locked
from digest.edges.output import write_folder
from digest.errors import FolderInUse, OutputError

ISSUE = {
    "digest.json": b'{"documents": [{"id": "a"}]}',
    "digest.html": b"<p>",
    "articles.json": b"{}",
    "documents/a.txt": b"a",
}
EARLIER = ISSUE | {"digest.json": b'{"documents": [{"id": "a"}, {"id": "old"}]}', "documents/old.txt": b"old"}


def held(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def beside(folder: Path) -> list[str]:
    return [entry.name for entry in folder.parent.iterdir()]


def unfinished(target: Path, name: str = "1234abcd") -> Path:
    """What a process that was killed while it wrote has left beside the target."""
    made = target.with_name(output._prefix(target) + name)
    (made / "documents").mkdir(parents=True)
    (made / "digest.html").write_bytes(b"<")
    return made


@pytest.fixture(params=["swap", "two renames"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Systems that let two folders swap names, and systems that do not."""
    if request.param == "two renames":
        monkeypatch.setattr(output, "swap", lambda *_: False)
        monkeypatch.setattr(output, "take_free", lambda *_: False)


def test_a_new_folder_with_its_parents(tmp_path: Path) -> None:
    """The folder and its parents are made, readable as the umask says, and nothing else is left beside it."""
    out = tmp_path / "2026" / "第1期"
    write_folder(out, ISSUE)
    assert held(out) == ISSUE
    assert beside(out) == ["第1期"]
    assert stat.S_IMODE(out.stat().st_mode) & 0o500 == 0o500


@pytest.mark.usefixtures("_way")
def test_an_earlier_issue_is_replaced_whole(tmp_path: Path) -> None:
    """Nothing of the earlier issue stays, nothing but the new one is there."""
    out = tmp_path / "out"
    write_folder(out, EARLIER)
    write_folder(out, ISSUE)
    assert held(out) == ISSUE
    assert beside(out) == ["out"]


@pytest.mark.parametrize("name", ["notes.txt", "digest.html.bak"])
def test_a_folder_with_other_things_is_not_touched(tmp_path: Path, name: str) -> None:
    """A folder that holds what is no part of an issue is refused by name, and keeps everything."""
    (tmp_path / name).write_text("mine")
    with pytest.raises(FolderInUse, match=name):
        write_folder(tmp_path, ISSUE)
    assert held(tmp_path) == {name: b"mine"}


def test_notes_among_an_issues_documents_are_safe(tmp_path: Path) -> None:
    """What the issue's own record does not name is no part of it, wherever it lies."""
    out = tmp_path / "out"
    write_folder(out, ISSUE)
    (out / "documents" / "notes.txt").write_text("mine")
    with pytest.raises(FolderInUse, match=r"documents/notes\.txt"):
        write_folder(out, ISSUE)
    assert held(out) == ISSUE | {"documents/notes.txt": b"mine"}


def test_the_folder_that_one_works_in_is_not_moved_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replacing the current folder would leave the shell in one that is gone."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FolderInUse, match="work in"):
        write_folder(Path(), ISSUE)


def test_an_interrupt_between_the_renames_brings_the_earlier_issue_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C at the worst moment leaves the earlier issue where it was."""
    out = tmp_path / "out"
    write_folder(out, EARLIER)
    monkeypatch.setattr(output, "swap", lambda *_: False)
    rename, calls = Path.rename, []

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:  # refused because it is not empty, moved aside, and then
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(out, ISSUE)
    assert held(out) == EARLIER
    assert beside(out) == ["out"]


def test_a_failing_write_leaves_the_earlier_issue(tmp_path: Path) -> None:
    """When a file cannot be written the earlier issue stays as it was and no half-made folder is left."""
    out = tmp_path / "out"
    write_folder(out, ISSUE)
    with pytest.raises(OutputError, match="out"):
        write_folder(out, ISSUE | {"documents/" + "x" * 300: b"too long a name"})
    assert held(out) == ISSUE
    assert beside(out) == ["out"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    """A file where the folder or its parent should be is an error, not a traceback."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="out: Not a directory"):
        write_folder(tmp_path / "out", ISSUE)
    with pytest.raises(OutputError, match="deeper: Not a directory"):
        write_folder(tmp_path / "out" / "deeper", ISSUE)
    assert (tmp_path / "out").read_text() == "mine"


def test_an_issue_without_the_reading_of_its_articles_is_replaced(tmp_path: Path) -> None:
    """What an earlier version built, which lacks articles.json, is an earlier issue."""
    out = tmp_path / "out"
    write_folder(out, {name: content for name, content in EARLIER.items() if name != "articles.json"})
    write_folder(out, ISSUE)
    assert held(out) == ISSUE


@pytest.mark.parametrize("record", [b"", b"[]", b"[" * 100_000, b'{"documents": [1]}', b'{"documents": 1}', b"\xff"])
def test_a_record_that_is_none_makes_no_issue(tmp_path: Path, record: bytes) -> None:
    """A folder whose digest.json does not say what belongs to it is refused."""
    (tmp_path / "digest.json").write_bytes(record)
    with pytest.raises(FolderInUse, match=r"digest\.json"):
        write_folder(tmp_path, ISSUE)
    assert held(tmp_path) == {"digest.json": record}


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("there", ["issue", "empty", "file", "dangling link"])
def test_without_replacing_what_exists_stays(tmp_path: Path, there: str) -> None:
    """Whatever bears the name already, it stays as it is."""
    out = tmp_path / "out"
    if there == "issue":
        write_folder(out, EARLIER)
    elif there == "empty":
        out.mkdir()
    elif there == "file":
        out.write_bytes(b"mine")
    else:
        out.symlink_to("nowhere")
    before = out.lstat()
    with pytest.raises(FolderInUse, match="exists already"):
        write_folder(out, ISSUE, replace=False)
    assert out.lstat() == before
    assert beside(out) == ["out"]


@pytest.mark.usefixtures("_way")
def test_one_of_many_that_do_not_replace_makes_the_folder(tmp_path: Path) -> None:
    """Of several that start side by side one makes the folder, whole, and every other one is told."""
    out = tmp_path / "out"

    def make(i: int) -> bytes | None:
        own = f"{i}".encode()
        try:
            write_folder(out, {"digest.html": own, "documents/a.txt": own}, replace=False)
        except FolderInUse:
            return None
        return own

    with ThreadPoolExecutor(8) as pool:
        made = [own for own in pool.map(make, range(24)) if own is not None]
    assert len(made) == 1
    assert held(out) == {"digest.html": made[0], "documents/a.txt": made[0]}
    assert beside(out) == ["out"]


@pytest.mark.usefixtures("_way")
def test_of_many_that_replace_one_stays_whole(tmp_path: Path) -> None:
    """Writers to one target neither fail nor mix: the folder is that of one of them, and nothing is left beside it."""
    out = tmp_path / "out"
    issues = [
        {
            "digest.json": b'{"documents": [{"id": "%d"}]}' % i,
            "digest.html": b"%d" % i,
            f"documents/{i}.txt": b"%d" % i,
        }
        for i in range(40)
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda issue: write_folder(out, issue), issues))
    assert held(out) in issues
    assert beside(out) == ["out"]


def test_where_folders_swap_names_one_is_always_there(tmp_path: Path) -> None:
    """A reader never misses the folder while another process replaces it again and again."""
    out = tmp_path / "out"
    write_folder(out, EARLIER)
    code = (
        "import sys; from pathlib import Path; from digest.edges.output import write_folder\n"
        "for i in range(60): write_folder(Path(sys.argv[1]), "
        "{'digest.json': b'{\"documents\": []}', 'digest.html': b'%d' % i})"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(out)])
    looked = 0
    while process.poll() is None:
        assert out.is_dir()
        looked += 1
    assert process.returncode == 0
    assert looked > 60
    assert held(out)["digest.html"] == b"59"


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    """The next write to the same target, and to no other, removes the folder that nobody holds any more."""
    out, other = tmp_path / "out", tmp_path / "other"
    unfinished(out)
    not_mine = unfinished(other)
    (tmp_path / ".out.backup").mkdir()
    write_folder(out, ISSUE)
    assert sorted(beside(out)) == sorted(["out", not_mine.name, ".out.backup"])


def test_what_a_living_process_makes_stays(tmp_path: Path) -> None:
    """A folder that is held is somebody's."""
    out = tmp_path / "out"
    made = unfinished(out)
    with locked(made) as ours:
        assert ours
        write_folder(out, ISSUE)
        assert made.exists()
    write_folder(out, ISSUE)
    assert beside(out) == ["out"]


def test_an_issue_that_a_killed_process_moved_aside_comes_back(tmp_path: Path) -> None:
    """Killed between two renames: the earlier issue has its name again before anything else is done."""
    out = tmp_path / "out"
    write_folder(out, EARLIER)
    made = unfinished(out)
    out.rename(made.with_name(made.name + ".previous"))
    with pytest.raises(OutputError):
        write_folder(out, ISSUE | {"documents/" + "x" * 300: b"too long a name"})
    assert held(out) == EARLIER
    assert beside(out) == ["out"]


def test_an_issue_moved_aside_by_a_living_process_is_left_to_it(tmp_path: Path) -> None:
    """Between its two renames a process needs no help."""
    out = tmp_path / "out"
    write_folder(out, EARLIER)
    made = unfinished(out)
    previous = made.with_name(made.name + ".previous")
    out.rename(previous)
    with locked(made):
        write_folder(out, ISSUE)
        assert held(previous) == EARLIER
    write_folder(out, ISSUE)
    assert held(out) == ISSUE
    assert beside(out) == ["out"]


def test_a_name_as_long_as_a_name_may_be(tmp_path: Path) -> None:
    """A target of 255 bytes is written and replaced; one of 256 is an error in words."""
    out = tmp_path / ("期" * 85)
    write_folder(out, ISSUE)
    write_folder(out, EARLIER)
    assert held(out) == EARLIER
    with pytest.raises(OutputError, match="name too long"):
        write_folder(tmp_path / ("期" * 86), ISSUE)


def test_a_working_folder_that_is_gone_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a removed folder foreign things are as safe as elsewhere, and a relative target is an error in words."""
    gone = tmp_path / "gone"
    gone.mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(FolderInUse, match=r"notes\.txt"):
        write_folder(tmp_path / "mine", ISSUE)
    with pytest.raises(OutputError):
        write_folder(Path("out"), ISSUE)
    write_folder(tmp_path / "out", ISSUE)
    assert held(tmp_path / "out") == ISSUE


def test_a_link_to_itself_is_an_error_in_words(tmp_path: Path) -> None:
    """A loop of links leads to no folder, replaced or not."""
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    for out in (loop, loop / "deeper"):
        with pytest.raises(OutputError, match="symbolic links"):
            write_folder(out, ISSUE)
    with pytest.raises(OutputError, match="symbolic links"):
        write_folder(loop / "deeper", ISSUE, replace=False)


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """The folder that a link leads to is replaced, and the link still leads there."""
    write_folder(tmp_path / "true", EARLIER)
    (tmp_path / "out").symlink_to("true")
    write_folder(tmp_path / "out", ISSUE)
    assert (tmp_path / "out").is_symlink()
    assert held(tmp_path / "true") == ISSUE
