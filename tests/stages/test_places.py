import json
import pickle
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edges.gazetteer import load_gazetteer
from digest.model import ELSEWHERE, PROVINCE, Division, Evidence, Gazetteer, Placement
from digest.stages.places import Atlas, attribute, compile_atlas

GAZETTEERS = Path(__file__).parents[2] / "config" / "gazetteer"
HUNAN = compile_atlas(load_gazetteer(GAZETTEERS, "hunan"))
QINGHAI = compile_atlas(load_gazetteer(GAZETTEERS, "qinghai"))
CASES = [
    json.loads(line)
    for line in Path(__file__).with_suffix("").with_name("places.jsonl").read_text("utf-8").splitlines()
]
"""News of our own writing with the place that an editor would file it under, and why where we fail to."""


def place(title: str = "", text: str = "") -> Placement:
    return attribute(title, text, HUNAN)


def city(title: str = "", text: str = "") -> str:
    return place(title, text).city


def reasons(placement: Placement) -> dict[str, str]:
    return {item.matched: item.reason for item in placement.evidence}


def county(code: str, *names: str) -> Division:
    return Division(code, names[0], names, code[:4] + "00")


def small_province(*counties: Division, elsewhere: tuple[str, ...] = (), words: tuple[str, ...] = ()) -> Gazetteer:
    """东省 with the cities 江城市 and 山城市."""
    return Gazetteer(
        province=Division("990000", "东省", ("东省",), None),
        prefectures=(
            Division("990100", "江城市", ("江城市", "江城"), None),
            Division("990200", "山城市", ("山城市", "山城"), None),
        ),
        counties=counties,
        townships=(),
        elsewhere=elsewhere,
        words=words,
    )


@pytest.fixture(scope="module")
def small() -> Atlas:
    return compile_atlas(small_province(county("990221", "禾丰县"), elsewhere=("西省",), words=("丰禾丰收",)))


