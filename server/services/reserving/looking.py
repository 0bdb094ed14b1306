"""What a pass can reserve, has reserved, came to and missed: for a member's app and for the desk. Changes nothing."""

from dataclasses import replace
from datetime import datetime

from core import reserving
from core.errors import NotFound
from core.model import Method, PassType, Session
from core.model import ReservationStatus as S
from core.paying import covers
from core.policy import Policy
from server.services.door.as_core import as_pass, as_suspension
from server.services.door.day import as_sessions, sessions_with_ids
from server.services.door.ledger import balance
from server.services.door.places import as_free_for
from server.services.door.policies import policies_in_force
from server.services.door.validity import pauses_of
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require_for_member, require_of_ours
from server.services.reserving.finding import facts_about, pass_asked, places, sessions_starting
from server.services.reserving.values import (
    Calendar,
    Came,
    Ledger,
    LedgerLine,
    Offer,
    PassStatus,
    Place,
    Places,
)
from server.store.database import reading
from server.store.tables import (
    MemberRow,
    PassRow,
    PunchRow,
    ReservationRow,
    SessionRow,
    SuspensionRow,
    VisitRow,
)


def available(
    organization_id: str, pass_id: str, from_: datetime, to: datetime, by: Asker, at: datetime
) -> tuple[Offer, ...]:
    """Sessions that start in that time and this pass is good for, each with why it cannot be reserved, if it cannot.

    Those that have begun and those called off are left out. Raises `NotFound`, `Invalid`, `Forbidden`.
    """
    with reading():
        row = pass_asked(organization_id, pass_id, by, Right.WELCOME)
        pass_ = as_pass(row, balance(pass_id))
        candidates = [
            session
            for session in as_sessions(organization_id, sessions_starting(organization_id, from_, to))
            if covers(pass_, session) and session.starts_at > at and not session.is_cancelled
        ]
        facts = facts_about(organization_id, row.member_id, at)
        facts = replace(facts, passes=tuple(p for p in facts.passes if p.id == pass_id))
        policies = policies_in_force(organization_id, {session.venue_id for session in candidates}, at)
        return tuple(
            Offer(session=session, refused=reserving.why_not_reserve(facts, session, policies[session.venue_id], at))
            for session in as_free_for(row.member_id, candidates)
        )


def sessions_between(
    organization_id: str, from_: datetime, to: datetime, by: Asker, *, venue_id: str | None = None
) -> tuple[Session, ...]:
    """Every session that starts in that time, at one venue or all. Raises `Invalid`, `Forbidden`."""
    with reading():
        require_of_ours(organization_id, by, Right.WELCOME)
        rows = [
            row for row in sessions_starting(organization_id, from_, to) if venue_id is None or row.venue_id == venue_id
        ]
        return as_sessions(organization_id, rows)


def reservations_of(organization_id: str, pass_id: str, by: Asker, at: datetime) -> Places:
    """All reservations ever made on a pass. Raises `NotFound`, `Forbidden`."""
    with reading():
        pass_asked(organization_id, pass_id, by, Right.WELCOME)
        found = _places_on(organization_id, pass_id)
        policies = policies_in_force(organization_id, {place.session.venue_id for place in found}, at)
        current = tuple(place for place in found if _is_current(place, policies[place.session.venue_id], at))
        return Places(
            past=tuple(p for p in found if p not in current and p.session.ends_at <= at),
            current=current,
            future=tuple(p for p in found if p not in current and p.session.ends_at > at),
        )


def calendar(
    organization_id: str,
    pass_id: str,
    by: Asker,
    at: datetime,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
) -> Calendar:
    """What was come to, is ahead, was missed and was given up on a pass, of sessions that start in that time or ever.

    Raises `NotFound`, `Forbidden`.
    """

    def is_in(session: Session) -> bool:
        return (from_ is None or from_ <= session.starts_at) and (to is None or session.starts_at < to)

    with reading():
        pass_asked(organization_id, pass_id, by, Right.WELCOME)
        found = [place for place in _places_on(organization_id, pass_id) if is_in(place.session)]
        return Calendar(
            attended=tuple(came for came in _came_on(organization_id, pass_id) if is_in(came.session)),
            ahead=tuple(p for p in found if p.status is S.PENDING and p.session.ends_at > at),
            missed=tuple(p for p in found if p.status is S.NO_SHOW),
            cancelled=tuple(p for p in found if p.status in (S.CANCELLED, S.AUTO_CANCELLED)),
        )


def status(organization_id: str, pass_id: str, by: Asker, at: datetime) -> PassStatus:
    """What a pass is worth just now. Raises `NotFound`, `Forbidden`."""
    with reading():
        return _status(pass_asked(organization_id, pass_id, by, Right.WELCOME), at)


