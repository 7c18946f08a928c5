"""`digest schedule` with the clock held still, on real files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from digest.cli.options import DONE, FAILED
from digest.cli.scheduling import schedule
from digest.errors import ConfigError, NothingReadable, NothingToDo, UsageError
from digest.schedule.ticker import Weekly
from tests.schedule.editions import SUNDAY, at, edition, put_issue

NOW = at("2026-11-21 12:00")
NEWS = (
    "永州冬修水利开工\n\n11月9日，永州市冬季水利建设在道县开工，全市计划投入2.3亿元，整修渠道860公里。\n\n"
    "道县四马桥镇的村民正在清理渠道里的淤泥，这条渠道灌溉着下游3200亩水田。\n\n(李明 王芳)\n"
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work in the test's folder at NOW."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIGEST_CONFIG", raising=False)
    with time_machine.travel(NOW, tick=False):
        yield


def configure(file: str = "digest.toml", **keys: object) -> str:
    """A configuration file with these keys of the edition; its sources are the folder `news` unless it says otherwise."""
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in ({"sources": ["news"]} | keys).items()
    ]
    Path(file).write_text("\n".join(["[edition]", *lines]), encoding="utf-8")
    return file


def put_news(text: str = NEWS) -> None:
    Path("news").mkdir()
    Path("news", "2026-11-10_新闻.txt").write_text(text, encoding="utf-8")


def run(*arguments: str) -> int:
    """The exit code of `digest schedule ARGUMENTS`; errors are raised."""
    code: int = schedule.main(list(arguments), standalone_mode=False)
    return code


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    """The editions as `digest schedule show --json` prints them."""
    capsys.readouterr()
    assert run("show", "--json", *arguments) == DONE
    editions: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["editions"]
    return editions


def test_show_prints_the_next_five_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its due time in the edition's zone, its week and days, and its number; first the latest due."""
    configure(name="berlin", title="周报", zone="Europe/Berlin", weekday="friday", hour=6, number_start=7)
    assert run("show") == DONE
    said, state = capsys.readouterr(), "  not built; digest serve makes it when it starts"
    assert said.err == ""
    assert said.out.splitlines() == [
        f"berlin  周报  {tmp_path}/issues",
        f"  due   2026-11-20 06:00 Europe/Berlin (UTC+01:00)  2026-W46  2026-11-09 to 2026-11-15  No. 7{state}",
        "  next  2026-11-27 06:00 Europe/Berlin (UTC+01:00)  2026-W47  2026-11-16 to 2026-11-22  No. 8",
        "  next  2026-12-04 06:00 Europe/Berlin (UTC+01:00)  2026-W48  2026-11-23 to 2026-11-29  No. 9",
        "  next  2026-12-11 06:00 Europe/Berlin (UTC+01:00)  2026-W49  2026-11-30 to 2026-12-06  No. 10",
        "  next  2026-12-18 06:00 Europe/Berlin (UTC+01:00)  2026-W50  2026-12-07 to 2026-12-13  No. 11",
        "  next  2026-12-25 06:00 Europe/Berlin (UTC+01:00)  2026-W51  2026-12-14 to 2026-12-20  No. 12",
    ]
    assert not (tmp_path / "issues").exists()


def test_show_is_what_the_ticker_fires(capsys: pytest.CaptureFixture[str]) -> None:
    """The moments that are shown are those at which the ticker's trigger fires, over a change of the clock too."""
    configure(zone="Europe/Berlin", weekday="sunday", hour=2)
    of = edition(zone="Europe/Berlin", weekday=SUNDAY, hour=2)
    with time_machine.travel(at("2026-03-10 12:00"), tick=False):
        (berlin,) = shown(capsys)
    fired = [Weekly(of).get_next_fire_time(None, at("2026-03-10 12:00"))]
    for _ in range(4):
        fired.append(Weekly(of).get_next_fire_time(fired[-1], at("2026-03-10 12:00")))
    assert [run["due"] for run in berlin["runs"]] == [moment.astimezone(of.zone).isoformat() for moment in fired]


