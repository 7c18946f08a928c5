"""The parts of a page that are divided on their own: a web article is one article, print is any number."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from digest.stages.articles.captions import LONGEST_CAPTION_CHARS
from digest.stages.articles.dates import line_date
from digest.stages.articles.forms import Item, heads
from digest.stages.articles.furniture import (
    are_controls,
    closes_web_article,
    newspaper,
    opens_lists,
    opens_web_article,
    picture_place,
)
from digest.text import HAN

_SCENE = re.compile("^(?!.*[?!:“”|]).*(?:正?在|着|为|的).")
_CHINESE = re.compile(f"[{HAN}]")

LONGEST_STRETCH = 240
"""More lines than any printed page has."""
LONGEST_STRETCH_CHARS = 150_000
"""More text than any printed page has, by ten times."""
_LONGEST_ENTRY = 100
"""Characters of a list's entry or a reader's comment; a longer paragraph is text."""
_MOST_HEADS = 2
"""Lines of the next article's head that are kept below a list: its headline and its names."""
_SHORT_PARAGRAPH = 30
_MOST_CAPTIONS = 3
"""A web page shows no more paragraphs between its first bar and its headline."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some items without furniture, and what the furniture among them said."""

    items: tuple[Item, ...]
    single: bool
    """Whether they are one article: it stood between the bars and notices of a web page, or is not Chinese, so that nothing tells parts apart."""
    published: dt.date | None = None
    medium: str | None = None
    authors: tuple[str, ...] = ()


def read_parts(items: Sequence[Item], single: bool = False) -> list[Part]:
    """The parts of the items, in order; `single`: the source itself says that all of them are one article."""
    if single:
        return [_part(items, True)]
    parts = []
    at = 0
    for start, end in (*_web_articles(items), (len(items), len(items))):
        parts.append(_part(_without_lists(items[at:start]) if at else items[at:start], False))
        parts.append(_part(_without_pictures(items[start:end]), True))
        at = end
    return [part for part in parts if part.items]


