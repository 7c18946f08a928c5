"""Pages split into articles: whole pages from tests/cases, and one behaviour at a time."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from digest.model import Article, Document, Page
from digest.stages.articles import split_page
from digest.stages.articles.dates import line_date
from tests.splitting import MODEL

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*/page.txt"))

BODY = "11月3日，临江区市场监管局对辖区28家学校食堂进行检查，当场整改问题15处。"
MORE = "临江区还将检查结果在校门口张榜公布，请家长监督。"


def split(text: str, **said: Any) -> tuple[Article, ...]:
    document = Document("d", "page.txt", "", "utf-8", text)
    return split_page(Page(document, 0, len(text), said.pop("kind", "text"), **said), MODEL)


def only(text: str, **said: Any) -> Article:
    articles = split(text, **said)
    assert len(articles) == 1
    return articles[0]


def as_written(article: Article) -> dict[str, Any]:
    return {
        "headline": article.headline and article.headline.text,
        "subtitle": article.subtitle and article.subtitle.text,
        "authors": list(article.authors),
        "published": article.published and article.published.isoformat(),
        "medium": article.medium,
        "truncated": article.truncated,
        "paragraphs": [[paragraph.role, paragraph.quote.text] for paragraph in article.paragraphs],
    }


@pytest.mark.parametrize("page", CASES, ids=lambda page: page.parent.name)
def test_a_page_is_split_as_its_editor_would(page: Path) -> None:
    """Each page of tests/cases yields the articles that are written beside it."""
    expected = json.loads(page.with_name("articles.json").read_text(encoding="utf-8"))
    assert [as_written(article) for article in split(page.read_text(encoding="utf-8"))] == expected


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("(邓安 谭宁宁)", ("邓安", "谭宁宁")),
        ("（邓安、谭宁宁）", ("邓安", "谭宁宁")),
        ("(邓安谭宁宁)", ("邓安", "谭宁宁")),
        ("(庹飞燕 麻小玉)", ("庹飞燕", "麻小玉")),
        ("(马林)", ("马林",)),
        ("(龙洁秀 黎枫怡 林洪 赖言)", ("龙洁秀", "黎枫怡", "林洪", "赖言")),
        ("(记者 覃波 通讯员 木青)", ("覃波", "木青")),
        ("(记者 邓安 通讯员 谭宁宁)", ("邓安", "谭宁宁")),
        ("来源：临江网\n作者：邓安\n编辑：王小满", ("邓安",)),
        ("来源：临江网 作者：邓安 编辑：王小满", ("邓安",)),
    ],
)
def test_a_closing_byline_names_the_authors(byline: str, authors: tuple[str, ...]) -> None:
    """The names below the text are its authors, whatever parts them; an editor is none, and no byline stays in the text."""
    article = only(f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}\n\n{byline}")
    assert article.authors == authors
    assert article.text == f"{BODY}\n{MORE}"


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("邓安 谭宁宁", ("邓安", "谭宁宁")),
        ("本报记者 邓安 通讯员 谭宁宁", ("邓安", "谭宁宁")),
        ("文/邓安", ("邓安",)),
        ("红网时刻记者 邓安 临江报道", ("邓安",)),
    ],
)
def test_a_byline_under_the_headline_names_the_authors(byline: str, authors: tuple[str, ...]) -> None:
    """The names between headline and text are the authors, with or without a label, and not the place they report from."""
    article = only(f"临江区检查学校食堂\n\n{byline}\n\n{BODY}\n\n{MORE}")
    assert article.title == "临江区检查学校食堂"
    assert article.authors == authors
    assert article.text == f"{BODY}\n{MORE}"


def test_a_byline_behind_the_last_sentence_is_cut_off() -> None:
    """Bracketed names at the end of the last paragraph are the authors and no part of the text."""
    article = only(f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}(邓安)")
    assert (article.authors, article.text) == (("邓安",), f"{BODY}\n{MORE}")


def test_a_dateline_is_no_text() -> None:
    """本报…讯(记者 …) before the first sentence names the authors and is cut off."""
    article = only(f"临江区检查学校食堂\n\n本报11月3日讯（记者 邓安 通讯员 谭宁宁）{MORE}\n\n{BODY}")
    assert (article.authors, article.paragraphs[0].quote.text) == (("邓安", "谭宁宁"), MORE)


def test_a_line_above_the_headline_is_its_kicker() -> None:
    """Of two short lines the second is the headline, the first goes to the subtitle."""
    article = only(f"护航舌尖安全\n\n临江区检查学校食堂\n\n{BODY}\n\n(邓安)")
    assert article.subtitle is not None
    assert (article.subtitle.text, article.title) == ("护航舌尖安全", "临江区检查学校食堂")


def test_a_doubled_paragraph_is_kept_once() -> None:
    """A paragraph that stands twice in a row is one paragraph."""
    assert only(f"临江区检查学校食堂\n{BODY}\n{MORE}\n{MORE}\n(邓安)").text == f"{BODY}\n{MORE}"


def test_a_sentence_that_breaks_off_is_cut_and_said() -> None:
    """A last sentence that the page does not finish is left out, and the article says that its end is missing."""
    article = only(f"临江区检查学校食堂\n\n{BODY}{MORE}下一步，临江区将\n\n(邓安)")
    assert (article.text, article.truncated) == (BODY + MORE, True)


def test_a_reader_that_ran_in_a_loop_is_cut_where_the_loop_begins() -> None:
    """A last paragraph that breaks off while repeating an earlier one loses the sentence in which the repeat begins."""
    loop = "市场监管局对辖区28家学校食堂进行检查，当场整改"
    article = only(f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}临江区将继续{loop}\n\n(邓安)")
    assert (article.text, article.truncated) == (f"{BODY}\n{MORE}", True)


def test_a_loop_is_lost_text_and_not_torn() -> None:
    """Where a reader ran into another article, nothing that stands elsewhere on the page goes on from there, and the byline stays."""
    copied = "学堂路今年栽树320棵，都是本地的樟树和桂花树，由附近12户人家轮流浇水施肥，冬天还要刷白"
    canteens, trees = split(
        f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}临江区将继{copied}(邓安乐)\n\n学堂路上栽新树\n\n"
        f"今年，{copied}，一棵也没有枯。\n\n的地方明年再补。\n\n(何青山)"
    )
    assert (canteens.text, canteens.authors, canteens.truncated) == (f"{BODY}\n{MORE}", ("邓安乐",), True)
    assert [mending.kind for mending in canteens.mendings] == ["truncated", "dropped"]
    assert trees.text == f"今年，{copied}，一棵也没有枯。"


@pytest.mark.parametrize(
    "page", ["图为施工现场。\n\n李强 摄", "图为施工现场。\n\n图为施工现场。\n\n图为施工现场。", "李强 摄"]
)
def test_a_page_of_captions_holds_no_article(page: str) -> None:
    """Where pictures are all there is, nothing is left to tell."""
    assert split(page) == ()


def test_what_a_loop_repeats_is_no_loop() -> None:
    """A paragraph that a column cuts goes on below, whoever says its first half again elsewhere."""
    first = "学堂路今年栽树320棵，都是本地的樟树和桂花树，每棵都挂了牌子，由附近12户人家轮流"
    rest = "浇水施肥，一棵也没有枯。"
    trees, canteens = split(
        f"学堂路上栽新树\n\n{first}\n\n{rest}\n\n(何青山)\n\n临江区检查学校食堂\n\n{BODY}\n\n{MORE}临江区将继{first[2:]}浇水施肥，一棵\n\n(邓安)"
    )
    assert (trees.text, trees.truncated) == (first + rest, False)
    assert (canteens.text, canteens.truncated) == (f"{BODY}\n{MORE}", True)


@pytest.mark.parametrize(
    ("torn", "rest", "other"),
    [
        (
            "会议强调，要坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻党的二十大精神",
            "和全国组织工作会议精神，把基层党组织建设得更加坚强有力。",
            "要求全体党员干部坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻党的二十大精神，联系实际抓好落实。",
        ),
        (
            "植树点上，临江区委书记陈立新，区委副书记、区长刘志远，区人大常委会主任周海波，区政协主席吴晓红",
            "等区领导带头挥锹铲土，栽下320棵樟树。",
            "临江区委书记陈立新，区委副书记、区长刘志远，区人大常委会主任周海波，区政协主席吴晓红分别带队检查食堂。",
        ),
    ],
)
def test_set_phrases_and_lists_of_names_are_no_loops(torn: str, rest: str, other: str) -> None:
    """What two reports of a page say in the same words is said, and goes on where the column goes on."""
    first, second = split(
        f"学堂路上栽新树\n\n今年学堂路上又热闹起来。\n\n{torn}\n\n{rest}\n\n(何青山)\n\n临江区检查学校食堂\n\n{BODY}{other}\n\n{MORE}\n\n(邓安)"
    )
    assert first.text == f"今年学堂路上又热闹起来。\n{torn}{rest}"
    assert second.text == f"{BODY}{other}\n{MORE}"


def test_a_word_in_brackets_where_a_paragraph_goes_on_is_no_byline() -> None:
    """A plant may have the form of a name."""
    article = only(
        f"临江区检查学校食堂\n\n{BODY}\n\n临江区还请食堂的师傅到云溪村去看今年新种的一大片中药材(金银花)\n\n基地，教他们煮凉茶。\n\n(邓安)"
    )
    assert article.authors == ("邓安",)


def test_scenery_that_the_headline_tells_is_no_caption() -> None:
    """White egrets are the news where the headline says so."""
    lead = "入冬以来，东江湖云雾缭绕，上千只白鹭在湖面起舞，吸引了不少摄影爱好者。"
    article = only(f"东江湖来了越冬白鹭\n\n本报记者 邓安\n\n{lead}\n\n湖区管理站今年巡护320次，没有一起捕鸟的事。")
    assert article.text.startswith(lead)


def test_a_quotation_goes_with_its_lost_speaker() -> None:
    """What a villager said is dropped where the page breaks off before naming him; what somebody named before said stays."""
    lost = only(f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}\n\n“孩子吃得好，我们就放心。”家长\n\n(邓安)")
    assert (lost.text, lost.truncated) == (f"{BODY}\n{MORE}", True)
    named = "家长王小满说：“孩子吃得好，我们就放心。”"
    assert only(f"临江区检查学校食堂\n\n{BODY}\n\n{named}区里\n\n(邓安)").text == f"{BODY}\n{named}"


@pytest.mark.parametrize(
    "left",
    ["全区学校食堂的账目已", "该区还公布了一批整改到位的", "全区学校食堂的账目今后将"],
)
def test_what_ends_with_a_word_that_ends_nothing_is_no_heading(left: str) -> None:
    """A short piece that a column leaves is joined with its rest, although it stands alone like a section head."""
    rest = "由各校按月公布，家长可以到校查看。"
    assert (
        only(f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}\n\n{left}\n\n{rest}\n\n(邓安)").text
        == f"{BODY}\n{MORE}\n{left}{rest}"
    )


@pytest.mark.parametrize("note", ["(下转第3版)", "\n\n▶▶下转第3版", "（下转第三版）"])
def test_a_turn_note_ends_an_article(note: str) -> None:
    """What stands above a turn note goes on on another page: nothing below is joined to it, and the article's end is missing."""
    text = f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}这张榜单下个月将在{note}\n\n学堂路上栽新树\n\n学堂路今年栽树320棵。\n\n(何青山)"
    canteens, trees = split(text)
    assert (canteens.text, canteens.truncated) == (f"{BODY}\n{MORE}", True)
    assert (trees.title, trees.text, trees.truncated) == ("学堂路上栽新树", "学堂路今年栽树320棵。", False)


