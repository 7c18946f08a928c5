"""The quality floor: what the stages reach on the texts of our own writing, and a file below which they may not fall.

python -m bench.floor             prints the measures beside the floor
python -m bench.floor --update    writes them to tests/quality.json; refuses to lower one
python -m bench.floor --update --lower
"""

import argparse
import json
import sys
from pathlib import Path

from bench.corpus import HELD_OUT, read_articles
from bench.pages.measuring import measured, shipped
from bench.places import measure as measure_places
from bench.places import ours as our_places
from bench.summaries import OWN, from_ranker, load
from bench.summaries import measure as measure_summaries
from digest.edges.gazetteer import load_gazetteer
from digest.edges.resources import resource_folder
from digest.stages.summary import DEFAULT_METHOD, METHODS

TESTS = Path(__file__).resolve().parents[1] / "tests"
FLOOR = TESTS / "quality.json"

SPLIT_PRESETS = ("clean", "mild", "seedlike", "hard", "brutal", "web", "briefs")
_PAGES, _SEED = 12, 1
_MARGIN = 1.0
"""How far below what the splitter reaches here its floor is: sums of another processor may turn an article that hangs in the balance."""


def measures() -> dict[str, float]:
    """Each measure by name, in per cent, rounded to a tenth."""
    gazetteer = load_gazetteer(resource_folder("config") / "gazetteer", "hunan")
    cities = frozenset(prefecture.name for prefecture in gazetteer.prefectures)
    items = [json.loads(line) for line in (TESTS / "stages" / "places.jsonl").read_text(encoding="utf-8").splitlines()]
    places = measure_places(our_places(gazetteer), items, cities)
    reached = {f"places: {name}": 100 * places[name] for name in ("accuracy", "home precision", "abstain", "county")}
    for name, stories in load(OWN, 0).items():
        summaries = measure_summaries(from_ranker(METHODS[DEFAULT_METHOD]), stories, float("inf"))
        reached[f"summaries: ROUGE-2 on {name}"] = float(summaries.rouge[:, 1].mean())
    return {name: round(value, 1) for name, value in (reached | splitting_measures()).items()}


def splitting_measures() -> dict[str, float]:
    """What the splitter reaches on pages of articles that nothing was learnt from, in per cent."""
    pool, model = read_articles(HELD_OUT), shipped()
    scores = {preset: measured(pool, preset, _SEED, _PAGES, model) for preset in SPLIT_PRESETS}
    seedlike = scores["seedlike"]
    return {
        **{f"splitting: F1 on {preset}": 100 * scores[preset].f1 for preset in SPLIT_PRESETS},
        "splitting: joins on seedlike": 100 * seedlike.joins,
        "splitting: whole sentences on seedlike": 100 - 100 * seedlike.broken / max(1, seedlike.sentences),
    }


def as_floor(reached: dict[str, float]) -> dict[str, float]:
    """The floor for what is reached."""
    return {name: round(value - _MARGIN * name.startswith("splitting"), 1) for name, value in reached.items()}


def fallen(reached: dict[str, float], floor: dict[str, float]) -> list[str]:
    """What is below its floor, in words; a measure that is gone has fallen too."""
    return [
        f"{name}: {reached.get(name)} is below {least}"
        for name, least in floor.items()
        if reached.get(name, -1.0) < least
    ]


def main() -> None:
    """Reads the arguments, measures, prints or writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--lower", action="store_true")
    given = parser.parse_args()
    floor = json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.exists() else {}
    reached = measures()
    for name, value in reached.items():
        print(f"{name}: {value} (floor {floor.get(name, '-')})")
    if given.update:
        if (below := fallen(reached, floor)) and not given.lower:
            sys.exit("\n".join([*below, "not written; --lower lowers the floor"]))
        raised = as_floor(reached)
        if not given.lower:
            raised = {name: max(value, floor.get(name, value)) for name, value in raised.items()}
        FLOOR.write_text(json.dumps(raised, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
