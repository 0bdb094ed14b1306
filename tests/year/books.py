"""What must be true after every night, in a few set-based queries that both databases understand.

The product's own services are not asked: what they keep is counted again from the rows.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from core import clocktime
from server.scheduler import TIMETABLE
from server.store.database import is_postgresql, proxy, reading
from tests.simulation.invariants import CROWDED, PAID, TWICE
from tests.year.town import HERE

WINDOW = timedelta(hours=2)
"""After a session's end its absences are due: none of the year's policies has another."""


class Untrue(AssertionError):
    """Something is not as it must be. Its text begins with what."""


LEDGER = """
SELECT p.id, p.type, p.punches_included,
    COALESCE(l.granted, 0), COALESCE(l.corrected, 0), COALESCE(l.total, 0),
    COALESCE(v.live, 0), COALESCE(n.penalties, 0), COALESCE(h.held, 0)
FROM passes p
LEFT JOIN (SELECT pass_id,
        SUM(CASE WHEN kind = 'GRANT' THEN delta ELSE 0 END) AS granted,
        SUM(CASE WHEN kind IN ('CORRECTION', 'TRANSFER') THEN delta ELSE 0 END) AS corrected,
        SUM(delta) AS total FROM punches GROUP BY pass_id) l ON l.pass_id = p.id
LEFT JOIN (SELECT pass_id, COUNT(*) AS live FROM visits WHERE is_live GROUP BY pass_id) v ON v.pass_id = p.id
LEFT JOIN (SELECT r.pass_id, COUNT(*) AS penalties FROM no_shows n JOIN reservations r ON r.id = n.reservation_id
        WHERE n.took_punch AND n.reversed_at IS NULL AND n.amnesty_because = '' GROUP BY r.pass_id) n
    ON n.pass_id = p.id
LEFT JOIN (SELECT pass_id, COUNT(*) AS held FROM reservations WHERE has_hold GROUP BY pass_id) h ON h.pass_id = p.id
"""
OVERDRAWN_BY_RIGHT = """
SELECT r.pass_id FROM no_shows n JOIN reservations r ON r.id = n.reservation_id WHERE n.took_punch
UNION SELECT v.pass_id FROM visits v WHERE v.is_live AND (v.method = 'STAFF' OR v.is_stale OR v.is_offline_walk_in)
"""
"""A penalty may take a punch that is set aside, and staff let in whoever was there: only these passes may owe."""
TWO_PLACES = """
SELECT member_id, session_id, COUNT(*) FROM reservations WHERE status NOT IN ('CANCELLED', 'AUTO_CANCELLED')
GROUP BY member_id, session_id HAVING COUNT(*) > 1
"""
OFFERED_TOO_MUCH = """
SELECT s.id, s.capacity, o.held, COALESCE(r.taken, 0) + COALESCE(v.live, 0)
FROM sessions s
JOIN (SELECT session_id, COUNT(*) AS held FROM waiting_entries WHERE status IN ('OFFERED', 'BOOKING')
    GROUP BY session_id) o ON o.session_id = s.id
LEFT JOIN (SELECT session_id, COUNT(*) AS taken FROM reservations WHERE status = 'PENDING' AND released_at IS NULL
    GROUP BY session_id) r ON r.session_id = s.id
LEFT JOIN (SELECT session_id, COUNT(*) AS live FROM visits WHERE is_live GROUP BY session_id) v ON v.session_id = s.id
WHERE o.held > s.capacity - COALESCE(r.taken, 0) - COALESCE(v.live, 0)
    + (SELECT COUNT(*) FROM visits w WHERE w.session_id = s.id AND w.is_live AND w.is_over_capacity)
