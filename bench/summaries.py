"""Summary methods against editors' summaries: ROUGE F1 x100 in 120 characters, articles a second, failures.

    python -m bench.summaries [--data FOLDER] [--sample N] [--limit-s S] [--only NAME …]

Data are JSON lines `{"title", "text", "summary"}`, a file a kind of page. Without `--data`: the sets beside the checkout where
they are, else the articles of our own writing in bench/data. Peers that are not installed are named and left out. A system
that is slower than the limit does the first articles of a set in an order drawn by hash; the last column compares it with
ours on just these.
"""

import argparse
import hashlib
import importlib.metadata
import json
import math
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.highlights import precision
from bench.memory import peak_mb
from bench.peers import MOST_SENTENCES, Item, System, peers
from bench.rouge import rouge_l, rouge_n, tokens
from digest.edges.tokenizer import Tokenizer
from digest.model import Ranker
from digest.stages.sentences import text_prose
from digest.stages.summary import DEFAULT_METHOD, METHODS, rank_order, registry

BESIDE = Path(__file__).resolve().parents[1].parent / "shared" / "eval" / "summaries" / "data"
OWN = Path(__file__).resolve().parent / "data"
ROOM_CHARS = 120
"""The length of the summaries compared: about three lines of a mail."""
OURS, BASE = DEFAULT_METHOD, "textrank4zh"
RESAMPLES = 1000
QUICK_S, PASSES = 2.0, 5
"""A system that does a set sooner is timed on more passes, of which the fastest counts."""
MEMORY_ITEMS = 10
"""So many articles show the memory that a system takes."""
CLAUSE_MARKS = "，、；：,;"


@dataclass(frozen=True, slots=True)
class Result:
    """What one system reached on one set."""

    rouge: NDArray[np.float64]
    """ROUGE-1, -2 and -L of each article, F1 x100; shape (n_articles, 3)."""
    highlights: float | None
    """The share, x100, of the three best sentences that a person highlighted; None where nobody did."""
    per_second: float
    """Articles a second of processor time."""
    peak_mb: float
    """How much memory the set took at its peak beyond what the process held before."""
    failures: int
    """Errors and empty summaries; each scores 0."""


def from_ranker(ranker: Ranker) -> System:
    """A method of ours as a command would use it: from the bare text to ranked sentences."""

    def system(item: Item) -> Sequence[str]:
        prose = text_prose(item.get("title", ""), item["text"])
        return [prose.sentences[i] for i in rank_order(prose, ranker(prose).scores)[:MOST_SENTENCES]]

    return system


def oracle(item: Item) -> Sequence[str]:
    """The best choice that sees the editor's summary, sentence by sentence: what choosing alone can reach."""
    prose, reference = text_prose("", item["text"]), tokens(item["summary"])
    chosen: list[str] = []
    best = 0.0
    while rest := [sentence for sentence in prose.sentences if sentence not in chosen]:
        gains = [rouge_n(tokens("".join([*chosen, sentence])), reference, 2) for sentence in rest]
        if max(gains) <= best:
            break
        best = max(gains)
        chosen.append(rest[gains.index(best)])
    return chosen or prose.sentences[:1]


def filled(text: str, ranked: Iterable[str]) -> str:
    """The best sentences that fit into the room, in document order; a best one that is too long is cut at a clause."""
    chosen: list[str] = []
    room = ROOM_CHARS
    for sentence in (one.strip() for one in ranked):
        if sentence and len(sentence) <= room:
            chosen.append(sentence)
            room -= len(sentence)
        elif sentence and not chosen:
            head = sentence[:ROOM_CHARS]
            chosen, room = [head[: max(map(head.rfind, CLAUSE_MARKS)) + 1] or head], 0
    return "\n".join(sorted(chosen, key=text.find))


def measure(system: System, items: Sequence[Item], limit_s: float) -> Result:
    """The means over the items, or over those that were done when the time was up."""
    ranked: list[Sequence[str]] = []
    failures, spent = 0, 0.0
    for item in items:
        began = time.process_time()
        try:
            ranked.append(list(system(item)))
        except Exception:
            ranked.append([])
        spent += time.process_time() - began
        failures += not any(sentence.strip() for sentence in ranked[-1])
        if spent > limit_s:
            break
    done = items[: len(ranked)]
    scores = [scored(item, best) for item, best in zip(done, ranked, strict=True)]
    rate = len(done) / spent if spent else 0.0
    rate = max(rate, *(again(system, done) for _ in range(PASSES))) if spent < QUICK_S else rate
    return Result(100 * np.array(scores), precision(done, ranked), rate, peak_mb(system, done[:MEMORY_ITEMS]), failures)


