"""What stands on a page beside its articles (版面杂项): pictures' captions, mastheads, bars, notices, doubled lines."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from bench.pages import stock
from bench.pages.drafting import Role, Row
from bench.pages.manner import Manner, filled, person
from bench.pages.noise import Noise
from bench.pages.sentences import sentences

_HEADINGS = ("headline", "kicker", "subtitle")


class Furnishing:
    """A page's lines in page order, to which things are added."""

    def __init__(self, flow: list[Row], noise: Noise, manner: Manner, rng: random.Random) -> None:
        self.flow, self.noise, self.manner, self.rng = flow, noise, manner, rng

    def double_lines(self) -> None:
        """Puts copies behind some body lines that end a paragraph."""
        rate = self.noise.doubled_line
        if not rate:
            return
        flow, rng = self.flow, self.rng
        for at in range(len(flow) - 1, -1, -1):
            last = at + 1 == len(flow) or not flow[at + 1].resumes
            if flow[at].role == "body" and last and rng.random() < rate:
                flow.insert(at + 1, Row(flow[at].text, "copy"))

    def add_captions(self, sources: Sequence[Mapping[str, Any]]) -> None:
        """Puts as many captions (图片说明) between and into the articles as the noise says on average."""
        mean = self.noise.captions
        for _ in range(int(mean) + (self.rng.random() < mean % 1)):
            self._add_caption(sources)

    def add_print(self) -> None:
        """Puts a masthead, a trailer and a turn note (转版) where the noise says so."""
        flow, noise, rng = self.flow, self.noise, self.rng
        if noise.masthead and rng.random() < noise.masthead:
            flow[0:0] = [self._row(text, "masthead") for text in rng.sample(stock.MASTHEADS, rng.choice((1, 1, 2)))]
        if noise.trailer and rng.random() < noise.trailer:
            flow += [self._row(text, "trailer") for text in rng.sample(stock.TRAILERS, rng.choice((1, 1, 2)))]
        if noise.turn and rng.random() < noise.turn:
            flow.insert(self._inside(), self._row(rng.choice(stock.TURNS), "turn"))

    def add_web(self) -> None:
        """Puts bars, a crumb trail, a line of date, source and controls, and notices around the one article."""
        flow, rng = self.flow, self.rng
        under = 1 + max(at for at, row in enumerate(flow) if row.role in _HEADINGS)
        controls = [self._row(rng.choice(stock.CONTROLS), "bar")]
        if rng.random() < 0.6:
            controls += [self._row(text, "bar") for text in rng.choice(stock.BARS)]
        flow[under:under] = controls
        top = list(rng.choice(stock.BARS))
        if rng.random() < 0.5:
            top.insert(rng.choice((0, len(top))), rng.choice(stock.CRUMBS))
        flow[0:0] = [self._row(text, "bar") for text in top]
        notices = [text for group in rng.sample(stock.NOTICES, rng.choice((1, 1, 2))) for text in group]
        flow += [self._row(text, "trailer") for text in notices]

    def _row(self, template: str, role: Role) -> Row:
        return Row(filled(template, self.rng), role)

    def _inside(self) -> int:
        """A place behind a body line."""
        return self.rng.choice([at + 1 for at, row in enumerate(self.flow) if row.role == "body"])

    def _add_caption(self, sources: Sequence[Mapping[str, Any]]) -> None:
        rng, flow = self.rng, self.flow
        own = [(n, text) for n, source in enumerate(sources) for text in source.get("captions") or ()]
        article, text = rng.choice(own) if own and rng.random() < 0.5 else (None, None)
        caption = Row(self.manner.set_type(text or filled(rng.choice(stock.CAPTIONS), rng), rng), "caption")
        rows = [caption, *self._credit(caption)]
        at = self._caption_place(article if rng.random() < 0.7 else None)
        flow[at:at] = rows
        if rng.random() < self.noise.caption_repeated:
            behind = rng.choice((at + len(rows), len(flow)))
            flow[behind:behind] = self._repeats(caption.text)

    def _credit(self, caption: Row) -> list[Row]:
        """The photographer's credit as a line of its own; put behind the caption's text where it stands inline."""
        rng, name = self.rng, person(self.rng)
        if rng.random() >= self.noise.caption_credit:
            return []
        form = rng.choice(("inline", "line", "line", "bracketed"))
        if form == "inline":
            caption.text += rng.choice(
                ("({}摄)", "（{} 摄）", "({} 供图)", "（通讯员 {} 摄）", " {} 摄", "({}/图)")
            ).format(name)
            return []
        if form == "line":
            said = ("{} 摄", "{}摄", "本报记者 {} 摄", "通讯员 {} 摄影报道", "摄影：{}", "图/{}", "{} 供图")
            return [Row(rng.choice(said).format(name), "credit")]
        return [Row((name + rng.choice((" 摄", "摄", " 供图"))).join(self.manner.brackets), "credit")]

    def _caption_place(self, article: int | None) -> int:
        """A place for a caption: inside an article or between articles; near `article` where that is given."""
        rng, flow, noise = self.rng, self.flow, self.noise
        mine = [at for at, row in enumerate(flow) if row.article is not None and article in (None, row.article)]
        if rng.random() < noise.caption_inside:
            drawn = rng.random()
            if drawn < noise.caption_in_cut:
                places = [at for at in mine if flow[at].resumes]
            elif drawn < noise.caption_in_cut + noise.caption_under_headline:
                places = [at + 1 for at in mine if flow[at].role in ("headline", "subtitle")]
            else:
                places = []
            return rng.choice(places or [at + 1 for at in mine if flow[at].role == "body"])
        places = [at for at in mine if flow[at].role in _HEADINGS and flow[at].order == 0]
        return rng.choice([*places, len(flow)])

    def _repeats(self, text: str) -> list[Row]:
        """Copies of a caption, perhaps in ever shorter pieces."""
        rng = self.rng
        copies = [text] * rng.choice((1, 1, 2, 3, 4))
        if rng.random() < self.noise.caption_shortened:
            rest = "".join(sentences(text)[1:])
            if rest:
                copies.insert(rng.randrange(len(copies) + 1), rest)
            length = len(text)
            for _ in range(rng.choice((1, 1, 2))):
                length = max(2, rng.choice((2, 5, length // 2)))
                copies.append(text[:length])
        return [Row(copy, "copy") for copy in copies if copy.strip()]
