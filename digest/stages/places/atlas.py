"""The gazetteer compiled for matching: every name of every place in one automaton, the longest name first."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from digest.model import Division, Gazetteer
from digest.text import HAN


class Kind(IntEnum):
    """What a name stands for; where one name stands for two things, the first of them has it."""

    PROVINCE = 0
    """The home province."""
    PREFECTURE = 1
    COUNTY = 2
    TOWNSHIP = 3
    ELSEWHERE = 4
    """A place outside the home province."""
    PROVINCE_BODY = 5
    """A word for the province of whoever writes: 全省, 省委."""
    OWN_VOICE = 6
    """A word for the city or county of whoever writes: 我市."""
    WORD = 7
    """A word that contains a name and means no place: 平安乡村 (安乡)."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a stretch of text may stand for."""

    kind: Kind
    codes: tuple[str, ...]
    """The divisions of the home province that bear it; several for a township's name, none outside the province."""
    full: bool
    """Whether it ends in what a division is called (市, 县, 镇), as no word of the language does by chance."""
    sure: bool
    """Whether it stands for the place without further evidence."""
    shared: bool
    """Whether a place outside the home province bears it too."""
    weight: float
    """What it counts for beside the full name of a city or county."""
    seat: bool = False
    """Whether it is the capital's, where provincial and national media date their reports from."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """A compiled gazetteer: built once, then used for every text."""

    gazetteer: Gazetteer
    matcher: AhoCorasick
    names: tuple[Name, ...]
    """Parallel to the matcher's patterns."""
    divisions: Mapping[str, Division]
    prefecture_of: Mapping[str, str]
    """The code of the prefecture of every prefecture, county and township."""
    county_of: Mapping[str, str]
    """The code of the county of every county and township."""
    codes: Mapping[str, str]
    """By name, the codes of prefectures and counties."""
    media: Mapping[str, str]
    """By what the name of a local medium begins with (株洲, 平江), the codes of prefectures and counties."""
    capital: str
    """The code of the capital; empty without prefectures."""

    def official(self, code: str) -> str:
        """The official name of the division with that code."""
        return self.divisions[code].name

    def code_of(self, name: str) -> str:
        """The code of the city or county of that name, a short or former one among them. Raises KeyError without one."""
        return self.codes[name]

    def medium_of(self, medium: str) -> str | None:
        """The official name of the city or county that a medium is named after: 株洲日报, 平江新报; None for 湖南日报, 凤凰网."""
        bare = _BEFORE_PLACE.sub("", medium)
        for size in range(min(len(bare), _LONGEST_NAME), 1, -1):
            code = self.media.get(bare[:size])
            if code and _OF_MEDIA.fullmatch(bare, size):
                return None if bare in _NAMESAKES else self.official(code)
        return None

    def __reduce__(self) -> tuple[Callable[[Gazetteer], "Atlas"], tuple[Gazetteer]]:
        """An automaton cannot be pickled: another process compiles its own."""
        return compile_atlas, (self.gazetteer,)


PROVINCE_BODIES = (
    "全省", "我省", "省委", "省政府", "省人大", "省政协", "省纪委", "省监委", "省直", "省高院", "省高级人民法院", "省检察院",
    "省人民检察院", "省公安厅", "省教育厅", "省财政厅", "省水利厅", "省税务局", "省生态环境厅", "省应急管理厅", "省卫健委", "省发改委",
)  # fmt: skip
"""Words that speak of the province without naming it: every province has these bodies."""

OWN_VOICES = ("我市", "我州", "我县", "我区")
"""Only a local medium says so, and it means the place that it writes from."""

_BEFORE_PLACE = re.compile("^(?:今日|魅力|掌上|云上|无线|智慧|文艺|微)")
_OF_MEDIA = re.compile(
    "[市县区州]?(?:[一-龥]{0,4}[日晚晨早新商时导周]?报|(?:新闻|政府)?网|在线|发布|融媒(?:体中心)?|广播电视台|电视台|广电|新闻中心|时讯|客户端)?"
)
"""What stands behind the place in a medium's name."""
_NAMESAKES = frozenset(("凤凰网", "凤凰", "凤凰新闻网"))
"""Media that bear a county's name and are not of it."""
_LONGEST_NAME = 12

_FULL = 1.0
_SHORT = 0.9
"""A short form against a full name: now and then it is part of a word that we do not know."""
_TOWNSHIP = 0.7
"""A township against a county: many townships bear the same name."""

_CALLED = re.compile("[省市县区旗镇乡]$|..州$")
"""How a full name ends; 永州 and 杭州 are short forms, 湘西州 is none."""

_COUNTY_ENDING = re.compile(rf"(?<=[{HAN}]{{2}})(?:(?:[{HAN}]{{1,3}}?族)+自治县|[市县区])$")
"""What follows the stem of a county's name, two characters at least: 城步+苗族自治县, 平江+县; 攸县 has no stem."""


