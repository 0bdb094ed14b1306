"""A letter that was written and not sent yet is overtaken by what happened since: it is not sent any more."""

from datetime import datetime

from core.events import EventKind
from core.letters import LetterState
from server.store.tables import EventRow, LetterRow


def offer_is_over(member_id: str, waiting_id: str, at: datetime) -> None:
    """The letter of an offer that was answered or taken back is worth nothing from now on. Inside `writing()`.

    One that is being handed over just now goes; one that is not written yet is not, see `gathering`.
    """
    of_it = EventRow.select(EventRow.id).where(EventRow.member == member_id, EventRow.subject == waiting_id)
    LetterRow.update(good_until=at).where(
        LetterRow.member == member_id,
        LetterRow.kind == EventKind.PLACE_OFFERED.value,
        LetterRow.state == LetterState.WAITING.value,
        LetterRow.good_until > at,
        LetterRow.event.in_(of_it),
    ).execute()
