"""How many rows a year left, and a fingerprint of those that say what happened: the same seed leaves the same."""

import hashlib
from collections import Counter

from server.store.database import reading
from server.store.tables import (
    TABLES,
    LetterRow,
    NoShowRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    SuspensionRow,
    VisitRow,
    WaitingRow,
)

SAY_WHAT_HAPPENED = (
    ReservationRow,
    ReservationHistoryRow,
    VisitRow,
    PunchRow,
    NoShowRow,
    SuspensionRow,
    WaitingRow,
)


def rows_kept() -> Counter[str]:
    """By table."""
    with reading():
        return Counter({table._meta.table_name: table.select().count() for table in TABLES})


def fingerprint() -> str:
    """Of every column of the tables that say what happened, and of what was written to whom."""
    whole = hashlib.sha256()
    with reading():
        for table in SAY_WHAT_HAPPENED:
            for row in table.select().order_by(table.id).tuples():
                whole.update(repr(row).encode())
        letters = LetterRow.select(LetterRow.event, LetterRow.channel, LetterRow.state, LetterRow.subject)
        for row in letters.order_by(LetterRow.event, LetterRow.channel).tuples():
            whole.update(repr(row).encode())
    return whole.hexdigest()
