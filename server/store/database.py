"""One proxy bound by whoever runs, and two verbs: `with reading():` and `with writing():`.

SQL outside of the two fails, so that no connection is left open on a thread that nobody looks after.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar, cast

import apsw
from peewee import Database, DatabaseProxy, InterfaceError, PostgresqlDatabase
from playhouse.apsw_ext import APSWDatabase
from playhouse.pool import PooledDatabase, PooledPostgresqlDatabase
from psycopg import IsolationLevel

from core.errors import Invalid
from server.store.statements import QuickContext
from server.store.turns import Turns

OLDEST_SQLITE = (3, 51, 3)
"""Before it, two connections that write and checkpoint at once can damage the file."""
CONNECTIONS = 24
SECONDS_TO_WAIT_FOR_ONE = 20
CACHE_OF_EACH, CACHE_OF_ONE_AT_WORK = 8, 256
"""Megabytes of SQLite's pages that a connection keeps: where many answer at once, and where one does all the work. Its
own two hold a tenth of what a night over a million places goes back to."""
PLANNED_EACH_TIME = "SET plan_cache_mode = force_custom_plan"
"""PostgreSQL plans a statement that it knows for any values. Among a million letters that were sent it then looks
through all for the one that waits, since it takes every state for as frequent as the others."""
PRAGMAS = {
    "synchronous": "full",
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
}

Query = TypeVar("Query")
Act = TypeVar("Act", bound=Callable[[], object])

_SNAPSHOT = (IsolationLevel.REPEATABLE_READ,)
"""SQLite's readers have it anyway."""

proxy = DatabaseProxy()
_in_each_commit: ContextVar[tuple[Callable[[], object], ...]] = ContextVar("in_each_commit", default=())


class _Postgres(PostgresqlDatabase):
    """Says on each new connection what is to be said there. Not as a start parameter: some poolers refuse those."""

    said_at_first = ""

    def _connect(self) -> Any:
        connection = super()._connect()
        if self.said_at_first:
            connection.execute(self.said_at_first)
        return connection


