"""Reads the journal for what staff did at this kiosk that its replica may not know: overrides, lifts, cards handed out.

An act counts once it has its outcome; one that a power cut interrupted was never shown, and never was.
"""

from dataclasses import dataclass
from datetime import datetime

import apsw

from core import clocktime, wire
from core.acts import HandOutCard, OutOfOrder
from core.protocol import Attempt, Outcome
from kiosk.store.database import first_row, rows
from kiosk.store.notes import Note, drop_notes, note, put_note
from kiosk.store.overlay import ActHere

_ACTS = f"""
SELECT body, at FROM attempt
WHERE member_id = ? AND is_reflected = 0 AND outcome = '{Outcome.DONE.value}' ORDER BY id
"""
_HANDED_OUT = f"""
SELECT body FROM attempt
WHERE card = ? AND is_reflected = 0 AND outcome = '{Outcome.DONE.value}'
ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class CardHere:
    """A temporary card that was handed out here, of which the replica does not know."""

    member_id: str
    sealed: str
    ends_at: datetime


def own_acts(connection: apsw.Connection, member_id: str) -> list[ActHere]:
    """What staff did here about the member and is not reflected yet, in the order in which they did it."""
    found = []
    for body, at in rows(connection, _ACTS, (member_id,)):
        attempt = wire.from_json(Attempt, body)
        if attempt.act is not None:
            staff_id = attempt.actor.staff_id or ""
            found.append(ActHere(id=attempt.attempt_id, act=attempt.act, staff_id=staff_id, at=clocktime.from_ms(at)))
    return found


def handed_out_here(connection: apsw.Connection, card: str) -> CardHere | None:
    """The card with this fingerprint, if staff gave it to somebody at this kiosk."""
    row = first_row(connection, _HANDED_OUT, (card,))
    act = wire.from_json(Attempt, row[0]).act if row else None
    if not isinstance(act, HandOutCard):
        return None
    return CardHere(member_id=act.member_id, sealed=act.sealed, ends_at=act.ends_at)


def note_order(connection: apsw.Connection, attempt: Attempt) -> None:
    """Keeps whether staff put this kiosk out of order, in the transaction that says they did."""
    if isinstance(attempt.act, OutOfOrder):
        put_note(connection, Note.OUT_OF_ORDER, attempt.act.because)
    else:
        drop_notes(connection, Note.OUT_OF_ORDER)


def why_out_of_order(connection: apsw.Connection) -> str | None:
    """Staff's reason. None: nobody put it out of order."""
    return note(connection, Note.OUT_OF_ORDER)
