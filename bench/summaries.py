"""Summary methods against editors' summaries: ROUGE F1 x100 in 120 characters, articles a second, failures.

    python -m bench.summaries [--data FOLDER] [--sample N] [--limit-s S] [--only NAME …]

Data are JSON lines `{"title", "text", "summary"}`, a file a kind of page. Without `--data`: the sets beside the checkout where
they are, else the articles of our own writing in bench/data. Peers that are not installed are named and left out. A system
that is slower than the limit does the first articles of a set in an order drawn by hash; the last column compares it with
ours on just these.
"""

import argparse
import hashlib
import importlib
import importlib.metadata
import json
import math
import statistics
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.rouge import rouge_l, rouge_n, tokens
from digest.edges.textrank4zh import textrank4zh
from digest.edges.tokenizer import Tokenizer
from digest.model import Ranker
from digest.stages.sentences import text_prose
from digest.stages.summary import DEFAULT_METHOD, METHODS, rank_order, registry

BESIDE = Path(__file__).resolve().parents[1].parent / "shared" / "eval" / "summaries" / "data"
OWN = Path(__file__).resolve().parent / "data"
ROOM_CHARS = 120
"""The length of the summaries compared: about three lines of a mail."""
MOST_SENTENCES = 10
OURS, BASE = DEFAULT_METHOD, "textrank4zh"
RESAMPLES = 1000
CLAUSE_MARKS = "，、；：,;"
SUMY = ("lex_rank.LexRankSummarizer", "lsa.LsaSummarizer", "text_rank.TextRankSummarizer", "luhn.LuhnSummarizer",
        "kl.KLSummarizer", "sum_basic.SumBasicSummarizer")  # fmt: skip

Item = Mapping[str, str]
System = Callable[[Item], Sequence[str]]
"""From an article to its sentences, best first."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one system reached on one set."""

    rouge: NDArray[np.float64]
    """ROUGE-1, -2 and -L of each article, F1 x100; shape (n_articles, 3)."""
    per_second: float
    failures: int
    """Errors and empty summaries; each scores 0."""


def from_ranker(ranker: Ranker) -> System:
    """A method of ours as a command would use it: from the bare text to ranked sentences."""

    def system(item: Item) -> Sequence[str]:
        prose = text_prose(item.get("title", ""), item["text"])
        return [prose.sentences[i] for i in rank_order(prose, ranker(prose).scores)[:MOST_SENTENCES]]

    return system


def package_textrank4zh(tokenizer: Tokenizer) -> System:
    """textrank4zh as its README uses it, after our ranker has made it work."""
    textrank4zh(tokenizer)(text_prose("", "桥梁建成通车。公路建成通车。"))
    import textrank4zh as package

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        analyser = package.TextRank4Sentence()

    def system(item: Item) -> Sequence[str]:
        analyser.analyze(text=item["text"], lower=True, source="all_filters")
        return [found.sentence for found in analyser.get_key_sentences(num=MOST_SENTENCES)]

    return system


class SumyTokenizer:
    """What sumy asks of a tokenizer: our sentences, jieba's words; nothing is downloaded."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return text_prose("", paragraph).sentences

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(word for word in self._tokenizer.words(sentence) if word[0].isalnum())


def sumy(name: str, tokenizer: Tokenizer) -> System:
    """One of sumy's methods; it hands over sentences in document order, so the rating is read where it is used."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    module, _, kind = name.partition(".")
    base = getattr(importlib.import_module(f"sumy.summarizers.{module}"), kind)
    words = SumyTokenizer(tokenizer)

    class Ranked(base):  # type: ignore[misc, valid-type]
        def _get_best_sentences(self, sentences: Any, count: Any, rating: Any, *args: Any, **named: Any) -> Any:
            rate = rating if callable(rating) else rating.__getitem__
            rated = [(rate(sentence, *args, **named), -i, sentence) for i, sentence in enumerate(sentences)]
            return tuple(sentence for _, _, sentence in sorted(rated, key=lambda one: one[:2], reverse=True)[:count])

    summarise = Ranked()

    def system(item: Item) -> Sequence[str]:
        paragraphs = [
            Paragraph([Sentence(sentence, words) for sentence in words.to_sentences(line)])
            for line in item["text"].splitlines()
            if line.strip()
        ]
        return [str(sentence) for sentence in summarise(ObjectDocumentModel(paragraphs), MOST_SENTENCES)]

    return system


