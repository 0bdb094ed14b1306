"""Who has to do with a session, and how they stand to it: in, late, expected, missing."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from peewee import JOIN

from core import clocktime
from core.model import Method, Override, PassType, ReservationStatus, Session
from core.policy import Policy
from core.refusals import RefusalReason
from server.services.desk.inbox.copied import members_in_doubt
from server.services.desk.values import Arrival, Attendee, SessionToday, Standing
from server.services.door.as_core import as_override
from server.services.door.gathering import GONE
from server.store.tables import DeviceRow, MemberRow, OverrideRow, PassRow, ReservationRow, VisitRow

CAME = (ReservationStatus.CHECKED_IN, ReservationStatus.ATTENDED)
ORDER = {standing: place for place, standing in enumerate(Standing)}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reserved:
    """A live reservation, with its member's names."""

    id: str
    session_id: str
    member_id: str
    name: str
    number: str
    pass_title: str
    status: ReservationStatus
    checked_in_at: datetime | None


def sessions_with_people(
    organization_id: str, sessions: Collection[Session], policy: Policy, at: datetime
) -> tuple[SessionToday, ...]:
    """Everybody in all of them, in four queries however many they are."""
    by_id = {session.id: session for session in sessions}
    arrivals = arrivals_in(organization_id, by_id)
    reserved = _reserved_in(organization_id, by_id)
    overrides = _overrides_at(organization_id, at)
    in_doubt = members_in_doubt(organization_id, at)
    return tuple(
        SessionToday(
            session=session,
            window=policy.window(session, Method.SELF),
            people=tuple(
                replace(person, is_card_copied=person.member_id in in_doubt)
                for person in _people(session, reserved[session.id], arrivals[session.id], overrides, at)
            ),
        )
        for session in sessions
    )


def standing_of_absent(session: Session, status: ReservationStatus, is_awaited: bool, at: datetime) -> Standing:
    """Missing: it has begun without them. In open studio one comes when one likes, until it is over.

    `is_awaited`: staff said that they may still come.
    """
    if status is ReservationStatus.NO_SHOW:
        return Standing.MISSING
    if is_awaited:
        return Standing.EXPECTED
    begun_at = session.ends_at if session.is_open_studio else session.starts_at
    return Standing.MISSING if at > begun_at else Standing.EXPECTED


def lateness(session: Session, came_at: datetime) -> timedelta:
    """Zero for whoever was there at the start; nobody is late for open studio."""
    if session.is_open_studio:
        return timedelta(0)
    return max(timedelta(0), came_at - session.starts_at)


