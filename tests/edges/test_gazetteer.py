from pathlib import Path

import pytest

from digest.edges.gazetteer import load_gazetteer
from digest.errors import ConfigError, UnknownName

SHIPPED = Path(__file__).parents[2] / "config" / "gazetteer"

HOME = """
words = "丰禾丰收"

[province]
code = "990000"
name = "东省"
names = ["东"]

[[prefecture]]
code = "990100"
name = "江城市"
names = ["江城"]

[[county]]
code = "990121"
name = "禾丰县"
prefecture = "990100"
names = []
"""
TOWNSHIPS = "# of 东省\ncode,name,namesake\n990121001,稻花镇,\n990121002,太平镇,x\n"
ELSEWHERE = """
[[province]]
name = "西省"
short = "西"
prefectures = "湖城市 海城市"
prefecture_shorts = "湖城"

[[province]]
name = "东省"
short = "东"
prefectures = "江城市"
"""


def folder(path: Path, home: str = HOME, townships: str | None = TOWNSHIPS, elsewhere: str = ELSEWHERE) -> Path:
    """A gazetteer of one small province."""
    (path / "east.toml").write_text(home, encoding="utf-8")
    (path / "elsewhere.toml").write_text(elsewhere, encoding="utf-8")
    if townships is not None:
        (path / "east.townships.csv").write_text(townships, encoding="utf-8")
    return path


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load_gazetteer(path, "east")
    return caught.value.faults


class TestShipped:
    def test_hunan_is_whole(self) -> None:
        """Hunan ships with its 14 prefectures, 122 counties and 12 zones, in official order, official names first."""
        hunan = load_gazetteer(SHIPPED, "hunan")
        zones = [county for county in hunan.counties if int(county.code[4:]) in range(71, 80)]
        assert (len(hunan.prefectures), len(hunan.counties) - len(zones), len(zones)) == (14, 122, 12)
        assert list(hunan.counties) == sorted(hunan.counties, key=lambda county: county.code)
        assert all(county.names[0] == county.name for county in hunan.counties)

    def test_a_second_province(self) -> None:
        """青海 ships too, prefectures and counties: it needs nothing but its file."""
        qinghai = load_gazetteer(SHIPPED, "青海")
        assert (len(qinghai.prefectures), len(qinghai.counties), qinghai.townships) == (8, 45, ())
        assert {"湖南省", "长沙市"} <= set(qinghai.elsewhere)

    @pytest.mark.parametrize("province", ["hunan", "qinghai"])
    def test_laws(self, province: str) -> None:
        """Every division lies in exactly one above it, whose code its own begins with; no code and no name stands twice."""
        home = load_gazetteer(SHIPPED, province)
        above = {prefecture.code: home.province.code for prefecture in home.prefectures}
        assert all(county.parent in above for county in home.counties)
        above |= {county.code: county.parent or "" for county in home.counties}
        assert all(township.parent in above for township in home.townships)
        above |= {township.code: township.parent or "" for township in home.townships}
        assert len(above) == len(home.prefectures) + len(home.counties) + len(home.townships)
        assert all(code.startswith(parent.rstrip("0")) for code, parent in above.items())
        names = [name for division in (*home.prefectures, *home.counties) for name in division.names]
        assert len(names) == len(set(names))
        assert not set(home.elsewhere) & {home.province.name, *home.province.names, *(p.name for p in home.prefectures)}

    @pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.toml")), ids=lambda file: file.name)
    def test_names_its_source_and_licence(self, file: Path) -> None:
        """Each file of facts says where they are from and under which licence."""
        head = file.read_text(encoding="utf-8").partition("[")[0]
        assert "github.com/modood/Administrative-divisions-of-China" in head
        assert "MIT" in head

    def test_other_provinces_block(self) -> None:
        """The names from elsewhere hold other provinces and cities, and none of the home province's own."""
        hunan = load_gazetteer(SHIPPED, "hunan")
        assert {"广东省", "广东", "深圳市", "深圳", "香港", "台湾"} <= set(hunan.elsewhere)
        assert not {"湖南省", "湖南", "长沙市", "株洲"} & set(hunan.elsewhere)

    @pytest.mark.parametrize("name", ["hunan", "湖南省", "湖南"])
    def test_found_by_file_or_name(self, name: str) -> None:
        """A province is asked for by its file's name or by its own."""
        assert load_gazetteer(SHIPPED, name).province.name == "湖南省"


def test_reads_every_part(tmp_path: Path) -> None:
    """Divisions, townships under their county, and whatever blocks: other places, namesakes, words."""
    east = load_gazetteer(folder(tmp_path), "east")
    assert east.province.names == ("东省", "东")
    assert [(county.name, county.parent) for county in east.counties] == [("禾丰县", "990100")]
    assert [(township.name, township.parent) for township in east.townships] == [
        ("稻花镇", "990121"),
        ("太平镇", "990121"),
    ]
    assert east.elsewhere == ("西省", "西", "湖城市", "海城市", "湖城")
    assert east.words == ("太平镇", "丰禾丰收")


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """A path that ends in .toml is read with the townships beside it, and with the shipped names from elsewhere."""
    own = folder(tmp_path) / "east.toml"
    east = load_gazetteer(SHIPPED, str(own))
    assert [township.name for township in east.townships] == ["稻花镇", "太平镇"]
    assert "湖南省" in east.elsewhere
    with pytest.raises(ConfigError, match=r"west\.toml"):
        load_gazetteer(SHIPPED, str(tmp_path / "west.toml"))