def stretches(part: Part) -> Iterator[tuple[Item, ...]]:
    """The items of a part in stretches of a bounded length, parted behind a byline that closes where there is one.

    What compares lines with each other works on one stretch: the cost of a page grows with its length and not faster.
    """
    start = 0
    while (last := _bound(part.items, start)) < len(part.items):
        closers = (i for i in range(last, (start + last) // 2, -1) if part.items[i - 1].closes)
        end = next(closers, last)
        yield part.items[start:end]
        start = end
    yield part.items[start:]


def _bound(items: Sequence[Item], start: int) -> int:
    """Where a stretch that begins at `start` has to end at the latest; it holds one item at least."""
    chars = 0
    for i in range(start, min(start + LONGEST_STRETCH, len(items))):
        chars += len(items[i].text)
        if chars > LONGEST_STRETCH_CHARS:
            return max(i, start + 1)
    return min(start + LONGEST_STRETCH, len(items))


def _part(items: Sequence[Item], single: bool) -> Part:
    said = [item for item in items if item.form == "furniture"]
    own = tuple(item for item in items if item.form != "furniture" and item.text)
    return Part(
        own,
        single or not any(_CHINESE.search(item.text) for item in own),
        next((date for item in said if (date := line_date(item.text))), None),
        _medium(said, single),
        tuple(dict.fromkeys(name for item in said for name in item.authors)),
    )


def _medium(said: Sequence[Item], single: bool) -> str | None:
    """The medium that the lines around articles name: as their source, or on print in the masthead."""
    source = next((item.medium for item in said if item.medium), None)
    if source or single:
        return source
    return next((name for item in said if (name := newspaper(item.text))), None)


def _web_articles(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Where each web article begins and ends."""
    at = 0
    bars = [i for i, item in enumerate(items) if _is_bar(item, opens_web_article) or _is_bar(item, closes_web_article)]
    last = max((i for i, item in enumerate(items) if item.is_prose), default=-1)
    lists = [i for i, item in enumerate(items) if _is_bar(item, opens_lists)]
    for bar in bars:
        if _is_bar(items[bar], opens_web_article) and bar > last:
            break
        listed = at > 0 and bisect_left(lists, at) < bisect_left(lists, bar)
        if bar < at or (listed and not _is_bar(items[bar], opens_web_article)):
            continue
        if _is_bar(items[bar], opens_web_article):
            start = _start_at_bar(items, at, bar)
            end = _end_after(items, start, bar)
        else:
            start, end = _start_before_notice(items, at, bar), bar + 1
        if any(item.is_prose for item in items[start:end]):
            yield start, end
            at = max(end, at)


def _without_lists(items: Sequence[Item]) -> list[Item]:
    """The items behind a web article without the lists of others and what readers say.

    Text begins again with a long paragraph, or with two paragraphs in a row, and what stands right above it.
    """
    kept: list[Item] = []
    above: list[Item] = []
    in_list = False
    for item in items:
        if _is_bar(item, opens_lists):
            # what stood between the article and its first list was no text either
            kept = kept if any(map(_is_long, kept)) else []
            in_list, above = True, []
        elif in_list and (_is_long(item) or (item.form == "body" and above and above[-1].form == "body")):
            kept += [*above, item]
            in_list = False
        elif in_list:
            goes_on = heads(item) or item.form == "body"
            above = [*above[-_MOST_HEADS:], item] if goes_on and not (above and above[-1].form == "body") else []
        else:
            kept.append(item)
    return kept


def _is_long(item: Item) -> bool:
    return item.is_prose and len(item.text) > _LONGEST_ENTRY


def _is_bar(item: Item, kind: Callable[[str], bool]) -> bool:
    return item.form == "furniture" and kind(item.text)


def _start_at_bar(items: Sequence[Item], least: int, bar: int) -> int:
    """Where the article of a share bar or a line of date begins: with the lines above, of which its headline may be one."""
    start = bar
    while start > least and (
        items[start - 1].is_heading or items[start - 1].form in ("names", "label", "meta", "furniture")
    ):
        start -= 1
    return start


def _end_after(items: Sequence[Item], start: int, bar: int) -> int:
    """Where a web article ends: behind its notice, before the next bar, else behind what names its editor or author.

    Bars come above the headline and below it; captions may stand between.
    """
    prose, headed = 0, any(item.is_heading for item in items[start:bar])
    byline = None
    for i in range(bar, len(items)):
        item = items[i]
        prose += item.is_prose
        headed = headed or (not prose and heads(item))
        if not prose:
            continue
        if _is_bar(item, opens_lists):
            return i if byline is None or any(map(_is_long, items[byline:i])) else byline
        if _is_bar(item, closes_web_article) and not (are_controls(item.text) and _goes_on(items, i)):
            return i + 1
        ended = headed or prose > _MOST_CAPTIONS or items[i - 1].closes
        if _is_bar(item, opens_web_article):
            if ended:
                return _start_at_bar(items, bar, i)
            if items[i - 1].is_heading:  # what stood above it were captions
                prose, headed = 0, True
        if byline is None and (item.closes or item.form == "meta"):
            byline = next(
                (k for k in range(i + 1, len(items)) if items[k].form not in ("meta", "furniture")), len(items)
            )
    return byline or len(items)


def _goes_on(items: Sequence[Item], bar: int) -> bool:
    """Whether a paragraph of some length stands right below a bar."""
    below = next((item for item in items[bar + 1 :] if item.form != "furniture"), None)
    return below is not None and below.form == "body" and len(below.text) > _SHORT_PARAGRAPH


def _without_pictures(items: Sequence[Item]) -> Sequence[Item]:
    """The items of a web article without the captions: those behind a mark, and those above the headline, where a bar below tells
    which line that is."""
    items = [item for item, above in zip(items, (None, *items), strict=False) if not _is_under_picture(item, above)]
    marked = sum(_is_marked(item) for item in items)
    if 2 * marked < sum(item.is_prose for item in items):
        items = [item for item in items if not _is_marked(item)]
    for k in range(1, len(items)):
        if items[k - 1].is_heading and _is_bar(items[k], opens_web_article):
            head = _first_heading(items, 0, k - 1)
            above = [item for item in items[:head] if not item.is_prose]
            return [*above, *items[head:]] if head - len(above) <= _MOST_CAPTIONS else items
    return items


def _is_under_picture(item: Item, above: Item | None) -> bool:
    """Whether a line stands under the place of a picture (图片, 3/6) and says what it shows."""
    place = picture_place(above.text) if above is not None and above.form == "furniture" else None
    if place == "numbered":
        return item.is_heading or (item.form == "body" and len(item.text) <= LONGEST_CAPTION_CHARS // 2)
    return place == "named" and item.form == "short" and _SCENE.search(item.text) is not None


def _is_marked(item: Item) -> bool:
    """Whether a line begins with a mark that points to the picture above or below it."""
    return item.text.startswith(("▲", "△", "▼", "▽")) and (item.is_prose or item.is_heading)


def _start_before_notice(items: Sequence[Item], least: int, notice: int) -> int:
    """Where the article above a notice begins: behind the last byline that is not its own, or with the last headline that has names under it."""
    at = notice
    while at > least and items[at - 1].form in ("meta", "furniture", "closing"):
        at -= 1
    if at > least:
        at -= 1
    while at > least and not (items[at - 1].closes or items[at - 1].form == "meta"):
        at -= 1
        if items[at].form in ("names", "label") and at > least and items[at - 1].is_heading:
            return _first_heading(items, least, at - 1)
    return at


def _first_heading(items: Sequence[Item], least: int, at: int) -> int:
    while at > least and items[at - 1].is_heading:
        at -= 1
    return at
