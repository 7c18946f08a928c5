"""Reports of one event are joined, reports of different events are not."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, Paragraph, Placement, Ranking, Summary
from digest.quote import quote
from digest.stages.stories import group

TRAIN = "11月10日，郴州国际陆港开出首趟铁海联运班列，45个集装箱的建材经深圳盐田港运往越南胡志明市，全程用时6天。"
TRAIN_RETOLD = "11月10日上午，郴州国际陆港首趟铁海联运班列开行，45个集装箱的建材将经深圳盐田港发往越南胡志明市。"
RICE = "近日，南县稻虾产业园的错峰小龙虾上市，每公斤售价比夏季高出12元，合作社当天发货3.2吨。"
ROAD = "11月12日，双牌县何家洞镇的通村公路改造完工，沿线6个村2300余名村民出行时间缩短半小时。"


def summary(n: int, title: str, text: str, city: str = "郴州市", day: int | None = 10) -> Summary:
    document = f"{n}.txt"
    article = Article(
        document,
        1,
        quote(document, title, [(0, len(title))]),
        None,
        (),
        dt.date(2026, 11, day) if day else None,
        None,
        None,
        (Paragraph(quote(document, text, [(0, len(text))])),),
        truncated=False,
    )
    return Summary(article, Placement(city, None, 1.0, (), None), (), Ranking.whole("lead", ()), (), (), "lead")


def ids(groups: tuple[tuple[Summary, ...], ...]) -> list[list[str]]:
    return [[member.article.document for member in members] for members in groups]


def test_nothing_to_group() -> None:
    """No summary, no group; one summary is a group of its own."""
    assert group([]) == ()
    assert ids(group([summary(1, "班列开行", TRAIN)])) == [["1.txt"]]


def test_a_reprint_is_joined_even_when_shortened() -> None:
    """An article that repeats half of another tells the same event, under whatever headline."""
    long = summary(1, "郴州首趟铁海联运班列开行", TRAIN + RICE)
    short = summary(2, "开行了", TRAIN)
    other = summary(3, "通村公路完工", ROAD)
    assert ids(group([long, other, short])) == [["1.txt", "2.txt"], ["3.txt"]]


def test_an_event_retold_in_other_words_is_joined() -> None:
    """Two papers with like headlines and openings tell the same event when they are of the same days."""
    one = summary(1, "郴州首趟铁海联运班列开行", TRAIN)
    two = summary(2, "郴州开出首趟铁海联运班列", TRAIN_RETOLD)
    assert len(group([one, two])) == 1
    assert len(group([one, summary(2, "郴州开出首趟铁海联运班列", TRAIN_RETOLD, day=13)])) == 2
    assert len(group([one, summary(2, "郴州开出首趟铁海联运班列", TRAIN_RETOLD, day=None)])) == 2


def test_different_events_stay_apart() -> None:
    """Neither other events of a city nor the same words in another city are joined."""
    events = [
        summary(1, "错峰虾上市", RICE),
        summary(2, "通村公路完工", ROAD),
        summary(3, "通村公路完工", ROAD, "永州市"),
    ]
    assert len(group(events)) == 3


def test_numbers_in_headlines_tell_events_apart() -> None:
    """The sixth and the seventh day of the games are two events, however alike their reports."""
    one = summary(1, "市运会第六个比赛日产生32枚金牌", "市运会12日进入第六个比赛日，全天产生32枚金牌。")
    two = summary(2, "市运会第七个比赛日产生18枚金牌", "市运会13日进入第七个比赛日，全天产生18枚金牌。", day=11)
    assert len(group([one, two])) == 2


def test_the_next_report_on_the_same_form_is_another_event() -> None:
    """This week's air and last week's share all words and no figure."""
    form = "本周全市空气优良天数{}天，PM2.5平均浓度{}微克每立方米，同比下降{}%，市生态环境局提醒市民关注空气质量变化，合理安排户外活动。"
    reports = [summary(i, "一周空气", form.format(*n), day=None) for i, n in enumerate([(6, 35, 4.1), (2, 88, 0.7)])]
    assert len(group(reports)) == 2
    months = [summary(1, "10月份行情", RICE), summary(2, "11月份行情", RICE + "合作社还在扩建。")]
    assert len(group(months)) == 2


def test_any_number_of_copies_is_one_story() -> None:
    """A text that everybody prints is one story, however many print it."""
    assert len(group([summary(i, "错峰虾上市", RICE) for i in range(60)])) == 1


@given(st.permutations(range(5)))
def test_the_order_given_does_not_change_the_groups(given_: list[int]) -> None:
    """Every summary is in exactly one group, and the groups are the same in any order."""
    texts = [TRAIN, TRAIN_RETOLD, RICE, ROAD, RICE + ROAD]
    made = [summary(i, f"{i}号稿", text) for i, text in enumerate(texts)]
    groups = group([made[i] for i in given_])
    assert sorted(member for members in ids(groups) for member in members) == [f"{i}.txt" for i in range(5)]
    assert {frozenset(members) for members in ids(groups)} == {frozenset(members) for members in ids(group(made))}
