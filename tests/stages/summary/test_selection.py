"""Which sentences are quoted."""

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Appraisal, Fault, Prose
from digest.stages.sentences import text_prose
from digest.stages.summary import DEFAULT_METHOD, METHODS, Limits, appraise, rank_order, select
from tests.stages.summary.prose import STORY, prose

LEAD = "青石县河东公路11月3日建成通车，沿线6个村的3200名村民受益。"


def chosen(*sentences: str, title: str = "", limits: Limits | None = None) -> list[str]:
    """What is quoted of these sentences where the method prefers earlier ones, and all to the rest of the article."""
    rest = ("秋风送爽。", "稻谷飘香。", "丹桂开了。", "橘子红了。")
    listed = Prose(title, sentences + rest, (True,) + (False,) * (len(sentences) + 3))
    scores = [float(-n) for n in range(len(listed.sentences))]
    limits = limits or Limits()
    return [listed.sentences[i] for i in select(listed, appraise(listed, scores, limits), limits)]


def appraisal(sentence: str, *before: str) -> Appraisal:
    """What is made of a sentence behind these ones, all of equal score."""
    listed = (*before, sentence)
    return appraise(Prose("", listed, (True,) + (False,) * len(before)), [0.0] * len(listed), Limits())[-1]


@pytest.mark.parametrize(
    "sentence",
    [
        "河东公路建成之后如何让3200名村民受益？",
        "“路通了，我们村的3200名村民都不愁卖橘子了。”",
        "青石县河东公路11月3日建成通车，沿线",
        "青石县河东公路11月3日建成通车，主要有以下特点：",
        "青石县河东公路11月3日建成通车，沿线6个村……",
        "“青石县河东公路11月3日建成通车，沿线6个村受益。",
        "平安创建，重在责任落实。",
        "新征程上踔厉奋发，步履铿锵共赴未来。",
        "——在青石县河东公路建设中推进3项工作落实。",
        "其中，青石县河东公路建成通车，3200名村民受益。",
        "对此，青石县交通局投入8600万元修建河东公路。",
        "他带领3200名村民修通了青石县河东公路。",
        "去年以来，他带领3200名村民修通了青石县河东公路。",
        "这是青石县今年建成的第3条公路，3200名村民受益。",
        "一是青石县投入8600万元修建河东公路。",
        "我们青石县投入8600万元修建了河东公路。",
        "该局投入8600万元修建了青石县河东公路。",
    ],
)
def test_what_cannot_stand_alone_is_not_quoted(sentence: str) -> None:
    """Questions, fragments, slogans, list items and sentences that point outside are left out, whatever their score."""
    assert chosen(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        LEAD,
        "“路通了，橘子不愁卖了。”11月3日，青石县云溪村村民李大山说。",
        "李大山说：“去年3月动工的河东公路让我少走了1小时山路。”",
        "其他6个村的公路也将在今年12月建成通车。",
        "我县投入8600万元修建的河东公路建成通车。",
        "青石县交通局介绍，该局投入8600万元修建河东公路。",
    ],
)
def test_what_stands_alone_is_quoted(sentence: str) -> None:
    """News, quotations with their speaker and references that the sentence itself resolves may be quoted."""
    assert chosen(sentence) == [sentence]


def test_a_sentence_that_points_back_follows_the_one_it_points_at() -> None:
    """对此 is readable right behind the chosen sentence before it, and nowhere else."""
    back = "对此，青石县交通局投入8600万元修建3处停车区。"
    assert chosen(LEAD, back) == [LEAD, back]
    assert chosen(LEAD, "秋日的阳光洒在山坡上。", back) == [LEAD]


def test_the_text_of_a_list_item_lacks_its_subject() -> None:
    """What follows 二是对接沟通快。 names nobody who does it, and is not quoted."""
    news, head, item = LEAD, "二是对接沟通快。", "当天明确3个试点县和12个市直部门，限期报送方案。"
    assert chosen(news, head, item) == [news]
    assert chosen(news, item) == [news, item]


def test_the_said_unit_may_be_named_by_the_headline() -> None:
    """该局 is readable where the headline names a 局."""
    said = "该局投入8600万元修建了青石县河东公路。"
    assert chosen(said, title="青石县交通局获表彰") == [said]


