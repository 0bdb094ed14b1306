"""Where a machine may stop: before and after every commit, by the name of the verb that commits; and full disks.

A stop is a `BaseException`, so that no handler of the product's own takes it for a failure it could survive.
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import apsw
from peewee import OperationalError

from kiosk.store.database import Database as KioskFile
from server.store.database import PooledSqlite

_CARRIERS = ("contextlib", "peewee", "playhouse", "kiosk.store.database", "server.store.database", __name__)


class Stopped(BaseException):
    """The power is gone, or `kill -9`: nothing after this line is done."""


class Where(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    DISK_FULL = "disk full at"


COMMITS = {
    "kiosk": (
        "journal.write_intent", "journal.write_outcome", "journal.write_choice", "journal.heard",
        "journal.mark_reflected", "replica.apply",
    ),
    "server": ("checkin._ask", "telling.tell"),
}  # fmt: skip
"""The verbs at whose commits a machine must have stopped in enough days."""


@dataclass
class Trap:
    """Goes off once, at the n-th commit from now on (0: the next); of the verb, where one is named."""

    where: Where
    commits: int
    verb: str = ""

    def goes_off(self, verb: str) -> bool:
        """Whether this commit is the one; if it is not, it is counted."""
        if self.verb and self.verb != verb:
            return False
        self.commits -= 1
        return self.commits < 0


@dataclass
class Points:
    """The failpoints of one machine, which of them were passed, and the trap that is set."""

    machine: str
    seen: Counter[str]
    full: Callable[[str], Exception]
    trap: Trap | None = None
    is_full: bool = False
    is_safe: bool = False
    """While the harness itself looks at things."""
    stops: list[str] = field(default_factory=list)

    def before_commit(self) -> None:
        verb = _verb()
        self.seen[f"commit: {self.machine}.{verb}"] += 1
        if self.is_safe:
            return
        if self.is_full:
            self._note(Where.DISK_FULL, verb)
            raise self.full("database or disk is full")
        trap = self.trap
        if trap is not None and trap.where is not Where.AFTER and trap.goes_off(verb):
            self._go_off(trap, verb)

    def after_commit(self) -> None:
        trap = self.trap
        if self.is_safe or trap is None or trap.where is not Where.AFTER:
            return
        verb = _verb()
        if trap.goes_off(verb):
            self._go_off(trap, verb)

    def _go_off(self, trap: Trap, verb: str) -> None:
        self.trap = None
        self._note(trap.where, verb)
        if trap.where is Where.DISK_FULL:
            raise self.full("database or disk is full")
        raise Stopped(f"{self.machine} {trap.where} commit in {verb}")

    def _note(self, where: Where, verb: str) -> None:
        self.seen[f"failpoint: {self.machine} {where} {verb}"] += 1
        self.stops.append(f"{where} {verb}")


def kiosk_points(seen: Counter[str]) -> Points:
    return Points("kiosk", seen, apsw.FullError)


def server_points(seen: Counter[str]) -> Points:
    return Points("server", seen, OperationalError)


class FragileKioskFile(KioskFile):
    """The kiosk's file, with its failpoints."""

    def __init__(self, connection: apsw.Connection, points: Points) -> None:
        super().__init__(connection)
        self._points = points

    def _commit(self) -> None:
        self._points.before_commit()
        super()._commit()
        self._points.after_commit()


class FragileSqlite(PooledSqlite):
    """The server's database, with its failpoints, and with somebody else who writes between two of its statements."""

    points: Points | None = None
    intruder: Callable[[], None] | None = None
    _awaits_intruder = False

    def begin(self, *args: object) -> None:
        super().begin(*args)
        self._awaits_intruder = True

    def execute_sql(self, sql: str, params: object = None) -> object:
        cursor = super().execute_sql(sql, params)
        if self._awaits_intruder and self.intruder is not None and getattr(self._state, "is_writing", False):
            self._awaits_intruder = False
            self.intruder()
        return cursor

    def commit(self) -> bool:
        if self.points is None or not getattr(self._state, "is_writing", False):
            return bool(super().commit())
        self.points.before_commit()
        done = bool(super().commit())
        self.points.after_commit()
        return done


def _verb() -> str:
    """The name of the function whose transaction it is."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        module = frame.f_globals.get("__name__", "")
        if not module.startswith(_CARRIERS):
            return f"{module.rsplit('.', 1)[-1]}.{frame.f_code.co_name}"
        frame = frame.f_back
    return "?"