class PooledPostgres(PooledPostgresqlDatabase, _Postgres):
    """PostgreSQL through a pool, as everybody else's."""

    context_class = QuickContext

    def __init__(self, *args: Any, said_at_first: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connections = Turns(CONNECTIONS)
        self.said_at_first = said_at_first


class SqliteTooOld(RuntimeError):
    """This SQLite can damage its own file; nothing is opened with it."""


class PooledSqlite(PooledDatabase, APSWDatabase):
    """APSW's SQLite with connections that go from thread to thread, none left behind.

    SQLite's own wait for the writer's place is a poll that gives up, and on a busy machine the unlucky one finds it
    taken each time. So the threads of one process queue here; the poll is left for other processes.
    """

    context_class = QuickContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connections = Turns(CONNECTIONS)
        self.one_writer = Turns(1)

    def _add_conn_hooks(self, conn: apsw.Connection) -> None:
        super()._add_conn_hooks(conn)
        _use_write_ahead_log(conn)

    def _is_closed(self, conn: apsw.Connection) -> bool:
        try:
            conn.total_changes()
        except apsw.ConnectionClosedError:
            return True
        return False

    def _can_reuse(self, conn: apsw.Connection) -> bool:
        if not conn.get_autocommit():
            conn.execute("ROLLBACK")
        return True


def open_database(url: str, *, sqlite: type[PooledSqlite] = PooledSqlite, has_long_work: bool = False) -> Database:
    """The database of `sqlite:///<path>` or `postgresql://…`, not connected yet. Raises `Invalid`, `SqliteTooOld`.

    `has_long_work`: for whoever works through much by itself, such as the scheduler, and not for many who ask little.
    """
    if url.startswith("sqlite:///"):
        refuse_old_sqlite(apsw.sqlite_lib_version())
        path = url.removeprefix("sqlite:///")
        cache = CACHE_OF_ONE_AT_WORK if has_long_work else CACHE_OF_EACH
        pragmas = {**PRAGMAS, "cache_size": -1024 * cache}
        return sqlite(path, pragmas=pragmas, autoconnect=False, **_pool(), returning_clause=True)
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql://" + url.split("://", 1)[1]
        first = PLANNED_EACH_TIME if has_long_work else ""
        return PooledPostgres(url, prefer_psycopg3=True, autoconnect=False, **_pool(), said_at_first=first)
    raise Invalid("settings.not_understood", name="TESSERA_DATABASE_URL", given=url.split(":", 1)[0][:20])


def refuse_old_sqlite(version: str) -> None:
    """Raises `SqliteTooOld`, saying what to do, for a version such as `3.40.1`."""
    if tuple(int(part) for part in version.split(".")[:3]) < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise SqliteTooOld(
            f"SQLite {version} can damage its file when two connections write at once; Tessera needs {needed}. "
            f"Install a newer apsw: pip install --upgrade apsw"
        )


def bind(database: Database) -> None:
    """From now on all rows live there. Called once by whoever runs; tests bind once a test."""
    proxy.initialize(database)


def release(database: Database) -> None:
    """Close every connection there is."""
    if isinstance(database, PooledDatabase):
        database.close_all()


@contextmanager
def reading() -> Iterator[None]:
    """Look at rows: one snapshot of them all. Inside another block it is part of that one."""
    with _connected() as database:
        if database.transaction_depth():
            yield
            return
        with database.atomic(*_SNAPSHOT if is_postgresql() else ()):
            yield


@contextmanager
def writing() -> Iterator[None]:
    """Change rows: all of the block, or nothing. Inside another `writing()` it is a savepoint of that one.

    On SQLite the writer's place is taken at once, since a transaction that reads first and then writes fails
    when another wrote between. So a `writing()` inside a bare `reading()` is refused.
    """
    with _connected() as database:
        if database.transaction_depth():
            if not getattr(database._state, "is_writing", False):
                raise InterfaceError("writing() inside reading(): begin with writing()")
            with database.atomic():
                yield
            return
        database._state.is_writing = True
        database._state.last_acts = {}
        try:
            with _turn_to_write(database), database.atomic(*() if is_postgresql() else ("IMMEDIATE",)):
                yield
                for act in (*database._state.last_acts.values(), *_in_each_commit.get()):
                    act()
        finally:
            database._state.is_writing = False
            database._state.last_acts = {}


def at_the_end(key: Hashable, begin: Callable[[], Act]) -> Act:
    """What is done just before the outermost `writing()` commits: the act of this key, begun where there is none yet.

    An act may gather, meanwhile, what it is to do. It is for rows that everybody writes: they are locked for a moment
    only, and always after all others.
    """
    database = proxy.obj
    if database is None or not getattr(database._state, "is_writing", False):
        raise InterfaceError("at_the_end() outside writing()")
    acts = database._state.last_acts
    if key not in acts:
        acts[key] = begin()
    return cast(Act, acts[key])


@contextmanager
def in_each_commit(act: Callable[[], object]) -> Iterator[None]:
    """Every outermost `writing()` inside does `act`, too, just before it commits: on this thread, and on those that are
    handed its context."""
    token = _in_each_commit.set((*_in_each_commit.get(), act))
    try:
        yield
    finally:
        _in_each_commit.reset(token)


def for_update(query: Query) -> Query:
    """Lock the rows a query finds until the transaction ends. SQLite has one writer, so there it is the query.

    "No key": rows that point to the locked one may still be inserted. They must, since whoever inserts one first and
    locks then would wait for another who did the same.
    """
    return query.for_update("FOR NO KEY UPDATE") if is_postgresql() else query  # type: ignore[attr-defined]


def is_postgresql() -> bool:
    return isinstance(proxy.obj, PostgresqlDatabase)


def back_up_sqlite(database: Database, copy: Path) -> None:
    """A consistent copy of the whole database, taken while others write; named `copy` only once it is complete."""
    unfinished = copy.with_name(copy.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    source = apsw.Connection(str(database.database))
    target = apsw.Connection(str(unfinished))
    try:
        with target.backup("main", source, "main") as backup:
            while not backup.done:
                backup.step(1000)
        target.execute("PRAGMA journal_mode=delete")
    finally:
        target.close()
        source.close()
    unfinished.replace(copy)


def _use_write_ahead_log(connection: apsw.Connection) -> None:
    """Kept in the file once set. While several processes set it, SQLite says "busy" without waiting; so wait here."""
    for patience in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, None):
        try:
            if connection.execute("PRAGMA journal_mode").fetchall() != [("wal",)]:
                connection.execute("PRAGMA journal_mode = wal")
            return
        except apsw.BusyError:
            if patience is None:
                raise
            time.sleep(patience)


@contextmanager
def _connected() -> Iterator[Any]:
    """This thread's connection: the one it has, or one lent by the pool until the block ends."""
    database = proxy.obj
    if database is None:
        raise InterfaceError("no database is bound: call bind(open_database(url)) first")
    if not database.is_closed():
        yield database
        return
    with _turn_to_connect(database):
        database.connect()
        try:
            yield database
        finally:
            database.close()


def _turn_to_connect(database: Any) -> AbstractContextManager[object]:
    """The pool's own wait lends a connection to whoever asks at the right moment, so the unlucky one waits in vain."""
    turns = getattr(database, "connections", None)
    return turns.turn(SECONDS_TO_WAIT_FOR_ONE) if turns is not None else nullcontext()


def _turn_to_write(database: Any) -> AbstractContextManager[object]:
    return database.one_writer.turn() if isinstance(database, PooledSqlite) else nullcontext()


def _pool() -> dict[str, Any]:
    return {"max_connections": CONNECTIONS, "timeout": SECONDS_TO_WAIT_FOR_ONE}
