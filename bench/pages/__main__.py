"""Prints made pages for a human eye.

python -m bench.pages --preset hard --seed 3 --pages 2
"""

import argparse
from pathlib import Path

from bench.corpus import HELD_OUT, read_articles
from bench.pages.making import MadeLine, make_pages
from bench.pages.noise import PRESETS


def described(line: MadeLine) -> str:
    """What a line is, in a column before its text."""
    whose = "-" if line.article is None else f"{line.article}.{line.order}"
    return f"{whose:>5} {line.role:9}{'+' if line.joined else '~' if line.gapped else ' '} {line.text}"


def main() -> None:
    """Reads the arguments, makes pages, prints each line with what it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", choices=sorted(PRESETS), default="seedlike")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=1)
    parser.add_argument("--articles", type=Path, default=HELD_OUT)
    given = parser.parse_args()
    pool = read_articles(given.articles)
    for n, made in enumerate(make_pages(pool, given.preset, given.seed, given.pages)):
        print(f"{'=' * 20} page {n}{' (web)' if made.web else ''}")
        for line in made.lines:
            print(described(line))


if __name__ == "__main__":
    main()
