"""Configuration: layers, and faults that name file, line and the nearest known key."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.config import WEEKDAYS, default_file, load, load_editions, variables
from digest.errors import ConfigError


def written(folder: Path, text: str, name: str = "digest.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="")
    return file


def faults(file: Path, **environ: str) -> str:
    """What is said of a file that is refused."""
    with pytest.raises(ConfigError) as caught:
        load([file], environ)
    return "\n".join(caught.value.faults)


class TestDefaults:
    def test_they_load(self) -> None:
        """The shipped file is complete: it alone yields settings."""
        edition = load().edition
        assert (edition.gazetteer, edition.zone_info.key) == ("hunan", "Asia/Shanghai")
        assert (edition.sources, edition.weekday, edition.hour, edition.number_start) == ((), "monday", 8, 1)

    def test_every_key_is_explained_in_two_languages(self) -> None:
        """Right above each key of the shipped file stands a comment in Chinese, then one in English."""
        lines = default_file().read_text(encoding="utf-8").splitlines()
        keys = [number for number, line in enumerate(lines) if re.match(r"\w+ =", line)]
        assert len(keys) == sum(map(len, tomllib.loads("\n".join(lines)).values()))
        for number in keys:
            assert re.match(r"# .*[\u4e00-\u9fff]", lines[number - 2]), lines[number]
            assert re.match(r"# [^\u4e00-\u9fff]+$", lines[number - 1]), lines[number]

    def test_no_line_is_longer_than_a_window(self) -> None:
        """The shipped file, which `digest init` hands to users, can be read in a window of 128 columns."""
        for line in default_file().read_text(encoding="utf-8").splitlines():
            assert sum(2 if char > "\u2fff" else 1 for char in line) <= 128, line


class TestLayers:
    def test_they_win_in_order(self, tmp_path: Path) -> None:
        """The command line wins over the environment, the environment over the file, the file over the defaults."""
        file = written(tmp_path, "[summary]\nmax_sentences = 2\nbudget_chars = 100\nmethod = 'lead'\n")
        environ = {"DIGEST_SUMMARY__BUDGET_CHARS": "120", "DIGEST_SUMMARY__METHOD": "textrank", "PATH": "/bin"}
        told = load([file], environ, {"summary": {"method": "random"}})
        assert (told.summary.max_sentences, told.summary.budget_chars) == (2, 120)
        assert told.summary.method == "random"
        assert variables(environ) == ("DIGEST_SUMMARY__BUDGET_CHARS", "DIGEST_SUMMARY__METHOD")

    @pytest.mark.parametrize("text", ["\ufeff[edition]\nhour = 7\n", "[edition]\r\nhour = 7\r\n", "edition.hour = 7"])
    def test_text_as_editors_write_it(self, tmp_path: Path, text: str) -> None:
        """A byte order mark, CRLF line ends and dotted keys are read as they are meant."""
        assert load([written(tmp_path, text)]).edition.hour == 7

    def test_paths_of_a_file_count_from_its_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Relative sources and folders of a file belong to its own folder, also where the file is named relatively."""
        (tmp_path / "here").mkdir()
        monkeypatch.chdir(tmp_path / "here")
        monkeypatch.setenv("HOME", "/home/desk")
        written(tmp_path, '[edition]\nsources = ["来稿", "/data/a.txt", "~/b"]\nout = "issues/永州"\n')
        edition = load([Path("../digest.toml")]).edition
        assert [source.resolve() for source in edition.sources] == [
            tmp_path / "来稿",
            Path("/data/a.txt"),
            Path("/home/desk/b"),
        ]
        assert edition.out.is_absolute()
        assert edition.out.resolve() == tmp_path / "issues" / "永州"

    def test_other_paths_count_from_the_working_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Paths of the defaults, of variables and of overrides belong to the folder that one works in."""
        monkeypatch.chdir(tmp_path)
        assert load().edition.out == tmp_path / "issues"
        edition = load(environ={"DIGEST_EDITION__SOURCES": '["a", "b"]', "DIGEST_EDITION__OUT": "["}).edition
        assert (edition.sources, edition.out) == ((tmp_path / "a", tmp_path / "b"), tmp_path / "[")
        assert load(overrides={"edition": {"out": "x"}}).edition.out == tmp_path / "x"

    def test_a_folder_that_is_gone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the working folder was removed under one's feet the error says so."""
        (tmp_path / "gone").mkdir()
        monkeypatch.chdir(tmp_path / "gone")
        (tmp_path / "gone").rmdir()
        with pytest.raises(ConfigError, match="folder that you work in"):
            load()


