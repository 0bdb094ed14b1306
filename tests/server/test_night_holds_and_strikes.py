"""What the night lets go of and what it counts: late cancels, the first absence, a studio without strikes, 48 hours."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from peewee import Database

from core.model import ReservationStatus
from core.policy import Policy
from server.jobs import auto_cancel, lift, no_shows, suspend
from server.services.door.at_the_desk import AtTheDesk, check_in
from server.services.night.work import NightWork
from server.services.people.rights import the_house
from server.services.people.sessions import call_off_session
from server.services.reserving.cancel import cancel
from server.services.reserving.values import Cancelled
from server.store.database import reading, writing
from server.store.tables import DeviceRow, NoShowRow, ReservationHistoryRow, ReservationRow, SuspensionRow
from tests.server.studio import SIX_PM, Studio, open_studio

S = ReservationStatus
EIGHT_PM = SIX_PM + timedelta(hours=2)
ONE_AM = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)
AT_THE_END = Policy(closes_after_end=timedelta(0))
"""Check-in closes with the session, so that a place can be judged from then on."""
TWO_DAYS = timedelta(hours=48)
FIVE_PM = SIX_PM - timedelta(hours=1)
AN_HOUR = timedelta(hours=1)


@dataclass(kw_only=True)
class Evening:
    """Alice has a place at six. At the door stands a kiosk that has told everything up to `told`."""

    studio: Studio
    alice: str
    pass_: str
    session: str
    reservation: str
    kiosk: str

    def told(self, until: datetime) -> None:
        with writing():
            DeviceRow.update(nothing_unsent_before=until).where(DeviceRow.id == self.kiosk).execute()

    def work(self, as_of: datetime = ONE_AM, **policy: object) -> NightWork:
        return NightWork(
            organization_id=self.studio.organization,
            venue_id=self.studio.venue,
            policy=replace(AT_THE_END, **policy),  # type: ignore[arg-type]
            as_of=as_of,
        )

    def cancelled_late(self) -> None:
        done = cancel(self.studio.organization, self.reservation, the_house(self.studio.organization), FIVE_PM)
        assert isinstance(done, Cancelled) and done.keeps_hold

    @property
    def row(self) -> ReservationRow:
        with reading():
            return ReservationRow.get_by_id(self.reservation)

    def actions(self) -> list[str]:
        with reading():
            mine = ReservationHistoryRow.select().where(ReservationHistoryRow.reservation == self.reservation)
            return [row.action for row in mine.order_by(ReservationHistoryRow.step)]


@pytest.fixture
def evening(database: Database) -> Evening:
    studio = open_studio()
    alice = studio.member()
    pass_ = studio.punch_pass(alice, 8)
    session = studio.session()
    reservation = studio.reservation(alice, session, pass_)
    return Evening(
        studio=studio, alice=alice, pass_=pass_, session=session, reservation=reservation, kiosk=studio.kiosk()
    )


@pytest.mark.parametrize(
    ("told_until", "as_of", "delay", "is_held"),
    [
        (EIGHT_PM, EIGHT_PM, timedelta(0), False),
        (EIGHT_PM - A_SECOND, EIGHT_PM, timedelta(0), True),
        (EIGHT_PM, EIGHT_PM - A_SECOND, timedelta(0), True),
        (EIGHT_PM + AN_HOUR, EIGHT_PM + AN_HOUR, AN_HOUR, False),
        (EIGHT_PM + AN_HOUR - A_SECOND, EIGHT_PM + AN_HOUR, AN_HOUR, True),
        (EIGHT_PM + AN_HOUR, EIGHT_PM + AN_HOUR - A_SECOND, AN_HOUR, True),
        (EIGHT_PM - A_SECOND, EIGHT_PM + TWO_DAYS - A_SECOND, timedelta(0), True),
        (EIGHT_PM - A_SECOND, EIGHT_PM + TWO_DAYS, timedelta(0), False),
    ],
)
def test_a_place_cancelled_late_keeps_its_punch_until_every_kiosk_has_told(
    evening: Evening, told_until: datetime, as_of: datetime, delay: timedelta, is_held: bool
) -> None:
    evening.cancelled_late()
    assert evening.studio.punches_available(evening.pass_) == 7
    evening.told(told_until)
    no_shows.run(evening.work(as_of, no_show_delay=delay))
    assert evening.row.has_hold is is_held
    assert evening.studio.punches_available(evening.pass_) == (7 if is_held else 8)
    assert evening.actions() == ["RESERVED", "CANCELLED"] + ([] if is_held else ["HOLD_RELEASED"])
    with reading():
        assert NoShowRow.select().count() == 0


def test_a_hold_is_let_go_of_once(evening: Evening) -> None:
    evening.cancelled_late()
    evening.told(ONE_AM)
    assert "1 holds released" in no_shows.run(evening.work())
    assert "0 holds released" in no_shows.run(evening.work())
    assert evening.actions().count("HOLD_RELEASED") == 1


def test_a_place_cancelled_late_in_a_session_that_was_then_cancelled_is_not_held_for_ever(evening: Evening) -> None:
    evening.cancelled_late()
    house = the_house(evening.studio.organization)
    call_off_session(evening.studio.organization, evening.session, "the kiln is cold", house, FIVE_PM + A_SECOND)
    evening.told(ONE_AM)
    no_shows.run(evening.work())
    assert evening.studio.punches_available(evening.pass_) == 8


def test_who_came_on_a_place_cancelled_late_paid_with_the_punch_that_was_kept(evening: Evening) -> None:
    evening.cancelled_late()
    wish = AtTheDesk(venue_id=evening.studio.venue, member_id=evening.alice, session_id=evening.session)
    check_in(evening.studio.organization, wish, SIX_PM)
    evening.told(ONE_AM)
    no_shows.run(evening.work())
    assert evening.studio.punches_left(evening.pass_) == evening.studio.punches_available(evening.pass_) == 7


@pytest.mark.parametrize(("as_of", "becomes"), [(TWO_DAYS - A_SECOND, S.PENDING), (TWO_DAYS, S.NO_SHOW)])
def test_after_two_days_of_silence_nobody_pays_and_who_came_is_there(
    evening: Evening, as_of: timedelta, becomes: S
) -> None:
    """What is unconfirmed costs neither punch nor strike nor place, and a welcome told later puts it right."""
    evening.told(EIGHT_PM - A_SECOND)
    ahead = evening.studio.reservation(evening.alice, evening.studio.session(SIX_PM + 9 * DAY), evening.pass_)
    night = evening.work(EIGHT_PM + as_of, no_show_takes_punch=True, strikes=1)
    for job in (no_shows, auto_cancel, suspend, lift):
        job.run(night)
    auto_cancel.run(evening.work(EIGHT_PM + 4 * DAY))
    assert S(evening.row.status) is becomes
    assert evening.row.is_unconfirmed is (becomes is S.NO_SHOW)
    assert evening.studio.punches_left(evening.pass_) == 8
    assert evening.studio.status(ahead) is S.PENDING
    with reading():
        assert SuspensionRow.select().count() == 0
    wish = AtTheDesk(venue_id=evening.studio.venue, member_id=evening.alice, session_id=evening.session)
    check_in(evening.studio.organization, wish, SIX_PM)
    assert S(evening.row.status) is S.CHECKED_IN
    assert not evening.row.is_unconfirmed


def missed(evening: Evening, days: int, **policy: object) -> NoShowRow:
    """Alice misses the session of that many days later."""
    session = evening.studio.session(SIX_PM + days * DAY)
    place = evening.studio.reservation(evening.alice, session, evening.pass_)
    evening.told(ONE_AM + days * DAY)
    no_shows.run(evening.work(ONE_AM + days * DAY, **policy))
    with reading():
        return NoShowRow.get(NoShowRow.reservation == place)


@pytest.mark.parametrize(("is_first_free", "first_costs"), [(True, False), (False, True)])
def test_the_first_absence_is_free_where_the_studio_says_so(
    evening: Evening, is_first_free: bool, first_costs: bool
) -> None:
    evening.told(ONE_AM)
    no_shows.run(evening.work(no_show_takes_punch=True, is_first_free=is_first_free))
    with reading():
        first = NoShowRow.get()
    assert (first.is_counted, first.took_punch) == (first_costs, first_costs)
    second = missed(evening, 1, no_show_takes_punch=True, is_first_free=is_first_free)
    assert (second.is_counted, second.took_punch) == (True, True)
    assert evening.studio.punches_left(evening.pass_) == (7 if is_first_free else 6)


def test_of_two_absences_of_one_night_the_earlier_session_is_the_first(evening: Evening) -> None:
    """The place in the later session was reserved earlier."""
    at_noon = evening.studio.session(SIX_PM - timedelta(hours=6))
    place = evening.studio.reservation(evening.alice, at_noon, evening.pass_, made_at=SIX_PM - DAY)
    evening.told(ONE_AM)
    no_shows.run(evening.work(is_first_free=True))
    with reading():
        assert {row.reservation_id: row.is_counted for row in NoShowRow.select()} == {
            place: False,
            evening.reservation: True,
        }


def test_what_was_unconfirmed_does_not_use_up_the_first_that_is_free(evening: Evening) -> None:
    evening.told(EIGHT_PM - A_SECOND)
    no_shows.run(evening.work(EIGHT_PM + TWO_DAYS, is_first_free=True))
    assert not missed(evening, 3, is_first_free=True).is_counted
    assert missed(evening, 4, is_first_free=True).is_counted


@pytest.mark.parametrize(("strikes", "is_suspended"), [(0, False), (4, True), (5, False)])
def test_a_studio_without_strikes_suspends_nobody(evening: Evening, strikes: int, is_suspended: bool) -> None:
    for days in (1, 2, 3, 4):
        missed(evening, days)
    suspend.run(evening.work(ONE_AM + 4 * DAY, strikes=strikes, strike_span=timedelta(days=3, hours=12)))
    with reading():
        assert bool(SuspensionRow.select().count()) is is_suspended
