"""What stands on a page and belongs to no article (版面附件): bars, mastheads, hotlines, turn notes, credits."""

import re
from typing import Literal

from digest.stages.articles.names import split_names
from digest.stages.articles.webpage import CONTROLS, LISTS, is_navigation

_NAME = r"[\u4e00-\u9fff·]{2,4}"
_NAMES = rf"{_NAME}(?:[ 、,]{{1,2}}{_NAME}){{0,4}}"
_REPORTER = r"(?:(?:本报|本刊|见习|特约|实习|首席|全媒体|融媒体|视觉|新华社|中新社)*(?:记者|通讯员|摄影师|实习生|作者))"

_DAY = r"(?:19|20)\d{2}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?"
_DATE_AND_TIME = _DAY + r"\s*\d{1,2}:\d{2}(?::\d{2})?"

_ACCOUNT = rf"原创\s+[^。,:]{{2,40}}\s{_DATE_AND_TIME}.{{0,20}}"
"""Who wrote for an account (公众号), its name, the time, and where from."""
_CRUMBS = r"[^。,:>»›]{1,16}(?:\s*(?:>{1,2}|»|›)\s*[^。,:>»›]{1,16}){2,5}"
_PAGE_CRUMBS = (
    r"[^。,:>»›]{1,16}(?:\s*(?:>{1,2}|»|›)\s*[^。,:>»›]{1,16}){0,4}\s*(?:>{1,2}|»|›)\s*第?\w{1,4}版\s*:[^。,:]{1,12}"
)
"""The way to a page of an electronic edition, which holds any number of articles: 快讯 > 数字报 > 第03版:要闻."""
_MAKERS = (
    r"(?:(?:首席|责任|执行|值班|本版|本期|图片|版式|美术|视觉|文字|新闻|数字)?(?:主编|编辑|美编|责编|校对|校读|责校|检校|审校|版式|制图)"
    rf"(?:\s*[:/|]\s*|\s+){_NAME}(?:\s*[|、/]\s*|\s+|$)){{2,6}}"
)
"""Who made the page: 编辑 廖一帆 | 美编 阿布 | 校读 陈素."""