"""
ABSENCES = """
SELECT r.id, r.status, COUNT(n.id) FROM reservations r
LEFT JOIN no_shows n ON n.reservation_id = r.id AND n.reversed_at IS NULL
GROUP BY r.id, r.status HAVING COUNT(n.id) <> CASE WHEN r.status = 'NO_SHOW' THEN 1 ELSE 0 END
"""
GROUNDLESS = """
SELECT s.id FROM suspensions s LEFT JOIN no_shows n ON n.id = s.no_show_id
WHERE (s.no_show_id IS NULL AND s.made_by_id IS NULL)
    OR (s.no_show_id IS NOT NULL AND n.id IS NULL)
    OR s.because = ''
    OR (s.lifted_at IS NULL AND s.no_show_id IS NOT NULL AND 2 > (SELECT COUNT(*) FROM no_shows g
        WHERE g.member_id = s.member_id AND g.noted_at <= s.made_at AND g.reversed_at IS NULL
        AND g.is_counted AND NOT g.is_unconfirmed AND g.amnesty_because = ''))
"""
"""Two absences are the least that suspend anybody by the year's policies."""
FORGOTTEN = """
SELECT r.id FROM reservations r JOIN sessions s ON s.id = r.session_id
WHERE s.cancelled_at IS NULL AND s.ends_at <= {due}
    AND (r.status IN ('PENDING', 'CHECKED_IN') OR r.has_hold)
"""
HISTORY = """
SELECT r.id, r.status, h.steps, h.newest, last.to_status FROM reservations r
LEFT JOIN (SELECT reservation_id, COUNT(*) AS steps, MAX(step) AS newest FROM reservation_history
    GROUP BY reservation_id) h ON h.reservation_id = r.id
LEFT JOIN reservation_history last ON last.reservation_id = r.id AND last.step = h.newest
WHERE h.steps IS NULL OR h.steps <> h.newest OR last.to_status <> r.status
"""
TOLD_TWICE = """
SELECT kind, COALESCE(reservation_id, ''), subject, COUNT(*) FROM events
WHERE kind IN ('reservation.created', 'reservation.reminder', 'reservation.check_in_soon', 'reservation.last_call',
    'reservation.no_show_contested', 'reservation.contest_answered', 'member.suspended', 'member.reinstated',
    'reservation.no_show_undone', 'waiting_list.joined', 'pass.issued', 'session.cancelled')
GROUP BY kind, COALESCE(reservation_id, ''), subject HAVING COUNT(*) > 1
"""
"""Facts that come once. Others may come again: a place is given back and lost anew."""
NOT_TOLD = """
SELECT 'reservation.created', id FROM reservations
WHERE id NOT IN (SELECT reservation_id FROM events WHERE kind = 'reservation.created')
UNION ALL SELECT 'member.suspended', id FROM suspensions
WHERE id NOT IN (SELECT subject FROM events WHERE kind = 'member.suspended')
"""
UNEVEN = """
SELECT h.reservation_id, h.action, h.steps, COALESCE(e.told, 0) FROM
    (SELECT reservation_id, action, COUNT(*) AS steps FROM reservation_history
        WHERE action IN ('NO_SHOW', 'CANCELLED', 'GIVEN_BACK', 'SESSION_CANCELLED')
        GROUP BY reservation_id, action) h
LEFT JOIN (SELECT reservation_id, kind, COUNT(*) AS told FROM events GROUP BY reservation_id, kind) e
    ON e.reservation_id = h.reservation_id AND e.kind = CASE h.action WHEN 'NO_SHOW' THEN 'reservation.no_show'
        WHEN 'CANCELLED' THEN 'reservation.cancelled' WHEN 'GIVEN_BACK' THEN 'reservation.given_back'
        ELSE 'session.cancelled' END
WHERE h.steps <> COALESCE(e.told, 0)
"""
"""As often as it happened, so often it was told."""
LETTERS = """
SELECT event_id, channel, COUNT(*) FROM letters GROUP BY event_id, channel HAVING COUNT(*) > 1
"""
FAILED = "SELECT id, kind, last_trouble FROM letters WHERE state = 'FAILED' AND last_trouble NOT LIKE 'TOO_LATE%'"
CALLED_TWICE = """
SELECT event_id, endpoint_id, COUNT(*) FROM webhook_calls WHERE event_id IS NOT NULL
GROUP BY event_id, endpoint_id HAVING COUNT(*) > 1
"""
NIGHTS = """
SELECT venue, local_day, job, COUNT(*), MAX(attempts), MAX(state) FROM job_runs GROUP BY venue, local_day, job
HAVING COUNT(*) <> 1 OR MAX(attempts) <> 1 OR MAX(state) <> 'DONE'
"""
NIGHTS_IN_A_ROW = "SELECT job, MIN(local_day), MAX(local_day), COUNT(*) FROM job_runs GROUP BY job"
HELD_BACK = "SELECT attempt_id, why FROM quarantine"