def test_a_turn_note_and_its_answer_are_joined() -> None:
    """下转 on one page of the paper goes on at 上接 on another, and not in the line below."""
    text = (
        f"临江区检查学校食堂\n\n{BODY}临江区还将检查结果在(下转第3版)\n\n石桥镇办起课堂\n\n石桥镇今年开办课堂32期。\n\n(何青山)\n\n"
        "(上接第1版)校门口张榜公布，请家长监督。\n\n(邓安)"
    )
    assert [article.text for article in split(text)] == [BODY + MORE, "石桥镇今年开办课堂32期。"]


@pytest.mark.parametrize(
    "rest",
    [
        "的、有力的监督。",
        "台、消毒柜12台，全部用上。",
        "实行：“每天公布菜单，每周公布账本。”",
        "表示，今后每月检查一次。",
    ],
)
def test_the_rest_of_a_lost_sentence_is_dropped(rest: str) -> None:
    """A paragraph that begins in mid-sentence, or with a verb whose subject is lost, loses that half sentence."""
    assert only(f"临江区检查学校食堂\n\n{rest}{MORE}\n\n{BODY}\n\n(邓安)").text == f"{MORE}\n{BODY}"


@pytest.mark.parametrize(
    "lead", ["她说：“今后每月检查一次。”", "邓安表示，今后每月检查一次。", "据介绍，今后每月检查一次。"]
)
def test_a_sentence_with_its_speaker_is_whole(lead: str) -> None:
    """A verb of saying behind whoever speaks begins no half sentence."""
    assert only(f"临江区检查学校食堂\n\n{lead}{MORE}\n\n(邓安)").text == lead + MORE


def test_names_behind_a_sentence_that_breaks_off_are_the_authors() -> None:
    """Two names in brackets close an article even where its last sentence is cut; a single word in brackets does not."""
    article = only(f"临江区检查学校食堂\n\n{BODY}{MORE}下一步，临江区将(邓安 谭宁宁)")
    assert (article.text, article.authors, article.truncated) == (BODY + MORE, ("邓安", "谭宁宁"), True)
    assert only(f"临江区检查学校食堂\n\n{BODY}{MORE}下一步，临江区乡镇(街道)").authors == ()


def test_a_label_before_bracketed_names_is_no_sentence() -> None:
    """Who translated or edited is no author."""
    assert only(f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}\n\n编译(李明 王强)").authors == ()


def test_a_line_above_the_closing_byline_is_no_section_head() -> None:
    """A short piece of a lost sentence above the byline is cut off, and the article says that its end is missing."""
    article = only(f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}\n\n下一步临江区将在全区\n\n(邓安)")
    assert (article.text, article.truncated) == (f"{BODY}\n{MORE}", True)


def test_a_captioned_credit_leaves_the_paragraph_above_it() -> None:
    """A caption that is signed in its own line does not take the paragraph above for its text; a bare credit does."""
    assert only(f"临江区检查学校食堂\n\n{MORE}\n\n临江区新貌。(王立冬 摄)\n\n{BODY}").text == f"{MORE}\n{BODY}"
    assert only(f"临江区检查学校食堂\n\n{BODY}\n\n临江区新貌。\n\n(区委宣传部供图)\n\n{MORE}").text == f"{BODY}\n{MORE}"


def test_a_short_paragraph_that_tells_something_is_no_caption() -> None:
    """A single short sentence with a place in it is kept where it tells what happened and does not name what is seen."""
    last = "临江机场还推出了免费停车三天的服务。"
    assert only(f"临江机场新开三条航线\n\n临江机场本周新开三条航线，每周共22班。\n\n{last}\n\n(邓安)").text.endswith(
        last
    )


def test_a_headline_that_names_a_new_place_begins_an_article() -> None:
    """Without any byline, a heading whose place the text below speaks of, and the text above does not, is a headline."""
    text = (
        "临江区检查学校食堂\n邓安\n" + f"{BODY}\n{MORE}\n"
        "石桥打通断头路\n石桥县今年打通断头路46条。\n石桥县的村民进城少绕20公里。"
    )
    assert [article.title for article in split(text)] == ["临江区检查学校食堂", "石桥打通断头路"]


