"""Every English word that the stages write has its Chinese one."""

import re
from pathlib import Path
from typing import get_args

import pytest

from digest.model import Fault, MendingKind, Prose
from digest.stages import places
from digest.stages.summary import Limits, appraise, registry
from digest.text import Kind
from digest.web import words

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


def test_every_reason_has_a_word() -> None:
    """No reason is shown in English, and none is translated that is never given."""
    assert reasons_in_source() == set(words.REASONS)


def test_every_fault_and_repair_has_a_word() -> None:
    """Each value of the two closed sets is translated, and nothing besides."""
    assert set(words.FAULTS) == set(Fault)
    assert set(words.REPAIRS) == set(get_args(Kind))


def test_every_mending_has_a_word() -> None:
    """Each kind has a word and a title for its mark."""
    assert set(words.MENDINGS) == set(words.MENDING_TITLES) == set(get_args(MendingKind))


@pytest.mark.parametrize("method", sorted(registry({})))
def test_every_term_has_a_word(method: str) -> None:
    """Whatever method ranks, its terms are translated."""
    assert set(registry({})[method](PROSE).terms) <= set(words.TERMS)


def test_every_fact_has_a_word() -> None:
    """What selection adds is translated, each and nothing besides."""
    appraisals = appraise(PROSE, [1.0, 0.0], Limits())
    assert {name for appraisal in appraisals for name in appraisal.facts} == set(words.FACTS)


@pytest.mark.parametrize(("value", "text"), [(1.25, "1.25"), (-0.0001, "0"), (-2.0, "−2"), (0.0, "0"), (3, "3")])
def test_numbers_are_short(value: float, text: str) -> None:
    """At most three decimals, a true minus, no minus zero."""
    assert words.number(value) == text
