"""What it costs to quote each article from more of its paragraphs: ROUGE-2 F1 x100 of what is selected, and the share of its sentences that stand in paragraphs of their own.

    python -m bench.coverage [--data FOLDER]

A sentence of a paragraph that is quoted already is worth less by the amount in the second column, in standard deviations of the score. Sets are those of bench.summaries.
"""

import argparse
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from bench.peers import Item
from bench.rouge import rouge_n, tokens
from bench.summaries import BESIDE, OWN, interval, load
from digest.model import Appraisal, Prose
from digest.stages.sentences import text_prose
from digest.stages.summary import DEFAULT_METHOD, METHODS, Limits, appraise, select

COSTS = (0.0, 0.25, 0.5, 1.0)

Appraised = tuple[Prose, tuple[Appraisal, ...]]


def reached(items: Sequence[Item], appraised: Sequence[Appraised], cost: float) -> tuple[list[float], float]:
    """ROUGE-2 of each item's summary, and the share of all quoted sentences that are not a paragraph's second or third."""
    scores, quoted, paragraphs = [], 0, 0
    for item, (prose, appraisals) in zip(items, appraised, strict=True):
        chosen = select(prose, appraisals, Limits(same_paragraph=cost))
        paragraph = list(accumulate(prose.opens_paragraph))
        quoted += len(chosen)
        paragraphs += len({paragraph[i] for i in chosen})
        summary = "".join(prose.sentences[i] for i in chosen)
        scores.append(100 * rouge_n(tokens(summary), tokens(item["summary"]), 2))
    return scores, paragraphs / max(1, quoted)


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=BESIDE if BESIDE.is_dir() else OWN)
    print("| set | worth less by | R-2 | difference [95%] | paragraphs a sentence |\n|---|---|---|---|---|")
    for name, items in load(parser.parse_args().data, 0).items():
        proses = [text_prose(item.get("title", ""), item["text"]) for item in items]
        appraised = [(prose, appraise(prose, METHODS[DEFAULT_METHOD](prose).scores, Limits())) for prose in proses]
        base, _ = reached(items, appraised, 0.0)
        for cost in COSTS:
            scores, share = reached(items, appraised, cost)
            differences = np.array(scores) - np.array(base)
            low, high = interval(differences)
            print(
                f"| {name} | {cost} | {np.mean(scores):.1f} | {differences.mean():+.2f} [{low:+.2f}, {high:+.2f}] | {share:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
