"""The server of a simulated day: its own services on a real file, that falls over, is restored, and stands up again."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import apsw
from peewee import Database, OperationalError

from core import wire
from core.errors import TesseraError
from core.protocol import Heard
from kiosk.server_client import Reply, ServerUnreachable
from server.api.errors import STATUS
from server.services.fleet.conversing import answer, give_replica, hear
from server.store.database import back_up_sqlite, bind, open_database, release
from tests.server.studio import VAULT
from tests.simulation.faults import FragileSqlite, Stopped, server_points
from tests.simulation.network import JSON, Request

KEPT = """
SELECT 1 FROM attempts WHERE id = :attempt AND told_at IS NOT NULL
UNION ALL SELECT 1 FROM quarantine WHERE attempt_id = :attempt
"""


class SimulatedServer:
    """`now` is the true time: the server's clock is right. `broken` collects failures that nothing explains.

    `unkept`: of what attempt the server said that it is kept, while no committed row says so.
    """

    def __init__(self, folder: Path, template: Path, now: Callable[[], datetime], seen: Counter[str]) -> None:
        self.path = folder / "tessera.db"
        folder.mkdir(exist_ok=True)
        self.backup: Path | None = None
        self.points = server_points(seen)
        self.broken: list[str] = []
        self.unkept: list[str] = []
        self.falls = 0
        self.is_pulled = False
        self.intruder_chance: Callable[[], bool] = lambda: False
        self._now = now
        self._seen = seen
        shutil.copyfile(template, self.path)
        self._database = self._opened()

    def serve(self, request: Request) -> Reply:
        """As HTTP would carry it. Raises ServerUnreachable where the server is away, or falls while it answers."""
        if self.is_pulled:
            raise ServerUnreachable("Connection refused.")
        try:
            answered = self._answer(request)
            if isinstance(answered, Heard):
                self._hold_to(answered)
            return Reply(200, JSON, wire.to_json(answered).encode())
        except TesseraError as error:
            said = {"error": {"code": error.code}}
            self._seen[f"server says: {error.code}"] += 1
            return Reply(STATUS.get(type(error), 500), JSON, json.dumps(said).encode())
        except Stopped:
            self.fall()
            raise ServerUnreachable("Connection reset.") from None
        except Exception as error:
            is_meant = isinstance(error, OperationalError) and "full" in str(error)
            self._seen[f"server fails: {type(error).__name__}"] += 1
            if not is_meant:
                self.broken.append(f"{request.name}: {type(error).__name__}: {error}")
            return Reply(500, JSON, b'{"error": {"code": "http.failure"}}')

    def fall(self) -> None:
        """`kill -9`, and whoever watches over it starts it again."""
        self.falls += 1
        self._seen["server falls"] += 1
        release(self._database)
        self._database = self._opened()

    def back_up(self) -> None:
        self.backup = self.path.with_name("backup.db")
        back_up_sqlite(self._database, self.backup)

    def restore(self) -> bool:
        """The last backup becomes the truth. False: there is none."""
        if self.backup is None:
            return False
        release(self._database)
        for leftover in self.path.parent.glob("tessera.db*"):
            leftover.unlink()
        shutil.copyfile(self.backup, self.path)
        self._database = self._opened()
        return True

    def look(self) -> apsw.Connection:
        """For the harness: what is committed, without the product's own eyes."""
        return apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)

    def close(self) -> None:
        release(self._database)

    def _answer(self, request: Request) -> object:
        at = self._now()
        match request.name:
            case "ask":
                return answer(request.token, request.body, at, VAULT)
            case "tell":
                return hear(request.token, request.body, at, VAULT, now=self._now)
            case "replica":
                wish = dict(part.split("=") for part in request.path.split("?")[1].split("&"))
                return give_replica(request.token, int(wish["since"]), wish["mark"], at)
        raise AssertionError(request.path)

    def _hold_to(self, heard: Heard) -> None:
        """Whatever a kiosk is told to be kept, it will forget one day: by then it is too late to look."""
        with self.look() as rows:
            for told in heard.told:
                if not rows.execute(KEPT, {"attempt": told.attempt_id}).fetchone():
                    self.unkept.append(f"{told.attempt_id} is {told.effect}")

    def _opened(self) -> Database:
        database = open_database(f"sqlite:///{self.path}", sqlite=FragileSqlite)
        assert isinstance(database, FragileSqlite)
        database.points = self.points
        database.intruder = self._intrude
        bind(database)
        return database

    def _intrude(self) -> None:
        """Another process wants to write between two statements of ours; a transaction that has its place keeps it."""
        if not self.intruder_chance():
            return
        other = apsw.Connection(str(self.path))
        try:
            other.set_busy_timeout(0)
            other.execute("BEGIN IMMEDIATE; UPDATE organizations SET name = name; COMMIT")
            self._seen["another wrote between two statements"] += 1
        except apsw.BusyError:
            self._seen["another waited for our transaction"] += 1
        finally:
            other.close()
