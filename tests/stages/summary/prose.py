"""Proses for the tests of the summary methods: paragraphs as they would be read. All news is invented."""

from digest.model import Prose
from digest.stages.sentences import text_prose


def prose(*paragraphs: str, title: str = "") -> Prose:
    """The prose of these paragraphs."""
    return text_prose(title, "\n".join(paragraphs))


STORY = (
    "青石县全长12公里的河东公路11月3日建成通车，沿线6个村的3200名村民告别了绕山路。这条路去年3月动工，总投资8600万元。",
    "河东公路通车后，从县城到云溪村的车程由1小时缩短到20分钟。村民李大山的橘子当天就运出了山。“路通了，橘子不愁卖。”李大山说。",
    "青石县交通局介绍，河东公路沿线还将建设3处停车区。秋日的阳光洒在山坡上。",
)
"""One story, the news first."""

ROUND_UP = (
    "云溪镇敬老院11月2日启用新楼，86位老人入住。新楼设有食堂和康复室。食堂每日供应三餐，康复室有专人照看。",
    "松柏村的稻田今年亩产达到720公斤。收割机在田间来回作业，稻田里一片繁忙。农技员每周下田查看稻田虫情。",
    "青石县图书馆夜间开放时间延长至22时。图书馆阅览座位增加到400个。读者可以在图书馆自助借书还书。",
)
"""Three stories on one page."""
