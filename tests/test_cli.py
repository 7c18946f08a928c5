"""The command as a user runs it: a process of its own, real files, real pipes."""

import email
import email.policy
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from digest.assembly import tools
from digest.config import load
from digest.edges.textrank4zh import textrank4zh
from digest.edges.tokenizer import Tokenizer
from digest.quote import Repair, restore
from digest.stages.sentences import text_prose

SAMPLES = Path(__file__).parents[1] / "samples"
NEWS = (
    "永州冬修水利开工\n\n11月9日，永州市冬季水利建设在道县开工，全市计划投入2.3亿元，整修渠道860公里。\n\n"
    "道县四马桥镇的村民正在清理渠道里的淤泥，这条渠道灌溉着下游3200亩水田。\n\n(李明 王芳)\n"
)
OTHER_NEWS = (
    "江永香柚走俏大湾区\n\n江永县的香柚本周集中采摘，首批420吨发往广州和深圳，收购价每公斤6元。\n\n"
    "县里引来的两条分选线每小时可分果12吨，果农不再靠手工挑拣。\n\n(陈明)\n"
)


def run(
    *arguments: str | Path, given: bytes = b"", cwd: Path | None = None, **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """The finished command `digest ARGUMENTS`."""
    env = os.environ | {"PYTHONWARNINGS": "error"} | environ
    command = [sys.executable, "-m", "digest", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, cwd=cwd, env=env, timeout=120, check=False)


def waiting_filter() -> subprocess.Popen[bytes]:
    """`digest place`, running, with its three streams in the test's hands."""
    command = [sys.executable, "-m", "digest", "place"]

    def listen() -> None:
        """A shell has the commands that it starts in the background ignore Ctrl-C, these tests among them."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, preexec_fn=listen, **streams)


def built(out: Path) -> dict[str, Any]:
    issue: dict[str, Any] = json.loads((out / "digest.json").read_bytes())
    return issue


def quotes(issue: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Everything that the issue quotes: text and receipt of sentences, briefs, headlines and labels."""
    found = []
    for section in issue["sections"]:
        found += [(brief["sentence"]["text"], brief["sentence"]["receipt"]) for brief in section["briefs"]]
        for story in section["stories"]:
            found += [(sentence["text"], sentence["receipt"]) for sentence in story["sentences"]]
            found.append((story["label"], story["label_receipt"]))
            if story["headline"] is not None:
                found.append((story["headline"], story["headline_receipt"]))
    return found


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A folder with one dated page of one article."""
    folder = tmp_path / "来稿"
    folder.mkdir()
    (folder / "2026-11-10.txt").write_text(NEWS, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issue of the samples."""
    out = tmp_path_factory.mktemp("week") / "out"
    done = run("build", SAMPLES, "--out", out, "--week", "2026-W46", "--number", "1")
    assert (done.returncode, done.stderr) == (0, b"")
    return out


def test_the_samples_become_an_issue(week: Path) -> None:
    """Every prefecture has its section in official order, then the province, then elsewhere; most have news."""
    issue = built(week)
    cities = [section["city"] for section in issue["sections"]]
    assert len(cities) == 16
    assert cities[0] == "长沙市"
    assert cities[-3:] == ["湘西土家族苗族自治州", "province", "elsewhere"]
    assert sum(bool(section["stories"] or section["briefs"]) for section in issue["sections"]) >= 14
    assert len(issue["documents"]) == len(list(SAMPLES.iterdir()))
    assert issue["period"] == {"since": "2026-11-09", "until": "2026-11-15"}
    assert issue["number"] == 1
    assert len(issue["keywords"]) == 8


def test_every_quote_of_the_samples_has_a_true_receipt(week: Path) -> None:
    """The documents' texts beside the digest yield each sentence, brief, headline and label to the character."""
    issue = built(week)
    assert len(quotes(issue)) > 80
    for text, receipt in quotes(issue):
        document = (week / "documents" / f"{receipt['document']}.txt").read_bytes().decode()
        assert restore(document, receipt["spans"], [Repair(**repair) for repair in receipt["repairs"]]) == text


def test_two_papers_make_one_story(week: Path) -> None:
    """The train that two papers report is one story with two sources."""
    stories = [story for section in built(week)["sections"] for story in section["stories"]]
    shared = [story for story in stories if len(story["sources"]) > 1]
    assert len(shared) == 1
    assert "班列" in shared[0]["headline"]


def test_the_mail_is_valid_and_holds_the_page(week: Path) -> None:
    """The .eml parses without a defect into the two parts that stand beside it, dated by the period."""
    message = email.message_from_bytes((week / "digest.eml").read_bytes(), policy=email.policy.strict)
    assert message.defects == []
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n").strip() == (week / "digest.txt").read_text(encoding="utf-8").strip()
    assert (
        html.get_content().replace("\r\n", "\n").strip() == (week / "digest.html").read_text(encoding="utf-8").strip()
    )
    assert message["Date"].datetime.isoformat() == "2026-11-15T23:59:59+08:00"
    assert "第1期" in message["Subject"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Another folder, another day, another locale, another hash seed, other file times: the same files."""
    shutil.copytree(SAMPLES, tmp_path / "elsewhere" / "week")
    for file in (tmp_path / "elsewhere" / "week").iterdir():
        os.utime(file, (0, 0))
    one, other = tmp_path / "one", tmp_path / "other"
    assert run("build", SAMPLES, "--out", one, "--no-keywords", PYTHONHASHSEED="1").returncode == 0
    settings = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C"}
    assert run("build", "week", "--out", other, "--no-keywords", cwd=tmp_path / "elsewhere", **settings).returncode == 0
    files = [f.relative_to(one) for f in one.rglob("*") if f.is_file()]
    assert sorted(files) == sorted(f.relative_to(other) for f in other.rglob("*") if f.is_file())
    assert all((one / f).read_bytes() == (other / f).read_bytes() for f in files)


def test_a_period_excludes_what_is_dated_outside_it(page: Path, tmp_path: Path) -> None:
    """A dated article outside the period is counted as left out; an undated one is always in, as 日期不明."""
    (page / "undated.txt").write_text(OTHER_NEWS, encoding="utf-8")
    out = tmp_path / "out"
    done = run("build", page, "--out", out, "--since", "2026-11-11", "--no-keywords")
    assert done.returncode == 0
    assert "stories without a date: 1" in done.stdout.decode()
    issue = built(out)
    assert issue["left_out"]["outside_period"] == 1
    (story,) = [story for section in issue["sections"] for story in section["stories"]]
    assert (story["published"], story["county"]) == (None, "江永县")
    assert "日期不明" in (out / "digest.txt").read_text(encoding="utf-8")


def test_no_period_shows_what_is_known(page: Path, tmp_path: Path) -> None:
    """Without options everything is in and the period runs over the known dates; --date dates the rest; no number, no 第N期."""
    (page / "undated.txt").write_text(OTHER_NEWS, encoding="utf-8")
    out = tmp_path / "out"
    assert run("build", page, "--out", out, "--no-keywords").returncode == 0
    assert built(out)["period"] == {"since": "2026-11-10", "until": "2026-11-10"}
    assert built(out)["number"] is None
    text = (out / "digest.txt").read_text(encoding="utf-8")
    assert "日期不明" in text
    assert "第" not in text.splitlines()[1]
    assert run("build", page, "--out", out, "--no-keywords", "--date", "2026-11-12").returncode == 0
    assert built(out)["period"] == {"since": "2026-11-10", "until": "2026-11-12"}


def test_a_bad_file_is_named_and_the_rest_is_built(page: Path, tmp_path: Path) -> None:
    """The run goes on, the record and standard error name the file, the issue counts it, and the exit code is 1."""
    (page / "照片.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    out = tmp_path / "out"
    done = run("build", page, "--out", out, "--no-keywords", "--json")
    assert done.returncode == 1
    assert "照片.txt" in done.stderr.decode()
    assert json.loads(done.stdout)["failures"] == built(out)["failures"] == [
        {"path": "照片.txt", "error": "BinarySource", "message": "not text: a PNG picture"}
    ]  # fmt: skip
    assert "未能读取的来稿1份" in (out / "digest.html").read_text(encoding="utf-8")


def test_build_reports_the_gate_the_sizes_and_the_moves(page: Path, tmp_path: Path) -> None:
    """What the record says is what `--json` prints; all forms are there with their sizes."""
    out = tmp_path / "out"
    done = run("build", page, "--out", out, "--no-keywords", "--json")
    said, record = json.loads(done.stdout), built(out)
    assert done.returncode == 0
    assert said["gate"] == record["gate"]
    assert said["moves"] == record["moves"] == []
    assert (record["gate"]["sendable"], record["gate"]["faults"]) == (True, [])
    assert record["gate"]["html_bytes"] == (out / "digest.html").stat().st_size <= record["gate"]["budget_bytes"]
    assert record["gate"]["faithful"] == record["gate"]["quotes"] == len(quotes(record)) - 1  # a headline is its label
    assert all((out / name).stat().st_size == size for name, size in record["sizes"].items())
    assert {"digest.web.html", "digest.wechat.html"} <= set(said["sizes"])


def test_what_the_gate_refuses_is_told(tmp_path: Path) -> None:
    """More stories than a mail holds, and no web page to link: named on standard error, and the exit code is 1."""
    lines = (
        {
            "title": f"株洲第{n}座社区图书馆开馆",
            "text": f"11月9日，株洲市第{n}座社区图书馆开馆，藏书{n}万册，" + "市民" * 40 + "。",
        }
        for n in range(220)
    )
    (tmp_path / "稿.jsonl").write_text(
        "\n".join(json.dumps(one, ensure_ascii=False) for one in lines), encoding="utf-8"
    )
    done = run("build", tmp_path / "稿.jsonl", "--out", tmp_path / "out", "--no-keywords")
    moved = len(built(tmp_path / "out")["moves"])
    assert moved
    assert done.returncode == 1
    assert f"not to be sent: {moved} stories and briefs have moved" in done.stderr.decode()
    linked = run(
        "build", tmp_path / "稿.jsonl", "--out", tmp_path / "out", "--no-keywords", "--number", "7",
        DIGEST_RENDERING__WEB_ADDRESS="https://digest.example/{number}/",
    )  # fmt: skip
    assert linked.returncode == 0
    assert "https://digest.example/7/#c430200" in (tmp_path / "out" / "digest.html").read_text(encoding="utf-8")


def test_a_print_edition_a_theme_and_another_language(page: Path, tmp_path: Path) -> None:
    """All come from the configuration; the same issue is the same PDF; a second build replaces the first."""
    out, asked = tmp_path / "out", {"DIGEST_RENDERING__PDF": "true", "DIGEST_RENDERING__THEME": "bulletin"}
    made = []
    for _ in range(2):
        done = run("build", page, "--out", out, "--no-keywords", DIGEST_RENDERING__LANGUAGE="en", **asked)
        assert (done.returncode, done.stderr) == (0, b"")
        made.append((out / "digest.pdf").read_bytes())
    assert made[0] == made[1]
    assert "1 city · 1 story" in (out / "digest.txt").read_text(encoding="utf-8")
    assert "#14406b" in (out / "digest.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("THEME", "buletin", "unknown theme 'buletin'; nearest: bulletin"),
        ("LANGUAGE", "de", "unknown language 'de'"),
        ("WEB_ADDRESS", "https://a.example/{wek}", "must be empty or an address such as"),
    ],
)
def test_an_unknown_look_is_refused(page: Path, tmp_path: Path, key: str, value: str, message: str) -> None:
    """Before anything is written, with what is known."""
    done = run("build", page, "--out", tmp_path / "out", "--no-keywords", **{f"DIGEST_RENDERING__{key}": value})
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert not (tmp_path / "out").exists()


def test_nothing_to_do(tmp_path: Path, page: Path) -> None:
    """A folder without articles, and a period without any, exit with 3 and write nothing."""
    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments in ([empty], [page, "--week", "2020-W01"]):
        done = run("build", *arguments, "--out", tmp_path / "out")
        assert done.returncode == 3
        assert done.stderr.startswith(b"digest: no")
    assert run("split", empty).returncode == 3
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--week", "2026-46"], "not an ISO week"),
        (["--week", "2026-W46", "--since", "2026-11-09"], "--week states the whole period"),
        (["--since", "2026-11-09", "--until", "2026-11-08"], "is after"),
        (["--since", "2026-11-31"], "is no day; write it as"),
        (["--since", "0001-01-01"], "1900"),
        (["--week", "9999-W52"], "not of the years"),
        (["--week", ""], "not an ISO week"),
        (["--method", "centralty"], "nearest: centrality"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["--number", "0"], "0"),
        (["--colour"], "--colour"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(page: Path, tmp_path: Path, arguments: list[str], says: str) -> None:
    """Usage and configuration errors exit with 2, name what was given, and write nothing."""
    done = run("build", page, "--out", tmp_path / "out", *arguments)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_notes_beside_an_issue_are_safe(page: Path, tmp_path: Path) -> None:
    """A folder that holds anything but an issue is not replaced."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    done = run("build", page, "--out", tmp_path / "out", "--no-keywords")
    assert done.returncode == 2
    assert b"notes.txt" in done.stderr
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


def test_split_pipes_into_place_and_summarise(page: Path) -> None:
    """A page's articles go through the other filters as they come."""
    split = run("split", page)
    (article,) = [json.loads(line) for line in split.stdout.splitlines()]
    assert (article["file"], article["n"], article["headline"]) == ("2026-11-10.txt", 1, "永州冬修水利开工")
    assert (article["authors"], article["published"]) == (["李明", "王芳"], "2026-11-10")
    assert (article["city"], article["county"]) == ("永州市", "道县")
    raw = "\n".join("".join(NEWS[a:b] for a, b in spans) for spans in article["spans"])
    assert restore(raw, [(0, len(raw))], [Repair(**repair) for repair in article["repairs"]]) == article["text"]
    (placed,) = [json.loads(line) for line in run("place", given=split.stdout).stdout.splitlines()]
    assert (placed["id"], placed["city"]) == (article["id"], "永州市")
    (ranked,) = [json.loads(line) for line in run("summarise", "--top", "1", given=split.stdout).stdout.splitlines()]
    assert len(ranked["summary_sentences"]) == len(ranked["scores"]) == 1
    assert ranked["summary_sentences"][0] in article["text"]


@pytest.mark.parametrize("method", ["centrality", "textrank", "textrank4zh", "lead", "random"])
def test_every_method_ranks(method: str) -> None:
    """Each method answers the same lines; its name stands in the answer."""
    text = NEWS.removeprefix("永州冬修水利开工").removesuffix("\n\n(李明 王芳)\n")
    given = json.dumps({"id": 1, "title": "永州冬修水利开工", "text": text}).encode()
    done = run("summarise", "--method", method, given=given)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["method"], answer["id"]) == (0, method, 1)
    assert answer["summary_sentences"]
    assert answer["scores"] == sorted(answer["scores"], reverse=True)


def test_scores_are_explained() -> None:
    """With --explain each sentence's terms add up to its score, and what they were multiplied with is told."""
    given = json.dumps(
        {"id": 1, "title": "河东公路通车", "text": "河东公路通车了。\n橘子沿公路运出山。秋天到了。"}
    ).encode()
    plain, told = (json.loads(run("summarise", *option, given=given).stdout) for option in ((), ("--explain",)))
    assert {key: told[key] for key in plain} == plain
    assert told["positions"][0] == 0
    assert [sum(terms.values()) for terms in told["terms"]] == pytest.approx(told["scores"], abs=1e-4)
    assert all(set(terms) == set(told["weights"]) for terms in told["terms"])
    chars = [len(sentence) for sentence in told["summary_sentences"]]
    assert [told["weights"]["length"] * n for n in chars] == pytest.approx(
        [one["length"] for one in told["terms"]], abs=1e-4
    )


def test_place_names_do_not_reach_the_package() -> None:
    """textrank4zh cuts words as it always does; the digest's own place names, which would change its ranking, stay out."""
    text = (
        "月亮岛街道的环线开通了。街道的居民坐上环线。望城区的月亮岛有了环线，居民很高兴。望城区月亮岛街道的居民说好。"
    )
    prose = text_prose("", text)
    ranker = tools(load(overrides={"summary": {"method": "textrank4zh"}})).ranker
    assert ranker(prose) == textrank4zh(Tokenizer())(prose)
    assert ranker(prose) != textrank4zh(Tokenizer(["望城区", "月亮岛街道"]))(prose)


@pytest.mark.parametrize("command", ["place", "summarise"])
def test_a_filter_reports_bad_lines_and_does_the_rest(command: str) -> None:
    """A bad line is named by number, the good ones are answered, the exit code is 1."""
    good = json.dumps({"id": "a", "title": "", "text": "道县召开会议，部署水利建设工作。"}).encode()
    done = run(command, given=good + b"\nnonsense\n" + good + b"\n", LC_ALL="C")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "a"]
    assert b"line 2" in done.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    """`digest place | head -1` says nothing on standard error."""
    line = json.dumps({"id": 1, "text": "道县召开会议。" * 50}).encode() + b"\n"
    process = waiting_filter()
    assert process.stdin
    assert process.stdout
    assert process.stderr
    with process:
        process.stdin.write(line)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        try:
            process.stdin.write(line * 2000)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_an_empty_one(page: Path, tmp_path: Path, closed: str) -> None:
    """A stream that the shell has closed is no reason for a traceback."""
    for command in (f"build '{page}' --out '{tmp_path}/out' --no-keywords", "place"):
        shell = f"'{sys.executable}' -m digest {command} {closed}"
        done = subprocess.run(
            ["/bin/sh", "-c", shell], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_behind_standard_output_is_told(page: Path) -> None:
    """What cannot be written is an error in one line."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m digest split '{page}' > /dev/full"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(b"digest: ")
    assert len(done.stderr.splitlines()) == 1


def test_short_records_are_articles(tmp_path: Path) -> None:
    """A flash of one sentence under a stated headline is news, and a document without any is named."""
    lines = [
        {"title": "江永香柚开园", "text": "11月9日，江永县香柚开园，首批发货420吨。"},
        {"title": "道县通水", "text": "11月10日，道县上关街道一座水厂通水。"},
    ]
    (tmp_path / "flash.jsonl").write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8"
    )
    (tmp_path / "目录.txt").write_text("目录\n", encoding="utf-8")
    done = run("build", tmp_path, "--out", tmp_path / "out", "--no-keywords")
    assert done.returncode == 0
    assert "目录.txt" in done.stderr.decode()
    issue = built(tmp_path / "out")
    assert issue["articles"] == 2
    assert issue["left_out"]["without_article"] == ["目录.txt"]
    assert "没有找到文章的来稿1份" in (tmp_path / "out" / "digest.txt").read_text(encoding="utf-8")


def test_ctrl_c_ends_quietly() -> None:
    """An interrupt while waiting for input leaves no traceback."""
    process = waiting_filter()
    assert process.stdin
    assert process.stdout
    with process:
        process.stdin.write(b'{"id": 1, "text": "x"}\n')
        process.stdin.flush()
        process.stdout.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)  # before its input is closed, which would end it as well
        _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert err == b""


def test_a_read_only_home_is_survived(page: Path, tmp_path: Path) -> None:
    """With nowhere to keep jieba's cache the digest is built all the same, keywords included."""
    blocked = tmp_path / "home"
    blocked.write_text("no folder")
    out = tmp_path / "out"
    done = run("build", page, "--out", out, HOME=str(blocked / "x"), XDG_CACHE_HOME=str(blocked / "cache"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert built(out)["keywords"]


def test_help_lists_the_commands() -> None:
    """`digest --help` names every command."""
    done = run("--help")
    assert done.returncode == 0
    for command in ("build", "split", "place", "summarise"):
        assert command in done.stdout.decode()


OWN_VOICE = "---\ntitle: 街头清理行动\nmedium: {medium}\n---\n昨日，我市开展街头清理行动，出动人员300名，清运垃圾20吨。"


@pytest.mark.parametrize(
    ("medium", "folder", "city"), [("株洲日报", "a", "株洲市"), ("文摘", "liling", "醴陵市"), ("文摘", "a", None)]
)
def test_a_medium_speaks_of_its_own_city(tmp_path: Path, medium: str, folder: str, city: str | None) -> None:
    """我市 means the city that the configuration gives the medium or the folder; `split | place` keeps it."""
    (tmp_path / "news" / folder).mkdir(parents=True)
    (tmp_path / "news" / folder / "a.txt").write_text(OWN_VOICE.format(medium=medium), encoding="utf-8")
    config = tmp_path / "digest.toml"
    config.write_text('[edition]\ncities = { "株洲日报" = "株洲市", "news/liling" = "醴陵市" }\n', encoding="utf-8")
    split = run("split", str(tmp_path / "news"), "--config", str(config))
    placed = json.loads(run("place", "--config", str(config), given=split.stdout).stdout)
    for record in (json.loads(split.stdout), placed):
        assert (record["city"] == "株洲市", record["county"]) == (city is not None, city if city == "醴陵市" else None)


def test_a_dateline_goes_through_the_pipe(tmp_path: Path) -> None:
    """A city that only the dateline names is not lost between `split` and `place`."""
    page = tmp_path / "a.txt"
    page.write_text(
        "路灯亮了\n\n本报衡阳讯 昨日，市民反映多日的路灯损坏一事有了结果，维修人员换上了新灯。\n", encoding="utf-8"
    )
    split = run("split", str(page))
    assert json.loads(split.stdout)["dateline"]
    assert json.loads(run("place", given=split.stdout).stdout)["city"] == "衡阳市"


def test_a_city_that_is_none_is_refused(tmp_path: Path) -> None:
    """A configured city outside the home province is named with the nearest one."""
    config = tmp_path / "digest.toml"
    config.write_text('[edition]\ncities = { "株洲日报" = "株州市" }\n', encoding="utf-8")
    told = run("place", "--config", str(config))
    assert told.returncode == 2
    assert "edition.cities: '株州市' is no city or county of 湖南省; nearest: 株洲市" in told.stderr.decode()
