"""Suspensions that staff make and lift. What the night does by itself stands in `services/night`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import Conflict, Invalid
from core.events import EventKind
from core.model import ReservationStatus
from server.services.door import history
from server.services.door.causes import Cause
from server.services.door.changes import touch_member, touch_sessions
from server.services.door.facts import lock_member
from server.services.door.undoing import lift, suspension_news
from server.services.events.announcing import announce
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.many import among, set_each
from server.store.tables import ReservationRow, SessionRow, SuspensionRow


def suspend(
    organization_id: str,
    member_id: str,
    until: datetime,
    because: str,
    by: Asker,
    at: datetime,
    *,
    starts_at: datetime | None = None,
) -> str:
    """A new suspension's id, until `until`, from `starts_at` or from now. Places reserved in that time are given up,
    their punches free; lifting it gives back those that are still free then.

    Asked again for the same time and reason while it stands, it is the same. Raises `Invalid`, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    begins_at = at if starts_at is None else starts_at
    words.span(begins_at, until)
    with writing():
        require(organization_id, by, Right.SERVE)
        lock_member(organization_id, member_id)
        if earlier := _the_same(member_id, starts_at, until, why, at):
            return earlier
        if begins_at < at:
            raise Invalid("suspension.begins_in_the_past", starts=begins_at.isoformat())
        id_ = new_id(at)
        SuspensionRow.create(
            id=id_,
            organization=organization_id,
            member=member_id,
            starts_at=begins_at,
            ends_at=until,
            because=why,
            made_by=by.staff_id,
            made_at=at,
        )
        made = SuspensionRow.get_by_id(id_)
        announce(suspension_news(made, EventKind.SUSPENDED, why), at)
        give_up_places(made, at, by.cause(why))
        touch_member(organization_id, member_id)
        return id_


def _the_same(member_id: str, starts_at: datetime | None, until: datetime, why: str, at: datetime) -> str | None:
    """Of staff's making, and not over. One from now on began at its first asking."""
    rows = SuspensionRow.select().where(
        SuspensionRow.member == member_id,
        SuspensionRow.no_show_id.is_null(),
        SuspensionRow.ends_at == until,
        SuspensionRow.ends_at > at,
        SuspensionRow.lifted_at.is_null(),
        SuspensionRow.because == why,
        SuspensionRow.starts_at <= at if starts_at is None else SuspensionRow.starts_at == starts_at,
    )
    row = rows.first()
    return str(row.id) if row else None


def give_up_places(suspension: SuspensionRow, at: datetime, cause: Cause) -> int:
    """The places reserved in a suspension's time are free for others; how many. The member is locked."""
    return give_up_places_of_all([suspension], at, cause)


def give_up_places_of_all(suspensions: Sequence[SuspensionRow], at: datetime, cause: Cause) -> int:
    """The same for suspensions of one organization, each of another member, that were made for one cause."""
    by_member = {suspension.member_id: suspension for suspension in suspensions}
    lost = {row: by_member[row.member_id] for row in _reserved_meanwhile(by_member)}
    if not lost:
        return 0
    history.move_many(
        list(lost),
        ReservationStatus.AUTO_CANCELLED,
        at,
        cause,
        action="SUSPENDED",
        has_hold=False,
        cancelled_at=at,
        cancelled_because=cause.because,
    )
    set_each(ReservationRow.cancelled_by_suspension, {row.id: suspension.id for row, suspension in lost.items()})
    touch_sessions(suspensions[0].organization_id, [row.session_id for row in lost])
    return len(lost)


def lift_suspension(organization_id: str, suspension_id: str, because: str, by: Asker, at: datetime) -> None:
    """End it now. Raises `Conflict` for one that is over, `Invalid` without a reason, `NotFound`, `Forbidden`."""
    why = words.required("because", because)
    with writing():
        require(organization_id, by, Right.SERVE)
        member_id = ours(SuspensionRow, organization_id, suspension_id, "suspension").member_id
        lock_member(organization_id, member_id)
        row = SuspensionRow.get_by_id(suspension_id)
        if row.lifted_at is not None or row.ends_at <= at:
            raise Conflict("suspension.is_over")
        lift(row, at, by.cause(why))
        touch_member(organization_id, member_id)


def _reserved_meanwhile(by_member: Mapping[str, SuspensionRow]) -> list[ReservationRow]:
    """Places still to be come to while the member is suspended."""
    place, suspensions = ReservationRow, by_member.values()
    rows = (
        place.select(place.id, place.organization, place.member, place.session, place.status, SessionRow.starts_at)
        .join(SessionRow)
        .where(
            among(place.member, tuple(by_member)),
            place.status == ReservationStatus.PENDING.value,
            SessionRow.starts_at >= min(one.starts_at for one in suspensions),
            SessionRow.starts_at < max(one.ends_at for one in suspensions),
        )
        .order_by(place.session, place.id)
        .objects()
    )
    ours = ((row, by_member[row.member_id]) for row in rows)
    return [row for row, one in ours if one.starts_at <= row.starts_at < one.ends_at]