def test_show_counts_from_the_issues_that_are_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers go on from the first issue with one, and the weeks without an issue are named."""
    configure()
    put_issue(tmp_path / "issues", "2026-W44", 5)
    put_issue(tmp_path / "issues", "2026-W46", 7)
    (of,) = shown(capsys)
    assert (of["due"]["number"], of["due"]["built"]) == (7, True)
    assert [run["number"] for run in of["runs"]] == [8, 9, 10, 11, 12]
    assert [(run["week"], run["number"]) for run in of["missed"]] == [("2026-W45", 6)]
    run("show")
    said = capsys.readouterr().out
    assert "No. 7  built\n" in said
    assert "no issue of 2026-W45; one is made up with: digest schedule run --week 2026-W45" in said


def test_show_says_what_the_configuration_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    """An edition without sources has its runs shown, and is told what it lacks."""
    assert run("show") == DONE
    assert (
        capsys.readouterr().err == "digest: hunan-weekly: no sources: name files or folders at `sources` of [edition]\n"
    )
    (of,) = shown(capsys)
    assert of["missing"] == ["no sources: name files or folders at `sources` of [edition]"]
    assert shown(capsys, "--config", configure())[0]["missing"] == []


def test_show_of_several_editions(capsys: pytest.CaptureFixture[str]) -> None:
    """Each file is an edition; two of one name are refused."""
    first, second = configure("a.toml", name="a", out="a"), configure("b.toml", name="b", out="b", hour=9)
    assert [of["edition"] for of in shown(capsys, "--config", first, "--config", second)] == ["a", "b"]
    configure("b.toml", name="a", out="b")
    with pytest.raises(ConfigError, match=r"b\.toml.*name"):
        run("show", "--config", first, "--config", second)


def test_run_makes_the_latest_issue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is made of the configured sources, with its number and period, and told in a line; the second time it is there."""
    configure(number_start=46)
    put_news()
    assert run("run") == DONE
    folder = tmp_path / "issues" / "2026-W46"
    line = f"hunan-weekly 2026-W46, due 2026-11-16 08:00 Asia/Shanghai (UTC+08:00): built as number 46 in {folder}\n"
    assert capsys.readouterr() == (line, "")
    record = json.loads((folder / "digest.json").read_bytes())
    assert (record["number"], record["period"]) == (46, {"since": "2026-11-09", "until": "2026-11-15"})
    before = (folder / "digest.json").read_bytes()
    with pytest.raises(NothingToDo, match=r"issues/2026-W46: the issue of 2026-W46 is there"):
        run("run")
    assert (folder / "digest.json").read_bytes() == before


def test_run_makes_up_a_week(tmp_path: Path) -> None:
    """The week that is named is made; one that is not due is refused, and so is what is no week."""
    configure()
    put_news(NEWS.replace("11月9日", "11月3日"))
    Path("news", "2026-11-10_新闻.txt").rename(Path("news", "2026-11-04_新闻.txt"))
    assert run("run", "--week", "2026-W45") == DONE
    assert [entry.name for entry in (tmp_path / "issues").iterdir()] == ["2026-W45"]
    with pytest.raises(UsageError, match="2026-W47 is not due before 2026-11-23 08:00"):
        run("run", "--week", "2026-W47")
    with pytest.raises(Exception, match="not an ISO week"):
        run("run", "--week", "2026-W54")


def test_run_without_anything_to_read(tmp_path: Path) -> None:
    """Without sources, with one that is missing, and with none of the week, the error says which, and nothing is made."""
    configure(sources=[])
    with pytest.raises(ConfigError, match="hunan-weekly: no sources"):
        run("run")
    configure()
    with pytest.raises(NothingReadable, match="news"):
        run("run")
    put_news()
    with pytest.raises(NothingToDo):
        run("run", "--week", "2026-W40")
    assert list((tmp_path / "issues").iterdir()) == []


def test_run_with_a_source_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The issue is made of the others, the one is named, and the exit code says so."""
    configure(sources=["news", "gone.txt"])
    put_news()
    assert run("run") == FAILED
    assert "gone.txt" in capsys.readouterr().err
    assert (tmp_path / "issues" / "2026-W46" / "digest.html").exists()


def test_issues_are_not_read_as_sources(tmp_path: Path) -> None:
    """An edition whose issues are kept among its sources does not read them."""
    configure(sources=["."])
    put_news()
    (put_issue(tmp_path / "issues", "2026-W45", 1) / "digest.txt").write_text(NEWS, encoding="utf-8")
    assert run("run") == DONE
    record = json.loads((tmp_path / "issues" / "2026-W46" / "digest.json").read_bytes())
    assert [Path(document["path"]).name for document in record["documents"]] == ["2026-11-10_新闻.txt"]


def test_an_undated_article_is_told_once() -> None:
    """An article that states no date is in the first issue that finds it, and in no later one, though its file has changed."""
    put_news()
    Path("news", "来稿.txt").write_text(
        NEWS.replace("11月9日，永州市冬季水利", "江永县的香柚采摘").replace("永州冬修水利", "江永香柚"),
        encoding="utf-8",
    )
    configure()
    assert run("run", "--week", "2026-W46") == DONE
    with Path("news", "来稿.txt").open("a", encoding="utf-8") as grows:
        grows.write("\n\n")
    Path("news", "2026-11-03_新闻.txt").write_text(NEWS.replace("道县", "宁远县"), encoding="utf-8")
    assert run("run", "--week", "2026-W45") == DONE
    first, made_up = (json.loads(Path("issues", week, "digest.json").read_bytes()) for week in ("2026-W46", "2026-W45"))
    assert (first["articles"], first["left_out"]["told_before"]) == (2, 0)
    assert (made_up["articles"], made_up["left_out"]["told_before"]) == (1, 1)
    assert "前期已收" in Path("issues", "2026-W45", "digest.txt").read_text(encoding="utf-8")
    Path("news", "2026-11-03_新闻.txt").unlink()
    with pytest.raises(NothingToDo):
        run("run", "--week", "2026-W44")
