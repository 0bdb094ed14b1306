"""A member's month: what they came to, missed, gave up and have reserved, and quietly what else they could come to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from core import clocktime
from core.model import ReservationStatus as S
from core.model import Session
from core.portal import weeks_of
from server.services.door.day import as_sessions, sessions_with_ids
from server.services.portal.offers import could_come
from server.services.portal.signing_in import MemberVisit
from server.services.reserving.finding import facts_about, sessions_starting
from server.store.database import reading
from server.store.tables import ReservationRow, SessionRow, VisitRow


class Mark(StrEnum):
    """What a session is to a member. The first that holds counts."""

    CAME = "CAME"
    MISSED = "MISSED"
    RESERVED = "RESERVED"
    GIVEN_UP = "GIVEN_UP"
    OPEN = "OPEN"
    """It has a free place, and a pass of theirs is for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One session of one day. `place_id`: the member's reservation, if there is or was one."""

    session: Session
    mark: Mark
    place_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """`days` holds only those with something on them, by the wall calendar of each session's venue."""

    first: date
    today: date
    weeks: tuple[tuple[date, ...], ...]
    days: Mapping[date, tuple[Entry, ...]]


def month_of(visit: MemberVisit, first: date, at: datetime) -> Month:
    """The weeks around that month, for the member who looks."""
    me, zone = visit.asker.organization_id, clocktime.zone_named(visit.zone)
    weeks = weeks_of(first)
    from_ = clocktime.at_wall_clock(weeks[0][0], time(), zone)
    to = clocktime.day_span(weeks[-1][-1], zone)[1]
    with reading():
        found = {**_open(visit, from_, to, at), **_reserved(me, visit.member_id, from_, to)}
        found.update(_came(me, visit.member_id, from_, to))
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted(found.values(), key=lambda entry: (entry.session.starts_at, entry.session.id)):
        days[clocktime.local_day(entry.session.starts_at, clocktime.zone_named(entry.session.zone))].append(entry)
    return Month(
        first=first,
        today=clocktime.local_day(at, zone),
        weeks=weeks,
        days={day: tuple(entries) for day, entries in days.items()},
    )


def _open(visit: MemberVisit, from_: datetime, to: datetime, at: datetime) -> dict[str, Entry]:
    if to <= at:
        return {}
    me = visit.asker.organization_id
    facts = facts_about(me, visit.member_id, at)
    return {
        session.id: Entry(session=session, mark=Mark.OPEN)
        for session in as_sessions(me, sessions_starting(me, max(from_, at), to))
        if could_come(facts, session, at) and session.has_free_place
    }


_MARKS: Mapping[str, Mark] = {
    S.PENDING.value: Mark.RESERVED,
    S.CHECKED_IN.value: Mark.CAME,
    S.ATTENDED.value: Mark.CAME,
    S.NO_SHOW.value: Mark.MISSED,
    S.CANCELLED.value: Mark.GIVEN_UP,
    S.AUTO_CANCELLED.value: Mark.GIVEN_UP,
}
_WORTH = tuple(Mark)


def _reserved(organization_id: str, member_id: str, from_: datetime, to: datetime) -> dict[str, Entry]:
    """A session given up and reserved again is reserved."""
    rows = list(
        ReservationRow.select()
        .join(SessionRow)
        .where(
            ReservationRow.organization == organization_id,
            ReservationRow.member == member_id,
            SessionRow.starts_at >= from_,
            SessionRow.starts_at < to,
        )
        .order_by(ReservationRow.made_at)
    )
    sessions = sessions_with_ids(organization_id, {row.session_id for row in rows})
    found: dict[str, Entry] = {}
    for row in rows:
        entry = Entry(session=sessions[row.session_id], mark=_MARKS[row.status], place_id=row.id)
        before = found.get(row.session_id)
        if before is None or _WORTH.index(entry.mark) <= _WORTH.index(before.mark):
            found[row.session_id] = entry
    return found


def _came(organization_id: str, member_id: str, from_: datetime, to: datetime) -> dict[str, Entry]:
    rows = list(
        VisitRow.select()
        .join(SessionRow)
        .where(
            VisitRow.organization == organization_id,
            VisitRow.member == member_id,
            VisitRow.is_live,
            SessionRow.starts_at >= from_,
            SessionRow.starts_at < to,
        )
    )
    sessions = sessions_with_ids(organization_id, {row.session_id for row in rows})
    return {
        row.session_id: Entry(session=sessions[row.session_id], mark=Mark.CAME, place_id=row.reservation_id)
        for row in rows
    }
