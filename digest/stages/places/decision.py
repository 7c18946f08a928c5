"""Decides which city the weighed mentions of an article speak of."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from digest.model import ELSEWHERE, PROVINCE, Evidence, Placement
from digest.stages.places.atlas import Atlas, Kind
from digest.stages.places.weighing import Weighed

_ENOUGH = 0.8
_ENOUGH_UNOPENED = 1.2
_ENOUGH_IN_PASSING = 2.0
_ENOUGH_PER_CHAR = 1 / 4000
"""The least weight that gives a city: a short form in the lead, though discounted by half; where neither title nor lead
names any of its places, more than one full name, since news names other places in passing; where all of its mentions are such, so much as only many of them or a headline have. The longer a text, the less a
single mention says of all of it."""
_SHARE_OF_HOME = 0.55
"""What a city needs of the weight of all cities; below it an article is a round-up of several."""
_AGAINST_ELSEWHERE = 0.7
"""What a city needs against all places outside the province: news from home names partners and visitors too."""
_AGAINST_PROVINCE = 0.6
"""What a city needs against the province's own bodies, which take part in much of what happens in a city."""
_CAPITAL_AGAINST_PROVINCE = 1.0
"""The capital needs as much while none of its counties is named: the province's bodies sit and meet there."""
_SILENCE = 1.0
"""What saying nothing weighs against any answer, and for ELSEWHERE: one full name in the body outweighs it."""
_COUNTY_OF_COUNTIES = 0.6
"""What a county needs of the weight of all counties of its city."""
_COUNTY_OF_CITY = 0.3
_COUNTY_OPENING = 1.0
"""Besides, a county needs so much of its city's weight, or so much weight in title and lead."""

_ELSEWHERE, _PROVINCES = Kind.ELSEWHERE, frozenset((Kind.PROVINCE, Kind.PROVINCE_BODY))


@dataclass(slots=True, eq=False)
class Tally:
    """The sums of an article's weights; not frozen, as no Mention is."""

    cities: Mapping[str, float]
    """By the prefecture's code."""
    counties: Mapping[str, float]
    opening: Mapping[str, float]
    """The part of each weight that title and lead have, by the code of the city and of the county."""
    said: Collection[str]
    """The cities that are not only named in passing."""
    province: float
    elsewhere: float

    def ranked(self) -> list[tuple[float, str]]:
        """The cities with any weight, heaviest first, ties in official order."""
        by_weight = sorted([(-weight, code) for code, weight in self.cities.items() if weight > 0])
        return [(-weight, code) for weight, code in by_weight]


def tally(weighed: Sequence[Weighed], atlas: Atlas) -> Tally:
    """The sums of the weights by prefecture, by county, for the province and for all places outside."""
    cities: dict[str, float] = defaultdict(float)
    counties: dict[str, float] = defaultdict(float)
    opening: dict[str, float] = defaultdict(float)
    province = elsewhere = 0.0
    said: set[str] = set()
    for mention, code, weight, _, in_passing in weighed:
        kind = mention.name.kind
        if kind is _ELSEWHERE:
            elsewhere += weight
        elif kind in _PROVINCES:
            province += weight
        elif code is not None:
            city = atlas.prefecture_of[code]
            county = atlas.county_of.get(code)
            cities[city] += weight
            if not in_passing:
                said.add(city)
            if county:
                counties[county] += weight
            if mention.opening:
                opening[city] += weight
                if county:
                    opening[county] += weight
    return Tally(cities, counties, opening, said, province, elsewhere)


def decide(weighed: Sequence[Weighed], length_chars: int, evidence: tuple[Evidence, ...], atlas: Atlas) -> Placement:
    """The placement that the weighed mentions in a text of that length call for; without any it is ELSEWHERE, unsurely."""
    sums = tally(weighed, atlas)
    ranked = sums.ranked()
    best, code = ranked[0] if ranked else (0.0, "")
    home = sum(sums.cities.values())
    seat = code == atlas.capital and not _counties(code, sums, atlas)
    province = sums.province * (_CAPITAL_AGAINST_PROVINCE if seat else _AGAINST_PROVINCE)
    elsewhere = sums.elsewhere * _AGAINST_ELSEWHERE
    enough = _ENOUGH if sums.opening.get(code) else _ENOUGH_UNOPENED
    if code not in sums.said:
        enough = _ENOUGH_IN_PASSING
    enough += _ENOUGH_PER_CHAR * length_chars
    if best >= max(enough, _SHARE_OF_HOME * home, elsewhere, province):
        runner_up, second = (atlas.official(ranked[1][1]), ranked[1][0]) if len(ranked) > 1 else (None, 0.0)
        confidence = _sureness(best, max(home - best, elsewhere, province))
        return Placement(
            atlas.official(code), _county(code, sums, weighed, atlas), confidence, evidence, runner_up, best, second
        )
    runner_up = atlas.official(code) if ranked else None
    whole = home + sums.province
    if whole >= max(enough, sums.elsewhere):
        sureness = _sureness(whole, max(best, sums.elsewhere))
        return Placement(PROVINCE, None, sureness, evidence, runner_up, whole, best)
    sureness = _sureness(sums.elsewhere + _SILENCE, whole)
    return Placement(ELSEWHERE, None, sureness, evidence, runner_up, sums.elsewhere, best)


def _counties(city: str, sums: Tally, atlas: Atlas) -> dict[str, float]:
    return {code: weight for code, weight in sums.counties.items() if weight and atlas.prefecture_of[code] == city}


def _county(city: str, sums: Tally, weighed: Sequence[Weighed], atlas: Atlas) -> str | None:
    counties = _counties(city, sums, atlas)
    if not counties:
        return None
    best = max(counties, key=lambda code: (counties[code], code))
    dominates = counties[best] >= _COUNTY_OF_COUNTIES * sum(counties.values())
    enough = counties[best] >= _COUNTY_OF_CITY * sums.cities[city] or sums.opening.get(best, 0.0) >= _COUNTY_OPENING
    return _called(best, weighed, atlas) if dominates and enough else None


def _called(county: str, weighed: Sequence[Weighed], atlas: Atlas) -> str:
    """The county's official name, or the former one where the text has no other for it."""
    division = atlas.divisions[county]
    if not division.former:
        return division.name
    called = {item.mention.text for item in weighed if item.code == county}
    return called.pop() if len(called) == 1 and called <= {*division.former} else division.name


def _sureness(weight: float, rival: float) -> float:
    """From 0 to 1: the weight's part of all that speaks, silence included."""
    return round(weight / (weight + rival + _SILENCE), 3)
