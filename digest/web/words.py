"""The Chinese words for what the stages say in English: terms, facts, faults, reasons, repairs."""

from collections.abc import Mapping

from digest.model import ELSEWHERE, PROVINCE, Fault, MendingKind

TERMS: Mapping[str, str] = {
    "foreshadows": "后文呼应",
    "repeats": "重复前文",
    "headline": "与标题相合",
    "topic": "与标题所述相关",
    "position": "篇中位置",
    "opens_paragraph": "段首",
    "length": "句长",
    "textrank": "TextRank 值",
    "textrank4zh": "textrank4zh 值",
    "lead": "导语次序",
    "random": "随机值",
}
"""What a score is the sum of; a method without parts has one term of its own name."""

FACTS: Mapping[str, str] = {
    "figures": "有数字",
    "actor": "有地名或单位",
    "when": "有时间",
    "background": "讲的是旧事",
    "appeal": "号召、感叹",
    "points_back": "承接上句",
}
"""What selection adds to a score."""

FAULTS: Mapping[str, str] = {
    Fault.INCOMPLETE: "句子不完整",
    Fault.BREAKS_OFF: "以省略号结束",
    Fault.QUESTION: "是问句",
    Fault.SECTION_HEAD: "是小标题",
    Fault.UNBALANCED: "引号或括号不成对",
    Fault.NO_SPEAKER: "引语没有说话人",
    Fault.ITEM_TEXT: "是分条叙述中的一条，缺主语",
    Fault.TOO_SHORT: "太短",
    Fault.TOO_LONG: "太长",
    Fault.SLOGAN: "是口号",
}
"""Why a sentence can never be quoted."""

REASONS: Mapping[str, str] = {
    "named": "提到",
    "named in the headline": "标题提到",
    "named in the lead": "导语提到",
    "one of several counties of its city": "同一市州的几个县之一",
    "office of the place": "当地机关",
    "source": "稿件来源",
    "origin of a person": "人物籍贯",
    "home of a person": "人物住处",
    "earlier office of a person": "人物履历",
    "visitors from there": "外来客人",
    "sender of a letter or gift": "来信来函一方",
    "destination of people from home": "外出的目的地",
    "sends people or help": "派人支援的一方",
    "within the title of a work": "作品名",
    "people from there": "那里来的人",
    "somebody from there, in news that names other places": "文中另有外地，只提到那里的人",
    "part of a place elsewhere": "外地地名的一部分",
    "example or comparison": "举例或对比",
    "named beside another place": "顺带提到",
    "where an expert works": "专家学者所在地",
    "branch of a company": "企业设点",
    "where something was made": "产地",
    "in brackets behind what comes from there": "括号内注明来处",
    "where goods are sold": "销地",
    "passed through": "途经",
    "on the way": "去向或出发地",
    "university": "高校名",
    "road or product": "路名、产品名等",
    "river": "河流、水域",
    "rank in the province": "省内排名",
    "venue": "活动地点",
    "local medium": "当地媒体",
    "medium that writes of its own place": "本地媒体写本地",
    "medium of the capital": "省会媒体",
    "medium of the province or from elsewhere": "省级或外地媒体",
    "dateline": "电头",
    "dateline of a capital": "省会电头",
    "the province in passing": "顺带提到本省",
    "one of a list": "并列地名之一",
    "speaks of the medium's own place": "“我市”类自称",
    "speaks of a medium's place that is not known": "“我市”类自称，不知是哪里的媒体",
    "begins an address": "地址的开头",
    "begins an address elsewhere": "外地地址的开头",
    "a word or another place, nothing confirms it": "可能是普通词或别处，没有旁证",
    "short form, only its prefecture is named": "简称，只有所属市州作旁证",
    "shared name, no other place is named": "重名，文中没有别的地名",
    "confirmed by its context": "上下文可以印证",
    "township, its county is not named": "乡镇名，未提所属县",
}
"""How a mention of a place was read."""

REPAIRS: Mapping[str, str] = {
    "space": "空白",
    "width": "全半角",
    "control": "不可见字符",
    "join": "接栏",
    "cut_clause": "摘取分句，补句号",
}
"""What was done to a quote."""

MENDINGS: Mapping[MendingKind, str] = {
    "joined": "接句",
    "dropped": "略去",
    "deduplicated": "去重",
    "truncated": "断尾",
}
"""What was mended on the page (修整)."""

MENDING_TITLES: Mapping[MendingKind, str] = {
    "joined": "一句分在两处，已接上",
    "dropped": "不是本文的文字，或残缺的半句，已略去",
    "deduplicated": "与留下的文字重复，已略去",
    "truncated": "句尾缺失，已截去",
}
"""What the mark on the mended characters says."""

FIELDS: Mapping[str, str] = {"title": "标题", "text": "正文"}
"""Where a mention stands."""

CITIES: Mapping[str, str] = {PROVINCE: "全省/多地", ELSEWHERE: "省外·其他"}
"""What no city is; every other name stands for itself."""


def reason(english: str) -> str:
    """How a mention was read, in Chinese; as it is where it is not known."""
    return REASONS.get(english, english)


def number(value: float) -> str:
    """With a true minus and at most three decimals."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")
