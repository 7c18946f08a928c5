"""The issue: official order, a stated order of stories, periods, and labels of stories without a headline."""

import datetime as dt
from dataclasses import replace

import pytest

from digest.model import (
    ELSEWHERE,
    PROVINCE,
    Article,
    Division,
    Document,
    Gazetteer,
    Paragraph,
    Placement,
    Ranking,
    Sentence,
    Story,
    Summary,
)
from digest.quote import quote
from digest.stages.issue import compose, dated, in_period, shown_period, tell
from tests.build import brief, day, issue, source, story

GAZETTEER = Gazetteer(
    Division("430000", "湖南省", ("湖南省",), None),
    (Division("430100", "长沙市", ("长沙市",), None), Division("430200", "株洲市", ("株洲市",), None)),
    (),
    (),
    (),
)


def summary(
    n: int, text: str, headline: str | None = None, truncated: bool = False, on: dt.date | None = None
) -> Summary:
    document = f"{n}.txt"
    whole = quote(document, text, [(0, len(text))])
    article = Article(
        document, 1, quote(document, headline, [(0, len(headline))]) if headline else None, None, (), on, None, None,
        (Paragraph(whole),), truncated,
    )  # fmt: skip
    placement = Placement("株洲市", None, 1.0, (), None)
    return Summary(article, placement, (Sentence(whole, 0, 0),), Ranking.whole("lead", (1.0,)), (), (0,), "lead")


def documents(*summaries: Summary) -> dict[str, Document]:
    return {s.article.document: Document(s.article.document, s.article.document, "", "utf-8", "") for s in summaries}


def test_sections_stand_in_official_order() -> None:
    """Every prefecture has its section, empty ones too, then the province, then elsewhere; briefs stand under their city."""
    round_up = story("全省冬修", "全省开工1.6万处工程。", city=PROVINCE)
    stories = [story("外省", "河南小麦播种完成。", city=ELSEWHERE), round_up, story("株洲", "株洲开工。")]
    composed = compose(stories, {"长沙市": [brief("长沙市开工。", round_up)]}, GAZETTEER, issue())
    assert [(s.city, s.code, s.title, len(s.stories), len(s.briefs)) for s in composed.sections] == [
        ("长沙市", "430100", "长沙市", 0, 1),
        ("株洲市", "430200", "株洲市", 1, 0),
        (PROVINCE, "430000", "全省/多地", 1, 0),
        (ELSEWHERE, "", "省外·其他", 1, 0),
    ]


def test_the_order_of_stories() -> None:
    """More papers first, a missing headline last, then the longer report."""
    shared = story("两报同题", "甲。", sources=[source("甲报"), source("乙报")])
    untitled = story(None, "长长的报道没有题目，" * 9)
    short, long = story("短", "短。"), story("长", "长" * 90)
    made = [untitled, short, long, shared]
    sized = [_sized(s) for s in made]
    section = next(s for s in compose(sized, {}, GAZETTEER, issue()).sections if s.city == "株洲市")
    assert [s.label.text[:4] for s in section.stories] == ["两报同题", "长", "短", "长长的报"]


def _sized(told: Story) -> Story:
    return replace(told, length_chars=sum(len(s.text) for s in told.sentences))


def test_the_fingerprint_is_of_the_content() -> None:
    """The same content has the same fingerprint, another content another."""
    one = compose([story("甲", "甲。")], {}, GAZETTEER, issue())
    assert one.fingerprint == compose([story("甲", "甲。")], {}, GAZETTEER, issue()).fingerprint
    assert one.fingerprint != compose([story("甲", "乙。")], {}, GAZETTEER, issue()).fingerprint


def test_a_story_is_told_by_its_most_complete_report() -> None:
    """A truncated report never tells the story when a whole one is there; all sources are kept in order."""
    cut, whole = summary(1, "开头很长很长很长的报道，后面没有了", "题", truncated=True), summary(2, "全文。", "题")
    told = tell([cut, whole], documents(cut, whole))
    assert told.id == "2.txt#1"
    assert [s.document for s in told.sources] == ["1.txt", "2.txt"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "近年来，国家税务总局湖南省税务局强化党建引领，聚力品牌打造。",
            "近年来，国家税务总局湖南省税务局强化党建引领",
        ),
        ("11月10日，东坪镇骑行道建成开放。", "11月10日，东坪镇骑行道建成开放"),
        ("短句。", "短句"),
        ("一" * 60 + "。", "一" * 40),
        ("昨天，" + "一" * 60 + "。", "昨天"),
    ],
)
def test_what_heads_a_story_without_a_headline(text: str, label: str) -> None:
    """The opening clause of its first sentence, long enough to tell something, never longer than a headline."""
    one = summary(1, text)
    told = tell([one], documents(one))
    assert told.headline is None
    assert told.label.text == label


def test_periods() -> None:
    """Both ends are included, an open end takes everything, an undated article is always in."""
    since, until = day("11-09"), day("11-15")
    assert [in_period(summary(1, "。", on=on).article, since, until) for on in (since, until, day("11-08"), day("11-16"), None)] == [
        True, True, False, False, True,
    ]  # fmt: skip
    assert in_period(summary(1, "。", on=day("11-16")).article, since, None)
    articles = [summary(1, "。", on=day("11-10")).article, summary(2, "。", on=day("11-12")).article]
    assert shown_period(articles, None, None) == shown_period(articles, day("11-10"), day("11-12"))
    assert shown_period(articles, since, None) == shown_period([], since, day("11-12"))
    assert shown_period([], None, until) == shown_period([], until, until)
    assert shown_period([], None, None) is None


def test_a_stated_date_wins_over_the_fallback() -> None:
    """The fallback dates only what states no date."""
    assert dated(summary(1, "。").article, day("11-10")).published == day("11-10")
    assert dated(summary(1, "。", on=day("11-09")).article, day("11-10")).published == day("11-09")
