"""The measure that summaries are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.rouge import rouge_l, rouge_n, tokens

WORDS = st.lists(st.sampled_from("桥路灯"), max_size=12)


def test_tokens_are_characters_numbers_and_latin_words() -> None:
    """Marks and spaces count for nothing."""
    assert tokens("投入3.5亿元，5G 基站！") == ["投", "入", "3.5", "亿", "元", "5", "g", "基", "站"]


def test_half_of_the_bigrams_make_half_the_score() -> None:
    """Two of four bigrams on either side."""
    assert rouge_n("桥路灯人山", "桥路灯水田", 2) == pytest.approx(0.5)


def test_the_common_subsequence_may_have_gaps() -> None:
    """桥灯人 is common to both."""
    assert rouge_l("桥路灯人", "桥灯水人") == pytest.approx(0.75)


def longest_by_table(a: list[str], b: list[str]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        last = row
        row = [0]
        for j, y in enumerate(b):
            row.append(last[j] + 1 if x == y else max(last[j + 1], row[j]))
    return row[-1]


@given(WORDS, WORDS)
def test_bits_find_what_the_table_finds(a: list[str], b: list[str]) -> None:
    """The fast form agrees with the textbook's."""
    shared = longest_by_table(a, b)
    assert rouge_l(a, b) == pytest.approx(2 * shared / (len(a) + len(b)) if shared else 0)


@given(WORDS)
def test_a_text_matches_itself(words: list[str]) -> None:
    """The score of a text against itself is 1, of nothing 0."""
    assert rouge_n(words, words, 1) == rouge_l(words, words) == (1.0 if words else 0.0)
