"""What the night makes of the day: who attended, who did not come, what that costs, and when it is forgotten.

Judgements only: they are handed what is known and an `as_of`, and change nothing. Judging twice gives the same.
Source: flexible-class-reservations, phase 3; protocol, "The night waits for the door".
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.model import PassType, ReservationStatus, Suspension
from core.policy import Enforcement, Policy


class Verdict(StrEnum):
    """What may be said of somebody who has not been seen: not yet anything, missed it, or missed it as far as known."""

    WAIT = "WAIT"
    NO_SHOW = "NO_SHOW"
    UNCONFIRMED = "UNCONFIRMED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What one absence costs. `is_counted`: it is a strike, and takes the places reserved ahead with it."""

    is_counted: bool
    takes_punch: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """A place that nobody came for, as far as it bears on what that costs.

    `before`: when the sessions ended that the member missed before this one, without those that were excused, reversed
    or not certain. `is_excused`: a kiosk was out of order. `costs_nothing`: nobody pays to come to that session, so
    nobody pays a punch for missing it.
    """

    found: Verdict
    pass_type: PassType
    class_type_id: str
    session_ends_at: datetime
    before: Collection[datetime] = ()
    is_excused: bool = False
    costs_nothing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """A no-show as the later nights see it. Leave out those that were reversed.

    `is_counted` as `cost` said when it was noted; `is_confirmed` False for those noted without a silent kiosk's word;
    `is_excused` where an amnesty or staff took the consequences away. `policy_version`: the version that it was judged
    by; None for one that was noted before versions were written down.
    """

    no_show_id: str
    reservation_id: str
    pass_id: str
    session_ends_at: datetime
    noted_at: datetime
    is_counted: bool = True
    is_confirmed: bool = True
    is_excused: bool = False
    policy_version: int | None = None

    @property
    def has_consequences(self) -> bool:
        return self.is_counted and self.is_confirmed and not self.is_excused


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceAhead:
    """A reservation in the future, as far as an absence may take it away."""

    reservation_id: str
    pass_id: str
    status: ReservationStatus
    session_starts_at: datetime
    made_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A place that an absence takes away."""

    reservation_id: str
    no_show_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspensionDue:
    """A suspension to be made. `no_show_id` is the strike that filled the measure; `strikes` are all that did.

    `policy` is the version of that strike, by whose numbers it is made.
    """

    starts_at: datetime
    ends_at: datetime
    no_show_id: str
    strikes: tuple[str, ...]
    policy: Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Versions:
    """The versions that absences were judged by. `otherwise` holds for absences of no version, or of one not known."""

    otherwise: Policy
    known: Mapping[int, Policy] = field(default_factory=dict)

    def of(self, version: int | None) -> Policy:
        return self.otherwise if version is None else self.known.get(version, self.otherwise)

    @property
    def longest_strike_span(self) -> timedelta:
        """No absence further back than this counts by any of them."""
        return max(policy.strike_span for policy in (self.otherwise, *self.known.values()))


def due_at(session_ends_at: datetime, policy: Policy) -> datetime:
    """From when the night may judge a session; also the moment before which every kiosk must have told everything.

    Not while somebody may still check in: a welcome in the last minute of the window would come after the judgement.
    """
    return session_ends_at + max(policy.no_show_delay, policy.longest_after_end)


def is_due(session_ends_at: datetime, policy: Policy, as_of: datetime) -> bool:
    return as_of >= due_at(session_ends_at, policy)


def verdict(session_ends_at: datetime, policy: Policy, as_of: datetime, *, every_kiosk_told: bool) -> Verdict:
    """For a reservation still PENDING. `every_kiosk_told`: the barrier of its venue holds for `due_at`.

    A silent kiosk may hold a welcome: it is waited for, but not for ever.
    """
    if not is_due(session_ends_at, policy, as_of):
        return Verdict.WAIT
    if every_kiosk_told:
        return Verdict.NO_SHOW
    if as_of >= due_at(session_ends_at, policy) + policy.no_show_waits_at_most:
        return Verdict.UNCONFIRMED
    return Verdict.WAIT


def has_attended(status: ReservationStatus, session_ends_at: datetime, as_of: datetime) -> bool:
    """Whoever was checked in has attended once the session is over."""
    return status is ReservationStatus.CHECKED_IN and as_of >= session_ends_at


def is_absent(status: ReservationStatus) -> bool:
    """Only a place that was kept and not come to can be missed."""
    return status is ReservationStatus.PENDING


def only_warns(policy: Policy, session_ends_at: datetime, before: Collection[datetime]) -> bool:
    """Whether an absence is noted and told, and takes nothing. `before`: see `Missed`."""
    if policy.enforcement is not Enforcement.GRACE:
        return policy.enforcement is Enforcement.SOFT
    began_at = policy.grace_from_at
    if began_at is None:
        return len(before) < policy.grace_absences
    since = sum(ended_at >= began_at for ended_at in before)
    return session_ends_at < began_at + policy.grace_span or since < policy.grace_absences


def cost(missed: Missed, policy: Policy) -> Cost:
    """What an absence costs by the version that its place was reserved under.

    What is not certain, excused, only a warning, or a first time that the studio lets pass, costs nothing at all.
    """
    rule = policy.rule_for(missed.class_type_id)
    is_free = (
        missed.found is not Verdict.NO_SHOW
        or missed.is_excused
        or (policy.is_first_free and not missed.before)
        or only_warns(policy, missed.session_ends_at, missed.before)
    )
    is_punched = missed.pass_type is PassType.PUNCH_PASS and not missed.costs_nothing
    return Cost(
        is_counted=not is_free and bool(rule.counts_strikes),
        takes_punch=not is_free and bool(rule.no_show_takes_punch) and is_punched,
    )


def lets_go_of_late_cancel(
    session_ends_at: datetime, policy: Policy, as_of: datetime, *, every_kiosk_told: bool
) -> bool:
    """When the hold of a place cancelled late is given back: as soon as nobody can have come on it any more."""
    return verdict(session_ends_at, policy, as_of, every_kiosk_told=every_kiosk_told) is not Verdict.WAIT


def places_lost(
    absences: Iterable[Absence],
    ahead: Iterable[PlaceAhead],
    absence_grace: timedelta,
    as_of: datetime,
    versions: Versions,
) -> tuple[Lost, ...]:
    """The places ahead on one pass that its absences take away, once the pass's `absence_grace` has run out.

    Whether an absence takes any is said by the version that it was judged by. A place reserved after the grace is a new
    beginning and stays. Each is lost to the earliest absence that takes it.
    """
    taking = (a for a in absences if a.has_consequences and versions.of(a.policy_version).no_show_takes_places)
    counted = sorted(taking, key=_in_order)
    lost = []
    for place in ahead:
        if place.status is not ReservationStatus.PENDING or place.session_starts_at <= as_of:
            continue
        for absence in counted:
            has_run_out = absence.session_ends_at + absence_grace <= as_of
            is_before = absence.session_ends_at > takes_after(place.made_at, absence_grace)
            if absence.pass_id == place.pass_id and has_run_out and is_before:
                lost.append(Lost(reservation_id=place.reservation_id, no_show_id=absence.no_show_id))
                break
    return tuple(lost)


def takes_after(made_at: datetime, absence_grace: timedelta) -> datetime:
    """An absence from a session that ended until then takes no place made at `made_at`: its grace had run out."""
    return made_at - absence_grace


def suspension_due(
    absences: Iterable[Absence], answered_at: datetime | None, versions: Versions, as_of: datetime
) -> SuspensionDue | None:
    """The suspension a member's absences call for. Strikes are those of the last `strike_span`, by the session's end.

    How many make the measure, within which span and for how long, is said by the version of the strike that fills it:
    the latest that finds enough before it. `answered_at`: when the last suspension for no-shows that still has its
    ground was made; what was noted until then has been answered and does not count again.
    """
    counted = sorted(
        (
            absence
            for absence in absences
            if absence.has_consequences
            and absence.session_ends_at <= as_of
            and (answered_at is None or absence.noted_at > answered_at)
        ),
        key=_in_order,
    )
    for place in range(len(counted), 0, -1):
        policy = versions.of(counted[place - 1].policy_version)
        strikes = [one for one in counted[:place] if one.session_ends_at > as_of - policy.strike_span]
        if 0 < policy.strikes <= len(strikes):
            return SuspensionDue(
                starts_at=as_of,
                ends_at=as_of + policy.suspension_length,
                no_show_id=strikes[-1].no_show_id,
                strikes=tuple(strike.no_show_id for strike in strikes),
                policy=policy,
            )
    return None


def is_served(suspension: Suspension, as_of: datetime) -> bool:
    """It is over and nobody has written that down yet."""
    return suspension.lifted_at is None and as_of >= suspension.ends_at


def is_made_good(attended: int, policy: Policy) -> bool:
    """Whether a suspension for absences ends early, by the version it was made by.

    `attended`: the sessions come to since it began that are over. A suspended member is let in by staff's word alone
    (an override, or staff at the door), so those are sessions that staff gave them and that they did not miss. What the
    suspension had taken stays with those who have it by now, as at its end by time; the member reserves anew.
    """
    return 0 < policy.lifted_after_attended <= attended


def _in_order(absence: Absence) -> tuple[datetime, str]:
    return absence.session_ends_at, absence.no_show_id
