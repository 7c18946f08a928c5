"""Whether what an issue needs is in order: the machine first, then each edition; every check says what to do."""

from digest.doctor.examination import Check, examine
from digest.doctor.findings import State

__all__ = ["Check", "State", "examine"]
