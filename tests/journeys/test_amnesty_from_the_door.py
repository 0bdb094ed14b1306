"""A camera that fails while the network is away, a kiosk that falls over: what the night makes of it when it hears."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event

import pytest
from peewee import Database

from core import wire
from core.errors import Unauthenticated
from core.outages import SHORTEST, OutageWhy
from core.protocol import Answer, Ask, Heard, ReplicaPart, Tell
from kiosk.desk import Desk
from kiosk.outages import LOOK_EVERY, OutageWatch
from kiosk.server_client import DeviceRejected, ServerUnreachable
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment
from server.scheduler import NightWatch
from server.services.fleet.conversing import answer, give_replica, hear
from server.services.fleet.devices import revoke_device
from server.services.people.rights import the_house
from server.store.database import reading, writing
from server.store.tables import NoShowRow, OrganizationRow, OutageRow, ReservationHistoryRow, SuspensionRow
from tests.server.studio import SIX_PM, TOKEN, VAULT, Studio, open_studio

FIVE_PM = SIX_PM - timedelta(hours=1)
FIVE_AM = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""In Berlin, when all of the night's jobs have had their turn."""
DAY = timedelta(days=1)


@dataclass
class Town:
    """The one clock of the story, and whether kiosk and server can hear each other."""

    at: datetime = FIVE_PM
    mono: float = 100.0
    is_connected: bool = True

    def now(self) -> Moment:
        return Moment(self.at, self.mono)

    def passes(self, how_long: timedelta) -> None:
        self.at += how_long
        self.mono += how_long.total_seconds()


@dataclass
class Wire:
    """The server's own words, carried as text; no network at all where the town is not connected."""

    town: Town
    token: str

    def ask(self, ask: Ask) -> Answer:
        return wire.from_json(Answer, wire.to_json(answer(self.token, self._sent(ask), self.town.at, VAULT)))

    def tell(self, tell: Tell) -> Heard:
        said = self._sent(tell)
        with self._rejecting():
            return wire.from_json(
                Heard, wire.to_json(hear(self.token, said, self.town.at, VAULT, now=lambda: self.town.at))
            )

    def replica(self, since: int, mark: str) -> ReplicaPart:
        self._sent(None)
        with self._rejecting():
            return give_replica(self.token, since, mark, self.town.at)

    @contextmanager
    def _rejecting(self) -> Iterator[None]:
        try:
            yield
        except Unauthenticated as refused:
            raise DeviceRejected(refused.code) from refused

    def _sent(self, message: object) -> bytes:
        if not self.town.is_connected:
            raise ServerUnreachable("The line is cut.")
        return wire.to_json(message).encode()


@dataclass
class Door:
    """A kiosk with its outages watched; `starts` it anew without having been ended."""

    folder: Path
    town: Town
    studio: Studio
    device: str
    trouble: OutageWhy | None = None
    store: KioskStore = field(init=False)
    desk: Desk = field(init=False)
    watch: OutageWatch = field(init=False)

    def starts(self, boot: str = "boot-1") -> None:
        bits = Random(f"{boot} {self.town.mono}").getrandbits
        self.store = KioskStore(self.folder, at=self.town.at, random_bits=bits)
        token = f"{TOKEN} Front door {self.studio.organization}"
        if self.store.identity is None:
            self.store.remember(Identity(device_id=self.device, token=token))
        self.desk = Desk(self.store, Wire(self.town, token), now=self.town.now, boot=boot, random_bits=bits)
        self.watch = OutageWatch(
            self.store, boot=boot, now=self.town.now, time=self.desk.time, trouble=lambda: self.trouble,
            random_bits=bits,
        )  # fmt: skip
        self.watch.look()

    def goes_on(self, until: datetime, every: timedelta = 12 * LOOK_EVERY) -> None:
        """It looks at itself, and now and then it tells, until then."""
        looks = 0
        while self.town.at < until:
            self.town.passes(min(every, until - self.town.at))
            self.watch.look()
            looks += 1
            if looks % 15 == 0 or self.town.at >= until:
                self.desk.sync()


@dataclass
class Story:
    """Alice has missed two sessions lately, and does not come tonight either."""

    town: Town
    door: Door
    studio: Studio
    alice: str
    place: str

    def night(self) -> None:
        NightWatch(lambda: self.town.at, Event(), "one").beat()


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    studio, town = open_studio(), Town()
    alice = studio.member()
    pass_ = studio.punch_pass(alice, 8)
    door = Door(folder=tmp_path / "kiosk", town=town, studio=studio, device=studio.kiosk())
    for days in (14, 7):
        studio.reservation(alice, studio.session(SIX_PM - days * DAY), pass_, made_at=SIX_PM - (days + 1) * DAY)
    place = studio.reservation(alice, studio.session(), pass_)
    with writing():
        OrganizationRow.update(created_at=SIX_PM - 16 * DAY).execute()
    door.starts()
    door.desk.sync()
    return Story(town=town, door=door, studio=studio, alice=alice, place=place)


