"""What the night makes of the day, in rows: absences, places ahead, suspensions; late, twice and three at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import Event

import pytest
from peewee import Database

from core.model import PassType, ReservationStatus
from core.policy import Policy
from server.jobs import auto_cancel, lift, no_shows, suspend
from server.scheduler import TIMETABLE, NightWatch, moment_of, what_is_due
from server.services.door.at_the_desk import AtTheDesk, check_in
from server.services.night import runs
from server.services.night.runs import NightVenue
from server.services.night.work import NightInterrupted, NightWork
from server.store.database import reading, writing
from server.store.tables import (
    DeviceRow,
    JobRunRow,
    NoShowRow,
    PassRow,
    PolicyRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    SuspensionRow,
)
from tests.server.studio import SIX_PM, Studio, open_studio

S = ReservationStatus
EIGHT_PM = SIX_PM + timedelta(hours=2)
ONE_AM = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
"""01:00 in Berlin, the night after."""
DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)
AT_THE_END = Policy(closes_after_end=timedelta(0))
"""Check-in closes with the session, so that a place can be judged from then on."""


@dataclass(kw_only=True)
class Evening:
    """Alice has a place at six on a pass of eight punches, and comes or does not."""

    studio: Studio
    alice: str
    pass_: str
    session: str
    reservation: str

    def work(self, as_of: datetime = ONE_AM, **policy: object) -> NightWork:
        return NightWork(
            organization_id=self.studio.organization,
            venue_id=self.studio.venue,
            policy=replace(AT_THE_END, **policy),  # type: ignore[arg-type]
            as_of=as_of,
        )

    @property
    def status(self) -> S:
        return self.studio.status(self.reservation)

    def has_hold(self, reservation: str | None = None) -> bool:
        with reading():
            return bool(ReservationRow.get_by_id(reservation or self.reservation).has_hold)

    def missed(self, *days_ago: int) -> None:
        """Alice misses a session on each of those days before this one."""
        for days in days_ago:
            session = self.studio.session(SIX_PM - timedelta(days=days))
            self.studio.reservation(self.alice, session, self.pass_, made_at=SIX_PM - timedelta(days=days + 1))
            no_shows.run(self.work(ONE_AM - timedelta(days=days)))


@pytest.fixture
def evening(database: Database) -> Evening:
    studio = open_studio()
    alice = studio.member()
    pass_ = studio.punch_pass(alice, 8)
    session = studio.session()
    reservation = studio.reservation(alice, session, pass_)
    return Evening(studio=studio, alice=alice, pass_=pass_, session=session, reservation=reservation)


def counted() -> tuple[int, ...]:
    """How many rows the night has written."""
    with reading():
        return tuple(table.select().count() for table in (ReservationHistoryRow, NoShowRow, PunchRow, SuspensionRow))


@pytest.mark.parametrize(
    ("as_of", "delay", "becomes"),
    [
        (EIGHT_PM - A_SECOND, timedelta(0), S.PENDING),
        (EIGHT_PM, timedelta(0), S.NO_SHOW),
        (EIGHT_PM + timedelta(hours=1) - A_SECOND, timedelta(hours=1), S.PENDING),
        (EIGHT_PM + timedelta(hours=1), timedelta(hours=1), S.NO_SHOW),
    ],
)
def test_a_place_is_missed_when_its_session_and_the_delay_are_over(
    evening: Evening, as_of: datetime, delay: timedelta, becomes: S
) -> None:
    no_shows.run(evening.work(as_of, no_show_delay=delay))
    assert evening.status is becomes
    assert evening.has_hold() is (becomes is S.PENDING)


def test_whoever_came_has_attended_and_lost_nothing(evening: Evening) -> None:
    wish = AtTheDesk(venue_id=evening.studio.venue, member_id=evening.alice, session_id=evening.session)
    check_in(evening.studio.organization, wish, SIX_PM)
    assert "0 missed" in no_shows.run(evening.work())
    assert evening.status is S.ATTENDED
    assert evening.studio.punches_left(evening.pass_) == 7


@pytest.mark.parametrize(("takes", "left"), [(False, 8), (True, 7)])
def test_a_punch_is_taken_for_an_absence_only_where_the_policy_says_so(
    evening: Evening, takes: bool, left: int
) -> None:
    no_shows.run(evening.work(no_show_takes_punch=takes))
    assert evening.studio.punches_left(evening.pass_) == evening.studio.punches_available(evening.pass_) == left


@pytest.mark.parametrize(
    ("promised", "as_of", "becomes", "is_counted"),
    [
        (EIGHT_PM, ONE_AM, S.NO_SHOW, True),
        (EIGHT_PM - A_SECOND, ONE_AM, S.PENDING, None),
        (EIGHT_PM - A_SECOND, EIGHT_PM + timedelta(hours=48) - A_SECOND, S.PENDING, None),
        (EIGHT_PM - A_SECOND, EIGHT_PM + timedelta(hours=48), S.NO_SHOW, False),
    ],
)
def test_the_night_waits_for_every_kiosk_but_not_for_ever(
    evening: Evening, promised: datetime, as_of: datetime, becomes: S, is_counted: bool | None
) -> None:
    kiosk = evening.studio.kiosk()
    with writing():
        DeviceRow.update(nothing_unsent_before=promised).where(DeviceRow.id == kiosk).execute()
    no_shows.run(evening.work(as_of, no_show_takes_punch=True))
    assert evening.status is becomes
    with reading():
        absences = [(row.is_counted, row.is_unconfirmed) for row in NoShowRow.select()]
    assert absences == ([] if is_counted is None else [(is_counted, not is_counted)])
    assert evening.studio.punches_left(evening.pass_) == (7 if is_counted else 8)


@pytest.mark.parametrize("column", ["revoked_at", "retired_at"])
def test_a_kiosk_that_is_gone_keeps_no_night_waiting(evening: Evening, column: str) -> None:
    kiosk = evening.studio.kiosk()
    with writing():
        DeviceRow.update({column: SIX_PM}).where(DeviceRow.id == kiosk).execute()
    no_shows.run(evening.work())
    assert evening.status is S.NO_SHOW


@pytest.mark.parametrize(
    ("grace_hours", "as_of", "becomes"),
    [
        (24, EIGHT_PM + DAY - A_SECOND, S.PENDING),
        (24, EIGHT_PM + DAY, S.AUTO_CANCELLED),
        (0, ONE_AM, S.AUTO_CANCELLED),
    ],
)
def test_places_ahead_are_lost_when_the_grace_has_run_out(
    evening: Evening, grace_hours: int, as_of: datetime, becomes: S
) -> None:
    with writing():
        PassRow.update(absence_grace_minutes=grace_hours * 60).where(PassRow.id == evening.pass_).execute()
    ahead = evening.studio.reservation(evening.alice, evening.studio.session(SIX_PM + 5 * DAY), evening.pass_)
    no_shows.run(evening.work())
    auto_cancel.run(evening.work(as_of))
    assert evening.studio.status(ahead) is becomes
    assert evening.has_hold(ahead) is (becomes is S.PENDING)


def test_a_place_reserved_after_the_grace_is_a_new_beginning(evening: Evening) -> None:
    no_shows.run(evening.work())
    after = EIGHT_PM + DAY + A_SECOND
    ahead = evening.studio.session(SIX_PM + 5 * DAY)
    later = evening.studio.reservation(evening.alice, ahead, evening.pass_, made_at=after)
    auto_cancel.run(evening.work(EIGHT_PM + 2 * DAY))
    assert evening.studio.status(later) is S.PENDING


@pytest.mark.parametrize(
    ("earlier", "is_suspended"),
    [((), False), ((7,), False), ((7, 14), True), ((7, 29), True), ((7, 30), False)],
)
def test_three_absences_in_thirty_days_suspend(evening: Evening, earlier: tuple[int, ...], is_suspended: bool) -> None:
    evening.missed(*earlier)
    no_shows.run(evening.work())
    suspend.run(evening.work(ONE_AM + timedelta(hours=2)))
    with reading():
        made = list(SuspensionRow.select())
    assert bool(made) is is_suspended
    if made:
        assert made[0].ends_at - made[0].starts_at == timedelta(days=14)


def test_strikes_that_were_answered_do_not_count_again(evening: Evening) -> None:
    evening.missed(14, 7)
    no_shows.run(evening.work())
    suspend.run(evening.work(ONE_AM + timedelta(hours=2)))
    session = evening.studio.session(SIX_PM + DAY)
    evening.studio.reservation(evening.alice, session, evening.pass_)
    no_shows.run(evening.work(ONE_AM + DAY))
    suspend.run(evening.work(ONE_AM + DAY + timedelta(hours=2)))
    with reading():
        assert SuspensionRow.select().count() == 1


@pytest.mark.parametrize(("after", "is_lifted"), [(-A_SECOND, False), (timedelta(0), True)])
def test_a_suspension_is_lifted_when_it_is_served(evening: Evening, after: timedelta, is_lifted: bool) -> None:
    evening.missed(14, 7)
    no_shows.run(evening.work())
    suspend.run(evening.work(ONE_AM))
    lift.run(evening.work(ONE_AM + timedelta(days=14) + after))
    with reading():
        assert (SuspensionRow.get().lifted_at is not None) is is_lifted


def test_every_job_four_times_is_once(evening: Evening) -> None:
    evening.missed(14, 7)
    evening.studio.reservation(evening.alice, evening.studio.session(SIX_PM + 40 * DAY), evening.pass_)
    jobs = (no_shows, auto_cancel, suspend, lift)
    for job in jobs:
        job.run(evening.work(ONE_AM + 2 * DAY, no_show_takes_punch=True))
    once = counted()
    for _ in range(3):
        for job in jobs:
            job.run(evening.work(ONE_AM + 2 * DAY, no_show_takes_punch=True))
    assert counted() == once
    assert once[1] == 3


def test_a_night_that_is_interrupted_goes_on_where_it_was(evening: Evening) -> None:
    answers = iter([False])
    with pytest.raises(NightInterrupted):
        no_shows.run(replace(evening.work(), may_go_on=lambda: next(answers)))
    no_shows.run(evening.work())
    assert evening.status is S.NO_SHOW
    with reading():
        assert NoShowRow.select().count() == 1


def watch(at: datetime, who: str = "one") -> NightWatch:
    """A clock that goes on by a millisecond each time it is read, so that rows have an order."""
    ticks = count()
    return NightWatch(lambda: at + timedelta(milliseconds=next(ticks)), Event(), who)


def test_three_schedulers_at_once_run_each_night_once(evening: Evening) -> None:
    at = ONE_AM + timedelta(hours=4)
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda who: watch(at, who).beat(), ("one", "two", "three")))
    watch(at).beat()
    with reading():
        attempts = [(row.job, row.local_day, row.attempts) for row in JobRunRow.select()]
    tonight = [(job, tries) for job, night, tries in attempts if night == "2026-11-22"]
    assert sorted(tonight) == sorted((job.name, 1) for job in TIMETABLE)
    assert evening.status is S.NO_SHOW


def test_nights_slept_through_are_made_up_for_in_order(evening: Evening) -> None:
    watch(ONE_AM + timedelta(hours=4)).beat()
    watch(ONE_AM + 3 * DAY + timedelta(hours=1, minutes=30)).beat()
    with reading():
        ran = [(row.local_day, row.job) for row in JobRunRow.select().order_by(JobRunRow.id)]
    names = [job.name for job in TIMETABLE]
    expected = [(f"2026-11-{day}", name) for day in (22, 23, 24) for name in names]
    expected += [("2026-11-25", name) for name in names[:2]]
    assert [run for run in ran if run[0] >= "2026-11-22"] == expected


def test_a_job_that_fails_holds_back_those_after_it_and_is_tried_again(evening: Evening) -> None:
    """A policy nobody can read: the first job of the night fails, and nothing after it is begun."""
    for job in TIMETABLE:
        for venue in runs.night_venues():
            lease = runs.claim(job.name, venue, date(2026, 11, 21), "earlier", SIX_PM)
            assert lease is not None and runs.finish(lease, "done", SIX_PM)
    with writing():
        PolicyRow.create(
            id="broken",
            organization=evening.studio.organization,
            version=2,
            policy="not json",
            starts_at=SIX_PM,
            made_at=SIX_PM,
        )
    at = ONE_AM + timedelta(hours=4)

    def beat(moment: datetime) -> list[tuple[str, str]]:
        NightWatch(lambda: moment, Event(), "one").beat()
        with reading():
            tonight = JobRunRow.select().where(JobRunRow.local_day == "2026-11-22")
            return sorted((row.job, row.state) for row in tonight)

    assert beat(at) == [("no-shows", "FAILED")]
    with writing():
        PolicyRow.delete().where(PolicyRow.id == "broken").execute()
    assert beat(at + timedelta(seconds=59)) == [("no-shows", "FAILED")]
    assert evening.status is S.PENDING
    assert beat(at + timedelta(seconds=60)) == sorted((job.name, "DONE") for job in TIMETABLE)
    assert evening.status is S.NO_SHOW


def test_a_lease_that_ran_out_is_taken_over(evening: Evening) -> None:
    venue, night = runs.night_venues()[0], date(2026, 11, 22)
    first = runs.claim("no-shows", venue, night, "one", ONE_AM)
    assert first is not None
    assert runs.claim("no-shows", venue, night, "two", ONE_AM + runs.LEASE - A_SECOND) is None
    second = runs.claim("no-shows", venue, night, "two", ONE_AM + runs.LEASE)
    assert second is not None and second.run_id == first.run_id
    assert not runs.renew(first, ONE_AM + runs.LEASE)
    assert runs.renew(second, ONE_AM + runs.LEASE)


ONCE_OPENED = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "night", "hours_utc"),
    [
        ("Europe/Berlin", date(2026, 3, 29), ["00:00", "01:00", "01:00", "02:00", "02:30"]),
        ("Europe/Berlin", date(2026, 10, 25), ["23:00", "00:00", "02:00", "03:00", "03:30"]),
        ("America/New_York", date(2026, 3, 8), ["06:00", "07:00", "07:00", "08:00", "08:30"]),
        ("America/New_York", date(2026, 11, 1), ["05:00", "07:00", "08:00", "09:00", "09:30"]),
        ("Europe/Berlin", date(2026, 11, 22), ["00:00", "01:00", "02:00", "03:00", "03:30"]),
    ],
)
def test_the_timetable_follows_the_wall_clock_through_daylight_saving(
    zone: str, night: date, hours_utc: list[str]
) -> None:
    assert [f"{moment_of(job, night, zone):%H:%M}" for job in TIMETABLE] == hours_utc


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), []),
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), ["no-shows"]),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), ["no-shows", "auto-cancel", "suspend"]),
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), ["no-shows", "auto-cancel", "suspend", "lift"]),
    ],
)
def test_each_job_is_due_from_its_moment_on(at: datetime, due: list[str]) -> None:
    venue = NightVenue(organization_id="o", venue_id="v", name="V", zone="Europe/Berlin", opened_at=ONCE_OPENED)
    done = {job.name: date(2026, 3, 28) for job in TIMETABLE}
    assert [one.job.name for one in what_is_due(venue, done, at)] == due


def test_a_long_sleep_is_made_up_for_by_a_month_of_nights_and_no_more() -> None:
    venue = NightVenue(
        organization_id="o", venue_id="v", name="V", zone="UTC", opened_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    due = list(what_is_due(venue, {}, datetime(2026, 3, 29, 12, tzinfo=UTC)))
    assert {one.night for one in due} == {date(2026, 3, 29) - timedelta(days=days) for days in range(31)}


def test_an_unlimited_pass_pays_no_penalty_punch(evening: Evening) -> None:
    bea = evening.studio.member("Bea")
    unlimited = evening.studio.pass_of(bea, PassType.UNLIMITED_SERIES)
    evening.studio.reservation(bea, evening.session, unlimited)
    no_shows.run(evening.work(no_show_takes_punch=True))
    assert evening.studio.punches_left(unlimited) == 0
    with reading():
        assert sorted(row.took_punch for row in NoShowRow.select()) == [False, True]
