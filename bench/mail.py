"""Sizes and speed of the mail: `python -m bench.mail` from a checkout.

Stories have 24 characters of headline, 110 of summary, a county and a linked source (tests.build.full_week).
"""

import time
from collections.abc import Callable, Iterator

from digest.edges.resources import resource_folder
from digest.edges.templates import find_theme, load_templates
from digest.model import Checks
from digest.stages.render import BUDGET_BYTES, fill, render
from digest.stages.render.viewing import isolated, issue_view
from tests.build import full_week, issue

TEMPLATES = resource_folder("templates")
WEB = "https://digest.example/hunan/{week}/"
CHECKS = Checks(224, 224)
TIMES = 5


def seconds(work: Callable[[], object]) -> float:
    """The least time of some, so that other work on the machine counts little."""

    def once() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return min(once() for _ in range(TIMES))


def sizes(theme: str) -> Iterator[str]:
    """A row of the table for each issue."""
    env = load_templates(TEMPLATES, find_theme(TEMPLATES, theme))
    weeks = {"no story": issue(), "14 x 8": full_week(14, 8), "14 x 40": full_week(14, 40)}
    for name, told in weeks.items():
        made = render(told, env, CHECKS, WEB)
        left = [len(section.stories) for section in told.sections]
        for move in made.moves:
            left[[section.city for section in told.sections].index(move.city)] -= 1
        stay = sorted({number for number in left if number}) or [0]
        yield f"{theme or 'newspaper':10} {name:9} {len(made.html.encode()):7,} {len(made.moves):6} {stay[0]}-{stay[-1]}"


def main() -> None:
    """Prints the sizes of each theme, and what inlining costs."""
    print(f"{'theme':10} {'issue':9} {'bytes':>7} {'moved':>6} stories a city   (budget {BUDGET_BYTES:,})")
    for theme in ("", "bulletin"):
        print(*sizes(theme), sep="\n")
    env, told = load_templates(TEMPLATES), full_week(14, 40)
    view = issue_view(told, env.globals["words"], CHECKS, WEB)  # type: ignore[arg-type]
    alone = seconds(lambda: fill(env, "mail.html.j2", issue=view, isolated=isolated))
    whole = seconds(lambda: render(told, env, CHECKS, WEB))
    print(f"14 x 40: Jinja2 alone fills the mail in {1000 * alone:.1f} ms;", end=" ")
    print(f"all five forms, fitted and inlined, take {1000 * whole:.1f} ms: {whole / alone:.1f} times (at most 20)")


if __name__ == "__main__":
    main()
