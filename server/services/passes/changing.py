"""A pass that staff may change, and the line that says what they did: in the pass's history, and as news."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.errors import Conflict
from core.events import EventKind
from core.model import ReservationStatus
from server.services.door import history
from server.services.door.causes import Cause
from server.services.door.changes import touch_member, touch_session
from server.services.door.facts import lock_member
from server.services.events.announcing import Event, announce
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.services.reserving.finding import pass_asked
from server.store.database import reading
from server.store.ids import new_id
from server.store.tables import PassChangeRow, PassRow, ReservationRow, SessionRow


class PassChangeKind(StrEnum):
    """What was done to a pass. Values are stored and never change."""

    ISSUED = "ISSUED"
    ADJUSTED = "ADJUSTED"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    EXTENDED = "EXTENDED"
    CANCELLED = "CANCELLED"
    TRANSFERRED_OUT = "TRANSFERRED_OUT"
    TRANSFERRED_IN = "TRANSFERRED_IN"


NEW = frozenset({PassChangeKind.ISSUED, PassChangeKind.TRANSFERRED_IN})
"""By these a member has a pass that they had not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassChange:
    """One line of a pass's history. `data` are JSON values: what exactly.

    `because` and `staff_id` are staff's: the API asks for a reason that stands in the history, for each other.
    """

    id: str
    kind: PassChangeKind
    by: str
    staff_id: str | None
    because: str
    data: dict[str, object]
    at: datetime

    def for_the_member(self) -> "PassChange":
        """What was done, when, and that staff did it: neither who nor what they noted about it."""
        return replace(self, staff_id=None, because="")


def pass_to_change(organization_id: str, pass_id: str, by: Asker) -> PassRow:
    """The pass as it is while its member is locked. Call it inside `writing()`.

    Raises `NotFound`, `Forbidden`, and `Conflict` for one that was cancelled.
    """
    require(organization_id, by, Right.SERVE)
    lock_member(organization_id, ours(PassRow, organization_id, pass_id, "pass").member_id)
    row = ours(PassRow, organization_id, pass_id, "pass")
    if row.cancelled_at is not None:
        raise Conflict("pass.is_cancelled", title=row.title)
    return row


def note_change(row: PassRow, kind: PassChangeKind, at: datetime, cause: Cause, **data: object) -> None:
    """Write the line, announce it, and let kiosks hear of it. `data` are JSON values, and no names."""
    PassChangeRow.create(
        id=new_id(at),
        organization=row.organization_id,
        pass_=row.id,
        kind=kind.value,
        by=cause.by.value,
        staff=cause.staff_id,
        because=cause.because,
        data=json.dumps(data, sort_keys=True),
        at=at,
    )
    announce(
        Event(
            organization_id=row.organization_id,
            kind=EventKind.PASS_ISSUED if kind in NEW else EventKind.PASS_CHANGED,
            member_id=row.member_id,
            subject=row.id,
            data={"change": kind.value, "because": cause.because, "by": cause.by.value, "title": row.title, **data},
        ),
        at,
    )
    touch_member(row.organization_id, row.member_id)


def changes_of(organization_id: str, pass_id: str, by: Asker) -> tuple[PassChange, ...]:
    """All that was done to a pass, oldest first; for its member without what staff noted for each other.

    Raises `NotFound`, `Forbidden`.
    """
    with reading():
        pass_asked(organization_id, pass_id, by, Right.WELCOME)
        rows = PassChangeRow.select().where(PassChangeRow.pass_ == pass_id)
        found = tuple(
            PassChange(
                id=row.id,
                kind=PassChangeKind(row.kind),
                by=row.by,
                staff_id=row.staff_id,
                because=row.because,
                data=json.loads(row.data),
                at=row.at,
            )
            for row in rows.order_by(PassChangeRow.at, PassChangeRow.id)
        )
        return found if by.member_id is None else tuple(one.for_the_member() for one in found)


def places_on(
    pass_id: str, at: datetime, *, from_: datetime | None = None, to: datetime | None = None
) -> list[ReservationRow]:
    """Places still to be come to on a pass, whose sessions start in that time. What is over is the night's to judge."""
    query = ReservationRow.select().join(SessionRow).where(SessionRow.ends_at > at)
    query = query.where(ReservationRow.pass_ == pass_id, ReservationRow.status == ReservationStatus.PENDING.value)
    if from_ is not None:
        query = query.where(SessionRow.starts_at >= from_)
    if to is not None:
        query = query.where(SessionRow.starts_at < to)
    return list(query.order_by(ReservationRow.session, ReservationRow.id))


def give_up(places: list[ReservationRow], action: str, at: datetime, cause: Cause) -> int:
    """The places and their punches are free for others, and their member hears it; how many. The member is locked.

    What the member reads of it is `action`, what was done to the pass; why staff did it stands in the history.
    """
    for row in places:
        row.has_hold, row.cancelled_at, row.cancelled_because = False, at, action
        history.move(row, ReservationStatus.AUTO_CANCELLED, at, cause, action=action)
        touch_session(row.organization_id, row.session_id)
    return len(places)
