"""The source document's success criteria, each a story by its name: reserve, give up, come, and the night after.

Source: flexible-class-reservations, "Success Criteria".
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from peewee import Database

from core.decisions import Admitted, Refused
from core.model import Method, PassType
from core.model import ReservationStatus as S
from core.policy import Policy
from core.refusals import RefusalReason as R
from server.jobs import auto_cancel, no_shows
from server.services.night.work import NightWork
from server.services.people.rights import Asker, asker_of_staff, the_house
from server.services.reserving import arriving, looking
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Cancelled, Reserved
from server.store.database import reading, writing
from server.store.tables import PunchRow, SessionRow
from tests.server.studio import SIX_PM, Studio, after, before, open_studio

A_WEEK_BEFORE = SIX_PM - timedelta(days=7)
DAY = timedelta(days=1)
ONE_AM = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
"""01:00 in Berlin, the night after."""


@dataclass(kw_only=True)
class Story:
    """Alice holds one pass, and asks by her app; Mira stands at the desk."""

    studio: Studio
    alice: str
    pass_: str = ""

    def app(self) -> Asker:
        return the_house(self.studio.organization).for_member()

    def mira(self) -> Asker:
        with reading():
            return asker_of_staff(self.studio.organization, self.studio.staff)

    def reserve(self, session: str, at: datetime = A_WEEK_BEFORE) -> R | str:
        """Why not, or the reservation's id."""
        found = reserve(self.studio.organization, Wish(session_id=session, pass_id=self.pass_), self.app(), at)
        return found.place.id if isinstance(found, Reserved) else found.reason

    def comes(self, session: str, at: datetime) -> R | None:
        """Staff let her in to a session, or why not."""
        (one,) = arriving.check_in_many(self.studio.organization, session, self.mira(), at, member_ids=[self.alice])
        assert one.error is None, one.error
        return one.decision.reason if isinstance(one.decision, Refused) else None

    def status(self, at: datetime = A_WEEK_BEFORE) -> looking.PassStatus:
        return looking.status(self.studio.organization, self.pass_, self.app(), at)

    def night(self, as_of: datetime) -> NightWork:
        return NightWork(
            organization_id=self.studio.organization,
            venue_id=self.studio.venue,
            policy=Policy(),
            as_of=as_of,
        )


def is_place(outcome: R | str) -> bool:
    return not isinstance(outcome, R)


@pytest.fixture
def story(database: Database) -> Story:
    studio = open_studio()
    return Story(studio=studio, alice=studio.member())


@pytest.fixture
def series(story: Story) -> Story:
    """Good for the wheel until two weeks after the evening."""
    studio = story.studio
    story.pass_ = studio.unlimited(story.alice, class_types=(studio.wheel,), valid_until=SIX_PM + 14 * DAY)
    return story


@pytest.fixture
def punches(story: Story) -> Story:
    story.pass_ = story.studio.punch_pass(story.alice, 8)
    return story


@dataclass(kw_only=True)
class Mugs:
    """A course of three parts on a pass that keeps to their order."""

    story: Story
    course: str

    def part(self, part: int, starts_at: datetime, *, is_makeup: bool = False) -> str:
        id_ = self.story.studio.session(starts_at, course=self.course, part=part)
        with writing():
            SessionRow.update(is_makeup=is_makeup).where(SessionRow.id == id_).execute()
        return id_


@pytest.fixture
def mugs(story: Story) -> Mugs:
    course = story.studio.course(parts=3)
    story.pass_ = story.studio.pass_of(story.alice, PassType.FULL_COURSE, course=course, is_in_order=True)
    return Mugs(story=story, course=course)


# unlimited series


def test_unlimited_series_customer_can_reserve_up_to_3_sessions_in_advance(series: Story) -> None:
    evenings = [series.studio.session(SIX_PM + day * DAY) for day in range(4)]
    assert [is_place(series.reserve(evening)) for evening in evenings[:3]] == [True, True, True]
    assert series.reserve(evenings[3]) is R.TOO_MANY_AHEAD
    assert (series.status().reserved_ahead, series.status().max_reservations_ahead) == (3, 3)
    assert series.comes(evenings[0], before(5)) is None
    assert is_place(series.reserve(evenings[3], after(1)))


def test_unlimited_series_customer_can_attend_any_session_within_validity_period(series: Story) -> None:
    studio, last = series.studio, SIX_PM + 14 * DAY
    for starts_at in (SIX_PM - 300 * DAY, SIX_PM, last - timedelta(milliseconds=1)):
        assert series.comes(studio.session(starts_at), starts_at) is None
    assert series.comes(studio.session(last), last) is R.PASS_EXPIRED


def test_unlimited_series_system_auto_cancels_future_reservations_after_no_show(series: Story) -> None:
    missed, ahead = (series.reserve(series.studio.session(SIX_PM + days * DAY)) for days in (0, 3))
    assert is_place(missed) and is_place(ahead)
    no_shows.run(series.night(ONE_AM))
    auto_cancel.run(series.night(ONE_AM))
    assert (series.studio.status(missed), series.studio.status(ahead)) == (S.NO_SHOW, S.PENDING)
    auto_cancel.run(series.night(ONE_AM + DAY))
    assert series.studio.status(ahead) is S.AUTO_CANCELLED