_WHOLE = [
    _CRUMBS,
    _PAGE_CRUMBS,
    # share bars and page controls
    r"[•·▪●◆■]?\s*(?:抖音|微博|微信|朋友圈|QQ空间|QQ|QQ好友|新浪微博|腾讯微博|头条|今日头条|快手|视频号|豆瓣|人人网|Facebook|Twitter|微信好友|微信朋友圈|微信扫码|扫码分享|复制链接)",
    r"(?:分享到|分享至|一键分享|分享按钮)\s*:?.{0,30}|(?:我要)?(?:分享|转发|收藏|点赞|评论)\s*:?",
    r"(?:请|用|打开)?(?:微信|手机)?(?:扫一扫|扫码|扫描|长按识别).{0,14}(?:二维码|手机|阅读|查看|观看|看更多|下载|关注|打开|分享|订阅|内容).{0,16}|(?:微信|手机)?扫一扫",
    r"A ?[-+] ?A ?[-+]|(?:语音)?朗读|无障碍浏览.{0,20}|长者模式",
    r"(?:字号|字体|【字体|\[字体).{0,30}",
    r"(?:(?:网站)?首页|您?(?:的)?(?:当前|现在)?(?:的)?(?:位置|所在位置)\s*:?)\s*(?:[>»›/|-].{0,60}|:.{1,60})?|[^。]{1,30}[>»›/|·]\s*正文",
    r"(?:上一篇|下一篇|上一条|下一条|上一版|下一版|相关(?:阅读|新闻|链接|推荐)|延伸阅读|热门推荐|更多新闻|阅读量|阅读数|浏览量|浏览次数|点击数|点赞|评论|网友评论)\s*[:(\d].{0,60}",
    # rights and notices
    r".{0,20}(?:转载[请须应需时].{0,12}(?:注明|附上|标明)|版权所有|未经.{0,8}(?:授权|许可).{0,4}(?:不得|禁止|严禁)|免责声明|侵权必究|原创(?:文章|作品)|不代表本(?:网|站|报|刊|平台)).{0,80}",
    r"(?:©|Copyright|ICP备|.ICP证|.公网安备).{0,80}",
    # newspaper: hotlines, imprint, mastheads, page numbers
    r"(?:广告|新闻|报料|发行|订阅|投稿|举报|服务|监督|读者|爆料|咨询|征订)?(?:热线|电话|专线)(?:电话)?\s*:?\s*[\d\-—转 /()]{6,}.{0,40}",
    r"(?:地址|邮编|邮箱|传真|投稿邮箱|电子邮箱|零售价|定价|国内统一(?:连续)?刊号|国内统一连续出版物号|邮发代号|承印|印刷)\s*:.{0,60}",
    r"(?:本版|今日|责任|版式|美术|视觉|图片|网络|执行|值班|本期|首席)?(?:责编|编辑|校对|美编|版式|主编|编审|检校|组版|审校|一审|二审|三审)\s*[:/]\s*\S.{0,60}",
    r"(?:责任|版式|美术|视觉|值班|执行)(?:编辑|主编|校对)\s+\S.{0,60}",
    _MAKERS,
    r"(?:A|B|C|D|T)?\d{1,2}\s*版?",
    r"第\s*[A-D]?\d{1,3}\s*[版页](?:\s*:.{0,40})?|第?[一二三四五六七八九十]{1,3}版|-\s*\d{1,3}\s*-|共\s*\d+\s*页",
    r"(?:[A-D]?\d{1,2}\s*)?(?:综合|要闻|时政|市州|市县|县域|民生|经济|教育|文化|体育|健康|科技|法治|社会|国内|国际|理论|党建|乡村振兴|湘江|三农|专题|专版|特刊|副刊|天下|湖南|本省|区域|时事|评论|调查|深度|财经|产经|旅游|生活|公告|广告)(?:新闻|要闻|周刊|专刊|专版|版)?(?:\s*[A-D]?\d{1,2}\s*版?)?",
    rf"(?:\S{{1,12}}\s+){{0,3}}{_DAY}\s*,?\s*(?:(?:星期|周)[一二三四五六日天].{{0,80}}|\s[^。]{{0,24}}(?:第\s*\S{{1,5}}\s*[版期]|农历|主编|责编|编辑|美编|[一二三四\d]\s*版)[^。]{{0,80}})",
    r"\S{2,10}\s+(?:\S{2,8}\s+)?第\s*(?:[A-D]?\d{1,2}|[一二三四五六七八])\s*版(?:\s[^。]{0,20}(?:编|校)[^。]{0,40})?|[A-D]\d{1,2}\s+[^。]{2,40}(?:编辑|美编|校对)\s*[:/][^。]{0,40}",
    r"[\u4e00-\u9fff]{2,4}\s+[A-Z]{5,12}(?:\s*\d{1,2})?|(?!.*[进来了订读看送写])[\u4e00-\u9fff]{2,8}(?:[日晚早新周商时导晨]报|都市报|青年报|农村版)|(?:副\s|专\s|特\s)[刊版]|编辑(?:同志|部|老师)\s*:",
    r"\S{4,24}(?:主管|主办|出版)(?:\s+\S{2,24}(?:主管|主办|承办|协办|出版))+|.{0,16}承印\s*:.{0,80}|零售(?:每份|价).{0,12}",
    r"[□■▲△●◆]?\s*图片新闻",
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?",
    r"(?:星期|周)[一二三四五六日天]|农历.{2,20}",
    # a web page's line of date and controls
    r"(?:发布|发表|刊发|更新)?(?:时间|日期)\s*:.{4,120}",
    rf"\W*{_DATE_AND_TIME}[^。]{{0,80}}|[^。,:]{{2,16}}[|\s]\s*{_DATE_AND_TIME}(?:\s.{{0,20}})?|{_ACCOUNT}",
    rf"{_DAY}\s+(?:来源|作者|编辑)\s*:\s*\S{{1,12}}(?:\s[^。]{{0,30}})?",
    # advertisements and public notices
    r"(?:\S\s*){0,6}公\s*告|(?:遗失|招领|更正|寻人|寻物|招聘|招租|招商|致歉)?(?:启\s*事|声\s*明)|通\s*告|遗失|敬告用户",
    r".{6,110}(?:声明作废|特此公告|特此声明)。?|[^。]{0,60}遗失[^。]{0,60}自登报之日起[^。]{2,8}。?|[^。]{2,60}同志[^。]{0,60}[逝去]世.{0,60}讣告。?",
    r"下期预告.{0,80}|公益广告\s*:[^,。]{0,24}|(?:寻物|寻人|招领|遗失)\s*:.{4,80}(?:电话|联系|致电|拾到者|酬谢|\d{7}).{0,40}",
    r".{0,80}(?:招租|旺铺|有意者|面议|欲购从速).{0,80}(?:电话|电洽|联系|热线|咨询|致电)[^。]{0,16}[\d-]{7,}[^。]{0,16}。?",
    # turn notes
    r"[(▶▷►→\s]*(?:紧|上|下)[接转]\s*(?:第?\s*[A-D]?\d{1,2}|[一二三四五六七八九十]{1,2})?\s*版?.{0,12}",
    # rules and ornaments
    r"[\W_]{1,200}(?<![。!?…”’)])",
]
_WHOLE_RE = re.compile("|".join(f"(?:{pattern})" for pattern in (*_WHOLE, *CONTROLS, LISTS)))
_LISTS_RE = re.compile(LISTS)
_LONGEST_CHARS = 130
"""No furniture but a notice of rights is longer than a short paragraph."""
_NOTICE = re.compile(
    r"[(【]?(?:(?:免责|特别|版权|郑重|本网|本站|遗失)声明\s*:|声明\s*:\s*(?:本|取材|图|转载|文章|以上|部分))"
    r"|(?:招租|招聘|出租|转让|遗失|更正|拍卖|寻人|寻物|注销|减资|清算)?(?:启事|公告|通告)\s*:(?=.{20})"
)
"""What a notice of rights or a paid notice begins with; a headline may begin so and is shorter (公告:明日停水)."""
_LONGEST_NOTICE = 400
_EDITORS_NOTE = re.compile(r"[【\[(]?(?:编者按|编者的话|开栏的话|开栏语|编后)(?:[】\])]|\s*[:|])(?=.{20}|$)")
"""What introduces a page or a series is no story's text."""

