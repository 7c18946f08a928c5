"""What the stages reach on the texts of our own writing may not fall unnoticed."""

import json

from bench.floor import FLOOR, fallen, measures


def test_nothing_is_below_its_floor() -> None:
    """Every measure of tests/quality.json is reached; `python -m bench.floor --update` raises the floor."""
    assert fallen(measures(), json.loads(FLOOR.read_text(encoding="utf-8"))) == []


def test_a_measure_that_falls_or_is_gone_is_told() -> None:
    """A lower value and a missing one both count as fallen; a higher one does not."""
    assert fallen({"a": 1.0, "c": 3.0}, {"a": 1.5, "b": 1.0, "c": 2.0}) == [
        "a: 1.0 is below 1.5",
        "b: None is below 1.0",
    ]