def test_unlimited_series_customer_and_staff_can_check_in_appropriately(series: Story) -> None:
    organization, places = series.studio.organization, []
    for hours in (0, 3):
        places.append(series.reserve(series.studio.session(SIX_PM + timedelta(hours=hours))))
    by_app = arriving.check_in_by_member(organization, places[0], series.app(), before(121))
    assert isinstance(by_app, Refused) and by_app.reason is R.TOO_EARLY
    by_app = arriving.check_in_by_member(organization, places[0], series.app(), before(120))
    by_staff = arriving.check_in_by_staff(organization, places[1], series.mira(), before(600))
    assert isinstance(by_app, Admitted) and isinstance(by_staff, Admitted)
    came = looking.calendar(organization, series.pass_, series.app(), SIX_PM).attended
    assert {one.method for one in came} == {Method.SELF, Method.STAFF}


def test_unlimited_series_no_punch_tracking(series: Story) -> None:
    assert is_place(series.reserve(series.studio.session()))
    for day in range(9):
        evening = SIX_PM + day * DAY
        assert series.comes(series.studio.session(evening), evening) is None
    told = series.status(SIX_PM + 9 * DAY)
    assert (told.sessions_attended, told.punches_left, told.punches_held) == (9, None, None)
    with reading():
        assert PunchRow.select().count() == 0


# punch passes


def test_punch_pass_customer_can_reserve_up_to_3_sessions_in_advance(punches: Story) -> None:
    evenings = [punches.studio.session(SIX_PM + day * DAY) for day in range(4)]
    assert [is_place(punches.reserve(evening)) for evening in evenings[:3]] == [True, True, True]
    assert punches.reserve(evenings[3]) is R.TOO_MANY_AHEAD


def test_punch_pass_system_tracks_remaining_punches(punches: Story) -> None:
    for day in range(2):
        assert punches.comes(punches.studio.session(SIX_PM + day * DAY), SIX_PM + day * DAY) is None
    told = punches.status(SIX_PM + 2 * DAY)
    assert (told.punches_included, told.punches_left, told.sessions_attended) == (8, 6, 2)
    ledger = looking.ledger_of(punches.studio.organization, punches.pass_, punches.app())
    assert [line.delta for line in ledger.lines] == [8, -1, -1] and ledger.left == 6


def test_punch_pass_punch_deducted_only_on_check_in(punches: Story) -> None:
    place = punches.reserve(punches.studio.session())
    told = punches.status()
    assert (told.punches_left, told.punches_held, told.punches_available) == (8, 1, 7)
    assert isinstance(
        arriving.check_in_by_member(punches.studio.organization, place, punches.app(), before(10)), Admitted
    )
    told = punches.status(after(1))
    assert (told.punches_left, told.punches_held, told.punches_available) == (7, 0, 7)


def test_punch_pass_punch_refunded_on_early_cancellation(punches: Story) -> None:
    place = punches.reserve(punches.studio.session())
    outcome = cancel(punches.studio.organization, place, punches.app(), SIX_PM - DAY)
    assert isinstance(outcome, Cancelled) and not outcome.keeps_hold
    told = punches.status()
    assert (told.punches_left, told.punches_held, told.punches_available) == (8, 0, 8)


def test_punch_pass_no_new_reservations_when_punches_exhausted(punches: Story) -> None:
    for day in range(7):
        assert punches.comes(punches.studio.session(SIX_PM + day * DAY), SIX_PM + day * DAY) is None
    at = SIX_PM + 7 * DAY
    last, one_more = (punches.studio.session(at + days * DAY) for days in (1, 2))
    assert is_place(punches.reserve(last, at))
    assert punches.reserve(one_more, at) is R.PASS_USED_UP, "the eighth punch is set aside"
    assert punches.comes(last, at + DAY) is None
    assert punches.reserve(one_more, at + DAY) is R.PASS_USED_UP


# multi-part series


def test_multi_part_series_customer_chooses_day_for_each_part(mugs: Mugs) -> None:
    story = mugs.story
    saturdays, sundays = ([mugs.part(part, SIX_PM + (7 * part + day) * DAY) for part in (1, 2, 3)] for day in (0, 1))
    assert [is_place(story.reserve(day)) for day in (sundays[0], saturdays[1], sundays[2])] == [True, True, True]


def test_multi_part_series_system_enforces_sequence_complete_part_1_before_part_2(mugs: Mugs) -> None:
    story = mugs.story
    second = mugs.part(2, SIX_PM)
    assert story.reserve(second) is R.PART_OUT_OF_ORDER
    assert story.comes(second, SIX_PM) is R.PART_OUT_OF_ORDER
    assert story.comes(mugs.part(1, SIX_PM - DAY), SIX_PM - DAY) is None
    assert is_place(story.reserve(second, SIX_PM - timedelta(hours=12)))
    assert story.comes(second, SIX_PM) is None


def test_multi_part_series_makeup_sessions_available_without_sequence_requirement(mugs: Mugs) -> None:
    story = mugs.story
    makeup = mugs.part(3, SIX_PM, is_makeup=True)
    assert is_place(story.reserve(makeup))
    assert story.comes(makeup, SIX_PM) is None
    assert story.reserve(mugs.part(2, SIX_PM + DAY), after(1)) is R.PART_OUT_OF_ORDER, "only the make-up is free of it"


def test_multi_part_series_one_reservation_per_part_enforced(mugs: Mugs) -> None:
    story = mugs.story
    first, first_again = mugs.part(1, SIX_PM), mugs.part(1, SIX_PM + DAY)
    makeup = mugs.part(1, SIX_PM + 2 * DAY, is_makeup=True)
    assert is_place(story.reserve(first))
    assert {story.reserve(other) for other in (first_again, makeup)} == {R.PART_ALREADY_TAKEN}
    assert story.comes(first, SIX_PM) is None
    assert {story.reserve(other, after(1)) for other in (first_again, makeup)} == {R.PART_ALREADY_TAKEN}
