"""What the front desk is told of the day, from rows: nobody is counted twice, nobody who needs help is left out."""

from datetime import timedelta

import pytest
from peewee import Database

from core.errors import Forbidden, NotFound
from core.refusals import RefusalReason
from server.services.desk.today import pulse, roster, today
from server.services.desk.values import Standing, Today
from server.services.people import accounts
from server.services.people.rights import the_house
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import DeviceRow, OverrideRow, SessionRow
from tests.server.desk_evening import NOW, Evening, at_clock, full_house, open_house
from tests.server.studio import open_studio

SECOND = timedelta(seconds=1)


def day_of(house: Evening, clock: str = "18:24") -> Today:
    return today(house.studio.organization, house.lena, house.studio.venue, at_clock(clock))


def standing_of(house: Evening, member: str, session: str, clock: str) -> Standing:
    seen = roster(house.studio.organization, house.lena, house.sessions[session], at_clock(clock))
    return next(person.standing for person in seen.session.people if person.member_id == member)


def test_the_figures_of_a_full_evening(database: Database) -> None:
    day = day_of(full_house())
    assert (day.in_house, day.expected, day.missing, len(day.turned_away)) == (26, 4, 2, 3)
    assert [shown.session.title for shown in day.on_now] == ["Open studio", "Wheel throwing I", "Glaze lab"]
    assert [shown.session.title for shown in day.later] == ["Raku evening"]
    assert [shown.session.title for shown in day.earlier] == ["Kids’ clay"]
    wheel = day.on_now[1]
    assert [wheel.count(standing) for standing in Standing] == [2, 0, 2, 10]
    assert (wheel.came, wheel.free) == (12, 2)


def test_who_comes_at_the_start_is_in_and_a_minute_later_is_late(database: Database) -> None:
    house = open_house()
    in_time = house.comes("wheel", at_clock("18:00"))
    late = house.comes("wheel", at_clock("18:01"))
    assert standing_of(house, in_time, "wheel", "18:02") is Standing.IN
    assert standing_of(house, late, "wheel", "18:02") is Standing.LATE
    assert [arrival.minutes_late for arrival in day_of(house).arrivals] == [1, 0]


def test_who_has_a_place_is_expected_until_it_starts_and_missing_from_then_on(database: Database) -> None:
    house = open_house()
    tom, _ = house.reserve("wheel", "Tom Becker")
    assert standing_of(house, tom, "wheel", "18:00") is Standing.EXPECTED
    assert standing_of(house, tom, "wheel", "18:01") is Standing.MISSING


def test_nobody_is_late_for_open_studio_or_missing_before_it_is_over(database: Database) -> None:
    house = open_house()
    early, _ = house.reserve("open")
    late = house.comes("open", at_clock("18:20"))
    assert standing_of(house, late, "open", "18:24") is Standing.IN
    assert standing_of(house, early, "open", "20:30") is Standing.EXPECTED
    assert standing_of(house, early, "open", "20:31") is Standing.MISSING


def test_whom_staff_let_come_later_is_expected_until_then(database: Database) -> None:
    house = open_house()
    tom, _ = house.reserve("wheel", "Tom Becker")
    with writing():
        OverrideRow.create(
            id=new_id(NOW),
            organization=house.studio.organization,
            member=tom,
            reason=RefusalReason.TOO_LATE.value,
            starts_at=at_clock("17:50"),
            ends_at=at_clock("18:40"),
            session=house.sessions["wheel"],
            staff=house.lena.staff_id,
            because="his train is late",
            made_at=at_clock("17:50"),
        )
    assert standing_of(house, tom, "wheel", "18:39") is Standing.EXPECTED
    assert standing_of(house, tom, "wheel", "18:40") is Standing.MISSING
    assert day_of(house).on_now[1].people[0].may_come_until == at_clock("18:40")


def test_a_session_is_on_from_an_hour_before_it_starts_until_it_ends(database: Database) -> None:
    house = open_house()
    assert "Raku evening" not in [shown.session.title for shown in day_of(house, "19:44").on_now]
    assert "Raku evening" in [shown.session.title for shown in day_of(house, "19:45").on_now]
    assert "Glaze lab" in [shown.session.title for shown in day_of(house, "19:59").on_now]
    over = day_of(house, "20:00")
    assert "Glaze lab" in [shown.session.title for shown in over.earlier]
    assert "Glaze lab" not in [shown.session.title for shown in over.on_now]


def test_a_cancelled_session_is_not_on_but_still_there(database: Database) -> None:
    house = open_house()
    with writing():
        SessionRow.update(cancelled_at=NOW).where(SessionRow.id == house.sessions["wheel"]).execute()
    day = day_of(house)
    assert "Wheel throwing I" not in [shown.session.title for shown in day.on_now]
    assert "Wheel throwing I" in [shown.session.title for shown in day.later]


def test_arrivals_are_newest_first_with_their_punches_before_and_after(database: Database) -> None:
    house = open_house()
    house.comes("wheel", at_clock("17:41"), "Alice Moreau", punches=4)
    house.comes("wheel", at_clock("17:44"), "Noor Karimi")
    noor, alice = day_of(house).arrivals
    assert (noor.name, noor.punches_before, noor.punches_after) == ("Noor Karimi", None, None)
    assert (alice.name, alice.punches_before, alice.punches_after) == ("Alice Moreau", 4, 3)
    assert (alice.door, alice.is_walk_in) == ("Front door", False)


