"""The search for a better division: what it finds, and that it never makes one worse."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from digest.stages.articles.search import improve

IMPOSSIBLE = -1e6

Gain = NDArray[np.float64]


def below_each_other(links: Sequence[float]) -> Gain:
    """Lines that can go on with the next one only, and cannot be left out."""
    gain = np.full((len(links) + 1, len(links) + 1), IMPOSSIBLE)
    for i, link in enumerate(links):
        gain[i, i + 1] = link
    return gain


def chains(after: Sequence[int]) -> list[tuple[int, ...]]:
    followed = set(after)
    found = []
    for i in range(len(after)):
        if i not in followed and after[i] != i:
            chain = [i]
            while (j := after[chain[-1]]) >= 0:
                chain.append(j)
            found.append(tuple(chain))
    return found


def test_the_border_of_two_articles_moves_though_neither_step_alone_is_better() -> None:
    """A section head taken for a headline gives way to the headline below it."""
    wanted = {(0, 1, 2, 3): 5.0, (4, 5): 5.0, (0, 1): 2.0, (2, 3, 4, 5): 2.0}
    gain = below_each_other((3, -3, 3, 1, 3))
    headings = np.array([True, False, True, False, True, False])
    found = improve([1, -1, 3, 4, 5, -1], gain, lambda chain: wanted.get(chain, -9.0), headings)
    assert chains(found) == [(0, 1, 2, 3), (4, 5)]


def test_a_dear_link_to_the_next_line_is_tried_where_the_whole_pays_for_it() -> None:
    """An article that fell apart at a section head is put together against what its links say."""
    wanted = {(0, 1, 2, 3): 12.0}
    found = improve(
        [1, -1, 3, -1], below_each_other((3, -9, 3)), lambda chain: wanted.get(chain, 0.0), np.array([1, 0, 1, 0]) > 0
    )
    assert chains(found) == [(0, 1, 2, 3)]


def test_two_crossed_columns_are_set_right_with_a_third_that_lost_its_rest() -> None:
    """Line 0 took what belongs to 4, line 2 what belongs to 0; nothing belongs to 2."""
    gain = np.full((5, 5), IMPOSSIBLE)
    gain[0, 1], gain[2, 3], gain[0, 3], gain[4, 1] = 3, 3, 4, 3
    assert improve([1, -1, 3, -1, -1], gain, lambda _: 0.0, np.zeros(5, dtype=bool)) == [3, -1, -1, -1, 1]


@given(st.data())
def test_no_division_is_made_worse(data: st.DataObject) -> None:
    """Whatever links and wholes are worth, each line stands once in what is found, and the sum is no lower than it was."""
    size = data.draw(st.integers(1, 6))
    worths = st.floats(-20, 20) | st.just(IMPOSSIBLE)
    gain = np.array(data.draw(st.lists(worths, min_size=size**2, max_size=size**2))).reshape(size, size)
    seed = data.draw(st.integers(0, 99))

    def worth(chain: tuple[int, ...]) -> float:
        return float((seed * 31 + sum((k + 3) * i for k, i in enumerate(chain))) % 17 - 8)

    def total(after: Sequence[int]) -> float:
        return sum(float(gain[i, j]) for i, j in enumerate(after) if j >= 0) + sum(map(worth, chains(after)))

    alone = [-1] * size
    found = improve(alone, gain, worth, np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size))))
    dropped = [i for i, j in enumerate(found) if i == j]
    assert sorted([*dropped, *(i for chain in chains(found) for i in chain)]) == list(range(size))
    assert total(found) >= total(alone) - 1e-6