def test_a_code_in_print_does_not_make_a_web_page() -> None:
    """扫一扫 看更多内容 below a printed page leaves its articles apart."""
    text = f"临江区检查学校食堂\n邓安 谭宁宁\n{BODY}\n石桥镇办起课堂\n何青山 周小河\n石桥镇今年开办课堂32期。\n扫一扫 看更多内容"
    assert [article.authors for article in split(text)] == [("邓安", "谭宁宁"), ("何青山", "周小河")]


@pytest.mark.parametrize("bars", ["分享到:", "首页 > 新闻 > 市州"])
def test_a_picture_above_the_headline_of_a_web_page_is_no_article(bars: str) -> None:
    """What stands between the bars of a web page and its headline is a caption, even where it reads like news."""
    caption = "“欲把西湖比西子，淡妆浓抹总相宜。”初冬时节，石桥县湿地公园层林尽染，引来候鸟栖息。"
    head = "临江区检查学校食堂\n发布时间:2023年11月11日 来源:临江网 字号:[ ] [ ] [ ] 打印本页\n分享到:"
    for below in ("", "A- A+\n朗读\n"):
        article = only(f"{bars}\n{caption}\n{head}\n{below}邓安\n{BODY}\n{MORE}\n【打印】【关闭】")
        assert (article.title, article.authors, article.text) == ("临江区检查学校食堂", ("邓安",), f"{BODY}\n{MORE}")


def test_a_scene_at_a_place_is_a_caption() -> None:
    """On a web page a sentence that begins with a place and tells nothing that is over, and no number, is a picture's."""
    scene = "在石桥县展览馆，青年干部透过一张张泛黄的老照片，重温前辈修渠引水的艰辛岁月。"
    news = "在临江区政府大院，28家学校食堂的负责人签下承诺书，明厨亮灶本月底完成。"
    text = only(f"分享到:\n临江区检查学校食堂\n邓安\n{BODY}\n{scene}\n{MORE}\n{news}\n【打印】【关闭】").text
    assert text == f"{BODY}\n{MORE}\n{news}"


@pytest.mark.parametrize(
    "lead",
    [
        "县委书记李明深入石桥镇，调研冬修水利工作。",
        "走进坪田村，家家户户门前晒着红辣椒。",
        "11月18日上午，在坪田村蔬菜基地，菜农正在采收。",
        "石桥县文化馆组织文艺队伍下乡，演出三百多场，观众八万人。",
        "在坪田村，稻谷晒满了晒场。",
    ],
)
def test_a_lead_is_no_caption(lead: str) -> None:
    """A short first sentence that begins with a day or a place stays, on a web page too."""
    rest = "县农业农村局派出12名技术员，教农户管水、施肥。\n到10月底，全县完成秋种8.6万亩。"
    assert only(f"{lead}\n{rest}", kind="article").text == f"{lead}\n{rest}"
    page = f"分享到:\n石桥县秋种忙\n2026年11月18日 10:00 来源:石桥网\n{lead}\n{rest}\n【打印】【关闭】"
    assert only(page).text == f"{lead}\n{rest}"


def test_datelines_part_stories() -> None:
    """Short stories with a dateline each are apart, however short."""
    stories = [
        "石桥县修渠46条，村民用水不再愁。",
        "临江区检查学校食堂28家，整改问题15处。",
        "云溪县开通公交线3条，覆盖11个村。",
    ]
    rows = "\n".join(
        f"本报石桥讯(记者 {name}) {story}" for name, story in zip(("邓安", "谭宁", "周立"), stories, strict=True)
    )
    for page in (rows, f"一周新闻\n{rows}"):
        assert [article.text for article in split(page)] == stories


@pytest.mark.parametrize("head", ["记者手记", "记者调查", "评论员点评", "文字说明"])
def test_a_label_without_a_name_is_a_section_head(head: str) -> None:
    """记者手记 names nobody, 记者 木青 does."""
    article = only(f"临江区检查学校食堂\n邓安 谭宁宁\n{BODY}\n{head}\n{MORE}")
    assert article.authors == ("邓安", "谭宁宁")
    assert article.paragraphs[1].quote.text == head


@pytest.mark.parametrize(
    "head",
    [
        "邵阳公交线路优化",
        "祁阳建成首条智慧公路",
        "祁东黄花路通车",
        "宁乡路边花海成景",
        "娄底城区新增公交线路两条",
        "石门古城路拓宽",
    ],
)
def test_a_headline_without_gaps_is_no_row_of_names(head: str) -> None:
    """Names that stand without gaps under nothing are read as such only where their surnames are common."""
    articles = split(
        f"临江区检查学校食堂\n{BODY}(邓安)\n{head}\n本报讯(记者 林森)石桥县修渠46条，村民用水不再愁。\n石桥县明年再修30条。"
    )
    assert [(article.title, article.authors) for article in articles] == [
        ("临江区检查学校食堂", ("邓安",)),
        (head, ("林森",)),
    ]


def test_short_stories_are_no_scraps() -> None:
    """On a page that holds nothing but short paragraphs each is kept, however short."""
    stories = [
        "11月13日，长沙县黄花镇举办首届红薯节。",
        "11月12日，浏阳市大瑶镇新增充电桩46个。",
        "11月9日，岳麓区桃花岭景区新增3条步道。",
    ]
    assert [article.text for article in split("\n".join(stories))] == stories


@pytest.mark.parametrize("title", ["简讯", "简 讯", "■一句话新闻", "县市短讯"])
@pytest.mark.parametrize("mark", ["", "▲", "●"])
def test_a_row_under_its_title_is_told_as_stories(title: str, mark: str) -> None:
    """Each paragraph under 简讯 is a story, however short and whatever stands below the row; title and mark are none of it."""
    rows = ("云溪县清理河道垃圾26吨。", "临江区启动供水管网改造，惠及居民1.2万户。", "青山镇举办茶艺比赛，86人参加。")
    page = "\n\n".join([title, *(mark + row for row in rows), "果园丰收", f"{BODY}（邓安）"])
    *briefs, last = split(page)
    assert [(brief.headline, brief.text) for brief in briefs] == [(None, row) for row in rows]
    assert last.headline is not None
    assert last.headline.text == "果园丰收"


def test_a_headline_loses_its_bullet() -> None:
    """▲ and ● before the headlines of a row are type, not words."""
    first, second = split(f"一句话新闻\n\n▲果园丰收\n\n{BODY}\n\n●新桥通车\n\n{MORE}")
    assert (first.headline and first.headline.text, second.headline and second.headline.text) == (
        "果园丰收",
        "新桥通车",
    )


def test_a_torn_story_of_a_row_is_no_second_story() -> None:
    """What stands below a story that breaks off goes on with it."""
    briefs = split(
        "简讯\n\n云溪县水利局组织沿岸六个乡镇的志愿者和保洁员，沿着沅水清理河道和岸边多年堆积的垃圾，共清运垃\n\n圾26吨，受到沿岸群众好评。\n\n临江区启动供水管网改造。"
    )
    assert [brief.text for brief in briefs] == [
        "云溪县水利局组织沿岸六个乡镇的志愿者和保洁员，沿着沅水清理河道和岸边多年堆积的垃圾，共清运垃圾26吨，受到沿岸群众好评。",
        "临江区启动供水管网改造。",
    ]


def test_a_place_in_brackets_begins_a_story() -> None:
    """【石门】 before a paragraph parts it from the one above; another word in brackets does not."""
    rows = (
        "【石门】近日，柑橘迎来采收高峰，预计产量50万吨。",
        "【临澧】清廉文化宣讲走进县第一中学，1200余名师生参加。",
    )
    assert [article.text for article in split("\n\n".join(rows))] == [*rows]
    assert (
        len(
            split(
                "果园丰收\n\n【产量】今年果园的柑橘产量50万吨。\n\n【价格】柑橘收购价每斤3元，果农很满意。\n\n（邓安）"
            )
        )
        == 1
    )


