"""The line between a real kiosk desk and the real server breaks in every way there is; afterwards all books agree."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import apsw
import httpx
import pytest
from peewee import Database

from core.cards import CardCode
from core.decisions import Admitted
from core.protocol import AttemptState
from kiosk.desk import Desk
from kiosk.server_client import HttpServerClient
from kiosk.store.chains_here import epochs_here
from kiosk.store.store import FILE, KioskStore
from server.demo.line import Line, Weather
from server.demo.weather import SPELLS, WELL_FOR, forecast, let_it_change
from server.services.desk.inbox.finding import inbox
from server.services.desk.inbox.saying import in_words
from server.services.desk.inbox.settling import settle
from server.services.desk.inbox.values import Wish
from server.services.desk.today import today
from server.services.fleet.cards import issue_card
from server.services.people.rights import Asker, Role, the_house
from server.services.people.suspensions import suspend
from server.store.database import reading
from server.store.tables import AttemptRow, MemberRow, QuarantineRow
from tests.journeys.test_kiosk_and_server_in_one_process import Evening, alice_comes, free_port, served, started
from tests.server.door_stories import live_visits
from tests.server.studio import SIX_PM, VAULT, Studio

BROKEN = [weather for weather in Weather if weather is not Weather.WELL]
LONG_ENOUGH = 4.0
"""Seconds that the kiosk waits for an answer: it gets one when the line is well, however busy this machine is."""


@dataclass
class Door:
    """A studio whose members have eight punches each, a kiosk, and the line to the server between them."""

    studio: Studio
    evening: Evening
    line: Line
    desk: Desk
    folder: Path
    people: list[tuple[CardCode, str]] = field(default_factory=list)
    """(card, pass)"""


@pytest.fixture
def door(sqlite_database: Database, tmp_path: Path) -> Iterator[Door]:
    alice, evening, port = alice_comes(tmp_path), Evening(), free_port()
    house = the_house(alice.studio.organization)
    people = [(alice.card, alice.pass_)]
    for _ in BROKEN:
        member = alice.studio.member("Bo")
        pass_ = alice.studio.punch_pass(member, 8)
        people.append((issue_card(alice.studio.organization, member, house, SIX_PM, VAULT), pass_))
    with served(evening, port):
        kiosk = started(tmp_path / "door", evening, port, "boot-1")  # pairs, over a line of its own
        kiosk.store.close()
        line = Line(port)
        store = KioskStore(tmp_path / "door", at=evening.at, random_bits=Random(1).getrandbits)
        client = HttpServerClient(
            f"http://127.0.0.1:{line.port}", lambda: store.identity.token if store.identity else "",
            clock=time.monotonic, ask_deadline=LONG_ENOUGH, tell_deadline=LONG_ENOUGH,
        )  # fmt: skip
        desk = Desk(store, client, now=evening.now, boot="boot-1", random_bits=Random(2).getrandbits)
        assert desk.sync().is_complete
        yield Door(alice.studio, evening, line, desk, tmp_path / "door", people)
        line.end()
        store.close()


def test_however_the_network_breaks_the_kiosk_goes_on_and_all_books_agree_afterwards(door: Door) -> None:
    for weather, (card, _) in zip(BROKEN, door.people, strict=False):
        door.line.become(weather)
        door.evening.passes(seconds=20)
        shown = door.desk.show_card(card.text)
        assert isinstance(shown.decision, Admitted), weather
        assert shown.decided_by is AttemptState.LOCAL, weather
        assert not door.desk.sync().is_complete, weather
        assert door.desk.health().waiting == 1 and not door.desk.health().is_online, weather
        door.line.become(Weather.WELL)
        assert door.desk.sync().is_complete, weather
        again = door.desk.show_card(card.text)
        assert again.decided_by is AttemptState.SERVER, weather
        assert isinstance(again.decision, Admitted) and again.decision.again_since, weather
        assert door.desk.sync().is_complete and door.desk.health().waiting == 0, weather
    agree(door, came=len(BROKEN))


def test_an_evening_without_any_network_is_told_whole_when_it_is_back(door: Door) -> None:
    door.line.become(Weather.PULLED)
    for card, _ in door.people:
        door.evening.passes(seconds=40)
        assert isinstance(door.desk.show_card(card.text).decision, Admitted)
    assert door.desk.health().waiting == len(door.people)
    door.line.become(Weather.WELL)
    assert door.desk.sync().told == len(door.people)
    agree(door, came=len(door.people))


def test_what_staff_did_meanwhile_and_the_kiosk_could_not_know_waits_in_their_inbox(door: Door) -> None:
    """A member is suspended while the network is away, and let in by a kiosk that has not heard of it."""
    (card, pass_), *others = door.people
    organization, house = door.studio.organization, the_house(door.studio.organization)
    door.line.become(Weather.PULLED)
    with reading():
        member = MemberRow.get(MemberRow.first_name == "Alice").id
    clerk = Asker(organization_id=organization, role=Role.FRONT_DESK, name="Mira", staff_id=door.studio.staff)
    suspend(organization, member, door.evening.at + timedelta(days=2), "broke the kiln", clerk, door.evening.at)
    for shown in (card, others[0][0]):
        door.evening.passes(seconds=40)
        assert isinstance(door.desk.show_card(shown.text).decision, Admitted)
    door.line.become(Weather.WELL)
    assert door.desk.sync().is_complete
    assert inbox_says(door, house) == ["Alice Ackerman came to Wheel throwing while suspended."]
    assert [door.studio.punches_left(one) for one in (pass_, others[0][1])] == [7, 7]
    [item] = inbox(organization, house, door.evening.at).items
    settle(organization, Wish(kind=item.kind, key=item.key, because="she did not know"), clerk, door.evening.at, VAULT)
    assert inbox_says(door, house) == []
    assert door.studio.punches_left(pass_) == 7, "let stand: the visit keeps its punch"


def inbox_says(door: Door, house: Asker) -> list[str]:
    found = inbox(door.studio.organization, house, door.evening.at)
    return [in_words("en", item.title, lambda at: f"{at:%H:%M}") for item in found.items]


def agree(door: Door, *, came: int) -> None:
    """Ledger, staff page, the server's attempts and the kiosk's journal say the same."""
    assert [door.studio.punches_left(pass_) for _, pass_ in door.people[:came]] == [7] * came
    organization = door.studio.organization
    page = today(organization, the_house(organization), door.studio.venue, door.evening.at)
    assert (len(live_visits()), page.in_house, sum(one.came for one in page.on_now)) == (came, came, came)
    assert not page.turned_away
    with reading():
        held = {row.id: row.outcome for row in AttemptRow.select()}
        assert QuarantineRow.select().count() == 0
    connection = apsw.Connection(str(door.folder / FILE))
    assert dict(connection.execute("SELECT attempt_id, outcome FROM attempt")) == held
    assert [epoch.faults for epoch in epochs_here(connection)] == [()]
    connection.close()


@pytest.mark.parametrize(
    ("weather", "status"), [(Weather.PORTAL, 200), (Weather.GATEWAY, 502), (Weather.CROWDED, 429), (Weather.WELL, 200)]
)
def test_others_answer_on_the_line_in_their_own_words(door: Door, weather: Weather, status: int) -> None:
    door.line.become(weather)
    answer = httpx.get(f"http://127.0.0.1:{door.line.port}/api/health", timeout=10)
    assert answer.status_code == status
    assert ("json" in answer.headers["content-type"]) == (weather is Weather.WELL)


@pytest.mark.parametrize("weather", [Weather.PULLED, Weather.DROPS, Weather.HALVES])
def test_a_line_that_is_cut_gives_no_whole_answer(door: Door, weather: Weather) -> None:
    door.line.become(weather)
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"http://127.0.0.1:{door.line.port}/api/health", timeout=10)


def test_a_flaky_demo_breaks_the_line_in_every_way_and_mends_it_each_time_and_says_so() -> None:
    line, said, waited = Line(1), [], []
    seen = []

    def has_ended(seconds: float) -> bool:
        waited.append(seconds)
        seen.append(line.weather)
        return len(waited) == 2 * len(SPELLS)

    let_it_change(line, said.append, has_ended)
    line.end()
    assert set(seen[1::2]) == set(BROKEN) and set(seen[::2]) == {Weather.WELL}
    assert waited[:2] == [WELL_FOR, 40]
    assert said[0] == "Network pulled for 40 s: the kiosk decides alone."
    assert said[1].startswith("The network is well for 30 s")
    assert next(forecast()) == (Weather.WELL, WELL_FOR)
