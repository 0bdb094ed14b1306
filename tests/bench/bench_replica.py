"""A kiosk's first member list of 20,000 members and a delta of 10, over HTTP: bytes, seconds, and two ratios.

It judges a list by what reading and writing the same JSON costs, and a delta by the whole: seconds differ by machine.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic, perf_counter, sleep

import httpx
from rich.console import Console
from rich.table import Table

from kiosk.server_client import HttpServerClient, Reply
from kiosk.store.store import KioskStore
from server.services.door.changes import touch_members
from server.services.fleet.cards import issue_card
from server.services.people.rights import the_house
from server.store.database import bind, open_database, release, writing
from server.store.migrating import migrate
from tests.journeys.running import free_port
from tests.server.studio import SIX_PM, TOKEN, VAULT, Studio, open_studio

MEMBERS, SESSIONS, CHANGED = 20_000, 30, 10
LIMIT = 30.0
"""Times what parsing and writing the same JSON costs: the server gathers facts of each member, the kiosk keeps them."""
DELTA_LIMIT = 0.05
"""Of the first list, in bytes and in seconds, that a delta of ten members may take."""


class _Counting(HttpServerClient):
    """Keeps the bodies it was given."""

    def __init__(self, address: str, token: str) -> None:
        super().__init__(address, lambda: token, clock=monotonic, ask_deadline=60.0, tell_deadline=60.0)
        self.bodies: list[bytes] = []

    def _over_http(self, verb: str, path: str, body: str | None, deadline: float, ends_at: float) -> Reply:
        reply = super()._over_http(verb, path, body, deadline, ends_at)
        self.bodies.append(reply.body)
        return reply


def main() -> int:
    """Prints the table; 1 if a ratio is above its limit."""
    show = Console()
    with tempfile.TemporaryDirectory(prefix="tessera-bench-") as name:
        folder = Path(name)
        database = open_database(f"sqlite:///{folder / 'server.db'}")
        bind(database)
        migrate(database)
        with show.status(f"Making {MEMBERS:,} members …"):
            studio, members = _furnished()
            studio.kiosk()
        store = KioskStore(folder / "door", at=SIX_PM, random_bits=Random(1).getrandbits)
        with _served(folder / "server.db") as address:
            client = _Counting(address, f"{TOKEN} Front door {studio.organization}")
            first = _fetched(client, store)
            first_bodies = list(client.bodies)
            with writing():
                touch_members(studio.organization, members[:CHANGED])
            delta = min(_again(client, store, studio, members) for _ in range(5))
            delta_bytes = len(client.bodies[-1])
        parsing = _parsing(first_bodies)
        size = (folder / "door" / "kiosk.db").stat().st_size
        release(database)
        store.close()
    first_bytes = sum(map(len, first_bodies))
    table = Table("What", "Parts", "Bytes", "Seconds", "Ratio", title=f"{MEMBERS:,} members, SQLite, over HTTP")
    table.add_row("the same JSON, parsed and written", "", f"{first_bytes:,}", f"{parsing:.2f}", "1.0 x")
    table.add_row("first list", str(len(first_bodies)), f"{first_bytes:,}", f"{first:.2f}", f"{first / parsing:.1f} x")
    share = max(delta_bytes / first_bytes, delta / first)
    table.add_row(f"delta of {CHANGED}", "1", f"{delta_bytes:,}", f"{delta:.3f}", f"{100 * share:.2f} % of the list")
    show.print(table)
    show.print(
        f"On the kiosk's disk it takes {size / 1e6:.1f} MB. The limits: {LIMIT:g} times the JSON, and"
        f" {100 * DELTA_LIMIT:g} % of the first list for the delta."
    )
    return 0 if first / parsing <= LIMIT and share <= DELTA_LIMIT else 1


def _furnished() -> tuple[Studio, list[str]]:
    """Two in three have a punch pass, the others an unlimited one; one in ten has a place soon."""
    studio, members = open_studio(), []
    house = the_house(studio.organization)
    sessions = [studio.session(SIX_PM + timedelta(hours=2 * n), capacity=200) for n in range(SESSIONS)]
    for start in range(0, MEMBERS, 1000):
        with writing():
            for number in range(start, start + 1000):
                member = studio.member(f"M{number}")
                pass_ = studio.punch_pass(member) if number % 3 else studio.unlimited(member)
                if number % 10 == 0:
                    studio.reservation(member, sessions[number // 10 % SESSIONS], pass_)
                issue_card(studio.organization, member, house, SIX_PM, VAULT)
                members.append(member)
    return studio, members


def _fetched(client: HttpServerClient, store: KioskStore) -> float:
    """As `kiosk.telling` does it: part after part until it is whole."""
    begun = perf_counter()
    while True:
        part = client.replica(store.replica.version, store.replica.mark)
        store.replica.apply(part, SIX_PM)
        if part.is_complete:
            return perf_counter() - begun


def _again(client: HttpServerClient, store: KioskStore, studio: Studio, members: list[str]) -> float:
    with writing():
        touch_members(studio.organization, members[:CHANGED])
    return _fetched(client, store)


def _parsing(bodies: list[bytes]) -> float:
    begun = perf_counter()
    for body in bodies:
        json.dumps(json.loads(body))
    return perf_counter() - begun


@contextmanager
def _served(file: Path) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-m", "tests.drain.server", str(file), str(port), str(SIX_PM)])
    try:
        for _ in range(600):
            try:
                httpx.get(f"{address}/api/health", timeout=2)
                break
            except httpx.HTTPError:
                sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
