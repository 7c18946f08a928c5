"""The weights of the splitter, learnt from pages made of our own articles, and written to config/splitting/ with the language model.

    OPENBLAS_NUM_THREADS=1 python -m bench.training [--pages 2500] [--epochs 8] [--seeds 1 3 5 7] [--out FOLDER]

The articles are halved, and a page of one half is weighed with a language model that has seen the other half alone: else the
seams of a page that is learnt from would all look known. There are three looks, each from the flow that the one before found;
the last one weighs whole articles too. All is done for several sets of pages, and the weights are averaged: what one set of pages
happens to teach, another does not. The same arguments and articles yield the same files.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.corpus import Pool, learnt_pool
from bench.language import SPLITTING, NotInstalled, packed, read_language
from bench.learning import ByKind, divide, learn
from bench.lessons import KINDS, Columns, Lesson, Stretch, read_lesson, read_stretches
from bench.pages.making import make_pages
from digest.edges.gazetteer import load_gazetteer
from digest.edges.resources import resource_folder
from digest.edges.splitting import save_splitting
from digest.stages.articles.flow import Flow
from digest.stages.articles.language import Language
from digest.stages.articles.sheet import Sheet
from digest.stages.articles.topics import Places

MIX = {
    "clean": 0.08,
    "mild": 0.15,
    "seedlike": 0.2,
    "one_place": 0.06,
    "theme": 0.2,
    "hard": 0.18,
    "brutal": 0.12,
    "web": 0.05,
    "briefs": 0.3,
    "body": 0.04,
    "few": 0.35,
}
"""How many pages of each preset there are for each page that is asked for."""
_LOOKS = 3
_LAST_EPOCHS = 5
"""The last look begins with the weights of the one before."""
_SEEDS = (1, 3, 5, 7)
"""One for each set of pages."""

Look = Mapping[str, Mapping[str, float]]
"""The weights of one look: for each kind of choice by sign."""
Study = tuple[Stretch, Language]


def studies(pool: Pool, pages: int, seed: int) -> Iterator[Study]:
    """The stretches of so many made pages, each with the language model that does not know its articles; web articles are not divided."""
    halves = pool.halves()
    languages = [read_language(other.all) for other in halves[::-1]]
    for preset, share in MIX.items():
        for fold, half in enumerate(halves):
            for made in make_pages(half.of(preset), preset, seed + fold, int(pages * share / 2)):
                yield from ((stretch, languages[fold]) for stretch in read_stretches(made) if not stretch.single)


def train(studied: Sequence[Study], places: Places, epochs: int, seed: int) -> list[Look]:
    """The weights of each look."""
    columns: Columns = {kind: {} for kind in KINDS}
    flows: list[Flow | None] = [None] * len(studied)
    links: ByKind | None = None
    looks = []
    for n in range(_LOOKS):
        last = n == _LOOKS - 1
        lessons = [_lesson(study, flow, places, columns, last) for study, flow in zip(studied, flows, strict=True)]
        print(f"look {n + 1}: {len(lessons)} lessons", flush=True)
        learnt = learn(lessons, _LAST_EPOCHS if last else epochs, seed, links if last else None)
        links = learnt.links
        looks.append(_look(links, learnt.wholes, columns))
        if not last:
            flows = [divide(lesson, links).flow for lesson in lessons]
    return looks


def averaged(trained: Sequence[Sequence[Look]]) -> list[Look]:
    """The mean of each weight over several trainings, for each look; a sign that one of them did not meet weighs nothing there."""
    return [
        {kind: _mean([look.get(kind, {}) for look in looks]) for kind in looks[0]}
        for looks in zip(*trained, strict=True)
    ]


def _mean(weights: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    signs = dict.fromkeys(sign for one in weights for sign in one)
    return {sign: sum(one.get(sign, 0.0) for one in weights) / len(weights) for sign in signs}


def _lesson(study: Study, flow: Flow | None, places: Places, columns: Columns, last: bool) -> Lesson:
    stretch, language = study
    sheet = Sheet(stretch.items, language, places, stretch.single)
    return read_lesson(sheet, flow or sheet.first_flow, stretch.truth, columns, with_whole=last)


def _look(links: ByKind, wholes: Mapping[str, float], columns: Columns) -> Look:
    found = {kind: {sign: float(links[kind][at]) for sign, at in columns[kind].items()} for kind in KINDS}
    return {**found, "wholes": wholes} if wholes else found


def _places(language: Language) -> Places:
    """The places that the splitter knows in the home province."""
    gazetteer = load_gazetteer(resource_folder("config") / "gazetteer", "hunan")
    names = (name for division in (*gazetteer.prefectures, *gazetteer.counties) for name in division.names)
    return Places(names, language)


def main() -> None:
    """Reads the arguments, makes pages, learns, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2500)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seeds", type=int, nargs="+", default=_SEEDS)
    parser.add_argument("--out", type=Path, default=SPLITTING)
    given = parser.parse_args()
    pool = learnt_pool()
    try:
        language = read_language(pool.all)
    except NotInstalled as error:
        parser.exit(1, f"{error}\n")
    places = _places(language)
    trained = [train(list(studies(pool, given.pages, seed)), places, given.epochs, seed) for seed in given.seeds]
    save_splitting(given.out, *packed(language), averaged(trained))


if __name__ == "__main__":
    main()