def snownlp() -> System:
    """snownlp's TextRank; its pieces end at commas too."""
    from snownlp import SnowNLP

    return lambda item: SnowNLP(item["text"]).summary(MOST_SENTENCES)


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
    scores: list[tuple[float, float, float]] = []
    spent, failures = 0.0, 0
    for item in items:
        began = time.perf_counter()
        try:
            ranked = list(system(item))
        except Exception:
            ranked = []
        spent += time.perf_counter() - began
        failures += not any(sentence.strip() for sentence in ranked)
        ours, reference = tokens(filled(item["text"], ranked)), tokens(item["summary"])
        scores.append((rouge_n(ours, reference, 1), rouge_n(ours, reference, 2), rouge_l(ours, reference)))
        if spent > limit_s:
            break
    return Result(100 * np.array(scores), len(scores) / spent if spent else 0.0, failures)


def ahead(ours: Result, other: Result) -> str:
    """By how much ROUGE-2 of ours is higher on the articles that both did, with the bootstrap's 95% interval (Koehn 2004)."""
    n = min(len(ours.rouge), len(other.rouge))
    differences = ours.rouge[:n, 1] - other.rouge[:n, 1]
    drawn = np.random.default_rng(0).integers(0, n, (RESAMPLES, n))
    low, high = np.quantile(differences[drawn].mean(axis=1), (0.025, 0.975))
    return f"{differences.mean():+.1f} [{low:+.1f}, {high:+.1f}]"


def cutting_per_second(tokenizer: Tokenizer, items: Sequence[Item]) -> float:
    """How many of the articles jieba.lcut cuts in a second: what any method over words spends before it begins."""
    began = time.perf_counter()
    for item in items:
        tokenizer.words(item["text"])
    return len(items) / (time.perf_counter() - began)


def systems(tokenizer: Tokenizer) -> dict[str, Callable[[], System]]:
    """Every system by name, made only when it is asked for."""
    known: dict[str, Callable[[], System]] = {"oracle": lambda: oracle}
    for name in registry({}):
        known[name] = lambda name=name: from_ranker(METHODS[name])  # type: ignore[misc]
    known["textrank4zh"] = lambda: package_textrank4zh(tokenizer)
    for name in SUMY:
        known["sumy " + name.partition(".")[0]] = lambda name=name: sumy(name, tokenizer)  # type: ignore[misc]
    known["snownlp"] = snownlp
    return known


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
    print("| system | n | R-1 | R-2 | R-L | articles/s | x textrank4zh | failures | R-2: ours ahead by [95%] |")
    print("|---|---|---|---|---|---|---|---|---|")
    # what the others are compared with is measured whole
    results = {
        label: measure(system, items, math.inf if label in (OURS, BASE) else limit_s) for label, system in made.items()
    }
    for label, result in results.items():
        one, two, longest = result.rouge.mean(axis=0)
        ratio = f"{result.per_second / results[BASE].per_second:.1f}" if BASE in results else "-"
        difference = ahead(results[OURS], result) if OURS in results and label != OURS else "-"
        print(
            f"| {label} | {len(result.rouge)} | {one:.1f} | {two:.1f} | {longest:.1f} | {result.per_second:.0f} | {ratio} "
            f"| {result.failures} | {difference} |",
            flush=True,
        )
    print(f"\njieba.lcut alone: {cutting_per_second(tokenizer, items):.0f} articles/s")


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
    peers = ("textrank4zh", "sumy", "snownlp", "jieba", "numpy")
    print("versions:", ", ".join(f"{peer} {version(peer)}" for peer in peers))
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
