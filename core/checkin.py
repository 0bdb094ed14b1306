"""The decision at the door: `decide(facts, policy, at)`. It exists once; kiosk and server both call it.

It reads no clock and no database, and says nothing to anybody: it turns what is known into a `Decision`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from core import clocktime
from core.decisions import Admitted, Choose, Decision, Refused
from core.facts import Facts, Source
from core.model import CardState, CheckIn, Method, Override, Pass, PassType, Reservation, ReservationStatus, Session
from core.paying import Unpaid, needs_no_pass, pass_that_pays
from core.policy import Policy
from core.refusals import RefusalReason as R
from core.visits import visit_key

_STILL_TO_COME = frozenset({ReservationStatus.PENDING, ReservationStatus.NO_SHOW})
"""A no-show whose window is still open may come after all; the server then undoes what the night did."""


def decide(facts: Facts, policy: Policy, at: datetime) -> Decision:
    """Who they are, then which session, then what pays: the order in which a person would be told.

    Sources: flexible-class-reservations (windows, passes, courses); protocol, "Offline policy" (a kiosk alone).
    """
    for rule in RULES_ABOUT_THE_PERSON:
        refused = rule(facts, policy, at)
        if refused and not facts.override_of(refused.reason, None, at):
            return refused
    if facts.member_id is None:
        return Refused(reason=R.CARD_UNKNOWN)
    return _choose_a_session(_Places(facts, policy, at))


def known_card(facts: Facts, policy: Policy, at: datetime) -> Refused | None:
    match facts.card:
        case CardState.ACTIVE:
            return None
        case CardState.REPLACED:
            return Refused(reason=R.CARD_REPLACED)
        case CardState.REVOKED:
            return Refused(reason=R.CARD_REVOKED)
        case CardState.EXPIRED:
            return Refused(reason=R.CARD_EXPIRED)
        case CardState.CODE_OLD:
            return Refused(reason=R.PHONE_CODE_OLD)
        case CardState.CODE_UNSURE:
            return Refused(reason=R.CLOCK_UNSURE)
    if facts.knowledge.source is Source.SERVER:
        return Refused(reason=R.CARD_UNKNOWN)
    if not facts.knowledge.has_member_list:
        return Refused(reason=R.NO_MEMBER_LIST)
    return Refused(reason=R.CARD_NOT_ON_THIS_KIOSK)


def belongs_here(facts: Facts, policy: Policy, at: datetime) -> Refused | None:
    return None if facts.is_member_active else Refused(reason=R.MEMBER_INACTIVE)


def not_suspended(facts: Facts, policy: Policy, at: datetime) -> Refused | None:
    ends = [suspension.ends_at for suspension in facts.suspensions if suspension.covers(at)]
    return Refused(reason=R.SUSPENDED, until=max(ends)) if ends else None


def member_list_is_fresh_enough(facts: Facts, policy: Policy, at: datetime) -> Refused | None:
    """For a reservation. Walk-ins have a stricter limit, see `_Places.against_deciding_alone`."""
    known = facts.knowledge
    if known.source is Source.SERVER:
        return None
    if known.synced_at is None or at - known.synced_at > policy.offline.reservation_list_age:
        return Refused(reason=R.MEMBER_LIST_TOO_OLD)
    return None


RULES_ABOUT_THE_PERSON: tuple[Callable[[Facts, Policy, datetime], Refused | None], ...] = (
    known_card,
    belongs_here,
    not_suspended,
    member_list_is_fresh_enough,
)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A session the person could be checked in to, with what pays and which overrides made it possible."""

    session: Session
    reservation: Reservation | None
    paid_by: Pass | None
    lifted_by: tuple[str, ...] = ()


