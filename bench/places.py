"""Which city an article is about: accuracy and speed, beside the plainest method there is.

    python -m bench.places [LABELS.jsonl]

Labels are JSON lines `{"title", "text", "city", "county"}`; a city outside the home province, or none, is to be left without
a home city. Without an argument: the labelled news beside the checkout where it is, else the tests' own cases.
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

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


def without_title(method: Method) -> Method:
    """The method with every title left out, as where a page has none."""
    return lambda _, text: method("", text)


def measure(method: Method, items: Iterable[Mapping[str, str]], cities: frozenset[str]) -> dict[str, float]:
    """The shares that are right: all, home items, answers that name a city, the others left alone, counties; and the time."""
    rows, counties, times_s = [], [], []
    for item in items:
        start = time.perf_counter()
        city, county = method(item["title"], item["text"])
        times_s.append(time.perf_counter() - start)
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
    print(f"{len(items)} items from {labels.name}")
    for name, method in methods.items():
        scores = measure(method, items, cities)
        print(f"{name:18}", *(f"{score} {value:.3f}" for score, value in scores.items()), sep="  ")


if __name__ == "__main__":
    main()