def check_the_books(at: datetime, *, is_told: bool) -> None:
    """`is_told`: the kiosk has told everything, so nothing may wait for it. Raises `Untrue` for the first that is not.

    What a kiosk that came back says stands in the way of no night for longer than the next one.
    """
    with reading():
        for trouble in _untrue(at, is_told=is_told):
            raise Untrue(f"after the night of {at:%Y-%m-%d}: {trouble}")


def _untrue(at: datetime, *, is_told: bool) -> Iterator[str]:
    yield from _books()
    yield from _places()
    due = clocktime.to_ms(at - timedelta(hours=4) - WINDOW if is_told else at - timedelta(hours=30) - WINDOW)
    yield from _none("has been forgotten by the nights", FORGOTTEN.format(due=due))
    yield from _none("is a no-show without an absence, or an absence without a no-show", ABSENCES)
    yield from _none("is a suspension without ground", GROUNDLESS)
    yield from _none("is otherwise in its history", HISTORY)
    yield from _none("was told more than once", TOLD_TWICE)
    yield from _none("was told to nobody", NOT_TOLD)
    yield from _none("was not told as often as it happened", UNEVEN)
    yield from _none("was written of more than once", LETTERS)
    yield from _none("is a letter that failed", FAILED)
    yield from _none("was called more than once", CALLED_TWICE)
    yield from _none("is a night's job that did not run once", NIGHTS)
    yield from _nights(at)
    yield from _none("is in quarantine", HELD_BACK)


def _books() -> Iterator[str]:
    for key, is_live, kind, paid in _rows(PAID):
        if paid != (-1 if is_live and kind == "PUNCH_PASS" else 0):
            yield f"visit {key} (live {is_live}, {kind}) was paid with {paid}"
    may_owe: set[str] | None = None
    for id_, kind, included, granted, corrected, total, live, penalties, held in _rows(LEDGER):
        if kind != "PUNCH_PASS":
            if total or held:
                yield f"pass {id_} ({kind}) has a ledger: {total}, {held} held"
            continue
        if granted != included:
            yield f"pass {id_} was granted {granted} of {included}"
        if total != granted + corrected - live - penalties:
            came_to = f"{granted} granted, {corrected} corrected, {live} visits, {penalties} penalties"
            yield f"pass {id_} has {total}: {came_to}"
        if held > total:
            may_owe = may_owe if may_owe is not None else {pass_ for (pass_,) in _rows(OVERDRAWN_BY_RIGHT)}
            if id_ not in may_owe:
                yield f"pass {id_} has {total} left and {held} held"


def _places() -> Iterator[str]:
    yield from _none("is twice in a session", TWICE)
    yield from _none("has two places in a session", TWO_PLACES)
    for session, capacity, taken, over in _rows(CROWDED):
        if taken > capacity + over:
            yield f"session {session}: {taken} in {capacity} places, {over} marked over"
    yield from _none("has more places offered than free", OFFERED_TOO_MUCH)


def _nights(at: datetime) -> Iterator[str]:
    """Every job had every night up to this one."""
    runs = _rows(NIGHTS_IN_A_ROW)
    if sorted(job for job, *_ in runs) != sorted(job.name for job in TIMETABLE):
        yield f"only {[job for job, *_ in runs]} ran at all"
    for job, first, last, count in runs:
        nights = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        if date.fromisoformat(last) != clocktime.local_day(at, HERE) or count != nights:
            yield f"{job} ran {count} times from {first} to {last}"


def _none(what: str, query: str) -> Iterator[str]:
    found = _rows(query)
    if found:
        yield f"{found[0]} {what}; {len(found)} in all"


def _rows(query: str) -> list[tuple[Any, ...]]:
    # One of the two drivers looks for parameters also where there are none.
    return list(proxy.obj.execute_sql(query.replace("%", "%%") if is_postgresql() else query).fetchall())