def _choose_a_session(places: "_Places") -> Decision:
    """Reserved sessions before walk-ins; a visit already begun before either, unless another session was tapped.

    Whoever missed a place in the morning may still walk in in the evening; any other obstacle to a place is told.
    """
    reserved, nearly = _sort(places.reserved())
    going_on = places.visits_going_on()
    if going_on:
        others = tuple(fit.session for fit in reserved)
        return places.admitted_again(going_on[0], also=others)
    if reserved:
        return _one_of(places, reserved)
    too_early = [refused for refused in nearly if refused.reason is R.TOO_EARLY]
    if too_early and not places.facts.chosen_session_id:
        return min(too_early, key=lambda refused: refused.until or places.at)
    walk_ins, not_quite = _sort(places.walk_ins())
    if earlier := places.visits_with_window_open():
        return places.admitted_again(earlier[0], also=tuple(fit.session for fit in walk_ins))
    if in_the_way := [refused for refused in nearly if refused.reason is not R.TOO_LATE]:
        return in_the_way[-1]
    if elsewhere := places.reserved_elsewhere():
        return Refused(reason=R.OTHER_VENUE, session=elsewhere)
    if walk_ins:
        return _one_of(places, walk_ins)
    return nearly[-1] if nearly else _nearest_to_yes(not_quite)


def _is_late(session: Session, came_at: datetime) -> bool:
    """After the start; open studio has hours, not a beginning to miss."""
    return not session.is_open_studio and came_at > session.starts_at


def _one_of(places: "_Places", fits: list[_Fit]) -> Decision:
    if len(fits) == 1:
        return places.admitted(fits[0])
    return Choose(sessions=tuple(sorted((fit.session for fit in fits), key=lambda s: (s.starts_at, s.title, s.id))))


def _nearest_to_yes(refusals: list[Refused]) -> Refused:
    """What stands in the way of a session that is on now, before what is on later, before nothing at all."""
    now = [refused for refused in refusals if refused.reason not in (R.TOO_EARLY, R.TOO_LATE)]
    if now:
        # What this pass was never for says least to the person: anything else comes first.
        return next((refused for refused in now if refused.reason is not R.PASS_NOT_FOR_THIS), now[0])
    later = [refused for refused in refusals if refused.reason is R.TOO_EARLY and refused.until]
    if later:
        return min(later, key=lambda refused: (refused.until, refused.session and refused.session.id))
    return Refused(reason=R.NO_SESSION_TODAY)


def _sort(outcomes: list[_Fit | Refused]) -> tuple[list[_Fit], list[Refused]]:
    fits = [outcome for outcome in outcomes if isinstance(outcome, _Fit)]
    return fits, [outcome for outcome in outcomes if isinstance(outcome, Refused)]