def parameter(case: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else []
    return pytest.param(case, id=(case["title"] or case["text"])[:16], marks=marks)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_files_news_where_an_editor_would(case: dict[str, str]) -> None:
    """City and county are those of the label."""
    placement = place(case["title"], case["text"])
    assert (placement.city, placement.county) == (case["city"], case["county"])


def test_cases_cover_every_city() -> None:
    """Each prefecture, the province and elsewhere have at least one case."""
    cities = {prefecture.name for prefecture in HUNAN.gazetteer.prefectures}
    assert {case["city"] for case in CASES} == cities | {PROVINCE, ELSEWHERE}


@pytest.mark.parametrize("division", HUNAN.gazetteer.counties, ids=lambda division: division.name)
def test_knows_every_county_by_its_name(division: Division) -> None:
    """A county's or zone's full name alone gives the county and its prefecture."""
    placement = place(f"{division.name}召开推进会", f"近日，{division.name}召开会议，部署工作。")
    prefecture = HUNAN.official(division.parent or "")
    assert (placement.city, placement.county) == (prefecture, division.name)


class TestAbstaining:
    def test_nothing_to_go_by(self) -> None:
        """Empty fields and texts without any place belong elsewhere, unsurely and without evidence."""
        for placement in (place(), place("小满", "小满时节，农人忙。")):
            assert placement == Placement(ELSEWHERE, None, 0.5, (), None)

    def test_round_up_of_all_cities(self) -> None:
        """Where every city is named once, the news is the province's."""
        names = "".join(f"{prefecture.name}修了路。" for prefecture in HUNAN.gazetteer.prefectures)
        assert city("各地见闻", names) == PROVINCE

    def test_two_equal_cities(self) -> None:
        """Of two cities with the same weight neither gets the news; the first in official order is the runner-up."""
        placement = place("", "株洲市修了路，湘潭市架了桥。")
        assert (placement.city, placement.runner_up) == (PROVINCE, "株洲市")

    def test_one_mention_says_little_of_a_long_text(self) -> None:
        """Two names far down give a short text its city and a long one none; a single one there gives none at all."""
        named = "株洲开了花市。花农多是株洲市人。株洲市花市年年有。"
        assert city("", "春天来了。" * 30 + named) == "株洲市"
        assert city("", "春天来了。" * 2000 + named) == ELSEWHERE
        assert city("", "春天来了。" * 30 + "株洲市也有花市。") == ELSEWHERE

    def test_offices_without_a_name_belong_to_the_province_that_is_named(self) -> None:
        """省委 in news that names another province only is no news of ours."""
        assert city("", "省委召开会议，全省收看。") == PROVINCE
        assert city("", "江西省召开会议，省政府有关负责人出席，全省收看。") == ELSEWHERE


class TestReading:
    def test_correspondents_write_from_the_capital(self) -> None:
        """A dateline in the capital says little, a local one says where."""
        assert city("", "新华社长沙5月1日电 韶山市迎来研学团队。") == "湘潭市"
        assert reasons(place("", "本报衡阳讯 路灯亮了。"))["衡阳"] == "dateline"

    @pytest.mark.parametrize(
        ("text", "name", "reason"),
        [
            ("株洲市税务局走访企业。", "株洲市", "office of the place"),
            ("株洲市的花开了。", "株洲市", "named in the lead"),
            ("春天来了。" * 30 + "株洲市的花开了。", "株洲市", "named"),
            ("茶陵县、攸县的花开了。", "攸县", "one of several counties of its city"),
            ("他曾任株洲市市长。", "株洲市", "earlier office of a person"),
            ("伤者家住株洲市。", "株洲市", "home of a person"),
            ("警方收到广东佛山的锦旗。", "佛山", "sender of a letter or gift"),
            ("医疗队赴新疆。", "新疆", "destination of people from home"),
            ("株洲市派出医疗队。", "株洲市", "sends people or help"),
            ("小说《湘西往事》再版。", "湘西", "within the title of a work"),
            ("广东佛山下雨。", "广东", "begins an address elsewhere"),
        ],
    )
    def test_says_what_counts(self, text: str, name: str, reason: str) -> None:
        """The evidence names what a mention counts for: where it stands, whose office it is, who comes and who goes."""
        assert reasons(place("", text))[name] == reason

    @pytest.mark.parametrize(
        ("text", "name", "reason"),
        [
            ("王某来自常德，现居外地。", "常德", "origin of a person"),
            ("湖南长沙人，教师。", "长沙", "origin of a person"),
            ("长沙理工大学的学生。", "长沙", "university"),
            ("株洲路通车。", "株洲", "road or product"),
            ("列车开往怀化。", "怀化", "on the way"),
            ("沅江水域开展巡查。", "沅江", "river"),
            ("湖南省首个试点落户。", "湖南省", "rank in the province"),
            ("株洲、湘潭、岳阳下雨。", "湘潭", "one of a list"),
            ("湖南日报客户端消息。", "湖南", "medium of the province or from elsewhere"),
            ("产品远销常德。", "常德", "where goods are sold"),
            ("广州等不少城市都有，如株洲。", "株洲", "example or comparison"),
            ("广州下了雪，株洲也下了雪。", "株洲", "named beside another place"),
            ("广州的机组由株洲一家企业制造。", "株洲", "where something was made"),
            ("公司在长沙、武汉设有分公司。", "长沙", "branch of a company"),
            ("专家、株洲市农业局的刘某说。", "株洲市", "where an expert works"),
            ("湘雅医院（湖南长沙）参与研究。", "长沙", "in brackets behind what comes from there"),
            ("他在株洲打过工。", "株洲", "earlier office of a person"),
            ("上海学生到了，株洲的花开了。", "上海", "people from there"),
            ("长沙姑娘在青岛夺冠。", "长沙", "somebody from there, in news that names other places"),
            ("西安市长安区南岳庙开门。", "南岳", "part of a place elsewhere"),
            ("长沙舰访问新加坡。", "长沙", "road or product"),
        ],
    )
    def test_discounts(self, text: str, name: str, reason: str) -> None:
        """What stands around a name tells that the news is not from there; the evidence names the reason."""
        assert reasons(place("", text))[name] == reason

    @pytest.mark.parametrize(
        ("text", "where"),
        [
            ("怀化市今年也新增学位3200个。", "怀化市"),
            ("永州市税务局也推出便民举措。", "永州市"),
            ("常德市市场监管局查处多起类似案件。", "常德市"),
            ("永州市曾获全国文明城市称号。", "永州市"),
            ("由永州市工信局牵头研发的平台上线。", "永州市"),
            ("邵阳市曾家坳社区建成食堂。", "邵阳市"),
            ("录像显示，长沙市公安局民警赶到现场。", "长沙市"),
            ("长沙电厂完成机组检修。", "长沙市"),
        ],
    )
    def test_nothing_is_beside_another_place_where_none_is_named(self, text: str, where: str) -> None:
        """也, 曾, 类似 and 由 … 研发 say nothing against the only place that a text names."""
        assert city("", text) == where

    def test_visitors_stand_back(self) -> None:
        """A delegation's home counts less than the place that it visits, whichever of the two is a city of ours."""
        assert city("张家界党政代表团考察常德城建", "张家界党政代表团昨日来常德，考察城市建设。") == "常德市"

    def test_own_voice(self) -> None:
        """A local paper that says 我市 means its own city."""
        text = "常德日报讯 昨日，张家界市修了路，我市架了桥。"
        assert city("", text.replace("我市", "山里")) == "张家界市"
        assert city("", text) == "常德市"

    def test_white_space_within_a_name(self) -> None:
        """Letter-spaced names and names broken at a line's end are found; the offsets are those of the text as given."""
        text = "近日，株\n洲 市芦　淞区开市。"
        found = place("", text).evidence
        assert [text[item.start : item.end] for item in found] == ["株\n洲 市", "芦　淞区"]
        assert [item.place for item in found] == ["株洲市", "芦淞区"]


class TestNames:
    def test_longest_name_wins(self) -> None:
        """长沙县 is the county and 湘潭县 no part of 湘潭市."""
        assert place("", "长沙县春华镇修路。").county == "长沙县"

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("株洲县公安局通报。", "株洲县"),
            ("株洲县修路。渌口区的前身是株洲县。", "渌口区"),
            ("祁阳县修路。", "祁阳市"),
            ("宁乡县修路。", "宁乡市"),
            ("邵东县修路。", "邵东市"),
            ("望城县修路。", "望城区"),
        ],
    )
    def test_former_names(self, text: str, named: str) -> None:
        """A county is answered by its present name; by a former one of another stem where the text has no other."""
        assert place("", text).county == named

    def test_zone_and_city_of_one_name(self) -> None:
        """洪江区 is the zone, 洪江市 the county-level city."""
        assert [place("", f"怀化{name}修路。").county for name in ("洪江区", "洪江市")] == ["洪江区", "洪江市"]

    def test_everyday_words_need_their_prefecture(self) -> None:
        """A stem that is a word counts beside its prefecture and not alone."""
        assert city("", "畅通绿色通道，会同公安局执法，中方表示感谢。") == ELSEWHERE
        assert place("", "怀化通道的侗寨里歌声阵阵。").county == "通道侗族自治县"

    def test_township_of_several_counties(self) -> None:
        """A township's name that several counties bear counts for the county that is named, and for none alone."""
        assert place("", "涟源市荷塘镇和桥头河镇修路。").county == "涟源市"
        assert city("", "太平镇修路。") == ELSEWHERE

    def test_township_behind_another_county(self) -> None:
        """A township that the data has in one county only counts for none behind the name of another."""
        assert place("", "平江县大瑶镇的工厂开足马力。").county == "平江县"

    def test_lone_township(self) -> None:
        """A township that no other place is called like gives its county."""
        assert place("", "大瑶镇的花炮工厂开足马力。").county == "浏阳市"


