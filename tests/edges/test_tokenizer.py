"""The door to jieba: quiet, in its own folder, and with the same keywords as the package would give."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.edges.tokenizer import MEDIAN_IDF, Tokenizer, import_jieba

TEXT = "青石县河东公路建成通车。河东公路沿线的橘子运出了山，橘子种植户李大山笑了。橘子今年增产30%。"


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return Tokenizer(["青石县", "河东公路"], tmp_path_factory.mktemp("cache"))


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The script in a new process that shows every warning."""
    command = [sys.executable, "-W", "always", "-c", script]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)


def test_words_are_the_text(tokenizer: Tokenizer) -> None:
    """Joined, the words of a text are the text."""
    assert "".join(tokenizer.words(TEXT)) == TEXT


def test_given_names_are_kept_whole(tokenizer: Tokenizer) -> None:
    """Place names handed in are words."""
    assert tokenizer.words("青石县河东公路通车")[:2] == ["青石县", "河东公路"]


def test_names_of_one_tokenizer_are_unknown_to_another(tokenizer: Tokenizer, tmp_path: Path) -> None:
    """Nothing is shared through the package's global state."""
    tokenizer.words(TEXT)
    assert "河东公路" not in Tokenizer(cache_folder=tmp_path).words(TEXT)


def test_the_global_tokenizer_is_never_set_up(tokenizer: Tokenizer) -> None:
    """jieba's own tokenizer, which writes into a shared folder, stays as it was imported."""
    tokenizer.keywords([TEXT], 3)
    assert not import_jieba().dt.initialized


def test_the_cache_lies_in_the_given_folder(tokenizer: Tokenizer) -> None:
    """One file, named after the package's version."""
    assert [file.name for file in Path(tokenizer.jieba.tmp_dir).iterdir()] == ["jieba-0.42.1.cache"]


def test_a_broken_cache_is_made_again(tmp_path: Path) -> None:
    """A truncated cache file is replaced."""
    cache = tmp_path / "jieba-0.42.1.cache"
    cache.write_bytes(b"\x00")
    assert Tokenizer(cache_folder=tmp_path).words("建成通车") == ["建成", "通车"]
    assert cache.stat().st_size > 1_000_000


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """A private temporary folder takes its place, and is gone at the end."""
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    tokenizer = Tokenizer(cache_folder=in_the_way / "cache")
    assert tokenizer.words("建成通车") == ["建成", "通车"]
    folder = Path(tokenizer.jieba.tmp_dir)
    assert folder.stat().st_mode & 0o077 == 0
    assert in_the_way not in folder.parents


def test_nothing_is_printed_and_no_shared_file_is_written(tmp_path: Path) -> None:
    """Loading reports nothing on either stream, and leaves the temporary folder empty."""
    shared, home = tmp_path / "tmp", tmp_path / "home"
    shared.mkdir()
    script = "from digest.edges.tokenizer import Tokenizer; Tokenizer().keywords(['河东公路建成通车'], 2)"
    done = run(script, TMPDIR=str(shared), XDG_CACHE_HOME=str(home), PYTHONDONTWRITEBYTECODE="1")
    assert (done.stdout, done.stderr) == ("", "")
    assert list(shared.iterdir()) == []


def test_jieba_is_not_imported_before_it_is_needed() -> None:
    """Making a tokenizer costs nothing."""
    done = run(
        "import sys; from digest.edges.tokenizer import Tokenizer; Tokenizer(['甲']); print('jieba' in sys.modules)"
    )
    assert done.stdout.strip() == "False"


def test_keywords_are_what_stands_out(tokenizer: Tokenizer) -> None:
    """The most telling first; numbers, single characters and function words are left out."""
    assert tokenizer.keywords([TEXT], 1) == ("橘子",)
    assert tokenizer.keywords(["一个 30 的 3.5% 我们 进行 第一"], 5) == ()
    assert tokenizer.keywords([], 5) == ()
    assert tokenizer.keywords([TEXT], 0) == ()


def test_texts_share_the_places(tokenizer: Tokenizer) -> None:
    """Two words of two texts are one of each, however often one text repeats its own."""
    assert set(tokenizer.keywords(["橘子橘子橘子柚子柚子", "水电站"], 2)) == {"橘子", "水电站"}


def test_places_and_measures_are_no_keywords(tokenizer: Tokenizer) -> None:
    """The digest shows places by itself, and a measure tells nothing."""
    assert tokenizer.keywords(["青石县修路30公里，青石县省下20分钟，九万亩橘子"], 5) == ("橘子", "修路")


def test_a_keyword_within_another_is_left_out(tokenizer: Tokenizer) -> None:
    """电站 adds nothing to 水电站."""
    assert tokenizer.keywords(["水电站水电站。电站。"], 5) == ("水电站",)


def test_a_word_cut_out_of_two_is_no_keyword(tokenizer: Tokenizer) -> None:
    """万标箱 is what jieba leaves of 30万 and 标箱; a word of its own that it does not know stays."""
    assert tokenizer.keywords(["港口完成30万标箱，增加2万标箱；竹纤维多，竹纤维好"], 2) == ("竹纤维", "港口")


def test_rarity_is_that_of_the_package(tokenizer: Tokenizer) -> None:
    """The table's median, used for unknown words, is the package's; so are its values."""
    values = sorted(map(float, tokenizer._rarity.values()))
    assert values[len(values) // 2] == pytest.approx(MEDIAN_IDF)
    assert len(values) == 270_132
