"""Versions of the policy in a studio's life: each has its place and its start, and each place is judged by its own."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from peewee import Database

from core.decisions import Refused
from core.errors import Conflict
from core.features import Feature
from core.model import ReservationStatus
from core.policy import ClassRule, Enforcement, Policy
from core.refusals import RefusalReason
from server.jobs import auto_cancel, lift, no_shows, suspend
from server.services.door.at_the_desk import AtTheDesk, check_in
from server.services.door.changes import version_of
from server.services.door.kiosks import KnownKiosk
from server.services.fleet.features import switch
from server.services.fleet.policies import NewVersion, make_version, tell_started
from server.services.fleet.replica import replica_since
from server.services.night import runs
from server.services.night.work import NightWork
from server.services.people.overrides import NewOverride, override
from server.services.people.rights import Asker, asker_of_staff, the_house
from server.services.people.suspensions import suspend as suspend_by_hand
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Cancelled, Reserved
from server.store.database import reading, writing
from server.store.tables import NoShowRow, ReservationRow, RoomRow, SessionRow, SuspensionRow, VenueRow
from tests.server.studio import SIX_PM, Studio, after, before, open_studio

S = ReservationStatus
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ONE_AM = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
"""01:00 in Berlin, the night after."""
MIDNIGHT = ONE_AM - HOUR
JOBS = (no_shows, auto_cancel, suspend, lift)


@dataclass(kw_only=True)
class Town:
    """A studio in Berlin with a barn in Lisbon, and Alice, who has eight punches."""

    studio: Studio
    barn: str
    alice: str
    pass_: str

    @property
    def me(self) -> str:
        return self.studio.organization

    @property
    def house(self) -> Asker:
        return the_house(self.me)

    def rules(self, at: datetime, *, venue: str | None = None, starts_on: date | None = None, **numbers: object) -> int:
        policy = Policy(**numbers)  # type: ignore[arg-type]
        return make_version(
            self.me, NewVersion(policy=policy, venue_id=venue, starts_on=starts_on), self.house, at
        ).version

    def at_the_barn(self, session: str) -> str:
        with writing():
            SessionRow.update({SessionRow.venue: self.barn}).where(SessionRow.id == session).execute()
        return session

    def reserved(self, session: str, at: datetime) -> str:
        done = reserve(self.me, Wish(session_id=session, pass_id=self.pass_), self.house, at)
        assert isinstance(done, Reserved)
        return done.place.id

    def night(self, as_of: datetime = ONE_AM) -> None:
        """Every job at every venue, by the policy in force there then."""
        for number, job in enumerate(JOBS):
            for venue in runs.night_venues():
                moment = as_of + number * HOUR
                policy = runs.policy_of(venue, moment)
                job.run(
                    NightWork(
                        organization_id=venue.organization_id, venue_id=venue.venue_id, policy=policy, as_of=moment
                    )
                )

    def missed(self, days_ago: int, **session: object) -> str:
        """Alice reserves a day before, does not come, and the night is over."""
        starts_at = SIX_PM - days_ago * DAY
        place = self.reserved(self.studio.session(starts_at, **session), starts_at - DAY)  # type: ignore[arg-type]
        self.night(ONE_AM - days_ago * DAY)
        return place

    def absence(self, place: str) -> NoShowRow:
        with reading():
            return NoShowRow.get(NoShowRow.reservation == place)

    def suspensions(self) -> list[SuspensionRow]:
        with reading():
            return list(SuspensionRow.select().order_by(SuspensionRow.id))


@pytest.fixture
def town(database: Database) -> Town:
    studio = open_studio()
    barn = studio.another_venue()
    with writing():
        VenueRow.update({VenueRow.zone: "Europe/Lisbon"}).where(VenueRow.id == barn).execute()
        RoomRow.create(id="hayloft", organization=studio.organization, venue=barn, name="Hayloft")
    alice = studio.member()
    return Town(studio=studio, barn=barn, alice=alice, pass_=studio.punch_pass(alice, 8))


def test_a_version_for_tomorrow_begins_at_the_venues_midnight_and_kiosks_hear_of_it(town: Town) -> None:
    here = KnownKiosk(id=town.studio.kiosk(), organization_id=town.me, venue_id=town.studio.venue)
    barn = replace(here, venue_id=town.barn)
    town.rules(SIX_PM, may_walk_in=False)
    town.rules(SIX_PM, venue=town.studio.venue, starts_on=date(2026, 11, 22), strikes=1)
    town.rules(SIX_PM, venue=town.barn, starts_on=date(2026, 11, 22), strikes=2)

    def held(kiosk: KnownKiosk, at: datetime) -> int:
        found = replica_since(kiosk, 0, at).policy
        assert found is not None
        return found.version

    a_moment = timedelta(milliseconds=1)
    assert (held(here, MIDNIGHT - a_moment), held(here, MIDNIGHT)) == (1, 2)
    lisbon = MIDNIGHT + HOUR
    assert (held(barn, lisbon - a_moment), held(barn, lisbon)) == (1, 3)

    def changes() -> int:
        with reading():
            return version_of(town.me)

    known = changes()
    assert tell_started(MIDNIGHT - a_moment) == "" and changes() == known
    assert tell_started(MIDNIGHT) == "1 versions began" and changes() == known + 1
    assert tell_started(MIDNIGHT + a_moment) == "" and changes() == known + 1
    assert tell_started(lisbon) == "1 versions began" and changes() == known + 2


def test_a_place_is_judged_by_the_version_it_was_made_under(town: Town) -> None:
    first = town.rules(SIX_PM - 9 * DAY, no_show_takes_punch=True, free_cancel_before_start=12 * HOUR)
    tonight, tomorrow = town.studio.session(), town.studio.session(SIX_PM + DAY)
    early, cancelled = town.reserved(tonight, SIX_PM - 8 * DAY), town.reserved(tomorrow, SIX_PM - 8 * DAY)
    second = town.rules(SIX_PM - 7 * DAY, no_show_takes_punch=False, free_cancel_before_start=48 * HOUR)
    other = town.studio.session(after(5))
    late = town.reserved(other, SIX_PM - 6 * DAY)
    done = cancel(town.me, cancelled, town.house, SIX_PM)
    assert isinstance(done, Cancelled) and not done.keeps_hold
    again = town.reserved(tomorrow, SIX_PM)
    done = cancel(town.me, again, town.house, after(1))
    assert isinstance(done, Cancelled) and done.keeps_hold
    town.night()
    assert (town.absence(early).took_punch, town.absence(early).policy_version) == (True, first)
    assert (town.absence(late).took_punch, town.absence(late).policy_version) == (False, second)
    assert town.studio.punches_left(town.pass_) == 7


def test_before_the_first_version_the_defaults_judge(town: Town) -> None:
    place = town.reserved(town.studio.session(), SIX_PM - DAY)
    town.rules(before(60), no_show_takes_punch=True)
    town.night()
    assert (town.absence(place).took_punch, town.absence(place).policy_version) == (False, 0)


def test_a_place_from_before_versions_is_judged_by_what_is_in_force_at_night(town: Town) -> None:
    place = town.studio.reservation(town.alice, town.studio.session(), town.pass_)
    version = town.rules(before(60), no_show_takes_punch=True)
    town.night()
    assert (town.absence(place).took_punch, town.absence(place).policy_version) == (True, version)


def test_two_venues_have_two_rules_and_a_suspension_names_its_own(town: Town) -> None:
    studio = town.studio
    town.rules(SIX_PM - 30 * DAY, strikes=5, suspension_length=14 * DAY)
    barn = town.rules(SIX_PM - 30 * DAY, venue=town.barn, strikes=3, suspension_length=3 * DAY)
    for days_ago in (4, 3):
        town.missed(days_ago)
    assert town.suspensions() == []
    town.missed(2)
    assert town.suspensions() == [], "three in Berlin are not five"
    place = town.reserved(town.at_the_barn(studio.session(SIX_PM - DAY)), SIX_PM - 2 * DAY)
    town.night(ONE_AM - DAY)
    (made,) = town.suspensions()
    assert (made.policy_version, made.ends_at - made.starts_at) == (barn, 3 * DAY)
    assert town.absence(place).id == made.no_show_id


@pytest.mark.parametrize(
    ("numbers", "counted"),
    [
        ({}, (True, True, True)),
        ({"enforcement": Enforcement.SOFT}, (False, False, False)),
        ({"enforcement": Enforcement.GRACE, "grace_absences": 2}, (False, False, True)),
        ({"enforcement": Enforcement.GRACE, "grace_span": 8 * DAY}, (False, True, True)),
    ],
)
def test_a_studio_says_how_serious_it_is(town: Town, numbers: dict[str, object], counted: tuple[bool, ...]) -> None:
    """The version begins ten days before six; sessions end at eight, three, two and one day ago."""
    town.rules(SIX_PM - 10 * DAY + 2 * HOUR, no_show_takes_punch=True, strikes=3, **numbers)
    places = [town.missed(3), town.missed(2)]
    town.rules(SIX_PM - 2 * DAY + 8 * HOUR, no_show_takes_punch=True, strikes=3, phone_link_length=DAY, **numbers)
    places.append(town.missed(1) if all(counted) else _told_tomorrow(town))
    assert tuple(town.absence(place).is_counted for place in places) == counted
    assert tuple(town.absence(place).took_punch for place in places) == counted
    assert bool(town.suspensions()) is all(counted)


def _told_tomorrow(town: Town) -> str:
    return town.missed(1)


def test_a_class_that_is_only_a_taster_is_no_strike(town: Town) -> None:
    taster = ClassRule(class_type_id=town.studio.glazing, counts_strikes=False)
    town.rules(SIX_PM - 10 * DAY, strikes=1, class_rules=(taster,))
    place = town.missed(2, class_type=town.studio.glazing)
    assert not town.absence(place).is_counted and town.suspensions() == []
    town.missed(1)
    assert len(town.suspensions()) == 1


def test_who_comes_where_staff_let_them_is_free_again(town: Town) -> None:
    studio = town.studio
    town.rules(SIX_PM - 10 * DAY, strikes=1, lifted_after_attended=2)
    town.missed(4)
    with reading():
        mira = asker_of_staff(town.me, studio.staff)
    by_hand = suspend_by_hand(town.me, town.alice, after(9 * 24 * 60), "shouted", mira, SIX_PM - 3 * DAY)
    for days_ago in (3, 2):
        starts_at = SIX_PM - days_ago * DAY
        session = studio.session(starts_at)
        wish = AtTheDesk(venue_id=studio.venue, member_id=town.alice, session_id=session, staff_id=studio.staff)
        refused = check_in(town.me, wish, starts_at)
        assert isinstance(refused, Refused) and refused.reason is RefusalReason.SUSPENDED
        allowed = NewOverride(
            member_id=town.alice, reason=RefusalReason.SUSPENDED, ends_at=starts_at + HOUR, because="one more chance"
        )
        override(town.me, allowed, mira, starts_at)
        check_in(town.me, wish, starts_at)
        lifted = {row.id: row.lifted_at for row in town.suspensions()}
        assert set(lifted.values()) == {None}
        town.night(ONE_AM - days_ago * DAY)
    lifted = {row.id: row.lifted_because for row in town.suspensions()}
    assert lifted.pop(by_hand) == ""
    assert list(lifted.values()) == ["came to 2 sessions since"]


def test_what_a_studio_switched_off_the_night_leaves_and_does_not_make_up_for(town: Town) -> None:
    town.rules(SIX_PM - 10 * DAY, strikes=2, no_show_takes_punch=True)
    ahead = town.reserved(town.studio.session(SIX_PM + 9 * DAY), SIX_PM - 9 * DAY)
    for feature in (Feature.PENALTY_PUNCH, Feature.SUSPENSIONS, Feature.AUTO_CANCEL):
        assert switch(town.me, feature, False, town.house, SIX_PM - 8 * DAY)
        assert not switch(town.me, feature, False, town.house, SIX_PM - 8 * DAY)
    first, second = town.missed(5), town.missed(4)
    assert town.absence(first).is_counted and not town.absence(second).took_punch
    for feature in (Feature.PENALTY_PUNCH, Feature.SUSPENSIONS, Feature.AUTO_CANCEL):
        switch(town.me, feature, True, town.house, SIX_PM - 3 * DAY)
    town.night(ONE_AM - 3 * DAY)
    assert town.suspensions() == [] and town.studio.status(ahead) is S.PENDING
    assert town.absence(town.missed(2)).took_punch
    assert town.suspensions() == [], "one since it was switched on"
    town.missed(1)
    assert len(town.suspensions()) == 1
    town.night(ONE_AM)
    assert town.studio.status(ahead) is S.AUTO_CANCELLED


def test_where_nobody_is_judged_no_punch_stays_set_aside(town: Town) -> None:
    switch(town.me, Feature.NO_SHOWS, False, town.house, SIX_PM - 8 * DAY)
    place = town.reserved(town.studio.session(SIX_PM - DAY), SIX_PM - 2 * DAY)
    town.night(ONE_AM - DAY)
    assert town.studio.status(place) is S.PENDING
    assert town.studio.punches_available(town.pass_) == 8
    switch(town.me, Feature.NO_SHOWS, True, town.house, SIX_PM)
    later = town.reserved(town.studio.session(), before(1))
    town.night(ONE_AM)
    assert (town.studio.status(place), town.studio.status(later)) == (S.PENDING, S.NO_SHOW)


def test_overrides_can_be_switched_off(town: Town) -> None:
    with reading():
        mira = asker_of_staff(town.me, town.studio.staff)
    switch(town.me, Feature.OVERRIDES, False, town.house, before(5))
    new = NewOverride(member_id=town.alice, reason=RefusalReason.TOO_LATE, ends_at=after(60), because="the train")
    with pytest.raises(Conflict) as no:
        override(town.me, new, mira, before(4))
    assert no.value.code == "feature.is_off"
    switch(town.me, Feature.OVERRIDES, True, town.house, before(3))
    assert override(town.me, new, mira, before(2))
    with reading():
        assert ReservationRow.select().count() == 0
