"""What must be true, read straight from the rows: after every operation, and when everything is mended.

The names are those of the protocol. Nothing here asks the product what it thinks of itself, but for two: the chain of
a journal and the decision about a card are computed by its own code, since they are what is compared.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import apsw

from core import clocktime
from server.services.door.history import ALLOWED
from tests.simulation.world import Broken, World

DAY_MS = 86_400_000

PAID = """
SELECT v.id, v.is_live, COALESCE(p.type, ''), COALESCE((SELECT SUM(delta) FROM punches l WHERE l.visit_key = v.id), 0)
FROM visits v LEFT JOIN passes p ON p.id = v.pass_id
"""
TWICE = """
SELECT member_id, session_id, COUNT(*) FROM visits WHERE is_live AND id NOT LIKE 'O:%'
GROUP BY member_id, session_id HAVING COUNT(*) > 1
"""
AVAILABLE = """
SELECT p.id, p.member_id,
    COALESCE((SELECT SUM(delta) FROM punches l WHERE l.pass_id = p.id), 0)
    - (SELECT COUNT(*) FROM reservations r WHERE r.pass_id = p.id AND r.has_hold)
FROM passes p WHERE p.type = 'PUNCH_PASS'
"""
EXCUSES = """
SELECT COUNT(*) FROM visits v WHERE v.pass_id = ? AND v.is_live AND (
    v.method = 'STAFF' OR (v.is_offline_walk_in AND v.reservation_id IS NULL)
    OR ((v.is_stale OR v.disputed_reason IS NOT NULL) AND (v.reservation_id IS NULL OR EXISTS (
        SELECT 1 FROM reservation_history h WHERE h.reservation_id = v.reservation_id
        AND (h.action IN ('HOLD_RELEASED', 'NO_SHOW', 'SUSPENDED')
        OR (h.to_status IN ('CANCELLED', 'AUTO_CANCELLED') AND h.metadata NOT LIKE '%"late": true%'))))))
"""
"""A place keeps its punch until its hold is freed, so a welcome to it is no excuse before that; a late cancellation
frees nothing."""
CROWDED = """
SELECT s.id, s.capacity,
    (SELECT COUNT(*) FROM visits v WHERE v.session_id = s.id AND v.is_live)
    + (SELECT COUNT(*) FROM reservations r WHERE r.session_id = s.id AND r.status = 'PENDING'),
    (SELECT COUNT(*) FROM visits v WHERE v.session_id = s.id AND v.is_live AND v.is_over_capacity)