def consequences(story: Story) -> tuple[str, bool, str, bool]:
    """Of tonight: the place's status, whether it is a strike, why not, and whether Alice is suspended now."""
    with reading():
        row = NoShowRow.get_or_none(NoShowRow.reservation == story.place)
        suspended = SuspensionRow.select().where(SuspensionRow.lifted_at.is_null()).exists()
    status = story.studio.status(story.place).value
    return (status, row.is_counted, row.amnesty_because, suspended) if row else (status, False, "", suspended)


def test_a_kiosk_that_works_excuses_nobody(story: Story) -> None:
    story.door.goes_on(FIVE_AM, SHORTEST)
    story.night()
    status, is_counted, because, is_suspended = consequences(story)
    assert (status, is_counted, is_suspended) == ("NO_SHOW", True, True)
    assert because == ""


def test_a_camera_lost_while_the_network_was_away_excuses_whoever_missed_the_class(story: Story) -> None:
    """The night waits for the kiosk, and hears of the camera together with the promise that nothing is missing."""
    door, town = story.door, story.town
    town.is_connected = False
    door.goes_on(SIX_PM - timedelta(minutes=20))
    door.trouble = OutageWhy.CAMERA
    door.goes_on(SIX_PM - timedelta(minutes=5))
    door.trouble = None
    door.goes_on(FIVE_AM, SHORTEST)
    story.night()
    assert consequences(story)[0] == "PENDING"
    town.is_connected = True
    door.goes_on(FIVE_AM + timedelta(minutes=5))
    town.passes(DAY)
    door.goes_on(FIVE_AM + DAY + timedelta(minutes=10))
    story.night()
    status, is_counted, because, is_suspended = consequences(story)
    assert (status, is_counted, is_suspended) == ("NO_SHOW", False, False)
    assert because == "no penalty: kiosk Front door had no camera from 2026-11-21 17:41 to 2026-11-21 17:57"
    with reading():
        steps = ReservationHistoryRow.select().where(ReservationHistoryRow.reservation == story.place)
        assert [row.action for row in steps.order_by(ReservationHistoryRow.step)][-2:] == ["NO_SHOW", "AMNESTY"]


@pytest.mark.parametrize("boot", ["boot-1", "boot-2"])
def test_a_kiosk_that_fell_over_before_the_class_excuses_whoever_missed_it(story: Story, boot: str) -> None:
    """Nobody noticed until the end of the class; `boot-2`: the machine was started again, its clocks at nothing."""
    door, town = story.door, story.town
    door.goes_on(SIX_PM - timedelta(minutes=20))
    town.passes(timedelta(hours=2, minutes=40))
    if boot == "boot-2":
        town.mono = 3.0
    door.starts(boot)
    door.goes_on(FIVE_AM, SHORTEST)
    story.night()
    status, is_counted, because, is_suspended = consequences(story)
    assert (status, is_counted, is_suspended) == ("NO_SHOW", False, False)
    assert because == "no penalty: kiosk Front door was not running from 2026-11-21 17:40 to 2026-11-21 20:20"


def test_an_outage_that_outlived_the_night_takes_its_suspension_back(story: Story) -> None:
    """A second process of the machine keeps the promise; the gap is found only when the kiosk's own starts again."""
    door, town = story.door, story.town
    door.goes_on(SIX_PM - timedelta(minutes=20))
    while town.at < FIVE_AM:
        town.passes(timedelta(minutes=10))
        door.desk.sync()
    story.night()
    assert consequences(story) == ("NO_SHOW", True, "", True)
    door.watch.look()
    door.desk.sync()
    status, is_counted, because, is_suspended = consequences(story)
    assert (status, is_counted, is_suspended) == ("NO_SHOW", True, False)
    assert because.startswith("no penalty: kiosk Front door was not running from 2026-11-21 17:40")
    once = counted()
    for _ in range(3):
        door.desk.sync()
        story.night()
    assert counted() == once


def counted() -> tuple[int, ...]:
    with reading():
        return tuple(table.select().count() for table in (OutageRow, ReservationHistoryRow, NoShowRow, SuspensionRow))


def test_the_outages_of_a_kiosk_that_was_revoked_excuse_nobody(story: Story) -> None:
    door, organization = story.door, story.studio.organization
    revoke_device(organization, door.device, the_house(organization), story.town.at)
    door.trouble = OutageWhy.CAMERA
    door.goes_on(SIX_PM)
    door.desk.show_card("what nobody can read")
    door.goes_on(SIX_PM + timedelta(minutes=5))
    with reading():
        assert OutageRow.select().count() == 0
