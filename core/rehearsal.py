"""A rehearsal of nights: what they would have made of what people really did, had other numbers been in force.

The rules are those of `core.attendance`, night after night; only the rows are missing. What people did stays as it was:
who reserved, gave up and came, though a suspension might have kept them from it. Each thing is known from when it
happened, so nobody is punished for what was undone later. At the beginning nobody has missed anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.attendance import (
    Absence,
    Missed,
    PlaceAhead,
    SuspensionDue,
    Verdict,
    Versions,
    cost,
    due_at,
    is_made_good,
    places_lost,
    suspension_due,
    verdict,
)
from core.model import PassType, ReservationStatus
from core.nights import NightStep
from core.policy import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A place as it turned out: until when it was kept, and whether the member came.

    `given_up_at`: by the member, staff, or a penalty of then, of which nobody knows whether they would have come.
    `is_excused`: by staff's word. `is_out_of_order`: a kiosk could not serve, by the numbers rehearsed.
    """

    reservation_id: str
    member_id: str
    pass_id: str
    pass_type: PassType
    absence_grace: timedelta
    session_id: str
    venue_id: str
    class_type_id: str
    costs_nothing: bool
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    given_up_at: datetime | None = None
    came_at: datetime | None = None
    is_excused: bool = False
    is_out_of_order: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Came:
    """Somebody came in, with a reservation or without."""

    member_id: str
    session_id: str
    at: datetime
    session_ends_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Night:
    """One step of a venue's night. `told_until`: how far its kiosks had told by then; None: there was no kiosk."""

    venue_id: str
    step: NightStep
    as_of: datetime
    told_until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """All that happened. `policies`: by venue, what is rehearsed there; no two of them with one number."""

    places: tuple[Kept, ...]
    visits: tuple[Came, ...]
    nights: tuple[Night, ...]
    policies: Mapping[str, Policy]
    chunk: int
    """How many places the night judges at once: of two that one member missed the same night, which is the first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldMiss:
    """An absence. `is_certain` False: noted without a silent kiosk's word."""

    reservation_id: str
    member_id: str
    noted_at: datetime
    is_counted: bool
    is_certain: bool
    takes_punch: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldLose:
    """A place ahead that would have been taken away: by the absence of another place, or (None) by a suspension."""

    reservation_id: str
    member_id: str
    lost_at: datetime
    missed_reservation_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldSuspend:
    """A suspension. `strikes`: the places missed that made it. `ends_at`: when it really would have ended."""

    member_id: str
    starts_at: datetime
    ends_at: datetime
    strikes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsed:
    """What the nights would have done, each in the order in which they would have."""

    missed: tuple[WouldMiss, ...] = ()
    lost: tuple[WouldLose, ...] = ()
    suspended: tuple[WouldSuspend, ...] = ()


def rehearse(known: Known) -> Rehearsed:
    """Every night in its order."""
    stage = _Stage(known)
    for night in known.nights:
        stage.play(night)
    return Rehearsed(missed=tuple(stage.missed), lost=tuple(stage.lost), suspended=tuple(stage.suspended))


