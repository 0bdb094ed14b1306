"""The server that `bench_ask` asks: the real one, with two routes beside it to compare with. Given a folder and a port.

It prints what to ask as one line of JSON once it is ready.
"""

import json
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from peewee import CharField

from core import wire
from core.protocol import Ask
from server.api.app import make_app
from server.store.database import bind, open_database, writing
from server.store.ids import hash_of, new_id
from server.store.migrating import migrate
from server.store.rows import Row
from tests.server.door_stories import kiosk_of
from tests.server.studio import SIX_PM, TOKEN, VAULT, open_studio


class SmallRow(Row):
    """Something small to write."""

    id = CharField(max_length=80, primary_key=True)
    word = CharField()

    class Meta:
        table_name = "small"


def main(folder: Path, port: int, people: int) -> None:
    database = open_database(f"sqlite:///{folder / 'bench.db'}")
    bind(database)
    migrate(database)
    with writing():
        SmallRow.create_table()
        told = furnish(people)
    app = make_app(now=lambda: SIX_PM, vault=VAULT)
    add_what_to_compare_with(app)
    print(json.dumps(told), flush=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def furnish(people: int) -> dict[str, object]:
    """A studio whose members have all reserved this evening, half of them by the punch; and their asks, to be sent."""
    studio = open_studio()
    kiosk, session = kiosk_of(studio), studio.session(capacity=people)
    asks = []
    for n in range(people):
        member = studio.member(f"Member {n}")
        card = studio.card(member)
        pass_ = studio.punch_pass(member) if n % 2 else studio.unlimited(member)
        studio.reservation(member, session, pass_)
        asks.append(wire.to_json(Ask(attempt=kiosk.show(card, SIX_PM))))
    return {"token": f"{TOKEN} Front door {studio.organization}", "asks": asks}


def add_what_to_compare_with(app: FastAPI) -> None:
    """Before the API's last route, which answers whatever is not there."""

    def empty() -> dict[str, bool]:
        return {"ok": True}

    def three_writes() -> dict[str, bool]:
        with writing():
            for _ in range(3):
                id_ = new_id(SIX_PM)
                SmallRow.create(id=id_, word=hash_of(id_))
        return {"ok": True}

    app.post("/bench/empty")(empty)
    app.post("/bench/three-writes")(three_writes)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
