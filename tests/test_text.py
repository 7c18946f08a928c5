"""What counts as noise, and what does not."""

import pytest

from digest.text import bigrams, fold_width, is_han, noise


def cleaned(raw: str) -> str:
    for at, _, was, now in reversed(noise(raw)):
        raw = raw[:at] + now + raw[at + len(was) :]
    return raw


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("近日,该区(县)召开会议;下一步:推进!", "近日，该区（县）召开会议；下一步：推进！"),
        ("虚拟现实(VR)技术", "虚拟现实（VR）技术"),
        ("16:30，投入1,200万元", "16:30，投入1,200万元"),
        ("He said: yes, (really)!", "He said: yes, (really)!"),
        ("https://news.example/a?b=1", "https://news.example/a?b=1"),
        ("２０２６年ＡＰＰ", "2026年APP"),
    ],
)
def test_width(raw: str, clean: str) -> None:
    """Marks become full-width in Chinese and nowhere else; letters and digits become half-width."""
    assert cleaned(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("会议 ，强调 。", "会议，强调。"),
        ("株 洲 市 区", "株洲市区"),
        ("真抓实干强作风 凝心聚力促发展", "真抓实干强作风 凝心聚力促发展"),
        ("李成才　欧阳晓薇", "李成才 欧阳晓薇"),
        ("养好“错峰虾”  南县走俏", "养好“错峰虾” 南县走俏"),
        (" \x1f 永州 \u200b", "永州"),
        ("2023 渌口国际龙舟赛", "2023 渌口国际龙舟赛"),
    ],
)
def test_space(raw: str, clean: str) -> None:
    """Space that print left behind goes; space that separates words of a headline or names stays."""
    assert cleaned(raw) == clean


def test_control_characters_go() -> None:
    """Characters without a shape are removed wherever they stand."""
    assert cleaned("永\u200b州\ufeff市\x07税\xad务局") == "永州市税务局"


def test_long_noise_costs_no_more_than_its_length() -> None:
    """Twenty thousand alternating blanks are one place to look at, not twenty thousand times twenty thousand."""
    assert cleaned("中" + " \u200b" * 20_000 + "，文") == "中，文"
    assert cleaned("a" + " \u200b," * 20_000 + "文").endswith("，文")


def test_bigrams_skip_white_space() -> None:
    """Space between characters changes no bigram; one character has none."""
    assert bigrams("永 州\n市") == ["永州", "州市"]
    assert bigrams("永") == bigrams("") == []


def test_fold_width_keeps_length() -> None:
    """Folding maps one character to one character, so that offsets stay valid."""
    assert fold_width("１，（Ａ　") == "1,(A "


def test_is_han() -> None:
    """Han characters beyond the basic plane count, kana and marks do not."""
    assert is_han("永")
    assert is_han("𠮷")
    assert not is_han("の")
    assert not is_han("，")
