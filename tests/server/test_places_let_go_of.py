"""Nobody came in time: the place is anybody's, the absence is judged as any other, and who comes late is let in if
there is room."""

from datetime import datetime, timedelta

import pytest
from peewee import Database

from core import wire
from core.decisions import Admitted, Decision, Refused
from core.model import ReservationStatus as S
from core.policy import Policy, WaitingLimits
from core.refusals import RefusalReason as R
from core.waiting import may_be_released
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.door.places import taken_in
from server.services.night.no_shows import judge_absences
from server.services.night.work import NightWork
from server.services.people.overrides import NewOverride, override
from server.services.people.rights import asker_of_staff
from server.services.waiting.releasing import release_places
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import ChangeRow, DeviceRow, PolicyRow, ReservationHistoryRow, VisitRow
from tests.server.studio import A_YEAR_AGO, SIX_PM, Studio, after, open_studio
from tests.server.test_reserving_races import at_once

A_MOMENT = timedelta(milliseconds=1)
TEN = timedelta(minutes=10)
LIMITS = WaitingLimits(released_after_start=TEN)


def lets_go_after_ten_minutes(studio: Studio) -> Policy:
    policy = Policy(waiting=LIMITS)
    with writing():
        PolicyRow.create(
            id=new_id(A_YEAR_AGO),
            organization=studio.organization,
            version=1,
            policy=wire.to_json(policy),
            starts_at=A_YEAR_AGO,
            made_at=A_YEAR_AGO,
        )
    return policy


def comes(studio: Studio, member: str, session: str, at: datetime) -> Decision:
    wish = AtTheDesk(venue_id=studio.venue, member_id=member, session_id=session)
    return at_the_desk.check_in(studio.organization, wish, at)


def taken(session: str) -> int:
    with reading():
        return taken_in([session])[session]


@pytest.mark.parametrize(
    ("limits", "told_until", "at", "is_due"),
    [
        (WaitingLimits(), None, after(60), False),
        (LIMITS, None, after(10) - A_MOMENT, False),
        (LIMITS, None, after(10), True),
        (LIMITS, after(10) - A_MOMENT, after(11), False),
        (LIMITS, after(10), after(11), True),
    ],
)
def test_a_place_is_let_go_of_ten_minutes_late_once_every_kiosk_has_told(
    limits: WaitingLimits, told_until: datetime | None, at: datetime, is_due: bool
) -> None:
    assert may_be_released(SIX_PM, limits, told_until, at) is is_due


def test_walter_gets_the_place_of_alice_and_alice_finds_it_full(database: Database) -> None:
    studio = open_studio()
    policy = lets_go_after_ten_minutes(studio)
    session = studio.session(capacity=1)
    alice, walter = studio.member(), studio.member("Walter")
    place = studio.reservation(alice, session, studio.unlimited(alice))
    studio.unlimited(walter)
    kiosk = studio.kiosk()
    with writing():
        DeviceRow.update(nothing_unsent_before=after(10) - A_MOMENT).where(DeviceRow.id == kiosk).execute()
    assert release_places(after(11)) == 0
    refused = comes(studio, walter, session, after(11))
    assert isinstance(refused, Refused) and refused.reason is R.SESSION_FULL
    with writing():
        DeviceRow.update(nothing_unsent_before=after(10)).where(DeviceRow.id == kiosk).execute()
    assert release_places(after(12)) == 1
    assert release_places(after(12)) == 0
    assert (taken(session), studio.status(place)) == (0, S.PENDING)
    with reading():
        heard = {row.subject_id for row in ChangeRow.select()}
        steps = [row.action for row in ReservationHistoryRow.select().where(ReservationHistoryRow.reservation == place)]
    assert {alice, session} <= heard and steps[-1] == "RELEASED"
    assert isinstance(comes(studio, walter, session, after(13)), Admitted)
    late = comes(studio, alice, session, after(14))
    assert isinstance(late, Refused) and late.reason is R.SESSION_FULL
    with writing():
        DeviceRow.update(nothing_unsent_before=SIX_PM + timedelta(days=1)).where(DeviceRow.id == kiosk).execute()
    night = NightWork(
        organization_id=studio.organization, venue_id=studio.venue, policy=policy, as_of=SIX_PM + timedelta(hours=12)
    )
    judge_absences(night)
    assert studio.status(place) is S.NO_SHOW


def test_staff_let_alice_in_all_the_same_and_it_is_noted_that_there_was_no_place(database: Database) -> None:
    studio = open_studio()
    lets_go_after_ten_minutes(studio)
    session = studio.session(capacity=1)
    alice, walter = studio.member(), studio.member("Walter")
    studio.reservation(alice, session, studio.unlimited(alice))
    studio.unlimited(walter)
    release_places(after(10))
    assert isinstance(comes(studio, walter, session, after(11)), Admitted)
    with reading():
        mira = asker_of_staff(studio.organization, studio.staff)
    stool = NewOverride(member_id=alice, reason=R.SESSION_FULL, ends_at=after(60), because="there is a stool")
    override(studio.organization, stool, mira, after(12))
    let_in = comes(studio, alice, session, after(13))
    assert isinstance(let_in, Admitted)
    with reading():
        assert VisitRow.get_by_id(let_in.visit_key).is_over_capacity


def test_whoever_comes_late_where_there_is_room_has_their_place_back(database: Database) -> None:
    studio = open_studio()
    lets_go_after_ten_minutes(studio)
    session = studio.session(capacity=1)
    alice = studio.member()
    place = studio.reservation(alice, session, studio.unlimited(alice))
    assert release_places(after(10)) == 1
    admitted = comes(studio, alice, session, after(20))
    assert isinstance(admitted, Admitted) and admitted.reservation_id == place
    with reading():
        visit = VisitRow.get()
    assert (studio.status(place), taken(session), visit.is_over_capacity) == (S.CHECKED_IN, 1, False)
    at_the_desk.undo(studio.organization, admitted.visit_key, studio.staff, "not her", after(21))
    assert (studio.status(place), taken(session)) == (S.PENDING, 1)
    assert release_places(after(22)) == 1


def test_of_six_who_come_late_at_once_for_one_place_one_is_let_in(database: Database) -> None:
    studio = open_studio()
    lets_go_after_ten_minutes(studio)
    session = studio.session(capacity=6)
    late = [studio.member(f"Late {number}") for number in range(6)]
    for member in late:
        studio.reservation(member, session, studio.unlimited(member))
    assert release_places(after(10)) == 6
    for number in range(5):
        walter = studio.member(f"Walter {number}")
        studio.unlimited(walter)
        assert isinstance(comes(studio, walter, session, after(11)), Admitted)
    told = at_once(*(lambda member=member: comes(studio, member, session, after(12)) for member in late))  # type: ignore[misc]
    assert sum(isinstance(one, Admitted) for one in told) == 1
    assert taken(session) == 6


def test_where_the_studio_did_not_ask_for_it_every_place_is_kept(database: Database) -> None:
    studio = open_studio()
    session = studio.session(capacity=1)
    alice = studio.member()
    studio.reservation(alice, session, studio.unlimited(alice))
    assert release_places(after(60)) == 0
    assert taken(session) == 1
