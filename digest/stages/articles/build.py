"""From a chain of lines to an article: every text a quote, no half sentence left."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from digest.model import Article, Mending, Page, Paragraph
from digest.quote import Quote, Span, cut_spans, quote
from digest.stages.articles.chains import Chain
from digest.stages.articles.dates import date_in_labels
from digest.stages.articles.forms import LONGEST_HEADING_CHARS, Item, is_complete, opens_sentence, without_bullet
from digest.stages.articles.parts import Part
from digest.stages.articles.seam import NEVER_FIRST
from digest.text import CLOSERS

_STOP = re.compile(rf"(?:[。!?]|…+|(?<=[A-Za-z])\.(?=\s|$))[{re.escape(CLOSERS)}]*")
_ONLY_SPEECH = re.compile(r"(?:“[^“”]*”\s*)+")
"""What somebody said, and not who."""
_LIST_TAIL = re.compile(r"[\u4e00-\u9fff](?<![一二三四五六七八九十甲乙丙丁上下])、")
_LOST_SPEAKER = re.compile(
    r"(?:表示|指出|强调|认为|介绍|告诉|透露|坦言|感慨|写道|说)[,:]|(?:实行|提出|坚持|倡导|规定|要求|做到):“"
)
"""A verb of saying or ordering that begins a paragraph has lost who says or orders it."""
_LEAD = re.compile(r"[一二三四五六七八九十]是|[^,。]{1,6}[县市区镇乡村],")
_WHOLE_WORD = re.compile(
    "的[确士]|过[去年节]|着[力眼手]|了[解不]|得[益知]|地[处方下]|等[到待]|化[解工肥学]|性[能别格]|之[前后所]"
)
"""Words that begin sentences although their first character, alone, does not."""
_MAY_BEGIN = frozenset("了着过性化者等地得则之")
"""Characters that begin words (地铁, 过程, 等级) as well as rests of words: a sign only where something is torn."""
_LOOP_CHARS = 16
"""No two sentences of one article share so many characters by chance at the point where one of them breaks off."""
_SAID_OTHERWISE = ("names", "label", "closing", "meta")
"""Forms that an article says in its fields and not in its paragraphs."""
_WORD = re.compile(r"\w")
_KICKER = re.compile(
    r"[\u4e00-\u9fff]{2,12}[县市区州镇乡]|[\u4e00-\u9fff]{2,8}(?:时评|短评|快评|微评|评论|观察|访谈|特写)"
)
"""A place or a kind of text alone above a headline: 靖州苗族侗族自治县."""
_LONGEST_SITE_CHARS = 6
"""今日头条, 新湖南."""
_BREAK_CHARS = 4
_TELLS, _AS_WELL, _DECK = 0.34, 0.5, 0.1
"""A headline shares a third of its pairs of characters with its text, a kicker seldom; a deck may share some more than its headline,
and shares something on a web page, where bars share nothing."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph in the making: the spans of its lines in the document, and its text with the width folded."""

    spans: tuple[Span, ...]
    text: str
    role: Literal["body", "section_head"]
    headless: bool = False

    def cut(self, start: int, end: int) -> "_Piece":
        return _Piece(cut_spans(self.spans, start, end), self.text[start:end], self.role, False)


@dataclass(frozen=True, slots=True)
class _Mended:
    """The paragraphs that can stand, and the parts of sentences that cannot: before and between them, and behind the last one."""

    pieces: tuple[_Piece, ...]
    lost: tuple[tuple[Span, ...], ...]
    tail: tuple[Span, ...]
    truncated: bool
    """Whether the end is missing: the last sentence breaks off, or a section has no text."""


def build_article(page: Page, part: Part, chain: Chain) -> Article | None:
    """The article that a chain of items makes, not yet numbered; None where nothing of it can stand."""
    mine = chain.items
    head = mine[: chain.head]
    text = "".join(item.text for item in mine if item.is_prose)
    headline, subtitle, left = _titles(head, text, page.headline is not None, part.single)
    mended = _mend(_pieces(chain, frozenset(left)), part.single)
    document = page.document
    if not any(piece.role == "body" and _WORD.search(piece.text) for piece in mended.pieces):
        return None

    def cite(spans: Iterable[Span]) -> Quote:
        return quote(document.id, document.text, spans)

    return Article(
        document=document.id,
        n=0,
        headline=_cite_line(headline, cite) if page.headline is None else cite([page.headline]),
        subtitle=_cite_line(subtitle, cite),
        authors=page.authors or part.authors or tuple(dict.fromkeys(_names(mine))),
        published=page.published or part.published or next(filter(None, map(_label_date, mine)), None),
        medium=page.medium or _medium(part, mine),
        url=page.url,
        paragraphs=tuple(Paragraph(cite(piece.spans), piece.role) for piece in mended.pieces),
        truncated=mended.truncated or _lacks_end(mine),
        dateline=next((cite(item.dateline.spans) for item in mine if item.dateline), None),
        mendings=tuple(_mendings(mended, mine)),
        own_place=page.own_place,
    )


