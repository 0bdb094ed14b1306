"""The policy over HTTP, in JSON: camelCase, lengths in minutes or days as their names say."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import Field

from core.finding import Finding
from core.policy import ClassRule, Enforcement, OfflineLimits, Policy, TravelTime, WaitingLimits
from server.api.shapes import ID, Given, Told

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LENGTHS: Mapping[str, tuple[str, timedelta]] = {
    "opens_before_start_minutes": ("opens_before_start", MINUTE),
    "closes_after_end_minutes": ("closes_after_end", MINUTE),
    "free_cancel_before_start_minutes": ("free_cancel_before_start", MINUTE),
    "no_show_delay_minutes": ("no_show_delay", MINUTE),
    "no_show_waits_at_most_minutes": ("no_show_waits_at_most", MINUTE),
    "grace_days": ("grace_span", DAY),
    "strike_days": ("strike_span", DAY),
    "suspension_days": ("suspension_length", DAY),
    "contest_days": ("contest_within", DAY),
    "phone_link_days": ("phone_link_length", DAY),
    "silent_kiosk_minutes": ("silent_kiosk_after", MINUTE),
    "silent_kiosk_at_rest_minutes": ("silent_kiosk_at_rest_after", MINUTE),
    "travel_minutes": ("travel_time", MINUTE),
    "walk_in_list_minutes": ("walk_in_list_age", MINUTE),
    "reservation_list_minutes": ("reservation_list_age", MINUTE),
    "offer_minutes": ("offer_lasts", MINUTE),
    "shortest_offer_minutes": ("shortest_offer", MINUTE),
    "answered_before_start_minutes": ("answered_before_start", MINUTE),
    "booked_before_start_minutes": ("booked_before_start", MINUTE),
    "released_after_start_minutes": ("released_after_start", MINUTE),
    "takes_minutes": ("takes", MINUTE),
}
"""By the name that it has here: the number's name in `core.policy`, and what it is counted in."""
WHOLE = Field(default=None, ge=0, le=1_000_000)


class RuleGiven(Given):
    """What one class type does differently. What is left out it does as the studio does."""

    class_type_id: str = ID
    opens_before_start_minutes: int | None = WHOLE
    closes_after_end_minutes: int | None = WHOLE
    may_walk_in: bool | None = None
    no_show_takes_punch: bool | None = None
    counts_strikes: bool | None = None
    free_cancel_before_start_minutes: int | None = WHOLE


class TravelGiven(Given):
    venue_id: str = ID
    other_venue_id: str = ID
    takes_minutes: int = Field(ge=0, le=1_000_000)


class OfflineGiven(Given):
    walk_in_list_minutes: int | None = WHOLE
    reservation_list_minutes: int | None = WHOLE
    walk_ins_per_pass_a_day: int | None = WHOLE


class WaitingGiven(Given):
    offer_minutes: int | None = WHOLE
    shortest_offer_minutes: int | None = WHOLE
    answered_before_start_minutes: int | None = WHOLE
    booked_before_start_minutes: int | None = WHOLE
    offers: int | None = WHOLE
    released_after_start_minutes: int | None = Field(
        default=None, ge=0, le=1_000_000, description="Null: a place nobody came for is not released."
    )


class NumbersGiven(Given):
    """Numbers to change. What is left out stays as it is in force at that place now; `classRules` and `travelTimes`
    are given whole."""

    opens_before_start_minutes: int | None = WHOLE
    closes_after_end_minutes: int | None = WHOLE
    may_walk_in: bool | None = None
    class_rules: list[RuleGiven] | None = Field(default=None, max_length=200)
    no_show_delay_minutes: int | None = WHOLE
    no_show_takes_punch: bool | None = None
    no_show_takes_places: bool | None = None
    counts_strikes: bool | None = None
    enforcement: Enforcement | None = None
    grace_absences: int | None = WHOLE
    grace_days: int | None = WHOLE
    strikes: int | None = WHOLE
    strike_days: int | None = WHOLE
    is_first_free: bool | None = None
    suspension_days: int | None = WHOLE
    lifted_after_attended: int | None = WHOLE
    free_cancel_before_start_minutes: int | None = WHOLE
    no_show_waits_at_most_minutes: int | None = WHOLE
    contest_days: int | None = WHOLE
    offline: OfflineGiven | None = None
    waiting: WaitingGiven | None = None
    silent_kiosk_minutes: int | None = WHOLE
    silent_kiosk_at_rest_minutes: int | None = WHOLE
    travel_minutes: int | None = WHOLE
    travel_times: list[TravelGiven] | None = Field(default=None, max_length=200)
    phone_link_days: int | None = WHOLE
    finding: Finding | None = None


