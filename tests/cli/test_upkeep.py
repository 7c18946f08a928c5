"""`digest init` and `digest doctor` as a user runs them."""

import json
from pathlib import Path

import pytest

from digest.config import default_file, load
from tests.test_cli import run


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A folder with a configuration as `digest init` writes it, and its folder of sources."""
    assert run("init", cwd=tmp_path).returncode == 0
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").touch()
    return tmp_path


class TestInit:
    def test_the_file_holds_the_defaults(self, begun: Path) -> None:
        """Every key and comment of the shipped file is there; read back, only the sources differ."""
        text = (begun / "digest.toml").read_text(encoding="utf-8")
        assert text.replace('sources = ["sources"]', "sources = []") == default_file().read_text(encoding="utf-8")
        written, shipped = load([begun / "digest.toml"]), load()
        assert written.edition.sources == (begun / "sources",)
        assert written.edition.out == begun / "issues"
        changes = {"sources": shipped.edition.sources, "out": shipped.edition.out}
        edition = written.edition.model_copy(update=changes)
        assert written.model_copy(update={"edition": edition}) == shipped

    def test_it_says_where_and_what_next(self, tmp_path: Path) -> None:
        """The file's whole path comes first, then the commands that use it, ready for the shell."""
        done = run("init", "my digest.toml", cwd=tmp_path)
        lines = done.stdout.decode().splitlines()
        assert (done.returncode, done.stderr, lines[0]) == (0, b"", str(tmp_path / "my digest.toml"))
        for command in ("doctor", "build", "serve"):
            assert any(f"digest {command}" in line and "--config 'my digest.toml'" in line for line in lines)

    def test_a_file_that_is_there_stays(self, begun: Path) -> None:
        """A second `init` exits with 2, names the file and changes nothing."""
        (begun / "digest.toml").write_text("[edition]\nhour = 7\n", encoding="utf-8")
        done = run("init", cwd=begun)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr == b"digest: digest.toml: is there already and stays as it is; name another file\n"
        assert (begun / "digest.toml").read_text(encoding="utf-8") == "[edition]\nhour = 7\n"

    @pytest.mark.parametrize("folder", ["nowhere", "file", "/sys"])
    def test_a_folder_that_cannot_hold_it(self, tmp_path: Path, folder: str) -> None:
        """A missing folder, a file in its place and a read-only folder are told in one line."""
        (tmp_path / "file").touch()
        file = f"{folder}/digest.toml"
        done = run("init", file, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.startswith(f"digest: {file}: ".encode())
        assert len(done.stderr.splitlines()) == 1
        assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


class TestDoctor:
    def test_a_line_a_check(self, begun: Path) -> None:
        """On what `init` wrote, with a source in place, nothing fails; the file is named."""
        done = run("doctor", cwd=begun, LC_ALL="C")
        lines = done.stdout.decode().splitlines()
        assert (done.returncode, done.stderr) == (0, b"")
        assert len(lines) == 15
        assert {line.split()[0] for line in lines} <= {"ok", "warn"}
        assert str(begun / "digest.toml") in done.stdout.decode()

    def test_a_failure_is_in_the_exit_code(self, begun: Path) -> None:
        """With a check that fails the code is 1, and the others are made all the same."""
        done = run("doctor", "--json", cwd=begun, DIGEST_SUMMARY__METHOD="centralty")
        assert (done.returncode, done.stderr) == (1, b"")
        checks = json.loads(done.stdout)["checks"]
        assert [check["name"] for check in checks if check["state"] == "fail"] == ["method"]
        assert len(checks) == 15
        assert {tuple(check) for check in checks} == {("edition", "name", "state", "words")}

    def test_several_editions(self, begun: Path) -> None:
        """Each file's edition is checked under its name, the machine once."""
        (begun / "b.toml").write_text('[edition]\nname = "第二刊"\nout = "b"\n', encoding="utf-8")
        done = run("doctor", "--config", "digest.toml", "--config", "b.toml", cwd=begun)
        lines = done.stdout.decode().splitlines()
        assert done.returncode == 0
        assert len(lines) == 24
        assert sum(" hunan-weekly: " in line for line in lines) == sum(" 第二刊: " in line for line in lines) == 9

    def test_editions_that_collide(self, begun: Path) -> None:
        """Two files of one edition are refused before anything is checked."""
        (begun / "b.toml").write_text('[edition]\nout = "b"\n', encoding="utf-8")
        done = run("doctor", "--config", "digest.toml", "--config", "b.toml", cwd=begun)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"b.toml: edition.name must be its own" in done.stderr

    def test_all_faults_of_a_configuration(self, begun: Path) -> None:
        """A configuration that cannot be read exits with 2 and every fault, whichever command reads it."""
        (begun / "digest.toml").write_text('[edition]\nweekday = "munday"\nmethod = "lead"\n', encoding="utf-8")
        for command in (["doctor"], ["build", "sources", "--out", "out"], ["split", "sources"]):
            done = run(*command, cwd=begun, DIGEST_EDITION__HOUR="25")
            said = done.stderr.decode().splitlines()
            assert (done.returncode, done.stdout) == (2, b"")
            assert len(said) == 3
            assert "digest: digest.toml, line 2: edition.weekday" in said[0]
            assert said[1] == "digest: DIGEST_EDITION__HOUR: edition.hour: must be less than or equal to 23, given 25"
            assert said[2] == "digest: digest.toml, line 3: unknown key edition.method; nearest: summary.method"

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ('[edition]\ntitle = "湖南市州新闻周报"\n'.encode("gbk"), "line 2: not UTF-8 but GBK (GB18030)"),
            (b"[edition]\nhour\x00 = 3\n", "line 2: holds NUL bytes"),
            (b"[edition\n", "line 1"),
            (None, "Is a directory"),
        ],
    )
    def test_a_file_that_is_no_configuration(self, tmp_path: Path, content: bytes | None, says: str) -> None:
        """Another encoding, NUL bytes, broken TOML and a folder are one line each."""
        file = tmp_path / "a.toml"
        file.mkdir() if content is None else file.write_bytes(content)
        done = run("doctor", "--config", file)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode().startswith(f"digest: {file}")
        assert says in done.stderr.decode()
        assert len(done.stderr.splitlines()) == 1

    @pytest.mark.parametrize("text", ["\ufeff[edition]\nhour = 7\n", "[edition]\r\nhour = 7\r\n"])
    def test_a_file_as_notepad_saves_it(self, begun: Path, text: str) -> None:
        """A byte order mark and CRLF line ends are no fault."""
        (begun / "digest.toml").write_text(text, encoding="utf-8", newline="")
        done = run("doctor", cwd=begun)
        assert done.returncode == 0
        assert "07:00 Asia/Shanghai" in done.stdout.decode()