_CREDIT = re.compile(
    rf"[(\[▲△▼]?\s*(?:图\s*/\s*{_NAMES}|(?:摄影|供图|制图|图片|图)\s*[:/]\s*(?:{_REPORTER}\s*)?{_NAMES}|图片来源.{{0,20}}"
    rf"|(?:(?:{_REPORTER})\s*)?{_NAMES}\s*(?:{_REPORTER}\s*{_NAMES}\s*)?[ /]?(?:摄影报道|摄影|供图|摄|图|制图|绘|漫画)|资料图片?|资料照片|新华社发.{{0,8}})\s*[)\]]?"
)
_INLINE_CREDIT = re.compile(
    r"[(\[][^()\[\]]{0,26}(?:摄影报道|摄影|供图|摄|资料图片?|资料照片|制图|图片来源[^()\[\]]{0,12})\s*[)\]]\s*。?$"
)
_SCREENSHOT = re.compile(
    r"[(\[](?:视频截图|截图|网络图片?|效果图|(?:图片|照片)由[^()\[\]]{1,16}提供|图源[^()\[\]]{0,12})\s*[)\]]\s*。?$"
)
_LONGEST_LEGEND = 60
"""A paragraph with such a remark behind it is a caption if it is no longer."""
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{6,120}(?:摄影|供图|摄|(?:图片?|照片)[^()\[\]]{0,12}提供)\s*[)\]]")
"""A caption that stands in brackets with its credit."""
_REMARK = re.compile(r"[(\[][^()\[\],:]{8,60}[^。!?()\[\]][)\]]")
"""What stands in brackets without a stop, and is no name, tells what a picture shows."""
_SIGNED_PICTURE = re.compile(rf".{{4,80}}[\s。](?:{_REPORTER}\s*)?(?:({_NAMES})\s?(?:摄影|摄)|{_NAMES}\s?供图)")
"""A caption and its credit, without brackets."""
_PAGE = r"\s*第?\s*(?:[A-D]?\d{1,2}|[一二三四五六七八九十]{1,2})\s*版"
_TURN_TAIL = re.compile(rf"[(▶▷►→\s]*下转{_PAGE}[^。]{{0,10}}$")
_TURN_HEAD = re.compile(rf"^[(◀◁▶▷►→\s]*(?:上接|紧接){_PAGE}[^)。]{{0,12}}[)】]?\s*")
_WEB_TOP = re.compile(
    r"[•·]?\s*(?:抖音|微博|微信|微信扫码)|(?:分享到|我要分享)\s*:?.{0,20}|微信扫一扫"
    r"|(?:(?:网站)?首页|您的位置:首页)\s*[>»›].{0,60}|[^。]{1,30}[>»›/|·]\s*正文"
    rf"|(?:发布|发表|更新)?(?:时间|日期)\s*:.{{4,120}}|\W*{_DATE_AND_TIME}[^。]{{0,80}}|[^。,:]{{2,16}}[|\s]\s*{_DATE_AND_TIME}(?:\s.{{0,20}})?|{_ACCOUNT}|{_CRUMBS}"
)
_WEB_END = re.compile(
    r"(?:微信|手机)?扫一扫.{0,12}(?:[当本此]前?页|手机|分享|朋友圈).{0,12}|.{0,20}(?:转载[请须应需]|原创文章|版权所有|免责声明).{0,80}"
)
"""A QR code on the web opens the page or shares it; one in print leads to more of something (扫一扫 看更多内容)."""
_CONTROLS = frozenset(
    [
        "打印",
        "打印本页",
        "关闭",
        "关闭窗口",
        "关闭本页",
        "收藏",
        "点赞",
        "评论",
        "分享",
        "朗读",
        "复制链接",
        "微信扫码",
        "返回",
        "顶部",
        "返回顶部",
        "返回首页",
        "纠错",
        "放大",
        "缩小",
        "默认",
        "上一版",
        "下一版",
        "上一期",
        "下一期",
        "上一篇",
        "下一篇",
        "版面导航",
        "标题导航",
        "听新闻",
        "立即下载",
        "我要纠错",
        "大",
        "中",
        "小",
    ]
)
_FORECAST = re.compile(
    r"\d{1,2}日[^,。:]{0,8}:(?:多云|晴|阴|小到中雨|小雨|中雨|大雨|阵雨|雷阵雨|雨夹雪|小雪)[^。]{0,40}(?:℃|度|级).{0,90}"
)
_FORECAST_HEAD = re.compile(r"[\u4e00-\u9fff]{0,6}天气(?:预报)?")
_MASTHEAD = re.compile(
    rf"(?:[^\s。,]{{1,10}}\s{{1,4}}){{0,3}}{_DAY}\s*,?\s*(?:(?:星期|周)[一二三四五六日天](?:\s|$)|农历|(?:[^\s。:]{{1,10}}\s{{1,4}})?第\s*\S{{1,5}}\s*[版期](?:\s|$))"
)
_NEWSPAPER = re.compile(r"(?![本据摘原转])[\u4e00-\u9fff]{2,9}(?<![海喜捷简快电预公通汇情直播举填申上])报(?=\s|$)")
_PAGE_OF_PRINT = re.compile(rf"{_DAY}|第\s*\S{{1,5}}\s*[版期]|[A-D]?\d{{1,2}}\s*版")
_SURELY_A_NEWSPAPER = re.compile(r".{2,7}(?:日报|晚报|晨报|早报|新报|时报|商报|周报|导报|都市报|青年报|乡村报|团结报)")
_BETWEEN_CONTROLS = re.compile(r"[\s\[\]【】()|/]+")
_NUMBERED_PICTURE = re.compile(r"\d{1,3}\s*/\s*\d{1,3}")
_PICTURE = re.compile(r"[\[(【]?(?:图片?|图集|GIF|动图)\d*[\])】]?")
_CAPTION_HEAD = re.compile(r"[▲△▼●]?\s*(?:图为|图片为|[上下左右]图为|图片说明\s*:|[【\[(]图片?[】\])])")
_CAPTION_WORDS = re.compile(
    r"^[▲△▼●]?\s*(?:【图片?】|图为|图片为|[上下左右]图[为:,]?|这是(?:\d|[^,。]{0,24}[拍景照])|图片说明|资料(?:图片|照片|图)[:,]|图[\d①-⑨]?[:]|组图)|[(](?:[前后中]排)?(?:左|右|中|前|后)(?:[一二三四五六七八九十\d]+|起|侧|排)?[^()]{0,6}[)]"
)


