"""The sentences that a digest quotes, against those that people picked for it, by the scorer that stands beside a checkout.

    python -m bench.quoting

Without ../shared/eval there is nothing to score with, and that is said.
"""

import subprocess
import sys
import tempfile

from bench.corpus import ROOT
from bench.splitting import SEEDS, STICK


def main() -> None:
    """Builds the pages with hand-made gold and prints the scorer's line, a poor choice a line before it."""
    if not (STICK.is_dir() and SEEDS.is_dir()):
        print(f"{STICK} or {SEEDS} is not there: nothing to score with")
        return
    with tempfile.TemporaryDirectory() as folder:
        build = ["-m", "digest", "build", str(SEEDS), "--no-keywords", "--out", f"{folder}/out"]
        subprocess.run([sys.executable, *build], check=True, capture_output=True, cwd=ROOT)
        gold, built = sorted((STICK / "gold").glob("*.json")), f"{folder}/out/digest.json"
        score = [sys.executable, STICK / "score_digest.py", "--show", "--gold", *gold, "--sys", built]
        print(subprocess.run(score, check=True, capture_output=True, text=True, encoding="utf-8").stdout, end="")


if __name__ == "__main__":
    main()