def passes_of(organization_id: str, member_id: str, by: Asker, at: datetime) -> tuple[PassStatus, ...]:
    """Every pass a member ever had, the newest first, each as `status` tells it. Raises `NotFound`, `Forbidden`."""
    with reading():
        missing = NotFound("member.not_found", id=member_id)
        require_for_member(organization_id, by, Right.WELCOME, member_id, missing)
        ours(MemberRow, organization_id, member_id, "member")
        rows = PassRow.select().where(PassRow.organization == organization_id, PassRow.member == member_id)
        return tuple(_status(row, at) for row in rows.order_by(PassRow.issued_at.desc(), PassRow.id.desc()))


def _status(row: PassRow, at: datetime) -> PassStatus:
    pass_ = as_pass(row, balance(row.id), pauses_of(row.id))
    is_punched = pass_.type is PassType.PUNCH_PASS
    has_ended = pass_.valid_until is not None and at >= pass_.valid_until
    is_paused = any(pause.covers(at) for pause in pass_.pauses)
    return PassStatus(
        pass_id=row.id,
        member_id=row.member_id,
        type=pass_.type,
        title=row.title,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        is_valid=row.cancelled_at is None and row.valid_from <= at and not has_ended and not is_paused,
        punches_included=row.punches_included,
        punches_left=pass_.punches_left,
        punches_held=pass_.punches_held if is_punched else None,
        punches_available=pass_.punches_available if is_punched else None,
        sessions_attended=VisitRow.select().where(VisitRow.pass_ == row.id, VisitRow.is_live).count(),
        reserved_ahead=_ahead(row.id, at),
        max_reservations_ahead=row.max_reservations_ahead,
        suspension=next(
            (suspension for suspension in map(as_suspension, _suspensions(row.member_id)) if suspension.covers(at)),
            None,
        ),
        plan_id=row.plan_id,
        course_id=row.course_id,
        is_in_order=row.is_in_order,
        absence_grace=pass_.absence_grace,
        days_from_first_use=row.days_from_first_use,
        first_used_at=row.first_used_at,
        pauses=tuple(pause for pause in pass_.pauses if pause.ends_at > at),
        is_paused=is_paused,
        cancelled_at=row.cancelled_at,
    )


def ledger_of(organization_id: str, pass_id: str, by: Asker) -> Ledger:
    """Every line of a pass's punches. A pass without punches has none. To its member a line's kind says what it is
    for; what staff noted about it is for each other. Raises `NotFound`, `Forbidden`.
    """
    with reading():
        pass_asked(organization_id, pass_id, by, Right.WELCOME)
        lines: list[LedgerLine] = []
        left = 0
        for row in PunchRow.select().where(PunchRow.pass_ == pass_id).order_by(PunchRow.at, PunchRow.id):
            left += row.delta
            lines.append(
                LedgerLine(
                    id=row.id,
                    at=row.at,
                    delta=row.delta,
                    kind=row.kind,
                    because=row.because if by.member_id is None else "",
                    visit_key=row.visit_key,
                    balance=left,
                )
            )
        return Ledger(lines=tuple(lines), left=left, held=balance(pass_id).held)


def _places_on(organization_id: str, pass_id: str) -> tuple[Place, ...]:
    return places(organization_id, ReservationRow.select().where(ReservationRow.pass_ == pass_id))


def _came_on(organization_id: str, pass_id: str) -> list[Came]:
    visits = list(VisitRow.select().where(VisitRow.pass_ == pass_id, VisitRow.is_live).order_by(VisitRow.first_at))
    sessions = sessions_with_ids(organization_id, {visit.session_id for visit in visits})
    return [
        Came(
            session=sessions[visit.session_id],
            came_at=visit.first_at,
            method=Method(visit.method),
            reservation_id=visit.reservation_id,
        )
        for visit in visits
    ]


def _is_current(place: Place, policy: Policy, at: datetime) -> bool:
    """Going on, or its check-in open; not one that was given up or missed."""
    if place.status not in (S.PENDING, S.CHECKED_IN, S.ATTENDED):
        return False
    return policy.window(place.session, Method.SELF).is_open(at) and at < place.session.ends_at


def _ahead(pass_id: str, at: datetime) -> int:
    """Places in the future, which count against the pass's limit."""
    return int(
        ReservationRow.select()
        .join(SessionRow)
        .where(ReservationRow.pass_ == pass_id, ReservationRow.status == S.PENDING.value, SessionRow.starts_at > at)
        .count()
    )


def _suspensions(member_id: str) -> list[SuspensionRow]:
    rows = SuspensionRow.select().where(SuspensionRow.member == member_id)
    return list(rows.order_by(SuspensionRow.ends_at.desc()))
