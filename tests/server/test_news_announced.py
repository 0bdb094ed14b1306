"""What happens to members is written down as news exactly once, with whom it is about, in the transaction itself."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.events import EventKind as K
from core.model import Method, PassType
from core.outages import Span
from core.policy import Policy
from server.jobs import auto_cancel, lift, no_shows
from server.jobs import suspend as suspend_job
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.night.amnesty import declare_outage
from server.services.night.work import NightWork
from server.services.people.rights import Asker, asker_of_staff, the_house
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import lift_suspension, suspend
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Reserved
from server.store.database import reading
from server.store.tables import EventRow
from tests.server.door_stories import kiosk_of, undoing, welcomed
from tests.server.letter_stories import events, told
from tests.server.studio import SIX_PM, Studio, after, before, open_studio

DAY = timedelta(days=1)
ONE_AM = SIX_PM + timedelta(hours=7)


class House:
    """Alice has eight punches and takes places by herself."""

    def __init__(self) -> None:
        self.studio: Studio = open_studio()
        self.alice = self.studio.member()
        self.pass_ = self.studio.punch_pass(self.alice, 8)
        self.us = the_house(self.studio.organization)

    @property
    def mira(self) -> Asker:
        with reading():
            return asker_of_staff(self.studio.organization, self.studio.staff)

    def reserve(self, session: str, at: datetime = SIX_PM - 3 * DAY) -> str:
        wish = Wish(session_id=session, pass_id=self.pass_)
        outcome = reserve(self.studio.organization, wish, self.us.for_member(), at)
        assert isinstance(outcome, Reserved), outcome
        return outcome.place.id

    def night(self, as_of: datetime = ONE_AM, **policy: object) -> NightWork:
        rules = Policy(closes_after_end=timedelta(0), strikes=1)
        return NightWork(
            organization_id=self.studio.organization,
            venue_id=self.studio.venue,
            policy=replace(rules, **policy),  # type: ignore[arg-type]
            as_of=as_of,
        )

    def news(self) -> Counter[K]:
        """How often what was told of Alice. What happens in one millisecond is in no order."""
        assert {whom for _, whom in told(self.studio)} <= {self.alice}
        return Counter(kind for kind, _ in told(self.studio))

    def news_of(self, kind: K) -> EventRow:
        """The one there is."""
        (only,) = [row for row in events(self.studio) if row.kind == kind.value]
        return only


@pytest.fixture
def house(database: Database) -> House:
    return House()


def test_a_place_taken_and_given_up_is_news_of_the_member_and_the_session(house: House) -> None:
    session = house.studio.session()
    place = house.reserve(session)
    for _ in range(2):
        cancel(house.studio.organization, place, house.us.for_member(), SIX_PM - 2 * DAY)
    assert house.news() == Counter([K.RESERVED, K.CANCELLED])
    assert {(row.member_id, row.session_id, row.reservation_id) for row in events(house.studio)} == {
        (house.alice, session, place)
    }


def test_a_refused_wish_is_no_news(house: House) -> None:
    session = house.studio.session(capacity=1)
    other = house.studio.member("Ben")
    house.studio.reservation(other, session, house.studio.unlimited(other))
    outcome = reserve(
        house.studio.organization, Wish(session_id=session, pass_id=house.pass_), house.us, SIX_PM - DAY
    )  # fmt: skip
    assert not isinstance(outcome, Reserved)
    assert not house.news()


def test_a_check_in_is_news_once_however_often_it_is_told_and_its_undoing_too(house: House) -> None:
    session = house.studio.session()
    place, kiosk = house.reserve(session), kiosk_of(house.studio)
    card = house.studio.card(house.alice)
    shown = kiosk.show(card, before(10))
    came = welcomed(shown, house.alice, session, reservation=place, pass_=house.pass_)
    for hours in (3, 4):
        kiosk.tell(after(60 * hours), came)
    assert house.news() == Counter([K.RESERVED, K.CHECKED_IN])
    late = house.news_of(K.CHECKED_IN)
    assert (late.happened_at, late.subject) == (before(10), f"R:{place}")
    kiosk.tell(after(300), undoing(kiosk, card, came, before(9)))
    assert house.news_of(K.CHECK_IN_UNDONE).member_id == house.alice


def test_the_night_tells_once_what_was_missed_and_what_follows(house: House) -> None:
    house.reserve(house.studio.session())
    ahead = house.reserve(house.studio.session(SIX_PM + 4 * DAY))
    for _ in range(2):
        no_shows.run(house.night())
        suspend_job.run(house.night())
    assert house.news() == Counter([K.RESERVED, K.RESERVED, K.NO_SHOW, K.SUSPENDED, K.AUTO_CANCELLED])
    assert house.news_of(K.AUTO_CANCELLED).reservation_id == ahead
    lift.run(house.night(ONE_AM + 15 * DAY))
    lift.run(house.night(ONE_AM + 15 * DAY))
    assert house.news_of(K.REINSTATED).happened_at == ONE_AM + 15 * DAY


def test_a_place_lost_to_an_absence_is_told_with_the_absence(house: House) -> None:
    house.reserve(house.studio.session())
    ahead = house.reserve(house.studio.session(SIX_PM + 4 * DAY))
    no_shows.run(house.night(strikes=0))
    auto_cancel.run(house.night(ONE_AM + DAY, strikes=0))
    lost = house.news_of(K.AUTO_CANCELLED)
    assert lost.reservation_id == ahead
    assert '"no_show_id"' in lost.data


def test_who_had_come_after_all_is_told_that_everything_is_taken_back(house: House) -> None:
    session = house.studio.session()
    place, kiosk = house.reserve(session), kiosk_of(house.studio)
    house.reserve(house.studio.session(SIX_PM + 4 * DAY))
    shown = kiosk.show(house.studio.card(house.alice), before(10))
    no_shows.run(house.night(ONE_AM + 3 * DAY, no_show_waits_at_most=timedelta(0)))
    suspend(house.studio.organization, house.alice, ONE_AM + 9 * DAY, "talked back", house.us, ONE_AM + 3 * DAY)
    kiosk.tell(
        ONE_AM + 3 * DAY + timedelta(hours=1),
        welcomed(shown, house.alice, session, reservation=place, pass_=house.pass_),
    )
    night = [K.NO_SHOW, K.SUSPENDED, K.AUTO_CANCELLED]
    assert house.news() == Counter([K.RESERVED, K.RESERVED, *night, K.NO_SHOW_UNDONE, K.CHECKED_IN])


def test_an_amnesty_is_news_once(house: House) -> None:
    house.reserve(house.studio.session())
    no_shows.run(house.night())
    span = Span(from_at=before(180), until_at=after(300))
    for _ in range(2):
        declare_outage(house.studio.organization, house.studio.venue, span, "no power", house.us, ONE_AM + DAY)
    assert house.news() == Counter([K.RESERVED, K.NO_SHOW, K.NO_SHOW_EXCUSED])


def test_staff_suspend_and_lift_and_places_stand_again(house: House) -> None:
    house.reserve(house.studio.session())
    suspended = suspend(
        house.studio.organization, house.alice, SIX_PM + DAY, "broke the kiln", house.mira, SIX_PM - 2 * DAY
    )
    lift_suspension(house.studio.organization, suspended, "mended it", house.mira, SIX_PM - DAY)
    assert house.news() == Counter([K.RESERVED, K.SUSPENDED, K.AUTO_CANCELLED, K.REINSTATED, K.GIVEN_BACK])


def test_a_session_called_off_is_told_to_everybody_in_it(house: House) -> None:
    session = house.studio.session()
    place = house.reserve(session)
    for _ in range(2):
        call_off_session(house.studio.organization, session, "the kiln is broken", house.mira, SIX_PM - DAY)
    assert house.news() == Counter([K.RESERVED, K.SESSION_CANCELLED])
    assert house.news_of(K.SESSION_CANCELLED).reservation_id == place


def test_a_check_in_by_staff_is_told_as_theirs(house: House) -> None:
    session = house.studio.session()
    wish = AtTheDesk(
        venue_id=house.studio.venue, member_id=house.alice, session_id=session, staff_id=house.studio.staff
    )
    at_the_desk.check_in(house.studio.organization, wish, SIX_PM)
    assert house.news() == Counter([K.CHECKED_IN])
    assert f'"{Method.STAFF.value}"' in events(house.studio)[0].data


def test_a_pass_that_pays_nothing_makes_no_difference_to_the_news(house: House) -> None:
    ben = house.studio.member("Ben")
    free = house.studio.pass_of(ben, PassType.UNLIMITED_SERIES)
    wish = Wish(session_id=house.studio.session(), pass_id=free)
    reserve(house.studio.organization, wish, house.us.for_member(), SIX_PM - DAY)
    assert told(house.studio) == [(K.RESERVED, ben)]
