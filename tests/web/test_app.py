"""Every address answers, with the exact bytes where bytes are asked for; what is not there is said in words."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import jinja2
import pytest

from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.web.issues import read_issue
from digest.web.shelf import Entry, FixedShelf, State
from digest.web.timetable import EditionView, RunView, ScheduleView
from tests.web.conftest import build, get, served, shelf_of

ISSUE = "/issues/week/"

SCHEDULE = ScheduleView(
    (
        EditionView(
            "hunan",
            "湖南市州新闻周报",
            "Asia/Shanghai",
            (
                RunView("2026-11-23 08:00", "UTC+08:00", "2026-W47", 2),
                RunView("2026-11-30 08:00", "UTC+08:00", "2026-W48", None),
            ),
            missed=("2026-W44",),
            failure="no article was found",
        ),
    )
)


def test_a_single_issue_is_shown_at_once(desk: str) -> None:
    """There is nothing to choose among."""
    answer = get(desk, "/")
    assert (answer.status, answer.headers["Location"]) == (307, ISSUE)


def test_several_issues_are_listed(samples: Path, environment: jinja2.Environment) -> None:
    """Each by its title, with a link that leads to it, whatever characters its key has."""
    entries = (Entry("湖南-2026-W46", "第四十六周", samples), Entry("b", "<b>", samples))
    with served(FixedShelf(entries), environment) as url:
        page = get(url, "/").text
        assert f'<a href="/issues/{quote("湖南-2026-W46")}/">第四十六周</a>' in page
        assert "&lt;b&gt;" in page
        assert get(url, f"/issues/{quote('湖南-2026-W46')}/").status == 200


def test_a_key_in_other_bytes_is_found(samples: Path, environment: jinja2.Environment) -> None:
    """A folder whose name is GBK has an address that leads to it."""
    key = "第一期".encode("gbk").decode("utf-8", "surrogateescape")
    with served(FixedShelf((Entry(key, "第一期", samples),)), environment) as url:
        issue = get(url, "/").headers["Location"]
        assert get(url, issue).status == 200
        assert get(url, issue + "articles/1/headline").status == 200


def test_a_document_of_megabytes_is_shown_in_part(
    samples: Path, tmp_path: Path, environment: jinja2.Environment
) -> None:
    """The receipt has the article and its surroundings, says that more was left out, and links the whole."""
    folder = Path(shutil.copytree(samples, tmp_path / "issue"))
    document = read_issue(samples).record.documents[0]
    file = folder / "documents" / f"{document.id}.txt"
    file.write_bytes(file.read_bytes() + ("此后无关。" * 400_000).encode())
    with served(shelf_of(folder), environment) as url:
        page = get(url, ISSUE + "articles/1/sentences/0", HX_Request="true").text
        assert len(page) < 100_000
        assert "以下从略" in page
        assert f'href="{ISSUE}documents/1.txt"' in page
        assert "与原文一致" in page
        assert len(get(url, f"{ISSUE}documents/1.txt").content) > 5_000_000


def test_no_issue_yet(environment: jinja2.Environment) -> None:
    """An empty shelf says so, and what to do."""
    with served(FixedShelf(()), environment) as url:
        assert "还没有生成过任何一期" in get(url, "/").text


class Busy:
    """A shelf whose first issue is being built."""

    def entries(self) -> tuple[Entry, ...]:
        return ()

    def state(self) -> State:
        return State(building=True)


def test_the_first_issue_is_being_built(environment: jinja2.Environment) -> None:
    """A shelf that is still empty but at work says that."""
    with served(Busy(), environment) as url:
        page = get(url, "/").text
    assert "第一期正在生成" in page
    assert '<p class="building">' in page


@pytest.mark.parametrize("name", ["digest.html", "digest.txt", "digest.json", "digest.eml"])
def test_files_are_the_bytes_on_disk(desk: str, samples: Path, name: str) -> None:
    """Nothing is added to what was built, and no script in it can run."""
    answer = get(desk, ISSUE + name)
    assert answer.content == (samples / name).read_bytes()
    assert answer.headers["Content-Security-Policy"].startswith("sandbox allow-same-origin; default-src 'none';")


def test_documents_are_the_bytes_on_disk(desk: str, samples: Path) -> None:
    """The text of each document as it was decoded."""
    for n, document in enumerate(read_issue(samples).record.documents, 1):
        answer = get(desk, f"{ISSUE}documents/{n}.txt")
        assert answer.content == (samples / "documents" / f"{document.id}.txt").read_bytes()
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_every_quote_has_a_receipt(desk: str, samples: Path) -> None:
    """Each address of the list answers, as a page and as the pane alone, with the quote and its verdict."""
    quotes = json.loads(get(desk, ISSUE + "quotes.json").text)
    assert len(quotes) == read_issue(samples).quotes
    for given in quotes:
        path = given["link"].partition("#")[0]
        assert re.fullmatch(r"[\w/.-]+", path)
        pane = get(desk, path, HX_Request="true").text
        assert "<title>" in pane
        assert "<html" not in pane
        assert "与原文一致" in pane
        assert pane.count('id="quote"') == 1


def test_a_receipt_is_a_page_of_its_own_too(desk: str) -> None:
    """Without any script the same address shows the whole desk with the receipt in it."""
    page = get(desk, ISSUE + "articles/1/sentences/0").text
    assert "<html" in page
    assert page.count('id="quote"') == 1
    assert page.count('aria-current="true"') == 2  # the sentence, and all cities


def test_scores_and_evidence_are_shown(desk: str) -> None:
    """The terms, the facts and the reasons have Chinese names."""
    page = get(desk, ISSUE + "articles/1/sentences/0").text
    for words in ("后文呼应", "得分", "有数字", "可信度", "上下文可以印证"):
        assert words in page


def test_an_unquotable_sentence_says_why(desk: str, samples: Path) -> None:
    """A sentence that was passed over has the reason in Chinese."""
    articles = read_issue(samples).articles
    n, i = next((n, s.index) for n, a in enumerate(articles, 1) for s in a.sentences if s.fault)
    assert "不能摘引：" in get(desk, f"{ISSUE}articles/{n}/sentences/{i}").text


def test_an_issue_without_scores_says_so(unscored: Path, environment: jinja2.Environment) -> None:
    """What there is is shown; what is missing, and what to do, is said."""
    with served(shelf_of(unscored), environment) as url:
        assert "由较早的版本生成" in get(url, ISSUE).text
        page = get(url, ISSUE + "articles/1/sentences/0").text
    assert "与原文一致" in page
    assert "重新生成之后就能看到" in page
    assert "<th scope" not in page


def test_the_checks_are_shown(desk: str, samples: Path) -> None:
    """Size, hash, mail and the number of faithful quotes stand beside the issue."""
    built = read_issue(samples)
    page = get(desk, ISSUE).text
    for words in (
        built.sha256,
        f"{built.size_bytes:,} 字节",
        f"{built.quotes}/{built.quotes} 句与原文一致",
        "HTML 部分与此",
    ):
        assert words in page


def test_a_city_filters_the_list(desk: str) -> None:
    """The list has the stories of one city, every link keeps it, and the way back to all is there."""
    page = get(desk, f"{ISSUE}?city={quote('永州市')}").text
    assert re.findall(r"<h3>(\S+)", page) == ["永州市"]
    assert f"sentences/0?city={quote('永州市')}#quote" in page
    assert '<a href="?">全部</a>' in page


def test_a_city_without_a_story_is_empty(samples: Path, tmp_path: Path, environment: jinja2.Environment) -> None:
    """A city of the province that has nothing this week is no error."""
    folder = Path(shutil.copytree(samples, tmp_path / "issue"))
    record = json.loads((folder / "digest.json").read_text(encoding="utf-8"))
    record["sections"][0] |= {"stories": [], "briefs": []}
    (folder / "digest.json").write_text(json.dumps(record))
    with served(shelf_of(folder), environment) as url:
        page = get(url, f"{ISSUE}?city={quote('长沙市')}")
    assert page.status == 200
    assert "长沙市 <small>无稿</small>" in page.text


@pytest.mark.parametrize(
    ("path", "words", "nearest"),
    [
        (f"{ISSUE}?city={quote('永洲市')}", "没有“永洲市”这个市州", ">永州市</a>"),
        (f"{ISSUE}?view=phones", "没有“phones”这个视图", ">phone</a>"),
        ("/issues/weak/", "没有“weak”这个期", ">week</a>"),
        (f"{ISSUE}digest.htm", "没有“digest.htm”这个文件", ">digest.html</a>"),
        (f"{ISSUE}documents/99.txt", "没有“99”这个文件", ""),
        (f"{ISSUE}articles/99/headline", "articles/99/headline”这个出处", ""),
        (f"{ISSUE}articles/1/sentences/999", "articles/1/sentences/999”这个出处", ""),
        (f"{ISSUE}articles/1/briefs/9", "articles/1/briefs/9”这个出处", ""),
        (f"{ISSUE}articles/0/headline", "articles/0/headline”这个出处", ""),
        (f"{ISSUE}articles/x/headline", "articles/x/headline”这个地址", f">{ISSUE}</a>"),
        ("/issue/week", "没有“/issue/week”这个地址", f">{ISSUE}</a>"),
        ("/schedule", "没有“/schedule”这个地址", ""),
        (f"/{quote('<script>')}", "没有“/&lt;script&gt;”这个地址", ""),
        (f"{ISSUE}..%2f..%2fetc%2fpasswd", "这个", ""),
    ],
)
def test_what_is_not_there_is_said(desk: str, path: str, words: str, nearest: str) -> None:
    """A 404 says what was asked for and links what is nearest to it."""
    answer = get(desk, path)
    assert answer.status == 404
    assert words in answer.text
    assert nearest in answer.text


def test_a_missing_receipt_fits_into_the_pane(desk: str) -> None:
    """A desk that is open gets the words alone."""
    answer = get(desk, ISSUE + "articles/1/sentences/999", HX_Request="true")
    assert answer.status == 404
    assert "<html" not in answer.text


def test_hostile_text_stays_text(tmp_path: Path, environment: jinja2.Environment) -> None:
    """Markup in a source is shown, in the list and in the receipt; marks of direction and of no width are named."""
    source = tmp_path / "<b>稿.txt"
    source.write_text(
        "株洲新桥<script>alert(1)</script>通车\n\n"
        '11月9日，株洲市天元区新建的\u202e大桥\u200b正式通车，投资"2.3亿元"，<img src=x onerror=alert(2)>全长1200米。\n',
        encoding="utf-8",
    )
    with served(shelf_of(build(tmp_path / "issue", source)), environment) as url:
        page = get(url, ISSUE + "articles/1/sentences/0").text
    assert re.findall(r"<(?:script|img|b)\b[^>]*>", page) == [
        '<script src="/static/htmx.min.js" defer>',
        '<script src="/static/desk.js" defer>',
    ]
    assert "&lt;script&gt;alert(1)" in page
    assert "[U+202E]" in page
    assert not re.search("[\u202e\u200b]", page)


def test_a_broken_issue_is_said(samples: Path, tmp_path: Path, environment: jinja2.Environment) -> None:
    """The page names the file and what is wrong with it."""
    folder = Path(shutil.copytree(samples, tmp_path / "issue"))
    (folder / "digest.json").write_text("{")
    with served(shelf_of(folder), environment) as url:
        answer = get(url, ISSUE)
    assert answer.status == 500
    assert "digest.json" in answer.text
    assert "Traceback" not in answer.text


class Faulty(Busy):
    """A shelf with a fault of ours."""

    def entries(self) -> tuple[Entry, ...]:
        raise ZeroDivisionError("by nothing")


def test_a_fault_of_ours_is_a_page(environment: jinja2.Environment, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever happens the reader gets words, and the terminal no trace."""
    with served(Faulty(), environment) as url:
        answer = get(url, "/")
    assert answer.status == 500
    assert "unexpected ZeroDivisionError: by nothing" in answer.text
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::2]"])
def test_a_foreign_host_is_refused(desk: str, host: str) -> None:
    """A page of another site that has its own name point here gets nothing."""
    answer = get(desk, ISSUE, Host=host)
    assert (answer.status, answer.headers["X-Content-Type-Options"]) == (400, "nosniff")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "LOCALHOST", "[::1]:80"])