FROM sessions s
"""


def check_after_each(world: World) -> None:
    """What holds at every moment between two transactions. Raises Broken."""
    world.server.points.is_safe = True
    try:
        with world.server.look() as rows:
            for trouble in (*_books(rows), *_judged_too_soon(world, rows), *_borders(rows)):
                raise Broken(trouble)
        if world.server.unkept:
            raise Broken(f"I1 the server said it keeps, and does not keep: {world.server.unkept[0]}")
        if world.server.broken:
            raise Broken(f"S0 the server failed by itself: {world.server.broken[0]}")
    finally:
        world.server.points.is_safe = False


def _books(rows: apsw.Connection) -> Iterator[str]:
    for key, is_live, kind, paid in rows.execute(PAID):
        if paid != (-1 if is_live and kind == "PUNCH_PASS" else 0):
            yield f"I2 visit {key} (live {is_live}, {kind}) was paid with {paid}"
    for member, session, count in rows.execute(TWICE):
        yield f"I2 {member} is {count} times in {session}"
    for pass_, member, available in rows.execute(AVAILABLE):
        if available < 0:
            (excuses,) = rows.execute(EXCUSES, (pass_,)).fetchone()
            lifted = rows.execute("SELECT 1 FROM overrides WHERE member_id = ?", (member,)).fetchone()
            penalties = _penalties(rows, pass_)
            if excuses + penalties < -available and not lifted:
                yield f"I3 pass {pass_} has {available} available, and {excuses} excuses"
    for session, capacity, taken, over in rows.execute(CROWDED):
        if taken > capacity + over:
            yield f"I10 session {session}: {taken} in {capacity} places, {over} marked over"
    yield from _history(rows)


def _penalties(rows: apsw.Connection, pass_: str) -> int:
    found = rows.execute(
        "SELECT -COALESCE(SUM(delta), 0) FROM punches WHERE pass_id = ? AND kind LIKE 'PENALTY%'", (pass_,)
    ).fetchone()
    return int(found[0])


def _history(rows: apsw.Connection) -> Iterator[str]:
    steps: dict[str, list[tuple[int, str | None, str, int, str]]] = defaultdict(list)
    for reservation, *step in rows.execute(
        "SELECT reservation_id, step, from_status, to_status, at, cause FROM reservation_history ORDER BY step"
    ):
        steps[reservation].append(tuple(step))  # type: ignore[arg-type]
    allowed = {(before and before.value, after.value) for before, afters in ALLOWED.items() for after in afters}
    for reservation, status in rows.execute("SELECT id, status FROM reservations"):
        mine = steps[reservation]
        if [step[0] for step in mine] != list(range(1, len(mine) + 1)):
            yield f"I6 the history of {reservation} has a gap"
        if not mine or mine[-1][2] != status:
            yield f"I6 {reservation} is {status}, its history says otherwise"
        for earlier, later in pairwise(mine):
            if later[1] != earlier[2] or (later[1] != later[2] and (later[1], later[2]) not in allowed):
                yield f"I6 {reservation} went from {later[1]} to {later[2]}"
        if any(not step[4] for step in mine):
            yield f"I6 a step of {reservation} has no cause"


def _judged_too_soon(world: World, rows: apsw.Connection) -> Iterator[str]:
    """A confirmed absence of somebody who was welcomed at a kiosk that is waited for, and has not told it yet."""
    standing = {
        reservation
        for (reservation,) in rows.execute(
            "SELECT reservation_id FROM no_shows WHERE reversed_at IS NULL AND NOT is_unconfirmed"
        )
    }
    if not standing:
        return
    waited_for = {
        device for (device,) in rows.execute("SELECT id FROM devices WHERE retired_at IS NULL AND revoked_at IS NULL")
    }
    trusted = {k.name for k in world.kiosks if k.here.known.id in waited_for and not k.is_poisoned}
    for screen in world.screens:
        if screen.said != "WELCOME" or screen.reservation_id not in standing or screen.kiosk not in trusted:
            continue
        if screen.visit_key in world.undone or world.was_restored:
            continue
        yield f"I9 {screen.reservation_id} is a no-show, and {screen.kiosk} welcomed them at {screen.at:%d %H:%M}"


def _borders(rows: apsw.Connection) -> Iterator[str]:
    for table, column, other in _pointers(rows):
        found = rows.execute(
            f"SELECT a.rowid FROM {table} a JOIN {other} b ON b.id = a.{column}"
            " WHERE a.organization_id <> b.organization_id LIMIT 1"
        ).fetchone()
        if found:
            yield f"I11 a row of {table} points by {column} into another organization"


_POINTERS: list[tuple[str, str, str]] = []


def _pointers(rows: apsw.Connection) -> list[tuple[str, str, str]]:
    """(table, column, other table) wherever both belong to an organization. The tables are the same for every seed."""
    if not _POINTERS:
        tables = [name for (name,) in rows.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
        columns = {table: {row[1] for row in rows.execute(f"PRAGMA table_info({table})")} for table in tables}
        for table in tables:
            for key in rows.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                if {"organization_id"} <= columns[table] & columns[key[2]] and key[4] == "id":
                    _POINTERS.append((table, key[3], key[2]))
    return _POINTERS


def as_ms(world: World) -> int:
    return clocktime.to_ms(world.at)