def test_titles_with_a_label_begin_articles() -> None:
    """标题： before a headline is none of it, and several make several articles."""
    one = f"标题：临江区检查学校食堂\n作者：邓安\n日期：2026/11/12\n{BODY}\n{MORE}"
    other = "标题：石桥县修渠\n作者：周立\n日期：2026/11/13\n石桥县修渠46条，村民用水不再愁。\n石桥县明年再修30条。"
    found = [(article.title, article.authors, str(article.published)) for article in split(f"{one}\n{other}")]
    assert found == [("临江区检查学校食堂", ("邓安",), "2026-11-12"), ("石桥县修渠", ("周立",), "2026-11-13")]


def test_a_line_of_labels_under_a_headline() -> None:
    """Source, authors and date of one line are read, whatever stands between it and the text."""
    head = (
        "红网时刻新闻 湖南频道\n临江区检查学校食堂\n来源：红网 作者：邓安 周立 2026-11-12 18:02:11 点击：1025次\n分享"
    )
    article = only(f"{head}\n(周立 摄)\n{BODY}\n{MORE}\n本文为原创文章，转载请注明出处。")
    assert (article.authors, article.medium, article.published) == (("邓安", "周立"), "红网", dt.date(2026, 11, 12))
    assert "临江区检查学校食堂" in (article.title, article.subtitle and article.subtitle.text)
    assert article.text == f"{BODY}\n{MORE}"


@pytest.mark.parametrize(
    ("line", "authors", "text"),
    [
        ("本报讯 记者林森报道：" + BODY, ("林森",), BODY),
        (BODY + "(林森 文/图)", ("林森",), BODY),
        (BODY + "（林森 辑）", ("林森",), BODY),
        (BODY + "（林森 编辑）", (), BODY),
    ],
)
def test_bylines_with_what_was_done(line: str, authors: tuple[str, ...], text: str) -> None:
    """记者林森报道 in a dateline, 文/图 and 辑 behind a name say who wrote it and are none of the text."""
    article = only(f"临江区检查学校食堂\n{line}")
    assert (article.authors, article.text, article.truncated) == (authors, text, False)


def test_a_source_at_the_end_stays_there() -> None:
    """来源： and 作者： below a text's last short line are not the byline of what comes next."""
    page = f"临江区检查学校食堂\n{BODY}\n{MORE}\n来源：石桥网\n作者：邓安\n编辑：王红\n石桥镇办起课堂\n石桥镇今年开办课堂32期。\n作者：周立"
    assert [(article.title, article.authors) for article in split(page)] == [
        ("临江区检查学校食堂", ("邓安",)),
        ("石桥镇办起课堂", ("周立",)),
    ]


@pytest.mark.parametrize("head", ["龙舟赛", "扶贫 扶志 扶智", "平安 和谐", "林长制"])
def test_a_heading_of_words_is_no_byline(head: str) -> None:
    """Words that begin as names do stand above an article as its headline."""
    article = only(f"{head}\n邓安 谭宁宁\n{BODY}\n{MORE}")
    assert (article.title, article.authors) == (head, ("邓安", "谭宁宁"))


def test_source_and_author_under_a_headline_belong_to_it() -> None:
    """来源： and 作者： right below a headline end no article."""
    article = only(f"临江区检查学校食堂\n作者：邓安\n来源：临江日报\n\n{BODY}\n{MORE}")
    assert (article.title, article.authors, article.medium) == ("临江区检查学校食堂", ("邓安",), "临江日报")
    assert article.text == f"{BODY}\n{MORE}"


def test_everyday_words_name_no_place() -> None:
    """What stands before 县, 镇, 村 is a place where it is no word of every day; names of the gazetteer always are."""
    texts = ["木金乡有4个贫困村，振兴乡村。", "平江县的群众返乡了，社区的人到镇上去。", "“鸡毛乡”变了样。"]
    assert MODEL.places.named(texts) == [["木金"], ["平江县", "平江"], []]


def test_short_stories_in_a_row_are_told_apart() -> None:
    """Without headlines or bylines each paragraph is a story, but for one that goes on with what the one above speaks of."""
    stories = [
        [
            "临江区今年前10个月新装电梯63台，惠及居民1100余户，群众申请由社区统一受理，每台补助10万元，明年还将为42个小区的老楼装上电梯。"
        ],
        [
            "石桥镇板凳课堂11月3日在荷塘村开讲，镇里请来退休教师，教村民识菌菇、辨毒草，全镇已开课32期，参加的村民有1900多人次，下一讲定在小河村。",
            "板凳课堂的老师说，识菌菇要看伞、看环、看托。",
        ],
        [
            "青山县博物馆竹扇展近日开展，展出竹扇210把，最老的一把有180年历史，观众可以跟着师傅学编扇、糊扇，展期到明年3月底，周一闭馆，不收门票。"
        ],
        [
            "云溪县检修水泵300台，疏通渠道47公里，冬修工程比去年早半个月开工，年底可全部完成，受益农田4.6万亩，涉及11个乡镇。"
        ],
    ]
    found = split("\n".join(paragraph for story in stories for paragraph in story))
    assert [[p.quote.text for p in article.paragraphs] for article in found] == stories


def test_a_dateline_under_a_headline_keeps_the_headline() -> None:
    """On a page of several articles a first paragraph with a dateline stands under its own headline."""
    dateline = "本报11月3日讯(记者 邓安)"
    text = f"石桥镇办起课堂\n石桥镇今年开办课堂32期。\n\n临江区检查学校食堂\n{dateline}{BODY}\n{MORE}"
    assert [(a.title, a.authors) for a in split(text)] == [("石桥镇办起课堂", ()), ("临江区检查学校食堂", ("邓安",))]


@pytest.mark.parametrize(
    "line",
    [
        "分享到:",
        "字号:[ ] [ ] [ ] 打印本页",
        "综合 06",
        "(下转第3版)",
        "广告热线：0731-84326049 邮编：410005",
        "本版责编：王小满 校对：李立冬",
        "【打印】【关闭】",
        "扫一扫 看更多内容",
        "本文为原创文章，转载请注明出处。",
        "图为检查人员在食堂查看食材。",
    ],
)
def test_furniture_is_no_text(line: str) -> None:
    """Bars, page numbers, turn notes, hotlines, notices and captions are in no paragraph."""
    assert only(f"临江区检查学校食堂\n\n{BODY}\n\n{MORE}\n\n{line}").text == f"{BODY}\n{MORE}"


@pytest.mark.parametrize(
    "line",
    [
        "红网首页 新闻 时政 市州 评论 政务",
        "临江新闻网 > 民生 > 出行提示",
        "+关注",
        "小字号",
        "00:00 / 01:46",
        "打开头条APP，查看更多精彩图片",
        "点击上方蓝字 关注我们",
        "阅读 8642　赞 51　在看 37",
        "收藏 点赞 分享",
        "#支原体肺炎 #健康科普",
        "索引号：430725/2024-00123",
        "长沙 多云 9℃ 东北风3级 空气质量 良",
        "声明：本文部分图片来源于网络，如涉及版权问题请及时联系我们删除。",
        "值班总编：方敏",
        "科室电话：0735-2345611　门诊时间：周一至周日 8:00—12:00",
        "（孩子们在教室里看老师写字）",
        "（岩门镇玳瑁坡村，果农忙着采摘冰糖橙。通讯员 邓安 摄）",
        "图为村民采收芥菜",
        "邓安(右二)进球后与队友庆祝 主办方供图",
        "孩子们在上音乐课。（视频截图）",
        "<category>县市新闻</category>",
    ],
)
def test_what_sites_and_apps_print_is_no_text(line: str) -> None:
    """Neither text nor headline nor author, wherever it stands under the headline or below the text."""
    page = "\n".join(["临江区检查学校食堂", "2026-11-05 10:26 来源：临江发布", line, BODY, MORE, line])
    article = only(page)
    assert (article.headline and article.headline.text, article.subtitle) == ("临江区检查学校食堂", None)
    assert (article.text, article.authors) == (f"{BODY}\n{MORE}", ())


