"""Reads the gazetteer of the home province: `<province>.toml`, `<province>.townships.csv` and `elsewhere.toml`."""

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from digest.errors import ConfigError, UnknownName
from digest.model import Division, Gazetteer, Tile, Tiles

_ELSEWHERE = "elsewhere"
_NOWHERE = "."
"""Stands in the map where no prefecture lies."""
_OWN_FILE = ".toml"
_COUNTY_DIGITS = 6
"""A township's code begins with its county's (GB/T 10114)."""

_Table = Mapping[str, object]


def load_gazetteer(folder: Path, province: str) -> Gazetteer:
    """The places of a home province and the names that block, as the files of a folder have them.

    The province is a file's name (`hunan`), what its file calls it (湖南省, 湖南), or the path of a file of one's own, which
    ends in .toml and has its townships beside it. Divisions come in the order of their codes. Raises UnknownName for a province without a file, ConfigError with every fault that the files have.
    """
    home_file = _find_home(folder, province)
    faults = _Faults(home_file.name)
    table = _read_toml(home_file)
    home = _division(faults, _only_table(faults, table, "province"), parent=None)
    prefectures = [_division(faults, row, parent=None) for row in _tables(faults, table, "prefecture")]
    counties = [_division(faults, row, _text(faults, row, "prefecture")) for row in _tables(faults, table, "county")]
    _check(faults, [home, *prefectures], counties, known=prefectures, above="prefecture")
    tiles = _tiles(faults, _text(faults, table, "tiles", default=""), prefectures)
    townships_file = home_file.with_suffix(".townships.csv")
    township_faults = _Faults(townships_file.name)
    townships, namesakes = _read_townships(townships_file, township_faults)
    _check(township_faults, [], townships, known=counties, above="county")
    elsewhere_file = folder / f"{_ELSEWHERE}.toml"
    elsewhere_faults = _Faults(elsewhere_file.name)
    others = _read_elsewhere(elsewhere_file, elsewhere_faults, home.name)
    if found := [*faults, *township_faults, *elsewhere_faults]:
        raise ConfigError(found)
    words = [*namesakes, *_text(faults, table, "words", default="").split()]
    return Gazetteer(
        home,
        _in_order(prefectures),
        _in_order(counties),
        _in_order(townships),
        tuple(dict.fromkeys(others)),
        tuple(dict.fromkeys(words)),
        tiles,
    )


def _tiles(faults: "_Faults", drawn: str, prefectures: Sequence[Division]) -> Tiles:
    """The map as drawn: rows of names, a point where no prefecture lies; every prefecture stands in it once, or there is no map."""
    cities = {name: division.name for division in prefectures for name in division.names}
    rows = [line.split() for line in drawn.splitlines() if line.strip()]
    labels = [label for row in rows for label in row if label != _NOWHERE]
    for label in labels:
        if label not in cities:
            faults.note(f"tiles: {label} is no name of a prefecture")
    placed = [cities[label] for label in labels if label in cities]
    if rows and sorted(placed) != sorted(division.name for division in prefectures):
        faults.note("tiles: every prefecture must stand in the map once")
    if len({len(row) for row in rows}) > 1:
        faults.note("tiles: the rows must be of one length")
    return tuple(tuple(Tile(cities[label], label) if label in cities else None for label in row) for row in rows)


class _Faults(list[str]):
    """The faults of one file; each begins with the file's name."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file

    def note(self, fault: str) -> None:
        self.append(f"{self.file}: {fault}")


def _find_home(folder: Path, province: str) -> Path:
    if province.endswith(_OWN_FILE):
        return Path(province)
    files = {path.stem: path for path in sorted(folder.glob("*.toml")) if path.stem != _ELSEWHERE}
    if province in files:
        return files[province]
    for path in files.values():
        row = _read_toml(path).get("province")
        if isinstance(row, dict) and province in (row.get("name"), *row.get("names", ())):
            return path
    raise UnknownName("province", province, files)


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError([f"{path.name}: {error}"]) from error


def _read_townships(path: Path, faults: _Faults) -> tuple[list[Division], list[str]]:
    """The townships of a table `code,name,namesake`, and the names that other provinces have too; no file yields none."""
    if not path.exists():
        return [], []
    townships, namesakes = [], []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                code, name = row.get("code") or "", row.get("name") or ""
                if not code or not name:
                    faults.note(f"a township needs a code and a name, not {list(row.values())}")
                    continue
                townships.append(Division(code, name, (name,), code[:_COUNTY_DIGITS]))
                if row.get("namesake"):
                    namesakes.append(name)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.note(str(error))
    return townships, namesakes


def _read_elsewhere(path: Path, faults: _Faults, home: str) -> list[str]:
    """The names of other provinces, their prefectures and counties; the home province's own entry is left out."""
    table = _read_toml(path)
    names = []
    for row in _tables(faults, table, "province"):
        name = _text(faults, row, "name")
        if name == home:
            continue
        names += [name, _text(faults, row, "short")]
        for key in ("prefectures", "prefecture_shorts", "counties"):
            names += _text(faults, row, key, default="").split()
    return names


def _tables(faults: _Faults, table: _Table, key: str) -> list[dict[str, object]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        faults.note(f"{key} must be written as [[{key}]]")
        return []
    return rows


def _only_table(faults: _Faults, table: _Table, key: str) -> _Table:
    row = table.get(key)
    if not isinstance(row, dict):
        faults.note(f"the table [{key}] is missing")
        return {"code": "", "name": ""}
    return row


def _text(faults: _Faults, row: _Table, key: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str):
        faults.note(f"{row.get('name', 'an entry')}: {key} must be a text, not {value!r}")
        return ""
    return value


def _division(faults: _Faults, row: _Table, parent: str | None) -> Division:
    name = _text(faults, row, "name")
    names, former = _names(faults, row, "names"), _names(faults, row, "former")
    return Division(_text(faults, row, "code"), name, tuple(dict.fromkeys([name, *names, *former])), parent, former)


def _names(faults: _Faults, row: _Table, key: str) -> tuple[str, ...]:
    names = row.get(key, [])
    if isinstance(names, list) and all(isinstance(name, str) and name for name in names):
        return tuple(names)
    faults.note(f"{row.get('name', 'an entry')}: {key} must be a list of texts, not {names!r}")
    return ()


def _check(
    faults: _Faults, tops: Iterable[Division], parts: Iterable[Division], known: Sequence[Division], above: str
) -> None:
    seen: dict[str, str] = {}
    parents = {division.code for division in known}
    for division in (*tops, *parts):
        if division.code in seen:
            faults.note(f"the code {division.code} stands for both {seen[division.code]} and {division.name}")
        seen[division.code] = division.name
    for division in parts:
        if division.parent not in parents:
            faults.note(f"{division.name} ({division.code}) belongs to no {above}: {division.parent!r} is not listed")


def _in_order(divisions: Iterable[Division]) -> tuple[Division, ...]:
    return tuple(sorted(divisions, key=lambda division: division.code))
