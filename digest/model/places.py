"""Where a text is at home: the divisions of a province, and the placement with its evidence."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

PROVINCE = "province"
"""The section of news about the whole home province or several of its cities (全省/多地)."""
ELSEWHERE = "elsewhere"
"""The section of news about another province, the country, or no place at all (省外·其他)."""


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division (行政区划) of the home province: a prefecture, a county or one of its zones, a township."""

    code: str
    name: str
    """The official name."""
    names: tuple[str, ...]
    """Every name that may stand for it in a text, the official one first: short forms, former names."""
    parent: str | None
    """The code of the prefecture of a county, or of the county of a township; None for a prefecture."""
    former: tuple[str, ...] = ()
    """Those of the names that were official and are answered as such where a text has no other: 株洲县 (渌口区)."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A prefecture's place on the tile map (市州版图)."""

    city: str
    """The official name."""
    label: str
    """The short name that a tile has room for."""


Tiles = tuple[tuple[Tile | None, ...], ...]
"""Rows of equal length from north to south, each from west to east; None where no prefecture lies."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of the home province, in official order, and the names of other places, which only block."""

    province: Division
    prefectures: tuple[Division, ...]
    counties: tuple[Division, ...]
    townships: tuple[Division, ...]
    elsewhere: tuple[str, ...]
    """Names of other provinces, their prefectures and counties."""
    words: tuple[str, ...] = ()
    """Words that contain a name and mean no place, and names that are words or other provinces' townships too."""
    tiles: Tiles = ()
    """Empty where the gazetteer draws no map."""


class Evidence(NamedTuple):
    """One mention of a place, and what it counted for."""

    field: Literal["title", "text"]
    start: int
    end: int
    matched: str
    place: str
    """The official name of what matched."""
    weight: float
    """0 for a mention that was discounted."""
    reason: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Which city a text is about, and why."""

    city: str
    """A prefecture's official name, PROVINCE or ELSEWHERE."""
    county: str | None
    confidence: float
    """From 0 to 1."""
    evidence: tuple[Evidence, ...]
    runner_up: str | None
    score: float = 0.0
    """The weights that speak for the answer, added up."""
    runner_up_score: float = 0.0
