"""Writes the golden mails anew and prints what has changed: `python -m tests.golden`."""

import difflib
import sys

from tests.golden.mails import THEMES, golden, mail


def main() -> None:
    """The difference of each theme's mail on standard output, then the files written."""
    for theme in THEMES:
        file, made = golden(theme), mail(theme)
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        sys.stdout.writelines(
            difflib.unified_diff(before.splitlines(True), made.splitlines(True), f"{file.name} (before)", file.name)
        )
        file.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
