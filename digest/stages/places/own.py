"""A local medium's own place where nothing names it: 县委, 市公安局 and 全县 are those of whoever writes."""

import re
from collections.abc import Sequence

from digest.model import ELSEWHERE, Evidence, Placement
from digest.stages.places.atlas import Atlas
from digest.stages.places.mentions import Field
from digest.text import HAN

_REASON = "a body of the medium's own place"
_WEIGHT = 1.0
_CONFIDENCE = 0.5
_LEAD_CHARS = 120
_WHEN = (
    r"近日|日前|今[天日年]|昨[天日]|本月|本周|今年以来|目前|截至目前|前三季度|上半年|连日来|入[春夏秋冬]以来"
    r"|(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:上午|下午|晚上?|凌晨|起)?"
)
_OWN = re.compile(
    f"(?:(?:{_WHEN}),?)?(?:记者)?[从由经据在让]?(?:中共)?(?:"
    "(?P<body>[市县区州])(?![场民区值容面价井域块分际城郊集盈])"
    f"(?:委|政府|人大|政协|纪委|监委|(?:(?!的)[{HAN}]){{2,8}}?(?:局|办|中心|委|院|公司|中学|医院|协会|联|支队|大队))"
    "|全(?P<whole>[市县区])(?![场民值容域块]))"
)
"""A body that is named by its level alone, or the whole of a place, as what a headline or a text begins with, behind a time perhaps: what
stands further back may be of a place abroad that no gazetteer has, or of all counties (要求县委书记…)."""
_WIDER = re.compile("新华社|中新社|外电|外媒|央视|国务院|教育部|我国|全国|国家")
"""News of the country, which a local medium prints too."""


def own_placement(placement: Placement, given: Sequence[tuple[Field, str]], own: str, atlas: Atlas) -> Placement:
    """The placement, or that of the medium's place (the code `own`) where no name counts for anything and a body of it acts.

    `given` are the title and the text as matched and as received. It is the medium's own city or county where that is of the level said, else the county's city.
    """
    if placement.city != ELSEWHERE or any(evidence.weight for evidence in placement.evidence):
        return placement
    if any(_WIDER.search(field.dense, 0, _LEAD_CHARS) for field, _ in given):
        return placement
    levels = {atlas.official(code)[-1]: code for code in (atlas.prefecture_of[own], own)}
    for field, raw in given:
        found = _OWN.match(field.dense)
        if found and (code := levels.get(found["body"] or found["whole"])):
            return _placed(placement, _evidence(field, raw, found, atlas.official(code)), code, atlas)
    return placement


def _evidence(field: Field, raw: str, found: re.Match[str], place: str) -> Evidence:
    start, end = found.start("body") if found["body"] else found.start("whole") - 1, found.end()
    start, end = field.span(start, end) if field.cuts else (start, end)
    return Evidence(field.name, start, end, raw[start:end], place, _WEIGHT, _REASON)


def _placed(placement: Placement, told: Evidence, code: str, atlas: Atlas) -> Placement:
    county = atlas.official(code) if code in atlas.county_of else None
    city = atlas.official(atlas.prefecture_of[code])
    return Placement(city, county, _CONFIDENCE, (*placement.evidence, told), None, _WEIGHT)
