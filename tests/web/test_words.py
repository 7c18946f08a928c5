"""Every English name that the stages write has its words in each language."""

import re
from pathlib import Path
from typing import get_args

import pytest

from digest.edges.catalogue import Words, load_words
from digest.edges.resources import resource_folder
from digest.model import ELSEWHERE, PROVINCE, Fault, MendingKind, Prose
from digest.stages import places
from digest.stages.summary import Limits, appraise, registry
from digest.text import Kind
from digest.web.words import city, named, number

PROSE = Prose(
    "株洲新桥通车",
    ("株洲市11月9日建成新桥1座，投资2.3亿元。", "大桥由市交通运输局承建，工期两年。"),
    (True, False),
)


def reasons_in_source() -> set[str]:
    """Every reason that a Reading is made with in the stage that places articles."""
    sources = Path(places.__path__[0]).glob("*.py")
    return {
        reason for source in sources for reason in re.findall(r"Reading\([\d.]+, \"([^\"]+)\"\)", source.read_text())
    }


@pytest.fixture(params=["zh-CN", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    """The catalogue of each language."""
    return load_words(resource_folder("templates") / "locale", request.param)


def known(words: Words, kind: str) -> set[str]:
    """What the catalogue names of a kind."""
    prefix = f"desk.{kind}."
    return {key.removeprefix(prefix) for key in words.keys if key.startswith(prefix)}


def test_every_reason_has_a_word(words: Words) -> None:
    """Each reason that is given has its words, and none has that is never given."""
    assert reasons_in_source() == known(words, "reason")


def test_every_fault_and_repair_has_a_word(words: Words) -> None:
    """Each value of the two closed sets is named, and nothing besides."""
    assert known(words, "fault") == set(Fault)
    assert known(words, "repair") == set(get_args(Kind))


def test_every_mending_has_a_word(words: Words) -> None:
    """Each kind has a word and a title for its mark."""
    assert known(words, "mending") == known(words, "mending_title") == set(get_args(MendingKind))


@pytest.mark.parametrize("method", sorted(registry({})))
def test_every_term_has_a_word(words: Words, method: str) -> None:
    """Whatever method ranks, its terms are named."""
    assert set(registry({})[method](PROSE).terms) <= known(words, "term")


def test_every_fact_has_a_word(words: Words) -> None:
    """What selection adds is named, each and nothing besides."""
    appraisals = appraise(PROSE, [1.0, 0.0], Limits())
    assert {name for appraisal in appraisals for name in appraisal.facts} == known(words, "fact")


def test_what_no_catalogue_knows_keeps_its_name(words: Words) -> None:
    """A term of a method of one's own is shown as it is called."""
    assert named(words, "term", "of my own") == "of my own"


def test_a_city_stands_for_itself(words: Words) -> None:
    """News of no single city has words; a prefecture has its name."""
    assert city(words, "株洲市") == "株洲市"
    assert {city(words, name) for name in (PROVINCE, ELSEWHERE)} == {
        words("section.province"),
        words("section.elsewhere"),
    }


@pytest.mark.parametrize(("value", "text"), [(1.25, "1.25"), (-0.0001, "0"), (-2.0, "−2"), (0.0, "0"), (3, "3")])
def test_numbers_are_short(value: float, text: str) -> None:
    """At most three decimals, a true minus, no minus zero."""
    assert number(value) == text