def test_a_later_visit_does_not_change_what_an_earlier_one_took(database: Database) -> None:
    house = open_house()
    member, card = house.reserve("wheel", "Alice Moreau", punches=4)
    house.studio.reservation(member, house.sessions["kids"], house.studio.punch_pass(member, 1))
    for session, clock in (("kids", "15:25"), ("wheel", "17:50")):
        attempt = house.front_door.show(card, at_clock(clock), chosen_session_id=house.sessions[session])
        house.front_door.ask(attempt, at_clock(clock))
    assert [(a.punches_before, a.punches_after) for a in day_of(house).arrivals] == [(4, 3), (1, 0)]


def test_who_was_turned_away_stands_there_for_twenty_minutes_with_the_reason(database: Database) -> None:
    house = open_house()
    bob, _ = house.reserve("wheel", "Bob Tanaka")
    house.turned_away(at_clock("18:19"), RefusalReason.PASS_USED_UP, bob)
    (turned,) = day_of(house).turned_away
    assert (turned.name, turned.door, turned.reason) == ("Bob Tanaka", "Front door", RefusalReason.PASS_USED_UP)
    assert turned.has_place_in == "Wheel throwing I"
    at = at_clock("18:39")
    assert today(house.studio.organization, house.lena, house.studio.venue, at - SECOND).turned_away
    assert not today(house.studio.organization, house.lena, house.studio.venue, at).turned_away


def test_who_tried_twice_waits_once_and_who_came_in_after_all_waits_no_more(database: Database) -> None:
    house = open_house()
    bob, card = house.reserve("wheel", "Bob Tanaka")
    house.turned_away(at_clock("17:15"), RefusalReason.TOO_EARLY, bob)
    house.turned_away(at_clock("17:17"), RefusalReason.NO_PASS, bob)
    assert [turned.reason for turned in day_of(house, "17:20").turned_away] == [RefusalReason.NO_PASS]
    house.front_door.ask(house.front_door.show(card, at_clock("17:21")), at_clock("17:21"))
    assert day_of(house, "17:22").turned_away == ()
    assert day_of(house, "17:22").in_house == 1


def test_a_suspended_member_is_named_with_the_end_of_the_suspension(database: Database) -> None:
    day = day_of(full_house())
    dan = day.turned_away[0]
    assert (dan.name, dan.reason, dan.until) == ("Dan Okafor", RefusalReason.SUSPENDED, NOW + timedelta(days=14))
    assert day.turned_away[2].name == ""


def test_too_early_says_when_check_in_opens(database: Database) -> None:
    house = open_house()
    early, _ = house.reserve("raku")
    house.turned_away(at_clock("18:20"), RefusalReason.TOO_EARLY, early, "raku")
    (turned,) = day_of(house).turned_away
    assert (turned.session_title, turned.until) == ("Raku evening", at_clock("18:45"))


def test_a_kiosk_is_silent_two_minutes_after_it_was_last_heard(database: Database) -> None:
    house = open_house()
    with writing():
        DeviceRow.update(last_heard_at=at_clock("18:22")).execute()
    (kiosk,) = day_of(house).kiosks
    assert not kiosk.is_silent
    assert today(house.studio.organization, house.lena, house.studio.venue, NOW + SECOND).kiosks[0].is_silent
    with writing():
        DeviceRow.update(retired_at=NOW).execute()
    assert day_of(house).kiosks == ()


def test_the_pulse_quickens_with_what_is_recorded_and_with_nothing_else(database: Database) -> None:
    house = open_house()
    studio = house.studio

    def felt() -> object:
        return pulse(studio.organization, house.lena, studio.venue, NOW)

    calm = felt()
    assert felt() == calm
    house.comes("wheel", at_clock("17:41"))
    after_arrival = felt()
    assert after_arrival != calm
    house.turned_away(at_clock("18:16"), RefusalReason.CARD_UNKNOWN)
    after_refusal = felt()
    assert after_refusal != after_arrival
    with writing():
        DeviceRow.update(last_heard_at=at_clock("18:00")).execute()
    assert felt() != after_refusal


def test_another_studios_day_is_not_to_be_seen(database: Database) -> None:
    house, other = full_house(), open_studio("Loom")
    with pytest.raises(Forbidden):
        today(other.organization, house.lena, other.venue, NOW)
    with pytest.raises(NotFound):
        today(house.studio.organization, house.lena, other.venue, NOW)
    with pytest.raises(NotFound):
        roster(house.studio.organization, house.lena, other.session(), NOW)
    with pytest.raises(Forbidden):
        pulse(other.organization, house.lena, other.venue, NOW)


def test_whoever_left_the_team_sees_nothing_from_that_moment(database: Database) -> None:
    house = open_house()
    assert day_of(house).venue.name == "Harbour Street"
    organization, staff = house.studio.organization, house.lena.staff_id
    assert staff is not None
    accounts.close_account(organization, staff, the_house(organization), NOW)
    for look in (today, pulse):
        with pytest.raises(Forbidden):
            look(organization, house.lena, house.studio.venue, NOW)


def test_without_a_venue_named_the_first_one_is_shown_and_another_can_be(database: Database) -> None:
    house = full_house()
    studio = house.studio
    day = today(studio.organization, house.lena, None, NOW)
    assert (day.venue.name, len(day.venues)) == ("Harbour Street", 2)
    yard = next(venue for venue in day.venues if venue.name == "Mill Yard")
    empty = today(studio.organization, house.lena, yard.id, NOW)
    assert (empty.on_now, empty.arrivals, empty.turned_away, empty.kiosks) == ((), (), (), ())


def test_a_session_that_began_before_midnight_is_still_todays(database: Database) -> None:
    house = open_house()
    night = house.studio.session(at_clock("23:30"), length=timedelta(hours=2))
    after_midnight = at_clock("23:30") + timedelta(hours=1)
    day = today(house.studio.organization, house.lena, house.studio.venue, after_midnight)
    assert [shown.session.id for shown in day.on_now] == [night]
