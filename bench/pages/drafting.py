"""An article as it comes out of the press, its lines in reading order, with the truth about it."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bench.pages.manner import Manner, filled, person
from bench.pages.noise import Noise
from bench.pages.sentences import sentence_ends
from bench.pages.stock import DATELINES, HEADS, KICKERS, MEDIA, SLOGANS
from bench.pages.tearing import End, blur, break_off, run_into, tear

Role = Literal[
    "headline", "kicker", "subtitle", "byline", "meta", "head", "body",
    "caption", "credit", "masthead", "trailer", "turn", "bar", "copy",
]  # fmt: skip
"""What a line of a page is; those from `caption` on belong to no article."""

_LEAST_FOR_HEADS = 4
_HEADS_IN_NEWS = 0.2
"""How much rarer section heads are in stories with a dateline."""
_MANY_PARAGRAPHS = 8
"""An article of so many has room for more than two section heads."""
_CLAUSE = re.compile("[，。；：！？“”、（）《》,;:!?() ]+")
_LONGEST_CLAUSE = 20
_LONGEST_SUBTITLE = 30


@dataclass(slots=True)
class Row:
    """A line on its way to the page."""

    text: str
    role: Role
    article: int | None = None
    order: int = -1
    joined: bool = False
    gapped: bool = False

    @property
    def resumes(self) -> bool:
        """Whether it goes on with a paragraph that an earlier line began."""
        return self.joined or self.gapped


@dataclass(slots=True)
class Draft:
    """An article's lines in reading order, and what is true of it."""

    headline: str = ""
    others: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    paragraphs: list[str] = field(default_factory=list)
    truncated: bool = False
    rows: list[Row] = field(default_factory=list)


def draft_article(source: Mapping[str, Any], noise: Noise, manner: Manner, rng: random.Random) -> Draft:
    """The article of a source with everything that the noise does to it."""
    return _Drafting(source, noise, manner, rng).draft()


def draft_brief(
    headline: str, paragraphs: Sequence[str], manner: Manner, rng: random.Random, dateline: bool = False
) -> Draft:
    """A short story that has nothing but its paragraphs, a headline or "" for none, and perhaps a dateline with or without a name."""
    title = manner.set_type(headline, rng) if headline else ""
    printed = [manner.set_type(paragraph, rng) for paragraph in paragraphs]
    rows = [Row(title, "headline", order=0)] if headline else []
    rows += [Row(paragraph, "body", order=n) for n, paragraph in enumerate(printed, len(rows))]
    authors: tuple[str, ...] = ()
    if dateline:
        authors = rng.choice(((), (person(rng),)))
        names = f"记者 {authors[0]}".join(manner.brackets) if authors else ""
        rows[-len(printed)].text = filled(rng.choice(DATELINES), rng) + names + printed[0]
    return Draft(headline=title, authors=authors, paragraphs=printed, rows=rows)


def paragraphs_of(source: Mapping[str, Any]) -> list[str]:
    """The paragraphs of a source's text."""
    return [line.strip() for line in source["text"].split("\n") if line.strip()]