def test_near_copies_are_quoted_once() -> None:
    """A sentence that repeats another with a word changed takes no second place."""
    assert chosen(LEAD, LEAD.replace("受益", "因此受益"), LEAD) == [LEAD]


def test_facts_beat_phrases() -> None:
    """A sentence with figures goes before one of equal rank without."""
    phrase = "青石县高度重视公路建设，把它摆在突出位置来抓。"
    one = Limits(max_sentences=1)
    assert chosen(phrase, LEAD, limits=one) == [LEAD]


def test_how_things_used_to_be_is_not_the_news() -> None:
    """The past state alone would mislead."""
    past = "曾经的云溪村有180户贫困户，不通公路，青石县最穷。"
    assert chosen(past, LEAD, limits=Limits(max_sentences=1)) == [LEAD]


def test_a_summary_stays_within_its_budget() -> None:
    """Sentences that do not fit are passed over for shorter ones."""
    longer = "青石县交通局投入" + "8600万元、" * 12 + "修建停车区。"
    shorter = "青石县图书馆11月2日新增400个座位。"
    assert chosen(LEAD, longer, shorter, limits=Limits(budget_chars=80)) == [LEAD, shorter]


def test_a_single_sentence_may_exceed_the_budget() -> None:
    """Better one long sentence than none, up to the hard limit."""
    assert chosen(LEAD, limits=Limits(budget_chars=20)) == [LEAD]
    assert chosen(LEAD, limits=Limits(budget_chars=20, max_chars=20)) == []


def test_nothing_yields_nothing() -> None:
    """An article without sentences has no summary."""
    assert appraise(prose(), [], Limits()) == ()
    assert select(prose(), (), Limits()) == ()
    assert rank_order(prose(), []) == ()


def test_scores_belong_to_sentences() -> None:
    """A score too few is an error."""
    with pytest.raises(ValueError, match="1 scores for 7 sentences"):
        appraise(prose(*STORY), [1.0], Limits())


def test_all_lines_are_ranked_by_score() -> None:
    """The best first, ties in the order of the text, copies once, a line without an end mark like any other."""
    given_prose = Prose("", ("桥通了", "路宽了。", "灯亮了。", "路 宽了。", "人来了！”"), (True,) * 5)
    assert rank_order(given_prose, [9, 1, 1, 1, 5]) == (0, 4, 1, 2)


FAULTY = {
    Fault.INCOMPLETE: "青石县河东公路11月3日建成通车，沿线",
    Fault.BREAKS_OFF: "青石县河东公路11月3日建成通车，沿线6个村……",
    Fault.QUESTION: "河东公路建成之后如何让3200名村民受益？",
    Fault.SECTION_HEAD: "——在青石县河东公路建设中推进3项工作落实。",
    Fault.UNBALANCED: "“青石县河东公路11月3日建成通车，沿线6个村受益。",
    Fault.NO_SPEAKER: "“路通了，我们村的3200名村民都不愁卖橘子了。”",
    Fault.TOO_SHORT: "青石县公路11月3日通车。",
    Fault.TOO_LONG: "青石县" + "投入8600万元、" * 20 + "修建停车区。",
    Fault.SLOGAN: "新征程上踔厉奋发，步履铿锵共赴未来。",
}
"""A sentence with each fault that its own words show."""


@pytest.mark.parametrize(("fault", "sentence"), FAULTY.items())
def test_what_can_never_be_quoted_says_why(fault: Fault, sentence: str) -> None:
    """A sentence with a fault has no worth, whatever its facts are."""
    found = appraisal(sentence)
    assert (found.fault, found.worth) == (fault, None)


def test_the_text_of_a_list_item_says_why() -> None:
    """Behind the bare head of an item the sentence's own words are without fault; its place is not."""
    item = "当天明确3个试点县和12个市直部门，限期报送方案。"
    assert appraisal(item, "二是对接沟通快。").fault is Fault.ITEM_TEXT
    assert appraisal(item, LEAD).fault is None


def test_every_fault_is_met() -> None:
    """No fault is left without a sentence that has it."""
    assert {*FAULTY, Fault.ITEM_TEXT, Fault.JOINED_AFAR} == set(Fault)


