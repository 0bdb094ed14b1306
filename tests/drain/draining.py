"""Thirty hours alone, then the server is back: the queue is told in one thread while cards are answered in another."""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import httpx

from core.cards import CardCode
from core.protocol import Answer, Ask, Heard, ReplicaPart, Tell
from kiosk.desk import Desk
from kiosk.server_client import HttpServerClient, ServerUnreachable
from kiosk.store.chains_here import epochs_here
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment
from server.services.fleet.cards import issue_card
from server.services.fleet.chains import in_words, verify_chains
from server.services.people.rights import the_house
from server.store.database import bind, open_database, reading, release
from server.store.migrating import migrate
from server.store.tables import AttemptRow, PunchRow, QuarantineRow, VisitRow
from tests.journeys.running import free_port
from tests.server.studio import SIX_PM, TOKEN, VAULT, Studio, open_studio

HOURS = timedelta(hours=30)
BACK_AT = SIX_PM + HOURS
EVERY = 0.15
"""Seconds between two new cards while the queue is told: more than a door ever sees."""


@dataclass(slots=True)
class Drained:
    """What came of it. `answers`: who decided about the new cards; `waits`: seconds each of them took."""

    queued: int = 0
    told: int = 0
    seconds: float = 0.0
    answers: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class _NobodyThere:
    """The server during those 30 hours."""

    def ask(self, ask: Ask) -> Answer:
        raise ServerUnreachable("No network.")

    def tell(self, tell: Tell) -> Heard:
        raise ServerUnreachable("No network.")

    def replica(self, since: int, mark: str) -> ReplicaPart:
        raise ServerUnreachable("No network.")


@dataclass(slots=True)
class _Clocks:
    """The kiosk's: moved by hand while it is alone, then running."""

    at: datetime = SIX_PM
    mono: float = 1000.0
    runs_since: float | None = None

    def now(self) -> Moment:
        gone = 0.0 if self.runs_since is None else time.monotonic() - self.runs_since
        return Moment(self.at + timedelta(seconds=gone), self.mono + gone)

    def pass_by(self, length: timedelta) -> None:
        self.at += length
        self.mono += length.total_seconds()


@dataclass(frozen=True, slots=True)
class _Studio:
    studio: Studio
    device: str
    cards: list[CardCode]
    """Members who come in those hours."""
    new: list[CardCode]
    """Members who come only when the server is back."""


def drain(
    folder: Path, *, attempts: int, deadline: float, noted: Callable[[int], object] = lambda waiting: None
) -> Drained:
    """Queue that many, tell them all, answer cards meanwhile within `deadline` seconds; then read all the books.

    `noted` hears now and then how many are still to be told.
    """
    file, clocks, drained, dice = folder / "server.db", _Clocks(), Drained(), Random(7)
    database = open_database(f"sqlite:///{file}")
    bind(database)
    migrate(database)
    made = _furnished(attempts)
    release(database)
    store = KioskStore(folder / "door", at=SIX_PM, random_bits=dice.getrandbits)
    store.remember(Identity(device_id=made.device, token=f"{TOKEN} Front door {made.studio.organization}"))
    with _served(file, SIX_PM) as address, _client(address, store, deadline) as client:
        assert _desk(store, client, clocks, dice).sync().is_complete
    alone = _desk(store, _NobodyThere(), clocks, dice)
    for _ in range(attempts):
        clocks.pass_by(HOURS / attempts)
        alone.show_card(dice.choice(made.cards).text)
    alone.leave()
    drained.queued = store.journal.waiting()
    with _served(file, BACK_AT) as address, _client(address, store, deadline) as client:
        client.replica(store.replica.version, store.replica.mark)  # the network was away, not the server: it is warm
        clocks.runs_since = time.monotonic()
        _tell_and_answer(_desk(store, client, clocks, dice), made.new, drained, noted)
    _read_the_books(database, store, made, drained)
    store.close()
    return drained


def _desk(store: KioskStore, client: HttpServerClient | _NobodyThere, clocks: _Clocks, dice: Random) -> Desk:
    return Desk(store, client, now=clocks.now, boot="boot-1", random_bits=dice.getrandbits)