class _Drafting:
    """One article on its way to a draft."""

    def __init__(self, source: Mapping[str, Any], noise: Noise, manner: Manner, rng: random.Random) -> None:
        self.source, self.noise, self.manner, self.rng = source, noise, manner, rng
        self.made = Draft()
        self.names = tuple(source.get("authors") or ()) or tuple(
            dict.fromkeys(person(rng) for _ in range(rng.choice((1, 1, 2, 2, 2, 3, 4))))
        )
        together = noise.names_run_together and rng.random() < noise.names_run_together
        self.separator = "" if together else "　" if rng.random() < 0.04 else " "
        weights = {
            "under": noise.byline_under,
            "end": noise.byline_end,
            "inline": noise.byline_inline,
            "none": noise.byline_none,
            "meta": noise.byline_meta,
            "label": noise.byline_label,
            "dateline": noise.byline_dateline,
        }
        self.form = rng.choices(tuple(weights), tuple(weights.values()))[0]

    def draft(self) -> Draft:
        """The finished draft."""
        self._put_headings()
        top = self.form == "label" and self._chance(0.8)
        meta_on_top = self.form == "meta" and self._chance(0.5)
        if self.form == "under":
            self._put(self.separator.join(self.names), "byline")
        elif top:
            self._put(self._label(), "byline")
        elif meta_on_top:
            self._put_meta()
        paragraphs, end = self._damaged()
        if (
            self.made.truncated
            and self._at_end(top, meta_on_top)
            and not self._chance(self.noise.truncated_with_byline)
        ):
            self.form = "none"
        self._put_body(paragraphs, end)
        if self.form == "end" or (self.form == "label" and not top):
            self._put(self._bracketed(), "byline")
        elif self.form == "meta" and not meta_on_top:
            self._put_meta()
        if self.form != "none":
            self.made.authors = self.names
        for order, row in enumerate(self.made.rows):
            row.order = order
        return self.made

    def _chance(self, rate: float) -> bool:
        return rate > 0 and self.rng.random() < rate

    def _put(self, text: str, role: Role, mark: str = "") -> Row:
        row = Row(mark + text, role)
        self.made.rows.append(row)
        return row

    def _typeset(self, text: str) -> str:
        return self.manner.set_type(text, self.rng)

    def _put_headings(self) -> None:
        rng, made, mark = self.rng, self.made, self.manner.mark
        title = self._typeset(self.source["title"])
        if self._chance(self.noise.headline_space_lost):
            title = re.sub("[ 　]", "", title)
        drawn = rng.random()
        if drawn < self.noise.slogan and len(title) <= _LONGEST_SUBTITLE:
            made.headline = self._typeset(" ".join(rng.sample(SLOGANS, rng.choice((1, 1, 2)))))
            made.others = (made.headline + "——" + title, title)
            self._put(made.headline, "headline", mark(rng))
            self._put("——" + title, "subtitle")
            return
        made.headline = title
        if self.noise.slogan <= drawn < self.noise.slogan + self.noise.kicker:
            kicker = self._typeset(rng.choice(KICKERS))
            made.others = (kicker + " " + title, kicker)
            self._put(kicker, "kicker", mark(rng))
        self._put(title, "headline", mark(rng))

    def _label(self) -> str:
        rng, join, names = self.rng, self.separator.join, self.names
        if len(names) > 1 and rng.random() < 0.4:
            return rng.choice(("本报", "全媒体", "")) + f"记者 {names[0]} 通讯员 {join(names[1:])}"
        return rng.choice(("本报记者 ", "通讯员 ", "文/", "记者 ", "本报通讯员 ", "特约通讯员 ", "见习记者 ")) + join(
            names
        )

    def _bracketed(self) -> str:
        names = self._label() if self.form == "label" else self.separator.join(self.names)
        return names.join(self.manner.brackets)

    def _dateline(self) -> str:
        """The dateline (电头) that stands before the first paragraph, with the names in it."""
        names = self._label().join(self.manner.brackets) if self.form == "dateline" else ""
        return filled(self.rng.choice(DATELINES), self.rng) + names

    def _put_meta(self) -> None:
        self._put(self._typeset("来源：") + self.rng.choice(MEDIA), "meta")
        self._put(self._typeset("作者：") + self.separator.join(self.names), "meta")
        self._put(self._typeset("编辑：") + person(self.rng), "meta")

    def _at_end(self, label_on_top: bool, meta_on_top: bool) -> bool:
        """Whether the names stand behind the text, where a lost end takes them along."""
        if self.form in ("label", "meta"):
            return not (label_on_top or meta_on_top)
        return self.form in ("end", "inline")

    def _damaged(self) -> tuple[list[str], End]:
        """The paragraphs with their losses, all but the last one, and the last one."""
        paragraphs = [self._typeset(paragraph) for paragraph in paragraphs_of(self.source)]
        if len(paragraphs) > 2 and self._chance(self.noise.lost_opening):
            ends = sentence_ends(paragraphs[0])
            paragraphs[0] = paragraphs[0][ends[0] :].strip() if ends else ""
            paragraphs = [paragraph for paragraph in paragraphs if paragraph]
        if len(paragraphs) > 3 and self._chance(self.noise.lost_paragraph):
            del paragraphs[self.rng.randrange(1, len(paragraphs) - 1)]
        paragraphs = [blur(paragraph, self.noise, self.rng) for paragraph in paragraphs]
        *before, last = paragraphs
        end = self._broken_end(before, last)
        self.made.truncated = end is not None
        return before, end or End(last, len(last))

    def _broken_end(self, before: Sequence[str], last: str) -> End | None:
        """The last paragraph broken off; None where it is whole or nothing of the article would be left."""
        if self._chance(self.noise.truncated):
            end = break_off(last, self.rng)
            if end and (before or end.kept):
                return end
        if len(before) > 1 and self._chance(self.noise.loop):
            return run_into(last, self.rng.choice(before), self._chance(self.noise.loop_with_stop), self.rng)
        return None

    def _put_body(self, before: Sequence[str], end: End) -> None:
        paragraphs = [*((paragraph, len(paragraph)) for paragraph in before), (end.text, end.kept)]
        heads = dict(self._heads([paragraph for paragraph, _ in paragraphs]))
        for n, (paragraph, whole_chars) in enumerate(paragraphs):
            if n in heads:
                self._put(heads[n], "head", self.manner.mark(self.rng))
            self._put_paragraph(paragraph, whole_chars)
        if self.form == "inline":
            self.made.rows[-1].text += self._bracketed()
        elif self.form == "dateline" or (self.form == "none" and self._chance(self.noise.agency)):
            first = next(row for row in self.made.rows if row.role == "body")
            first.text = self._dateline() + first.text

    def _put_paragraph(self, paragraph: str, whole_chars: int) -> None:
        torn = tear(paragraph, whole_chars, self.noise, self.rng)
        for piece in torn.pieces:
            marked = piece.link != "start" and self.manner.marks != "bare" and self._chance(self.noise.false_mark)
            row = self._put(piece.text, "body", "## " if marked else "")
            row.joined, row.gapped = piece.link == "whole", piece.link in ("lost", "half")
            if self.manner.indented and piece.link == "start":
                row.text = "　　" + row.text
        self.made.paragraphs += torn.kept

    def _heads(self, paragraphs: Sequence[str]) -> Iterator[tuple[int, str]]:
        """The paragraphs that a section head (小标题) stands above, with it."""
        if len(paragraphs) < _LEAST_FOR_HEADS or not self._chance(self._heads_rate()):
            return
        own = self.source.get("heads") or ()
        most = 3 if len(paragraphs) >= _MANY_PARAGRAPHS else 2
        count = min(len(own), most) if own else self.rng.randint(1, most)
        above = sorted(self.rng.sample(range(1, len(paragraphs)), count))
        stock = self.rng.sample(HEADS, count)
        for n, at in enumerate(above):
            head = (
                own[n]
                if own and self.rng.random() < 0.5
                else self._clause(paragraphs[at])
                if self.rng.random() < 0.3
                else None
            )
            yield at, self._typeset(head or stock[n])

    def _clause(self, paragraph: str) -> str | None:
        clauses = [part for part in _CLAUSE.split(paragraph) if 4 <= len(part) <= _LONGEST_CLAUSE]
        return self.rng.choice(clauses) if clauses else None

    def _heads_rate(self) -> float:
        """How likely this article has section heads: on pages where they go with names, most that have these."""
        rate = self.noise.heads
        if self.form == "dateline":
            return rate * _HEADS_IN_NEWS
        if not rate or not self.manner.heads_with_names:
            return rate
        with_names = min(1.0, rate + 0.45)
        if self.form == "under":
            return with_names
        share = self.noise.byline_under
        return max(0.0, (rate - share * with_names) / (1 - share))
