"""Brings a database up to date. Three processes may start at once: one does it, the others wait and find it done."""

import logging
from pathlib import Path
from typing import Any

from peewee import CharField, Database
from playhouse import apsw_ext
from playhouse.migrations import Runner

from server.store.database import PooledSqlite, back_up_sqlite
from server.store.soundness import refuse_damaged

FOLDER = Path(__file__).parent / "migrations"
HISTORY_TABLE = "migrations"
POSTGRESQL_LOCK = 7_355_637
"""Any number, as long as nothing else takes the same advisory lock."""

log = logging.getLogger(__name__)


def migrate(database: Database) -> list[str]:
    """Apply what is missing, all of it or nothing, and return the names. An SQLite file with tables is copied first.

    Called at every start, so a damaged file is refused here: raises `DamagedDatabase`.
    """
    refuse_damaged(database)
    with database.connection_context():
        if not _missing(database):
            return []
        if isinstance(database, PooledSqlite):
            return _migrate_sqlite(database)
        return _migrate_postgresql(database)


def is_behind(database: Database) -> bool:
    """Whether tables of this version are missing. Changes nothing but the runner's own empty table."""
    with database.connection_context():
        return not database.get_tables() or bool(_missing(database))


def _migrate_sqlite(database: PooledSqlite) -> list[str]:
    _copy_first(database)
    # Tables that a migration rebuilds must not take the rows of others along; only settable outside a transaction.
    database.pragma("foreign_keys", 0)
    try:
        with database.atomic("IMMEDIATE"):
            done = _runner(database).up()
            broken = database.execute_sql("PRAGMA foreign_key_check").fetchone()
            if broken:
                raise RuntimeError(f"the migration would leave rows that point nowhere: {broken}")
            return done
    finally:
        database.pragma("foreign_keys", 1)


def _migrate_postgresql(database: Database) -> list[str]:
    with database.atomic():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (POSTGRESQL_LOCK,))
        return _runner(database).up()


def _copy_first(database: PooledSqlite) -> None:
    """`tessera.db` becomes `tessera.db.before-0005_name`, once: a second process finds the copy there."""
    if not database.get_tables():
        return
    file = Path(str(database.database))
    copy = file.with_name(f"{file.name}.before-{_missing(database)[0]}")
    if not copy.exists():
        back_up_sqlite(database, copy)
        log.info("copied the database to %s before migrating it", copy)


def _missing(database: Database) -> list[str]:
    return [migration.name for migration in _runner(database).status() if migration.path and not migration.applied]


def _runner(database: Any) -> Runner:
    runner = Runner(database, str(FOLDER), HISTORY_TABLE)
    if isinstance(database, PooledSqlite):
        runner.History = _history_for_apsw(database, runner.History.applied.default)
    return runner


def _history_for_apsw(database: Any, now: Any) -> Any:
    """The runner's own table; apsw takes no datetime, so its field makes text of it."""

    class History(database.Model):
        name = CharField(unique=True)
        applied = apsw_ext.DateTimeField(default=now)

        class Meta:
            legacy_table_names = False
            table_name = HISTORY_TABLE

    return History
