"""The time of whole commands, caches warm, beside that of loading jieba: medians of several runs of a process each.

python -m bench.speed [PATH…]       sources to build; the seeds beside a checkout, else samples/
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
RUNS = 7


def median_s(arguments: list[str]) -> float:
    """The median of the seconds that a Python process takes; the first run, which warms caches, is not counted."""
    spent = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-W", "ignore", *arguments], check=True, capture_output=True, cwd=ROOT)
        spent.append(time.perf_counter() - began)
    return statistics.median(spent[1:])


def main() -> None:
    """Measures and prints."""
    sources = sys.argv[1:] or [str(SEEDS if SEEDS.is_dir() else ROOT / "samples")]
    with tempfile.TemporaryDirectory() as folder:
        build = ["-m", "digest", "build", *sources, "--out", f"{folder}/out"]
        jieba = median_s(["-c", "import jieba; jieba.initialize()"])
        rows = {
            "digest --help": median_s(["-m", "digest", "--help"]),
            "digest build --no-keywords": median_s([*build, "--no-keywords"]),
            "digest build": median_s(build),
            "import jieba; jieba.initialize()": jieba,
        }
    print(f"\nmedians of {RUNS} runs, {', '.join(sources)}\n\n| command | s | x jieba |\n|---|---|---|")
    for label, seconds in rows.items():
        print(f"| {label} | {seconds:.2f} | {seconds / jieba:.2f} |")


if __name__ == "__main__":
    main()
