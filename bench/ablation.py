"""What each part of the default method is worth: ROUGE-2 F1 x100 in 120 characters without it, on each set.

    python -m bench.ablation [--data FOLDER]

A term is left out of the sum; a rule is switched off, or moved, by giving its constants another value. Sets and scores are those of
bench.summaries.
"""

import argparse
import importlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

from bench.peers import MOST_SENTENCES, Item
from bench.rouge import rouge_n, tokens
from bench.summaries import BESIDE, OWN, filled, load
from digest.model import Prose, Ranking
from digest.stages.sentences import text_prose
from digest.stages.summary import rank_order
from digest.stages.summary.centrality import TERMS, centrality

METHOD = importlib.import_module("digest.stages.summary.centrality")

Sum = Callable[[Ranking], Sequence[float]]
"""From the terms of a ranking to the scores that are tried."""

RULES: Mapping[str, Mapping[str, float]] = {
    "repeating costs everywhere": {"OTHER_REPEATS": 1.5},
    "repeating counts everywhere": {"STORY_REPEATS": -0.5},
    "direction without effect": {"STORY_REPEATS": -1.0, "OTHER_REPEATS": -1.0},
    "openings of paragraphs alike everywhere": {"MERGED_OPENING": 0.25},
    "a lead on pages of any length": {"SHORT_SENTENCES": 1e9},
    "lines always paragraphs": {"LOOSE_OPENINGS": 1.0},
    "half as much for the topic": {"TOPIC": 0.325},
    "half as much again for the topic": {"TOPIC": 0.975},
}
"""By what is switched off or moved, the constants that do it."""


def without(*left_out: str) -> Sum:
    """The sum of the other terms."""
    return lambda ranking: [
        round(sum(parts), 9)
        for parts in zip(*(term for name, term in ranking.terms.items() if name not in left_out), strict=True)
    ]


def reached(items: Sequence[Item], proses: Sequence[Prose], total: Sum) -> float:
    """The mean ROUGE-2 of the articles when these sums rank their sentences."""
    scores = []
    for item, prose in zip(items, proses, strict=True):
        best = rank_order(prose, total(centrality(prose)))[:MOST_SENTENCES]
        summary = filled(item["text"], [prose.sentences[i] for i in best])
        scores.append(rouge_n(tokens(summary), tokens(item["summary"]), 2))
    return 100 * sum(scores) / len(scores)


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=BESIDE if BESIDE.is_dir() else OWN)
    sets = load(parser.parse_args().data, 0)
    proses = {name: [text_prose(item.get("title", ""), item["text"]) for item in items] for name, items in sets.items()}
    print("| without |", " | ".join(sets), "|")
    print("|---" * (1 + len(sets)) + "|")
    variants: dict[str, tuple[Sum, Mapping[str, float]]] = {"nothing: the method itself": (without(), {})}
    variants |= {f"`{term}`": (without(term), {}) for term in TERMS}
    variants |= {"headline at all": (without("headline", "topic"), {})}
    variants |= {f"rule: {name}": (without(), constants) for name, constants in RULES.items()}
    for name, (total, constants) in variants.items():
        with ExitStack() as changed:
            for constant, value in constants.items():
                changed.enter_context(mock.patch.object(METHOD, constant, value))
            row = [reached(items, proses[set_name], total) for set_name, items in sets.items()]
        print(f"| {name} |", " | ".join(f"{value:.1f}" for value in row), "|", flush=True)


if __name__ == "__main__":
    main()