def test_names_of_this_machine_are_answered(desk: str, host: str) -> None:
    """Any port, any case."""
    assert get(desk, ISSUE, Host=host).status == 200


@pytest.mark.parametrize(
    "path", [ISSUE, "/static/desk.css", "/none", ISSUE + "digest.html", "/", f"{ISSUE}articles/{'9' * 5000}/headline"]
)
def test_every_answer_is_guarded(desk: str, path: str) -> None:
    """Pages, files, errors and redirections bear the headers; no page may run a script or style of its own."""
    headers = get(desk, path).headers
    assert "unsafe" not in headers["Content-Security-Policy"].partition("style-src")[0]
    assert headers["Content-Security-Policy"].partition("default-src")[2].split(";")[0].strip() in ("'self'", "'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert len(headers.get_all("Content-Security-Policy")) == 1


def test_nothing_can_be_changed(desk: str) -> None:
    """The desk only shows."""
    assert get(desk, ISSUE, "POST").status == 405
    assert get(desk, ISSUE, "HEAD").content == b""


def test_no_page_names_another_host(desk: str) -> None:
    """Scripts, styles and pictures come from here; nothing is written into attributes that run."""
    page = get(desk, ISSUE + "articles/1/sentences/0").text
    assert re.findall(r"(?:src|href)=\"(?!/|#|\?)[^\"]*", page) == []
    assert "style=" not in page
    assert " on" not in "".join(re.findall(r"<[^>]+>", page)).replace(" one", "")


def test_the_schedule_is_shown(samples: Path, environment: jinja2.Environment) -> None:
    """The coming runs with zone and number, what was missed, what failed; every page links there."""
    with served(shelf_of(samples), environment, schedule=lambda: SCHEDULE) as url:
        page = get(url, "/schedule").text
        assert '<a href="/schedule">' in get(url, ISSUE).text
    for words in ("Asia/Shanghai", "2026-11-23 08:00", "UTC+08:00", "第2期", "2026-W44", "no article was found"):
        assert words in page


def test_the_desk_speaks_the_language_of_its_templates(samples: Path) -> None:
    """In English no Chinese is left but that of the issue itself: every page, receipt and fault."""
    english = load_templates(resource_folder("templates"), language="en")
    record = (samples / "digest.json").read_text(encoding="utf-8") + (samples / "articles.json").read_text("utf-8")
    chinese = re.compile("[\u4e00-\u9fff]+")
    own = {
        word for document in (samples / "documents").iterdir() for word in chinese.findall(document.read_text("utf-8"))
    }
    known = "".join(
        (*own, record, *(run.period for run in SCHEDULE.editions[0].runs), SCHEDULE.editions[0].title, "样刊")
    )
    with served(shelf_of(samples), english, schedule=lambda: SCHEDULE) as url:
        for path in ("", "?city=株洲市", "articles/1/headline", "articles/1/sentences/0", "articles/99/headline", "x"):
            page = get(url, ISSUE + quote(path, safe="/?=")).text
            assert '<html lang="en">' in page
            assert "Proof desk" in page
            assert [word for word in chinese.findall(page) if word not in known] == [], path
        assert "Weeks without an issue: 2026-W44." in get(url, "/schedule").text


def test_nothing_is_scheduled(samples: Path, environment: jinja2.Environment) -> None:
    """A schedule without editions says so."""
    with served(shelf_of(samples), environment, schedule=lambda: ScheduleView(())) as url:
        assert "没有排定任何一期" in get(url, "/schedule").text
