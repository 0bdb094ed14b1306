"""Indexes of what is asked for every card: which of all the classes that a member ever came to still matter.

Each says enough for all the others to be passed over without a look at their rows.
"""

from typing import Any

INDEXES = (
    'CREATE INDEX "visits_member_id_session_id_is_live" ON "visits" ("member_id", "session_id", "is_live")',
    'CREATE INDEX "reservations_member_id_session_id_status" ON "reservations" ("member_id", "session_id", "status")',
    'CREATE UNIQUE INDEX "sessions_of_courses" ON "sessions" ("id") WHERE ("course_id" IS NOT NULL)',
    # Whoever looks by member alone is served by the new ones.
    'DROP INDEX "visits_member_id"',
    'DROP INDEX "reservations_member_id"',
)


def up(migrator: Any, db: Any) -> None:
    for index in INDEXES:
        db.execute_sql(index)
