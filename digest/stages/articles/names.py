"""Names of people (姓名): which groups of characters may be one, and where one ends and the next begins."""

import re

from digest.text import HAN

COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳上官司马司徒诸葛皇甫尉迟公孙慕容令狐长孙宇文夏侯轩辕东方南宫端木百里呼延钟离淳于独孤闻人申屠",
    )
)
"""Surnames of two characters (复姓) that are still met."""

SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱胡郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅付钟姜崔谭廖范"
    "汪陆金石戴贾韦夏邱丘方侯邹熊孟秦白江阎闫薛尹段雷史陶贺毛郝顾龚邵万钱严覃武莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄"
    "聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕"
    "屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙"
    "荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权"
    "强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印"
    "逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由庹笪瞿阙羿郗璩濮阎翦蹇瓮胥"
    "马林龙洪黎赖虢隗糜莘蒯竺芶禤旷呙谯钮庾佴"
)
"""Surnames of one character (单姓), the common ones and those of Hunan's peoples."""

_WORDS = frozenset(
    """
    马上 马路 马力 马车 马头 马场 马蹄 马术 马队 林区 林业 林中 林地 林场 林下 林间 林带 林长 林产 林改 林木 林权 林草 龙头 龙门 龙舟 龙船 龙灯 龙骨 龙山 龙泉 龙井
    黎明 黎族 洪水 洪涝 洪灾 洪流 洪峰 洪江 洪荒 赖以 平安 金融 方便 高速 安全 和谐 安居 石油 时代 时尚 阳光 常态 常年 文化 文旅 施工 应急 全面 全力 全域 全民 支持 支部
    周末 花开 全景 方言 何为 安心 关于 温暖 支持 强化 高考 高校 金牌 成就 时代
    古城 古镇 古村 成果 成效 项目 强国 强县 国家 国土 满意 关爱 利民 干部 康养 华丽 简讯 简报 时评 时政 时讯 公告 公示 短评 点评 马拉松 马铃薯 马戏团 林长制 林荫道 黎明前 龙舟赛 龙虾节 龙门阵
    """.split()  # noqa: SIM905  words read best as words
)
"""Words that look like names: a heading of such is no byline (龙舟赛, 平安 和谐)."""

_NOT_NAMES = frozenset(
    [
        "完",
        "街道",
        "社区",
        "综合",
        "资料图",
        "图片",
        "新华社",
        "红网",
        "待续",
        "注",
        "本报",
        "编者按",
        "实习生",
        "上接",
        "下转",
        "左一",
        "左二",
        "右一",
        "右二",
        "前排",
        "图文",
        "来源",
        "后排",
        "中",
        "佚名",
        "综述",
        "全文",
        "未完",
    ]
)
"""What stands in brackets at a line's end and is nobody."""
_TITLE = re.compile(
    "(?:副?主任|主治|主管|副|特级|高级|一级)?(?:医师|护师|护士长?|药师|教授|研究员|院长|主任|校长|书记|律师|教师|农艺师|工程师)"
)
"""What somebody is, behind the name: (肖云 主治医师)."""
_NAME_LIKE = re.compile(f"[{HAN}·]{{2,4}}")
_SEPARATOR = re.compile(r"[ \t\xa0\u3000、,;/|]+")
_SPREAD = re.compile(rf"(?<![{HAN}])([{HAN}])[ \u3000]([{HAN}])(?![{HAN}])")
_CREDIT_END = frozenset("摄图供绘")
_PLACE_END = frozenset("县市区镇乡村州省局厅部会办院校")


def is_name(group: str) -> bool:
    """Whether a group of characters has the shape of a name that begins with a known surname: 李潇, 欧阳武力."""
    if group[:2] in COMPOUND_SURNAMES:
        return 3 <= len(group) <= 4
    shaped = 2 <= len(group) <= 3 and group[0] in SURNAMES and group.isalpha()
    return shaped and not (len(group) == 3 and group[-1] in _PLACE_END)


def split_names(text: str, trusted: bool = False, labelled: bool = False) -> tuple[str, ...]:
    """The names in a list of names, in order, or () where it is not nothing but names.

    Names without a separator are parted where surnames begin; half of these have to be common. `trusted`: the place vouches
    for all (brackets after a full stop), so that no surname need be known or common; `labelled`: a word such as 记者 does,
    for a single short name too.
    """
    if text[-1:] in _CREDIT_END:
        return ()
    groups = [group for group in _SEPARATOR.split(_gather(text)) if group]
    if len(groups) > 1:
        groups = [group for group in groups if not _TITLE.fullmatch(group)]
    names: list[str] = []
    for group in groups:
        if is_name(group) and (trusted or labelled or group not in _WORDS):
            names.append(group)
        elif (parted := _part(group)) and (trusted or labelled or 2 * sum(map(_is_usual, parted)) >= len(parted)):
            names += parted
        elif (trusted or labelled) and group not in _NOT_NAMES and _NAME_LIKE.fullmatch(group):
            if len(groups) == 1 and len(group) != 3 and not (labelled and len(group) == 2):
                return ()
            names.append(group)
        else:
            return ()
    return tuple(names)


def is_word(group: str) -> bool:
    """Whether a group that is like a name is a word: 平安, 龙舟赛."""
    return group in _WORDS


def _gather(text: str) -> str:
    """The text with names of two characters that were spread to three (李 潇) drawn together."""
    return _SPREAD.sub(r"\1\2", text.strip())


def _part(group: str) -> list[str]:
    """The names of a group without separators, by the fewest doubts; [] where it cannot be parted into known surnames."""
    if not 4 <= len(group) <= 40:
        return []
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(group)
    for end in range(2, len(group) + 1):
        for size in (3, 2, 4):
            before = best[end - size] if size <= end else None
            name = group[end - size : end]
            if before is None or not is_name(name) or name in _WORDS:
                continue
            doubt = before[0] + _doubt(name)
            now = best[end]
            if now is None or doubt < now[0]:
                best[end] = (doubt, [*before[1], name])
    found = best[len(group)]
    return found[1] if found else []


_COMMON = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱胡郭何高罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁余叶蒋杜苏魏吕丁任姚卢钟谭廖范汪陆石邱侯邹熊孟雷贺龚"
)


def _doubt(name: str) -> float:
    """How unusual a name is: two names in three have three characters, and most have one of sixty surnames."""
    return (0.4 if len(name) == 2 else 0.0) + (0.0 if _is_usual(name) else 1.0)


def _is_usual(name: str) -> bool:
    return name[:2] in COMPOUND_SURNAMES or name[0] in _COMMON
