"""A member says "I was there" of an absence, and staff answer: they were, it is excused, or it stands."""

from datetime import datetime

from core.errors import Conflict, NotFound
from core.events import EventKind
from core.penalties import Answer, Contest, MayContest, may_contest
from server.services.door.afterwards import check_in_afterwards
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.events.announcing import Event, announce
from server.services.penalties.answers import note_answer
from server.services.penalties.gathering import RuleBook, as_contest, noted_absences
from server.services.penalties.no_shows import excuse_row
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require, require_for_member
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import ContestRow, NoShowRow, ReservationRow, SessionRow, StaffRow

LONGEST_WORDS = 1000


def contest(organization_id: str, no_show_id: str, said: str, by: Asker, at: datetime) -> Contest:
    """What the member says goes to staff's inbox; until they answer, the absence stands with what it costs.

    Once for an absence: while it waits, asking again tells the first. For the member, or staff in their name.
    Raises `Conflict` when it is too late, was answered, or the absence was undone; `Invalid`, `NotFound`, `Forbidden`.
    """
    own_words = words.optional("words", " ".join(said.split()), LONGEST_WORDS)
    own_words = own_words or words.required("words", own_words)
    with writing():
        row = ours(NoShowRow, organization_id, no_show_id, "no_show")
        missing = NotFound("no_show.not_found", id=no_show_id)
        require_for_member(organization_id, by, Right.SERVE, row.member_id, missing)
        lock_member(organization_id, row.member_id)
        row = NoShowRow.get_by_id(no_show_id)
        noted = noted_absences(organization_id, [row])[0]
        rule = RuleBook(organization_id).rule(row.policy_version, noted.session.venue_id, row.noted_at)
        match may_contest(noted, rule.policy, at):
            case MayContest.UNDONE:
                raise Conflict("no_show.is_undone", id=no_show_id)
            case MayContest.TOO_LATE:
                raise Conflict("contest.too_late", id=no_show_id)
            case MayContest.ANSWERED:
                raise Conflict("contest.answered", because=noted.contest.answered_because if noted.contest else "")
            case MayContest.YES:
                _write(row, own_words, by, at)
        return _of(no_show_id)


def answer(organization_id: str, contest_id: str, said: Answer, because: str, by: Asker, at: datetime) -> Contest:
    """Staff's answer; the member is told it with the reason. Twice is once: the first answer stands.

    WERE_THERE: they are checked in as of the session's start, through the same settling as at the door: the absence is
    undone with all it cost, and a punch pass pays for the visit. EXCUSED: see `no_shows.excuse`. STANDS: nothing else.
    Raises `Invalid` without a reason, `Conflict` where they cannot have been there, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    with writing():
        require(organization_id, by, Right.SERVE)
        member_id = ours(ContestRow, organization_id, contest_id, "contest").member_id
        lock_member(organization_id, member_id)
        asked = ContestRow.get_by_id(contest_id)
        no_show = NoShowRow.get_by_id(asked.no_show_id)
        if asked.answered_at is None:
            if no_show.reversed_at is not None:
                raise Conflict("no_show.is_undone", id=no_show.id)
            _carry_out(asked, no_show, said, why, by, at)
            note_answer(asked, said, why, by, at)
        return _of(no_show.id)


def _carry_out(asked: ContestRow, no_show: NoShowRow, said: Answer, why: str, by: Asker, at: datetime) -> None:
    match said:
        case Answer.WERE_THERE:
            if SessionRow.get_by_id(no_show.session_id).cancelled_at is not None:
                raise Conflict("contest.session_called_off")
            place = ReservationRow.get_by_id(no_show.reservation_id)
            check_in_afterwards(place, by.staff_id, by.cause(why), at, contest_id=asked.id)
        case Answer.EXCUSED:
            excuse_row(no_show, why, by, at, contest_id=asked.id)
        case Answer.STANDS:
            touch_member(asked.organization_id, asked.member_id)


def _write(no_show: NoShowRow, own_words: str, by: Asker, at: datetime) -> None:
    row = ContestRow.create(
        id=new_id(at),
        organization=no_show.organization_id,
        no_show=no_show.id,
        member=no_show.member_id,
        words=own_words,
        staff=by.staff_id,
        made_at=at,
    )
    said = Event(
        organization_id=no_show.organization_id,
        kind=EventKind.CONTESTED,
        member_id=no_show.member_id,
        session_id=no_show.session_id,
        reservation_id=no_show.reservation_id,
        subject=no_show.id,
        data={"contest_id": row.id},
    )
    announce(said, at)


def _of(no_show_id: str) -> Contest:
    row = ContestRow.get(ContestRow.no_show == no_show_id)
    staff = StaffRow.get_or_none(StaffRow.id == row.staff_id)
    return as_contest(row, staff.name if staff else "")
