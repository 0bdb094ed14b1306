"""The server's file on a disk whose power goes: what a kiosk was answered, or told was stored, is there afterwards."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import apsw
from peewee import PeeweeException

from core.cards import CardCode
from core.decisions import Admitted
from core.protocol import Attempt, AttemptState
from server.store.database import PRAGMAS, PooledSqlite, bind, open_database, reading, release
from server.store.tables import AttemptRow, PunchRow, VisitRow
from tests.power.disk import Disk, put_found
from tests.server.door_stories import StoryKiosk, kiosk_of, welcomed
from tests.server.studio import SIX_PM, open_studio

PEOPLE = 12
FILE = "tessera.db"


@dataclass(slots=True)
class Evening:
    """The studio's people, and what was acknowledged: attempt ids, and the visits that were welcomed."""

    kiosk: StoryKiosk
    session: str
    people: list[tuple[str, str, CardCode]]
    """(member, pass, card)"""
    acknowledged: list[str] = field(default_factory=list)
    welcomed: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)


def cut_and_look(seed: int, template: Path, folder: Path) -> Evening:
    """One cut of the server's power; `template` is a migrated, empty file."""
    dice, before, after = Random(f"server {seed}"), folder / "before", folder / "after"
    before.mkdir()
    after.mkdir()
    (before / FILE).write_bytes(template.read_bytes())
    database = open_database(f"sqlite:///{before / FILE}")
    bind(database)
    evening = _opened()
    release(database)
    with Disk() as disk:
        database = _on(disk, before / FILE)
        disk.cut_after(dice.randint(1, dice.choice((100, 2000, 6000))))
        bind(database)
        with suppress(apsw.Error, PeeweeException):
            _work(evening, dice)
        with suppress(apsw.Error, PeeweeException):
            release(database)
        put_found(disk.power_cut(dice), after)
    database = open_database(f"sqlite:///{after / FILE}")
    bind(database)
    try:
        _judge(evening, after / FILE)
    finally:
        release(database)
    return evening


def _on(disk: Disk, path: Path) -> PooledSqlite:
    """The server's own database, with its own settings, on the tests' disk."""
    return PooledSqlite(
        str(path),
        pragmas=PRAGMAS,
        autoconnect=False,
        max_connections=4,
        timeout=5,
        returning_clause=True,
        vfs=disk.name,
    )


def _opened() -> Evening:
    studio = open_studio()
    kiosk, session = kiosk_of(studio), studio.session(capacity=PEOPLE)
    people = []
    for number in range(PEOPLE):
        member = studio.member(f"M{number}")
        people.append((member, studio.punch_pass(member, 8), studio.card(member)))
    return Evening(kiosk=kiosk, session=session, people=people)


def _work(evening: Evening, dice: Random) -> None:
    """Asks and tells until the power goes: acknowledged is what came back."""
    held: list[Attempt] = []
    for _ in range(400):
        member, pass_, card = dice.choice(evening.people)
        attempt = evening.kiosk.show(card, SIX_PM)
        if dice.random() < 0.6:
            answer = evening.kiosk.ask(attempt, SIX_PM)
            evening.acknowledged.append(attempt.attempt_id)
            if isinstance(answer.decision, Admitted):
                evening.welcomed.add(answer.decision.visit_key)
            continue
        shown = welcomed(attempt, member, evening.session, pass_=pass_)
        held.append(replace(shown, state=AttemptState.LOCAL))
        if dice.random() < 0.3:
            told, _ = evening.kiosk.tell(SIX_PM, *held)
            evening.acknowledged += [one.attempt_id for one in told]
            evening.welcomed |= {one.visit_key or "" for one in held}
            held = []


def _judge(evening: Evening, path: Path) -> None:
    connection = apsw.Connection(str(path))
    verdict = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    with reading():
        held = {row.id for row in AttemptRow.select(AttemptRow.id)}
        live = {row.id for row in VisitRow.select().where(VisitRow.is_live)}
        paid = [row.visit_key for row in PunchRow.select().where(PunchRow.delta < 0)]
    evening.lost += [f"acknowledged and not there: {id_}" for id_ in evening.acknowledged if id_ not in held]
    evening.lost += [f"welcomed and not live: {visit}" for visit in evening.welcomed - live]
    if len(set(paid)) != len(paid) or set(paid) != live:
        evening.lost.append("live visits and punches differ")
    if verdict != [("ok",)]:
        evening.lost.append(str(verdict))