@pytest.mark.parametrize(
    "headline",
    [
        "为好人点赞",
        "关注我们身边的安全",
        "打开山门，迎客来",
        "直播带货卖脐橙",
        "湖南最高气温达38℃ 注意防暑",
        "阅读点亮人生",
        "旅游新闻多起来了",
        "村里通了公交 村民 高兴",
        "校园餐 学生 满意",
        "学校开通心理热线：帮助考生减压",
        "12345热线：架起政府与群众的连心桥",
        "下载“潇湘一件事”APP 办事不用跑",
        "安装反诈APP 守住钱袋子",
        "打开思路，体验式教学受欢迎",
        "县公安局开通微信公众号",
        "交警上线新客户端",
        "决战 CBA",
        "县域 GDP",
        "走进晚报",
        "3000人参与 环湖马拉松开跑",
        "办理许可证 3天变1天",
        "第三届龙舟赛由县体育局主办 五十支队伍角逐",
        "健康>财富",
        "沙发 茶几等旧家具怎么处理",
        "红色景区增加星标准酒店",
        "读新闻长知识",
        "倍速成长的县域经济",
        "法院提醒：如有侵权行为应及时起诉",
        "肺炎诊疗方案 第九版 发布 新增抗病毒药物",
        "教育 健康 文化 体育 民生账本暖人心",
        "策划：让老城“活”起来",
        "公告：明日停水",
        "编后：莫让小事变大事",
        "老年大学新增三门课程 书法 声乐 摄影",
        "他从小热爱艺术 喜欢摄影",
        "上图：读图时代的阅读",
    ],
)
def test_a_headline_that_sounds_like_a_button_stays(headline: str) -> None:
    """What begins like a control of an app and goes on as a headline is one."""
    article = only(f"{headline}\n\n{BODY}\n\n{MORE}（邓安）")
    assert article.headline is not None
    assert article.headline.text == headline


@pytest.mark.parametrize(
    "line",
    [
        "催　缴　公　告",
        "遗失　云溪县林业站遗失票据一本，号码00321至00350，声明作废。",
        "招租启事：本公司位于云溪县的标准厂房两栋出租，层高八米，价格面议。联系人：皮经理 13800000000",
        "旺铺招租 云溪县警予大道门面三间，水电齐全。有意者请电洽13800000000谢先生。",
        "公告：因污水管网改造，12月12日起滨江路机动车双向禁行，请绕行庐山路。云溪县公安局交警支队",
        "下期预告：《云溪古码头寻踪》，敬请关注。",
        "云溪报　2026年11月22日　第4版　专题　责编：袁方　版式：陈珂",
        "3　2026年8月30日　星期三　县市新闻　编辑/蔡文静　美编/刘坤",
        "云溪报　2026年11月26日　农历丙午年十月十二　星期四　第1206期（总第2347期）",
        "中共云溪县委宣传部主管　云溪县融媒体中心主办",
        "云溪时讯 承印：云溪日报印务有限公司　零售每份一元",
        "编辑 廖一帆 | 美编 阿布 | 校读 陈素",
        "主编 沈开 责任编辑 杨洛 图片编辑 夏衍松",
        "首席编辑：郝静　美编：易小凡　校对：程爱",
        "公益广告：节约用水　从我做起",
        "云溪天气\n18日：多云间阴天，偏北风2至3级，气温6℃至13℃。19日：阴有小雨，气温5℃至9℃。",
        "云溪快讯 > 数字报 > 2026-11-19 > 第03版：要闻",
        "刘某某遗失二代身份证，自登报之日起失去效用。",
        "寻物：12月10日在双拥路遗失黑色皮夹一个，内有驾驶证。拾到者请致电本报。",
        "云溪机械厂退休职工陈某某同志因病于2026年11月13日逝世，享年八十四岁。谨此讣告。",
    ],
)
def test_what_papers_print_between_articles_is_no_text(line: str) -> None:
    """Mastheads, advertisements and public notices stand in no article, between two or in a torn sentence."""
    half = "临江区还将检查结果在校门口张榜公布，请家长监督，并把整改不力的食堂名单送到区教育局和街道办事处，由他们逐户上门督"
    page = "\n\n".join(["临江区检查学校食堂", BODY, half, line, "促整改。（邓安）", "果园丰收", MORE * 2, line])
    first, second = split(page)
    assert first.text == f"{BODY}\n{half}促整改。"
    assert second.text == MORE * 2


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("果园里的三本账　本报记者 李曼青 通讯员 刘洪生", ("李曼青", "刘洪生")),
        ("果园里的三本账\n李曼青　通讯员　刘洪生", ("李曼青", "刘洪生")),
        ("果园里的三本账　■本报评论员 李曼青", ("李曼青",)),
        ("果园里的三本账\n文/李曼青 图/通讯员 刘敏", ("李曼青",)),
        ("果园里的三本账\n记者　李曼青　摄影　左文", ("李曼青",)),
        ("云溪苗族自治县\n果园里的三本账\n本报记者 李曼青", ("李曼青",)),
        ("云溪时评\n果园里的三本账\n李曼青 刘洪生", ("李曼青", "刘洪生")),
        ("果园里的三本账\n李曼青 刘洪生\n食堂检查", ("李曼青", "刘洪生")),
        ("果园里的三本账\n李曼青/文", ("李曼青",)),
        ("果园里的三本账\n李曼青　撰文", ("李曼青",)),
        ("果园里的三本账\n本报综合报道 执笔/李曼青", ("李曼青",)),
        ("果园里的三本账\n本报记者　李曼青　文/图", ("李曼青",)),
        ("果园里的三本账\n2026-11-12 来源：云溪网\n作者：李曼青", ("李曼青",)),
    ],
)
def test_a_byline_beside_the_headline(line: str, authors: tuple[str, ...]) -> None:
    """Names behind a headline on its line, or before a label, are its authors."""
    article = only(f"{line}\n\n{BODY}\n\n{MORE}")
    assert (article.headline and article.headline.text, article.authors) == ("果园里的三本账", authors)


def test_a_headline_that_ends_like_a_place_stays() -> None:
    """夜市 ends like a name; over a line that tells nothing of the text it is the headline."""
    article = only(f"检查学校食堂在夜市\n百花齐放春满园\n本报记者 邓安\n\n{BODY}\n\n{MORE}")
    assert article.headline is not None
    assert article.headline.text == "检查学校食堂在夜市"


def test_a_kicker_above_a_headline_is_no_torn_sentence() -> None:
    """Two lines above the names may look like halves of a sentence: they are the head all the same, and the text keeps its beginning."""
    text = (
        "11月的崀山脚下，橙子熟了。在黄龙镇茶亭子村，果农李满生站在树下把一只只脐橙轻轻剪下来，再放进垫了软布的箩筐。"
    )
    article = only(f"乡村振兴看新宁\n脐橙树下的“三本账”\n本报记者 李曼青 通讯员 刘洪生\n\n{text}\n\n{MORE}")
    assert article.headline is not None
    assert (article.headline.text, article.text) == ("脐橙树下的“三本账”", f"{text}\n{MORE}")


