"""The whole line in one process: the laws that no stage can hold alone."""

import datetime as dt
import email
import email.policy
import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import pipeline
from digest.edges.resources import resource_folder
from digest.edges.templates import load_templates
from digest.errors import NothingToDo
from digest.model import Document, Issue, Letterhead, Page
from digest.pipeline import Request, Tools
from digest.quote import Quote, Repair, restore
from digest.stages.places import compile_atlas
from digest.stages.summary import Limits, method
from digest.text import fold_width, noise
from tests.build import week
from tests.splitting import GAZETTEER, MODEL

TOOLS = Tools(GAZETTEER, compile_atlas(GAZETTEER), "centrality", method("centrality"), Limits(), MODEL)
HEAD = Letterhead("weekly", "digest@news.example")
TEMPLATES = load_templates(resource_folder("templates"))
REQUEST = Request("湖南市州新闻周报")

PIECES = (
    "## ", "\n", "\r\n", "\n\n", "——", "(李明 王芳)", "本报记者 李明", "图为", "近日,", "永州市", "道县", "全省", "湖南省", "株洲市税务局",
    "召开会议,部署冬修水利工作。", "全市投入2.3亿元,整修渠道860公里;株洲市清淤山塘1260口;岳阳市疏挖沟渠310公里。", "“渠道通了。”村民说。", "他说:",
    "发布时间:2026年11月10日", "来源:红网", "……", "!", "(下转第3版)", "　　", "\u200b", "Ａ１", "一是", "一张标准,稳住老味道", "😀", "ABC 12.5%",
)  # fmt: skip


def page(text: str, name: str = "a.txt") -> Page:
    return Page(Document(name, name, "0" * 64, "utf-8", text), 0, len(text), "text")


def quotes(issue: Issue) -> Iterator[Quote]:
    """Everything that an issue quotes."""
    for section in issue.sections:
        yield from (brief.sentence for brief in section.briefs)
        for story in section.stories:
            yield story.label
            yield from (sentence.quote for sentence in story.sentences)


def plain(text: str) -> str:
    """A text without white space and control characters, in half-width forms."""
    bare = "".join(text.split())
    controls = {edit.at for edit in noise(bare) if edit.kind == "control"}
    return fold_width("".join(char for i, char in enumerate(bare) if i not in controls))


def check_reading(article: dict[str, Any], text: str) -> None:
    """Whether what `articles.json` says of an article holds: receipts, scores, spans of the evidence."""
    quoted = [one for one in (article["headline"], article["subtitle"], article["dateline"]) if one]
    for one in (*quoted, *article["sentences"]):
        receipt = one["receipt"]
        assert restore(text, receipt["spans"], [Repair(**repair) for repair in receipt["repairs"]]) == one["text"]
    for i, sentence in enumerate(article["sentences"]):
        assert sentence["index"] == i
        assert sum(sentence["terms"].values()) == pytest.approx(sentence["score"], abs=1e-5)
        assert (sentence["worth"] is None) == (sentence["fault"] is not None)
        assert not (sentence["chosen"] and sentence["fault"])
    for item in article["evidence"]:
        found = "".join(text[a:b] for a, b in item["spans"])
        assert not found or plain(found) == plain(item["matched"])


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
def test_any_page_is_survived_and_every_quote_is_true(pieces: list[str]) -> None:
    """Whatever stands on a page, the line ends in an issue whose receipts hold, or in nothing to do."""
    text = "".join(pieces).encode("utf-8", "ignore").decode()
    try:
        plan = pipeline.plan([page(text)], [], REQUEST, TOOLS)
    except NothingToDo:
        return
    for quote in quotes(plan.issue):
        assert restore(text, quote.spans, quote.repairs) == quote.text
        assert all(len(r.now) <= len(r.was) or (r.kind, r.now) == ("cut_clause", "。") for r in quote.repairs)
    written = pipeline.files(plan, TEMPLATES, HEAD, ZoneInfo("Asia/Shanghai"))
    assert json.loads(written["digest.json"])["fingerprint"] == plan.issue.fingerprint
    for article in json.loads(written["articles.json"])["articles"]:
        check_reading(article, text)


def test_a_document_that_comes_twice_is_read_once() -> None:
    """The same page under the same name yields its articles once, numbered from one."""
    text = "永州冬修水利开工\n\n近日,永州市召开会议,部署冬修水利工作,计划整修渠道860公里。\n\n(李明)\n"
    ((document, articles),) = pipeline.split([page(text), page(text)], TOOLS)
    assert document.id == "a.txt"
    assert [article.n for article in articles] == [1]


def test_nothing_of_the_period_is_nothing_to_do() -> None:
    """When every article is dated outside the period there is nothing to build."""
    text = "永州冬修水利开工\n发布时间:2026年11月10日\n近日,永州市召开会议,部署冬修水利工作,计划整修渠道860公里。\n"
    with pytest.raises(NothingToDo, match="none of 1 articles"):
        pipeline.plan([page(text)], [], Request("周报", since=dt.date(2027, 1, 1)), TOOLS)


def test_a_dateline_places_an_article_and_is_not_quoted() -> None:
    """本报衡阳讯 is no part of the text, and still tells the city."""
    text = "解放路路灯坏了\n\n本报衡阳讯(记者 李明)昨日,市民李先生反映,解放路路灯损坏多日,夜间出行十分不便。\n"
    issue = pipeline.plan([page(text)], [], REQUEST, TOOLS).issue
    (story,) = issue.stories
    assert story.city == "衡阳市"
    assert "本报" not in story.sentences[0].text


