"""A queue for what has no row that could be locked, such as an address that nobody here has."""

import hashlib

from server.store.database import is_postgresql, proxy

ROOM = 7_460_319
"""The first of two numbers that name a lock of ours on PostgreSQL: any, as long as nothing else takes it."""


def queue_for(what: str) -> None:
    """Whoever asks for the same `what` waits here until the transaction ends. Call it inside `writing()`, before you
    look. SQLite has one writer, who queued already."""
    if is_postgresql():
        which = int.from_bytes(hashlib.sha256(what.encode()).digest()[:4], "big", signed=True)
        proxy.execute_sql("SELECT pg_advisory_xact_lock(%s::int, %s::int)", (ROOM, which))
