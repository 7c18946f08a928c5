"""Pages split into articles, by the scorer and the page generator that stand beside a checkout.

    python -m bench.splitting [--seeds 7 21] [--pages 40]

Printed: the pages with hand-made gold, then generated pages, from the articles of the measuring stick and from those of our
own writing in bench/data/articles.jsonl. Without ../shared/eval there is nothing to score with, and that is said.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STICK = ROOT.parent / "shared" / "eval" / "segmentation"
SEEDS = ROOT.parent / "shared" / "seeds"
PRESETS = ("clean", "mild", "seedlike", "hard", "web")
SOURCES = {"stick": STICK / "articles.dev.jsonl", "own": ROOT / "bench" / "data" / "articles.jsonl"}
SHOWN = ("F1", "hl_exact", "author_set", "leak", "broken", "joins_ok", "joins_total")


def scored(pages: list[Path], truth: list[Path], folder: Path) -> tuple[dict[str, str], float]:
    """The scorer's totals for the articles of the pages, and the seconds that splitting took."""
    began = time.perf_counter()
    split = subprocess.run([sys.executable, "-m", "digest", "split", *pages], check=True, capture_output=True, cwd=ROOT)
    seconds = time.perf_counter() - began
    system = folder / "system.jsonl"
    system.write_bytes(split.stdout)
    command = [sys.executable, STICK / "score_segmentation.py", "--gold", *truth, "--sys", system, "--total-only"]
    total = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return dict(re.findall(r"(\w+)=(\S+)", total)), seconds


def generated(articles: Path, preset: str, seed: int, pages: int, folder: Path) -> tuple[list[Path], list[Path]]:
    """Pages and their truth, made anew."""
    command = [
        sys.executable,
        STICK / "make_pages.py",
        "--articles",
        articles,
        "--seed",
        str(seed),
        "--pages",
        str(pages),
    ]
    subprocess.run([*command, "--preset", preset, "--out", folder], check=True, capture_output=True)
    return sorted(folder.glob("*.txt")), sorted((folder / "truth").glob("*.json"))


def row(label: str, pages: list[Path], truth: list[Path], folder: Path) -> None:
    """Prints a line of the table."""
    total, seconds = scored(pages, truth, folder)
    print(f"| {label} | " + " | ".join(total[name] for name in SHOWN) + f" | {len(pages) / seconds:.0f} |", flush=True)


def main() -> None:
    """Reads the arguments, makes pages, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="*", default=[7, 21])
    parser.add_argument("--pages", type=int, default=40)
    given = parser.parse_args()
    if not STICK.is_dir():
        print(f"{STICK} is not there: nothing to score with")
        return
    print("\n| pages | " + " | ".join(SHOWN) + " | pages/s |\n|" + "---|" * (len(SHOWN) + 2))
    with tempfile.TemporaryDirectory() as made:
        gold = sorted((STICK / "gold").glob("*.json"))
        files = [SEEDS / json.loads(one.read_text(encoding="utf-8"))["file"] for one in gold]
        row("with hand-made gold", files, gold, Path(made))
        for source, articles in SOURCES.items():
            for preset in PRESETS:
                for seed in given.seeds:
                    folder = Path(made, f"{source}-{preset}-{seed}")
                    row(f"{source} {preset} {seed}", *generated(articles, preset, seed, given.pages, folder), folder)


if __name__ == "__main__":
    main()