class TestOwnPlace:
    """我市 in a text whose medium's place is given."""

    @pytest.mark.parametrize(
        ("own", "text", "placed"),
        [
            ("株洲市", "我市开展清理行动。", ("株洲市", None)),
            ("醴陵市", "我市开展清理行动。", ("株洲市", "醴陵市")),
            ("平江", "我县开展清理行动。", ("岳阳市", "平江县")),
            ("平江县", "我市开展清理行动。", ("岳阳市", None)),
            ("湘西州", "媒体团走进我州。", ("湘西土家族苗族自治州", None)),
            ("芦淞区", "我区的市场热闹非凡。", ("株洲市", "芦淞区")),
            ("株洲市", "云南省考察团一行来我市考察。", ("株洲市", None)),
            ("株洲市", "浙江省杭州市的街头下着雨。", (ELSEWHERE, None)),
        ],
    )
    def test_means_the_medium(self, own: str, text: str, placed: tuple[str, str | None]) -> None:
        """It stands for the medium's city or county, whichever of the two is said, and weighs like its full name."""
        placement = attribute("", text, HUNAN, "平江县" if own == "平江" else own)
        assert (placement.city, placement.county) == placed

    @pytest.mark.parametrize(
        ("own", "title", "text", "placed"),
        [
            ("平江县", "县委常委会召开会议", "会议传达了有关精神。", ("岳阳市", "平江县")),
            ("平江县", "市政协召开会议", "会议传达了有关精神。", ("岳阳市", None)),
            ("娄底市", "秋季检查启动", "日前，全市1200所学校的食堂开始检查。", ("娄底市", None)),
            ("平江县", "秋季检查启动", "9月7日，县市场监管局、县教育局启动检查。", ("岳阳市", "平江县")),
            ("芦淞区", "秋季检查启动", "近日，区教育局启动检查。", ("株洲市", "芦淞区")),
            ("平江县", "每天走多少步", "市场监管部门提醒，市民要量力而行，全国都一样。", (ELSEWHERE, None)),
            ("平江县", "北京市委召开会议", "全市将检查学校食堂。", (ELSEWHERE, None)),
            ("平江县", "株洲市委召开会议", "全市将检查学校食堂。", ("株洲市", None)),
            ("株洲市", "加州山火蔓延 全州进入紧急状态", "火势未得到控制。", (ELSEWHERE, None)),
            ("株洲市", "曼谷举行泼水节 全市狂欢", "人们走上街头。", (ELSEWHERE, None)),
            ("株洲市", "华沙停电", "市长表示，全市约三十万户停电。", (ELSEWHERE, None)),
            ("永州市", "通知印发", "意见提出，县委书记是一线总指挥。", (ELSEWHERE, None)),
            ("永州市", "教育部印发通知", "市教育局要加强监管。", (ELSEWHERE, None)),
            ("平江县", "全市场交易者预期加息", "投资者观望。", (ELSEWHERE, None)),
            ("平江县", "全区推广新种子", "农户欢迎。", (ELSEWHERE, None)),
        ],
    )
    def test_bodies_without_a_place(self, own: str, title: str, text: str, placed: tuple[str, str | None]) -> None:
        """县委 and 全市 are those of the medium's place where no place is named; the evidence says so."""
        placement = attribute(title, text, HUNAN, own)
        assert (placement.city, placement.county) == placed
        for evidence in placement.evidence:
            assert (title if evidence.field == "title" else text)[evidence.start : evidence.end] == evidence.matched
        assert attribute(title, text, HUNAN).city in (ELSEWHERE, placed[0])

    def test_a_county_names_its_townships_alone(self) -> None:
        """A township that several counties have is the one of the medium's county."""
        assert place("", "高桥镇中学的走廊里有个柜子。").county is None
        assert attribute("", "高桥镇中学的走廊里有个柜子。", HUNAN, "新宁县").county == "新宁县"

    @pytest.mark.parametrize(
        ("medium", "named"),
        [
            ("株洲日报", "株洲市"),
            ("平江新报", "平江县"),
            ("岳阳乡村报", "岳阳市"),
            ("今日平江", "平江县"),
            ("湘西团结报", "湘西土家族苗族自治州"),
            ("岳阳楼区融媒体中心", "岳阳楼区"),
            ("湖南日报", None),
            ("三湘都市报", None),
            ("凤凰网", None),
            ("凤凰房产", None),
            ("湘潭大学", None),
            ("掌上长沙", "长沙市"),
            ("微邵阳", "邵阳市"),
            ("武陵都市报", None),
            ("", None),
        ],
    )
    def test_a_medium_named_after_its_place(self, medium: str, named: str | None) -> None:
        """A paper's name begins with its city or county; no paper bears that of a city's district in short."""
        assert HUNAN.medium_of(medium) == named

    def test_unknown_without_one(self) -> None:
        """Without a medium it places nothing, and the evidence says why."""
        placement = place("", "我市开展清理行动。")
        assert placement.city == ELSEWHERE
        assert reasons(placement) == {"我市": "speaks of a medium's place that is not known"}

    def test_the_text_may_name_it(self) -> None:
        """A local paper or dateline that opens the text is the medium."""
        assert city("", "本报衡阳讯 我市开展清理行动。") == "衡阳市"
        assert place("", "红网隆回站11月8日讯 我县开展清理行动。").county == "隆回县"
        assert city("", "新华社长沙11月8日电 我市开展清理行动。") == ELSEWHERE

    def test_unknown_name(self) -> None:
        """A place that the gazetteer does not have is refused."""
        with pytest.raises(KeyError):
            attribute("", "我市", HUNAN, "南京市")