def _lacks_end(items: Sequence[Item]) -> bool:
    """Whether a turn note or a loop says that the text goes on behind the last paragraph."""
    last = next((item for item in reversed(items) if item.is_prose), items[-1])
    return last.turns or last.loops


def _medium(part: Part, items: Sequence[Item]) -> str | None:
    """The medium: on a printed page an article's own source comes before that of the page."""
    own = next((item.medium for item in items if item.medium), None)
    return part.medium or own if part.single else own or part.medium


def _names(items: Sequence[Item]) -> Iterator[str]:
    """The names that the items say; a list of names between paragraphs is of others."""
    prose = [k for k, item in enumerate(items) if item.is_prose]
    for k, item in enumerate(items):
        if item.form != "names" or not prose or not prose[0] < k < prose[-1]:
            yield from item.authors


def _label_date(item: Item) -> dt.date | None:
    return date_in_labels(item.text) if item.form in ("label", "meta") else None


def _mendings(mended: _Mended, items: Sequence[Item]) -> Iterator[Mending]:
    """What was joined, cut off and found missing; that print wrapped a paragraph is nothing to tell."""
    wrapped = {seam for item in items for seam in pairwise(item.line.spans)}
    for piece in mended.pieces:
        seams = (seam for seam in pairwise(piece.spans) if seam[0][1] != seam[1][0])
        yield from (Mending("joined", seam) for seam in seams if seam not in wrapped)
    yield from (Mending("dropped", spans) for spans in mended.lost)
    yield from (Mending("dropped", note.spans) for item in items for note in item.notes)
    end = mended.pieces[-1].spans[-1][1]
    if mended.truncated or _lacks_end(items):
        yield Mending("truncated", mended.tail or ((end, end),))
    elif mended.tail:
        yield Mending("dropped", mended.tail)


def _cite_line(item: Item | None, cite: Callable[[Iterable[Span]], Quote]) -> Quote | None:
    if item is None:
        return None
    line = without_bullet(item.line)
    return cite(line.spans)


def _titles(head: Sequence[Item], text: str, known: bool, web: bool) -> tuple[Item | None, Item | None, list[Item]]:
    """Headline and subtitle of an article's first items, and those that are neither; `known`: the source names the headline.

    Of two lines the first is a kicker (引题) over the headline, unless it tells what the text says about as well: then the
    second is its deck (副题). Of more the headline is the one that tells most. On a web page short lines are names of sites.
    """
    shorts = [item for item in head if item.form == "short"]
    if web and shorts and not known:
        return _titles_of_page(shorts, [item for item in head if item.form == "subtitle"], text)
    subs = [item for item in head if item.form == "subtitle"]
    byline = next((item.line.start for item in head if item.form in ("names", "label")), None)
    above = [item for item in shorts if byline is None or item.line.start < byline]
    if above and len(above) < len(shorts):  # what stands below the names heads the text
        headline, subtitle, left = _titles(
            [item for item in head if item not in shorts or item in above], text, known, web
        )
        return headline, subtitle, [*left, *(item for item in shorts if item not in above)]
    if known:
        return None, subs[0] if subs else None, [*shorts, *subs[1:]]
    if subs and not shorts:
        return subs[0], None, subs[1:]
    if subs:
        before = [item for item in shorts if item.line.start < subs[0].line.start]
        title = before[-1] if before else shorts[0]
        return title, subs[0], [item for item in (*shorts, *subs[1:]) if item is not title]
    if len(shorts) > 1:
        first, *others = shorts
        best = max(others, key=lambda item: _told(item, text))
        is_kicker = _told(best, text) > 0 and _KICKER.fullmatch(first.text) is not None
        if not is_kicker and _told(first, text) >= max(_TELLS, _AS_WELL * _told(best, text)):
            return first, others[0], others[1:]
        return best, first, [item for item in others if item is not best]
    return (shorts[0] if shorts else None), None, []


def _titles_of_page(
    shorts: Sequence[Item], subs: Sequence[Item], text: str
) -> tuple[Item | None, Item | None, list[Item]]:
    """Headline and subtitle of a web page's first lines; the others are names of sites, bars and captions."""
    long = [item for item in shorts if len(item.text) > _LONGEST_SITE_CHARS] or shorts
    first, *others = long
    best = max(others, key=lambda item: _told(item, text), default=first)
    told = _told(best, text)
    headline = best if told and _told(first, text) < max(_TELLS, _AS_WELL * told) else first
    near = (item for item in long if item is not headline and _adjoin(item, headline))
    deck = next((item for item in near if _told(item, text) >= _DECK), None)
    return headline, next(iter(subs), deck), []


def _adjoin(one: Item, other: Item) -> bool:
    """Whether nothing but a line break or two stands between two lines."""
    first, second = sorted((one.line, other.line), key=lambda line: line.start)
    return second.start - first.end <= _BREAK_CHARS