def test_a_round_up_leaves_briefs_in_the_cities() -> None:
    """An article of the whole province stays one story; its clauses stand under the cities that they speak of."""
    text = (
        "全省冬修水利全面铺开\n\n11月12日，记者从湖南省水利厅获悉，全省今冬明春水利建设已开工各类工程1.62万处，完成投资58.4亿元。\n\n"
        "长沙市加固浏阳河堤防42公里；株洲市清淤山塘1260口，新增蓄水能力380万立方米；岳阳市疏挖沟渠310公里。\n\n(肖明远)\n"
    )
    issue = pipeline.plan([page(text)], [], REQUEST, TOOLS).issue
    filed = {section.city: (len(section.stories), len(section.briefs)) for section in issue.sections}
    assert filed["province"] == (1, 0)
    assert [filed[city] for city in ("长沙市", "株洲市", "岳阳市", "永州市")] == [(0, 1), (0, 1), (0, 1), (0, 0)]


def test_the_mail_of_a_refused_issue_says_so() -> None:
    """Quotes that stand in no document: all files are there for whoever looks for the fault, and the subject says not to send it."""
    refused = pipeline.files(pipeline.Plan(week(), ()), TEMPLATES, HEAD, ZoneInfo("Asia/Shanghai"))
    assert json.loads(refused["digest.json"])["gate"]["sendable"] is False
    mail = email.message_from_bytes(refused["digest.eml"], policy=email.policy.default)
    assert mail["Subject"] == "〔未通过核对，请勿发送〕湖南市州新闻周报 第46期 2026年11月9日—11月15日"
    assert "勿发" not in refused["digest.html"].decode() + refused["digest.txt"].decode()
    text = "永州冬修水利开工\n\n近日,永州市召开会议,部署冬修水利工作,计划整修渠道860公里。\n\n(李明)\n"
    passed = pipeline.files(pipeline.plan([page(text)], [], REQUEST, TOOLS), TEMPLATES, HEAD, ZoneInfo("Asia/Shanghai"))
    mail = email.message_from_bytes(passed["digest.eml"], policy=email.policy.default)
    assert mail["Subject"] == "湖南市州新闻周报"


def readings(*texts: str) -> list[dict[str, Any]]:
    """The articles of `articles.json`, as built from these pages."""
    plan = pipeline.plan([page(text, f"{n}.txt") for n, text in enumerate(texts)], [], REQUEST, TOOLS)
    written = pipeline.files(plan, TEMPLATES, HEAD, ZoneInfo("Asia/Shanghai"))
    found: list[dict[str, Any]] = json.loads(written["articles.json"])["articles"]
    return found


def test_how_an_article_was_read_is_written_down() -> None:
    """Place, evidence with its characters, and every sentence with score, terms, worth and what speaks against it."""
    text = "道县冬修水利开工\n\n近日,道县召开会议,部署冬修水利工作,计划整修渠道860公里。渠道何时能修好?\n\n(李明)\n"
    (article,) = readings(text)
    check_reading(article, text)
    assert (article["id"], article["city"], article["county"], article["authors"]) == (
        "0.txt#1",
        "永州市",
        "道县",
        ["李明"],
    )
    assert article["headline"]["text"] == "道县冬修水利开工"
    assert [text[a:b] for item in article["evidence"] for a, b in item["spans"]] == ["道县", "道县"]
    assert [item["field"] for item in article["evidence"]] == ["title", "text"]
    news, question = article["sentences"]
    assert news["chosen"]
    assert news["facts"]["figures"] == 0.5
    assert set(news["terms"]) == {
        "foreshadows",
        "repeats",
        "headline",
        "topic",
        "position",
        "opens_paragraph",
        "length",
        "question",
    }
    assert (question["fault"], question["worth"], question["chosen"]) == ("question", None, False)


def test_an_article_that_is_not_quoted_is_written_down_too() -> None:
    """Its sentences say why."""
    (told, untold) = readings(
        "道县冬修水利开工\n\n近日,道县召开会议,部署冬修水利工作,计划整修渠道860公里。\n\n(李明)\n",
        "道县的渠道\n\n道县的渠道何时能修好?\n\n(李明)\n",
    )
    assert [sentence["chosen"] for sentence in (*told["sentences"], *untold["sentences"])] == [True, False]
    assert untold["sentences"][0]["fault"] == "question"


def test_articles_stand_a_line_each() -> None:
    """The file can be read by eye and with line tools; the same pages yield the same bytes."""
    texts = ["道县冬修水利开工\n\n近日,道县召开会议,部署冬修水利工作,计划整修渠道860公里。\n\n(李明)\n"] * 3
    pages = [page(text, f"{n}.txt") for n, text in enumerate(texts)]
    twice = [
        pipeline.files(pipeline.plan(pages, [], REQUEST, TOOLS), TEMPLATES, HEAD, ZoneInfo("Asia/Shanghai"))
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    opening, *lines, closing = twice[0]["articles.json"].decode().splitlines()
    assert (opening, closing) == ('{"articles": [', "]}")
    assert [json.loads(line.removesuffix(","))["id"] for line in lines] == ["0.txt#1", "1.txt#1", "2.txt#1"]
