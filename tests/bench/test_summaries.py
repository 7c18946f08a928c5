"""The command that sets the methods beside their peers."""

import subprocess
import sys

from bench.highlights import precision
from bench.scaling import PARAGRAPH, cost, text_of
from bench.summaries import OWN, ROOM_CHARS, filled
from digest.stages.sentences import text_prose
from digest.stages.summary import METHODS

RUN = "import sys; sys.modules['snownlp'] = None; sys.argv[0] = 'bench'; from bench.summaries import main; main()"
"""The command where snownlp is not installed."""


def test_one_command_prints_quality_and_speed() -> None:
    """A row a system with every measure; a peer that is not there is named and left out."""
    arguments = ["--data", str(OWN), "--sample", "3", "--only", *METHODS, "textrank4zh", "snownlp"]
    printed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, *arguments], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert "left out: snownlp" in printed
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in printed.splitlines() if line.startswith("|")]
    head, _, *systems = rows
    assert head[:8] == ["system", "n", "R-1", "R-2 [95%]", "R-L", "P@3", "articles/s", "x textrank4zh"]
    assert [row[0] for row in systems] == [*METHODS, "textrank4zh"]
    assert all(float(row[column].partition(" ")[0]) >= 0 for row in systems for column in (1, 2, 3, 4, 6, 7, 8, 9))
    assert "encoding and counting bigrams alone" in printed


def test_a_highlight_is_hit_by_the_sentence_that_stands_for_it() -> None:
    """A ranked sentence counts as the labelled one with which it shares most; texts without highlights count for nothing."""
    item = {"sentences": ["桥通了。", "路也宽了。"], "labels": [0.0, 0.9]}
    assert precision([item, {"text": "灯亮了。"}], [["路也宽了"], ["灯亮了。"]]) == 100
    assert precision([item], [["桥通了。", "路也宽了。"]]) == 50
    assert precision([{}], [["桥通了。"]]) is None


def test_summaries_are_of_one_length() -> None:
    """The best sentences that fit stand in the order of the text; one that is too long for the room is cut at a clause."""
    text = "路通了。桥也通了。灯亮了。"
    assert filled(text, ["桥也通了。", "路通了。"]) == "路通了。\n桥也通了。"
    long = "青石县投入8600万元，" * 20 + "修路。"
    assert filled(long, [long]) == ("青石县投入8600万元，" * 20)[: ROOM_CHARS - ROOM_CHARS % 12]


def test_texts_of_any_length_are_made_and_timed() -> None:
    """Sentences come over again where they are too few; each costs some time and memory."""
    text = text_of(["桥通了。", "路宽了。"], 7)
    assert text.splitlines()[0].count("。") == PARAGRAPH
    assert len(text_prose("", text).sentences) == 7
    assert min(cost("", text, 7)) > 0


def test_memory_grows_with_the_text() -> None:
    """A sentence of a text of ten times the length takes no more than half as much memory again."""
    lines = [f"第{n}个村的{chr(0x4E00 + n % 3000)}合作社今年种下{n}亩{chr(0x5E00 + n % 2500)}树。" for n in range(4000)]
    (_, few), (_, many) = (cost("", "\n".join(lines[:count]), count) for count in (400, 4000))
    assert many < 1.5 * few