def test_worth_is_the_score_and_the_facts() -> None:
    """Among sentences of one score what is left is the facts, each under its name."""
    found = appraisal("对此，青石县交通局今年投入8600万元修建3处停车区。")
    assert found.facts == {"figures": 1.0, "actor": 0.4, "when": 0.2, "background": 0, "appeal": 0, "points_back": -0.5}
    assert found.worth == pytest.approx(sum(found.facts.values()))
    assert found.needs_previous
    assert appraisal("曾经的云溪村有180户贫困户，不通公路，青石县最穷。").facts["background"] == -2
    assert appraisal("必须把云溪村的公路摆在更加突出的位置来抓紧抓好。").facts["appeal"] == -0.7


def test_what_a_sentence_needs_named_is_told() -> None:
    """该局 needs a 局; a sentence that names one itself needs nothing."""
    assert appraisal("该局投入8600万元修建了青石县河东公路。").needs_named == "局"
    assert appraisal("青石县交通局介绍，该局投入8600万元修建河东公路。").needs_named is None


LINES = (
    LEAD,
    "对此，青石县交通局投入8600万元修建3处停车区。",
    "该局介绍，明年还将修建12公里公路。",
    "“路通了，我们村的3200名村民都不愁卖橘子了。”",
    "李大山说：“去年3月动工的河东公路让我少走了1小时山路。”",
    "青石县图书馆11月2日新增400个座位🚄，Qingshi Library延长开放2小时。",
    "秋日的阳光洒在山坡上？",
    "𠮷家村\ud800的稻田今年亩产720公斤，比去年多50公斤。",
)
PAGES = st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=4).map("".join), min_size=1, max_size=5)


def quoted(text: str) -> list[str]:
    """What is quoted of a text."""
    article = text_prose("青石县公路通车", text)
    appraisals = appraise(article, METHODS[DEFAULT_METHOD](article).scores, Limits())
    return [article.sentences[i] for i in select(article, appraisals, Limits())]


@given(page=PAGES)
@settings(max_examples=100, deadline=None)
def test_a_summary_is_a_part_of_the_text_that_can_be_read(page: list[str]) -> None:
    """Different sentences, in the order of the text, within the limits; none without its speaker, none pointing at what is not there."""
    text = "\n".join(page)
    found = quoted(text)
    assert len(set(found)) == len(found) <= Limits().max_sentences
    assert not {LINES[3], LINES[6]} & set(found)
    at = 0
    for one in found:
        at = text.index(one, at) + len(one)
    assert len(found) < 2 or sum(map(len, found)) <= Limits().budget_chars
    for i, one in enumerate(found):
        assert one != LINES[1] or i
        assert one != LINES[2] or any("局" in other for other in found[:i])


@given(page=PAGES, seed=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_spaces_and_blank_lines_change_no_summary(page: list[str], seed: Random) -> None:
    """Spaces put between Chinese characters and blank lines between paragraphs leave what is quoted as it is."""
    spaced = "\n\n".join(re.sub(r"(?<=[一-鿿])(?=[一-鿿])", lambda _: " " * seed.randint(0, 2), line) for line in page)
    assert ["".join(one.split()) for one in quoted(spaced)] == ["".join(one.split()) for one in quoted("\n".join(page))]


def test_a_second_sentence_of_a_paragraph_is_worth_less() -> None:
    """Two sentences of one paragraph are quoted only where they are not dear; else another paragraph has its turn."""
    article = prose(
        "近日，临江区建成32个充电站。临江区今年还将投资4600万元改造18个老旧小区。",
        "临江区卫健局组织120名医生到48个村义诊。",
    )
    appraisals = appraise(article, (3.0, 2.0, 1.0), Limits())
    worth = tuple(replace(one, worth=worth) for one, worth in zip(appraisals, (3.0, 2.0, 1.0), strict=True))
    assert select(article, worth, Limits(2, 400, same_paragraph=0.0)) == (0, 1)
    assert select(article, worth, Limits(2, 400, same_paragraph=9.0)) == (0, 2)


def test_halves_from_far_apart_are_never_quoted() -> None:
    """A join over half a page may be wrong, and nonsense is worse than a shorter summary."""
    joined = Prose("", (LEAD, "公路通车以后，3200名村民卖橘子更方便了。"), (True, False), frozenset({0}))
    first, second = appraise(joined, [1.0, 0.0], Limits())
    assert (first.fault, second.fault) == (Fault.JOINED_AFAR, None)