def test_pieces_of_a_signed_caption_go_with_it() -> None:
    """A caption that a credit closes is repeated in pieces, in a torn sentence too."""
    caption = "云溪县石田村，果农在分拣脐橙。"
    half = "临江区还将检查结果在校门口张榜公布，请家长监督，并把整改不力的食堂名单送到区教育局和街道办事处，由他们逐户上门督"
    page = [
        caption + "　李曼青 摄",
        "临江区检查学校食堂",
        BODY,
        caption,
        half,
        "云溪县石田村，果农在分拣",
        "促整改。（邓安）",
        "云溪县石田村，",
    ]
    assert only("\n\n".join(page)).text == f"{BODY}\n{half}促整改。"


def test_an_editors_note_is_no_story() -> None:
    """编者按 alone under the head of a page introduces what follows."""
    note = "编者按：霜降已过，正是兴修水利的黄金季节。本报今起推出专题，看各县怎样趁冬季把明年的“水缸子”修好。"
    article = only(f"冬修水利进行时\n\n{note}\n\n临江区检查学校食堂\n\n本报记者 李曼青\n\n{BODY}\n\n{MORE}")
    assert article.text == f"{BODY}\n{MORE}"


def test_the_head_above_a_dateline_begins_an_article() -> None:
    """Stories with datelines under headlines in a row, kicker and deck included, are as many articles."""
    page = "全市会议召开\n传达精神 研究工作\n本报讯(记者 邓安)" + BODY + "\n" + MORE
    page += "\n区长调研河道治理\n本报讯(记者 李曼青)区长王立实地察看了三条河的治理，询问管网接入情况，要求年底前完工。"
    page += "\n秋季检查启动\n——为期一个月\n本报11月5日讯 教育部门派出26个小组，到全区的中学和小学去检查用电安全。"
    assert [article.authors for article in split(page)] == [("邓安",), ("李曼青",), ()]


def test_where_marks_have_levels_the_highest_is_a_headlines() -> None:
    """# is a headline and ## a section head; a headline with this mark may be long."""
    long = "临江区白地镇三位退休老教师十一年坚持为留守儿童免费开办暑期书法班，累计教会一千二百多个孩子写毛笔字"
    class_room, bus = "老祠堂里墨香阵阵，56个孩子握笔临帖。", "暴雨冲垮的公路修好了，停了5天的班车又开进瑶乡。"
    page = f"# 果园丰收\n\n{BODY}\n\n## 一个电话全包\n\n{MORE}\n\n# {long}\n\n{class_room}\n\n# 班车回来了\n\n{bus}"
    headlines = [article.headline and article.headline.text for article in split(page)]
    assert headlines == ["果园丰收", long, "班车回来了"]


@pytest.mark.parametrize("headline", ["车主要不要赔？", "“老师，我能给您写信吗？”", "中国队赢了！"])
@pytest.mark.parametrize("below", ["本报记者 邓安", "2026-11-05 10:26 来源：临江发布"])
def test_a_headline_that_asks(headline: str, below: str) -> None:
    """A question over a byline or a web page's line of date is a headline, though it ends as a sentence does."""
    article = only(f"{headline}\n{below}\n\n{BODY}\n\n{MORE}")
    assert article.headline is not None
    assert (article.headline.text, article.text) == (headline, f"{BODY}\n{MORE}")


def test_bars_inside_a_web_article_do_not_end_it() -> None:
    """Buttons between two paragraphs of some length are passed over; below the last one they end the text."""
    page = [
        "临江区检查学校食堂",
        "2026-11-05 10:26 来源：临江发布",
        BODY,
        "【纠错】【关闭窗口】",
        MORE * 2,
        "【打印】 【关闭】",
        "网友：好。",
    ]
    assert only("\n".join(page)).text == f"{BODY}\n{MORE * 2}"


def test_what_stands_under_the_place_of_a_picture() -> None:
    """A scene under 图片 is a caption and a section head is not; under 2/6 every short line is one."""
    page = [
        "临江区检查学校食堂",
        "2026-11-05 10:26 来源：临江发布",
        "图片",
        "工作人员在食堂里抽检蔬菜",
        BODY,
        "图片",
        "食堂安全怎么管",
        MORE,
    ]
    article = only("\n".join(page))
    roles = [(paragraph.role, paragraph.quote.text) for paragraph in article.paragraphs]
    assert roles == [("body", BODY), ("section_head", "食堂安全怎么管"), ("body", MORE)]
    assert only("\n".join([*page[:2], BODY, "2/6", "工作人员抽检蔬菜。", MORE])).text == f"{BODY}\n{MORE}"


def test_a_list_of_names_is_no_byline() -> None:
    """The winners between two paragraphs wrote nothing."""
    page = f"2026年工匠名单揭晓 20名工人上榜\n本报记者 邓安\n\n{BODY}\n\n王国华 邓小军 邓美玉\n\n{MORE}"
    assert only(page).authors == ("邓安",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("云溪县　读者　贺春华", ("贺春华",)),
        ("（读者　谌立冬）", ("谌立冬",)),
        ("（作者系云溪县仁义镇中心小学教师何艳）", ("何艳",)),
        ("（肖云 主治医师）", ("肖云",)),
        ("（蒲秀华／文）", ("蒲秀华",)),
        ("（云溪县融媒体中心 吴东林 麻正规）", ("吴东林", "麻正规")),
        ("（据《健康文摘》）", ()),
        ("（本报综合）", ()),
        ("（欧小满　云溪县井头圩镇教师）", ("欧小满",)),
        ("江流（媒体人）", ("江流",)),
        ("　　　　　　　　　　　　攸县　丁文斌", ("丁文斌",)),
        ("　　　　　　　　　　　　丁文斌", ("丁文斌",)),
    ],
)
def test_who_signs_at_the_end(line: str, authors: tuple[str, ...]) -> None:
    """Letters, offices, titles, houses and sources; each ends its article."""
    first, second = split(f"果园丰收\n\n{BODY}\n\n{line}\n\n新桥通车\n\n{MORE}（邓安）")
    assert (first.text, first.authors, second.authors) == (BODY, authors, ("邓安",))


def test_a_marked_name_is_a_section_head() -> None:
    """## 修桥人 has a rare surname and no second name: no byline is marked as a heading."""
    page = f"# 坪坦河上听桥说话\n\n李曼青 刘洪生\n\n{BODY}\n\n## 修桥人\n\n{MORE}"
    assert only(page).authors == ("李曼青", "刘洪生")


@pytest.mark.parametrize(
    "paragraph",
    [
        "20日早上晴朗，气温只有5度。环卫工人刘大姐已经扫完了两条街。",
        "家属在社交媒体发布消息：父亲于6月1日安详离世，享年95岁。",
        "（记者节专题）今年是第二十七个记者节，本报推出系列报道。",
        "（记者调查发现，多数商户）并未公示价格，监管部门已介入。",
        "该公司此前已发布多份声明，称原有公章自登报之日起作废，请各方留意。",
    ],
)
def test_news_that_sounds_like_a_box_stays(paragraph: str) -> None:
    """The weather in a scene, a death in a report and a remark in brackets are no forecast, no notice and no dateline."""
    assert paragraph in only(f"果园丰收\n\n本报记者 邓安\n\n{BODY}\n\n{paragraph}\n\n{MORE}").text


@pytest.mark.parametrize(
    "headline",
    [
        "寻人：八旬老人走失三小时 民警接力助其回家",
        "遗失：一座古村落的百年记忆与乡愁",
        "统筹谋划 统筹推进",
        "公益广告：点亮文明的灯，全市四百块大屏滚动播出",
        "关爱 退休职工",
        "惠及 村民",
        "方便 村民",
    ],
)
def test_a_headline_that_sounds_like_a_notice_or_a_signature_stays(headline: str) -> None:
    """Words before 村民 or 职工 sign nothing, and a notice has a telephone."""
    first, second = split(f"果园丰收\n\n{BODY}（邓安）\n\n{headline}\n本报记者 李曼青\n\n{MORE}")
    assert (first.authors, second.title, second.authors) == (("邓安",), headline.replace("：", "："), ("李曼青",))


