"""What some links of a page are worth, and the signs that count for most in each.

    python -m bench.explain PAGE 1,4 3,6 3,4

Lines are numbered from 0 as the splitter sees them: without blank lines, furniture, credits and copies. A gain is what a link is worth
less what the one line's end and the other's beginning are: above 0, the link is better than none.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.lessons import prepared
from bench.pages.measuring import shipped
from digest.stages.articles.flow import Signs
from digest.stages.articles.links import Weighable, weighable
from digest.stages.articles.objective import Model, SignWeights, assigned, gains, scores, solution
from digest.stages.articles.sheet import Sheet

_SHOWN = 6

Pair = tuple[int, int]


def last_look(sheet: Sheet, model: Model) -> Weighable:
    """The links of a page as the last look sees them."""
    options = weighable(sheet, sheet.first_flow)
    for weights in model.weights[:-1]:
        gain, joined = gains(options, scores(options, weights))
        options = weighable(sheet, solution(assigned(gain), joined).flow)
    return options


def explained(options: Weighable, model: Model, pair: Pair) -> Iterator[str]:
    """A line for each way in which one line may go on with the other: its gain and its weightiest signs."""
    weights = model.weights[-1]
    given = scores(options, weights)
    ways = (
        ("in mid-sentence", options.joins, given.joins, weights.joins),
        ("with a new paragraph", options.nexts, given.nexts, weights.nexts),
    )
    for way, pairs, values, of in ways:
        for at in np.flatnonzero((pairs.left == pair[0]) & (pairs.right == pair[1])):
            gain = values[at] - given.ends[pair[0]] - given.starts[pair[1]]
            yield f"{pair[0]} -> {pair[1]} {way}: {gain:+.1f} ({_weightiest(pairs.signs, of, int(at))})"


def _weightiest(signs: Signs, weights: SignWeights, at: int) -> str:
    counted = sorted(((weights.get(name, 0.0) * float(values[at]), name) for name, values in signs.items()), key=_size)
    return ", ".join(f"{name} {value:+.1f}" for value, name in counted[:_SHOWN])


def _size(counted: tuple[float, str]) -> float:
    return -abs(counted[0])


def _pair(text: str) -> Pair:
    left, _, right = text.partition(",")
    return int(left), int(right)


def main() -> None:
    """Reads the arguments, prints the lines of the page's first stretch and what is asked of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    parser.add_argument("pairs", nargs="+", type=_pair)
    given = parser.parse_args()
    model = shipped()
    items, single = next(prepared(given.page.read_text(encoding="utf-8")), ((), True))
    if single:
        parser.exit(1, f"{given.page}: holds nothing, or one web article, which is not divided\n")
    options = last_look(Sheet(items, model.language, model.places, single), model)
    for n, item in enumerate(items):
        print(f"{n:3} {item.text}")
    for pair in given.pairs:
        print("\n".join(explained(options, model, pair)) or f"{pair[0]} -> {pair[1]}: not weighed")


if __name__ == "__main__":
    main()
