"""Each check on a real disk, in order and out of order; none of them ever stops the others."""

import datetime as dt
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.config import load
from digest.doctor import Check, examine
from digest.edges.resources import resource_folder

NOW = dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC)
UNWRITABLE = Path("/sys/digest")
"""Nobody makes a file there, not even root."""

GAZETTEER = """
[province]
code = "990000"
name = "东省"

[[prefecture]]
code = "990100"
name = "江城市"
names = ["江城"]

[[county]]
code = "990121"
name = "江城县"
names = ["江城"]
prefecture = "990100"
"""


def examined(now: dt.datetime = NOW, method: str = "centrality", **edition: object) -> Mapping[str, Check]:
    """The checks of one edition by name."""
    settings = load(overrides={"edition": edition, "summary": {"method": method}})
    return {check.name: check for check in examine([], [settings], [], now)}


def states(checks: Mapping[str, Check]) -> set[str]:
    return {check.state for check in checks.values()}


def copied(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, module: str) -> Path:
    """A copy of a shipped folder that the checks of a module take for the shipped one."""
    copy = tmp_path / name
    shutil.copytree(resource_folder(name), copy)
    monkeypatch.setattr(f"digest.doctor.{module}.resource_folder", lambda _: copy)
    return copy


def issue(out: Path, week: str) -> None:
    (out / week).mkdir(parents=True)
    (out / week / "digest.json").write_text('{"number": 7, "documents": []}', encoding="utf-8")


@pytest.fixture
def news(tmp_path: Path) -> str:
    """A folder with one file to read and one to pass over."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").touch()
    (tmp_path / "news" / "a.docx").touch()
    return str(tmp_path / "news")


def test_everything_in_order(tmp_path: Path, news: str) -> None:
    """With sources and a folder to write into nothing fails, and each check says what it saw."""
    checks = examined(sources=[news], out=str(tmp_path / "issues"))
    assert states(checks) == {"ok"}
    assert "click " in checks["packages"].words
    assert checks["clock"].words == "2026-11-17 12:00 UTC"
    assert checks["gazetteer"].words.startswith("湖南省: 14 prefectures, 134 counties")
    assert checks["time zone"].words.startswith("it is 2026-11-17 20:00 Asia/Shanghai (UTC+08:00), by ")
    assert checks["sources"].words.startswith("files to read: 1 of .htm ")
    assert "(to be made)" in checks["out"].words
    assert not (tmp_path / "issues").exists()


class TestMachine:
    @pytest.mark.parametrize("year", [1970, 2019, 2101])
    def test_a_clock_that_was_never_set(self, year: int) -> None:
        """A year before 2020 or after 2100 fails with the time that the machine shows."""
        check = examined(NOW.replace(year=year))["clock"]
        assert check.state == "fail"
        assert check.words.startswith(f"{year}-11-17 12:00 UTC")

    def test_the_last_moment_of_the_calendar(self) -> None:
        """A clock beyond all dates fails its checks and stops none."""
        checks = examined(dt.datetime.max.replace(tzinfo=dt.UTC))
        assert {name for name, check in checks.items() if check.state == "fail"} == {"clock", "time zone", "next runs"}

    @pytest.mark.parametrize(
        ("template", "text", "says"),
        [
            ("mail.txt.j2", "{% if %}", "mail.txt.j2, line 1: "),
            ("mail.html.j2", "<p>{{ issue.titel }}", "mail.html.j2, line 1: "),
        ],
    )
    def test_a_broken_template(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, text: str, says: str
    ) -> None:
        """A template that does not parse, or asks for what no issue has, fails with file and line."""
        folder = copied(tmp_path, "templates", monkeypatch, "machine")
        (folder / template).write_text(text, encoding="utf-8")
        check = examined()["templates"]
        assert check.state == "fail"
        assert says in check.words

    @pytest.mark.parametrize(
        ("script", "state", "says"),
        [
            (None, "ok", "not looked at"),
            ("exit 0", "warn", "apt install fonts-noto-cjk"),
            ("exit 1", "warn", "did not answer"),
            ("printf 'Noto Sans CJK SC,思源黑体\\n'", "ok", "1 Chinese font families, such as Noto Sans CJK SC"),
        ],
    )
    def test_fonts(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, state: str, says: str
    ) -> None:
        """Without a Chinese font there is a warning; without fc-list the check is passed over in words."""
        if script is not None:
            (tmp_path / "fc-list").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (tmp_path / "fc-list").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        check = examined()["fonts"]
        assert check.state == state
        assert says in check.words

    def test_a_cache_that_cannot_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nowhere to keep jieba's cache is a warning: keywords work without, only later."""
        monkeypatch.setenv("XDG_CACHE_HOME", str(UNWRITABLE))
        check = examined()["cache"]
        assert check.state == "warn"
        assert str(UNWRITABLE) in check.words

    def test_a_missing_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A package that is not installed fails by name; one of an extra is not asked for."""
        required = ["no-such-package>=1", "click>=8", "neither-this; extra == 'bench'"]
        monkeypatch.setattr("importlib.metadata.requires", lambda _: required)
        check = examined()["packages"]
        assert check.state == "fail"
        assert check.words.endswith("pip install no-such-package")

    def test_what_nobody_expected(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A check that breaks down fails in one line, and all others are made."""
        usual = examined()

        def broken(_: str) -> Path:
            raise RuntimeError("first line\nsecond line")

        monkeypatch.setattr("platformdirs.user_cache_path", broken)
        checks = examined()
        assert list(checks) == list(usual)
        assert (checks["cache"].state, checks["cache"].words) == ("fail", "RuntimeError: first line; second line")