class _Places:
    """The day's sessions as this person may use them at this moment."""

    def __init__(self, facts: Facts, policy: Policy, at: datetime) -> None:
        self.facts = facts
        self.policy = policy
        self.at = at
        self.today = clocktime.local_day(at, clocktime.zone_named(facts.zone))
        self._visited = {check_in.session_id for check_in in facts.check_ins}
        self._paid = {check_in.visit_key for check_in in facts.check_ins}

    def reserved(self) -> list[_Fit | Refused]:
        """A fit or a refusal for each place reserved here that matters today, in the order of the day."""
        return [
            self._try(session, reservation, self.against_coming_on(reservation, session))
            for session, reservation in self._reservations()
            if session.venue_id == self.facts.venue_id and session.id not in self._visited
        ]

    def walk_ins(self) -> list[_Fit | Refused]:
        """A fit or a refusal for each session here that is not over and not reserved."""
        mine = {reservation.session_id for _, reservation in self._reservations()}
        return [
            self._try(session, None, self.against_walking_in(session))
            for session in self._in_order(self.facts.sessions)
            if session.venue_id == self.facts.venue_id
            and session.id not in mine
            and session.id not in self._visited
            and self._key(session, None) not in self._paid
            and not self._is_over(session)
        ]

    def reserved_elsewhere(self) -> Session | None:
        for session, _ in self._reservations():
            if session.venue_id != self.facts.venue_id and self.policy.window(session, Method.SELF).is_open(self.at):
                return session
        return None

    def visits_going_on(self) -> list[CheckIn]:
        """Visits whose session is not over, or the one tapped."""
        return self._visits(lambda visit: self.at < visit.session_ends_at)

    def visits_with_window_open(self) -> list[CheckIn]:
        """Visits whose window is open, and today's visit to open studio while any of it is on."""
        on_now = {self._key(session, None) for session in self._open_studios_on_now()}
        return self._visits(lambda visit: self._window_open_of(visit.session_id) or visit.visit_key in on_now)

    def against_using_a_place(self, session: Session) -> Iterator[Refused]:
        """All that stands against it, so that an override of one thing never lifts another."""
        if session.is_cancelled:
            yield Refused(reason=R.SESSION_CANCELLED, session=session)
        yield from self._against_now(session)

    def against_coming_on(self, reservation: Reservation, session: Session) -> Iterator[Refused]:
        """A place that was let go of is no longer kept: then there must be room, as for anybody else."""
        yield from self.against_using_a_place(session)
        if reservation.is_released and not session.has_free_place:
            yield Refused(reason=R.SESSION_FULL, session=session)

    def against_walking_in(self, session: Session) -> Iterator[Refused]:
        yield from self.against_using_a_place(session)
        if not self.policy.may_walk_into(session):
            yield Refused(reason=R.NO_RESERVATION, session=session)
        if not session.has_free_place:
            yield Refused(reason=R.SESSION_FULL, session=session)
        yield from self.against_deciding_alone(session)

    def admitted(self, fit: _Fit) -> Admitted:
        key = self._key(fit.session, fit.reservation)
        takes_punch = fit.paid_by is not None and fit.paid_by.type is PassType.PUNCH_PASS
        left = fit.paid_by.punches_left if fit.paid_by and takes_punch else None
        return Admitted(
            visit_key=key,
            member_id=self.facts.member_id or "",
            session=fit.session,
            pass_id=fit.paid_by.id if fit.paid_by else None,
            pass_title=fit.paid_by.title if fit.paid_by else "",
            reservation_id=fit.reservation.id if fit.reservation else None,
            takes_punch=takes_punch,
            punches_before=left,
            punches_after=None if left is None else left - 1,
            punches_included=fit.paid_by.punches_included if fit.paid_by and takes_punch else None,
            is_late=_is_late(fit.session, self.at),
            lifted_by=fit.lifted_by,
        )

    def admitted_again(self, visit: CheckIn, also: tuple[Session, ...]) -> Decision:
        """The same visit: nothing is taken, and the member is told since when they are in."""
        session = self.facts.session(visit.session_id)
        if session is None:
            return Refused(reason=R.NO_SESSION_TODAY)
        paid_by = next((p for p in self.facts.passes if p.id == visit.pass_id), None)
        return Admitted(
            visit_key=visit.visit_key,
            member_id=self.facts.member_id or "",
            session=session,
            pass_id=visit.pass_id,
            pass_title=paid_by.title if paid_by else "",
            reservation_id=visit.reservation_id,
            again_since=visit.checked_in_at,
            is_late=_is_late(session, visit.checked_in_at),
            also=also,
        )

    def _try(self, session: Session, reservation: Reservation | None, obstacles: Iterator[Refused]) -> _Fit | Refused:
        """Whether this session can be checked in to, counting what staff lifted."""
        lifted: list[Override] = []
        for refused in obstacles:
            override = self.facts.override_of(refused.reason, session.id, self.at)
            if override is None:
                return refused
            lifted.append(override)
        if needs_no_pass(self.facts, session):
            return _Fit(session, reservation, None, tuple(o.id for o in lifted))
        pays = pass_that_pays(self.facts, session, reservation)
        if isinstance(pays, Unpaid):
            override = self.facts.override_of(pays.reason, session.id, self.at)
            if override is None:
                return Refused(reason=pays.reason, until=pays.until, session=session)
            return _Fit(session, reservation, pays.nearest, tuple(o.id for o in (*lifted, override)))
        return _Fit(session, reservation, pays, tuple(o.id for o in lifted))

    def _against_now(self, session: Session) -> Iterator[Refused]:
        window = self.policy.window(session, self.facts.by)
        if self.at < window.opens_at:
            yield Refused(reason=R.TOO_EARLY, until=window.opens_at, session=session)
        if self.at >= window.closes_at:
            yield Refused(reason=R.TOO_LATE, session=session)

    def against_deciding_alone(self, session: Session) -> Iterator[Refused]:
        """What a kiosk without the server may not answer for. Source: protocol, "Offline policy", 1, 5 and 6."""
        known, limits = self.facts.knowledge, self.policy.offline
        if known.source is Source.SERVER:
            return
        if not known.is_clock_sure:
            yield Refused(reason=R.CLOCK_UNSURE, session=session)
        if known.synced_at is None or self.at - known.synced_at > limits.walk_in_list_age:
            yield Refused(reason=R.MEMBER_LIST_TOO_OLD, session=session)
        if needs_no_pass(self.facts, session):
            return
        pays = pass_that_pays(self.facts, session, None)
        if isinstance(pays, Pass) and pays.type is PassType.PUNCH_PASS and known.kiosks_at_venue > 1:
            if known.passes_walked_in_on_today.count(pays.id) >= limits.walk_ins_per_pass_a_day:
                yield Refused(reason=R.OFFLINE_WALK_IN_LIMIT, session=session)

    def _reservations(self) -> list[tuple[Session, Reservation]]:
        """Places reserved that matter today: on the local day, or with the window open over midnight."""
        found = []
        for reservation in self.facts.reservations:
            session = self.facts.session(reservation.session_id)
            if session is None or reservation.status not in _STILL_TO_COME or not self._is_meant(session.id):
                continue
            window = self.policy.window(session, self.facts.by)
            zone = clocktime.zone_named(session.zone)
            if clocktime.local_day(session.starts_at, zone) == self.today or window.is_open(self.at):
                found.append((session, reservation))
        return sorted(found, key=lambda pair: (pair[0].starts_at, pair[0].id))

    def _in_order(self, sessions: tuple[Session, ...]) -> list[Session]:
        meant = (session for session in sessions if self._is_meant(session.id))
        return sorted(meant, key=lambda session: (session.starts_at, session.id))

    def _visits(self, counts: Callable[[CheckIn], bool]) -> list[CheckIn]:
        """Those here that count, or the one that is meant by the session tapped; latest first."""
        here = [visit for visit in self.facts.check_ins if self._is_here(visit)]
        found = [visit for visit in here if (self._is_tapped(visit) if self.facts.chosen_session_id else counts(visit))]
        return sorted(found, key=lambda visit: (visit.checked_in_at, visit.visit_key), reverse=True)

    def _is_here(self, visit: CheckIn) -> bool:
        session = self.facts.session(visit.session_id)
        return session is None or session.venue_id == self.facts.venue_id

    def _is_tapped(self, visit: CheckIn) -> bool:
        """The visit's own session was tapped, or open studio again on the day it is paid for."""
        tapped = self.facts.session(self.facts.chosen_session_id or "")
        is_same = visit.session_id == self.facts.chosen_session_id
        return is_same or (tapped is not None and self._key(tapped, None) == visit.visit_key)

    def _open_studios_on_now(self) -> list[Session]:
        return [
            session
            for session in self.facts.sessions
            if session.is_open_studio
            and session.venue_id == self.facts.venue_id
            and not session.is_cancelled
            and not self._is_over(session)
            and self.policy.window(session, self.facts.by).is_open(self.at)
        ]

    def _is_meant(self, session_id: str) -> bool:
        return self.facts.chosen_session_id in (None, session_id)

    def _is_over(self, session: Session) -> bool:
        """Nobody walks in to a session that is over; staff may, for the rest of its day."""
        return self.facts.by is not Method.STAFF and self.at >= session.ends_at

    def _window_open_of(self, session_id: str) -> bool:
        session = self.facts.session(session_id)
        return session is not None and self.policy.window(session, Method.SELF).is_open(self.at)

    def _key(self, session: Session, reservation: Reservation | None) -> str:
        reservation_id = reservation.id if reservation else None
        return visit_key(
            member_id=self.facts.member_id or "", session=session, reservation_id=reservation_id, at=self.at
        )
