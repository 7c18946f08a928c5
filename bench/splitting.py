"""Pages split into articles: how well, on which kinds of pages, and how fast.

    OPENBLAS_NUM_THREADS=1 python -m bench.splitting [--seeds 7 21] [--pages 40]

Printed: pages made from the articles of tests/articles.jsonl, which nothing was learnt from, by our own scorer; where the
measuring sticks stand beside the checkout, the pages with hand-made gold, those of the stick's generator by its scorer, and
P_k of paragraphs of several stories in a row; last, the speed in one process on one core.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.corpus import HELD_OUT, ROOT, learnt_pool, read_articles
from bench.pages.making import Source, make_pages
from bench.pages.measuring import articles_in, measured, shipped
from digest.model import Article
from digest.stages.articles import Model

EVAL = ROOT.parent / "shared" / "eval"
STICK = EVAL / "segmentation"
SEEDS = ROOT.parent / "shared" / "seeds"
SOURCES = {"stick": STICK / "articles.dev.jsonl", "own": HELD_OUT}
PRESETS = ("clean", "mild", "seedlike", "hard", "brutal", "web")
OWN_PRESETS = (*PRESETS, "briefs", "one_place")
SHOWN = ("F1", "headline exact", "authors", "leak", "broken", "joins")

_RUNS = 3
_PAGE_BYTES = (100_000, 300_000, 1_000_000)
_TIMED_PAGES, _TIMED_SEED = 40, 1


def row(label: str, cells: Sequence[str]) -> None:
    """Prints a line of a table."""
    print(f"| {label} | " + " | ".join(cells) + " |", flush=True)


def head(first: str, names: Sequence[str]) -> None:
    """Prints the head of a table."""
    print()
    row(first, names)
    print("|" + "---|" * (len(names) + 1))


def cells(
    f1: float, headlines: float, authors: float, leak: float, broken: tuple[int, int], joins: tuple[int, int]
) -> list[str]:
    """A line's cells: shares of articles, of text, of sentences and of seams."""
    torn = f"{100 * broken[0] / max(1, broken[1]):.1f}% ({broken[0]} of {broken[1]})"
    joined = f"{100 * joins[0] / joins[1]:.1f}% ({joins[0]} of {joins[1]})" if joins[1] else "-"
    return [f"{f1:.3f}", f"{headlines:.3f}", f"{authors:.3f}", f"{leak:.4f}", torn, joined]


def own_rows(seeds: Sequence[int], pages: int, model: Model) -> None:
    """Prints what is reached on pages of our own generator, by our own scorer."""
    pool = read_articles(HELD_OUT)
    for preset in OWN_PRESETS:
        for seed in seeds:
            scores = measured(pool, preset, seed, pages, model)
            joins = round(scores.joins * scores.joins_all), scores.joins_all
            broken = scores.broken, scores.sentences
            row(f"{preset} {seed}", cells(scores.f1, scores.headlines, scores.authors, scores.leak, broken, joins))


def stick_rows(seeds: Sequence[int], pages: int) -> None:
    """Prints what is reached on the stick's pages, by the stick's scorer."""
    with tempfile.TemporaryDirectory() as made:
        gold = sorted((STICK / "gold").glob("*.json"))
        files = [SEEDS / json.loads(one.read_text(encoding="utf-8"))["file"] for one in gold]
        row("hand-made gold", scored(files, gold, Path(made)))
        for source, articles in SOURCES.items():
            for preset in PRESETS:
                for seed in seeds:
                    folder = Path(made, f"{source}-{preset}-{seed}")
                    row(f"{source} {preset} {seed}", scored(*generated(articles, preset, seed, pages, folder), folder))


def scored(pages: Sequence[Path], truth: Sequence[Path], folder: Path) -> list[str]:
    """The cells of the stick's totals for the articles that `digest split` finds on the pages."""
    split = subprocess.run([sys.executable, "-m", "digest", "split", *pages], check=True, capture_output=True, cwd=ROOT)
    system = folder / "system.jsonl"
    system.write_bytes(split.stdout)
    said = stick_says(STICK / "score_segmentation.py", "--gold", *truth, "--sys", system, "--total-only")
    total = dict(re.findall(r"(\w+)=(\S+)", said))
    f1, headlines, authors, leak = (float(total[name]) for name in ("F1", "hl_exact", "author_set", "leak"))
    broken, sentences, joined, seams = (int(total[name]) for name in ("broken", "sentences", "joins_ok", "joins_total"))
    return cells(f1, headlines, authors, leak, (broken, sentences), (joined, seams))


