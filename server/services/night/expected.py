"""Places in sessions that are over, as the night finds and locks them: in chunks, and in a fixed order."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from peewee import Expression, Field

from core import clocktime
from core.model import PassType, ReservationStatus, Session
from server.services.night.locking import lock_members
from server.services.night.work import CHUNK, NightWork
from server.store.database import reading
from server.store.many import among, found_by
from server.store.tables import PassRow, ReservationRow, SessionRow

READ_AT_ONCE = 50_000
"""Places found by one query and kept in memory until they are judged."""


@dataclass(slots=True)
class Place:
    """What the night must know of a place: of its session, its pass, and the version it was made under."""

    id: str
    organization_id: str
    member_id: str
    session_id: str
    status: str
    pass_id: str
    pass_type: PassType
    policy_version: int | None
    session: Session


def chunks(work: NightWork, which: Expression, *, read_at_once: int = READ_AT_ONCE) -> Iterator[list[str]]:
    """Places in sessions of the venue that are over, member by member: what a chunk writes then lies together, and few
    members wait for it."""
    found = _next(work, which, None, read_at_once)
    while found:
        for start in range(0, len(found), CHUNK):
            yield [id_ for _, _, id_ in found[start : start + CHUNK]]
        found = _next(work, which, found[-1], read_at_once) if len(found) == read_at_once else []


_Known = tuple[str, int, str]
"""(member, when the session ended, place). In this order a member's earlier absence is judged first."""


def _next(work: NightWork, which: Expression, last: _Known | None, most: int) -> list[_Known]:
    """The places after `last`."""
    order = (ReservationRow.member, SessionRow.ends_at, ReservationRow.id)
    later = which if last is None else which & _is_after(order, last)
    with reading():
        rows = (
            ReservationRow.select(*order)
            .join(SessionRow)
            .where(
                later,
                SessionRow.organization == work.organization_id,
                SessionRow.venue == work.venue_id,
                SessionRow.ends_at <= work.as_of,
            )
            .order_by(*order)
            .limit(most)
        )
        return found_by(rows)


def _is_after(order: Sequence[Field], last: Sequence[object]) -> Expression:
    first, *others = order
    is_later = first > last[0]
    return is_later | ((first == last[0]) & _is_after(others, last[1:])) if others else is_later


def locked(ids: Sequence[str], status: ReservationStatus, which: Expression | None = None) -> list[Place]:
    """Those that still have the status, their members locked first: whoever checks in just now was quicker."""
    members = ReservationRow.select(ReservationRow.member).where(among(ReservationRow.id, ids))
    lock_members(members)
    place, session = ReservationRow, SessionRow
    still = among(place.id, ids) & (place.status == status.value)
    rows = (
        place.select(
            place.id,
            place.organization,
            place.member,
            place.session,
            place.status,
            place.pass_,
            PassRow.type,
            place.policy_version,
        )
        .join(session, on=place.session == session.id)
        .join(PassRow, on=place.pass_ == PassRow.id)
        .where(still if which is None else still & which)
        .order_by(session.ends_at, place.id)
    )
    found = found_by(rows)
    sessions = _sessions({row[3] for row in found})
    return [
        Place(
            id=id_,
            organization_id=organization_id,
            member_id=member_id,
            session_id=session_id,
            status=now,
            pass_id=pass_id,
            pass_type=PassType(pass_type),
            policy_version=version,
            session=sessions[session_id],
        )
        for id_, organization_id, member_id, session_id, now, pass_id, pass_type, version in found
    ]


def _sessions(ids: Collection[str]) -> dict[str, Session]:
    """By id, as far as the night asks for them."""
    row = SessionRow
    rows = row.select(row.id, row.venue, row.class_type, row.starts_at, row.ends_at, row.capacity, row.is_free)
    return {
        id_: Session(
            id=id_,
            venue_id=venue_id,
            zone="UTC",
            class_type_id=class_type_id,
            title="",
            starts_at=clocktime.from_ms(starts_at),
            ends_at=clocktime.from_ms(ends_at),
            capacity=capacity,
            is_free=bool(is_free),
        )
        for id_, venue_id, class_type_id, starts_at, ends_at, capacity, is_free in found_by(
            rows.where(among(row.id, ids))
        )
    }