def _tell_and_answer(desk: Desk, new: list[CardCode], drained: Drained, noted: Callable[[int], object]) -> None:
    """Cards are shown for as long as the queue is told, the first with nothing told yet."""
    over = threading.Event()

    def tell() -> None:
        begun = time.monotonic()
        try:
            while not desk.sync().is_complete and time.monotonic() < begun + 600:
                time.sleep(0.05)
        finally:
            drained.seconds = time.monotonic() - begun
            over.set()

    telling = threading.Thread(target=tell, name="telling")
    telling.start()
    number = 0
    while not over.is_set():
        card, begun = new[number % len(new)], time.perf_counter()
        shown = desk.show_card(card.text)
        drained.waits.append(time.perf_counter() - begun)
        drained.answers[shown.decided_by] += 1
        number += 1
        noted(desk.store.journal.waiting())
        over.wait(EVERY)
    telling.join()
    desk.leave()  # whoever was to choose between two sessions has walked away
    desk.sync()
    drained.told = drained.queued - desk.store.journal.waiting()


def _furnished(attempts: int) -> _Studio:
    studio = open_studio()
    house = the_house(studio.organization)
    people = max(60, attempts // 25)
    for start in range(0, 34, 2):
        studio.session(SIX_PM + timedelta(hours=start), capacity=100_000)

    def member(number: int) -> CardCode:
        id_ = studio.member(f"M{number}")
        if number % 3:
            studio.unlimited(id_)
        else:
            studio.punch_pass(id_, 20)
        return issue_card(studio.organization, id_, house, SIX_PM, VAULT)

    cards = [member(number) for number in range(people + 40)]
    return _Studio(studio, studio.kiosk(), cards[:people], cards[people:])


@contextmanager
def _client(address: str, store: KioskStore, deadline: float) -> Iterator[HttpServerClient]:
    token = store.identity.token if store.identity else ""
    client = HttpServerClient(address, lambda: token, clock=time.monotonic, ask_deadline=deadline)
    try:
        yield client
    finally:
        client.close()


@contextmanager
def _served(file: Path, begins_at: datetime) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-m", "tests.drain.server", str(file), str(port), str(begins_at)])
    try:
        ends = time.monotonic() + 60
        while not _answers(address):
            assert process.poll() is None and time.monotonic() < ends, "the server did not come up"
            time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/api/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def _read_the_books(database: object, store: KioskStore, made: _Studio, drained: Drained) -> None:
    here = _attempts_here(store)
    bind(database)  # type: ignore[arg-type]
    try:
        with reading():
            held = dict(AttemptRow.select(AttemptRow.id, AttemptRow.outcome).tuples())
            live = {row.id for row in VisitRow.select().where(VisitRow.is_live)}
            punches = list(PunchRow.select(PunchRow.visit_key, PunchRow.delta).where(PunchRow.delta < 0).tuples())
            quarantined = QuarantineRow.select().count()
        if held != {id_: outcome for id_, (outcome, _) in here.items()}:
            drained.wrong.append("kiosk and server hold different attempts or outcomes")
        welcomed = {visit for outcome, visit in here.values() if outcome == "WELCOME"}
        if live != welcomed:
            drained.wrong.append(f"{len(live ^ welcomed)} visits are live on one side only")
        if len(punches) != len({visit for visit, _ in punches}) or not {visit for visit, _ in punches} <= live:
            drained.wrong.append("a visit cost two punches, or one that nobody made cost one")
        if quarantined:
            drained.wrong.append(f"{quarantined} in quarantine")
        chains = verify_chains(made.studio.organization)
        drained.wrong += [in_words(one) for one in chains if not one.report.is_sound]
    finally:
        release(database)  # type: ignore[arg-type]


def _attempts_here(store: KioskStore) -> dict[str, tuple[str, str | None]]:
    with store.journal._database.reading() as connection:
        assert not any(epoch.faults for epoch in epochs_here(connection))
        found = connection.execute("SELECT attempt_id, outcome, visit_key FROM attempt").fetchall()
    return {attempt_id: (outcome, visit) for attempt_id, outcome, visit in found}
