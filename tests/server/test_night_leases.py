"""Who may say how a night ended, what one venue's trouble does to others, and what a beat costs with nothing to do."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import Event

import pytest
from peewee import Database

from server.scheduler import TIMETABLE, NightWatch
from server.services.night import runs
from server.services.night.runs import Lease, NightVenue, RunState
from server.store.database import reading, writing
from server.store.tables import JobRunRow, OrganizationRow, ReservationRow, VenueRow
from tests.server.studio import SIX_PM, Studio, open_studio

ONE_AM = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
"""01:00 in Berlin, the night after."""
FIVE_AM = ONE_AM + timedelta(hours=4)
NIGHT = date(2026, 11, 22)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def studio(database: Database) -> Studio:
    return open_studio()


def opened_days_ago(days: int) -> None:
    """So that there are fewer nights to make up for than the month that an older studio has."""
    with writing():
        OrganizationRow.update(created_at=SIX_PM - timedelta(days=days)).execute()


def claimed(who: str, at: datetime) -> Lease:
    lease = runs.claim("no-shows", runs.night_venues()[0], NIGHT, who, at)
    assert lease is not None
    return lease


def the_run() -> tuple[str, str, str, str]:
    with reading():
        row = JobRunRow.get()
        return row.state, row.lease_by, row.report, row.error


def test_who_was_taken_over_cannot_say_how_the_night_ended(studio: Studio) -> None:
    """One sleeps for longer than its lease; two takes over; one wakes up and is done, or in trouble."""
    one = claimed("one", ONE_AM)
    two = claimed("two", ONE_AM + runs.LEASE)
    assert not runs.finish(one, "one is done", ONE_AM + runs.LEASE)
    assert not runs.fail(one, "one fell over", ONE_AM + runs.LEASE)
    assert the_run() == (RunState.RUNNING.value, "two", "", "")
    assert runs.finish(two, "two is done", ONE_AM + runs.LEASE + A_SECOND)
    assert not runs.fail(one, "one fell over", ONE_AM + runs.LEASE + A_SECOND)
    assert the_run() == (RunState.DONE.value, "two", "two is done", "")


def test_a_scheduler_that_takes_over_from_itself_is_another(studio: Studio) -> None:
    """Its name is the same after a short sleep of the machine, and so are process and host."""
    before = claimed("host:17", ONE_AM)
    after = claimed("host:17", ONE_AM + runs.LEASE)
    assert not runs.renew(before, ONE_AM + runs.LEASE)
    assert not runs.finish(before, "too late", ONE_AM + runs.LEASE)
    assert runs.finish(after, "done", ONE_AM + runs.LEASE)


def test_a_lease_that_ran_out_and_nobody_took_is_still_good(studio: Studio) -> None:
    lease = claimed("one", ONE_AM)
    assert runs.finish(lease, "slow, and done", ONE_AM + 2 * runs.LEASE)
    assert not runs.fail(lease, "and then fell over", ONE_AM + 2 * runs.LEASE)
    assert not runs.renew(lease, ONE_AM + 2 * runs.LEASE)
    assert the_run() == (RunState.DONE.value, "one", "slow, and done", "")


def test_two_schedulers_and_a_night_that_changes_hands(studio: Studio) -> None:
    """The first scheduler's clock stands still over its work; in the middle the second does the whole night."""
    bea = studio.member("Bea")
    place = studio.reservation(bea, studio.session(), studio.punch_pass(bea, 8))
    clock = {"at": FIVE_AM}
    second = NightWatch(lambda: clock["at"], Event(), "two")

    class Sleepy(NightWatch):
        """Falls asleep with the lease in its hand, and wakes when the second has done it all."""

        def work(self, venue: NightVenue, as_of: datetime, lease: Lease | None, *told: object):  # type: ignore[no-untyped-def, override]
            work = super().work(venue, as_of, lease)
            if clock["at"] == FIVE_AM:
                clock["at"] = FIVE_AM + runs.LEASE
                assert second.beat() > 0
            return work

    first = Sleepy(lambda: clock["at"], Event(), "one")
    first.beat()
    with reading():
        ended = {(row.state, row.lease_by) for row in JobRunRow.select()}
        steps = [row.status for row in ReservationRow.select()]
    assert ended == {(RunState.DONE.value, "two")}
    assert steps == ["NO_SHOW"]
    assert studio.status(place).value == "NO_SHOW"


