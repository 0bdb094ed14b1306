"""One evening of kills: a studio, a server and a kiosk, SIGKILL at seeded moments, and the books read at the end."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any

import apsw
import httpx
from peewee import fn

from kiosk.store.chains_here import epochs_here
from kiosk.store.identity import Identity, write_identity
from kiosk.store.store import FILE
from server.services.fleet.cards import issue_card
from server.services.fleet.chains import in_words, verify_chains
from server.services.people.rights import the_house
from server.store.database import bind, open_database, reading, release
from server.store.migrating import migrate
from server.store.tables import AttemptRow, PunchRow, QuarantineRow, VisitRow
from tests.journeys.running import free_port
from tests.kill.zygote import settings_in
from tests.server.studio import TOKEN, VAULT, Studio, open_studio

MEMBERS_A_KILL = 8
PATIENCE = 60.0
WELL_BEFORE = 0.2
"""Of the kills: the server has come up before."""


@dataclass(slots=True)
class Books:
    """What was on the screens, and what server and kiosk hold at the end. `wrong` must be empty."""

    kills: dict[str, int] = field(default_factory=dict)
    screens: int = 0
    welcomes: int = 0
    by_server: int = 0
    visits: int = 0
    punches: int = 0
    interrupted: int = 0
    wrong: list[str] = field(default_factory=list)


def killed_evening(folder: Path, *, kills: int, seed: int, noted: Callable[[], object] = lambda: None) -> Books:
    """Kill that many times, heal, read the books. `noted` is called after each kill. Raises if the heal fails."""
    dice, studio, port = Random(seed), _furnished(folder, kills), free_port()
    address = f"http://127.0.0.1:{port}"
    server = {"folder": str(folder / "server"), "port": port}
    books, door = Books(), _KioskAtTheDoor(folder, address, dice)
    with _zygote(folder) as tell:
        tell(f"start server server {json.dumps(server)}")
        _wait_until_up(address)
        _tell_the_rest(tell, folder, address)  # which also brings it its member list
        door.start(tell)
        victim = "kiosk"
        for _ in range(kills):
            # Right away, or after it has been well for a while: a server takes longer to come up than a kiosk.
            is_well = dice.random() < WELL_BEFORE
            if is_well:
                _wait_until_up(address)  # however busy the machine is
            sleep(dice.uniform(0.02, 0.9 if is_well or victim != "kiosk" else 0.25))
            victim = dice.choices(("kiosk", "server", "both"), (6, 2, 1))[0]
            books.kills[victim] = books.kills.get(victim, 0) + 1
            if victim != "kiosk":
                tell("kill server")
            if victim != "server":
                tell("kill kiosk")
            if victim != "kiosk":
                tell(f"start server server {json.dumps(server)}")
            if victim != "server":
                door.start(tell)
            noted()
        tell("kill kiosk")
        _wait_until_up(address)
        _tell_the_rest(tell, folder, address)
        tell("kill server")
    _read_screens(folder / "screens", books)
    _read_the_kiosks(folder / "kiosk" / FILE, books)
    _read_the_servers(folder / "server", studio, books)
    return books


def _tell_the_rest(tell: Callable[[str], int], folder: Path, address: str) -> None:
    tell(f"start rest tell {json.dumps({'folder': str(folder / 'kiosk'), 'address': address})}")
    if tell("wait rest") != 0:
        raise RuntimeError(f"the kiosk did not get rid of what it holds: {(folder / 'rest.log').read_text()}")


@dataclass(slots=True)
class _KioskAtTheDoor:
    folder: Path
    address: str
    dice: Random

    def start(self, tell: Callable[[str], int]) -> None:
        said = {
            "folder": str(self.folder / "kiosk"),
            "address": self.address,
            "cards": str(self.folder / "cards"),
            "screens": str(self.folder / "screens"),
            "dice": self.dice.random(),
        }
        tell(f"start kiosk kiosk {json.dumps(said)}")


@contextmanager
def _zygote(folder: Path) -> Iterator[Callable[[str], int]]:
    """Gives what says one command to it and returns the number it answers with."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.kill.zygote"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "KILL_LOGS": str(folder)},
    )  # fmt: skip

    def tell(command: str) -> int:
        assert process.stdin and process.stdout
        process.stdin.write(command + "\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    try:
        yield tell
    finally:
        process.communicate(timeout=PATIENCE)


def _furnished(folder: Path, kills: int) -> Studio:
    """A studio whose members come now: by the punch with a place, by the punch without, or as often as they like."""
    now, codes = datetime.now(UTC), []
    database = open_database(settings_in(folder / "server").database_url)
    bind(database)
    try:
        migrate(database)
        studio = open_studio()
        house = the_house(studio.organization)
        people = max(40, kills * MEMBERS_A_KILL)
        session = studio.session(now + timedelta(minutes=20), capacity=people, length=timedelta(hours=3))
        for number in range(people):
            member = studio.member(f"M{number}")
            pass_ = studio.unlimited(member) if number % 4 == 0 else studio.punch_pass(member, 3)
            if number % 2:
                studio.reservation(member, session, pass_, made_at=now - timedelta(days=3))
            codes.append(issue_card(studio.organization, member, house, now, VAULT).text)
        device = studio.kiosk()
    finally:
        release(database)
    (folder / "cards").write_text("\n".join(codes))
    (folder / "kiosk").mkdir()
    write_identity(folder / "kiosk", Identity(device_id=device, token=f"{TOKEN} Front door {studio.organization}"))
    return studio


def _wait_until_up(address: str) -> None:
    ends = monotonic() + PATIENCE
    while monotonic() < ends:
        try:
            if httpx.get(f"{address}/api/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            sleep(0.05)
    raise RuntimeError("the server did not come up")


def _read_screens(path: Path, books: Books) -> None:
    """What was shown. A line that was cut off by the kill was not finished, so nobody can say what it was."""
    for line in path.read_text("utf-8").split("\n"):
        if not line.endswith("}"):
            continue
        screen = json.loads(line)
        books.screens += 1
        books.welcomes += "welcome" in screen
        books.by_server += screen.get("by") == "SERVER"


def _read_the_kiosks(path: Path, books: Books) -> None:
    connection = apsw.Connection(str(path))
    try:
        faults = [(epoch.epoch, epoch.faults) for epoch in epochs_here(connection) if epoch.faults]
        unknown = connection.execute("SELECT COUNT(*) FROM attempt WHERE state = 'UNKNOWN'").fetchall()
    finally:
        connection.close()
    books.interrupted = int(unknown[0][0])
    books.wrong += [f"the kiosk's journal: {epoch} {found}" for epoch, found in faults]


def _read_the_servers(folder: Path, studio: Studio, books: Books) -> None:
    database = open_database(settings_in(folder).database_url)
    bind(database)
    try:
        books.wrong += list(_wrong_at_the_server(folder.parent / "screens", studio, books))
    finally:
        release(database)


def _wrong_at_the_server(screens: Path, studio: Studio, books: Books) -> Iterator[str]:
    with reading():
        held = {row.id: row for row in AttemptRow.select()}
        visits = {row.id: row for row in VisitRow.select()}
        sums: dict[str, Any] = dict(
            PunchRow.select(PunchRow.visit_key, fn.SUM(PunchRow.delta))
            .where(PunchRow.visit_key.is_null(False))
            .group_by(PunchRow.visit_key)
            .tuples()
        )
        quarantined = QuarantineRow.select().count()
    books.visits, books.punches = sum(visit.is_live for visit in visits.values()), -sum(map(int, sums.values()))
    for line in screens.read_text("utf-8").split("\n"):
        if '"welcome"' not in line or not line.endswith("}"):
            continue
        screen = json.loads(line)
        attempt, visit = held.get(screen["welcome"]), visits.get(screen["visit"])
        if attempt is None or attempt.outcome != "WELCOME":
            yield f"lost: {screen}"
        elif visit is None or not visit.is_live:
            yield f"not live: {screen}"
    yield from (f"{total} punches for {visit}" for visit, total in sums.items() if total not in (0, -1))
    if quarantined:
        yield f"{quarantined} in quarantine"
    for checked in verify_chains(studio.organization):
        if not checked.report.is_sound:
            yield in_words(checked)