class VersionWanted(Given):
    """Without `venueId` for the whole organization; without `startsOn` from now on, else from that day's midnight."""

    numbers: NumbersGiven
    venue_id: str | None = Field(default=None, min_length=1, max_length=80)
    starts_on: date | None = None
    because: str = Field(default="", max_length=255)


class DryRunWanted(Given):
    """The numbers as a version would have them. `days`: how far back."""

    numbers: NumbersGiven
    venue_id: str | None = Field(default=None, min_length=1, max_length=80)
    days: int = Field(default=90, ge=1, le=366)


class VersionTold(Told):
    version: int
    venue_id: str | None = Field(description="Null: for the whole organization.")
    starts_at: datetime
    made_at: datetime
    by_name: str = Field(description="Empty: a program, or the house itself.")
    because: str
    is_in_force: bool
    numbers: dict[str, Any] = Field(description="As `numbers` are given, all of them.")


class PolicyVersionsTold(Told):
    versions: list[VersionTold]


class InForceTold(Told):
    """`rule` is what the class type asked about makes of the numbers."""

    version: int = Field(description="0: the defaults, since no version has begun.")
    numbers: dict[str, Any]
    rule: dict[str, Any] | None


class MadeTold(Told):
    version: int
    numbers: dict[str, Any]


class PlaceConcernedTold(Told):
    reservation_id: str
    session_id: str
    title: str
    starts_at: datetime


class SuspendedTold(Told):
    starts_at: datetime
    ends_at: datetime
    strikes: list[PlaceConcernedTold] = Field(description="The places missed that made it; empty for a real one.")


class RehearsedPenaltiesTold(Told):
    missed: list[PlaceConcernedTold]
    counted: list[PlaceConcernedTold] = Field(description="Those among `missed` that are strikes.")
    punches: list[PlaceConcernedTold] = Field(description="Those among `missed` that took a punch.")
    places: list[PlaceConcernedTold] = Field(description="Places ahead that were taken away.")
    suspensions: list[SuspendedTold]


class MemberRehearsedTold(Told):
    member_id: str
    number: str
    name: str
    would: RehearsedPenaltiesTold
    really: RehearsedPenaltiesTold


class DryRunTold(Told):
    since: datetime
    until: datetime
    would_suspend: int = Field(description="How many members the numbers would have suspended.")
    really_suspended: int
    members: list[MemberRehearsedTold]


def with_numbers(policy: Policy, given: NumbersGiven) -> Policy:
    """The policy with what was given."""
    changes = _changes(given)
    if given.class_rules is not None:
        changes["class_rules"] = tuple(ClassRule(**_changes(rule)) for rule in given.class_rules)
    if given.travel_times is not None:
        changes["travel_times"] = tuple(TravelTime(**_changes(one)) for one in given.travel_times)
    if given.offline is not None:
        changes["offline"] = replace(policy.offline, **_changes(given.offline))
    if given.waiting is not None:
        waiting = _changes(given.waiting)
        if "released_after_start_minutes" in given.waiting.model_fields_set:
            waiting.setdefault("released_after_start", None)
        changes["waiting"] = replace(policy.waiting, **waiting)
    return replace(policy, **changes)


def numbers_of(value: Policy | ClassRule | OfflineLimits | WaitingLimits | TravelTime) -> dict[str, Any]:
    """Every number as JSON, under the names in which they are given."""
    here = {name: (named, unit) for named, (name, unit) in LENGTHS.items()}
    told: dict[str, Any] = {}
    for one in fields(value):
        if one.name in ("version", "grace_from_at"):
            continue
        held = getattr(value, one.name)
        named, unit = here.get(one.name, (one.name, None))
        told[_camel(named)] = _plain(held if unit is None or held is None else held / unit)
    return told


def _plain(held: Any) -> Any:
    if isinstance(held, tuple):
        return [numbers_of(one) for one in held]
    if isinstance(held, OfflineLimits | WaitingLimits):
        return numbers_of(held)
    return int(held) if isinstance(held, float) and held.is_integer() else held


def _changes(given: Given) -> dict[str, Any]:
    """What was given and is not a group, under `core.policy`'s names."""
    changes: dict[str, Any] = {}
    for name in given.model_fields_set:
        held = getattr(given, name)
        if held is None or isinstance(held, list | Given):
            continue
        named, unit = LENGTHS.get(name, (name, None))
        changes[named] = held if unit is None else held * unit
    return changes


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
