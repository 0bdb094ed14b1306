"""Absences and suspensions as those who ask see them: values, never rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.penalties import Explanation, NotedAbsence, Rule, Suspended


class Standing(StrEnum):
    """Where a suspension is in time. OVER: served or lifted."""

    TO_COME = "TO_COME"
    ACTIVE = "ACTIVE"
    OVER = "OVER"


@dataclass(frozen=True, kw_only=True, slots=True)
class Who:
    """A member, as staff name them."""

    member_id: str
    number: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoShow:
    """An absence and whose it is."""

    who: Who
    noted: NotedAbsence


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspensionSeen:
    """A suspension with its trail. `made_by_name` is empty where the night made it, or the house.

    `rule`: the version the night went by; None where staff made it. `zone`: of the organization's first venue.
    """

    who: Who
    suspended: Suspended
    standing: Standing
    zone: str
    made_at: datetime
    made_by_name: str
    lifted_by_name: str
    rule: Rule | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Penalties:
    """Everything that stands or stood against one member, explained, the newest first."""

    who: Who
    absences: tuple[Explanation, ...]
    suspensions: tuple[SuspensionSeen, ...]
