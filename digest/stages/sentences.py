"""Article -> Sentences (句): where sentences begin and end, each with its receipt.

A sentence ends at 。！？ outside of paired marks. What “…”, 《…》 or （…） encloses stays in one piece, and a quotation that
ends with a mark of its own ends the sentence only where a colon led up to it (他说：“……。”): otherwise the speaker is named
behind it (“……。”村民某某说。). An ellipsis or a semicolon ends nothing in mid-paragraph.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from digest.model import Article, Prose, Sentence
from digest.quote import Span
from digest.text import CLOSERS, TERMINATORS, is_han

LONGEST_PAIR_CHARS = 600
"""Two marks farther apart have lost their partners in print; the longest of 7,742 quotations measured in news has 234."""
FAR_CHARS = 200
"""More than a caption stands between two halves of a sentence that are farther apart."""
NEAR_CHARS = 8
"""How much white space may stand between a mark and its neighbour."""

_END_MARKS = "。！？!?"
_SPEECH_OPENERS = '“「『"'
_BRACKETS = "（("
_OPENER_OF = {
    "”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "〉": "〈", "】": "【", "］": "［", "]": "[", "）": "（", ")": "（",
}  # fmt: skip
_OPENER_KIND = {opener: opener for opener in _OPENER_OF.values()} | {"(": "（"}
_CARRYING_ON = "，、；：,;:" + TERMINATORS + CLOSERS + _SPEECH_OPENERS
"""What carries a sentence on behind a closing quote or bracket."""

_PAIRED = re.compile("[" + re.escape("".join({*_OPENER_OF, *_OPENER_KIND})) + '"]')
_STOP = re.compile(f'[{_END_MARKS}.．{re.escape("".join(_OPENER_KIND))}"]')
_END_RUN = re.compile(f"[{_END_MARKS}…{re.escape(CLOSERS)}\"']*")
_LATIN = re.compile(r"[0-9A-Za-z=&/#%_~.-]")


def _plain_sentence() -> re.Pattern[str]:
    """A sentence that needs no weighing: its pairs lie side by side, and what stands beside a mark tells at once what it does."""
    marks = re.escape("".join({*_OPENER_OF, *_OPENER_KIND})) + '"'
    inside = f"[^{marks}]{{0,{LONGEST_PAIR_CHARS - 1}}}+"
    quotes = [
        f"{re.escape(opener)}{inside}%s{re.escape(closer)}" for closer, opener in _OPENER_OF.items() if opener != "（"
    ]
    pair = "|".join([*quotes, rf"[（(]{inside}%s[）)]"])
    unended, ended = pair.replace("%s", rf"(?<![{TERMINATORS}\s])"), pair.replace("%s", "")
    speech = "|".join(f"{opener}{inside}(?<=[{TERMINATORS}]){closer}" for opener, closer in ("“”", "「」", "『』"))
    carried_on = re.escape(_CARRYING_ON.translate({ord(mark): None for mark in _SPEECH_OPENERS}))
    opening = "|".join(quotes).replace("%s", "")
    parts = (
        rf"[^{marks}{_END_MARKS}.．]++",
        r"[.．](?=\S)",
        rf"(?:{unended})",
        rf"(?<=[^{marks}\s：:{TERMINATORS}'])(?:{ended})",
        rf"(?<=[：:])(?:{speech})(?=[{carried_on}])",
    )
    ends = (
        rf"[。！？][{_END_MARKS}…']*+(?![{re.escape(CLOSERS)}\"])",
        rf"(?<=[：:])(?:{speech})(?:\Z|(?=[^\s{re.escape(_CARRYING_ON)}]))",
        r"\Z",
    )
    return re.compile(f"(?:{opening})?+(?:{'|'.join(parts)})*+(?:{'|'.join(ends)})")


_PLAIN_SENTENCE = _plain_sentence()


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article's body in order; section heads (小标题) hold none, an empty article yields none."""
    sentences: list[Sentence] = []
    for n, paragraph in enumerate(article.paragraphs):
        if paragraph.role == "body":
            for quote in paragraph.quote.parts(sentence_spans(paragraph.quote.text)):
                sentences.append(Sentence(quote, len(sentences), n))
    return tuple(sentences)


def article_prose(article: Article, sentences: Iterable[Sentence]) -> Prose:
    """What a ranking method sees of an article that `split_sentences` has split."""
    listed = tuple(sentences)
    before = (-1, *(sentence.paragraph for sentence in listed))
    opens = tuple(sentence.paragraph != last for sentence, last in zip(listed, before, strict=False))
    afar = frozenset(i for i, sentence in enumerate(listed) if _joined_afar(sentence.quote.spans))
    return Prose(article.title, tuple(sentence.text for sentence in listed), opens, afar)


