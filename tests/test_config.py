"""Configuration: layers, and faults that name file, line and the nearest known key."""

import re
from pathlib import Path

import pytest

from digest.config import load
from digest.edges.resources import resource_folder
from digest.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    file = folder / "digest.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_defaults_load() -> None:
    """The shipped file is complete: it alone yields settings."""
    settings = load()
    assert settings.edition.gazetteer == "hunan"
    assert settings.edition.zone_info.key == "Asia/Shanghai"


def test_every_default_is_explained() -> None:
    """Each key of the shipped file has its reason on its line."""
    text = (resource_folder("config") / "default.toml").read_text(encoding="utf-8")
    for line in text.splitlines():
        if re.match(r"\w+ =", line):
            assert re.search(r" # \S", line), line


def test_layers_win_in_order(tmp_path: Path) -> None:
    """The command line wins over the environment, the environment over the file, the file over the defaults."""
    file = written(tmp_path, "[summary]\nmax_sentences = 2\nbudget_chars = 100\nmethod = 'lead'\n")
    environ = {"DIGEST_SUMMARY__BUDGET_CHARS": "120", "DIGEST_SUMMARY__METHOD": "textrank", "PATH": "/bin"}
    settings = load([file], environ, {"summary": {"method": "random"}})
    assert (settings.summary.max_sentences, settings.summary.budget_chars) == (2, 120)
    assert settings.summary.method == "random"


def test_all_faults_at_once_with_line_and_nearest_key(tmp_path: Path) -> None:
    """Every fault is reported, each with its line or variable; a misspelt key names its nearest neighbour."""
    file = written(tmp_path, '[edition]\ntitel = "x"\nzone = "Asia/Shangai"\n\n[summary]\nmax_sentences = 0\n')
    with pytest.raises(ConfigError) as caught:
        load([file], {"DIGEST_SUMMARY__METOD": "lead"})
    faults = "\n".join(caught.value.faults)
    assert f"{file}, line 2: unknown key edition.titel; nearest: edition.title" in faults
    assert f"{file}, line 3: edition.zone" in faults
    assert "nearest: Asia/Shanghai" in faults
    assert f"{file}, line 6: summary.max_sentences" in faults
    assert "DIGEST_SUMMARY__METOD: unknown key summary.metod; nearest: summary.method" in faults
    with pytest.raises(ConfigError, match="DIGEST_SUMARY__METHOD: unknown key sumary; nearest: summary"):
        load(environ={"DIGEST_SUMARY__METHOD": "lead"})


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"[edition\n", "line 1"), (b"\xff\xfe\x00", "not UTF-8"), (b"edition = 3\n", "edition")],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    """A file that is no TOML, no UTF-8 or of another shape is an error that names it."""
    file = tmp_path / "digest.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=says):
        load([file])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that was asked for and is not there is an error."""
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        load([tmp_path / "nowhere.toml"])


def test_a_title_cannot_carry_a_header() -> None:
    """A line break in the title is refused: it would end up in the mail's Subject."""
    with pytest.raises(ConfigError, match=r"edition\.title"):
        load(overrides={"edition": {"title": "周报\r\nBcc: x@example.org"}})
