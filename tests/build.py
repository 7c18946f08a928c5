"""Values for tests, built by small functions that read like the mail that they end up in. All news is invented."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from digest.errors import SourceError, UnreadableSource
from digest.model import (
    ELSEWHERE,
    PROVINCE,
    Brief,
    Document,
    Failure,
    Issue,
    Period,
    Section,
    Sentence,
    Source,
    Story,
    Tile,
    Tiles,
)
from digest.quote import Quote, quote

WEEK = Period(dt.date(2026, 11, 9), dt.date(2026, 11, 15))

CITIES = {
    "长沙市": "430100",
    "株洲市": "430200",
    "湘潭市": "430300",
    "衡阳市": "430400",
    "邵阳市": "430500",
    "岳阳市": "430600",
    "常德市": "430700",
    "张家界市": "430800",
    "益阳市": "430900",
    "郴州市": "431000",
    "永州市": "431100",
    "怀化市": "431200",
    "娄底市": "431300",
    "湘西土家族苗族自治州": "433100",
}


def day(month_day: str, year: int = 2026) -> dt.date:
    """day("11-10") is 2026-11-10."""
    month, number = map(int, month_day.split("-"))
    return dt.date(year, month, number)


def quoted(text: str, document: str = "page") -> Quote:
    """The text as the whole of its document."""
    return quote(document, text, [(0, len(text))])


def sentences(*texts: str | None) -> tuple[Sentence, ...]:
    """Sentences that follow each other in their article; None stands for one that was left out."""
    return tuple(Sentence(quoted(text), index, 0) for index, text in enumerate(texts) if text is not None)


def source(
    medium: str | None = None,
    *authors: str,
    path: str = "市州新闻.txt",
    published: dt.date | None = None,
    url: str | None = None,
    truncated: bool = False,
) -> Source:
    """A report in a medium, or in a file where the medium is not known."""
    return Source("page", path, "page#1", medium, authors, published, url, truncated)


def story(
    headline: str | None,
    *texts: str | None,
    city: str = "株洲市",
    county: str | None = None,
    published: dt.date | None = None,
    sources: Iterable[Source] = (),
    keywords: Iterable[str] = (),
    id: str | None = None,  # noqa: A002 - the field's name
) -> Story:
    """A story; without a headline it is headed by the opening clause of its first sentence."""
    told = sentences(*texts)
    label = quoted(headline) if headline is not None else told[0].quote.part(0, told[0].text.index("，"))
    return Story(
        id=id or f"page#{label.text}",
        headline=label if headline is not None else None,
        label=label,
        city=city,
        county=county,
        published=published,
        sentences=told,
        sources=tuple(sources) or (source(published=published),),
        keywords=tuple(keywords),
    )


def brief(text: str, of: Story) -> Brief:
    """A sentence of a story that stands elsewhere in the issue."""
    return Brief(of.id, of.label.text, quoted(text))


def section(city: str, *stories: Story, briefs: Iterable[Brief] = ()) -> Section:
    """The section of a city, of PROVINCE or of ELSEWHERE."""
    code = {PROVINCE: "430000", ELSEWHERE: ""}.get(city) if city in (PROVINCE, ELSEWHERE) else CITIES[city]
    title = {PROVINCE: "全省/多地", ELSEWHERE: "省外·其他"}.get(city, city)
    return Section(city, code or "", title, stories, tuple(briefs))


def failure(path: str, error: type[SourceError] = UnreadableSource) -> Failure:
    """A file that could not be used."""
    return Failure(path, error(path, "as the test wants it"))


def tiles() -> Tiles:
    """A map of two rows: five cities and a hole."""
    rows = (("张家界市", "常德市", "岳阳市"), (None, "株洲市", "长沙市"))
    return tuple(tuple(Tile(city, city.removesuffix("市")) if city else None for city in row) for row in rows)


def full_week(cities: int, each: int) -> Issue:
    """So many stories in each of so many cities, each with 24 characters of headline, 110 of summary, county, one linked source."""
    summary = (
        "11月9日至12日，第六届醴陵陶瓷电商节在城区举行，236家企业参展，线上线下成交额2.3亿元，同比增长17.4%。"
        "釉下五彩茶具成为最受欢迎的品类，占全部成交额的百分之四十一，外地订单首次超过本地，明年将再扩一倍。"
    )
    summary = summary[:109].ljust(109, "增") + "。"

    def told(city: str, n: int) -> Story:
        address = f"https://news.example/2026/1113/{CITIES[city]}-{n:03}.html"
        return story(
            "醴陵陶瓷电商节四天成交额突破两亿元再次创历史新高",
            summary,
            city=city,
            county="醴陵市",
            published=day("11-13"),
            sources=[source("湘东日报", url=address)],
            id=f"{city}#{n}",
        )

    named = list(CITIES)[:cities]
    return issue(*(section(city, *(told(city, n) for n in range(each))) for city in named), tiles=tiles())


def issue(*sections: Section, **changes: Any) -> Issue:
    """An issue of the whole province: the sections given, an empty one for every other city, in official order."""
    given = {section.city: section for section in sections}
    order = (*CITIES, PROVINCE, ELSEWHERE)
    values: dict[str, Any] = {
        "edition": "湖南市州新闻周报",
        "province": "湖南省",
        "number": 46,
        "period": WEEK,
        "sections": tuple(given.get(city) or section(city) for city in order),
        "documents": (Document("page", "市州新闻.txt", "0" * 64, "utf-8", ""),),
        "failures": (),
        "articles": 9,
        "without_article": (),
        "left_out": 0,
        "told_before": 0,
        "unquotable": 0,
        "keywords": (),
        "method": "centrality",
        "fingerprint": "3f9a" * 16,
    }
    return Issue(**(values | changes))


def week() -> Issue:
    """A whole week with one of everything that a mail can show."""
    round_up = story(
        "湘江流域七市联动开展冬季水质巡查",
        "11月12日起，湘江流域七市启动为期一个月的冬季水质联合巡查。",
        None,
        "永州市、衡阳市率先投放无人船18艘，对干流112个断面逐日采样。",
        "巡查结果将于12月15日前统一公布。",
        city=PROVINCE,
        published=day("11-12"),
        sources=[source("三湘晚刊", "周楚南", published=day("11-12"))],
        keywords=["湘江", "水质巡查", "无人船"],
    )
    bridge_sources = [
        source("洞庭晚报", "彭一舟", "何静澜", published=day("11-11")),
        source(
            "岳州在线",
            "吴小满",
            published=day("11-12"),
            url="https://news.example/2026/1112/bridge.html?from=week&id=8",
        ),
    ]
    return issue(
        section(
            "长沙市",
            story(
                "浏阳河畔老厂房变身社区图书馆",
                "11月10日，由废弃纺织厂改建的浏阳河社区图书馆正式开放，首日接待读者1860人次。",
                "馆内藏书6.2万册，其中三分之一由周边居民捐赠。",
                None,
                "“以前下班只能刷手机，现在走五分钟就能坐下来看书。”住在附近的居民李婉清说。",
                city="长沙市",
                county="开福区",
                published=day("11-10"),
                sources=[source("星城早报", "龙思远", published=day("11-10"))],
                keywords=["社区图书馆", "老厂房", "浏阳河"],
            ),
            story(
                "长沙县推行“一窗办”：新设企业开办时间压缩至3小时",
                "长沙县政务服务中心11日起推行企业开办“一窗办”，营业执照、公章刻制、税务登记等6个事项一次提交、并联审批。",
                "试运行两周来，412户新设企业平均开办时间由1.5个工作日压缩至3小时。",
                city="长沙市",
                county="长沙县",
                published=day("11-11"),
                sources=[source(path="2026-11-13_综合.md", published=day("11-11"))],
                keywords=["一窗办", "企业开办"],
            ),
        ),
        section(
            "株洲市",
            story(
                "醴陵陶瓷电商节四天成交2.3亿元",
                "11月9日至12日，第六届醴陵陶瓷电商节举行，236家企业参展，线上线下成交额2.3亿元，同比增长17.4%。",
                None,
                "釉下五彩茶具成为最受欢迎的品类，占成交额的41%。",
                city="株洲市",
                county="醴陵市",
                published=day("11-13"),
                sources=[source("湘东日报", "谭文博", "刘雨桐", published=day("11-13"))],
                keywords=["陶瓷", "电商节", "釉下五彩"],
            ),
            story(
                None,
                "渌口区古岳峰镇，今年新修的12公里机耕道已全部通车，惠及6个村4300亩油茶林。",
                "往年鲜果下山每吨运费要120元，如今降到45元。",
                city="株洲市",
                county="渌口区",
                sources=[source(path="通讯员来稿.txt", truncated=True)],
                keywords=["机耕道", "油茶林"],
            ),
            briefs=[brief("株洲市投入巡查艇4艘，重点排查沿江工业园区排口31处。", round_up)],
        ),
        section(
            "岳阳市",
            story(
                "君山区新洲大桥合龙，两岸车程缩短四十分钟",
                "11月11日上午10时18分，随着最后一方混凝土浇筑完成，君山区新洲大桥实现主跨合龙。",
                "大桥全长1.86公里，双向四车道，预计2027年6月建成通车。",
                "届时两岸车程将由55分钟缩短至15分钟。",
                city="岳阳市",
                county="君山区",
                published=day("11-11"),
                sources=bridge_sources,
                keywords=["新洲大桥", "合龙"],
            ),
        ),
        section(
            "郴州市",
            story(
                "莽山脚下冬笋上市，合作社日发货八吨",
                "宜章县莽山瑶族乡的冬笋本周进入采收旺季，7家合作社日均发货8吨，收购价每公斤22元至26元。",
                city="郴州市",
                county="宜章县",
                published=day("12-30", 2025),
                sources=[source("郴江晚报", "邓秋实", published=day("12-30", 2025))],
                keywords=["冬笋", "合作社"],
            ),
        ),
        section(
            "永州市",
            briefs=[brief("永州市率先投放无人船18艘，对干流112个断面逐日采样。", round_up)],
        ),
        section(
            "湘西土家族苗族自治州",
            story(
                "凤凰县32所乡村小学用上直饮水",
                "截至11月14日，凤凰县32所乡村小学的直饮水设备全部安装到位，惠及学生5700余名。",
                None,
                None,
                "县教育部门与供水企业约定每月检测一次水质，结果张贴在校门口。",
                city="湘西土家族苗族自治州",
                county="凤凰县",
                published=day("11-14"),
                sources=[source("湘西边城报", "麻秀兰", "石光明", published=day("11-14"))],
                keywords=["直饮水", "乡村小学"],
            ),
        ),
        section(PROVINCE, round_up),
        section(
            ELSEWHERE,
            story(
                "长江中游四省签订冬运联保协议",
                "11月13日，长江中游四省在武汉签订冬运联保协议，建立运力调度和应急救援的统一平台。",
                city=ELSEWHERE,
                published=day("11-13"),
                sources=[source("江城新闻", published=day("11-13"), url="https://news.example/2026/1113/yangtze.html")],
                keywords=["冬运", "联保协议"],
            ),
        ),
        keywords=("湘江", "水质巡查", "新洲大桥", "社区图书馆", "陶瓷", "直饮水"),
        failures=(failure("扫描件/第3版.txt"), failure("来信.bin", SourceError)),
        without_article=("目录.txt",),
        left_out=3,
        told_before=1,
        unquotable=1,
    )
