"""How a mention is read: what stands around a name decides how much it says of where the news is."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from digest.stages.places.atlas import Kind
from digest.stages.places.mentions import Mention


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """What a context makes of a mention: its weight is multiplied by `factor`."""

    factor: float
    reason: str


PLAIN = Reading(1.0, "named")
FOLK = Reading(0.5, "somebody from there, in news that names other places")
"""Counts where the text names a place elsewhere: 株洲小伙 in news from home is of 株洲."""
PART_OF_OTHER = Reading(0.1, "part of a place elsewhere")

_SOURCE = Reading(0.15, "source")
_PERSON = Reading(0.15, "origin of a person")
_DWELLING = Reading(0.3, "home of a person")
_CAREER = Reading(0.15, "earlier office of a person")
_VISITOR = Reading(0.15, "visitors from there")
_GUESTS = Reading(0.3, "people from there")
_SENDER = Reading(0.3, "sender of a letter or gift")
_WAY = Reading(0.3, "on the way")
_VIA = Reading(0.5, "passed through")
_MARKET = Reading(0.15, "where goods are sold")
_DESTINATION = Reading(0.5, "destination of people from home")
_SENT_OUT = Reading(0.5, "sends people or help")
_WORK = Reading(0.1, "within the title of a work")
_SCHOOL = Reading(0.3, "university")
"""Most universities stand in the city of their name; they send people everywhere."""
_PRODUCT = Reading(0.1, "road or product")
_RIVER = Reading(0.5, "river")
_EXAMPLE = Reading(0.2, "example or comparison")
_ALSO = Reading(0.4, "named beside another place")
_AFFILIATION = Reading(0.3, "where an expert works")
_BRANCH = Reading(0.2, "branch of a company")
_MAKER = Reading(0.2, "where something was made")
_PROVENANCE = Reading(0.3, "in brackets behind what comes from there")
_RANK = Reading(0.2, "rank in the province")
_VENUE = Reading(1.5, "venue")
_INSTITUTION = Reading(1.25, "office of the place")
_LOCAL_MEDIUM = Reading(0.5, "local medium")
_OWN_MEDIUM = Reading(1.5, "medium that writes of its own place")
_CAPITAL_MEDIUM = Reading(0.15, "medium of the capital")
_OTHER_MEDIUM = Reading(0.0, "medium of the province or from elsewhere")
_LOCAL_DATELINE = Reading(1.0, "dateline")
_FAR_DATELINE = Reading(0.15, "dateline of a capital")

BESIDE_OTHERS = frozenset((_EXAMPLE, _ALSO, _BRANCH, _MAKER))
"""Count where the text names a place elsewhere, or the name is part of an address: 怀化市也新增学位 alone is news from 怀化."""

_DATE = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日?"
_BEFORE = {
    word: reading
    for reading, words in (
        (_SOURCE, "来源 转自 摘自"),
        (_PERSON, "来自 老家 老家在 祖籍 籍贯 原籍 出生于 出生在 生于"),
        (PLAIN, "回老家 回到老家"),
        (_CAREER, "曾任 历任 原任 先后任 当过 曾在 曾经在"),
        (_DWELLING, "家住"),
        (_AFFILIATION, "专家、 教授、 学者、 院士、"),
        (_EXAMPLE, "如 比如 例如 诸如 譬如 参照 借鉴 类似于"),
        (_SENDER, "收到 收到了 收到来自 接到 接到了 接到来自"),
        (_WAY, "开往 驶往 飞往 发往 运往 逃往 逃到"),
        (_VIA, "途经"),
        (_MARKET, "销往 销到 远销 畅销 直供 卖到 卖回"),
    )
    for word in words.split()
}
"""Words directly before a name; the longest that stands there counts."""
_BEFORE_BY_END = {
    end: sorted((word for word in _BEFORE if word.endswith(end)), key=len, reverse=True)
    for end in {word[-1] for word in _BEFORE}
}
_BEFORE_MARKS = ":“《"
_BEFORE_ENDS = frozenset((*(word[-1] for word in _BEFORE), *_BEFORE_MARKS, *"由从自在赴往援抵达("))
"""What may stand directly before a name that the words before it say something of."""
_MEDIUM = r"[市县区州]?(?:日报|晚报|晨报|早报|都市报|商报|法治报|广电|广播|电视台|卫视|新闻网|在线|融媒|网讯|网\d|频道|分社|红网)"
_DATELINE = (
    r"(?=[市县区州分站\d电讯消综报])"  # most names have another character behind them
    rf"[市县区州]?(?:县?分?站)?(?:{_DATE})?(?:电|讯|消息|(?:综合)?报道)(?![信话力子动视影网费池缆厂竞商梯气机建器台])"
)
_AS_MEDIUM, _AS_DATELINE = Reading(0.0, ""), Reading(0.0, "")
"""Stand for what a medium or a dateline counts for, which the place decides."""

_Rows = Sequence[tuple[str, Reading]]
_ANY: _Rows = (
    (_MEDIUM, _AS_MEDIUM),
    (_DATELINE, _AS_DATELINE),
    (r"籍|口音|号?牌照|车牌|号牌|人(?=[,。、;)的和“”]|$|(?![大民])[一-龥]{1,2}某)", _PERSON),
    (r"的?(?:女?游客|旅客|客商|客人|老乡)", _VISITOR),
    (r"[一-龥]{0,12}(?:考察团|旅游团|旅行团|代表团|访问团|参访团|观摩团|考察组)", _VISITOR),
    (r"[一-龥]{0,10}?(?:发来|寄来|送来|来(?:感谢)?信|来函|致信|发函|送锦旗)", _SENDER),
    (r"[省市县区州]?(?:派(?!出所)|选派|组派|驰援|支援|援助|对口)", _SENT_OUT),
    (r"[一-龥]{0,14}(?:类似|同样)", _EXAMPLE),
    (r"[一-龥]{0,8}也(?!许|就是)|[一-龥]{0,2}曾", _ALSO),
    (r"[一-龥]{0,8}(?:专家|医疗队|服务队)[一-龥]{0,4}(?:来到|赴|抵达)", _SENT_OUT),
)
_SHORT: _Rows = (
    (r"米粉|臭豆腐|剁椒|小炒|舰|号(?![召称令角])|\d+[A-Z]?型|书社|出版社", _PRODUCT),
    (
        r"[东西南北中]?(?:路(?![段况政桥网灯边面])|大道|街(?!道)|大厦|酒店|宾馆|话(?![语题])|牌(?![子照])|银行|道(?=[、,。;与和\d]|小学|中学|社区|附近|口))",
        _PRODUCT,
    ),
    (r"[一-龥]{0,2}商会|同乡会", _VISITOR),
    (r"[^\W\d_的在与和赴到是市县有]{0,6}(?:大学|学院)", _SCHOOL),
    (r"站?水位|水域|流域|水系|干流|支流|上游|中游|下游", _RIVER),
)
"""Roads, schools, goods and rivers are called by short forms."""
_OUTSIDE: _Rows = (
    (r"[一-龥]{0,2}?人(?![大民社防保行寿均流气才口力事员次们])", _PERSON),
    (r"[一-龥\d]{0,14}?(?:来到|走进)", _GUESTS),
    (r"的?[一-龥]{0,4}?(?:同胞|嘉宾)|客(?![运车户厅])", _GUESTS),
    (r"(?:学生|学子|师生|网友|茶商|药商|专家|企业|老板|采购商|学者|媒体|订单|钓友|选手|市民)", _GUESTS),
)
"""People from elsewhere, whatever follows (江西南昌人陈某, 上海学生): of a home city that would take 株洲人爱吃辣 for a person's origin."""
_CITY: _Rows = (
    (r"的?[一-龥]{0,3}?(?:大爷|大妈|先生|女士|奶奶|爷爷|老汉|阿姨|师傅|姑娘|妹子|小伙|夫妇|选手|运动员|考生)", FOLK),
    (
        (
            r"[市县区州]?委(?![员托])|(?:人民)?政府|人大(?!多)|政协|纪委|监委|(?:中级)?人民(?:法院|检察院)|中院|法院|检察|公安|警方|"
            r"交警|消防(?!通)|税务|海关|[一-龥]{1,6}局(?![面势部限])"
        ),
        _INSTITUTION,
    ),
)


