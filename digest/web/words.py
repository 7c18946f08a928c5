"""The desk's words in the edition's language, for what the stages say in English too: terms, facts, faults, reasons, repairs."""

from typing import Literal

from digest.edges.catalogue import Words
from digest.model import ELSEWHERE, PROVINCE

Kind = Literal[
    "term", "fact", "fault", "reason", "repair", "mending", "mending_title", "field", "part", "view", "mail_part"
]
"""What is named: a part of a score, what selection adds to it, why a sentence can never be quoted, how a mention of a place
was read, what was done to a quote, what was mended on a page and what the mark on it says, where a mention stands."""


def named(words: Words, kind: Kind, name: str) -> str:
    """The words for what a stage calls by an English name; that name where the catalogue does not know it."""
    key = f"desk.{kind}.{name}"
    return words(key) if key in words.keys else name


def city(words: Words, name: str) -> str:
    """A city's name, which stands for itself, or the words for news of no single city."""
    return words(f"section.{name}") if name in (PROVINCE, ELSEWHERE) else name


def number(value: float) -> str:
    """With a true minus and at most three decimals."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")