def text_prose(title: str, text: str) -> Prose:
    """What a ranking method sees of a bare text, a paragraph a line; blank lines count for nothing."""
    sentences: list[str] = []
    opens: list[bool] = []
    for line in text.splitlines():
        if spans := sentence_spans(line):
            sentences += [line[a:b] for a, b in spans]
            opens += [True, *[False] * (len(spans) - 1)]
    return Prose(title, tuple(sentences), tuple(opens))


def _joined_afar(spans: Sequence[Span]) -> bool:
    """Whether a part stands before the one that it continues, or far behind it."""
    return any(not 0 <= start - end <= FAR_CHARS for (_, end), (start, _) in pairwise(spans))


def sentence_spans(text: str) -> list[Span]:
    """The spans of the sentences of one paragraph, in order; only white space stays outside of them, at their edges.

    A rest without a closing mark is a span too. Linear in the length of the text.
    """
    spans: list[Span] = []
    start = 0
    for end in _ends(text):
        if body := text[start:end].strip():
            begins = text.index(body, start)
            spans.append((begins, begins + len(body)))
        start = end
    return spans


def is_complete(text: str) -> bool:
    """Whether a text ends with the mark of a sentence; closing quotes and brackets behind it are allowed."""
    bare = text.rstrip().rstrip(CLOSERS + "\"'").rstrip()
    return bool(bare) and (bare[-1] in TERMINATORS or _ends_sentence(bare, len(bare) - 1))


def _ends(text: str) -> list[int]:
    """The offsets behind the end of each sentence, in order, the end of the text last; from the first that is not plain on, all are weighed."""
    ends: list[int] = []
    at = 0
    while at < len(text):
        plain = _PLAIN_SENTENCE.match(text, at)
        if plain is None:
            return [*ends, *(at + cut for cut in _cuts(text[at:])), len(text)]
        at = plain.end()
        ends.append(at)
    return ends


def _cuts(text: str) -> list[int]:
    """The offsets behind the end of each sentence, in order."""
    closed_by = _outermost_pairs(text)
    cuts: list[int] = [0]
    at = speech_end = 0
    while stop := _STOP.search(text, at):
        here = stop.start()
        at = here + 1
        if here in closed_by:
            at = closed_by[here] + 1
            lead = text[max(cuts[-1], speech_end, here - NEAR_CHARS) : here].rstrip()
            speech = text[here] in _SPEECH_OPENERS and (
                lead[-1:] in ("：", ":") or (not lead and speech_end > cuts[-1])
            )
            speech_end = at if speech else speech_end
            aside = text[here] in _BRACKETS and not lead
            if (speech or aside) and _closes_sentence(text, here, at):
                cuts.append(at)
        elif _ends_sentence(text, here):
            run = _END_RUN.match(text, at)
            at = run.end() if run else at
            cuts.append(at)
    return cuts[1:]


def _outermost_pairs(text: str) -> dict[int, int]:
    """From the offset of each opening mark that lies in no other pair to that of its closing mark.

    A mark without a partner pairs with nothing, so that a lost quote cannot swallow the paragraph.
    """
    pairs = [(a, b) for a, b in _matched(text) if b - a <= LONGEST_PAIR_CHARS]
    outermost: dict[int, int] = {}
    last_end = -1
    for a, b in sorted(pairs):
        if a > last_end:
            outermost[a] = last_end = b
    return outermost


def _matched(text: str) -> list[Span]:
    """The offsets of each opening mark and its closing one; straight quotes pair only where their number is even."""
    pairs: list[Span] = []
    stack: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    straight = text.count('"') % 2 == 0
    for mark in _PAIRED.finditer(text):
        char, at = mark.group(), mark.start()
        closes = '"' if char == '"' and waiting['"'] else _OPENER_OF.get(char)
        if char == '"' and not straight:
            continue
        if closes is None:
            kind = _OPENER_KIND.get(char, char)
            stack.append((kind, at))
            waiting[kind] += 1
        elif waiting[closes]:
            kind, opened = "", at
            while kind != closes:
                kind, opened = stack.pop()
                waiting[kind] -= 1
            pairs.append((opened, at))
    return pairs


def _closes_sentence(text: str, opened: int, end: int) -> bool:
    """Whether the pair from `opened` to `end` holds the mark that ends its sentence, and nothing carries it on."""
    inside = text[opened + 1 : end - 1].rstrip().rstrip(CLOSERS)
    after = text[end : end + NEAR_CHARS].lstrip()[:1]
    return inside[-1:] in tuple(TERMINATORS) and (not after or after not in _CARRYING_ON)


def _ends_sentence(text: str, at: int) -> bool:
    """Whether the character at `at` ends a sentence: not a ? within an address, nor a point within a number or a name."""
    char, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if char in ".．":
        return bool(before) and (is_han(before) or before in CLOSERS) and (not after or after.isspace())
    if char in "!?":
        return not (_LATIN.match(before) and _LATIN.match(after))
    return char in _END_MARKS