def compile_atlas(gazetteer: Gazetteer) -> Atlas:
    """The atlas of a gazetteer.

    A county's stem (平江) that the gazetteer does not list among its names, and a name that is also a place's elsewhere
    (太平镇), count only with further evidence. A name from elsewhere that contains one of the home province's (平安乡村) is
    a word.
    """
    home = _home_names(gazetteer)
    names = home | _other_names(gazetteer, home)
    prefecture_of = {division.code: division.code for division in gazetteer.prefectures}
    county_of = {division.code: division.code for division in gazetteer.counties}
    prefecture_of |= {county.code: county.parent or "" for county in gazetteer.counties}
    county_of |= {township.code: township.parent or "" for township in gazetteer.townships}
    prefecture_of |= {township.code: prefecture_of[county_of[township.code]] for township in gazetteer.townships}
    divisions = (gazetteer.province, *gazetteer.prefectures, *gazetteer.counties, *gazetteer.townships)
    return Atlas(
        gazetteer=gazetteer,
        matcher=_matcher(names),
        names=tuple(names.values()),
        divisions={division.code: division for division in divisions},
        prefecture_of=prefecture_of,
        county_of=county_of,
        codes={name: div.code for div in (*gazetteer.counties, *gazetteer.prefectures) for name in div.names},
        media=_media(gazetteer),
        capital=_capital(gazetteer),
    )


def _media(gazetteer: Gazetteer) -> dict[str, str]:
    """The names of cities and counties, and the counties' stems; no paper is named after a city's district in short."""
    media: dict[str, str] = {}
    for county in gazetteer.counties:
        names = (*county.names, _COUNTY_ENDING.sub("", county.name))
        media |= {name: county.code for name in names if county.name[-1] != "区" or name[-1] == "区"}
    return media | {name: prefecture.code for prefecture in gazetteer.prefectures for name in prefecture.names}


def _capital(gazetteer: Gazetteer) -> str:
    return gazetteer.prefectures[0].code if gazetteer.prefectures else ""


def _matcher(patterns: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(list(patterns), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)


def _name(kind: Kind, code: str, text: str, *, shared: bool, seat: bool) -> Name:
    full = _CALLED.search(text) is not None
    weight = _TOWNSHIP if kind is Kind.TOWNSHIP else _FULL if full else _SHORT
    return Name(kind, (code,), full, not shared, shared, weight, seat)


def _home_names(gazetteer: Gazetteer) -> dict[str, Name]:
    others = frozenset((*gazetteer.elsewhere, *gazetteer.words))
    capital = _capital(gazetteer)
    names: dict[str, Name] = {}
    for kind, text, code in _listed(gazetteer):
        known = names.get(text)
        if known is None:
            names[text] = _name(kind, code, text, shared=text in others, seat=code == capital)
        elif known.kind is kind:
            names[text] = replace(known, codes=(*known.codes, code), sure=False)
    for county in gazetteer.counties:
        stem = _COUNTY_ENDING.sub("", county.name)
        known = names.get(stem)
        if known is None:
            names[stem] = Name(Kind.COUNTY, (county.code,), False, False, stem in others, _SHORT)
        elif known.kind is Kind.COUNTY and not known.full and county.code not in known.codes:
            # 洪江 is 洪江市, and 洪江区 where that is named in full
            names[stem] = replace(known, codes=(*known.codes, county.code))
    return names


def _listed(gazetteer: Gazetteer) -> Iterator[tuple[Kind, str, str]]:
    levels = (
        (Kind.PROVINCE, (gazetteer.province,)),
        (Kind.PREFECTURE, gazetteer.prefectures),
        (Kind.COUNTY, gazetteer.counties),
        (Kind.TOWNSHIP, gazetteer.townships),
    )
    for kind, divisions in levels:
        for division in divisions:
            for text in division.names:
                yield kind, text, division.code


def _other_names(gazetteer: Gazetteer, home: Mapping[str, Name]) -> dict[str, Name]:
    names = dict.fromkeys(PROVINCE_BODIES, _BODY) | dict.fromkeys(OWN_VOICES, _VOICE)
    names |= {text: _FULL_OUTSIDE if _CALLED.search(text) else _SHORT_OUTSIDE for text in gazetteer.elsewhere}
    names |= dict.fromkeys(gazetteer.words, _WORD)
    return {text: name for text, name in names.items() if text not in home}


_BODY = Name(Kind.PROVINCE_BODY, (), full=True, sure=True, shared=False, weight=_FULL)
_VOICE = Name(Kind.OWN_VOICE, (), full=True, sure=True, shared=False, weight=_FULL)
_WORD = Name(Kind.WORD, (), full=False, sure=True, shared=False, weight=_SHORT)
_FULL_OUTSIDE = Name(Kind.ELSEWHERE, (), full=True, sure=True, shared=False, weight=_FULL)
_SHORT_OUTSIDE = Name(Kind.ELSEWHERE, (), full=False, sure=True, shared=False, weight=_SHORT)
