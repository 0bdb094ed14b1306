"""Absences for staff: of a day, of a member; and excusing one, by staff's word and with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_

from core import clocktime
from core.errors import Conflict
from core.penalties import Answer
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.undoing import EXCUSED, excuse_no_show
from server.services.penalties.answers import note_answer, open_contest
from server.services.penalties.gathering import noted_absences, who_are
from server.services.penalties.values import NoShow
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.services.programs.paging import Part, Wanted, part_of
from server.store.database import reading, writing
from server.store.tables import MemberRow, NoShowRow, SessionRow, VenueRow


def no_shows_on(
    organization_id: str, day: date, by: Asker, *, venue_id: str | None = None
) -> tuple[NoShow, ...]:  # fmt: skip
    """Absences from sessions that started on that local day, at one venue or at each by its own clock; by session.

    Those that were undone are among them: staff see what became of each. Raises `NotFound`, `Forbidden`.
    """
    with reading():
        require(organization_id, by, Right.SERVE)
        if venue_id is not None:
            ours(VenueRow, organization_id, venue_id, "venue")
        venues = VenueRow.select().where(VenueRow.organization == organization_id)
        days = [
            (SessionRow.venue == venue.id) & (SessionRow.starts_at >= begins) & (SessionRow.starts_at < ends)
            for venue in (venues if venue_id is None else venues.where(VenueRow.id == venue_id))
            for begins, ends in [clocktime.day_span(day, clocktime.zone_named(venue.zone))]
        ]
        if not days:
            return ()
        rows = (
            NoShowRow.select()
            .join(SessionRow)
            .where(NoShowRow.organization == organization_id, reduce(or_, days))
            .order_by(SessionRow.starts_at, SessionRow.id, NoShowRow.id)
        )
        return _with_whom(organization_id, list(rows))


def no_shows_of(organization_id: str, member_id: str, by: Asker, wanted: Wanted) -> Part[NoShow]:
    """A member's history, the newest first. Raises `NotFound`, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.SERVE)
        ours(MemberRow, organization_id, member_id, "member")
        rows = NoShowRow.select().where(NoShowRow.member == member_id)
        part = part_of(rows, (NoShowRow.id,), wanted, newest_first=True)
        return Part(found=_with_whom(organization_id, part.found), next=part.next)


def excuse(organization_id: str, no_show_id: str, because: str, by: Asker, at: datetime) -> NoShow:
    """It stays an absence and costs nothing any more: strike, punch, suspension and lost places are taken back.

    Twice is once: the first reason stays. An open contest is answered with it. There is no way back: what was given
    back may be used by now, and nobody is punished anew for what was forgiven; staff can suspend with a reason.
    Raises `Invalid` without a reason, `Conflict` for one that was undone, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    with writing():
        require(organization_id, by, Right.SERVE)
        member_id = ours(NoShowRow, organization_id, no_show_id, "no_show").member_id
        lock_member(organization_id, member_id)
        row = NoShowRow.get_by_id(no_show_id)
        if row.reversed_at is not None:
            raise Conflict("no_show.is_undone", id=no_show_id)
        contest = open_contest(no_show_id)
        excuse_row(row, why, by, at, contest_id=contest.id if contest else None)
        if contest is not None:
            note_answer(contest, Answer.EXCUSED, why, by, at)
        return _with_whom(organization_id, [NoShowRow.get_by_id(no_show_id)])[0]


def excuse_row(row: NoShowRow, because: str, by: Asker, at: datetime, *, contest_id: str | None = None) -> None:
    """Nothing, if it is excused already. The member is locked."""
    if row.amnesty_because:
        return
    told = {} if contest_id is None else {"contest_id": contest_id}
    excuse_no_show(row, at, by.cause(because), action=EXCUSED, **told)
    touch_member(row.organization_id, row.member_id)


def _with_whom(organization_id: str, rows: Sequence[NoShowRow]) -> tuple[NoShow, ...]:
    who = who_are(organization_id, {row.member_id for row in rows})
    return tuple(NoShow(who=who[noted.member_id], noted=noted) for noted in noted_absences(organization_id, rows))
