"""What can be switched off for one organization, so that a new house is opened room by room. Everything is on at first.

Source: flexible-class-reservations, "Feature Flag Rollout": one studio first, then the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Feature(StrEnum):
    """The closed list. The values are public and never change."""

    NO_SHOWS = "NO_SHOWS"
    """The night marks who did not come."""
    PENALTY_PUNCH = "PENALTY_PUNCH"
    """An absence may take a punch."""
    AUTO_CANCEL = "AUTO_CANCEL"
    """An absence may take places ahead."""
    SUSPENSIONS = "SUSPENSIONS"
    """The night suspends. Staff always may."""
    WAITING_LIST = "WAITING_LIST"
    REMINDERS = "REMINDERS"
    """Letters and texts before a session."""
    CHECK_IN_MAIL = "CHECK_IN_MAIL"
    """A letter that confirms a check-in."""
    OVERRIDES = "OVERRIDES"
    """Staff may lift a reason for a member."""
    CONTESTS = "CONTESTS"
    """A member may say that they were there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Switched:
    """Somebody switched a feature."""

    feature: Feature
    is_on: bool
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Features:
    """How they stand at a moment. `on_since`: of those that had been off and are on, since when."""

    off: frozenset[Feature] = frozenset()
    on_since: Mapping[Feature, datetime] = field(default_factory=dict)

    def is_on(self, feature: Feature) -> bool:
        return feature not in self.off

    def reaches(self, feature: Feature, noted_at: datetime) -> bool:
        """Whether the feature deals with what was noted then: not with what it slept through while it was off.

        Else switching it on would punish in one night for months in which nobody was told of it.
        """
        since = self.on_since.get(feature)
        return self.is_on(feature) and (since is None or noted_at >= since)


def features_at(switched: Iterable[Switched], at: datetime) -> Features:
    """What all the switching until then, in its order, comes to."""
    off: set[Feature] = set()
    on_since: dict[Feature, datetime] = {}
    for one in switched:
        if one.at > at:
            continue
        if not one.is_on:
            off.add(one.feature)
        elif one.feature in off:
            off.discard(one.feature)
            on_since[one.feature] = one.at
    return Features(off=frozenset(off), on_since=on_since)
