"""What is written down when a contest is answered, whoever answers it and wherever."""

from datetime import datetime

from core.events import EventKind
from core.penalties import Answer
from server.services.events.announcing import Event, announce
from server.services.people.rights import Asker
from server.store.tables import ContestRow, NoShowRow


def open_contest(no_show_id: str) -> ContestRow | None:
    """The one that waits for an answer. Only worth something while the member is locked."""
    is_it = (ContestRow.no_show == no_show_id) & ContestRow.answered_at.is_null()
    return ContestRow.get_or_none(is_it)


def note_answer(contest: ContestRow, answer: Answer, because: str, by: Asker, at: datetime) -> None:
    """The member is told the answer and its reason; what it does is the caller's. The member is locked."""
    contest.answer, contest.answered_at = answer.value, at
    contest.answered_by, contest.answered_by_name, contest.answered_because = by.staff_id, by.name, because
    contest.save()
    no_show = NoShowRow.get_by_id(contest.no_show_id)
    answered = Event(
        organization_id=contest.organization_id,
        kind=EventKind.CONTEST_ANSWERED,
        member_id=contest.member_id,
        session_id=no_show.session_id,
        reservation_id=no_show.reservation_id,
        subject=no_show.id,
        data={"contest_id": contest.id, "answer": answer.value, "because": because},
    )
    announce(answered, at)