def test_many_finish_at_once_and_one_is_believed(studio: Studio) -> None:
    """Of all who ever held the run only the last counts, however close they come."""
    leases = [claimed(f"number {place}", ONE_AM + place * runs.LEASE) for place in range(6)]
    with ThreadPoolExecutor(6) as threads:
        believed = list(threads.map(lambda one: runs.finish(one, str(one.attempt), ONE_AM + 6 * runs.LEASE), leases))
    assert believed == [False] * 5 + [True]
    assert the_run()[2] == "6"


def test_the_trouble_of_one_venue_is_its_own(studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
    """A zone that no longer exists stands in the way before any job is begun: the other venue has its night."""
    barn = studio.another_venue()
    venues = [venue.venue_id for venue in runs.night_venues()]
    first, other = venues[0], venues[1]
    assert {first, other} == {studio.venue, barn}
    opened_days_ago(3)
    with writing():
        VenueRow.update(zone="Europe/Atlantis").where(VenueRow.id == first).execute()
    with caplog.at_level(logging.ERROR):
        assert NightWatch(lambda: FIVE_AM, Event(), "one").beat() > 0
    with reading():
        assert {row.venue for row in JobRunRow.select()} == {other}
    assert [record.message[:8] for record in caplog.records] == ["failure "]
    assert caplog.records[0].exc_info is not None


def test_a_beat_with_nothing_to_do_asks_the_database_once(studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        studio.another_venue()
    opened_days_ago(3)
    ticks = count()
    watch = NightWatch(lambda: FIVE_AM + timedelta(milliseconds=next(ticks)), Event(), "one")
    assert watch.beat() > 0
    with caplog.at_level(logging.DEBUG, "peewee"):
        assert watch.beat() == 0
    asked = [str(record.msg[0]) for record in caplog.records if record.name == "peewee"]
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 1
    assert not [sql for sql in asked if sql.startswith(("INSERT", "UPDATE"))]


def test_the_last_night_done_is_told_for_each_job_and_venue(studio: Studio) -> None:
    """What runs, failed, or was done by hand is not done."""
    venue = runs.night_venues()[0]
    for day, ends in ((20, "done"), (21, "done"), (22, "fails"), (23, "runs")):
        lease = runs.claim("no-shows", venue, date(2026, 11, day), "one", SIX_PM)
        assert lease is not None
        if ends == "done":
            runs.finish(lease, "", SIX_PM)
        if ends == "fails":
            runs.fail(lease, "", SIX_PM)
    by_hand = runs.claim("hand:suspend", venue, date(2026, 11, 23), "one", SIX_PM)
    assert by_hand is not None and runs.finish(by_hand, "", SIX_PM)
    barn = studio.another_venue()
    told = {one.venue_id: done for one, done in runs.nights_done([job.name for job in TIMETABLE])}
    assert told == {studio.venue: {"no-shows": date(2026, 11, 21)}, barn: {}}


def test_two_venues_in_two_zones_have_their_own_nights(studio: Studio) -> None:
    """At five in the morning in Berlin it is still the evening before in New York: nobody is judged there yet."""
    manhattan = studio.another_venue()
    opened_days_ago(1)
    with writing():
        VenueRow.update(zone="America/New_York").where(VenueRow.id == manhattan).execute()
    bea, cem = studio.member("Bea"), studio.member("Cem")
    in_berlin = studio.reservation(bea, studio.session(), studio.punch_pass(bea, 8))
    there = replace(studio, venue=manhattan)
    in_new_york = there.reservation(cem, there.session(), there.punch_pass(cem, 8))
    ticks = count()

    def beat(at: datetime) -> set[tuple[str, str, str]]:
        NightWatch(lambda: at + timedelta(milliseconds=next(ticks)), Event(), "one").beat()
        with reading():
            return {(row.venue, row.local_day, row.job) for row in JobRunRow.select()}

    names = {job.name for job in TIMETABLE}
    at_five = beat(FIVE_AM)
    assert {job for venue, day, job in at_five if (venue, day) == (studio.venue, "2026-11-22")} == names
    assert not {job for venue, day, job in at_five if (venue, day) == (manhattan, "2026-11-22")}
    assert (studio.status(in_berlin).value, studio.status(in_new_york).value) == ("NO_SHOW", "PENDING")
    six_utc = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
    assert not {one for one in beat(six_utc - A_SECOND) if one[:2] == (manhattan, "2026-11-22")}
    assert {one for one in beat(six_utc) if one[:2] == (manhattan, "2026-11-22")} == {
        (manhattan, "2026-11-22", "no-shows")
    }
    assert studio.status(in_new_york).value == "NO_SHOW"
