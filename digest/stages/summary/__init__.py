"""Sentences -> scores -> the chosen ones: one method a file, one shared selection.

A method is a `Ranker`; `METHODS` names those that are pure. A method that needs a package or a process of its own lives at
the edges and is handed in with `registry`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from digest.errors import UnknownName
from digest.model import Ranker
from digest.stages.summary.centrality import centrality
from digest.stages.summary.lead import lead
from digest.stages.summary.random import random
from digest.stages.summary.selection import Limits, appraise, rank_order, select
from digest.stages.summary.textrank import textrank

__all__ = ["DEFAULT_METHOD", "METHODS", "Limits", "appraise", "method", "rank_order", "registry", "select"]

METHODS: Mapping[str, Ranker] = MappingProxyType(
    {"centrality": centrality, "textrank": textrank, "lead": lead, "random": random}
)
"""The methods that need nothing but the text, by name, the default first."""

DEFAULT_METHOD = "centrality"


def registry(extra: Mapping[str, Ranker]) -> Mapping[str, Ranker]:
    """All methods by name: the pure ones and those that the caller hands in. Raises ValueError where names collide."""
    if twice := METHODS.keys() & extra.keys():
        raise ValueError(f"methods named twice: {', '.join(sorted(twice))}")
    return MappingProxyType({**METHODS, **extra})


def method(name: str, known: Mapping[str, Ranker] = METHODS) -> Ranker:
    """The method of that name. Raises UnknownName, listing the known ones."""
    try:
        return known[name]
    except KeyError:
        raise UnknownName("method", name, known) from None
