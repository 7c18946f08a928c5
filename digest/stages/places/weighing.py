"""Weighs the mentions of one article: which division a name stands for here, and how much it says of where the news is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.stages.places.atlas import Atlas, Kind, Name
from digest.stages.places.mentions import Mention
from digest.stages.places.reading import (
    BESIDE_OTHERS,
    FOLK,
    PART_OF_OTHER,
    PLAIN,
    Reading,
    is_body,
    is_byline,
    is_office,
    read,
)

_TITLE_WEIGHT, _LEAD_WEIGHT, _BODY_WEIGHT = 3.0, 2.0, 1.0
_VOUCHING = 0.5
"""How far a mention may be discounted and still vouch for the place's parts: 毕业于湘潭大学 does not make 湘乡情浓 a city."""
_PROVINCE, _COUNTY, _TOWNSHIPS, _ELSEWHERE = Kind.PROVINCE, Kind.COUNTY, Kind.TOWNSHIP, Kind.ELSEWHERE
_BODIES, _VOICES = Kind.PROVINCE_BODY, Kind.OWN_VOICE
# looked up once: an enumeration's attribute takes longer than most of what is done with a mention
_CITIES = frozenset((Kind.PREFECTURE, Kind.COUNTY))
_OURS = frozenset((Kind.PROVINCE, *_CITIES))
_PROVINCE_IN_PASSING = Reading(0.4, "the province in passing")
"""No body of the province follows: mostly it only says where a city lies (湖南一县委书记)."""
_LISTED = Reading(0.4, "one of a list")
_VOICE = Reading(1.0, "speaks of the medium's own place")
_UNKNOWN_VOICE = Reading(0.0, "speaks of a medium's place that is not known")
_ADDRESS = Reading(0.0, "begins an address")
_OTHER_ADDRESS = Reading(0.5, "begins an address elsewhere")
"""广东佛山 is one place, and more surely so than 佛山 alone."""
_UNCONFIRMED = Reading(0.0, "a word or another place, nothing confirms it")
_HALF_CONFIRMED = Reading(0.3, "short form, only its prefecture is named")
_NEARER = Reading(0.7, "shared name, no other place is named")
_HEADLINE = Reading(1.0, "named in the headline")
_LEAD = Reading(1.0, "named in the lead")
_SEVERAL = Reading(1.0, "one of several counties of its city")
_CONFIRMED = Reading(1.0, "confirmed by its context")


class Weighed(NamedTuple):
    """A mention, the division that it stands for, and what it counts for."""

    mention: Mention
    code: str | None
    """None outside the home province and for what counts for no division."""
    weight: float
    reason: str
    in_passing: bool
    """Whether what stands around it takes more than half of its weight."""


@dataclass(slots=True, eq=False)
class _Known:
    """What the sure names of an article establish; not frozen, as no Mention is."""

    prefectures: Collection[str]
    counties: Collection[str]
    province: bool
    elsewhere: bool
    own: str | None
    """The code of the city or county that 我市 means; None where it is not known."""


def weigh(mentions: Sequence[Mention], atlas: Atlas, own: str | None = None) -> list[Weighed]:
    """The mentions with what each counts for, parallel to them.

    `own` is the code of the medium's city or county; without it that of the first local medium or dateline counts.
    """
    own_voice = _VOICES in [mention.name.kind for mention in mentions]
    if own_voice and not own:
        own = next((mention.name.codes[0] for mention in mentions if _is_voice(mention)), None)
    parts = {mention.text for mention in mentions if mention.above and _is_part_of_other(mention)}
    kinds: set[Kind] = set()
    readings: list[Reading] = []
    codes: list[str] = []
    unsure: list[Mention] = []
    towns: dict[str, set[str]] = {}
    abroad: set[str] = set()
    for mention in mentions:
        name = mention.name
        reading = PART_OF_OTHER if mention.text in parts else read(mention, own_voice)
        readings.append(reading)
        if name.sure:
            kinds.add(name.kind)
        if name.kind in _CITIES and reading.factor >= _VOUCHING:
            if name.sure:
                codes += name.codes if name.full else name.codes[:1]
            elif name.kind is _COUNTY:
                unsure.append(mention)
        elif name.kind is _TOWNSHIPS:
            towns[mention.text] = {atlas.county_of[code] for code in name.codes}
            if _is_abroad(mention):
                abroad.add(mention.text)
    known = _known(kinds, codes, own, atlas)
    if unsure:
        resolved = [_resolve_county(mention, known, atlas) for mention in unsure]
        # a stem and a township of its county vouch for each other (安化|东坪镇), not one of another province (天门市|皂市镇)
        paired = {code for town, counties in towns.items() if town not in abroad for code in counties}
        more = [code for code, reading in resolved if reading.factor == 1.0 or code in paired]
        known = _known(kinds, codes + more, own, atlas)
    return [_weigh_one(mention, reading, known, atlas) for mention, reading in zip(mentions, readings, strict=True)]