def generated(articles: Path, preset: str, seed: int, pages: int, folder: Path) -> tuple[list[Path], list[Path]]:
    """Pages of the stick's generator and their truth, made anew."""
    drawn = ("--preset", preset, "--seed", str(seed), "--pages", str(pages))
    stick_says(STICK / "make_pages.py", "--articles", articles, *drawn, "--out", folder)
    return sorted(folder.glob("*.txt")), sorted((folder / "truth").glob("*.json"))


def stick_says(script: Path, *arguments: str | Path) -> str:
    """What a script of the measuring sticks prints."""
    command = [sys.executable, script, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def story_borders(model: Model) -> str:
    """P_k and WindowDiff (Beeferman et al. 1999) of the borders between merged stories, beside the scorer's baselines."""
    data = EVAL / "summaries" / "data" / "cctv_segments.dev.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        system = Path(folder, "system.jsonl")
        rows = [{"id": page["id"], "item": numbered(page["paragraphs"], model)} for page in read_articles(data)]
        system.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
        return stick_says(EVAL / "summaries" / "score_segments.py", "--data", data, "--sys", system)


def numbered(paragraphs: Sequence[str], model: Model) -> list[int]:
    """The number of the article that holds each paragraph, where they stand below each other; one of its own where none does."""
    text = "\n".join(paragraphs)
    articles = articles_in(text, model)
    owners, start = [], 0
    for k, paragraph in enumerate(paragraphs):
        end = start + len(paragraph)
        owner = next((article.n for article in articles if _stands(article, start, end)), -1 - k)
        owners.append(owner)
        start = end + 1
    return owners


def _stands(article: Article, start: int, end: int) -> bool:
    return any(start <= span[0] < end for paragraph in article.paragraphs for span in paragraph.quote.spans)


def median_s(work: Callable[[], object]) -> float:
    """The median of the seconds that some work takes."""
    spent = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def long_page(size_bytes: int) -> str:
    """A page of at least so many bytes: seed-like pages one below the other, of all our articles so that few repeat."""
    pool = [*learnt_pool().local, *read_articles(HELD_OUT)]
    texts, held = [], 0
    for made in _endless(pool):
        texts.append(made)
        held += len(made.encode()) + 2
        if held >= size_bytes:
            break
    return "\n\n".join(texts)


def _endless(pool: Sequence[Source]) -> Iterator[str]:
    return (made.text for made in make_pages(pool, "seedlike", _TIMED_SEED, sys.maxsize))


def print_speed(model: Model) -> None:
    """Prints seed-like pages a second and the time of long pages, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = [made.text for made in make_pages(read_articles(HELD_OUT), "seedlike", _TIMED_SEED, _TIMED_PAGES)]
    seconds = median_s(lambda: [articles_in(text, model) for text in texts])
    kilobytes = statistics.fmean(len(text.encode()) for text in texts) / 1000
    print(
        f"\n{len(texts) / seconds:.0f} seed-like pages a second ({kilobytes:.1f} kB on average), one process, one core"
    )
    head("a page of", ("s", "s a MB"))
    for size in _PAGE_BYTES:
        text = long_page(size)
        spent = median_s(lambda text=text: articles_in(text, model))  # type: ignore[misc]
        row(f"{len(text.encode()) / 1000:.0f} kB", (f"{spent:.2f}", f"{spent / len(text.encode()) * 1e6:.2f}"))


def main() -> None:
    """Reads the arguments, makes pages, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="*", default=[7, 21])
    parser.add_argument("--pages", type=int, default=40)
    given = parser.parse_args()
    model = shipped()
    head("our own pages", SHOWN)
    own_rows(given.seeds, given.pages, model)
    if STICK.is_dir():
        head("the stick's pages", SHOWN)
        stick_rows(given.seeds, given.pages)
        print(f"\nstories in a row:\n{story_borders(model)}", end="")
    else:
        print(f"\n{STICK} is not there: no pages of its generator, no stories in a row")
    print_speed(model)


if __name__ == "__main__":
    main()
