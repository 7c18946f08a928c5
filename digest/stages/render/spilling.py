"""Which stories a mail has no room for: the rule, and how far it has to be followed.

The last entry of the section that has most left in the mail moves to the web page, of several such sections that of the
last; so again until the mail fits. A section's first entry stays whatever its size. Stories go before briefs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from digest.stages.render.views import BriefView, IssueView, SectionView

_HALVING = 3
"""Every so many guesses halve what is left."""

Kept = Mapping[str, tuple[int, int]]
"""By city: how many of the section's stories and of its briefs stay."""


def leaving(counts: Sequence[tuple[str, int, int]]) -> tuple[tuple[str, int], ...]:
    """The entries that may leave, in the order in which they do: the city and 0 for its last story, 1 for its last brief.

    `counts` are the sections in order: city, stories, briefs.
    """
    stories = {city: number for city, number, _ in counts}
    briefs = {city: number for city, _, number in counts}
    spared = {city: 0 if number else 1 for city, number in stories.items()}
    order = [(city, 0) for city in _longest_first(stories, dict.fromkeys(stories, 1))]
    return (*order, *((city, 1) for city in _longest_first(briefs, spared)))


def _longest_first(numbers: Mapping[str, int], spared: Mapping[str, int]) -> list[str]:
    """The cities as their entries leave, each as often as it has entries beyond those that are spared."""
    places = {city: i for i, city in enumerate(numbers)}
    steps = [
        (left, places[city], city) for city, number in numbers.items() for left in range(spared[city] + 1, number + 1)
    ]
    return [city for _, _, city in sorted(steps, key=lambda step: (-step[0], -step[1]))]


def kept_after(counts: Sequence[tuple[str, int, int]], left: Sequence[tuple[str, int]]) -> Kept:
    """What stays of each section when these entries have left."""
    kept = {city: [stories, briefs] for city, stories, briefs in counts}
    for city, kind in left:
        kept[city][kind] -= 1
    return {city: (stories, briefs) for city, (stories, briefs) in kept.items()}


def fewest(size: Callable[[int], int], most: int, budget: int) -> int:
    """The smallest number of steps, at most `most`, after which the size is within the budget; `most` where it never is.

    The size falls with the steps nearly evenly, so that a guess between two known sizes is mostly right by one or two;
    where entries differ much, halving what is left takes over.
    """
    if not most or size(0) <= budget or size(most) > budget:
        return 0 if not most or size(0) <= budget else most
    low, high, turn = 0, most, 0
    while high - low > 1:
        turn += 1
        share = (size(low) - budget) / max(size(low) - size(high), 1) if turn % _HALVING else 0.5
        guess = min(max(low + round(share * (high - low)), low + 1), high - 1)
        low, high = (low, guess) if size(guess) <= budget else (guess, high)
    return high


# --- what is seen of what stays ---------------------------------------------------------------------------------------


def partly(view: IssueView, kept: Kept) -> IssueView:
    """The view of a mail that has room for so many first stories and briefs of each section, by city; all counts stay."""
    anchors = {
        story.anchor for section in view.sections for story in section.stories[: kept.get(section.city, (0, 0))[0]]
    }
    sections = tuple(_cut(section, kept[section.city], anchors, view.web_address) for section in view.sections)
    return replace(view, sections=sections, moved=sum(section.moved for section in sections))


def _cut(section: SectionView, kept: tuple[int, int], anchors: set[str], address: str) -> SectionView:
    stories, briefs = section.stories[: kept[0]], section.briefs[: kept[1]]
    left = section.story_count - len(stories) + section.brief_count - len(briefs)
    return replace(
        section,
        stories=stories,
        briefs=tuple(_relinked(brief, anchors, address) for brief in briefs),
        moved=left,
        moved_link=f"{address}#{section.anchor}" if left and address else "",
    )


def _relinked(brief: BriefView, anchors: set[str], address: str) -> BriefView:
    """The brief with its link leading to the web page where its story went there."""
    if not brief.link or brief.link[1:] in anchors:
        return brief
    return replace(brief, link=address + brief.link if address else "")