def is_furniture(text: str) -> bool:
    """Whether a line, its width folded, is a bar, a masthead, a notice, a page number, a hotline, a forecast or a turn note."""
    if _NOTICE.match(text[:60]) or _EDITORS_NOTE.match(text[:60]):
        return len(text) <= _LONGEST_NOTICE
    if len(text) > _LONGEST_CHARS:
        return False
    known = _WHOLE_RE.fullmatch(text) is not None or picture_place(text) is not None or is_forecast(text)
    return known or are_controls(text) or is_navigation(text)


def is_forecast(text: str) -> bool:
    """Whether a line is what the box with the weather says: 18日:多云间阴天,偏北风2至3级."""
    return _FORECAST.fullmatch(text) is not None


def heads_forecast(text: str) -> bool:
    """Whether a line may stand above a forecast: 邵阳天气."""
    return _FORECAST_HEAD.fullmatch(text) is not None


def is_masthead(text: str) -> bool:
    """Whether a line states the date of a printed page and its weekday, number or editors; the name of the page may stand above it."""
    return _MASTHEAD.match(text) is not None


def newspaper(text: str) -> str | None:
    """The newspaper that a masthead names (平江新报); None where it names none."""
    m = _NEWSPAPER.match(text)
    stated = m is not None and (_SURELY_A_NEWSPAPER.fullmatch(text) or _PAGE_OF_PRINT.search(text))
    return m.group() if m and stated else None


