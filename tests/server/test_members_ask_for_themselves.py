"""A member who asks by themselves does what is their own, and finds nothing of anybody else's."""

from datetime import timedelta

import pytest
from peewee import Database

from core.errors import Forbidden, NotFound, TesseraError
from server.services.people.members import find_members
from server.services.people.rights import Asker, Right, Role, member_asking, require
from server.services.reserving import arriving, looking
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Cancelled, Reserved
from server.store.database import reading
from tests.server.studio import SIX_PM, Studio, open_studio

NOON = SIX_PM - timedelta(hours=6)
TOMORROW = SIX_PM + timedelta(days=1)


def test_alice_reserves_looks_and_gives_up_her_own_place(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    pass_, session = studio.punch_pass(alice), studio.session(TOMORROW)
    by = asking(studio, alice)
    made = reserve(studio.organization, Wish(session_id=session, pass_id=pass_), by, NOON)
    assert isinstance(made, Reserved) and made.place.made_by.value == "SELF"
    assert looking.status(studio.organization, pass_, by, NOON).punches_held == 1
    assert len(looking.reservations_of(studio.organization, pass_, by, NOON).future) == 1
    assert [s.id for s in looking.sessions_between(studio.organization, NOON, NOON + timedelta(days=2), by)] == [
        session
    ]
    assert arriving.check_in_status(studio.organization, session, by, NOON).may_check_in is False
    assert isinstance(cancel(studio.organization, made.place.id, by, NOON), Cancelled)


def test_what_belongs_to_another_member_is_not_there(database: Database) -> None:
    studio = open_studio()
    alice, bob = studio.member(), studio.member("Bob")
    pass_, session = studio.punch_pass(alice), studio.session(TOMORROW)
    place = studio.reservation(alice, session, pass_)
    by = asking(studio, bob)
    tries = {
        "pass.not_found": [
            lambda: reserve(studio.organization, Wish(session_id=session, pass_id=pass_), by, NOON),
            lambda: looking.available(studio.organization, pass_, NOON, TOMORROW, by, NOON),
            lambda: looking.status(studio.organization, pass_, by, NOON),
            lambda: looking.calendar(studio.organization, pass_, by, NOON),
            lambda: looking.reservations_of(studio.organization, pass_, by, NOON),
            lambda: looking.ledger_of(studio.organization, pass_, by),
        ],
        "member.not_found": [
            lambda: reserve(studio.organization, Wish(session_id=session, member_id=alice), by, NOON),
            lambda: arriving.check_in_status(studio.organization, session, by, NOON, member_id=alice),
        ],
        "reservation.not_found": [
            lambda: cancel(studio.organization, place, by, NOON),
            lambda: arriving.check_in_by_member(studio.organization, place, by, SIX_PM),
        ],
    }
    for code, verbs in tries.items():
        for verb in verbs:
            with pytest.raises(NotFound) as told:
                verb()
            assert told.value.code == code


def test_what_staff_do_no_member_does(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    place = studio.reservation(alice, studio.session(), studio.punch_pass(alice))
    by = asking(studio, alice)
    with pytest.raises(Forbidden):
        arriving.check_in_by_staff(studio.organization, place, by, SIX_PM)
    with pytest.raises(Forbidden):
        find_members(studio.organization, "", by)
    with reading():
        for right in Right:
            with pytest.raises(TesseraError):
                require(studio.organization, by, right)


def test_a_member_of_another_organization_is_nobody_here(database: Database) -> None:
    studio = open_studio()
    stranger = member_asking("another organization", studio.member(), "Alice")
    with pytest.raises(Forbidden):
        looking.sessions_between(studio.organization, NOON, TOMORROW, stranger)


def test_a_role_for_members_is_given_to_no_member_of_staff() -> None:
    assert not any(member_asking("o", "m", "Alice").may(right) for right in Right)
    assert Role.MEMBER.value == "MEMBER"


def asking(studio: Studio, member: str) -> Asker:
    return member_asking(studio.organization, member, "Alice")
