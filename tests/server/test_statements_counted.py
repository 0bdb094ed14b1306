"""How many statements an answer costs: a loop that asks the database once for each row would be seen here at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from core import clocktime, wire
from core.cards import CardCode
from core.decisions import Admitted, Refused
from core.protocol import Attempt, AttemptState, Effect, Hello, Tell
from core.refusals import RefusalReason
from server.services.door.changes import mark_of, touch_members, version_of
from server.services.fleet import conversing
from server.services.people.rights import Asker, the_house
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Cancelled, Reserved
from server.store.database import open_database, reading, writing
from tests.databases import bound
from tests.server.counting import Counted, CountingSqlite
from tests.server.door_stories import BOOTED_AT, StoryKiosk, kiosk_of, refused, welcomed
from tests.server.studio import SIX_PM, TOKEN, VAULT, Studio, open_studio

AT_MOST = {
    "a card is welcomed on a reservation": 35,
    "a card is welcomed without one": 37,
    "a card is refused": 17,
    "the same card is asked about again": 3,
    "a place is reserved": 26,
    "a place is given up": 15,
    "a welcome is told that was not asked": 40,
    "a welcome is told that was asked": 7,
    "a refusal is told": 9,
    "a kiosk that knows all says hello": 7,
    "a kiosk is given ten members anew": 22,
}
"""Statements. Whoever needs one more says why, here."""


@dataclass(kw_only=True)
class Evening:
    """A class at six with a hundred places, another tomorrow, and a kiosk at the door."""

    database: CountingSqlite
    studio: Studio
    kiosk: StoryKiosk
    session: str
    tomorrow: str
    people: int = field(default=0)

    @property
    def member_asking(self) -> Asker:
        return the_house(self.studio.organization).for_member()

    def somebody(self, *, has_place: bool = True) -> tuple[str, str, CardCode, str]:
        """(member, punch pass, card, the place at six or nothing)."""
        self.people += 1
        id_ = self.studio.member(f"M{self.people}")
        pass_ = self.studio.punch_pass(id_)
        place = self.studio.reservation(id_, self.session, pass_) if has_place else ""
        return id_, pass_, self.studio.card(id_), place

    def shown(self) -> Attempt:
        """A welcome that the kiosk said alone, to somebody new."""
        member, pass_, card, place = self.somebody()
        return welcomed(self.kiosk.show(card, SIX_PM), member, self.session, reservation=place, pass_=pass_)

    def hello(self, *attempts: Attempt) -> bytes:
        """Said by a kiosk that knows all there is."""
        with reading():
            version = version_of(self.studio.organization)
            mark = mark_of(self.studio.organization, version)
        at = clocktime.to_ms(SIX_PM)
        said = Hello(
            boot=self.kiosk.boot,
            t_mono=at - clocktime.to_ms(BOOTED_AT),
            t_wall=at,
            epoch=self.kiosk.epoch,
            max_seq=self.kiosk.seq,
            replica_version=version,
            replica_mark=mark,
        )
        return wire.to_json(Tell(hello=said, attempts=attempts)).encode()

    @property
    def token(self) -> str:
        return f"{TOKEN} Front door {self.studio.organization}"


@pytest.fixture
def evening(sqlite_template: Path, tmp_path: Path) -> Iterator[Evening]:
    file = tmp_path / "counted.db"
    file.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{file}", sqlite=CountingSqlite)
    assert isinstance(database, CountingSqlite)
    with bound(database):
        studio = open_studio()
        yield Evening(
            database=database,
            studio=studio,
            kiosk=kiosk_of(studio),
            session=studio.session(capacity=100),
            tomorrow=studio.session(SIX_PM + timedelta(days=1), capacity=100),
        )


def test_what_is_done_most_often_asks_little(evening: Evening) -> None:
    asked: dict[str, Counted] = {}

    def count(what: str, act: Callable[[], object]) -> object:
        with evening.database.counting() as asked[what]:
            return act()

    kiosk, organization = evening.kiosk, evening.studio.organization
    member, pass_, card, place = evening.somebody()
    attempt = kiosk.show(card, SIX_PM)
    answer = count("a card is welcomed on a reservation", lambda: kiosk.ask(attempt, SIX_PM))
    assert isinstance(answer.decision, Admitted)  # type: ignore[attr-defined]
    count("the same card is asked about again", lambda: kiosk.ask(attempt, SIX_PM))
    shown = replace(
        welcomed(attempt, member, evening.session, reservation=place, pass_=pass_), state=AttemptState.SERVER
    )
    told, _ = count("a welcome is told that was asked", lambda: kiosk.tell(SIX_PM, shown))  # type: ignore[misc]
    assert [one.effect for one in told] == [Effect.DUPLICATE]

    _, other_pass, other_card, _ = evening.somebody(has_place=False)
    new = kiosk.show(other_card, SIX_PM)
    answer = count("a card is welcomed without one", lambda: kiosk.ask(new, SIX_PM))
    assert isinstance(answer.decision, Admitted)  # type: ignore[attr-defined]

    without = evening.studio.card(evening.studio.member("Dan"))
    turned = kiosk.show(without, SIX_PM)
    answer = count("a card is refused", lambda: kiosk.ask(turned, SIX_PM))
    assert isinstance(answer.decision, Refused)  # type: ignore[attr-defined]
    turned = refused(kiosk.show(without, SIX_PM), RefusalReason.NO_PASS)
    told, _ = count("a refusal is told", lambda: kiosk.tell(SIX_PM, turned))  # type: ignore[misc]
    assert [one.effect for one in told] == [Effect.APPLIED]
    alone = evening.shown()
    told, _ = count("a welcome is told that was not asked", lambda: kiosk.tell(SIX_PM, alone))  # type: ignore[misc]
    assert [one.effect for one in told] == [Effect.APPLIED]

    wish = Wish(session_id=evening.tomorrow, pass_id=other_pass)
    taken = count("a place is reserved", lambda: reserve(organization, wish, evening.member_asking, SIX_PM))
    assert isinstance(taken, Reserved)
    id_ = taken.place.id
    left = count("a place is given up", lambda: cancel(organization, id_, evening.member_asking, SIX_PM))
    assert isinstance(left, Cancelled)

    hello = evening.hello()
    heard = count(
        "a kiosk that knows all says hello",
        lambda: conversing.hear(evening.token, hello, SIX_PM, VAULT, now=lambda: SIX_PM),
    )
    assert heard.replica is None  # type: ignore[attr-defined]
    with reading():
        known = version_of(organization)
        mark = mark_of(organization, known)
    with writing():
        touch_members(organization, [evening.somebody()[0] for _ in range(10)])
    part = count(
        "a kiosk is given ten members anew", lambda: conversing.give_replica(evening.token, known, mark, SIX_PM)
    )
    assert len(part.members) == 10  # type: ignore[attr-defined]
    too_many = {what: counted for what, counted in asked.items() if counted.number > AT_MOST[what]}
    assert asked.keys() == AT_MOST.keys()
    assert not too_many, "\n".join(f"{what}: {counted.number}\n{counted}" for what, counted in too_many.items())


def test_a_batch_told_costs_each_attempt_what_one_alone_costs(evening: Evening) -> None:
    def cost(number: int) -> int:
        attempts = [evening.shown() for _ in range(number)]
        with evening.database.counting() as counted:
            told, _ = evening.kiosk.tell(SIX_PM, *attempts)
        assert {one.effect for one in told} == {Effect.APPLIED}
        return counted.number

    few, many = cost(4), cost(8)
    assert many <= 2 * few, "a longer batch asks more for each attempt"


def test_a_place_in_a_full_house_costs_what_it_costs_in_an_empty_one(evening: Evening) -> None:
    def cost() -> int:
        pass_ = evening.somebody(has_place=False)[1]
        wish = Wish(session_id=evening.tomorrow, pass_id=pass_)
        with evening.database.counting() as counted:
            taken = reserve(evening.studio.organization, wish, evening.member_asking, SIX_PM)
        assert isinstance(taken, Reserved)
        return counted.number

    first = cost()
    for _ in range(12):
        member, pass_, _, _ = evening.somebody(has_place=False)
        evening.studio.reservation(member, evening.tomorrow, pass_)
    assert cost() == first


def test_more_members_anew_cost_no_more_statements(evening: Evening) -> None:
    def cost(number: int) -> int:
        with reading():
            known = version_of(evening.studio.organization)
        with writing():
            touch_members(evening.studio.organization, [evening.somebody()[0] for _ in range(number)])
        with evening.database.counting() as counted:
            part = conversing.give_replica(evening.token, known, "", SIX_PM)
        assert len(part.members) == number
        return counted.number

    assert cost(4) == cost(16)
