"""A local medium's own place where nothing names it: 县委, 市公安局 and 全县 are those of whoever writes."""

import re

from digest.model import ELSEWHERE, Evidence, Placement
from digest.stages.places.atlas import Atlas
from digest.stages.places.mentions import Field
from digest.text import HAN

_REASON = "a body of the medium's own place"
_WEIGHT = 1.0
_CONFIDENCE = 0.5
_LEAD_CHARS = 120
_OWN = re.compile(
    "(?:^|(?<=[,。、:;“”!?《(])|(?<=中共)|(?<=近日|日前|今日|昨日|记者)|(?<=[从由经据在让]))"
    "(?P<body>[市县区州])(?![场民区值容面价井域块分际城])"
    f"(?:委|政府|人大|政协|纪委|监委|[{HAN}]{{2,8}}?(?:局|办|中心|委|院|公司|中学|医院|协会|联|支队|大队))"
    "|全(?P<whole>[市县区州])"
)
"""A body that is named by its level alone, or the whole of a place."""


def own_placement(placement: Placement, heading: Field, body: Field, own: str, atlas: Atlas) -> Placement:
    """The placement, or that of the medium's place (the code `own`) where no name counts for anything and a body of it acts.

    It is the medium's own city or county where that is of the level said, else the county's city.
    """
    if placement.city != ELSEWHERE or any(evidence.weight for evidence in placement.evidence):
        return placement
    for field, end in ((heading, len(heading.dense)), (body, _LEAD_CHARS)):
        found = _OWN.search(field.dense, 0, end)
        if found:
            return _placed(placement, field, found, own, atlas)
    return placement


def _placed(placement: Placement, field: Field, found: re.Match[str], own: str, atlas: Atlas) -> Placement:
    level = found["body"] or found["whole"]
    code = own if atlas.official(own).endswith(level) else atlas.prefecture_of[own]
    county = atlas.official(code) if code in atlas.county_of else None
    start, end = field.span(*found.span()) if field.cuts else found.span()
    place = atlas.official(code)
    told = Evidence(field.name, start, end, found.group(), place, _WEIGHT, _REASON)
    city = atlas.official(atlas.prefecture_of[code])
    return Placement(city, county, _CONFIDENCE, (*placement.evidence, told), None, _WEIGHT)