def _known(kinds: Collection[Kind], codes: Sequence[str], own: str | None, atlas: Atlas) -> _Known:
    """What an article establishes that names sure places of those kinds and speaks of those divisions."""
    return _Known(
        prefectures={atlas.prefecture_of[code] for code in codes},
        counties={code for code in codes if code in atlas.county_of},
        province=bool(codes) or not _OURS.isdisjoint(kinds),
        elsewhere=_ELSEWHERE in kinds,
        own=own,
    )


def _is_voice(mention: Mention) -> bool:
    """Whether a mention is the name of the local medium that speaks, or the place that it writes from."""
    name = mention.name
    local = mention.opening and name.sure and name.kind in _CITIES
    return local and is_byline(mention.after, capital=name.seat)


def _is_part_of_other(mention: Mention) -> bool:
    """Whether a county's name stands within a place elsewhere, as that of a street or temple: 西安市长安区|南岳庙."""
    return mention.name.kind is _COUNTY and all(name.kind is _ELSEWHERE for name in mention.above)


def _weigh_one(mention: Mention, read_as: Reading, known: _Known, atlas: Atlas) -> Weighed:
    name = mention.name
    code, resolved = _resolve(mention, known, atlas)
    beside = read_as is FOLK or (read_as is not PLAIN and read_as in BESIDE_OTHERS and not mention.above)
    if beside and not known.elsewhere:
        read_as = PLAIN
    apart = mention.last and not mention.listed and name.kind is not _PROVINCE
    context = read_as if apart else _context(mention, read_as)
    standing = _TITLE_WEIGHT if mention.field == "title" else _LEAD_WEIGHT if mention.opening else _BODY_WEIGHT
    weight = standing * name.weight * (resolved.factor * context.factor)
    reading = context
    if resolved is not PLAIN:
        if context is PLAIN or resolved.factor < min(context.factor, 1.0):
            reading = resolved
        if not resolved.factor:
            code = None
    elif code and context is PLAIN:
        reading = _standing(mention, code, known, atlas)
    # half the time of Weighed(...), which is a function of Python's
    return tuple.__new__(Weighed, (mention, code, weight, reading.reason, read_as.factor < _VOUCHING))


def _standing(mention: Mention, code: str, known: _Known, atlas: Atlas) -> Reading:
    """What a mention that nothing raises or lowers counts for: where it stands, and with which others."""
    if code in known.counties and len(known.counties) > 1:
        prefecture = atlas.prefecture_of[code]
        if any(atlas.prefecture_of[county] == prefecture for county in known.counties if county != code):
            return _SEVERAL
    if mention.field == "title":
        return _HEADLINE
    return _LEAD if mention.opening else PLAIN


def _context(mention: Mention, reading: Reading) -> Reading:
    """How a mention that its surroundings read so counts as a part of its address or list."""
    kind = mention.name.kind
    if kind is _PROVINCE:
        if not mention.last:
            return _ADDRESS
        if reading is PLAIN and not is_body(mention.after):
            reading = _PROVINCE_IN_PASSING
    elif kind is _ELSEWHERE and not mention.last:
        reading = min(reading, _OTHER_ADDRESS)
    return min(reading, _LISTED) if mention.listed else reading