class TestEdition:
    def test_the_configuration(self, tmp_path: Path) -> None:
        """The file and the variables that make the edition are named, or that there is none."""
        file = tmp_path / "a.toml"
        file.write_text("", encoding="utf-8")
        checks = list(examine([file], [load([file])], ["DIGEST_EDITION__HOUR"], NOW))
        words = next(check.words for check in checks if check.name == "configuration")
        assert words == f"{file}, over it DIGEST_EDITION__HOUR"
        assert "digest init" in examined()["configuration"].words

    def test_an_unknown_gazetteer_or_method(self) -> None:
        """A province without a file and a method that does not exist fail with the nearest one."""
        checks = examined(gazetteer="hunam", method="centralty")
        assert (checks["gazetteer"].state, checks["method"].state) == ("fail", "fail")
        assert "nearest: hunan" in checks["gazetteer"].words
        assert "nearest: centrality" in checks["method"].words

    def test_places_that_share_a_name(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A name that stands for two places fails with both; two counties may each have a township of one name."""
        folder = copied(tmp_path, "config", monkeypatch, "edition") / "gazetteer"
        (folder / "east.toml").write_text(GAZETTEER, encoding="utf-8")
        check = examined(gazetteer="east")["gazetteer"]
        assert (check.state, check.words) == (
            "fail",
            "江城 stands for both 江城市 (990100) and 江城县 (990121); rename one",
        )
        (folder / "east.toml").write_text(GAZETTEER.replace('"990100"\n', '"990200"\n', 1), encoding="utf-8")
        assert "江城县 (990121) belongs to no prefecture" in examined(gazetteer="east")["gazetteer"].words

    def test_names_that_mislead(self, tmp_path: Path) -> None:
        """A short form that is an everyday word is a warning, unless it is listed as one; so is a code of another city."""
        own = tmp_path / "east.toml"
        told = GAZETTEER.replace('["江城"]\nprefecture', '["通道"]\nprefecture')
        own.write_text(told, encoding="utf-8")
        check = examined(gazetteer=str(own))["gazetteer"]
        assert check.state == "warn"
        assert check.words == "通道 is an everyday word (jieba): leave it out of names, or list it under words"
        own.write_text(f'words = "通道"\n{told}', encoding="utf-8")
        assert examined(gazetteer=str(own))["gazetteer"].state == "ok"
        own.write_text(told.replace("990121", "990221").replace("通道", "江县"), encoding="utf-8")
        words = "the code 990221 of 江城县 does not begin as 990100, to which it belongs"
        assert examined(gazetteer=str(own))["gazetteer"].words == words

    def test_next_runs(self, tmp_path: Path) -> None:
        """Five runs with their zone; a week that is due and not built is told."""
        words = examined(out=str(tmp_path), weekday="friday", zone="Europe/Berlin")["next runs"].words
        assert words.startswith("2026-W45 is not built, and is when `digest serve` starts; 2026-W46 at ")
        assert "2026-W46 at 2026-11-20 08:00 Europe/Berlin (UTC+01:00), then 2026-11-27 08:00, " in words
        assert words.count("08:00") == 5

    def test_missed_weeks(self, tmp_path: Path) -> None:
        """Weeks between the first issue and the last due one that have none are a warning with the way to make them up."""
        issue(tmp_path, "2026-W43")
        issue(tmp_path, "2026-W46")
        check = examined(out=str(tmp_path))["next runs"]
        assert check.state == "warn"
        assert "2026-W44, 2026-W45" in check.words
        assert "is not built" not in check.words

    def test_no_source(self) -> None:
        """An edition without sources is a warning: there is nothing to read every week."""
        assert examined()["sources"].state == "warn"

    def test_sources_that_are_not_there(self, tmp_path: Path, news: str) -> None:
        """A source that does not exist fails by its whole path."""
        check = examined(sources=[news, str(tmp_path / "nowhere")])["sources"]
        assert (check.state, str(tmp_path / "nowhere") in check.words) == ("fail", True)

    def test_sources_without_a_file_to_read(self, tmp_path: Path) -> None:
        """A folder without a file of a known ending is a warning that lists the endings."""
        check = examined(sources=[str(tmp_path)])["sources"]
        assert check.state == "warn"
        assert ".jsonl" in check.words

    def test_a_source_of_an_unknown_ending(self, tmp_path: Path) -> None:
        """A file that is named and cannot be a source fails."""
        (tmp_path / "a.docx").touch()
        check = examined(sources=[str(tmp_path / "a.docx")])["sources"]
        assert check.state == "fail"
        assert check.words.startswith("a.docx: not one of ")

    def test_a_source_that_may_not_be_read(self, monkeypatch: pytest.MonkeyPatch, news: str) -> None:
        """A file without permission fails by its whole path."""
        monkeypatch.setattr(os, "access", lambda *_: False)  # root may read everything
        check = examined(sources=[news])["sources"]
        assert (check.state, check.words) == ("fail", f"{news}/a.txt: Permission denied")

    def test_a_folder_that_cannot_be_written(self) -> None:
        """A folder that no issue can be written into fails."""
        check = examined(out=str(UNWRITABLE / "issues"))["out"]
        assert check.state == "fail"
        assert check.words.startswith("/sys cannot be written: ")

    @pytest.mark.parametrize("below", ["", "deeper"])
    def test_a_file_in_the_way(self, tmp_path: Path, below: str) -> None:
        """A file where the folder, or a folder above it, should be fails by its name."""
        (tmp_path / "file").touch()
        check = examined(out=str(tmp_path / "file" / below))["out"]
        assert (check.state, check.words) == ("fail", f"{tmp_path / 'file'} is no folder; correct edition.out")

    @pytest.mark.parametrize(("bound", "state"), [("_LITTLE_BYTES", "warn"), ("_TOO_LITTLE_BYTES", "fail")])
    def test_little_room(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, state: str) -> None:
        """Less room than one bound is a warning, than the other a failure; both say how much there is."""
        monkeypatch.setattr(f"digest.doctor.edition.{bound}", 10**18)
        check = examined(out=str(tmp_path))["out"]
        assert check.state == state
        assert "MB free: under " in check.words