class TestAnyProvince:
    @pytest.mark.parametrize(
        ("text", "placed"),
        [
            ("海东市平安区组织冬灌，平安区水务局调度。", ("海东市", "平安区")),
            ("平安税务创建深入推进，平安公安见成效，邻里互助，共和国的旗帜飘扬。", (ELSEWHERE, None)),
            ("海南州共和县的光伏园里，羊群漫步。", ("海南藏族自治州", "共和县")),
            ("海南省海口市举行海南自贸港论坛。", (ELSEWHERE, None)),
            ("在河南蒙古族自治县，牧民转场。", ("黄南藏族自治州", "河南蒙古族自治县")),
            ("河南省的小麦返青了。", (ELSEWHERE, None)),
            ("玉树州称多县的小学开学，玉树市的老师送教。", ("玉树藏族自治州", None)),
            ("格尔木市的盐湖迎来游客。", ("海西蒙古族藏族自治州", "格尔木市")),
            ("青海省水利厅召开会议，全省各地收看。", (PROVINCE, None)),
            ("长沙市芙蓉区的街头，湖南省的花开了。", (ELSEWHERE, None)),
        ],
    )
    def test_a_second_one(self, text: str, placed: tuple[str, str | None]) -> None:
        """With 青海 at home its places are found, ours are elsewhere, and 平安, 互助, 河南 are what they are."""
        placement = attribute("", text, QINGHAI)
        assert (placement.city, placement.county) == placed

    def test_renaming_in_the_file(self, tmp_path: Path) -> None:
        """A county that the file calls otherwise is answered and found by the other name, and no longer by its own."""
        shutil.copytree(GAZETTEERS, tmp_path, dirs_exist_ok=True)
        file = tmp_path / "hunan.toml"
        file.write_text(file.read_text("utf-8").replace('"攸县"', '"酒埠江市"'), encoding="utf-8")
        renamed = compile_atlas(load_gazetteer(tmp_path, "hunan"))
        assert attribute("", "酒埠江市的稻子熟了。", renamed).county == "酒埠江市"
        assert attribute("", "攸县的稻子熟了。", renamed).city == ELSEWHERE

    def test_data_decides(self) -> None:
        """A county added to the data changes the answer and nothing else has to."""
        text = "稻花县的稻子熟了。"
        before, after = (compile_atlas(small_province(*new)) for new in ((), (county("990122", "稻花县"),)))
        assert attribute("", text, before).city == ELSEWHERE
        assert attribute("", text, after).city == "江城市"

    def test_stem_counts_beside_its_prefecture(self, small: Atlas) -> None:
        """A county's name without 县 that the data does not list needs its prefecture before it."""
        assert attribute("", "禾丰的稻子熟了。", small).city == ELSEWHERE
        assert attribute("", "山城禾丰的稻子熟了。", small).county == "禾丰县"

    def test_word_around_a_name_blocks_it(self, small: Atlas) -> None:
        """A word of the data that contains a name is no mention, of ours or of elsewhere; a place elsewhere is one."""
        assert attribute("", "丰禾丰收。", small).evidence == ()
        blocked = attribute(
            "", "江津市修路。", compile_atlas(small_province(county("990122", "津市"), elsewhere=("江津市",)))
        )
        assert (blocked.city, [item.matched for item in blocked.evidence]) == (ELSEWHERE, ["江津市"])

    def test_no_cities_at_all(self) -> None:
        """A gazetteer without divisions places nothing and fails at nothing."""
        empty = Gazetteer(Division("99", "东省", ("东省",), None), (), (), (), ())
        assert attribute("东省发布", "东省委召开会议。", compile_atlas(empty)).city == PROVINCE

    def test_travels_between_processes(self) -> None:
        """An atlas can be pickled, as a pool of processes needs."""
        atlas = pickle.loads(pickle.dumps(HUNAN))  # noqa: S301 - our own bytes
        assert attribute("", "株洲市修路。", atlas) == place("", "株洲市修路。")


