"""Absences: reservations of sessions that are over and nobody came for, and what each costs; who came has attended.

In chunks of set-based statements, each a transaction, so that a large studio's night is short and can be interrupted.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from peewee import Expression

from core.attendance import Missed, Verdict, cost, due_at, is_due, lets_go_of_late_cancel, verdict
from core.features import Feature, Features
from core.model import ReservationStatus, Session
from core.policy import Enforcement
from server.services.door import history, ledger
from server.services.door.causes import Cause
from server.services.door.changes import touch_members
from server.services.door.features import features_of
from server.services.door.policies import versions_judging
from server.services.door.undoing import AMNESTY
from server.services.night.amnesty import excuse_late, excused_sessions
from server.services.night.barrier import told_until
from server.services.night.expected import Place, chunks, locked
from server.services.night.outages import KnownOutage, lock_venue
from server.services.night.work import NightWork, by_night
from server.store.database import reading, writing
from server.store.ids import new_ids
from server.store.many import among, insert_all
from server.store.tables import NoShowRow, ReservationRow, SessionRow

MISSED = by_night("nobody came")
UNCONFIRMED = by_night("nobody came as far as is known; a kiosk was silent")
CAME = by_night("the session is over")
GONE_BY = by_night("the session is over and nobody came on it")
TOOK_PLACE = SessionRow.cancelled_at.is_null()
PENDING = (ReservationRow.status == ReservationStatus.PENDING.value) & TOOK_PLACE
CHECKED_IN = (ReservationRow.status == ReservationStatus.CHECKED_IN.value) & TOOK_PLACE
CANCELLED_LATE = (ReservationRow.status == ReservationStatus.CANCELLED.value) & ReservationRow.has_hold
"""Also in a session that was cancelled after them: the punch must not stay set aside for ever."""
ABSENCE = (
    NoShowRow.id,
    NoShowRow.organization,
    NoShowRow.member,
    NoShowRow.session,
    NoShowRow.reservation,
    NoShowRow.is_counted,
    NoShowRow.took_punch,
    NoShowRow.amnesty_because,
    NoShowRow.policy_version,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoShowReport:
    """How many places were judged so. `waiting`: a kiosk has not told everything yet.

    `excused`: those judged on an earlier night, before it was known that a kiosk had been out of order.
    """

    excused: int = 0
    missed: int = 0
    unconfirmed: int = 0
    attended: int = 0
    waiting: int = 0
    holds_released: int = 0


@dataclass(frozen=True, slots=True)
class _Seen:
    """One chunk of pending places by what may be said of them."""

    missed: list[Place]
    unconfirmed: list[Place]
    waiting: int


def judge_absences(work: NightWork) -> NoShowReport:
    """Mark what is due. Where the studio has that switched off, nobody is judged, and only holds are given back.

    Sessions that ended while it was off are not judged afterwards either. Raises `NightInterrupted`.
    """
    excused = excuse_late(work)
    attended = _close_visits(work)
    with reading():
        features = features_of(work.organization_id, work.as_of)
    since = features.on_since.get(Feature.NO_SHOWS)
    judged = PENDING if since is None else PENDING & (SessionRow.ends_at >= since)
    missed = unconfirmed = waiting = 0
    for chunk in chunks(work, judged) if features.is_on(Feature.NO_SHOWS) else ():
        with writing():
            lock_venue(work.venue_id)
            seen = _judged(work, chunk)
            _note(work, seen.missed, Verdict.NO_SHOW)
            _note(work, seen.unconfirmed, Verdict.UNCONFIRMED)
        missed, unconfirmed = missed + len(seen.missed), unconfirmed + len(seen.unconfirmed)
        waiting += seen.waiting
        work.between_chunks(len(chunk))
    return NoShowReport(
        excused=excused,
        missed=missed,
        unconfirmed=unconfirmed,
        attended=attended,
        waiting=waiting,
        holds_released=_let_go(work, CANCELLED_LATE, ReservationStatus.CANCELLED) + _let_go_unjudged(work, features),
    )


def _close_visits(work: NightWork) -> int:
    """CHECKED_IN becomes ATTENDED once the session is over."""
    done = 0
    for chunk in chunks(work, CHECKED_IN):
        with writing():
            rows = locked(chunk, ReservationStatus.CHECKED_IN)
            history.move_many(rows, ReservationStatus.ATTENDED, work.as_of, CAME)
            touch_members(work.organization_id, [row.member_id for row in rows])
        done += len(rows)
        work.between_chunks(len(chunk))
    return done


def _judged(work: NightWork, ids: list[str]) -> _Seen:
    until = told_until(work.venue_id)
    rows = locked(ids, ReservationStatus.PENDING)
    sessions = {row.session_id: row.session for row in rows}
    said = {id_: _said_of(session, until, work) for id_, session in sessions.items()}
    late = {id_ for id_, session in sessions.items() if is_due(session.ends_at, work.policy, work.as_of)}
    found: dict[Verdict, list[Place]] = {kind: [] for kind in Verdict}
    for row in rows:
        found[said[row.session_id]].append(row)
    waiting = sum(row.session_id in late for row in found[Verdict.WAIT])
    return _Seen(found[Verdict.NO_SHOW], found[Verdict.UNCONFIRMED], waiting)


def _said_of(session: Session, until: datetime | None, work: NightWork) -> Verdict:
    """Of everybody who has a place there and was not seen."""
    has_told = _has_told(session, until, work)
    return verdict(session.ends_at, work.policy, work.as_of, every_kiosk_told=has_told)


def mark_by_hand(work: NightWork, reservation_id: str, cause: Cause) -> bool:
    """Staff say that nobody came on this place: it costs what the night would have made it cost.

    False: it is open no more. The caller holds the venue, and after it the member.
    """
    rows = locked([reservation_id], ReservationStatus.PENDING)
    _note(work, rows, Verdict.NO_SHOW, cause)
    return bool(rows)


def _note(work: NightWork, rows: list[Place], found: Verdict, cause: Cause | None = None) -> None:
    """Status, history, the absence and what it costs; the hold on a punch is given back."""
    if not rows:
        return
    is_unconfirmed = found is Verdict.UNCONFIRMED
    because = cause or (UNCONFIRMED if is_unconfirmed else MISSED)
    excused = excused_sessions(work, {row.session_id: row.session for row in rows}.values())
    costs = _costs(work, rows, found, excused)
    history.move_many(
        rows, ReservationStatus.NO_SHOW, work.as_of, because, has_hold=False, is_unconfirmed=is_unconfirmed
    )
    noted = list(zip(new_ids(work.as_of, len(rows)), rows, costs, strict=True))
    insert_all(
        NoShowRow,
        {NoShowRow.noted_at: work.as_of, NoShowRow.is_unconfirmed: is_unconfirmed},
        ABSENCE,
        [(id_, row.organization_id, row.member_id, row.session_id, row.id, *price) for id_, row, price in noted],
    )
    punches = {id_: row.pass_id for id_, row, price in noted if price.took_punch}
    ledger.take_penalties(work.organization_id, punches, work.as_of, because)
    for session_id, known in excused.items():
        of_it = {row.id: (id_, row) for id_, row, _ in noted if row.session_id == session_id}
        told = {place: {"no_show_id": id_, "outage_id": known.id} for place, (id_, _) in of_it.items()}
        history.note_many([row for _, row in of_it.values()], AMNESTY, work.as_of, known.cause, told)
    touch_members(work.organization_id, [row.member_id for row in rows])


class _Price(NamedTuple):
    """What one absence costs, as its row says it."""

    is_counted: bool
    took_punch: bool
    amnesty_because: str
    policy_version: int


def _costs(work: NightWork, rows: list[Place], found: Verdict, excused: Mapping[str, KnownOutage]) -> list[_Price]:
    """Of each row, by the version that the place was reserved under. What is alike is judged once."""
    versions = versions_judging(work.organization_id, work.policy)
    may_punish = features_of(work.organization_id, work.as_of).is_on(Feature.PENALTY_PUNCH)
    judging = [versions.of(row.policy_version) for row in rows]
    asks_before = any(policy.is_first_free or policy.enforcement is Enforcement.GRACE for policy in judging)
    before = _missed_before({row.member_id for row in rows}) if asks_before else defaultdict(list)
    known_prices: dict[object, _Price] = {}
    prices: list[_Price] = []
    for row, policy in zip(rows, judging, strict=True):
        known = excused.get(row.session_id)
        alike = (row.session_id, row.pass_type, policy.version, *before[row.member_id])
        if alike not in known_prices:
            missed = Missed(
                found=found,
                pass_type=row.pass_type,
                class_type_id=row.session.class_type_id,
                session_ends_at=row.session.ends_at,
                before=tuple(before[row.member_id]),
                is_excused=known is not None,
                costs_nothing=row.session.is_free,
            )
            price = cost(missed, policy)
            known_prices[alike] = _Price(
                is_counted=price.is_counted,
                took_punch=price.takes_punch and may_punish,
                amnesty_because=known.cause.because if known else "",
                policy_version=policy.version,
            )
        prices.append(known_prices[alike])
        if asks_before and known is None and found is Verdict.NO_SHOW:
            before[row.member_id].append(row.session.ends_at)
    return prices


def _missed_before(member_ids: set[str]) -> dict[str, list[datetime]]:
    """By member, when the sessions ended that they missed so far, for certain and without excuse."""
    rows = (
        NoShowRow.select(NoShowRow.member, SessionRow.ends_at)
        .join(SessionRow)
        .where(
            among(NoShowRow.member, member_ids),
            NoShowRow.reversed_at.is_null(),
            ~NoShowRow.is_unconfirmed,
            NoShowRow.amnesty_because == "",
        )
    )
    found: dict[str, list[datetime]] = defaultdict(list)
    for member_id, ended_at in rows.tuples():
        found[member_id].append(ended_at)
    return found


def _let_go_unjudged(work: NightWork, features: Features) -> int:
    """Where nobody is judged, a place that nobody came for keeps no punch set aside."""
    since = features.on_since.get(Feature.NO_SHOWS)
    kept = PENDING & ReservationRow.has_hold
    if not features.is_on(Feature.NO_SHOWS):
        return _let_go(work, kept, ReservationStatus.PENDING)
    return _let_go(work, kept & (SessionRow.ends_at < since), ReservationStatus.PENDING) if since else 0


def _let_go(work: NightWork, which: Expression, status: ReservationStatus) -> int:
    """A place cancelled late keeps its hold until nobody can have come on it any more."""
    released = 0
    for chunk in chunks(work, which):
        with writing():
            until = told_until(work.venue_id)
            held = locked(chunk, status, ReservationRow.has_hold)
            past = {row.session_id: _is_past(row.session, until, work) for row in held}
            rows = [row for row in held if past[row.session_id]]
            is_one = among(ReservationRow.id, [row.id for row in rows])
            ReservationRow.update(has_hold=False).where(is_one).execute()
            history.note_many(rows, "HOLD_RELEASED", work.as_of, GONE_BY)
            touch_members(work.organization_id, [row.member_id for row in rows])
        released += len(rows)
        work.between_chunks(len(chunk))
    return released


def _is_past(session: Session, until: datetime | None, work: NightWork) -> bool:
    has_told = _has_told(session, until, work)
    return lets_go_of_late_cancel(session.ends_at, work.policy, work.as_of, every_kiosk_told=has_told)


def _has_told(session: Session, until: datetime | None, work: NightWork) -> bool:
    """Whether every kiosk has told what happened while somebody could still come. `until`: see `told_until`."""
    return until is None or until >= due_at(session.ends_at, work.policy)
