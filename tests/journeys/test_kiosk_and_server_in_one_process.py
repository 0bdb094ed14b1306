"""A kiosk's desk and the server's real app over real HTTP: with the server, without it, and after a power cut."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import uvicorn
from peewee import Database

from core.cards import CardCode
from core.decisions import Admitted
from core.protocol import AttemptState, Pair
from kiosk.desk import Desk, Shown
from kiosk.server_client import HttpServerClient
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment
from server.api.app import make_app
from server.services.fleet.cards import issue_card
from server.services.fleet.pairing import open_pairing
from server.services.people.rights import the_house
from server.store.database import reading
from server.store.tables import AttemptRow
from tests.journeys.running import free_port
from tests.server.door_stories import live_visits
from tests.server.studio import SIX_PM, VAULT, Studio, open_studio

DEADLINE = 20.0
"""Seconds: no machine is so busy that a server which is there counts as away."""


@dataclass
class Evening:
    """Both clocks; the test moves them, for the kiosk and for the server."""

    at: datetime = SIX_PM
    mono: float = 500.0

    def now(self) -> Moment:
        return Moment(self.at, self.mono)

    def passes(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)
        self.mono += timedelta(**how_long).total_seconds()


@contextmanager
def served(evening: Evening, port: int) -> Iterator[None]:
    """The server, there for as long as the block lasts."""
    app = make_app(now=lambda: evening.at, vault=VAULT)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        ends = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive() and time.monotonic() < ends, "the server did not start"
            time.sleep(0.02)
        yield
    finally:
        server.should_exit = True
        thread.join(30)


@dataclass
class Kiosk:
    """One start of a kiosk on a folder. Left without `close`, it fell over."""

    store: KioskStore
    desk: Desk


def started(folder: Path, evening: Evening, port: int, boot: str) -> Kiosk:
    bits = Random(boot).getrandbits
    store = KioskStore(folder, at=evening.at, random_bits=bits)
    client = HttpServerClient(
        f"http://127.0.0.1:{port}",
        lambda: store.identity.token if store.identity else "",
        clock=time.monotonic,
        ask_deadline=DEADLINE,
    )
    if store.identity is None:
        paired = client.pair(Pair(code=(folder.parent / "code").read_text(), name="Front door"))
        store.remember(Identity(device_id=paired.device_id, token=paired.token))
    return Kiosk(store, Desk(store, client, now=evening.now, boot=boot, random_bits=bits))


@dataclass(frozen=True)
class Alice:
    """With eight punches left, and her card."""

    studio: Studio
    card: CardCode
    pass_: str
    session: str


def alice_comes(folder: Path) -> Alice:
    studio = open_studio()
    alice = studio.member()
    pass_, session = studio.punch_pass(alice, 8), studio.session()
    card = issue_card(studio.organization, alice, the_house(studio.organization), SIX_PM, VAULT)
    code = open_pairing(studio.organization, studio.venue, the_house(studio.organization), SIX_PM)
    (folder / "code").write_text(code)
    return Alice(studio, card, pass_, session)


def assert_welcomed(shown: Shown, alice: Alice, by: AttemptState) -> Admitted:
    assert isinstance(shown.decision, Admitted), shown.decision
    assert shown.decided_by is by
    assert shown.decision.session.id == alice.session
    assert shown.person is not None and shown.person.first_name == "Alice"
    return shown.decision


def attempts_stored() -> int:
    with reading():
        return int(AttemptRow.select().count())


def test_a_card_is_welcomed_and_one_punch_is_used(database: Database, tmp_path: Path) -> None:
    alice, evening, port = alice_comes(tmp_path), Evening(), free_port()
    with served(evening, port):
        kiosk = started(tmp_path / "kiosk", evening, port, "boot-1")
        assert kiosk.desk.sync().is_complete
        welcome = assert_welcomed(kiosk.desk.show_card(alice.card.text), alice, AttemptState.SERVER)
        assert welcome.punches_after == 7
        assert alice.studio.punches_left(alice.pass_) == 7
        evening.passes(minutes=1)
        assert kiosk.desk.sync().told == 1
        again = assert_welcomed(kiosk.desk.show_card(alice.card.text), alice, AttemptState.SERVER)
        assert again.again_since is not None
        assert kiosk.desk.sync().told == 1
    kiosk.store.close()
    assert (alice.studio.punches_left(alice.pass_), len(live_visits()), attempts_stored()) == (7, 1, 2)


def test_without_the_server_the_same_is_decided_and_told_once(database: Database, tmp_path: Path) -> None:
    alice, evening, port = alice_comes(tmp_path), Evening(), free_port()
    with served(evening, port):
        kiosk = started(tmp_path / "kiosk", evening, port, "boot-1")
        assert kiosk.desk.sync().is_complete
    evening.passes(minutes=1)
    welcome = assert_welcomed(kiosk.desk.show_card(alice.card.text), alice, AttemptState.LOCAL)
    assert welcome.punches_after == 7
    assert kiosk.desk.sync().told == 0
    assert (kiosk.desk.health().waiting, alice.studio.punches_left(alice.pass_)) == (1, 8)
    evening.passes(minutes=4)
    with served(evening, port):
        assert [kiosk.desk.sync().told for _ in range(3)] == [1, 0, 0]
        assert_welcomed(kiosk.desk.show_card(alice.card.text), alice, AttemptState.SERVER)
    kiosk.store.close()
    [visit] = live_visits()
    assert visit.id == welcome.visit_key
    assert alice.studio.punches_left(alice.pass_) == 7


@pytest.mark.parametrize("was_told", [False, True])
def test_a_kiosk_that_fell_over_uses_no_second_punch(database: Database, tmp_path: Path, was_told: bool) -> None:
    """Its folder as it lay there, its memory gone; what it had shown is told, whether the server heard it or not."""
    alice, evening, port = alice_comes(tmp_path), Evening(), free_port()
    with served(evening, port):
        before = started(tmp_path / "kiosk", evening, port, "boot-1")
        assert before.desk.sync().is_complete
        if was_told:
            assert_welcomed(before.desk.show_card(alice.card.text), alice, AttemptState.SERVER)
    if not was_told:
        assert_welcomed(before.desk.show_card(alice.card.text), alice, AttemptState.LOCAL)
    evening.passes(minutes=2)
    after = started(tmp_path / "kiosk", evening, port, "boot-2")
    again = assert_welcomed(after.desk.show_card(alice.card.text), alice, AttemptState.LOCAL)
    assert again.again_since is not None, "it knows from its own journal that she is in"
    with served(evening, port):
        assert after.desk.sync().told == 2
        assert after.desk.sync().told == 0
    after.store.close()
    before.store.close()
    assert (alice.studio.punches_left(alice.pass_), len(live_visits()), attempts_stored()) == (7, 1, 2)