WORDS = st.sampled_from(
    [
        "株洲",
        "株洲市",
        "湘潭市",
        "长沙",
        "湖南省",
        "全省",
        "广东",
        "平江",
        "通道",
        "、",
        "，",
        "。",
        "日报",
        "讯",
        "大学",
        "来自",
        "我市",
        " ",
        "\n",
        "花",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map("".join)


class TestLaws:
    @given(TEXTS, TEXTS)
    def test_evidence_is_in_the_text(self, title: str, text: str) -> None:
        """Every piece of evidence stands where it says, in order and without overlap, with a weight of at least 0."""
        found = place(title, text).evidence
        for item in found:
            field = title if item.field == "title" else text
            assert field[item.start : item.end] == item.matched
            assert item.weight >= 0
        assert list(found) == sorted(found, key=_position)
        assert all(a.end <= b.start for a, b in pairwise(found) if a.field == b.field)

    @given(TEXTS, TEXTS)
    def test_answer_is_one_of_the_known(self, title: str, text: str) -> None:
        """The city is a prefecture, PROVINCE or ELSEWHERE; only a city has a county; the confidence is from 0 to 1."""
        placement = place(title, text)
        cities = {prefecture.name for prefecture in HUNAN.gazetteer.prefectures}
        assert placement.city in cities | {PROVINCE, ELSEWHERE}
        assert placement.county is None or placement.city in cities
        assert 0 <= placement.confidence <= 1
        assert placement.runner_up != placement.city

    @given(TEXTS, TEXTS)
    def test_white_space_changes_no_answer(self, title: str, text: str) -> None:
        """Letter-spacing a text changes no more than the offsets."""
        spaced, dense = place(" ".join(title), "\n".join(text)), place(title, text)
        assert (spaced.city, spaced.county, spaced.confidence) == (dense.city, dense.county, dense.confidence)


def _position(item: Evidence) -> tuple[bool, int]:
    return (item.field == "text", item.start)