def arrivals_in(organization_id: str, sessions: Mapping[str, Session]) -> dict[str, list[Arrival]]:
    """Live visits by session, without their punches, in the order in which people came."""
    found: dict[str, list[Arrival]] = defaultdict(list)
    if not sessions:
        return found
    rows = (
        VisitRow.select(
            VisitRow.id,
            VisitRow.member,
            MemberRow.first_name,
            MemberRow.last_name,
            VisitRow.session,
            VisitRow.first_at,
            VisitRow.method,
            VisitRow.reservation,
            VisitRow.pass_,
            PassRow.title,
            PassRow.type,
            DeviceRow.name,
        )
        .join(MemberRow)
        .switch(VisitRow)
        .join(PassRow, JOIN.LEFT_OUTER)
        .switch(VisitRow)
        .join(DeviceRow, JOIN.LEFT_OUTER, on=VisitRow.device == DeviceRow.id)
        .where(VisitRow.organization == organization_id, VisitRow.session.in_(list(sessions)), VisitRow.is_live)
        .order_by(VisitRow.first_at, VisitRow.id)
    )
    for key, member, first, last, session_id, at, method, reservation, pass_id, title, type_, door in rows.tuples():
        session = sessions[session_id]
        late = lateness(session, at)
        arrival = Arrival(
            visit_key=key,
            member_id=member,
            name=f"{first} {last}".strip(),
            session_id=session_id,
            session_title=session.title,
            came_at=at,
            minutes_late=-(-late // timedelta(minutes=1)),
            method=Method(method),
            door=door or "",
            is_walk_in=reservation is None,
            pass_id=pass_id,
            pass_title=title or "",
            pass_type=PassType(type_) if type_ else None,
        )
        found[session_id].append(arrival)
    return found


def _people(
    session: Session,
    reserved: list[_Reserved],
    arrivals: list[Arrival],
    overrides: Mapping[str, list[Override]],
    at: datetime,
) -> tuple[Attendee, ...]:
    came = {arrival.member_id: arrival for arrival in arrivals}
    people = [_with_place(session, place, came.pop(place.member_id, None), overrides, at) for place in reserved]
    people += [_without_place(arrival) for arrival in came.values()]
    return tuple(sorted(people, key=_who_needs_you_first))


def _who_needs_you_first(person: Attendee) -> tuple[int, int, str, str]:
    """Those who are in: newest first. Others: by name."""
    came = clocktime.to_ms(person.arrival.came_at) if person.arrival else 0
    return ORDER[person.standing], -came, person.name.casefold(), person.member_id


def _with_place(
    session: Session,
    place: _Reserved,
    arrival: Arrival | None,
    overrides: Mapping[str, list[Override]],
    at: datetime,
) -> Attendee:
    awaited = [o for o in overrides[place.member_id] if o.lifts(RefusalReason.TOO_LATE, session.id, at)]
    if arrival is not None:
        standing = Standing.LATE if arrival.minutes_late else Standing.IN
    elif place.status in CAME:
        standing = Standing.LATE if lateness(session, place.checked_in_at or session.starts_at) else Standing.IN
    else:
        standing = standing_of_absent(session, place.status, bool(awaited), at)
    return Attendee(
        member_id=place.member_id,
        name=place.name,
        number=place.number,
        standing=standing,
        pass_title=place.pass_title,
        arrival=arrival,
        may_come_until=max((o.ends_at for o in awaited), default=None) if standing is Standing.EXPECTED else None,
    )


def _without_place(arrival: Arrival) -> Attendee:
    return Attendee(
        member_id=arrival.member_id,
        name=arrival.name,
        number="",
        standing=Standing.LATE if arrival.minutes_late else Standing.IN,
        pass_title=arrival.pass_title,
        arrival=arrival,
    )


def _reserved_in(organization_id: str, sessions: Mapping[str, Session]) -> dict[str, list[_Reserved]]:
    found: dict[str, list[_Reserved]] = defaultdict(list)
    if not sessions:
        return found
    rows = (
        ReservationRow.select(
            ReservationRow.id,
            ReservationRow.session,
            ReservationRow.member,
            MemberRow.first_name,
            MemberRow.last_name,
            MemberRow.number,
            PassRow.title,
            ReservationRow.status,
            ReservationRow.checked_in_at,
        )
        .join(MemberRow)
        .switch(ReservationRow)
        .join(PassRow)
        .where(
            ReservationRow.organization == organization_id,
            ReservationRow.session.in_(list(sessions)),
            ReservationRow.status.not_in(GONE),
        )
    )
    for id_, session_id, member, first, last, number, title, status, checked_in_at in rows.tuples():
        place = _Reserved(
            id=id_,
            session_id=session_id,
            member_id=member,
            name=f"{first} {last}".strip(),
            number=number,
            pass_title=title,
            status=ReservationStatus(status),
            checked_in_at=checked_in_at,
        )
        found[session_id].append(place)
    return found


def _overrides_at(organization_id: str, at: datetime) -> dict[str, list[Override]]:
    """By member: those who may come late, just now."""
    found: dict[str, list[Override]] = defaultdict(list)
    rows = OverrideRow.select().where(
        OverrideRow.organization == organization_id,
        OverrideRow.reason == RefusalReason.TOO_LATE.value,
        OverrideRow.starts_at <= at,
        OverrideRow.ends_at > at,
    )
    for row in rows:
        found[row.member_id].append(as_override(row))
    return found