def scored(item: Item, ranked: Sequence[str]) -> tuple[float, float, float]:
    """ROUGE-1, -2 and -L of the summary that the ranked sentences fill."""
    ours, reference = tokens(filled(item["text"], ranked)), tokens(item["summary"])
    return rouge_n(ours, reference, 1), rouge_n(ours, reference, 2), rouge_l(ours, reference)


def again(system: System, items: Sequence[Item]) -> float:
    """The articles a second of one more pass, for a system whose first was over too soon to be timed well."""
    began = time.process_time()
    for item in items:
        system(item)
    return len(items) / (time.process_time() - began)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """The 95% interval of the mean by the bootstrap (Koehn 2004)."""
    drawn = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def ahead(ours: Result, other: Result) -> str:
    """By how much ROUGE-2 of ours is higher on the articles that both did, with its interval."""
    n = min(len(ours.rouge), len(other.rouge))
    differences = ours.rouge[:n, 1] - other.rouge[:n, 1]
    low, high = interval(differences)
    return f"{differences.mean():+.1f} [{low:+.1f}, {high:+.1f}]"


def reading(item: Item) -> Sequence[str]:
    """Nothing: what it costs to encode a text and count its bigrams in numpy, below which no method can be."""
    points = np.frombuffer(item["text"].encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    np.unique(points[:-1] << 21 | points[1:], return_counts=True)
    return ()


def systems(tokenizer: Tokenizer) -> dict[str, Callable[[], System]]:
    """Every system by name, made only when it is asked for."""
    known: dict[str, Callable[[], System]] = {"oracle": lambda: oracle}
    for name in registry({}):
        known[name] = lambda name=name: from_ranker(METHODS[name])  # type: ignore[misc]
    return known | peers(tokenizer)


def load(folder: Path, sample: int) -> dict[str, list[Item]]:
    """The sets of a folder by name; a sample is drawn by the hash of the text, the same on every run."""
    sets = {}
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if rows and all("text" in row and "summary" in row for row in rows):
            rows.sort(key=lambda row: hashlib.sha256(row["text"].encode()).digest())
            sets[path.name.removesuffix(".jsonl")] = rows[:sample] if sample else rows
    return sets


def report(name: str, items: Sequence[Item], made: Mapping[str, System], tokenizer: Tokenizer, limit_s: float) -> None:
    """Prints the table of one set."""
    print(
        f"\n### {name}: {len(items)} articles, {statistics.mean(len(item['text']) for item in items):.0f} characters on average\n"
    )
    print(
        "| system | n | R-1 | R-2 [95%] | R-L | P@3 | articles/s | x textrank4zh | MB | failures | R-2: ours ahead by [95%] |"
    )
    print("|---" * 11 + "|")
    # what the others are compared with is measured whole
    results = {
        label: measure(system, items, math.inf if label in (OURS, BASE) else limit_s) for label, system in made.items()
    }
    for label, result in results.items():
        one, two, longest = result.rouge.mean(axis=0)
        low, high = interval(result.rouge[:, 1])
        ratio = f"{result.per_second / results[BASE].per_second:.1f}" if BASE in results else "-"
        difference = ahead(results[OURS], result) if OURS in results and label != OURS else "-"
        marked = "-" if result.highlights is None else f"{result.highlights:.1f}"
        print(
            f"| {label} | {len(result.rouge)} | {one:.1f} | {two:.1f} [{low:.1f}, {high:.1f}] | {longest:.1f} | {marked} "
            f"| {result.per_second:.0f} | {ratio} | {result.peak_mb:.0f} | {result.failures} | {difference} |",
            flush=True,
        )
    cutting, least = (max(again(system, items) for _ in range(2)) for system in (cutter(tokenizer), reading))
    print(f"\njieba.lcut alone: {cutting:.0f} articles/s; encoding and counting bigrams alone: {least:.0f} articles/s")


def cutter(tokenizer: Tokenizer) -> System:
    """jieba.lcut: what any method over words spends before it begins."""
    return lambda item: tokenizer.words(item["text"])


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=BESIDE if BESIDE.is_dir() else OWN)
    parser.add_argument("--sample", type=int, default=0, help="articles of each set, 0 for all")
    parser.add_argument("--limit-s", type=float, default=15.0, help="seconds for each slow peer and set")
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    tokenizer = Tokenizer()
    tokenizer.words("先把词典读进来，免得算在别人头上。")
    made: dict[str, System] = {}
    for name, make in systems(tokenizer).items():
        if given.only and name not in given.only:
            continue
        try:
            made[name] = make()
        except ImportError as error:
            print(f"left out: {name} ({error})")
    packages = ("textrank4zh", "sumy", "snownlp", "summa", "jiagu", "jieba", "numpy")
    print("versions:", ", ".join(f"{package} {version(package)}" for package in packages))
    for name, items in load(given.data, given.sample).items():
        report(name, items, made, tokenizer, given.limit_s)


def version(package: str) -> str:
    """The installed version, or that there is none."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
