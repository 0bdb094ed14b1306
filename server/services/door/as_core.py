"""Rows as core's nouns. The only way from a row to a rule."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.model import (
    CardState,
    CheckIn,
    Override,
    Pass,
    PassType,
    Reservation,
    ReservationStatus,
    Session,
    Suspension,
)
from core.refusals import RefusalReason
from core.validity import Pause
from server.services.door.ledger import Balance
from server.store.tables import (
    CardRow,
    OverrideRow,
    PassPauseRow,
    PassRow,
    ReservationRow,
    SessionRow,
    SuspensionRow,
    VisitRow,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """What a session's ids are called. `instructors` are by session, all else by its own id."""

    zones: Mapping[str, str]
    rooms: Mapping[str, str]
    class_types: Mapping[str, str]
    instructors: Mapping[str, tuple[str, ...]]


def card_state(card: CardRow | None) -> CardState:
    if card is None:
        return CardState.UNKNOWN
    if card.revoked_at is not None:
        return CardState.REVOKED
    return CardState.REPLACED if card.replaced_at is not None else CardState.ACTIVE


def card_state_at(card: CardRow | None, at: datetime) -> CardState:
    """The same at an instant, for cards that are for a time only: up to but not including their end."""
    state = card_state(card)
    is_over = card is not None and card.expires_at is not None and card.expires_at <= at
    return CardState.EXPIRED if is_over and state is CardState.ACTIVE else state


def as_pass(row: PassRow, balance: Balance, pauses: Iterable[PassPauseRow] = ()) -> Pass:
    """With its punches counted, if it is a punch pass. Pauses that were over before they began are left out."""
    type_ = PassType(row.type)
    is_punched = type_ is PassType.PUNCH_PASS
    return Pass(
        id=row.id,
        type=type_,
        title=row.title,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        class_type_ids=frozenset(json.loads(row.class_type_ids)),
        course_id=row.course_id,
        is_in_order=row.is_in_order,
        punches_included=row.punches_included,
        punches_left=balance.left if is_punched else None,
        punches_held=balance.held if is_punched else 0,
        max_reservations_ahead=row.max_reservations_ahead,
        absence_grace=timedelta(minutes=row.absence_grace_minutes),
        days_from_first_use=row.days_from_first_use,
        pauses=tuple(pause for pause in map(as_pause, pauses) if pause.starts_at < pause.ends_at),
    )


def as_pause(row: PassPauseRow) -> Pause:
    """Up to where it was ended early, if it was."""
    ends_at = row.ends_at if row.resumed_at is None else min(row.ends_at, row.resumed_at)
    return Pause(starts_at=row.starts_at, ends_at=ends_at, zone=row.zone)


def as_reservation(row: ReservationRow) -> Reservation:
    return Reservation(
        id=row.id,
        session_id=row.session_id,
        pass_id=row.pass_id,
        status=ReservationStatus(row.status),
        has_hold=row.has_hold,
        is_released=row.released_at is not None,
    )


def as_suspension(row: SuspensionRow) -> Suspension:
    return Suspension(id=row.id, starts_at=row.starts_at, ends_at=row.ends_at, lifted_at=row.lifted_at)


def as_override(row: OverrideRow) -> Override:
    return Override(
        id=row.id,
        reason=RefusalReason(row.reason),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        session_id=row.session_id,
        staff_id=row.staff_id,
        because=row.because,
    )


def as_check_in(row: VisitRow, session: Session) -> CheckIn:
    return CheckIn(
        visit_key=row.id,
        session_id=row.session_id,
        session_ends_at=session.ends_at,
        checked_in_at=row.first_at,
        pass_id=row.pass_id,
        reservation_id=row.reservation_id,
    )


def as_session(row: SessionRow, names: Names, taken: int) -> Session:
    """`names` are those of the rooms, class types, zones and instructors that the session's row only points to."""
    return Session(
        id=row.id,
        venue_id=row.venue_id,
        zone=names.zones[row.venue_id],
        class_type_id=row.class_type_id,
        title=row.title or names.class_types[row.class_type_id],
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        capacity=row.capacity,
        taken=taken,
        room=names.rooms.get(row.room_id, "") if row.room_id else "",
        instructors=names.instructors.get(row.id, ()),
        course_id=row.course_id,
        part=row.part,
        is_makeup=row.is_makeup,
        is_open_studio=row.is_open_studio,
        is_cancelled=row.cancelled_at is not None,
        is_free=row.is_free,
        drop_in_cents=row.drop_in_cents,
    )
