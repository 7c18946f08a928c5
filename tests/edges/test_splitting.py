"""What the splitter has learnt, kept in two files."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from digest import assembly
from digest.edges.resources import resource_folder
from digest.edges.splitting import load_splitting, save_splitting
from digest.errors import ConfigError
from tests.splitting import GAZETTEER

SHIPPED = resource_folder("config") / "splitting"
FILES = ("language.npz", "weights.json")

KEYS = {"chars": np.array([10, 65, 21306, 21307, 0x20000]), "pairs": np.array([], dtype=np.int64)}
LOGS = {"single": np.array([0.0, -0.08, -1.0, -7.77, -40.0]), "pair": np.array([])}
WEIGHTS = [{"joins": {"bias": -1.23456, "nothing": 0.0001}, "ends": {}}, {"joins": {"词": 2.0}}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own with what is shipped."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "splitting"))


def fault(folder: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_splitting(folder)
    (said,) = caught.value.faults
    return said


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Keys are exact, logarithms within half a step of 0.08 down to -20.4, weights to three digits; a weight of nought is left out."""
    save_splitting(tmp_path / "deep" / "er", KEYS, LOGS, WEIGHTS)
    keys, logs, weights = load_splitting(tmp_path / "deep" / "er")
    assert {name: values.tolist() for name, values in keys.items()} == {n: v.tolist() for n, v in KEYS.items()}
    assert logs.keys() == LOGS.keys()
    assert logs["single"] == pytest.approx([0.0, -0.08, -1.0, -7.77, -20.4], abs=0.0401)
    assert weights == [{"joins": {"bias": -1.235}, "ends": {}}, {"joins": {"词": 2.0}}]


def test_what_is_read_is_written_the_same(tmp_path: Path) -> None:
    """Nothing changes any more once it was written."""
    save_splitting(tmp_path, *load_splitting(SHIPPED))
    first = load_splitting(SHIPPED)
    second = load_splitting(tmp_path)
    for one, other in zip(first[:2], second[:2], strict=True):
        assert one.keys() == other.keys()
        assert all(np.array_equal(one[name], other[name]) for name in one)
    assert first[2] == second[2]


def test_keys_come_sorted() -> None:
    """Whoever searches the shipped keys by halves may rely on their order."""
    keys, _, _ = load_splitting(SHIPPED)
    assert all(np.all(np.diff(values) > 0) for values in keys.values())


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """The fault says which file is not there."""
    (folder / name).unlink()
    assert str(folder / name) in fault(folder)


def test_an_array_alone_is_no_language_file(folder: Path) -> None:
    """The fault says so of a file of numpy's that is no archive."""
    np.save(folder / "array.npy", np.arange(3))
    (folder / "array.npy").replace(folder / "language.npz")
    assert str(folder / "language.npz") in fault(folder)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"{", b"\xff\xfe\x00", b"null", b"[1]", b"[]", b'[{"joins": 3}]', b'[{"joins": {"a": "b"}}]'],
    ids=ascii,
)
def test_a_damaged_file_is_named(folder: Path, name: str, content: bytes) -> None:
    """The fault says which file is none of its kind, whatever stands in it."""
    (folder / name).write_bytes(content)
    assert str(folder / name) in fault(folder)


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_torn_or_altered_language_file_is_named(folder: Path, at: float) -> None:
    """The fault says so where a copy broke off, and where a byte of it flipped."""
    file = folder / "language.npz"
    whole = file.read_bytes()
    cut = int(len(whole) * at)
    file.write_bytes(whole[:cut])
    assert str(file) in fault(folder)
    file.write_bytes(whole[:cut] + bytes([whole[cut] ^ 0xFF]) + whole[cut + 1 :])
    assert str(file) in fault(folder)


def test_a_folder_in_place_of_a_file_is_named(folder: Path) -> None:
    """The fault says which file cannot be read."""
    (folder / "weights.json").unlink()
    (folder / "weights.json").mkdir()
    assert str(folder / "weights.json") in fault(folder)


def test_a_language_file_without_a_part_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sound but lacks an array is a fault of the configuration as well."""
    keys, logs, weights = load_splitting(folder)
    del keys["pairs"]
    save_splitting(folder, keys, logs, weights)
    monkeypatch.setattr(assembly, "resource_folder", lambda _: folder.parent)
    with pytest.raises(ConfigError) as caught:
        assembly.splitter(GAZETTEER)
    assert str(folder) in str(caught.value)
    assert "pairs" in str(caught.value)