class TestFaults:
    def test_all_at_once_with_line_and_nearest_key(self, tmp_path: Path) -> None:
        """Every fault is reported, each with its line or variable; a misspelt key names its nearest neighbour."""
        file = written(
            tmp_path,
            'titel = "x"\n[edition]\nzone = "Asia/Shangai"\nweekday = "munday"\nmethod = "lead"\n'
            "\n[summary]\nmax_sentences = 0\n[sumary]\n",
        )
        near = " (nearest: Asia/Shanghai)"
        said = faults(file, DIGEST_SUMMARY__METOD="lead", DIGEST_EDITION__HOUR="25").splitlines()
        assert sorted(said) == sorted(
            [
                f"{file}, line 1: unknown key titel; nearest: edition.title",
                f"{file}, line 3: edition.zone: must be an IANA time zone such as Asia/Shanghai{near}, given 'Asia/Shangai'",
                f"{file}, line 4: edition.weekday: must be one of {', '.join(WEEKDAYS)} (nearest: monday), given 'munday'",
                "DIGEST_EDITION__HOUR: edition.hour: must be less than or equal to 23, given 25",
                f"{file}, line 5: unknown key edition.method; nearest: summary.method",
                f"{file}, line 8: summary.max_sentences: must be greater than or equal to 1, given 0",
                "DIGEST_SUMMARY__METOD: unknown key summary.metod; nearest: summary.method",
                f"{file}, line 9: unknown key sumary; nearest: summary",
            ]
        )

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ('name = "a/b"', "edition.name: must be 1 to 40 letters"),
            ('name = ".a"', "edition.name: must be 1 to 40 letters"),
            ('name = "-a"', "edition.name: must be 1 to 40 letters"),
            ('name = ""', "edition.name: must be 1 to 40 letters"),
            (f'name = "{"永" * 41}"', "edition.name: must be 1 to 40 letters"),
            ('title = "周报\\nBcc: x@example.org"', "edition.title: must match"),
            ('sender = "desk"', "edition.sender: must be an address"),
            ('sources = "news"', "edition.sources: must be a list of paths"),
            ('sources = ["news", 3]', "edition.sources, element 2: must be a path in quotes"),
            ('sources = [\n"news",\n""]', "edition.sources, element 2: must be a path in quotes"),
            ('sources = ["a\\u0000b"]', "edition.sources, element 1: must be a path in quotes"),
            ('out = ""', "edition.out: must be a path in quotes"),
            ("out = 3", "edition.out: must be a path in quotes"),
            ('weekday = "周一"', "edition.weekday: must be one of monday"),
            ('weekday = "Sunday"', "(nearest: sunday), given 'Sunday'"),
            ("weekday = 1", "edition.weekday: must be a valid string"),
            ("hour = -1", "edition.hour: must be greater than or equal to 0"),
            ('hour = "8"', "edition.hour: must be a valid integer"),
            ("hour = true", "edition.hour: must be a valid integer"),
            ("number_start = 0", "edition.number_start: must be greater than or equal to 1"),
        ],
    )
    def test_a_wrong_value_names_its_line(self, tmp_path: Path, line: str, says: str) -> None:
        """What a key does not take is refused with its line, also where it is an element of a list of several lines."""
        said = faults(written(tmp_path, f"# a comment\n[edition]\n{line}\n"))
        assert said.startswith(f"{tmp_path / 'digest.toml'}, line 3: ")
        assert says in said
        assert len(said.splitlines()) == 1

    @pytest.mark.parametrize("name", ["hunan-weekly", "湖南_周报", "7", "a" * 40])
    def test_names_that_are_taken(self, name: str) -> None:
        """Letters of any script, digits, - and _ make a name."""
        assert load(overrides={"edition": {"name": name}}).edition.name == name

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"[edition\n", "line 1"),
            (b"\xff\xfe\x00", "line 1: not UTF-8; save"),
            ('[edition]\ntitle = "湖南市州新闻周报"\n'.encode("gbk"), "line 2: not UTF-8 but GBK (GB18030); save"),
            ('[edition]\ntitle = "湖南市州新闻周报"\n'.encode("utf-16"), "line 1: not UTF-8 but UTF-16; save"),
            (b"[edition]\nhour\x00 = 3\n", "line 2: holds NUL bytes"),
            (b"edition = 3\n[summary]\nmax_sentences = 0\n", "line 1: edition must be a table, [edition], given 3"),
            (b"[[edition]]\nhour = 3\n", "line 1: edition must be a table"),
            (b"x = " + b"[" * 5000, "recursion"),
            (b"x = " + b"1" * 5000, "digits"),
            (b"#" * 2_000_000, "larger than 1,000,000 bytes"),
        ],
    )
    def test_a_broken_file_is_named(self, tmp_path: Path, content: bytes, says: str) -> None:
        """A file that is no TOML, no UTF-8 or of another shape is an error that names it."""
        file = tmp_path / "digest.toml"
        file.write_bytes(content)
        said = faults(file, DIGEST_EDITION__TITLE="周报")
        assert says in said
        assert all(line.startswith(str(file)) for line in said.splitlines())

    def test_a_table_of_another_shape_does_not_hide_other_faults(self, tmp_path: Path) -> None:
        """What follows a misshapen table is looked at as well."""
        file = written(tmp_path, "edition = 3\n[summary]\nmax_sentences = 0\n")
        assert f"{file}, line 3: summary.max_sentences" in faults(file)

    def test_a_file_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        """A file that is not there, and a folder in its place, are errors."""
        assert faults(tmp_path / "nowhere.toml") == f"{tmp_path / 'nowhere.toml'}: No such file or directory"
        assert faults(tmp_path) == f"{tmp_path}: Is a directory"

    @pytest.mark.parametrize("odd", ["x" * 100_000, "\\u001b[31m\\na"])
    def test_an_odd_value_or_key_is_shown_tamely(self, tmp_path: Path, odd: str) -> None:
        """A fault stays a line that a terminal can show, whatever was given."""
        said = faults(written(tmp_path, f'[edition]\nweekday = "{odd}"\n"{odd}" = 1\n')).splitlines()
        assert len(said) == 2
        assert all(len(line) < 500 and line.isprintable() for line in said)

    @settings(deadline=None)
    @given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"[edition]\n{text}".encode()))
    def test_any_bytes_are_settings_or_faults(self, tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
        """No content of a file raises anything but ConfigError, with a line for each fault."""
        file = tmp_path_factory.getbasetemp() / "any.toml"
        file.write_bytes(content)
        try:
            load([file])
        except ConfigError as e:
            assert e.faults  # noqa: PT017 # both outcomes are right

    @settings(deadline=None)
    @given(st.sampled_from(["EDITION__HOUR", "EDITION__SOURCES", "EDITION__OUT", "X__Y", "__", "EDITION__"]), st.text())
    def test_any_variable_is_a_setting_or_a_fault(self, name: str, value: str) -> None:
        """No value of a variable raises anything but ConfigError."""
        try:
            load(environ={f"DIGEST_{name}": value})
        except ConfigError as e:
            assert f"DIGEST_{name}" in e.faults[0]  # noqa: PT017 # as above


class TestEditions:
    def test_a_file_is_an_edition(self, tmp_path: Path) -> None:
        """Each file yields its settings in order; without a file the defaults make the only edition."""
        files = [written(tmp_path, f'[edition]\nname = "{name}"\nout = "{name}"\n', name) for name in "ba"]
        assert [told.edition.name for told in load_editions(files, {})] == ["b", "a"]
        assert load_editions([], {"DIGEST_EDITION__HOUR": "7"}) == (load(environ={"DIGEST_EDITION__HOUR": "7"}),)

    def test_names_and_folders_are_their_own(self, tmp_path: Path) -> None:
        """Two files with one name or one folder, by whatever path, are refused with both files' names."""
        (tmp_path / "other").mkdir()
        one = written(tmp_path, '[edition]\nout = "issues"\n', "one.toml")
        two = written(tmp_path / "other", '[edition]\nout = "../issues"\n', "two.toml")
        with pytest.raises(ConfigError) as caught:
            load_editions([one, two], {})
        name, out = caught.value.faults
        assert name == f"{two}: edition.name must be its own, given 'hunan-weekly' as in {one}"
        assert out.startswith(f"{two}: edition.out must be its own")

    def test_the_faults_of_all_files_together(self, tmp_path: Path) -> None:
        """Every file is looked at before anything is said, and a variable's fault is said once."""
        files = [written(tmp_path, "[edition]\nhour = 24\n", "one.toml"), tmp_path / "nowhere.toml"]
        files.append(written(tmp_path, "[summary]\nmetod = 1\n", "two.toml"))
        with pytest.raises(ConfigError) as caught:
            load_editions(files, {"DIGEST_EDITION__WEEKDAY": "x"})
        assert [fault.split(":")[0] for fault in caught.value.faults] == [
            "DIGEST_EDITION__WEEKDAY",
            f"{files[0]}, line 2",
            f"{files[1]}",
            f"{files[2]}, line 2",
        ]
