"""How many attempts a second a kiosk can tell in batches of 100, beside asks a second, over HTTP: the same server.

It judges the cost of one attempt told beside that of one ask, never seconds.
"""

import json
import sys
import tempfile
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from core import clocktime, wire
from core.protocol import Ask, AttemptState, Hello, Tell
from server.store.database import bind, open_database, release, writing
from server.store.migrating import migrate
from tests.bench.bench_replica import _served
from tests.server.door_stories import BOOTED_AT, StoryKiosk, kiosk_of, welcomed
from tests.server.studio import SIX_PM, TOKEN, Studio, open_studio

BATCH, ROUNDS = 100, 5
LIMIT = 2.5
"""Times an ask that one attempt told may cost: it is decided too, to see what to dispute, and each has a savepoint."""


def main() -> int:
    """Prints the table; 1 if the ratio is above its limit."""
    with tempfile.TemporaryDirectory(prefix="tessera-bench-") as name:
        file = Path(name) / "server.db"
        database = open_database(f"sqlite:///{file}")
        bind(database)
        migrate(database)
        with writing():
            studio, asks, tells = _furnished()
        release(database)
        with _served(file) as address:
            port, token = int(address.rsplit(":", 1)[1]), f"{TOKEN} Front door {studio.organization}"
            asked, told = float("inf"), float("inf")
            for number in range(ROUNDS + 1):
                costs = _cost(port, token, "ask", asks[number]), _cost(port, token, "tell", [tells[number]])
                if number:  # the first one warms
                    asked, told = min(asked, costs[0]), min(told, costs[1])
    table = Table("What the server does", "A second", "Beside an ask", title=f"{BATCH} attempts, one kiosk, SQLite")
    table.add_row("asks, one after another", f"{BATCH / asked:.0f}", "1.0 x")
    table.add_row(f"attempts told, {BATCH} at once", f"{BATCH / told:.0f}", f"{told / asked:.2f} x")
    show = Console()
    show.print(table)
    show.print(f"An attempt told costs {told / asked:.2f} times an ask; the limit is {LIMIT:g}.")
    return 0 if told / asked <= LIMIT else 1


def _furnished() -> tuple[Studio, list[list[str]], list[str]]:
    """(studio, asks of each round, one tell of each round), each attempt of another member with a place."""
    studio, rounds = open_studio(), ROUNDS + 1
    kiosk = kiosk_of(studio)
    alone = replace(kiosk, epoch="epoch-2")
    session = studio.session(capacity=2 * rounds * BATCH)

    def member(number: int) -> tuple[str, str, str]:
        id_ = studio.member(f"M{number}")
        pass_ = studio.punch_pass(id_) if number % 2 else studio.unlimited(id_)
        return id_, pass_, studio.reservation(id_, session, pass_)

    asks = [
        [wire.to_json(Ask(attempt=kiosk.show(studio.card(member(n)[0]), SIX_PM))) for n in range(BATCH)]
        for _ in range(rounds)
    ]
    tells = []
    for _ in range(rounds):
        attempts, link = [], ""
        for number in range(BATCH):
            id_, pass_, place = member(number)
            attempt = alone.show(studio.card(id_), SIX_PM)
            shown = welcomed(attempt, id_, session, reservation=place, pass_=pass_)
            link = wire.chain(replace(shown, state=AttemptState.LOCAL), link)
            attempts.append(replace(shown, chain=link))
        tells.append(wire.to_json(Tell(hello=_hello(alone), attempts=tuple(attempts))))
    return studio, asks, tells


def _hello(kiosk: StoryKiosk) -> Hello:
    at = clocktime.to_ms(SIX_PM)
    return Hello(
        boot=kiosk.boot,
        t_mono=at - clocktime.to_ms(BOOTED_AT),
        t_wall=at,
        epoch=kiosk.epoch,
        max_seq=kiosk.seq,
        replica_version=10_000,
    )


def _cost(port: int, token: str, what: str, bodies: list[str]) -> float:
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    begun = perf_counter()
    for body in bodies:
        connection.request("POST", f"/api/kiosk/{what}", body, headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        if answer.status != 200 or not _is_right(said):
            raise RuntimeError(f"{what} answered {answer.status}: {str(said)[:300]}")
    cost = perf_counter() - begun
    connection.close()
    return cost


def _is_right(said: dict) -> bool:
    """Welcomed, or every attempt applied: anything else would measure something else."""
    if "told" in said:
        return [one["effect"] for one in said["told"]] == ["applied"] * BATCH
    return said["decision"]["kind_of"] == "Admitted"


if __name__ == "__main__":
    sys.exit(main())
