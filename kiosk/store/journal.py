"""Every attempt made at this kiosk, in an order nobody can change, and which of them the server has confirmed.

It never deletes what the server does not have, and never gives a number twice.
"""

import json
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType

import apsw

from core import clocktime, wire
from core.acts import BackInOrder, OutOfOrder
from core.decisions import Admitted
from core.protocol import Attempt, AttemptState, Outcome, Told
from core.refusals import RefusalReason
from kiosk.store.acts_here import note_order
from kiosk.store.database import Database, first_row, number, rows
from kiosk.store.notes import Note, instant_noted, put_instant

log = logging.getLogger(__name__)

KEPT_AFTER_TOLD = timedelta(days=14)
"""The server's redo log: if it is restored from a backup of this age, the kiosks tell it again."""
DOUBT_LASTS = timedelta(hours=48)
"""For so long after a damaged journal the kiosk promises nothing; then the night decides without it."""


_EPOCH_TO_TELL = """
SELECT e.id, e.last_seq FROM epoch e LEFT JOIN attempt a
    ON a.epoch = e.id AND a.told_at IS NULL AND a.outcome IS NOT NULL
    AND a.attempt_id NOT IN (SELECT value FROM json_each(?))
GROUP BY e.id ORDER BY COUNT(a.id) = 0, CASE WHEN COUNT(a.id) THEN e.number ELSE -e.number END LIMIT 1
"""
"""The oldest that has something to tell, else the one that is written to."""

_KEPT_FROM = """
SELECT id, COALESCE(
    (SELECT MIN(seq) FROM attempt WHERE epoch = epoch.id AND (told_at IS NULL OR told_at >= ?)), last_seq + 1
) FROM epoch
"""
"""By epoch, the first number that stays."""


_UNTOLD = "SELECT body FROM attempt WHERE told_at IS NULL AND outcome IS NOT NULL"
_OF_CARD = (
    "(card = ? AND json_extract(body, '$.led_member_id') IS NULL)"
    " OR member_id = (SELECT member_id FROM card WHERE card = ?)"
)
"""What its holder did with it, and what was done about them by staff, or on the card of somebody who leads them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Attempts to tell, of one epoch, in the order of seq; `nothing_unsent_before` is true once they are told."""

    epoch: str
    max_seq: int
    attempts: tuple[Attempt, ...]
    nothing_unsent_before: datetime | None


