"""Indexes of what the night looks for: the few rows that are still open among all that ever were."""

from typing import Any

INDEXES = (
    """CREATE INDEX "reservations_expected" ON "reservations" ("session_id") WHERE ("status" = 'PENDING')""",
    """CREATE INDEX "reservations_ahead" ON "reservations" ("pass_id") WHERE ("status" = 'PENDING')""",
    """CREATE INDEX "reservations_inside" ON "reservations" ("session_id") WHERE ("status" = 'CHECKED_IN')""",
    'CREATE INDEX "reservations_held" ON "reservations" ("pass_id") WHERE "has_hold"',
    """CREATE INDEX "suspensions_standing" ON "suspensions" ("organization_id", "ends_at")
       WHERE ("lifted_at" IS NULL)""",
)


def up(migrator: Any, db: Any) -> None:
    for index in INDEXES:
        db.execute_sql(index)
