"""The no-show job over 100,000 reservations, beside one set-based UPDATE with its inserts on the same rows."""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from core import clocktime
from core.model import PassType, ReservationStatus
from core.policy import Policy
from server.jobs import no_shows
from server.services.night.work import NightWork
from server.store.database import bind, open_database, proxy, release, writing
from server.store.ids import new_id
from server.store.migrating import migrate
from server.store.tables import NoShowRow, ReservationHistoryRow, ReservationRow
from tests.server.studio import SIX_PM, Studio, open_studio

T = TypeVar("T")

MEMBERS, SESSIONS = 2000, 50
LIMIT = 20.0
"""Times the bare statements. The job takes turns with the door in chunks, re-reads each place under its member's lock,
numbers the history and tells kiosks which members changed; the bare statements do none of that."""

BARE = (
    "INSERT INTO reservation_history (id, organization_id, reservation_id, step, action, from_status, to_status, by,"
    " cause, at, metadata) SELECT 'h' || id, organization_id, id, 2, 'NO_SHOW', status, 'NO_SHOW', 'AUTO',"
    " 'nobody came', {at}, '{{}}' FROM reservations WHERE status = 'PENDING'",
    "INSERT INTO no_shows (id, organization_id, member_id, session_id, reservation_id, noted_at, is_counted,"
    " is_unconfirmed, took_punch, amnesty_because, reversed_because) SELECT 'n' || id, organization_id, member_id,"
    " session_id, id, {at}, 1, 0, 0, '', '' FROM reservations WHERE status = 'PENDING'",
    "UPDATE reservations SET status = 'NO_SHOW', has_hold = 0 WHERE status = 'PENDING'",
)


def main() -> int:
    """Prints seconds and their ratio; 1 if it is above the limit."""
    show = Console()
    with tempfile.TemporaryDirectory() as folder, show.status("Making 100,000 reservations …"):
        template = Path(folder) / "template.db"
        studio = _on(template, _made)
        for name in ("job.db", "bare.db"):
            shutil.copy(template, template.with_name(name))
        as_of = SIX_PM + timedelta(hours=7)
        job = _on(template.with_name("job.db"), lambda: _timed(lambda: _job(studio, as_of)))
        bare = _on(template.with_name("bare.db"), lambda: _timed(lambda: _bare(as_of)))
    ratio = job / bare
    table = Table("What", "Seconds", "Ratio", title=f"{MEMBERS * SESSIONS:,} reservations nobody came for, SQLite")
    table.add_row("bare statements, one transaction", f"{bare:.2f}", "1.0 x")
    table.add_row("the no-show job", f"{job:.2f}", f"{ratio:.1f} x")
    show.print(table)
    show.print(f"The limit is {LIMIT:g} times the bare statements.")
    return 0 if ratio <= LIMIT else 1


def _on(path: Path, act: Callable[[], T]) -> T:
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    bind(database)
    try:
        return act()
    finally:
        release(database)


def _made() -> Studio:
    studio = open_studio()
    members = [studio.member(f"M{number}") for number in range(MEMBERS)]
    passes = [studio.pass_of(member, PassType.UNLIMITED_SERIES) for member in members]
    made_at = SIX_PM - timedelta(days=3)
    for number in range(SESSIONS):
        session = studio.session(SIX_PM + timedelta(minutes=number), capacity=MEMBERS)
        places = [
            {
                "id": new_id(made_at),
                "organization": studio.organization,
                "member": member,
                "session": session,
                "pass_": pass_,
                "status": ReservationStatus.PENDING.value,
                "made_at": made_at,
            }
            for member, pass_ in zip(members, passes, strict=True)
        ]
        begun = [
            {
                "id": new_id(made_at),
                "organization": studio.organization,
                "reservation": place["id"],
                "step": 1,
                "action": "RESERVED",
                "to_status": ReservationStatus.PENDING.value,
                "by": "SELF",
                "cause": "bench",
                "at": made_at,
            }
            for place in places
        ]
        with writing():
            for start in range(0, MEMBERS, 500):
                ReservationRow.insert_many(places[start : start + 500]).execute()
                ReservationHistoryRow.insert_many(begun[start : start + 500]).execute()
    return studio


def _job(studio: Studio, as_of: datetime) -> None:
    work = NightWork(organization_id=studio.organization, venue_id=studio.venue, policy=Policy(), as_of=as_of)
    no_shows.run(work)
    _check()


def _bare(as_of: datetime) -> None:
    with writing():
        for statement in BARE:
            proxy.obj.execute_sql(statement.format(at=clocktime.to_ms(as_of)))
    _check()


def _check() -> None:
    with writing():
        assert NoShowRow.select().count() == MEMBERS * SESSIONS


def _timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