def test_townships_may_be_missing(tmp_path: Path) -> None:
    """A province without a table of townships is one without townships."""
    assert load_gazetteer(folder(tmp_path, townships=None), "east").townships == ()


class TestFaults:
    def test_unknown_province(self, tmp_path: Path) -> None:
        """A province without a file is named together with those that have one."""
        with pytest.raises(UnknownName, match="'eest'; nearest: east") as caught:
            load_gazetteer(folder(tmp_path), "eest")
        assert caught.value.allowed == ("east",)

    def test_county_without_prefecture(self, tmp_path: Path) -> None:
        """A county whose prefecture is not listed is refused with file, county and code."""
        home = HOME.replace('prefecture = "990100"', 'prefecture = "990200"')
        assert faults(folder(tmp_path, home)) == (
            "east.toml: 禾丰县 (990121) belongs to no prefecture: '990200' is not listed",
        )

    def test_duplicate_code(self, tmp_path: Path) -> None:
        """A code that two divisions bear is refused with both names."""
        home = HOME.replace('code = "990121"', 'code = "990100"')
        assert "east.toml: the code 990100 stands for both 江城市 and 禾丰县" in faults(folder(tmp_path, home))

    def test_township_without_county(self, tmp_path: Path) -> None:
        """A township whose code begins with no listed county is refused."""
        assert faults(folder(tmp_path, townships="code,name\n990199001,稻花镇\n")) == (
            "east.townships.csv: 稻花镇 (990199001) belongs to no county: '990199' is not listed",
        )

    def test_township_without_name(self, tmp_path: Path) -> None:
        """A row without a code or a name is refused with what it has."""
        assert "a township needs a code and a name" in faults(folder(tmp_path, townships="code,name\n990121001,\n"))[0]

    @pytest.mark.parametrize(
        ("was", "now", "fault"),
        [
            ('names = ["江城"]', 'names = "江城"', "names must be a list of texts, not '江城'"),
            ('names = ["江城"]', "former = [1]", "former must be a list of texts, not [1]"),
            ('code = "990100"\n', "code = 990100\n", "code must be a text, not 990100"),
            ('name = "禾丰县"\n', "", "name must be a text, not None"),
            ("[province]", "[provence]", "the table [province] is missing"),
            ("[[county]]", "[county]", "county must be written as [[county]]"),
            ('words = "丰禾丰收"', "words = 丰禾丰收", "east.toml: Invalid value"),
        ],
    )
    def test_names_file_and_fault(self, tmp_path: Path, was: str, now: str, fault: str) -> None:
        """Whatever is wrong with a file is said with the file's name."""
        found = faults(folder(tmp_path, HOME.replace(was, now, 1)))
        assert any(item.startswith("east.toml: ") and fault.removeprefix("east.toml: ") in item for item in found)

    def test_all_faults_together(self, tmp_path: Path) -> None:
        """The faults of all files come in one error."""
        path = folder(
            tmp_path,
            HOME.replace('prefecture = "990100"', 'prefecture = "1"'),
            "code,name\n1,稻花镇\n",
            "[[province]]\nname = 1\n",
        )
        assert {fault.split(":")[0] for fault in faults(path)} == {"east.toml", "east.townships.csv", "elsewhere.toml"}

    def test_file_elsewhere_is_missing(self, tmp_path: Path) -> None:
        """Without the names that block there is no gazetteer."""
        path = folder(tmp_path)
        (path / "elsewhere.toml").unlink()
        assert faults(path)[0].startswith("elsewhere.toml: ")


class TestTiles:
    def test_hunan_is_drawn(self) -> None:
        """Every prefecture stands in the map once, 岳阳 in the north-east, 永州 in the south."""
        hunan = load_gazetteer(SHIPPED, "hunan")
        placed = [tile.city for row in hunan.tiles for tile in row if tile]
        assert sorted(placed) == sorted(division.name for division in hunan.prefectures)
        top, bottom = hunan.tiles[0][-1], hunan.tiles[-1][1]
        assert top is not None
        assert bottom is not None
        assert (top.label, bottom.label) == ("岳阳", "永州")

    def test_a_province_may_have_no_map(self, tmp_path: Path) -> None:
        """Then the issue shows bars alone."""
        assert load_gazetteer(folder(tmp_path), "east").tiles == ()

    @pytest.mark.parametrize(
        ("drawn", "fault"),
        [
            ("河城", "tiles: 河城 is no name of a prefecture"),
            ("江城 江城市", "tiles: every prefecture must stand in the map once"),
            (". .", "tiles: every prefecture must stand in the map once"),
            ("江城 .\n.", "tiles: the rows must be of one length"),
        ],
    )
    def test_a_wrong_map_is_named(self, tmp_path: Path, drawn: str, fault: str) -> None:
        """Nothing is drawn wrong in silence."""
        home = HOME.replace('words = "丰禾丰收"', f'words = "丰禾丰收"\ntiles = """\n{drawn}\n"""')
        assert f"east.toml: {fault}" in faults(folder(tmp_path, home))
