"""The process that is soaked: the real scanner, desk, greeter and page, and the server's real app beside them.

`python -m tests.soak.door FOLDER CARDS SECONDS`: says first where the page is, then each second how far it is.
"""

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import uvicorn
from fastapi import FastAPI

from core.messages import LANGUAGES
from kiosk import pages
from kiosk.camera.reading import Corners
from kiosk.camera.scanner import Scanner, ScannerEvents
from kiosk.desk import Desk
from kiosk.greeter import Greeter
from kiosk.running import Serving, every_tick, started
from kiosk.server_client import HttpServerClient
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore
from server.api.app import make_app
from server.services.fleet.cards import issue_card
from server.services.people.rights import the_house
from server.store.database import bind, open_database, reading
from server.store.migrating import migrate
from server.store.tables import AttemptRow
from tests.journeys.running import free_port
from tests.server.studio import SIX_PM, TOKEN, VAULT, Studio, open_studio
from tests.soak.film import HEIGHT, WIDTH, CardsAtTheDoor, Hours, Shown

MEMBERS = 120
DEADLINE = 20.0
"""Seconds for an answer of the server: this run asks what grows, not how fast it is."""
BEGINS_AT = SIX_PM - timedelta(minutes=20)


def main(folder: Path, cards: int, seconds: float) -> None:
    """Until standard input ends."""
    bind(open_database(f"sqlite:///{folder / 'server.db'}"))
    migrate(open_database(f"sqlite:///{folder / 'server.db'}"))
    studio, codes, device = _furnished()
    hours, stopping, shown = Hours(at=BEGINS_AT), threading.Event(), Shown()
    server_port, page_port = free_port(), free_port()
    _served(make_app(now=lambda: hours.at, vault=VAULT), server_port)
    bits = Random(7).getrandbits
    store = KioskStore(folder / "door", at=hours.at, random_bits=bits)
    store.remember(Identity(device_id=device, token=f"{TOKEN} Front door {studio.organization}"))
    client = HttpServerClient(
        f"http://127.0.0.1:{server_port}",
        lambda: f"{TOKEN} Front door {studio.organization}",
        clock=time.monotonic,
        ask_deadline=DEADLINE,
    )
    desk = Desk(store, client, now=hours.now, boot="boot-1", random_bits=bits)
    assert desk.sync().is_complete
    serving, work = Serving(), _Work()
    greeter = Greeter(
        desk,
        now=hours.now,
        serve=lambda does: serving.serve(work.counted(does)),
        pair=lambda code: None,
        languages=LANGUAGES,
        frame_size=lambda: (WIDTH, HEIGHT),
    )

    def on_card(payload: bytes, corners: Corners, seen_at: float) -> None:
        shown.was_read(payload)
        greeter.on_card(payload, corners, seen_at)

    film = CardsAtTheDoor(
        codes,
        cards,
        hours=hours,
        shown=shown,
        dice=Random(11),
        is_done=lambda given: scanner.frames_looked_at >= given and work.is_done,
        may_go_on=lambda: time.monotonic() < ends_at,
    )
    events = ScannerEvents(
        on_card=on_card,
        on_candidate=greeter.on_candidate,
        on_nothing=greeter.on_nothing,
        on_health=greeter.camera_health,
    )
    scanner = Scanner(film, events, clock=lambda: hours.mono)
    app = FastAPI()
    app.add_api_route("/health", lambda: {"status": "ok"})
    pages.attach(app, greeter, scanner, now=lambda: hours.at, hosts=pages.this_machine(page_port))
    _served(app, page_port)
    for name, does in (
        ("cards", lambda: serving.run(stopping)),
        ("time", lambda: every_tick(greeter.tick, stopping)),
        ("sync", lambda: desk.run_sync(stopping)),
    ):
        started(name, stopping, does)
    _say(page=f"http://127.0.0.1:{page_port}/")
    sys.stdin.readline()  # whoever watches is ready
    ends_at = time.monotonic() + seconds
    scanner.start()
    while not (shown.is_over and work.is_done):
        _say(cards=shown.cards, missed=len(shown.missed), hours=(hours.at - BEGINS_AT).total_seconds() / 3600)
        time.sleep(1)
    stopping.set()
    _say(**_reckoned(desk, store, shown, work))
    sys.stdin.readline()


class _Work:
    """Counts what the greeter was given to do and has done."""

    def __init__(self) -> None:
        self.given = self.done = 0

    def counted(self, does: Callable[[], None]) -> Callable[[], None]:
        self.given += 1

        def counting() -> None:
            try:
                does()
            finally:
                self.done += 1

        return counting

    @property
    def is_done(self) -> bool:
        return self.done >= self.given


def _furnished() -> tuple[Studio, list[str], str]:
    """Sessions all evening, members of every kind: with a place or without, with a pass, a last punch, or none."""
    studio = open_studio()
    house = the_house(studio.organization)
    sessions = [studio.session(SIX_PM + timedelta(minutes=40 * number), capacity=1000) for number in range(4)]
    codes = []
    for number in range(MEMBERS):
        member = studio.member(f"M{number}")
        kind = number % 5
        if kind < 3:
            pass_ = studio.punch_pass(member, 9) if kind else studio.unlimited(member)
            if kind < 2:
                studio.reservation(member, sessions[number % len(sessions)], pass_)
        elif kind == 3:
            studio.punch_pass(member, 1)
        codes.append(issue_card(studio.organization, member, house, BEGINS_AT, VAULT).text)
    return studio, codes, studio.kiosk()


def _served(app: FastAPI, port: int) -> None:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    threading.Thread(target=server.run, name=f"serve-{port}", daemon=True).start()
    gives_up_at = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < gives_up_at, "a server did not start"
        time.sleep(0.02)


def _reckoned(desk: Desk, store: KioskStore, shown: Shown, work: _Work) -> dict[str, object]:
    """What came of it, by the kiosk's books and by the server's."""
    desk.leave()
    gives_up_at = time.monotonic() + 300
    while not desk.sync().is_complete and time.monotonic() < gives_up_at:
        time.sleep(0.1)
    with store.journal._database.reading() as connection:
        here = connection.execute("SELECT attempt_id, outcome FROM attempt").fetchall()
    with reading():
        there = dict(AttemptRow.select(AttemptRow.id, AttemptRow.outcome).tuples())
    return {
        "over": True,
        "cards": shown.cards,
        "missed": len(shown.missed),
        "served": work.done,
        "attempts": len(here),
        "outcomes": dict(Counter(outcome for _, outcome in here)),
        "differ": sum(there.get(id_) != outcome for id_, outcome in here) + abs(len(there) - len(here)),
    }


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