def test_a_rubric_is_no_half_headline() -> None:
    """本期关注： stands above a headline; so do marked and numbered headings of their own."""
    assert only(f"本期关注：\n老旧小区改造惠及三万户\n\n{BODY}\n\n{MORE}").title == "老旧小区改造惠及三万户"
    page = f"# 果园丰收\n\n{BODY}\n\n## 一、为了明天的\n## 二、坚守平凡的岗位\n\n{MORE}"
    assert "坚守平凡的岗位" not in (only(page).title or "")
    assert "一、为了明天的二、" not in only(page).text


def test_a_dateline_may_be_names_alone() -> None:
    """(记者 …) begins a text without 本报讯; a remark of the reporter's does not."""
    article = only(f"果园丰收\n\n（记者邓安）{BODY}\n\n{MORE}")
    assert (article.authors, article.text) == (("邓安",), f"{BODY}\n{MORE}")
    remark = "（记者注：两次检查相隔一周。）" + MORE
    assert only(f"果园丰收\n\n（记者邓安）{BODY}\n\n{remark}").text == f"{BODY}\n{remark}"


def test_a_headline_like_a_name_stands_above_names() -> None:
    """雷打笋 above 卜竹青 is the headline of an essay; below a headline both are names."""
    article = only(f"雷打笋\n卜竹青\n\n{BODY}\n\n{MORE}")
    assert (article.title, article.authors) == ("雷打笋", ("卜竹青",))
    assert only(f"果园丰收\n李曼青\n卜竹青\n\n{BODY}\n\n{MORE}").authors == ("李曼青", "卜竹青")


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        ("街头少一把锁，\n城市多一份信任", "街头少一把锁，城市多一份信任"),
        ("新化武术走进校园：\n“桩功课”从一年级站起", "新化武术走进校园：“桩功课”从一年级站起"),
        ("　　　决赛前瞻：两支球队的\n　　　　第三次握手", "决赛前瞻：两支球队的第三次握手"),
    ],
)
def test_a_headline_broken_over_two_lines_is_one(lines: str, headline: str) -> None:
    """A headline's first line that breaks off goes on in the next; the text keeps none of it."""
    article = only(f"{lines}\n本报记者 邓安\n{BODY}\n{MORE}")
    assert (article.title, article.text) == (headline, f"{BODY}\n{MORE}")


def test_an_interview_is_one_article() -> None:
    """What 记者： asks is no byline, and whoever answers twice begins no article, under section heads neither."""
    answers = [
        "六七岁吧，我爷爷叫它“江猪子”，说它拜风，天要变。",
        "早上五点半出湖，走六十公里左右，捡地笼网。",
        "少一半还多，老婆开始想不通。",
    ]
    asked = [
        f"记者：{question}\n\n冯远航：{answer}"
        for question, answer in zip(("第一次见到是什么时候？", "后来呢？", "收入比打鱼少吗？"), answers, strict=True)
    ]
    page = f"## 对话巡护员\n\n记者 邓安\n\n{BODY}\n\n{asked[0]}\n\n### 一天六十公里\n\n{asked[1]}\n\n### 岸上\n\n{asked[2]}\n\n## 新桥通车\n\n{MORE}"
    first, second = split(page)
    assert [answer in first.text for answer in answers] == [True] * 3
    assert "记者：后来呢？" in first.text
    assert (first.authors, second.title) == (("邓安",), "新桥通车")


def test_the_rest_of_a_sentence_is_no_name() -> None:
    """门。 has a surname's first character and a stop."""
    half = "临江区还将检查结果在校门口张榜公布，请家长监督，并把整改不力的食堂名单送到区教育局，由街道的工作人员逐户上"
    article = only(f"临江区检查学校食堂\n\n{BODY}\n\n{half}\n\n门。（邓安）")
    assert (article.authors, article.text) == (("邓安",), f"{BODY}\n{half}门。")


def test_a_rule_parts_two_articles() -> None:
    """A line of ==== above a headline begins an article, whatever the two have in common."""
    page = f"果园丰收\n\n{BODY}\n\n================\n\n校门口的榜\n\n{MORE}"
    assert [article.title for article in split(page)] == ["果园丰收", "校门口的榜"]


def test_the_lowest_marks_are_section_heads() -> None:
    """### below ## begins no article, though each section is of one paragraph and the names are new."""
    class_room, bus = "老祠堂里墨香阵阵，56个孩子握笔临帖。", "暴雨冲垮的公路修好了，停了5天的班车又开进瑶乡。"
    page = f"## 果园丰收\n\n本报记者 邓安\n\n{BODY}\n\n### 书法班\n\n{class_room}\n\n### 班车\n\n{bus}\n\n## 新桥通车\n\n{MORE}"
    assert [article.title for article in split(page)] == ["果园丰收", "新桥通车"]


def test_the_masthead_names_the_medium() -> None:
    """A printed page's articles are of its newspaper, but for those that state another source."""
    page = f"云溪新报\n2026年9月12日 星期六 第1版 责编：何可\n\n果园丰收\n\n{BODY}（邓安）\n\n新桥通车\n来源：新华社\n\n{MORE}"
    assert [article.medium for article in split(page)] == ["云溪新报", "新华社"]
    assert only(f"天气预报\n2026年9月12日 星期六 第1版\n\n果园丰收\n\n{BODY}").medium is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "家住城北街道的李先生打来电话：小区电梯坏了半个月，一直没人来修。",
        "我县公开招聘教师50名，报名截止11月20日，咨询电话0745-2223344。",
        "逾期未缴纳医保费的居民将无法享受待遇，详情可拨打电话0731-12345678咨询。",
        "新建的体育馆将于国庆期间免费向市民开放，敬请期待。",
        "进入冬季，多地居民通过手机APP预约挂号，少跑了不少冤枉路。",
        "声明：这不是我说的。当事人李某昨日在镇里当众表示歉意。",
    ],
)
def test_news_that_sounds_like_a_notice_stays(paragraph: str) -> None:
    """A telephone number, an invitation or a polite word makes no advertisement of a sentence."""
    assert paragraph in only(f"果园丰收\n\n本报记者 邓安\n\n{BODY}\n\n{paragraph}\n\n{MORE}").text


def test_a_section_head_like_a_list_ends_nothing() -> None:
    """今日看点 and 新闻链接 head text of the article; short paragraphs below stay."""
    page = ["临江区检查学校食堂", "2026-11-05 10:26 来源：临江发布", BODY, MORE, "新闻链接", "全区有学校食堂28家。"]
    assert only("\n".join(page)).text.endswith("全区有学校食堂28家。")


def test_text_below_a_list_begins_with_two_paragraphs() -> None:
    """A second web article with short paragraphs only stands behind the list of the first."""
    page = [
        "临江区检查学校食堂",
        "2026-11-05 10:26 来源：临江发布",
        BODY,
        "责编：邓安",
        "相关阅读",
        "云溪高铁站启用",
        "县城公交换新车",
    ]
    below = ["12辆公交车换成了电动车。", "票价不变，仍是2元。"]
    _, second = split("\n".join([*page, *below]))
    assert second.text == "\n".join(below)


def test_a_line_of_many_counters_takes_no_time() -> None:
    """What is a counter and what a word beside it is decided once."""
    assert split("赞 1 " * 30 + "1234567x!\n" + BODY)[-1].text.endswith(BODY)