@dataclass(frozen=True, slots=True)
class _Table:
    """What stands behind names, as one pattern: to try all takes a fraction of the time of one after the other.

    The group that tells which row matched stands behind it, empty: before it, it would keep `re` from passing over the
    rows whose first character is another.
    """

    match: Callable[[str], re.Match[str] | None]
    readings: tuple[Reading, ...]
    """By the number of the group, the strongest discount first; from 1."""


def _table(*parts: _Rows) -> _Table:
    rows = sorted((row for part in parts for row in part), key=lambda row: row[1].factor)
    return _Table(
        re.compile("|".join(f"(?:{pattern})()" for pattern, _ in rows)).match, (PLAIN, *(row[1] for row in rows))
    )


_OWN_ROWS: Mapping[Kind, _Rows] = {Kind.ELSEWHERE: _OUTSIDE, Kind.PREFECTURE: _CITY, Kind.COUNTY: _CITY}
_LAST = {kind: _table(_ANY, _OWN_ROWS.get(kind, ())) for kind in Kind}
"""For the last name of an address, by what it stands for."""
_LAST_SHORT = {kind: _table(_ANY, _OWN_ROWS.get(kind, ()), _SHORT) for kind in Kind}
"""The same for a short form."""
_WITHIN = {kind: _table(_ANY, _OUTSIDE if kind is Kind.ELSEWHERE else ()) for kind in Kind}
"""For the names before the last."""

