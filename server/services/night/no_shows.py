"""Absences: reservations of sessions that are over and nobody came for, and what each costs; who came has attended.

In chunks of set-based statements, each a transaction, so that a large studio's night is short and can be interrupted.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from peewee import Expression

from core.attendance import Missed, Verdict, cost, due_at, is_due, lets_go_of_late_cancel, verdict
from core.features import Feature, Features
from core.model import PassType, ReservationStatus
from core.policy import Enforcement
from server.services.door import history, ledger
from server.services.door.causes import Cause
from server.services.door.changes import touch_members
from server.services.door.features import features_of
from server.services.door.policies import versions_judging
from server.services.door.undoing import AMNESTY
from server.services.night.amnesty import excuse_late, excused_sessions
from server.services.night.barrier import told_until
from server.services.night.outages import KnownOutage, lock_venue
from server.services.night.work import CHUNK, NightWork, by_night
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import MemberRow, NoShowRow, PassRow, ReservationRow, SessionRow

MISSED = by_night("nobody came")
UNCONFIRMED = by_night("nobody came as far as is known; a kiosk was silent")
CAME = by_night("the session is over")
GONE_BY = by_night("the session is over and nobody came on it")
TOOK_PLACE = SessionRow.cancelled_at.is_null()
PENDING = (ReservationRow.status == ReservationStatus.PENDING.value) & TOOK_PLACE
CHECKED_IN = (ReservationRow.status == ReservationStatus.CHECKED_IN.value) & TOOK_PLACE
CANCELLED_LATE = (ReservationRow.status == ReservationStatus.CANCELLED.value) & ReservationRow.has_hold
"""Also in a session that was cancelled after them: the punch must not stay set aside for ever."""


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

    missed: list[ReservationRow]
    unconfirmed: list[ReservationRow]
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
    last = ""
    while features.is_on(Feature.NO_SHOWS) and (chunk := _ids(work, judged, after=last)):
        last = chunk[-1]
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
    done, last = 0, ""
    while chunk := _ids(work, CHECKED_IN, after=last):
        last = chunk[-1]
        with writing():
            rows = _locked(chunk, ReservationStatus.CHECKED_IN)
            history.move_many(rows, ReservationStatus.ATTENDED, work.as_of, CAME)
            touch_members(work.organization_id, [row.member_id for row in rows])
        done += len(rows)
        work.between_chunks(len(chunk))
    return done


def _ids(work: NightWork, which: Expression, *, after: str) -> list[str]:
    """The next chunk of places in sessions of the venue that are over."""
    with reading():
        rows = (
            ReservationRow.select(ReservationRow.id)
            .join(SessionRow)
            .where(
                which,
                SessionRow.organization == work.organization_id,
                SessionRow.venue == work.venue_id,
                SessionRow.ends_at <= work.as_of,
                ReservationRow.id > after,
            )
            .order_by(ReservationRow.id)
            .limit(CHUNK)
        )
        return [str(id_) for (id_,) in rows.tuples()]


def _locked(ids: list[str], status: ReservationStatus) -> list[ReservationRow]:
    """Those that still have the status, their members locked first: whoever checks in just now was quicker."""
    members = ReservationRow.select(ReservationRow.member).where(ReservationRow.id.in_(ids))
    list(for_update(MemberRow.select(MemberRow.id).where(MemberRow.id.in_(members)).order_by(MemberRow.id)))
    return list(
        ReservationRow.select(ReservationRow, SessionRow)
        .join(SessionRow)
        .where(ReservationRow.id.in_(ids), ReservationRow.status == status.value)
        .order_by(SessionRow.ends_at, ReservationRow.id)
    )


def _judged(work: NightWork, ids: list[str]) -> _Seen:
    until = told_until(work.venue_id)
    found: dict[Verdict, list[ReservationRow]] = {kind: [] for kind in Verdict}
    for row in _locked(ids, ReservationStatus.PENDING):
        has_told = until is None or until >= due_at(row.session.ends_at, work.policy)
        found[verdict(row.session.ends_at, work.policy, work.as_of, every_kiosk_told=has_told)].append(row)
    waiting = sum(is_due(row.session.ends_at, work.policy, work.as_of) for row in found[Verdict.WAIT])
    return _Seen(found[Verdict.NO_SHOW], found[Verdict.UNCONFIRMED], waiting)


def mark_by_hand(work: NightWork, reservation_id: str, cause: Cause) -> bool:
    """Staff say that nobody came on this place: it costs what the night would have made it cost.

    False: it is open no more. The caller holds the venue, and after it the member.
    """
    rows = _locked([reservation_id], ReservationStatus.PENDING)
    _note(work, rows, Verdict.NO_SHOW, cause)
    return bool(rows)


def _note(work: NightWork, rows: list[ReservationRow], found: Verdict, cause: Cause | None = None) -> None:
    """Status, history, the absence and what it costs; the hold on a punch is given back."""
    if not rows:
        return
    is_unconfirmed = found is Verdict.UNCONFIRMED
    because = cause or (UNCONFIRMED if is_unconfirmed else MISSED)
    excused = excused_sessions(work, {row.session_id: row.session for row in rows}.values())
    absences = _absences(work, rows, found, excused)
    history.move_many(
        rows, ReservationStatus.NO_SHOW, work.as_of, because, has_hold=False, is_unconfirmed=is_unconfirmed
    )
    NoShowRow.insert_many(absences).execute()
    for absence, row in zip(absences, rows, strict=True):
        if absence["took_punch"]:
            ledger.take_penalty(row.organization_id, row.pass_id, str(absence["id"]), work.as_of, because)
        if known := excused.get(row.session_id):
            history.note(row, AMNESTY, work.as_of, known.cause, no_show_id=absence["id"], outage_id=known.id)
    touch_members(work.organization_id, [row.member_id for row in rows])


def _absences(
    work: NightWork, rows: list[ReservationRow], found: Verdict, excused: Mapping[str, KnownOutage]
) -> list[dict[str, object]]:
    """A no-show for each row, as the table keeps it, by the version that the place was reserved under."""
    types = dict(PassRow.select(PassRow.id, PassRow.type).where(PassRow.id.in_({r.pass_id for r in rows})).tuples())
    versions = versions_judging(work.organization_id, work.policy)
    may_punish = features_of(work.organization_id, work.as_of).is_on(Feature.PENALTY_PUNCH)
    judging = [versions.of(row.policy_version) for row in rows]
    asks_before = any(policy.is_first_free or policy.enforcement is Enforcement.GRACE for policy in judging)
    before = _missed_before({row.member_id for row in rows}) if asks_before else defaultdict(list)
    absences: list[dict[str, object]] = []
    for row, policy in zip(rows, judging, strict=True):
        known = excused.get(row.session_id)
        missed = Missed(
            found=found,
            pass_type=PassType(types[row.pass_id]),
            class_type_id=row.session.class_type_id,
            session_ends_at=row.session.ends_at,
            before=before[row.member_id],
            is_excused=known is not None,
            costs_nothing=row.session.is_free,
        )
        price = cost(missed, policy)
        if asks_before and known is None and found is Verdict.NO_SHOW:
            before[row.member_id].append(row.session.ends_at)
        absences.append(
            {
                "id": new_id(work.as_of),
                "organization": row.organization_id,
                "member": row.member_id,
                "session": row.session_id,
                "reservation": row.id,
                "noted_at": work.as_of,
                "is_counted": price.is_counted,
                "is_unconfirmed": found is Verdict.UNCONFIRMED,
                "took_punch": price.takes_punch and may_punish,
                "amnesty_because": known.cause.because if known else "",
                "policy_version": policy.version,
            }
        )
    return absences


def _missed_before(member_ids: set[str]) -> dict[str, list[datetime]]:
    """By member, when the sessions ended that they missed so far, for certain and without excuse."""
    rows = (
        NoShowRow.select(NoShowRow.member, SessionRow.ends_at)
        .join(SessionRow)
        .where(
            NoShowRow.member.in_(member_ids),
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
    released, last = 0, ""
    while chunk := _ids(work, which, after=last):
        last = chunk[-1]
        with writing():
            until = told_until(work.venue_id)
            for row in _locked(chunk, status):
                if row.has_hold and _is_past(row.session.ends_at, until, work):
                    row.has_hold = False
                    row.save()
                    history.note(row, "HOLD_RELEASED", work.as_of, GONE_BY)
                    touch_members(work.organization_id, [row.member_id])
                    released += 1
        work.between_chunks(len(chunk))
    return released


def _is_past(ends_at: datetime, until: datetime | None, work: NightWork) -> bool:
    has_told = until is None or until >= due_at(ends_at, work.policy)
    return lets_go_of_late_cancel(ends_at, work.policy, work.as_of, every_kiosk_told=has_told)