def are_controls(text: str) -> bool:
    """Whether a line is nothing but buttons: 打印 关闭."""
    words = [word for word in _BETWEEN_CONTROLS.split(text) if word]
    return bool(words) and all(word in _CONTROLS for word in words)


def is_credit(text: str) -> bool:
    """Whether a line is nothing but a photo credit (图片署名): 文禹摄, (通讯员 王强 摄)."""
    return len(text) <= 40 and _CREDIT.fullmatch(text) is not None


def ends_with_credit(text: str) -> bool:
    """Whether a line closes with a photo credit, in brackets or behind its last stop: …宣传。(娄星公安供图), …标签。谭小红 摄."""
    if _INLINE_CREDIT.search(text[-60:]):
        return True
    if len(text) > _LONGEST_CHARS:
        return False
    signed = _SIGNED_PICTURE.fullmatch(text)
    by_name = signed is not None and (signed.group(1) is None or bool(split_names(signed.group(1))))
    in_brackets = _IN_BRACKETS.fullmatch(text) is not None
    return by_name or in_brackets or (len(text) <= _LONGEST_LEGEND and _SCREENSHOT.search(text) is not None)


def is_bracketed_credit(text: str) -> bool:
    """Whether a line is nothing but a photo credit in brackets, whoever gives it: (县公安局宣传科供图)."""
    return _INLINE_CREDIT.match(text) is not None and "," not in text and "。" not in text


def picture_place(text: str) -> Literal["numbered", "named"] | None:
    """How a line keeps the place of a picture that the text cannot show: 3/6, 图片; None for any other line."""
    if _NUMBERED_PICTURE.fullmatch(text):
        return "numbered"
    return "named" if _PICTURE.fullmatch(text) else None


def is_remark(text: str) -> bool:
    """Whether a line is nothing but words in brackets: (老师在实验室与学生讨论方案)."""
    return _REMARK.fullmatch(text) is not None


def names_a_picture(text: str) -> bool:
    """Whether a line without a stop begins by pointing to a picture: 图为村民采收芥菜."""
    return _CAPTION_HEAD.match(text) is not None


def speaks_of_a_picture(text: str) -> bool:
    """Whether a line points into a picture: 图为…, …(左二)…."""
    return _CAPTION_WORDS.search(text[:200]) is not None


def opens_web_article(text: str) -> bool:
    """Whether a furniture line stands above a web article: a share bar, a crumb trail, its line of date and controls."""
    return _WEB_TOP.fullmatch(text) is not None


def closes_web_article(text: str) -> bool:
    """Whether a furniture line stands below a web article: a QR hint, a notice of rights, print and close."""
    return are_controls(text) or _WEB_END.fullmatch(text) is not None


def opens_lists(text: str) -> bool:
    """Whether a furniture line stands above lists of other articles, or above what readers say."""
    return _LISTS_RE.fullmatch(text) is not None


def without_turn_note(text: str) -> tuple[int, int]:
    """The part of a line, as offsets, that a turn note (下转第3版, 上接第1版) leaves."""
    head = _TURN_HEAD.match(text)
    start = head.end() if head else 0
    at = max(start, len(text) - 30)
    tail = _TURN_TAIL.search(text[at:])
    return start, (at + tail.start() if tail else len(text))