@dataclass(frozen=True, slots=True)
class _Stage:
    """Where the rehearsal stands. What is in it grows; nothing outside it changes."""

    known: Known
    missed: list[WouldMiss] = field(default_factory=list)
    lost: list[WouldLose] = field(default_factory=list)
    suspended: list[WouldSuspend] = field(default_factory=list)
    over: set[str] = field(default_factory=set)
    """Places that are missed or lost."""
    absences: dict[str, list[Absence]] = field(default_factory=lambda: defaultdict(list))
    before: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    of_member: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, Kept] = field(default_factory=dict)
    visits: dict[str, list[Came]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for place in sorted(self.known.places, key=lambda one: one.reservation_id):
            self.by_id[place.reservation_id] = place
            self.of_member[place.member_id].append(place)
            if place.came_at is None:
                self.waiting[place.venue_id].append(place)
        for came in self.known.visits:
            self.visits[came.member_id].append(came)

    @property
    def versions(self) -> Versions:
        return Versions(otherwise=Policy(), known={one.version: one for one in self.known.policies.values()})

    def play(self, night: Night) -> None:
        match night.step:
            case NightStep.NO_SHOWS:
                self._judge(night)
            case NightStep.AUTO_CANCEL:
                self._take_places(night)
            case NightStep.SUSPEND:
                self._suspend(night)
            case NightStep.LIFT:
                self._lift(night)

    def _judge(self, night: Night) -> None:
        policy = self.known.policies[night.venue_id]
        at_venue = self.waiting[night.venue_id]
        ended = [one for one in at_venue if one.ends_at <= night.as_of and self._is_kept(one, night.as_of)]
        for start in range(0, len(ended), self.known.chunk):
            chunk = sorted(ended[start : start + self.known.chunk], key=lambda one: (one.ends_at, one.reservation_id))
            found = {one.reservation_id: _found(one, policy, night) for one in chunk}
            for kind in (Verdict.NO_SHOW, Verdict.UNCONFIRMED):
                for one in (one for one in chunk if found[one.reservation_id] is kind):
                    self._note(one, kind, policy, night.as_of)
        # What ended is either over or given up now, or waits for a kiosk: nothing else need be looked at again.
        at_venue[:] = [one for one in at_venue if one.ends_at > night.as_of or self._is_kept(one, night.as_of)]

    def _note(self, place: Kept, found: Verdict, policy: Policy, as_of: datetime) -> None:
        before = self.before[place.member_id]
        price = cost(
            Missed(
                found=found,
                pass_type=place.pass_type,
                class_type_id=place.class_type_id,
                session_ends_at=place.ends_at,
                before=before,
                is_excused=place.is_out_of_order,
                costs_nothing=place.costs_nothing,
            ),
            policy,
        )
        is_excused = place.is_excused or place.is_out_of_order
        if found is Verdict.NO_SHOW and not is_excused:
            before.append(place.ends_at)
        self.over.add(place.reservation_id)
        self.missed.append(
            WouldMiss(
                reservation_id=place.reservation_id,
                member_id=place.member_id,
                noted_at=as_of,
                is_counted=price.is_counted and not is_excused,
                is_certain=found is Verdict.NO_SHOW,
                takes_punch=price.takes_punch and not is_excused,
            )
        )
        self.absences[place.member_id].append(
            Absence(
                no_show_id=f"{len(self.missed):012}",
                reservation_id=place.reservation_id,
                pass_id=place.pass_id,
                session_ends_at=place.ends_at,
                noted_at=as_of,
                is_counted=price.is_counted,
                is_confirmed=found is Verdict.NO_SHOW,
                is_excused=is_excused,
                policy_version=policy.version,
            )
        )

    def _take_places(self, night: Night) -> None:
        """As the night does it: pass by pass, for an absence at this venue; those at others count with it."""
        for member_id in sorted(self.absences):
            here = (one for one in self.absences[member_id] if one.has_consequences and self._is_at(one, night))
            for pass_id in sorted({one.pass_id for one in here}):
                kept = [one for one in self.of_member[member_id] if one.pass_id == pass_id]
                ahead = [_as_ahead(one) for one in kept if self._is_kept(one, night.as_of)]
                if not ahead:
                    continue
                for loss in places_lost(
                    self.absences[member_id], ahead, kept[0].absence_grace, night.as_of, self.versions
                ):
                    missed = next(a for a in self.absences[member_id] if a.no_show_id == loss.no_show_id)
                    self._lose(loss.reservation_id, night.as_of, missed.reservation_id)

    def _suspend(self, night: Night) -> None:
        versions = self.versions
        since = night.as_of - versions.longest_strike_span
        for member_id in sorted(self.absences):
            absences = self.absences[member_id]
            may_strike = (one for one in absences if one.is_counted and not one.is_excused)
            if not any(one.session_ends_at > since and self._is_at(one, night) for one in may_strike):
                continue
            due = suspension_due(absences, self._answered_at(member_id), versions, night.as_of)
            if due is not None:
                self._begin(member_id, due, night.as_of)

    def _begin(self, member_id: str, due: SuspensionDue, as_of: datetime) -> None:
        missed = {one.no_show_id: one.reservation_id for one in self.absences[member_id]}
        self.suspended.append(
            WouldSuspend(
                member_id=member_id,
                starts_at=due.starts_at,
                ends_at=due.ends_at,
                strikes=tuple(missed[strike] for strike in due.strikes),
            )
        )
        for place in self.of_member[member_id]:
            if due.starts_at <= place.starts_at < due.ends_at and self._is_kept(place, as_of):
                self._lose(place.reservation_id, as_of, None)

    def _lift(self, night: Night) -> None:
        """Those that are over by time end by themselves; these end early."""
        for place, one in enumerate(self.suspended):
            if not one.starts_at <= night.as_of < one.ends_at:
                continue
            policy = self.known.policies[self.by_id[one.strikes[-1]].venue_id]
            attended = {
                came.session_id
                for came in self.visits[one.member_id]
                if one.starts_at <= came.at and came.session_ends_at <= night.as_of
            }
            if is_made_good(len(attended), policy):
                self.suspended[place] = replace(one, ends_at=night.as_of)

    def _lose(self, reservation_id: str, at: datetime, missed: str | None) -> None:
        self.over.add(reservation_id)
        self.lost.append(
            WouldLose(
                reservation_id=reservation_id,
                member_id=self.by_id[reservation_id].member_id,
                lost_at=at,
                missed_reservation_id=missed,
            )
        )

    def _is_kept(self, place: Kept, at: datetime) -> bool:
        """Reserved by then, and neither given up nor come to, missed or lost."""
        is_gone = place.given_up_at is not None and place.given_up_at <= at
        has_come = place.came_at is not None and place.came_at <= at
        return place.made_at <= at and not is_gone and not has_come and place.reservation_id not in self.over

    def _is_at(self, absence: Absence, night: Night) -> bool:
        return self.by_id[absence.reservation_id].venue_id == night.venue_id

    def _answered_at(self, member_id: str) -> datetime | None:
        return next((one.starts_at for one in reversed(self.suspended) if one.member_id == member_id), None)


def in_order(nights: Iterable[Night]) -> tuple[Night, ...]:
    """As the scheduler of a house with several venues does them: by their moments, and at one moment venue by venue."""
    steps = {step: place for place, step in enumerate(NightStep)}
    return tuple(sorted(nights, key=lambda night: (night.as_of, night.venue_id, steps[night.step])))


def _found(place: Kept, policy: Policy, night: Night) -> Verdict:
    has_told = night.told_until is None or night.told_until >= due_at(place.ends_at, policy)
    return verdict(place.ends_at, policy, night.as_of, every_kiosk_told=has_told)


def _as_ahead(place: Kept) -> PlaceAhead:
    return PlaceAhead(
        reservation_id=place.reservation_id,
        pass_id=place.pass_id,
        status=ReservationStatus.PENDING,
        session_starts_at=place.starts_at,
        made_at=place.made_at,
    )
