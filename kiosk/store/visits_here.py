"""Reads the journal for what this kiosk did that its replica may not know: visits begun and undone, walk-ins today."""

from datetime import datetime

import apsw

from core import clocktime, wire
from core.acts import Undo
from core.protocol import Attempt, AttemptKind, AttemptState, Outcome
from kiosk.store.database import first_row, rows
from kiosk.store.overlay import VisitHere

_COLUMNS = "body, at, session_ends_at, takes_punch"
_OWN_WORDS = """
SELECT visit_key, outcome, json_extract(body, '$.kind'), json_extract(body, '$.session_id'),
    json_extract(body, '$.is_walk_in'), json_extract(body, '$.act.kind_of')
FROM attempt WHERE is_reflected = 0 AND visit_key IS NOT NULL AND member_id IS NOT NULL ORDER BY id
"""


def own_visits(connection: apsw.Connection, member_id: str) -> list[VisitHere]:
    """One for each visit of the member that is not reflected yet, in the order in which they began here."""
    found = rows(
        connection,
        f"SELECT {_COLUMNS} FROM attempt WHERE member_id = ? AND is_reflected = 0 ORDER BY id",
        (member_id,),
    )
    visits: dict[str, VisitHere] = {}
    for body, at, ends_at, takes_punch in found:
        attempt = wire.from_json(Attempt, body)
        if attempt.visit_key is None or attempt.session_id is None:
            continue
        earlier = visits.get(attempt.visit_key)
        if attempt.outcome is Outcome.WELCOME and not (earlier and earlier.is_live):
            visits[attempt.visit_key] = _visit(attempt, clocktime.from_ms(at), ends_at, bool(takes_punch))
        elif _undoes(attempt):
            visits[attempt.visit_key] = _undone(connection, attempt, clocktime.from_ms(at))
    return list(visits.values())


def own_walk_ins(connection: apsw.Connection) -> tuple[str, ...]:
    """Session ids, once for each live visit begun here without a reservation and not reflected yet.

    Asked for with every card, also after days alone: so the records are not read whole, as `own_visits` does.
    """
    live: dict[str, tuple[str, bool]] = {}
    for visit_key, outcome, kind, session_id, is_walk_in, act in connection.execute(_OWN_WORDS):
        if outcome == Outcome.WELCOME:
            live.setdefault(str(visit_key), (str(session_id), bool(is_walk_in)))
        elif kind == AttemptKind.UNDO or (act == Undo.__name__ and outcome == Outcome.DONE):
            live.pop(str(visit_key), None)
    return tuple(session_id for session_id, is_walk_in in live.values() if is_walk_in)


def passes_walked_in_on(
    connection: apsw.Connection, member_id: str, begins_at: datetime, ends_at: datetime
) -> tuple[str, ...]:
    """Ids of passes let in without reservation and without the server between two instants, once for each visit."""
    found = rows(
        connection,
        "SELECT body FROM attempt WHERE member_id = ? AND at >= ? AND at < ? ORDER BY id",
        (member_id, clocktime.to_ms(begins_at), clocktime.to_ms(ends_at)),
    )
    live: dict[str, str] = {}
    for (body,) in found:
        attempt = wire.from_json(Attempt, body)
        if attempt.visit_key is None or attempt.pass_id is None:
            continue
        if _undoes(attempt):
            live.pop(attempt.visit_key, None)
        elif attempt.outcome is Outcome.WELCOME and attempt.state is AttemptState.LOCAL and attempt.is_walk_in:
            live[attempt.visit_key] = attempt.pass_id
    return tuple(live.values())


def _undoes(attempt: Attempt) -> bool:
    """The member said "not me", or staff took the visit back."""
    by_staff = isinstance(attempt.act, Undo) and attempt.outcome is Outcome.DONE
    return attempt.kind is AttemptKind.UNDO or by_staff


def _visit(attempt: Attempt, at: datetime, ends_at: int | None, takes_punch: bool) -> VisitHere:
    return VisitHere(
        visit_key=attempt.visit_key or "",
        is_live=attempt.outcome is Outcome.WELCOME,
        session_id=attempt.session_id or "",
        # A row saved out of a damaged file has lost the session's end; until then it counts as going on.
        session_ends_at=at if ends_at is None else clocktime.from_ms(ends_at),
        checked_in_at=at,
        pass_id=attempt.pass_id,
        reservation_id=attempt.reservation_id,
        takes_punch=takes_punch,
        is_walk_in=attempt.is_walk_in,
    )


def _undone(connection: apsw.Connection, undo: Attempt, at: datetime) -> VisitHere:
    """The undone visit, with what its first attempt took, which may be in the record already."""
    row = first_row(
        connection,
        f"SELECT {_COLUMNS} FROM attempt WHERE visit_key = ? AND outcome = ? AND takes_punch = 1 ORDER BY id DESC",
        (undo.visit_key, Outcome.WELCOME),
    )
    # Begun at another kiosk: staff's record names the pass that paid, and only a punch pass gets something back.
    return _visit(undo, at, row[2] if row else None, bool(row) or isinstance(undo.act, Undo))