_SHORTEST = 2
"""A full name of two characters (南县) stands in names of roads as short forms do."""
_FROM_AFTER = re.compile(
    r"(?:南站|北站|站|机场)?(?:开往|驶往|飞往|发往|开来|驶来|飞来|飞抵|前往|赶往|赶来|赶到|运来|调来|来的|来到|出发|逃|至|到)"
)
_RECEIVING = ("给", "向", "致")
"""铜仁警方给麻阳警方发来感谢信: what follows is said of the other."""
_GOING = ("赴", "前往", "驰援", "支援", "飞抵", "抵达")
_WORKED_ONCE = re.compile(
    r"(?:打过|当过|读过|上过|待过|[工创][作业]过|(?:工作|打工|务工|生活)了?[一二两三四五六七八九十数多几\d]+[余多几]?年)"
)
_BRANCHES = re.compile(r"(?:等地)?(?:都|均|也|还)?(?:设有|设立|开设|建有|布局)")
_MADE = re.compile(r"[一-龥]{0,10}?(?:生产|制造|研发|研制|承建|代工)")
_WORKED_AFTER = re.compile(r"(?:打拼|打工|务工|创业|经商|上班|求学|读书|上大学)")
_OPENING_MARK, _CLOSING_MARK = re.compile(r"《[^》]*$"), re.compile(r"[^《]*》")
_RANK_BEFORE = ("示范", "领跑", "领先", "位居", "跻身", "居")
_RANK_AFTER = re.compile(r"第[一二三四五\d]|前[列三十]|首[个家批创次例]|先进|唯一|率先|领先|最|十[大佳]|优秀|示范")
_VENUE_AFTER = re.compile(r"[^,。;、]{0,8}?(?:举行|举办|开幕|召开|启动|揭牌|落幕)")
_BYLINE = re.compile(_MEDIUM), re.compile(_DATELINE)
_OFFICE = re.compile(
    r"[县区]|市(?![场民])|[市县区]?委|政府|人大(?!多)|政协|纪委|监委|人民[法检政]|法院|检察|公安|警方|交警|消防(?!通)|税务|应急管|"
    rf"融媒|新闻网|电视台|农商|分局|支行|[大中支]队|经开区|高新区|(?:县?分?站)?{_DATE}(?:电|讯|消息)"
)
_BODY = re.compile(
    r"省?(?:委|政府|人大|政协|纪委|监委|人民|高级|高院|法院|检察|公安|税务|应急|气象|省?直|各地|[一-龥]{1,8}[厅局])|发布|:"
)
_PAUSES = frozenset(",。、;!?“")
"""Behind such a mark nothing more is said of a name."""
_ELSEWHERE = Kind.ELSEWHERE
_FAR = frozenset((Kind.PROVINCE, Kind.ELSEWHERE))
_PROVINCES = frozenset((Kind.PROVINCE, Kind.PROVINCE_BODY))
_CITIES = frozenset((Kind.PREFECTURE, Kind.COUNTY))