def _told(item: Item, text: str) -> float:
    """The share of a line's pairs of characters that a text holds."""
    pairs = {a + b for a, b in pairwise(item.text) if a.strip() and b.strip()}
    return sum(pair in text for pair in pairs) / max(1, len(pairs))


def _pieces(chain: Chain, left: Collection[Item]) -> Iterator[_Piece]:
    """The paragraphs of a chain, joined lines as one; `left`: the items of its head that are section heads after all."""
    piece: _Piece | None = None
    broken = False
    for order, item in enumerate(chain.items):
        if item.form in _SAID_OTHERWISE or (order < chain.head and item not in left):
            continue
        if piece is not None and order in chain.joined:
            piece = _Piece((*piece.spans, *item.line.spans), piece.text + item.text, "body", piece.headless)
        else:
            if piece is not None:
                yield piece
            torn = broken or item.resumes
            headless = _lacks_its_head(item.text, torn or not order) or (torn and not _begins_well(item.text))
            piece = _Piece(item.line.spans, item.text, "section_head" if _is_section_head(item) else "body", headless)
        broken = item.form == "stump"
    if piece is not None:
        yield piece


def _is_section_head(item: Item) -> bool:
    return item.is_heading or (item.text.startswith("——") and len(item.text) <= LONGEST_HEADING_CHARS)


def _lacks_its_head(text: str, torn: bool) -> bool:
    """Whether a paragraph begins as no sentence does: with a closing mark, a particle, the last item of a list (台、有机会), a verb whose subject is lost."""
    return (
        (text[0] in NEVER_FIRST and (torn or text[0] not in _MAY_BEGIN) and not _WHOLE_WORD.match(text))
        or _LIST_TAIL.match(text) is not None
        or _LOST_SPEAKER.match(text) is not None
    )


def _begins_well(text: str) -> bool:
    """Whether a paragraph behind an open end is whole: it begins as paragraphs do."""
    return opens_sentence(text) or text[0] in "“《—" or _LEAD.match(text) is not None


def _mend(pieces: Iterable[_Piece], web: bool) -> _Mended:
    """The paragraphs without half sentences, and these; on a web page a heading without text below is no sign of loss."""
    whole: list[_Piece] = []
    lost: list[tuple[int, tuple[Span, ...]]] = []  # behind how many paragraphs, what
    truncated = False
    for piece in pieces:
        start, end = _sound_part(piece, whole)
        truncated = piece.role == "body" and end < len(piece.text)
        if start >= end:
            lost.append((len(whole), piece.spans))
            continue
        lost.append((len(whole), cut_spans(piece.spans, 0, start)))
        whole.append(piece.cut(start, end))
        lost.append((len(whole), cut_spans(piece.spans, end, len(piece.text))))
    kept = len(whole)
    while kept and whole[kept - 1].role == "section_head":
        kept -= 1
    lost += [(kept + k, piece.spans) for k, piece in enumerate(whole[kept:])]
    lost.sort(key=lambda part: part[0])
    return _Mended(
        tuple(whole[:kept]),
        tuple(spans for place, spans in lost if spans and place < kept),
        tuple(span for place, spans in lost if place >= kept for span in spans),
        truncated or (kept < len(whole) and not web),
    )


def _sound_part(piece: _Piece, before: Sequence[_Piece]) -> tuple[int, int]:
    """The part of a paragraph, as offsets, that is whole sentences."""
    if piece.role == "section_head":
        return 0, len(piece.text)
    start = _first_sentence_end(piece.text) if piece.headless else 0
    return start, _last_stop(piece.text[: _loop_start(piece.text, before)])


def _loop_start(text: str, before: Sequence[_Piece]) -> int:
    """Where a paragraph that breaks off begins to repeat the text before it (a reader's loop); its length where it does not."""
    tail = text[-_LOOP_CHARS:]
    if is_complete(text) or len(text) <= _LOOP_CHARS:
        return len(text)
    for piece in before:
        at = piece.text.find(tail)
        if at >= 0:
            start = len(text) - _LOOP_CHARS
            while start and at and text[start - 1] == piece.text[at - 1]:
                start, at = start - 1, at - 1
            return start
    return len(text)


def _first_sentence_end(text: str) -> int:
    m = _STOP.search(text)
    return m.end() if m else len(text)


def _last_stop(text: str) -> int:
    """Where the last complete sentence ends; a quotation whose speaker was to be named in what is lost is none."""
    if is_complete(text):
        return len(text)
    end = 0
    for m in _STOP.finditer(text):
        if "…" not in m.group():
            end = m.end()
    kept = text[:end]
    opened = kept.rfind("“")
    if _ONLY_SPEECH.fullmatch(kept) and not opens_sentence(text[end:]):
        return 0
    if kept.count("“") > kept.count("”"):
        before = [m.end() for m in _STOP.finditer(kept[:opened])]
        end = before[-1] if before else 0
    return end
