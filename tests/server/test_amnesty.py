"""Nobody pays for what they missed while a kiosk was out of order: told in time, told late, told twice, or declared."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest
from peewee import Database

from core.errors import Forbidden, Invalid, NotFound
from core.outages import SHORTEST, Span
from core.protocol import Outage, Stamp
from server.jobs import auto_cancel, no_shows
from server.services.door.at_the_desk import AtTheDesk, check_in
from server.services.door.kiosks import KnownKiosk
from server.services.night.amnesty import AT_ONCE, declare_outage, hear_outages
from server.services.people.rights import Asker, Role, the_house
from server.store.database import for_update, reading, writing
from server.store.tables import (
    DeviceRow,
    NoShowRow,
    OrganizationRow,
    OutageRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    SuspensionRow,
)
from tests.server.amnesty_evening import (
    DAY,
    EIGHT_PM,
    HALF_PAST_FIVE,
    ONE_AM,
    TAKES,
    Evening,
    S,
    an_evening,
    everything,
    span,
    stamp,
)
from tests.server.studio import SIX_PM, open_studio


@pytest.fixture
def evening(database: Database) -> Evening:
    return an_evening()


def test_without_an_outage_the_absence_costs_a_punch_and_a_strike(evening: Evening) -> None:
    evening.night()
    absence = evening.absence()
    assert (absence.is_counted, absence.took_punch, absence.amnesty_because) == (True, True, "")
    assert evening.punches == 7


@pytest.mark.parametrize(
    ("minutes", "is_excused"),
    [(SHORTEST / timedelta(minutes=1), False), (SHORTEST / timedelta(minutes=1) + 0.001, True)],
)
def test_an_outage_told_in_time_costs_nothing_and_the_history_says_why(
    evening: Evening, minutes: float, is_excused: bool
) -> None:
    told = span(HALF_PAST_FIVE, minutes)
    assert evening.tell(EIGHT_PM, told.from_at, told.until_at) == ("1",)
    evening.night()
    absence = evening.absence()
    assert evening.studio.status(evening.reservation) is S.NO_SHOW
    assert (absence.is_counted, absence.took_punch) == (not is_excused, not is_excused)
    assert evening.punches == (8 if is_excused else 7)
    if is_excused:
        assert absence.amnesty_because == (
            "no penalty: kiosk Front door had no camera from 2026-11-21 17:30 to 2026-11-21 17:32"
        )
        assert evening.steps() == [("RESERVED", "PENDING"), ("NO_SHOW", "NO_SHOW"), ("AMNESTY", "NO_SHOW")]
        with reading():
            said = ReservationHistoryRow.get(ReservationHistoryRow.action == "AMNESTY")
            assert said.from_status == "NO_SHOW"
            assert said.cause == absence.amnesty_because
            assert json.loads(said.metadata) == {"no_show_id": absence.id, "outage_id": OutageRow.get().id}


OPENS, CLOSES = SIX_PM - timedelta(hours=2), EIGHT_PM + timedelta(hours=2)
A_MILLISECOND = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("from_at", "until_at", "is_excused"),
    [
        (OPENS - DAY, OPENS, False),
        (OPENS - DAY, OPENS + A_MILLISECOND, True),
        (CLOSES - A_MILLISECOND, CLOSES + timedelta(hours=1), True),
        (CLOSES, CLOSES + timedelta(hours=1), False),
    ],
)
@pytest.mark.parametrize("is_late", [False, True])
def test_the_outage_must_touch_the_check_in_window(
    evening: Evening, from_at: datetime, until_at: datetime, is_excused: bool, is_late: bool
) -> None:
    if is_late:
        evening.night()
    evening.declare(Span(from_at=from_at, until_at=until_at))
    if not is_late:
        evening.night()
    assert bool(evening.absence().amnesty_because) is is_excused
    assert evening.punches == (8 if is_excused else 7)


def test_an_outage_that_lasts_is_known_until_its_kiosk_last_told_of_it(evening: Evening) -> None:
    """The camera is lost before the window opens, and told to be lost a second later; then the kiosk is silent."""
    assert evening.tell(OPENS - timedelta(minutes=1), OPENS - timedelta(minutes=9), None) == ("1",)
    evening.night()
    assert not evening.absence().amnesty_because
    evening.tell(OPENS + timedelta(minutes=1), OPENS - timedelta(minutes=9), None)
    assert evening.absence().amnesty_because


def test_an_outage_told_after_the_night_takes_back_punch_strike_and_suspension(evening: Evening) -> None:
    earlier = evening.missed(14, 7)
    ahead = evening.studio.reservation(
        evening.alice, evening.studio.session(SIX_PM + 5 * DAY), evening.pass_, made_at=SIX_PM - DAY
    )
    evening.night()
    evening.night(ONE_AM + DAY)
    assert evening.punches == 5
    assert evening.studio.status(ahead) is S.AUTO_CANCELLED
    with reading():
        assert SuspensionRow.get().lifted_at is None
    told_at = ONE_AM + DAY + timedelta(hours=9)
    evening.tell(told_at, HALF_PAST_FIVE, SIX_PM)
    with reading():
        suspension = SuspensionRow.get()
    assert (suspension.lifted_at, suspension.lifted_because) == (told_at, evening.absence().amnesty_because)
    assert evening.punches == 6
    assert evening.studio.status(evening.reservation) is S.NO_SHOW
    assert evening.steps()[-1] == ("AMNESTY", "NO_SHOW")
    assert evening.studio.status(ahead) is S.PENDING
    assert ("AMNESTY", "NO_SHOW") not in evening.steps(earlier[0])


def test_an_amnesty_gives_back_the_places_that_the_absence_took(evening: Evening) -> None:
    ahead = evening.studio.reservation(
        evening.alice, evening.studio.session(SIX_PM + 5 * DAY), evening.pass_, made_at=SIX_PM - DAY
    )
    evening.night()
    auto_cancel.run(evening.work(EIGHT_PM + DAY))
    assert evening.studio.status(ahead) is S.AUTO_CANCELLED
    evening.tell(EIGHT_PM + DAY, HALF_PAST_FIVE, SIX_PM)
    assert evening.studio.status(ahead) is S.PENDING
    auto_cancel.run(evening.work(EIGHT_PM + 2 * DAY))
    assert evening.studio.status(ahead) is S.PENDING
    assert evening.studio.punches_available(evening.pass_) == 7


@pytest.mark.parametrize("told_before_the_night", [False, True])
def test_an_amnesty_told_again_and_every_job_run_again_change_nothing(
    evening: Evening, told_before_the_night: bool
) -> None:
    evening.missed(14, 7)
    told_at = EIGHT_PM if told_before_the_night else ONE_AM + DAY
    acts: list[Callable[[], object]] = [
        lambda: evening.tell(told_at, HALF_PAST_FIVE, SIX_PM),
        lambda: evening.night(ONE_AM),
    ]
    for act in acts if told_before_the_night else reversed(acts):
        act()
    once = everything()
    for _ in range(2):
        evening.tell(told_at + timedelta(hours=3), HALF_PAST_FIVE, SIX_PM)
        evening.night(ONE_AM)
    assert everything() == once
    with reading():
        assert PunchRow.select().where(PunchRow.kind == "PENALTY_BACK").count() == (not told_before_the_night)


def test_what_an_older_message_says_of_an_outage_that_is_over_is_not_believed(evening: Evening) -> None:
    """The network doubles and delays: first comes the end, then once more that it lasts."""
    evening.tell(SIX_PM, HALF_PAST_FIVE, None)
    evening.tell(EIGHT_PM, HALF_PAST_FIVE, SIX_PM)
    once = everything()
    evening.tell(ONE_AM, HALF_PAST_FIVE, None)
    assert everything() == once
    with reading():
        assert OutageRow.get().ended_at == SIX_PM


def test_the_kiosk_s_own_clock_does_not_matter_within_one_start(evening: Evening) -> None:
    """It believes to be in 1970. What counts is how long ago it was."""
    lost = replace(stamp(HALF_PAST_FIVE), t_wall=17)
    found = replace(stamp(SIX_PM), t_wall=18)
    hear_outages(
        evening.kiosk, evening.hello(EIGHT_PM, Outage(id="1", why="CAMERA", began=lost, ended=found)), EIGHT_PM
    )
    with reading():
        row = OutageRow.get()
    assert (row.began_at, row.ended_at) == (HALF_PAST_FIVE, SIX_PM)


def test_between_two_starts_its_clock_is_believed_but_not_about_the_future(evening: Evening) -> None:
    gap = Outage(id="1", why="NOT_RUNNING", began=stamp(HALF_PAST_FIVE, "boot before"), ended=stamp(SIX_PM))
    ahead = Outage(id="2", why="NOT_RUNNING", began=stamp(ONE_AM + DAY, "boot before"))
    absurd = Outage(
        id="3", why="NOT_RUNNING", began=Stamp(boot="x", t_mono=-(2**62), t_wall=2**62), ended=stamp(SIX_PM)
    )
    hear_outages(evening.kiosk, evening.hello(EIGHT_PM, gap, ahead, absurd), EIGHT_PM)
    with reading():
        kept = {row.told_as: (row.began_at, row.ended_at) for row in OutageRow.select()}
    assert kept["1"] == (HALF_PAST_FIVE, SIX_PM)
    assert kept["2"] == (EIGHT_PM, None)
    assert kept["3"] == (EIGHT_PM, EIGHT_PM)


def test_what_no_kiosk_says_is_not_held_and_holds_nothing_up(evening: Evening) -> None:
    fine = Outage(id="good", why="CAMERA", began=stamp(HALF_PAST_FIVE), ended=stamp(SIX_PM))
    wrong = (replace(fine, id="x" * 41), replace(fine, id=""), replace(fine, why="y" * 41))
    assert hear_outages(evening.kiosk, evening.hello(EIGHT_PM, *wrong, fine), EIGHT_PM) == ("good",)
    with reading():
        assert [row.told_as for row in OutageRow.select()] == ["good"]


@pytest.mark.parametrize(
    ("column", "moment", "is_excused"),
    [
        ("paired_at", SIX_PM, False),
        ("paired_at", HALF_PAST_FIVE, True),
        ("retired_at", HALF_PAST_FIVE, False),
        ("retired_at", SIX_PM, True),
        ("revoked_at", HALF_PAST_FIVE, False),
        ("revoked_at", SIX_PM, True),
    ],
)
def test_a_kiosk_that_was_not_in_use_excuses_nobody(
    evening: Evening, column: str, moment: datetime, is_excused: bool
) -> None:
    with writing():
        DeviceRow.update({column: moment}).where(DeviceRow.id == evening.kiosk.id).execute()
    evening.tell(EIGHT_PM, HALF_PAST_FIVE, SIX_PM)
    evening.night()
    assert bool(evening.absence().amnesty_because) is is_excused


def test_a_kiosk_elsewhere_excuses_nobody_here(evening: Evening) -> None:
    evening.night()
    elsewhere = replace(evening.studio, venue=evening.studio.another_venue())
    kiosk = KnownKiosk(id=elsewhere.kiosk("Barn"), organization_id=elsewhere.organization, venue_id=elsewhere.venue)
    replace(evening, kiosk=kiosk).tell(ONE_AM, HALF_PAST_FIVE, SIX_PM)
    assert not evening.absence().amnesty_because


def test_one_kiosk_of_two_is_enough(evening: Evening) -> None:
    """Nobody knows at which of the two Alice stood before she went to her class."""
    evening.studio.kiosk("Back door")
    evening.tell(EIGHT_PM, HALF_PAST_FIVE, SIX_PM)
    evening.night()
    assert evening.absence().amnesty_because


def test_an_excused_absence_does_not_use_up_the_first_that_is_free(evening: Evening) -> None:
    first_free = replace(TAKES, is_first_free=True)
    evening.tell(EIGHT_PM, HALF_PAST_FIVE, SIX_PM)
    no_shows.run(replace(evening.work(), policy=first_free))
    later = [
        evening.studio.reservation(evening.alice, evening.studio.session(SIX_PM + days * DAY), evening.pass_)
        for days in (1, 2)
    ]
    for days in (1, 2):
        no_shows.run(replace(evening.work(ONE_AM + days * DAY), policy=first_free))
    with reading():
        counted = {row.reservation_id: row.is_counted for row in NoShowRow.select()}
    assert counted == {evening.reservation: False, later[0]: False, later[1]: True}


def test_an_absence_that_is_unconfirmed_says_so_and_that_it_is_excused(evening: Evening) -> None:
    evening.tell(EIGHT_PM, HALF_PAST_FIVE, SIX_PM)
    work = evening.work(ONE_AM + 3 * DAY)
    with writing():
        DeviceRow.update(nothing_unsent_before=SIX_PM).where(DeviceRow.id == evening.kiosk.id).execute()
    no_shows.run(work)
    absence = evening.absence()
    assert (absence.is_unconfirmed, absence.is_counted, bool(absence.amnesty_because)) == (True, False, True)


def test_who_came_after_all_is_there_whatever_was_excused(evening: Evening) -> None:
    evening.night()
    evening.tell(ONE_AM, HALF_PAST_FIVE, SIX_PM)
    session = evening.absence().session_id
    wish = AtTheDesk(venue_id=evening.studio.venue, member_id=evening.alice, session_id=session)
    check_in(evening.studio.organization, wish, EIGHT_PM + timedelta(hours=1))
    assert evening.studio.status(evening.reservation) is S.CHECKED_IN
    assert evening.punches == 7
    evening.declare(span(SIX_PM, 10))
    assert evening.studio.status(evening.reservation) is S.CHECKED_IN
    assert [step for step, _ in evening.steps()].count("AMNESTY") == 1


def test_more_than_can_be_excused_at_once_are_excused_by_night(evening: Evening) -> None:
    with reading():
        session = ReservationRow.get_by_id(evening.reservation).session_id
    many = [evening.studio.member(f"M{number}") for number in range(AT_ONCE)]
    for member in many:
        evening.studio.reservation(member, session, evening.studio.punch_pass(member, 1))
    evening.night()

    def excused() -> int:
        with reading():
            return int(NoShowRow.select().where(NoShowRow.amnesty_because != "").count())

    evening.tell(ONE_AM + DAY, HALF_PAST_FIVE, SIX_PM)
    assert excused() == AT_ONCE
    assert "1 excused late" in no_shows.run(evening.work(ONE_AM + DAY))
    assert excused() == AT_ONCE + 1
    assert "0 excused late" in no_shows.run(evening.work(ONE_AM + DAY))
    with reading():
        assert OutageRow.get().settled_at is not None


def test_staff_who_run_the_studio_declare_an_outage(evening: Evening) -> None:
    evening.night()
    studio = evening.studio
    asker = Asker(organization_id=studio.organization, role=Role.OWNER, name="Mira", staff_id=studio.staff)
    declare_outage(studio.organization, studio.venue, span(SIX_PM, 1), "  it burnt down ", asker, ONE_AM)
    assert evening.absence().amnesty_because == "no penalty: it burnt down"
    assert evening.punches == 8
    with reading():
        said = ReservationHistoryRow.get(ReservationHistoryRow.action == "AMNESTY")
        row = OutageRow.get()
    assert (said.staff_id, said.by) == (studio.staff, "STAFF")
    assert (row.why, row.because, row.staff_id, row.device_id) == ("DECLARED", "it burnt down", studio.staff, None)


def test_an_outage_declared_ahead_excuses_what_comes(evening: Evening) -> None:
    evening.declare(Span(from_at=HALF_PAST_FIVE, until_at=HALF_PAST_FIVE + DAY), HALF_PAST_FIVE)
    evening.night()
    assert evening.absence().amnesty_because == "no penalty: the kiosk burnt down"


def test_an_outage_that_makes_no_sense_is_not_declared(evening: Evening) -> None:
    studio, house = evening.studio, the_house(evening.studio.organization)
    other = open_studio("Anvil")
    fine = span(SIX_PM, 10)
    for refused, venue, which, because, by in (
        (Invalid, studio.venue, fine, " ", house),
        (Invalid, studio.venue, Span(from_at=SIX_PM, until_at=SIX_PM), "why", house),
        (Invalid, studio.venue, Span(from_at=SIX_PM, until_at=SIX_PM + timedelta(days=31, seconds=1)), "why", house),
        (NotFound, other.venue, fine, "why", house),
        (Forbidden, studio.venue, fine, "why", the_house(other.organization)),
        (Forbidden, studio.venue, fine, "why", replace(house, role=Role.FRONT_DESK)),
    ):
        with pytest.raises(refused):
            declare_outage(studio.organization, venue, which, because, by, ONE_AM)
    with reading():
        assert OutageRow.select().count() == 0


def test_an_outage_told_while_the_night_judges_is_not_overlooked(evening: Evening) -> None:
    """The night has read which outages there are, and cannot end yet; at that moment one is told."""
    studio, judged = evening.studio, Event()
    work = evening.work()
    with ThreadPoolExecutor(2) as threads:
        with writing():
            list(for_update(OrganizationRow.select().where(OrganizationRow.id == studio.organization)))
            night = threads.submit(no_shows.run, work)
            judged.wait(1)
            told = threads.submit(evening.tell, EIGHT_PM, HALF_PAST_FIVE, SIX_PM)
            judged.wait(1)
        night.result()
        assert told.result() == ("1",)
    absence = evening.absence()
    assert absence.amnesty_because
    assert evening.punches == 8
    assert [step for step, _ in evening.steps()].count("AMNESTY") == 1