def read(mention: Mention, own_voice: bool) -> Reading:
    """How a mention is to be read: the strongest discount that its context calls for.

    From the capital, and in the media of the province and of other places, correspondents report on everywhere: there a
    medium or a dateline says little. Where a text speaks in its `own_voice` (我市), its local medium says where it is. A
    venue at home weighs more than a plain mention; one elsewhere does not, since delegations of ours meet there too.
    """
    before, after = mention.before, mention.after
    found = _read_before(mention) if before[-1:] in _BEFORE_ENDS else []
    if after and after[0] not in _PAUSES and (reading := _read_behind(mention, own_voice)):
        found.append(reading)
    if "《" in before and _OPENING_MARK.search(before) and _CLOSING_MARK.match(after):
        alone = before.endswith("《") and after.startswith("》")
        if alone or not mention.name.full:
            found.append(_WORK)
    if mention.name.kind in _PROVINCES and (before.endswith(_RANK_BEFORE) or _RANK_AFTER.match(after)):
        found.append(_RANK)
    return min(found) if found else PLAIN


def _read_before(mention: Mention) -> list[Reading]:
    """What the words before a mention say."""
    before, after, kind = mention.before, mention.after, mention.name.kind
    plain, end = before.rstrip(_BEFORE_MARKS), before[-1]
    word = next((word for word in _BEFORE_BY_END.get(plain[-1:], ()) if plain.endswith(word)), "")
    found = [_BEFORE[word]] if word and _BEFORE[word] is not PLAIN else []
    if end == "在":
        if _WORKED_ONCE.match(after) or (kind is _ELSEWHERE and _WORKED_AFTER.match(after)):
            found.append(_CAREER)
        elif _BRANCHES.match(after):
            found.append(_BRANCH)
        if kind in _CITIES and not mention.name.seat and _VENUE_AFTER.match(after):
            found.append(_VENUE)
    elif end in "由从自":
        if _FROM_AFTER.match(after):
            found.append(_WAY)
        if end == "由" and _MADE.match(after):
            found.append(_MAKER)
    elif end == "(" and after[:1] == ")":
        found.append(_PROVENANCE)
    if kind is _ELSEWHERE and before.endswith(_GOING):
        found.append(_DESTINATION)
    return found


def _read_behind(mention: Mention, own_voice: bool) -> Reading | None:
    """What the words behind a mention say, a medium or dateline among them."""
    name = mention.name
    short = not name.full or len(mention.text) == _SHORTEST
    tables = _WITHIN if not mention.last else _LAST_SHORT if short else _LAST
    table = tables[name.kind]
    match = table.match(mention.after)
    if match is None:
        return None
    reading = table.readings[match.lastindex or 0]
    if reading is _SENDER and mention.before[-1:] in _RECEIVING:
        return None
    if reading is _AS_MEDIUM:
        near = _OWN_MEDIUM if own_voice else _CAPITAL_MEDIUM if name.seat else _LOCAL_MEDIUM
        return _OTHER_MEDIUM if name.kind in _FAR else near
    if reading is _AS_DATELINE:
        return _FAR_DATELINE if name.seat or name.kind in _FAR else _LOCAL_DATELINE
    return reading


def is_byline(after: str, *, capital: bool) -> bool:
    """Whether what follows a name makes it a medium (常德日报讯) or, outside the capital, a dateline (本报衡阳讯)."""
    medium, dateline = _BYLINE
    return medium.match(after) is not None or (not capital and dateline.match(after) is not None)


def is_office(after: str) -> bool:
    """Whether what follows a name follows nothing but places: an office, a level of government, a date and 讯."""
    return _OFFICE.match(after) is not None


def is_body(after: str) -> bool:
    """Whether what follows a province's name is one of its bodies or a mark that makes it the subject (省委, 生态环境厅, :)."""
    return _BODY.match(after) is not None
