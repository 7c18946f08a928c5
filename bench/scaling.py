"""Microseconds and kilobytes a sentence that the default method takes, from the bare text to ranked sentences, by length.

    python -m bench.scaling [--data FOLDER]

Texts are made of the sentences of all articles there, in an order drawn by chance, over again where they are too few; every third opens a paragraph.
Without `--data`: the sets beside the checkout where they are, else the articles that the splitter learns from. Processor time, the fastest of several runs.
"""

import argparse
import random
import time
import tracemalloc
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from bench.corpus import learnt_pool
from bench.summaries import BESIDE, load
from digest.stages.sentences import text_prose
from digest.stages.summary import DEFAULT_METHOD, METHODS, rank_order

LENGTHS = (10, 100, 1000, 5000, 20_000)
RUNS, RUN_SENTENCES = 7, 10_000
"""So many runs at least, and more of short texts: so many sentences altogether."""
PARAGRAPH = 3
_SEED = 5

Cost = tuple[float, float]
"""Microseconds and kilobytes a sentence."""


def summarise(title: str, text: str) -> tuple[str, ...]:
    """All different sentences of a text, best first."""
    prose = text_prose(title, text)
    return tuple(prose.sentences[i] for i in rank_order(prose, METHODS[DEFAULT_METHOD](prose).scores))


def text_of(sentences: Sequence[str], length: int) -> str:
    """A text of so many sentences."""
    drawn = list(islice(cycle(sentences), length))
    return "\n".join("".join(drawn[at : at + PARAGRAPH]) for at in range(0, length, PARAGRAPH))


def cost(title: str, text: str, length: int) -> Cost:
    """What a sentence of the text costs."""
    spent = []
    for _ in range(max(RUNS, RUN_SENTENCES // length)):
        began = time.process_time()
        summarise(title, text)
        spent.append(time.process_time() - began)
    tracemalloc.start()
    summarise(title, text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return min(spent) / length * 1e6, peak / length / 1e3


def own() -> list[str]:
    """The sentences of our own articles."""
    return [sentence for article in learnt_pool().all for sentence in text_prose("", article["text"]).sentences]


def given(folder: Path) -> list[str]:
    """The sentences of the longest articles of a folder: those of the set whose articles are longest."""
    sets = load(folder, 0).values()
    longest = max(sets, key=lambda items: sum(len(item["text"]) for item in items))
    return [sentence for item in longest for sentence in text_prose("", item["text"]).sentences]


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=BESIDE)
    folder: Path = parser.parse_args().data
    sentences = [one for one in (given(folder) if folder.is_dir() else own()) if one.endswith("。")]
    random.Random(_SEED).shuffle(sentences)  # noqa: S311 (no secret)
    title = sentences[0][:20]
    print(
        f"{len(sentences)} different sentences of {sum(map(len, sentences)) / len(sentences):.0f} characters on average\n"
    )
    print("| sentences | µs a sentence | kB a sentence |\n|---|---|---|")
    for length in LENGTHS:
        micros, kilos = cost(title, text_of(sentences, length), length)
        print(f"| {length:,} | {micros:.1f} | {kilos:.2f} |", flush=True)


if __name__ == "__main__":
    main()
