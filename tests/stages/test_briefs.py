"""A round-up's sentences and clauses go to the cities that they speak of."""

from digest.model import PROVINCE
from digest.quote import restore
from digest.stages.briefs import briefs_of
from tests.build import story

ROUND_UP = (
    "怀化市建成种子库，收种1200份；株洲市开行“专列（红色；绿色）”，惠及5个县；岳阳市疏浚河道37公里，下月完工。",
    "长沙市和湘潭市分别召开会议，部署下一步工作。",
    "娄底市修复渠道205处，受益农田3万亩。",
)


def subject(text: str) -> str | None:
    named = [city for city in ("怀化市", "株洲市", "岳阳市", "长沙市", "湘潭市", "娄底市") if city in text]
    return named[0] if len(named) == 1 else None


def test_each_city_gets_its_clause_or_sentence() -> None:
    """Clauses between semicolons are closed with 。; a sentence of one city stays whole; of two cities it is nobody's."""
    told = story("全省开展冬修", *ROUND_UP, city=PROVINCE)
    briefs = briefs_of(told, told.sentences, subject)
    assert {city: brief.sentence.text for city, (brief,) in briefs.items()} == {
        "怀化市": "怀化市建成种子库，收种1200份。",
        "株洲市": "株洲市开行“专列（红色；绿色）”，惠及5个县。",
        "岳阳市": "岳阳市疏浚河道37公里，下月完工。",
        "娄底市": "娄底市修复渠道205处，受益农田3万亩。",
    }
    assert all(brief.article == told.id for (brief,) in briefs.values())


def test_cities_between_commas_share_the_whole() -> None:
    """A sentence whose parts between commas speak of a city each is a brief of each, uncut."""
    told = story("全省开展冬修", *ROUND_UP[::2], "冬修期间，长沙市修塘205口，湘潭市清渠37公里。", city=PROVINCE)
    briefs = briefs_of(told, told.sentences, subject)
    for city in ("长沙市", "湘潭市"):
        (brief,) = briefs[city]
        assert (brief.sentence.text, brief.sentence.repairs) == ("冬修期间，长沙市修塘205口，湘潭市清渠37公里。", ())


def test_a_brief_has_a_receipt() -> None:
    """A clause's receipt yields it, its closing 。 recorded as `cut_clause`."""
    told = story("全省开展冬修", *ROUND_UP, city=PROVINCE)
    for (brief,) in briefs_of(told, told.sentences, subject).values():
        document = next(text for text in ROUND_UP if brief.sentence.text[:-1] in text)
        assert restore(document, brief.sentence.spans, brief.sentence.repairs) == brief.sentence.text


def test_fewer_than_three_cities_are_no_round_up() -> None:
    """A story of two cities stays where it is."""
    told = story("两市会商", ROUND_UP[2], "岳阳市疏浚河道37公里，下月完工。", city=PROVINCE)
    assert briefs_of(told, told.sentences, subject) == {}
