"""What several stages need to know about Chinese characters: classes, width, noise, bigrams."""

import re
from bisect import bisect_left, bisect_right
from typing import Literal, NamedTuple

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The inside of a regular expression's class: every Han character (汉字)."""

TERMINATORS = "。！？!?…"
"""Marks that end a sentence (句末点号)."""

CLOSERS = "”’」』）)】》〉］]"
"""Marks that close what was opened before, and stay with the sentence that they end."""

FULL_WIDTH_MARKS = "，。！？；：、（）《》〈〉“”‘’「」『』【】〔〕…—·～"

Kind = Literal["space", "width", "join", "control", "cut_clause"]


class Edit(NamedTuple):
    """One change of a text: at `at` (in the text as received) `was` stands and `now` belongs."""

    at: int
    kind: Kind
    was: str
    now: str


_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffc]+"
)
_SPACE = re.compile(r"[ \t\r\n\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_BLANK = re.compile(f"(?:{_CONTROL.pattern}|{_SPACE.pattern})+")
_SPACED_LETTERS = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \u3000][{HAN}]){{3,}}(?![{HAN}])")
_HALF_MARK = re.compile(r"[,:;!?()]")
_FULL_ALNUM = re.compile("[０-９Ａ-Ｚａ-ｚ％＋]")
_CHINESE = re.compile(rf"[{HAN}{FULL_WIDTH_MARKS}]")

_STOPS = "，。！？；：、（）〔〕【】…—·～"
"""Marks beside which print leaves space without meaning; beside quotation marks it may part the words of a headline."""

_TO_FULL = str.maketrans(",:;!?()", "，：；！？（）")
_FULL = re.compile("[\uff01-\uff5e\u3000]")
_HALVES = {chr(full): chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)} | {"\u3000": " "}


def fold_width(text: str) -> str:
    """The text with every full-width ASCII form (全角) made half-width, for comparing; one character stays one character."""
    # a text holds few different ones: several times as fast as to look up each of its characters
    for full in sorted(set(_FULL.findall(text))):
        text = text.replace(full, _HALVES[full])
    return text


def is_han(char: str) -> bool:
    """Whether one character is a Han character (汉字)."""
    return _HAN_ONE.match(char) is not None


_HAN_ONE = re.compile(f"[{HAN}]")


def bigrams(text: str) -> list[str]:
    """The character bigrams of the text with white space left out, in order; fewer than two characters yield none."""
    dense = "".join(text.split())
    return [dense[i : i + 2] for i in range(len(dense) - 1)]


def noise(raw: str) -> list[Edit]:
    """The edits, in order and without overlap, that clean a passage of its print noise; an edit never adds a character.

    control   characters without a shape are removed
    space     white space beside a Chinese stop or bracket or inside l e t t e r - s p a c e d Chinese is removed, any other
              run of it becomes one plain space (a single space between words of a headline or of a list of names has a
              meaning)
    width     half-width marks in Chinese context become full-width, full-width letters and digits half-width
    """
    shapes = _Shapes(raw)
    edits = [Edit(m.start(), "control", m.group(), "") for m in _CONTROL.finditer(raw)]
    edits += _space_edits(shapes)
    edits += _width_edits(shapes)
    return sorted(edits)


class _Shapes:
    """A passage in which the neighbours of a place are found past white space and characters without a shape."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._blanks = [m.span() for m in _BLANK.finditer(raw)]

    def before(self, at: int) -> int:
        """The position of the last character before `at` that has a shape, or -1."""
        i = bisect_left(self._blanks, (at,)) - 1
        return self._blanks[i][0] - 1 if i >= 0 and at <= self._blanks[i][1] else at - 1

    def after(self, at: int) -> int:
        """The position of the first character from `at` on that has a shape, or the length."""
        i = bisect_right(self._blanks, (at, len(self.raw))) - 1
        return self._blanks[i][1] if i >= 0 and at < self._blanks[i][1] else at

    def in_chinese(self, at: int) -> bool:
        """Whether a mark stands in Chinese: a Chinese character on either side, and no digits on both (16:30, 1,200)."""
        last, following = self.before(at), self.after(at + 1)
        before, after = self.raw[last] if last >= 0 else "", self.raw[following : following + 1]
        if before.isdigit() and after.isdigit() and following == at + 1:
            return False
        return bool(_CHINESE.match(before) or _CHINESE.match(after))

    def is_stop(self, at: int) -> bool:
        """Whether the character at `at` is a stop or bracket, or a half-width one that will become full-width."""
        return self.raw[at] in _STOPS or (self.raw[at] in ",:;!?()" and self.in_chinese(at))


def _space_edits(shapes: _Shapes) -> list[Edit]:
    raw = shapes.raw
    letter_spaced = {at for m in _SPACED_LETTERS.finditer(raw) for at in range(m.start() + 1, m.end(), 2)}
    edits = []
    for m in _SPACE.finditer(raw):
        before, after = shapes.before(m.start()), shapes.after(m.end())
        at_edge = before < 0 or after == len(raw)
        if at_edge or m.start() in letter_spaced or shapes.is_stop(before) or shapes.is_stop(after):
            edits.append(Edit(m.start(), "space", m.group(), ""))
        elif m.group() != " ":
            edits.append(Edit(m.start(), "space", m.group(), " "))
    return edits


def _width_edits(shapes: _Shapes) -> list[Edit]:
    raw = shapes.raw
    edits = [Edit(m.start(), "width", m.group(), fold_width(m.group())) for m in _FULL_ALNUM.finditer(raw)]
    open_brackets: list[tuple[int, bool]] = []
    for m in _HALF_MARK.finditer(raw):
        at, mark = m.start(), m.group()
        chinese = shapes.in_chinese(at)
        if mark == "(":
            open_brackets.append((at, chinese))
        elif mark == ")":
            opened, opened_chinese = open_brackets.pop() if open_brackets else (None, chinese)
            if chinese or opened_chinese:
                edits.append(_full(raw, at))
                if opened is not None:
                    edits.append(_full(raw, opened))
        elif chinese:
            edits.append(_full(raw, at))
    edits += [_full(raw, at) for at, chinese in open_brackets if chinese]
    return edits


def _full(raw: str, at: int) -> Edit:
    return Edit(at, "width", raw[at], raw[at].translate(_TO_FULL))
