"""Which tables SQLite would read from end to end, or through all of an organization: what a long-lived studio cannot
afford every few seconds."""

import logging
import re
from collections.abc import Callable

from peewee import Database

_ALIAS = re.compile(r'"(\w+)" AS "(t\d+)"')
_WHOLE = re.compile(r"SCAN (t\d+)|SEARCH (t\d+) USING (?:COVERING )?INDEX \w+ \(organization_id=\?\)")


class _Statements(logging.Handler):
    """peewee tells its log each statement with its values."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, tuple) and str(record.msg[0]).startswith("SELECT"):
            self.asked.append(record.msg)


def statements_of(act: Callable[[], object]) -> list[str]:
    """The SQL of every question that `act` asks."""
    return [sql for sql, _ in _heard(act)]


def read_whole(database: Database, act: Callable[[], object]) -> set[str]:
    """The tables of which `act` asks for every row, of all or of an organization, by the plans of its statements."""
    found: set[str] = set()
    asked = _heard(act)
    with database.connection_context():
        for sql, values in asked:
            named = {alias: table for table, alias in _ALIAS.findall(sql)}
            for *_, step in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall():
                found |= {named[alias] for pair in _WHOLE.findall(step) for alias in pair if alias in named}
    return found


def indexes_of(database: Database, act: Callable[[], object]) -> set[str]:
    """The indexes by which SQLite would answer what `act` asks."""
    asked = _heard(act)
    with database.connection_context():
        steps = [
            str(step)
            for sql, values in asked
            for *_, step in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        ]
    return {found for step in steps for found in re.findall(r"INDEX (\w+)", step)}


def _heard(act: Callable[[], object]) -> list[tuple[str, object]]:
    heard, log = _Statements(), logging.getLogger("peewee")
    level = log.level
    log.addHandler(heard)
    log.setLevel(logging.DEBUG)
    try:
        act()
    finally:
        log.removeHandler(heard)
        log.setLevel(level)
    return heard.asked
