"""What a page keeps to from its first line to its last."""

import random
import re
from dataclasses import dataclass
from typing import Literal

from bench.pages.noise import Noise
from bench.pages.stock import DOUBLE_SURNAMES, GIVEN, MEDIA, PLACES, SPOTS, SURNAMES

_TO_HALF = str.maketrans("，：；！？（）", ",:;!?()")
_FULL_MARK = re.compile("[，：；！？（）]")
_IN_NUMBER = re.compile(r"(?<=\d)：(?=\d)")


@dataclass(frozen=True, slots=True)
class Manner:
    """A page's way to set type (版式)."""

    width: Literal["half", "full", "mixed"]
    mixed_share: float
    marks: Literal["bare", "marked", "half_marked"]
    brackets: tuple[str, str]
    heads_with_names: bool
    """Whether articles with names under the headline are the ones likelier to have section heads."""
    indented: bool
    blank_lines: bool

    def mark(self, rng: random.Random) -> str:
        """What stands before a heading: `## ` or nothing."""
        if self.marks == "bare" or (self.marks == "half_marked" and rng.random() < 0.5):
            return ""
        return "## "

    def set_type(self, text: str, rng: random.Random) -> str:
        """The text with the page's width of punctuation; the colon of 8:30 is always half-width."""
        text = _IN_NUMBER.sub(":", text)
        if self.width == "half":
            return text.translate(_TO_HALF)
        if self.width == "full":
            return text
        return _FULL_MARK.sub(
            lambda m: m.group().translate(_TO_HALF) if rng.random() < self.mixed_share else m.group(), text
        )


def draw_manner(noise: Noise, rng: random.Random) -> Manner:
    """A page's manner, drawn by the weights of the noise."""
    widths = (noise.half_width, noise.full_width, noise.mixed_width)
    marks = (noise.bare, noise.marked, noise.half_marked)
    width: Literal["half", "full", "mixed"] = rng.choices(("half", "full", "mixed"), widths)[0]
    marking: Literal["bare", "marked", "half_marked"] = rng.choices(("bare", "marked", "half_marked"), marks)[0]
    return Manner(
        width=width,
        mixed_share=noise.mixed_share,
        marks=marking,
        brackets=("（", "）") if rng.random() < noise.full_brackets else ("(", ")"),
        heads_with_names=rng.random() < 0.5,
        indented=rng.random() < noise.indented,
        blank_lines=rng.random() >= noise.no_blank,
    )


def person(rng: random.Random) -> str:
    """An invented name of two to four characters."""
    surname = rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.04 else rng.choice(SURNAMES)
    if rng.random() < 0.06:
        return surname + rng.choice(GIVEN) * 2
    return surname + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def filled(template: str, rng: random.Random) -> str:
    """A template of the stock with invented names, places, dates and numbers in it."""
    if "{" not in template:
        return template
    return template.format(
        p=rng.choice(PLACES),
        s=rng.choice(SPOTS),
        o=rng.choice(MEDIA),
        a=person(rng),
        b=person(rng),
        y=rng.choice((2023, 2024, 2025, 2026)),
        m=rng.choice((9, 10, 11, 11, 12)),
        d=rng.randint(1, 30),
        h=rng.randint(6, 22),
        i=rng.randrange(60),
        q=rng.randint(2, 12),
        t=rng.randint(2, 8),
        n=rng.randint(1000, 9999),
        w=rng.choice("一二三四五六日"),
    )