def _resolve(mention: Mention, known: _Known, atlas: Atlas) -> tuple[str | None, Reading]:
    """The division that the mention stands for in this article, and how far that is confirmed."""
    name = mention.name
    if name.sure and name.codes:
        if len(name.codes) == 1:
            return name.codes[0], PLAIN
        return next((code for code in name.codes[1:] if code in known.counties), name.codes[0]), PLAIN
    if name.kind is _ELSEWHERE:
        return None, PLAIN
    if name.kind is _VOICES:
        return _resolve_voice(mention.text, known, atlas)
    if name.kind is _BODIES:
        return None, PLAIN if known.province or not known.elsewhere else _UNCONFIRMED
    if name.kind is _TOWNSHIPS:
        return _resolve_township(mention, known, atlas)
    return _resolve_county(mention, known, atlas)


def _resolve_voice(text: str, known: _Known, atlas: Atlas) -> tuple[str | None, Reading]:
    """The medium's place; where that is a county and the text does not speak of one (我市 of 平江县), its prefecture."""
    if known.own is None:
        return None, _UNKNOWN_VOICE
    is_meant = atlas.official(known.own).endswith(text[-1])
    return known.own if is_meant else atlas.prefecture_of[known.own], _VOICE


def _resolve_county(mention: Mention, known: _Known, atlas: Atlas) -> tuple[str, Reading]:
    """A county by its stem (平江), or a county or city by a name that another place has too (永定区)."""
    name = mention.name
    code = next((code for code in name.codes if atlas.prefecture_of[code] in known.prefectures), name.codes[0])
    prefecture = atlas.prefecture_of[code]
    within = any(other.kind is _PROVINCE or prefecture in other.codes for other in mention.above)
    heads_title = mention.field == "title" and mention.start == 0 and mention.after[:1] == ":"
    at_home = prefecture in known.prefectures or (known.province and not known.elsewhere)
    full_and_home = name.full and at_home and not _is_abroad(mention)
    office = mention.last and is_office(mention.after) and not name.shared
    if within or code in known.counties or heads_title or full_and_home or office:
        return code, _CONFIRMED
    if name.full and not known.elsewhere:
        return code, _NEARER
    return code, _HALF_CONFIRMED if prefecture in known.prefectures and not name.shared else _UNCONFIRMED


def _is_abroad(mention: Mention) -> bool:
    """Whether its address goes on from a place elsewhere: 福建龙岩市|永定区."""
    return bool(mention.above) and mention.above[-1].kind is _ELSEWHERE


def _lies_in(townships: Iterable[str], above: Sequence[Name], atlas: Atlas) -> bool:
    """Whether any of the townships lies in the county or city directly before it in the address; True without one."""
    if not above or above[-1].kind not in _CITIES:
        return True
    return any({atlas.county_of[code], atlas.prefecture_of[code]}.intersection(above[-1].codes) for code in townships)


def _resolve_township(mention: Mention, known: _Known, atlas: Atlas) -> tuple[str | None, Reading]:
    """A township; one that several counties have counts for the county or prefecture that the article names, or the medium's county."""
    name = mention.name
    if (name.shared and _is_abroad(mention)) or not _lies_in(name.codes, mention.above, atlas):
        return None, _UNCONFIRMED
    by_county = [code for code in name.codes if atlas.county_of[code] in known.counties] or [
        code for code in name.codes if atlas.county_of[code] == known.own
    ]
    by_prefecture = [code for code in name.codes if atlas.prefecture_of[code] in known.prefectures]
    for found in (by_county, by_prefecture):
        if len(found) == 1:
            return found[0], _CONFIRMED
    prefectures = {atlas.prefecture_of[code] for code in by_prefecture or name.codes}
    at_home = not name.shared or (known.province and not known.elsewhere)
    if len(prefectures) == 1 and (by_prefecture or at_home):
        code = name.codes[0] if len(name.codes) == 1 else prefectures.pop()
        return code, _CONFIRMED if by_prefecture else Reading(0.7, "township, its county is not named")
    return None, _UNCONFIRMED