@pytest.mark.parametrize("title", ["相关阅读", "猜你喜欢", "评论（3）", "更多精彩内容", "下一篇：果园丰收"])
def test_below_a_web_article_stand_lists(title: str) -> None:
    """Other headlines and what readers say are dropped, up to the next long paragraph and its headline."""
    page = ["临江区检查学校食堂", "2026-11-05 10:26 来源：临江发布", BODY, MORE, "责编：邓安", title]
    entries = ["云溪高铁站启用", "网友云溪：查得好，应该多查几次！", "11-05 18:02 赞 12 回复"]
    assert only("\n".join([*page, *entries])).text == f"{BODY}\n{MORE}"
    longer = MORE * 5
    first, second = split("\n".join([*page, *entries, "果园丰收", longer]))
    assert (first.text, second.text) == (f"{BODY}\n{MORE}", longer)
    assert second.headline is not None


def test_a_source_that_holds_one_article_is_not_divided() -> None:
    """In a web page or a record every further heading is a section head; what the source says of itself is kept."""
    text = f"临江区检查学校食堂\n{BODY}\n晒结果\n{MORE}\n(邓安)\n再检查\n{BODY[:-1]}三天。"
    said = {
        "headline": (0, 9),
        "authors": ("谭宁宁",),
        "published": dt.date(2023, 11, 4),
        "url": "https://example.org/1",
    }
    article = only(text, kind="article", **said)
    assert article.title == "临江区检查学校食堂"
    assert (article.authors, article.published, article.url) == (("谭宁宁",), dt.date(2023, 11, 4), said["url"])
    assert [p.quote.text for p in article.paragraphs if p.role == "section_head"] == ["晒结果", "再检查"]


def test_articles_are_numbered_in_page_order() -> None:
    """Numbers run from `first` in the order of the headlines on the page."""
    text = f"临江区检查学校食堂\n{BODY}\n(邓安)\n石桥镇办起课堂\n石桥镇今年开办课堂32期。\n(何青山)"
    document = Document("d", "page.txt", "", "utf-8", text)
    articles = split_page(Page(document, 0, len(text), "text"), MODEL, first=5)
    assert [(a.n, a.title) for a in articles] == [(5, "临江区检查学校食堂"), (6, "石桥镇办起课堂")]


def test_a_page_is_a_stretch_of_its_document() -> None:
    """Only the page's own characters are read, and the spans count from the document's beginning."""
    text = f"别的文字。\n\n临江区检查学校食堂\n{BODY}\n(邓安)\n\n别的文字。"
    start, end = text.index("临江区"), text.rindex("\n\n")
    (article,) = split_page(Page(Document("d", "page.txt", "", "utf-8", text), start, end, "text"), MODEL)
    assert article.text == BODY
    ((a, b),) = article.paragraphs[0].quote.spans
    assert text[a:b] == BODY


@pytest.mark.parametrize("text", ["", "\n\r\n", "  \u3000", "标题一\n标题二\n标题三", "1\t2\t3\n4\t5\t6"])
def test_a_page_without_prose_holds_no_article(text: str) -> None:
    """Nothing, headlines alone, and a table of numbers yield no article."""
    assert split(text) == ()


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\n\n\n"])
def test_the_kind_of_line_break_does_not_matter(break_: str) -> None:
    """Any line break, with or without blank lines, yields the same texts."""
    article = only(break_.join(["临江区检查学校食堂", BODY, MORE, "(邓安)"]))
    assert (article.title, article.text) == ("临江区检查学校食堂", f"{BODY}\n{MORE}")


def test_a_text_without_line_breaks_is_one_paragraph() -> None:
    """A text on one line is one article without a headline."""
    article = only(BODY + MORE)
    assert (article.headline, article.text) == (None, BODY + MORE)


def test_an_english_text_is_an_article() -> None:
    """A full stop after a Latin letter ends a sentence."""
    assert only("The bridge was opened on Monday.\nIt is 860 metres long.").text.endswith("long.")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("发布时间:2023年11月06日 来源:临江网", dt.date(2023, 11, 6)),
        ("2023-11-06 08:30", dt.date(2023, 11, 6)),
        ("临江日报 2023年11月6日 星期一 第6版", dt.date(2023, 11, 6)),
        ("2023年11月6日", dt.date(2023, 11, 6)),
        ("2023年11月6日，全国会议召开。", None),
        ("10月21日，会议召开。", None),
        ("2023-13-06 08:30", None),
        ("", None),
    ],
)
def test_a_date_counts_where_the_page_prints_it(text: str, date: dt.date | None) -> None:
    """Labelled dates, time stamps and mastheads count; dates in running prose and impossible ones do not."""
    assert line_date(text) == date


@pytest.mark.parametrize("mark", ["□ ", "□", "■", "◆　"])
def test_a_mark_before_a_byline_is_no_part_of_it(mark: str) -> None:
    """□本报记者 stands under many headlines, and is neither one itself nor lost."""
    article = only(f"临江食堂检查收官\n{mark}本报记者 邓安 通讯员 谭宁宁\n{BODY}\n{MORE}")
    assert article.headline is not None
    assert (article.headline.text, article.authors) == ("临江食堂检查收官", ("邓安", "谭宁宁"))


@pytest.mark.parametrize("sign", ["(邓安 摄影报道)", "（通讯员 邓安 摄影报道）", "(邓安 文/图)", "（邓安 图/文）"])
def test_who_signs_text_and_pictures_signs_the_article(sign: str) -> None:
    """The paragraph above such a line is the article's own, not a caption."""
    article = only(f"临江食堂检查收官\n{BODY}\n{MORE}\n{sign}")
    assert article.authors == ("邓安",)
    assert [paragraph.quote.text for paragraph in article.paragraphs] == [BODY, MORE]
    assert not article.truncated


@pytest.mark.parametrize("credit", ["谭宁宁 摄", "本报记者 谭宁宁 摄"])
def test_a_caption_with_a_bare_credit_goes(credit: str) -> None:
    """图为…。谭宁宁 摄 is a caption without any brackets; the article above it is whole."""
    article = only(f"临江食堂检查收官\n{BODY}\n{MORE}\n图为检查人员查看留样。{credit}")
    assert [paragraph.quote.text for paragraph in article.paragraphs] == [BODY, MORE]
    assert not article.truncated


@pytest.mark.parametrize("dateline", ["临江在线讯 ", "红网时刻讯　", "临江日报讯 ", "据新华社电", "本报综合消息　"])
def test_a_dateline_without_a_day_is_cut_off(dateline: str) -> None:
    """A medium's name and 讯 before the first sentence is a dateline, day or not."""
    article = only(f"临江食堂检查收官\n{dateline}{BODY}\n{MORE}")
    assert article.paragraphs[0].quote.text == BODY
    assert article.dateline is not None
    assert article.dateline.text == dateline.strip()


@pytest.mark.parametrize("word", ["地铁", "地震", "过程", "等级", "化妆", "得分", "之江", "性价比", "的确"])
def test_words_that_begin_like_particles_begin_paragraphs(word: str) -> None:
    """Where nothing above is torn, a paragraph that begins with 地铁 or 过程 is whole."""
    paragraph = f"{word}的事情，临江区今年已经说过三回。区里还派人到每个村里去讲，讲了46场。"
    assert only(f"临江区检查学校食堂\n{BODY}\n{paragraph}\n{MORE}\n(邓安)").text == f"{BODY}\n{paragraph}\n{MORE}"


def test_a_dateline_on_a_line_of_its_own_counts_for_the_text_below() -> None:
    """Its reporter is the author."""
    article = only(f"临江区检查学校食堂\n本报11月5日讯(记者 邓安)\n{BODY}\n{MORE}")
    assert (article.authors, article.text) == (("邓安",), f"{BODY}\n{MORE}")


@pytest.mark.parametrize(
    "last",
    ["平乐乡的罗雪花算的是风险账。", "11月5日，荷塘村的田里，一台打捆机吞进稻草，吐出一个个草捆，每捆重约220公斤。"],
)
def test_a_short_page_keeps_its_last_sentence(last: str) -> None:
    """On a page of few paragraphs one is no caption for its form alone."""
    assert only(f"临江区检查学校食堂\n{BODY}\n{last}").text == f"{BODY}\n{last}"
