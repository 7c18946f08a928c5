"""News written to mislead: what reads like a place and is none, and the same words where they are the place."""

import json
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.edges.gazetteer import load_gazetteer
from digest.model import ELSEWHERE, PROVINCE, Placement
from digest.stages.places import attribute, compile_atlas

HUNAN = compile_atlas(load_gazetteer(Path(__file__).parents[2] / "config" / "gazetteer", "hunan"))
CITIES = [prefecture.name for prefecture in HUNAN.gazetteer.prefectures]
Case = dict[str, str | None]
CASES: list[Case] = [
    json.loads(line) for line in Path(__file__).with_name("places_traps.jsonl").read_text("utf-8").splitlines()
]
"""Of our own writing. A city of null stands for news of no city of ours, be it the province's or from elsewhere."""
AT_HOME = [case for case in CASES if case["city"] in CITIES]
NEUTRAL = (
    "天气晴好，大家干劲十足。",
    "现场井然有序。",
    "工作人员耐心解答疑问。",
    "人们说，日子越来越好。",
    "２０２６年，这样的场面常有。",
)


def place(title: str | None, text: str | None) -> Placement:
    return attribute(title or "", text or "", HUNAN)


def home_city(title: str | None, text: str | None) -> str | None:
    """The city of ours that the news is given, None for none."""
    city = place(title, text).city
    return city if city in CITIES else None


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char in "0123456789" else char for char in text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['title'] or case['text']}"[:16])
def test_is_not_misled(case: Case) -> None:
    """City and county are those of the label."""
    placement = place(case["title"], case["text"])
    if case["city"] is None:
        assert placement.city in (PROVINCE, ELSEWHERE)
    else:
        assert (placement.city, placement.county) == (case["city"], case["county"])


def test_every_city_and_both_directions() -> None:
    """At least 120 cases; each city has some that are about it, and a third of all are about none."""
    by_city = Counter(case["city"] for case in CASES)
    assert len(CASES) >= 120
    assert all(by_city[city] >= 6 for city in CITIES)
    assert by_city[None] >= len(CASES) / 3


class TestWhatDoesNotMatter:
    @settings(deadline=None)
    @given(st.permutations(CASES))
    def test_order_of_articles(self, shuffled: list[Case]) -> None:
        """An article's place depends on no other article."""
        for case in shuffled[:20]:
            assert place(case["title"], case["text"]) == EXPECTED[case["title"], case["text"]]

    @settings(deadline=None)
    @given(st.sampled_from(CASES), st.lists(st.sampled_from(NEUTRAL), min_size=1, max_size=10))
    def test_neutral_text(self, case: Case, sentences: list[str]) -> None:
        """Sentences without a place, put at the end, change no city."""
        assert home_city(case["title"], f"{case['text']}\n{''.join(sentences)}") == home_city(
            case["title"], case["text"]
        )

    @settings(deadline=None)
    @given(st.sampled_from(CASES), st.randoms(use_true_random=False))
    def test_width_and_spaces(self, case: Case, chance: random.Random) -> None:
        """Full-width digits, and white space within names, break no match."""
        title, text = case["title"] or "", case["text"] or ""
        spaced = "".join(char + chance.choice(["", "", " ", "　", "\n"]) for char in full_width(text))
        before, after = place(title, text), place(title, spaced)
        assert (after.city, after.county, after.confidence) == (before.city, before.county, before.confidence)

    @pytest.mark.parametrize(
        "sentence",
        [
            "来自湖南长沙的游客李先生说，不虚此行。",
            "湖南省怀化市的客商王女士也专程赶来。",
            "一名湖南邵阳籍男子见义勇为。",
            "他毕业于湘潭大学。",
            "产品还销往湖南岳阳、湖北武汉。",
            "岳阳路与长沙路交会处设有站点。",
            "死者张某，湖南省娄底市新化县人。",
            "家属已从湖南益阳赶到。",
            "此前，湖南郴州也发生过类似事故。",
            "比如湖南湘潭，已先行试点。",
            "他在株洲打过工。",
            "该产品由湖南益阳一家企业生产。",
            "一辆挂湖南常德牌照的货车停在路边。",
            "据专家、湖南益阳市农业局的刘某介绍，效果不错。",
        ],
    )
    def test_passing_mention_far_from_home(self, sentence: str) -> None:
        """A person, a visitor, a road, a school, goods or an example of ours bring news from elsewhere no city of ours."""
        for case in CASES:
            if case["city"] is None:
                assert home_city(case["title"], f"{case['text']}{sentence}") is None

    @pytest.mark.parametrize(
        "sentence",
        [
            "来自广东深圳的游客李先生说，不虚此行。",
            "江西省萍乡市的客商王女士也专程赶来。",
            "一名四川成都籍男子参与其中。",
            "他毕业于武汉大学。",
            "产品还销往广东、浙江、上海等地。",
            "其他城市也有类似做法，如江苏南京。",
            "他在广东东莞打过工。",
            "该产品由湖北武汉一家企业生产。",
            "上海学生来到现场。",
        ],
    )
    def test_passing_mention_at_home(self, sentence: str) -> None:
        """A person, a visitor, a school or a market elsewhere takes news from home no city."""
        for case in AT_HOME:
            assert home_city(case["title"], f"{case['text']}{sentence}") == case["city"]


EXPECTED = {(case["title"], case["text"]): place(case["title"], case["text"]) for case in CASES}


def test_time_is_linear() -> None:
    """Four times the text takes about four times as long, and by no means sixteen times."""
    text = "".join(f"{case['text']}" for case in CASES)

    def seconds(copies: int) -> float:
        times = []
        for _ in range(5):
            start = time.process_time()
            place("", text * copies)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(12) < 12 * seconds(3)