class Journal:
    """The table `attempt`. Every verb is one transaction and is on the disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write_intent(self, attempt: Attempt, at: datetime) -> Attempt:
        """The attempt as written, with its epoch and seq. Nothing has been decided yet.

        An attempt left open by a failure is closed first, as after a crash: the chain has no holes.
        """
        with self._database.writing() as connection:
            return _write_intents(connection, (attempt,), at)[0]

    def write_intents(self, attempts: Sequence[Attempt], at: datetime) -> tuple[Attempt, ...]:
        """Several people's attempts that begin together, all or none, numbered one after another."""
        with self._database.writing() as connection:
            return _write_intents(connection, attempts, at)

    def write_choice(self, attempt: Attempt) -> None:
        """An open attempt again, with the session that was tapped."""
        with self._database.writing() as connection:
            _update_open(connection, attempt)

    def write_outcome(self, attempt: Attempt, admitted: Admitted | None = None) -> Attempt:
        """The attempt with its link of the chain, once it has an outcome. `admitted` is what a WELCOME said."""
        with self._database.writing() as connection:
            return _write_outcome(connection, attempt, admitted)

    def write_outcomes(self, ended: Sequence[tuple[Attempt, Admitted | None]]) -> tuple[Attempt, ...]:
        """The same for attempts that were begun together: all or none, whose links follow in the order of seq."""
        with self._database.writing() as connection:
            return tuple(_write_outcome(connection, attempt, admitted) for attempt, admitted in ended)

    def close_open_intents(self) -> int:
        """After a start: attempts that were begun and never shown become UNKNOWN. Gives how many."""
        with self._database.writing() as connection:
            return _close_open(connection)

    def attempt(self, attempt_id: str) -> Attempt | None:
        with self._database.reading() as connection:
            row = first_row(connection, "SELECT body FROM attempt WHERE attempt_id = ?", (attempt_id,))
            return _attempt(row[0]) if row else None

    def untold_of_card(self, card: str) -> tuple[Attempt, ...]:
        """What happened with this card, or was done by staff about its member, and the server does not know."""
        with self._database.reading() as connection:
            found = rows(connection, f"{_UNTOLD} AND ({_OF_CARD}) ORDER BY id", (card, card))
            return tuple(_attempt(body) for (body,) in found)

    def untold_of_member(self, member_id: str) -> tuple[Attempt, ...]:
        """The same of a member whose card is not there, oldest first."""
        with self._database.reading() as connection:
            found = rows(connection, f"{_UNTOLD} AND member_id = ? ORDER BY id", (member_id,))
            return tuple(_attempt(body) for (body,) in found)

    def next_batch(self, size: int, at: datetime, *, besides: Collection[str] = ()) -> Batch:
        """What to tell next, without the attempts of the ids `besides`; with nothing in it, it is a heartbeat."""
        left_out = json.dumps(list(besides))
        with self._database.reading() as connection:
            epoch, max_seq = rows(connection, _EPOCH_TO_TELL, (left_out,))[0]
            found = rows(
                connection,
                "SELECT id, body FROM attempt WHERE epoch = ? AND told_at IS NULL AND outcome IS NOT NULL"
                " AND attempt_id NOT IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?",
                (epoch, left_out, size),
            )
            promise = _nothing_unsent_before(connection, {row_id for row_id, _ in found}, at)
        attempts = tuple(_attempt(body) for _, body in found)
        return Batch(epoch=epoch, max_seq=max_seq, attempts=attempts, nothing_unsent_before=promise)

    def heard(
        self, told: Iterable[Told], at: datetime, *, epoch: str = "", have_upto: int | None = None,
        held_beyond: int | None = None,
    ) -> int:  # fmt: skip
        """One answer of the server: what it stored, and up to where it holds all of an epoch; in one commit.

        If its count went back, or it holds fewer beyond it than it was told, it lost what it had: gives how many must
        be told again. In two commits, a power cut
        between them would leave attempts called told beside the older count, and a server restored meanwhile would
        never be told them again. If the count is beyond the last number given here, this file went back, as on a disk
        that lies: a new epoch is begun.
        """
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE attempt SET told_at = ?, effect = ? WHERE attempt_id = ?",
                [(clocktime.to_ms(at), one.effect.value, one.attempt_id) for one in told],
            )
            return 0 if have_upto is None else _heard_upto(connection, epoch, have_upto, held_beyond, at)

    def waiting(self) -> int:
        """How many attempts the server has not confirmed."""
        with self._database.reading() as connection:
            return number(connection, "SELECT COUNT(*) FROM attempt WHERE told_at IS NULL")

    def settled_mark(self) -> int:
        """A mark to take before facts are asked for: what lies before it and is told will be in them."""
        with self._database.reading() as connection:
            return number(
                connection,
                "SELECT COALESCE(MIN(CASE WHEN outcome IS NULL THEN id END) - 1, MAX(id), 0) FROM attempt",
            )

    def mark_reflected(self, mark: int) -> None:
        """The replica now contains what was told, or decided by the server, up to the mark."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE attempt SET is_reflected = 1"
                " WHERE id <= ? AND is_reflected = 0 AND (told_at IS NOT NULL OR state = ?)",
                (mark, AttemptState.SERVER),
            )

    def clear_away(self, at: datetime) -> int:
        """Delete what the server has had for two weeks, from the oldest on and up to the first that it has not.

        The last one's link of the chain stays, so that the rest can be proven. Gives how many were deleted.
        """
        with self._database.writing() as connection:
            before = clocktime.to_ms(at - KEPT_AFTER_TOLD)
            return sum(_clear_epoch(connection, epoch, upto) for epoch, upto in rows(connection, _KEPT_FROM, (before,)))

    def latest_at(self) -> datetime | None:
        """The latest instant at which anything was ever written here: the clock cannot be before it."""
        with self._database.reading() as connection:
            return instant_noted(connection, Note.LATEST_AT)

    def keep_salvaged(self, attempts: Iterable[Attempt], last_chains: Mapping[str, str] = MappingProxyType({})) -> int:
        """Attempts saved out of a damaged file, under the numbers they had. Gives how many were new.

        `last_chains`: by epoch, the last link that could be read, which an attempt that was still open then follows.
        """
        kept = 0
        with self._database.writing() as connection:
            for attempt in attempts:
                if first_row(connection, "SELECT 1 FROM attempt WHERE attempt_id = ?", (attempt.attempt_id,)):
                    continue
                _remember_epoch(connection, attempt)
                _insert(connection, attempt, clocktime.from_ms(attempt.t_wall))
                kept += 1
            for epoch, chain in last_chains.items():
                connection.execute("UPDATE epoch SET last_chain = ? WHERE id = ? AND number < 1", (chain, epoch))
            _close_open(connection)
        return kept

    def doubt(self, at: datetime) -> None:
        """Attempts from before `at` may have been lost: promise nothing for two days."""
        with self._database.writing() as connection:
            put_instant(connection, Note.JOURNAL_DOUBTED_AT, at)


def begin_epoch(connection: apsw.Connection, epoch: str) -> None:
    """From now on attempts are numbered 1, 2, 3 … in this epoch."""
    connection.execute("INSERT INTO epoch (id, number) SELECT ?, COALESCE(MAX(number), 0) + 1 FROM epoch", (epoch,))


def _heard_upto(
    connection: apsw.Connection, epoch: str, have_upto: int, held_beyond: int | None, at: datetime
) -> int:  # fmt: skip
    _begin_anew_if_gone_back(connection, epoch, have_upto, at)
    row = first_row(connection, "SELECT have_upto FROM epoch WHERE id = ?", (epoch,))
    if row is None:
        return 0
    if have_upto != row[0]:
        connection.execute("UPDATE epoch SET have_upto = ? WHERE id = ?", (have_upto, epoch))
    # Behind an attempt that cannot be told the server's count stands still, whatever else it loses.
    told = "SELECT COUNT(*) FROM attempt WHERE epoch = ? AND seq > ? AND told_at IS NOT NULL"
    lacks = held_beyond is not None and number(connection, told, (epoch, have_upto)) > held_beyond
    if have_upto >= row[0] and not lacks:
        return 0
    connection.execute(
        "UPDATE attempt SET told_at = NULL, effect = NULL, is_reflected = 0"
        " WHERE epoch = ? AND seq > ? AND told_at IS NOT NULL",
        (epoch, have_upto),
    )
    return int(connection.changes())


def _begin_anew_if_gone_back(connection: apsw.Connection, epoch: str, have_upto: int, at: datetime) -> None:
    newest, last_seq = rows(connection, "SELECT id, last_seq FROM epoch ORDER BY number DESC LIMIT 1")[0]
    if newest != epoch or have_upto <= last_seq:
        return
    log.error("The server holds %d attempts made here, this journal only %d: it went back", have_upto, last_seq)
    begin_epoch(connection, sha256(f"{epoch} went back after {have_upto}".encode()).hexdigest()[: len(epoch)])
    put_instant(connection, Note.JOURNAL_DOUBTED_AT, at)


def _clear_epoch(connection: apsw.Connection, epoch: str, upto: int) -> int:
    """Rows numbered below `upto`."""
    last = first_row(
        connection,
        "SELECT seq, json_extract(body, '$.chain') FROM attempt WHERE epoch = ? AND seq < ? ORDER BY seq DESC LIMIT 1",
        (epoch, upto),
    )
    if last is None:
        return 0
    connection.execute("UPDATE epoch SET kept_after = ?, kept_after_chain = ? WHERE id = ?", (*last, epoch))
    connection.execute("DELETE FROM attempt WHERE epoch = ? AND seq < ?", (epoch, upto))
    return int(connection.changes())


def _remember_epoch(connection: apsw.Connection, attempt: Attempt) -> None:
    """An epoch of a damaged file: it ended, and is told from, but never written to again."""
    connection.execute(
        "INSERT OR IGNORE INTO epoch (id, number) SELECT ?, MIN(0, COALESCE(MIN(number), 1)) - 1 FROM epoch",
        (attempt.epoch,),
    )
    connection.execute(
        "UPDATE epoch SET last_seq = ?, last_chain = CASE WHEN ? = '' THEN last_chain ELSE ? END"
        " WHERE id = ? AND last_seq < ?",
        (attempt.seq, attempt.chain, attempt.chain, attempt.epoch, attempt.seq),
    )


def _insert(connection: apsw.Connection, attempt: Attempt, at: datetime) -> None:
    connection.execute(
        "INSERT INTO attempt (epoch, seq, attempt_id, at, card, member_id, visit_key, state, outcome, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (attempt.epoch, attempt.seq, attempt.attempt_id, clocktime.to_ms(at), attempt.card, attempt.member_id,
         attempt.visit_key, attempt.state, attempt.outcome, wire.to_json(attempt)),
    )  # fmt: skip


def _write_intents(connection: apsw.Connection, attempts: Sequence[Attempt], at: datetime) -> tuple[Attempt, ...]:
    _close_open(connection)
    epoch, last_seq = rows(connection, "SELECT id, last_seq FROM epoch ORDER BY number DESC LIMIT 1")[0]
    connection.execute("UPDATE epoch SET last_seq = ? WHERE id = ?", (last_seq + len(attempts), epoch))
    numbered = tuple(
        replace(attempt, epoch=epoch, seq=seq, state=AttemptState.INTENT)
        for seq, attempt in enumerate(attempts, start=last_seq + 1)
    )
    for attempt in numbered:
        _insert(connection, attempt, at)
    latest = instant_noted(connection, Note.LATEST_AT)
    if latest is None or at > latest:
        put_instant(connection, Note.LATEST_AT, at)
    return numbered


def _update_open(connection: apsw.Connection, attempt: Attempt) -> None:
    connection.execute(
        "UPDATE attempt SET member_id = ?, visit_key = ?, state = ?, outcome = ?, body = ?"
        " WHERE attempt_id = ? AND outcome IS NULL",
        (attempt.member_id, attempt.visit_key, attempt.state, attempt.outcome, wire.to_json(attempt),
         attempt.attempt_id),
    )  # fmt: skip
    if connection.changes() != 1:
        raise ValueError(f"Attempt {attempt.attempt_id} is not open: its outcome was written before.")


def _write_outcome(connection: apsw.Connection, attempt: Attempt, admitted: Admitted | None) -> Attempt:
    if attempt.outcome is None or attempt.state is AttemptState.INTENT:
        raise ValueError("An outcome says what was shown, and who decided it.")
    last_chain = rows(connection, "SELECT last_chain FROM epoch WHERE id = ?", (attempt.epoch,))[0][0]
    linked = replace(attempt, chain=wire.chain(attempt, last_chain))
    connection.execute("UPDATE epoch SET last_chain = ? WHERE id = ?", (linked.chain, attempt.epoch))
    _update_open(connection, linked)
    if attempt.outcome is Outcome.DONE and isinstance(attempt.act, OutOfOrder | BackInOrder):
        note_order(connection, attempt)
    if admitted is not None:
        ends_at, takes_punch = clocktime.to_ms(admitted.session.ends_at), admitted.takes_punch
        connection.execute(
            "UPDATE attempt SET session_ends_at = ?, takes_punch = ? WHERE attempt_id = ?",
            (ends_at, int(takes_punch), attempt.attempt_id),
        )
    return linked


def _close_open(connection: apsw.Connection) -> int:
    found = rows(connection, "SELECT body FROM attempt WHERE outcome IS NULL ORDER BY id")
    for (body,) in found:
        _write_outcome(connection, _fallen(_attempt(body)), None)
    return len(found)


def interrupted(attempt: Attempt, last_chain: str) -> Attempt:
    """An attempt that was begun and never shown, as it is concluded after a start."""
    fallen = _fallen(attempt)
    return replace(fallen, chain=wire.chain(fallen, last_chain))


def _fallen(attempt: Attempt) -> Attempt:
    return replace(attempt, state=AttemptState.UNKNOWN, outcome=Outcome.ABORTED, reason=RefusalReason.INTERRUPTED)


def _nothing_unsent_before(connection: apsw.Connection, batch: set[int], at: datetime) -> datetime | None:
    doubted_at = instant_noted(connection, Note.JOURNAL_DOUBTED_AT)
    if doubted_at is not None and at < doubted_at + DOUBT_LASTS:
        return None
    left = rows(connection, "SELECT id, at FROM attempt WHERE told_at IS NULL")
    return min([at, *(clocktime.from_ms(ms) for row_id, ms in left if row_id not in batch)])


def _attempt(body: str) -> Attempt:
    return wire.from_json(Attempt, body)
