"""Which city an article is about: accuracy and speed, beside the plainest method there is and the package cpca.

    python -m bench.places [LABELS.jsonl]

Labels are JSON lines `{"title", "text", "city", "county"}`; a city outside the home province, or none, is to be left without
a home city. Without an argument: the labelled news beside the checkout where it is, else the tests' own cases. cpca is an
address parser, which takes the first address of a text; it is measured where it is installed (`pip install cpca`), on all
texts at once, as it is made for, and one by one. Times are those of the processor.
"""

import json
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from digest.edges.gazetteer import load_gazetteer
from digest.edges.resources import resource_folder
from digest.model import Gazetteer
from digest.stages.places import attribute, compile_atlas

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "eval" / "places" / "labels.dev.jsonl"
OWN = ROOT / "tests" / "stages" / "places.jsonl"

Answer = tuple[str | None, str | None]
Method = Callable[[str, str], Answer]


def most_mentioned(gazetteer: Gazetteer) -> Method:
    """The prefecture whose name, short or full, or whose counties' full names stand most often in the text."""
    names = {name: prefecture.name for prefecture in gazetteer.prefectures for name in prefecture.names}
    prefectures = {prefecture.code: prefecture.name for prefecture in gazetteer.prefectures}
    names |= {county.name: prefectures[county.parent or ""] for county in gazetteer.counties}

    def answer(title: str, text: str) -> Answer:
        counts: Counter[str] = Counter()
        for name, city in names.items():
            counts[city] += (title + text).count(name)
        city, count = counts.most_common(1)[0]
        return (city if count else None), None

    return answer


def ours(gazetteer: Gazetteer) -> Method:
    """What the product does."""
    atlas = compile_atlas(gazetteer)

    def answer(title: str, text: str) -> Answer:
        placement = attribute(title, text, atlas)
        return placement.city, placement.county

    return answer


def installed_cpca() -> Any:
    """The package cpca, None where it is not installed; its sources and its use of pandas warn."""
    warnings.simplefilter("ignore")
    try:
        return import_module("cpca")
    except ImportError:
        return None


def first_address(cpca: Any) -> Method:
    """The city and county of the first address that cpca finds in title and text."""

    def answer(title: str, text: str) -> Answer:
        row = cpca.transform([f"{title}。{text}"]).iloc[0]
        return row["市"], row["区"]

    return answer


Work = Callable[[Sequence[str]], object]


def articles_per_s(works: Sequence[Work], texts: Sequence[str], runs: int = 5) -> list[float]:
    """How many texts a second each of the works does, in the best of some runs; by turns, so that all meet the same machine."""
    best_s = [float("inf")] * len(works)
    for _ in range(runs):
        for k, work in enumerate(works):
            start = time.process_time()
            work(texts)
            best_s[k] = min(best_s[k], time.process_time() - start)
    return [len(texts) / seconds for seconds in best_s]


def throughput(method: Method, cpca: Any, texts: Sequence[str]) -> str:
    """How many articles a second we do, and cpca one by one and all at once, with how many times that our speed is."""
    works: list[Work] = [lambda given: [method("", text) for text in given]]
    if not cpca:
        return f"digest {articles_per_s(works, texts)[0]:,.0f}, cpca is not installed"
    works += [lambda given: [cpca.transform([text]) for text in given], cpca.transform]
    speed, singly, at_once = articles_per_s(works, texts)
    return (
        f"digest {speed:,.0f}, cpca {singly:,.0f} ({speed / singly:.1f} times that), "
        f"all at once {at_once:,.0f} ({speed / at_once:.1f})"
    )


def us_per_char(method: Method, text: str, copies: int) -> float:
    """Microseconds a character of a text that is so many copies long, in the best of five runs."""
    speed = articles_per_s([lambda given: [method("", whole) for whole in given]], [text * copies])[0]
    return 1e6 / (speed * len(text) * copies)


def without_title(method: Method) -> Method:
    """The method with every title left out, as where a page has none."""
    return lambda _, text: method("", text)


def measure(method: Method, items: Iterable[Mapping[str, str]], cities: frozenset[str]) -> dict[str, float]:
    """The shares that are right: all, home items, answers that name a city, the others left alone, counties; and the time."""
    rows, counties, times_s = [], [], []
    for item in items:
        start = time.process_time()
        city, county = method(item["title"], item["text"])
        times_s.append(time.process_time() - start)
        want = item["city"] if item["city"] in cities else None
        rows.append((want, city if city in cities else None))
        if want and item.get("county"):
            counties.append(county == item["county"])
    return {
        "accuracy": statistics.fmean(want == got for want, got in rows),
        "home": statistics.fmean(want == got for want, got in rows if want),
        "home precision": statistics.fmean(want == got for want, got in rows if got),
        "abstain": statistics.fmean(got is None for want, got in rows if not want),
        "county": statistics.fmean(counties),
        "ms (median)": statistics.median(times_s) * 1000,
    }


def main() -> None:
    """Prints a table, a method a line."""
    labels = Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE if BESIDE.exists() else OWN
    items = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    gazetteer = load_gazetteer(resource_folder("config") / "gazetteer", "hunan")
    cities = frozenset(prefecture.name for prefecture in gazetteer.prefectures)
    methods = {
        "most mentioned": most_mentioned(gazetteer),
        "digest": ours(gazetteer),
        "digest, no titles": without_title(ours(gazetteer)),
    }
    cpca = installed_cpca()
    if cpca:
        methods["cpca"] = first_address(cpca)
    print(f"{len(items)} items from {labels.name}")
    for name, method in methods.items():
        scores = measure(method, items, cities)
        print(f"{name:18}", *(f"{score} {value:.3f}" for score, value in scores.items()), sep="  ")
    texts = [f"{item['title']}。{item['text']}" for item in items]
    method = methods["digest"]
    print(f"articles a second: {throughput(method, cpca, texts)}")
    whole = "".join(texts)[:20_000]
    print(
        "µs a character:",
        ", ".join(f"{len(whole) * n:,} chars {us_per_char(method, whole, n):.2f}" for n in (1, 4, 16)),
    )


if __name__ == "__main__":
    main()
