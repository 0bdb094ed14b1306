"""Members are matched by e-mail, passes come with their punches, and nothing half made is kept."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from peewee import Database

from core.errors import Conflict, Forbidden, Invalid, NotFound, TesseraError
from core.model import PassType
from server.services.people import class_types, courses, organizations, pass_plans, passes, sessions, venues
from server.services.people.members import NewMember, add_member, find_members, member, member_with_email
from server.services.people.pass_plans import NewPlan
from server.services.people.rights import Asker, Role, the_house
from server.services.people.sessions import NewSession
from server.store.database import reading, writing
from server.store.tables import CoursePartRow, MemberRow, PassRow, SessionInstructorRow, SessionRow, VenueRow
from tests.server.studio import SIX_PM, Studio, open_studio

ANA = NewMember(first_name=" Ana ", last_name="Ferreira", email="Ana@Example.org")


def house(studio: Studio) -> Asker:
    return the_house(studio.organization)


def test_ana_gets_a_number_and_is_found_by_any_of_her_words(database: Database) -> None:
    studio = open_studio()
    ana = add_member(studio.organization, ANA, house(studio), SIX_PM)
    found = member(studio.organization, ana, house(studio))
    assert (found.number, found.name, found.email, found.member_since) == (
        "0001",
        "Ana Ferreira",
        "ana@example.org",
        "2026-11-21",
    )
    add_member(studio.organization, NewMember(first_name="Ana", last_name="Lang"), house(studio), SIX_PM)
    for query, count in [("ferr", 1), ("ANA", 2), ("ana ferr", 1), ("0002", 1), ("%", 0), ("", 2), ("ben", 0)]:
        assert len(find_members(studio.organization, query, house(studio))) == count, query
    assert len(find_members(studio.organization, "", house(studio), limit=1)) == 1
    assert member_with_email(studio.organization, "ANA@example.ORG ") == ana
    assert member_with_email(studio.organization, "") is None


def test_one_address_is_one_member_in_a_studio_but_may_belong_to_two_studios(database: Database) -> None:
    kiln, loom = open_studio("Kiln"), open_studio("Loom")
    ana = add_member(kiln.organization, ANA, house(kiln), SIX_PM)
    with pytest.raises(Conflict) as refused:
        again = NewMember(first_name="Anna", last_name="F.", email="ana@example.org ")
        add_member(kiln.organization, again, house(kiln), SIX_PM)
    assert (refused.value.code, refused.value.values["id"]) == ("member.email_taken", ana)
    add_member(loom.organization, ANA, house(loom), SIX_PM)
    assert find_members(loom.organization, "", house(loom))[0].id != ana
    with pytest.raises(NotFound):
        member(loom.organization, ana, house(loom))


def test_two_clicks_on_save_make_one_member(database: Database) -> None:
    """The second comes while the first is not committed yet, under another number, so that only the queue stops it."""
    studio = open_studio()
    outcomes: list[str] = []

    def save_again() -> None:
        try:
            add_member(studio.organization, replace(ANA, number="7"), house(studio), SIX_PM)
            outcomes.append("made twice")
        except Conflict as refused:
            outcomes.append(refused.code)

    second = threading.Thread(target=save_again)
    with writing():
        add_member(studio.organization, ANA, house(studio), SIX_PM)
        second.start()
        second.join(0.3)
        assert outcomes == [], "it waits for the first"
    second.join()
    assert outcomes == ["member.email_taken"]


def test_numbers_go_on_past_those_that_are_taken(database: Database) -> None:
    studio = open_studio()
    for number in ("0002", ""):
        add_member(studio.organization, NewMember(first_name="A", last_name="B", number=number), house(studio), SIX_PM)
    third = add_member(studio.organization, NewMember(first_name="C", last_name="D"), house(studio), SIX_PM)
    assert member(studio.organization, third, house(studio)).number == "0004"
    with pytest.raises(Conflict, match="number_taken"):
        taken = NewMember(first_name="E", last_name="F", number=" 0002 ")
        add_member(studio.organization, taken, house(studio), SIX_PM)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": "  "},
        {"first_name": "x" * 256},
        {"first_name": "A\nB"},
        {"email": "ana"},
        {"email": "ana@example"},
        {"email": "a b@example.org"},
        {"language": "xx"},
        {"birth_date": "21.11.1990"},
        {"member_since": "yesterday"},
    ],
)
def test_what_cannot_be_a_member_is_refused_and_nothing_is_kept(database: Database, wrong: dict[str, str]) -> None:
    studio = open_studio()
    with pytest.raises(Invalid):
        new = NewMember(**{"first_name": "Ana", "last_name": "F", **wrong})  # type: ignore[arg-type]
        add_member(studio.organization, new, house(studio), SIX_PM)
    with reading():
        assert MemberRow.select().count() == 0


def test_an_instructor_may_look_members_up_and_not_add_them(database: Database) -> None:
    studio = open_studio()
    teacher = Asker(organization_id=studio.organization, role=Role.INSTRUCTOR, name="Jo")
    assert find_members(studio.organization, "", teacher) == ()
    with pytest.raises(Forbidden):
        add_member(studio.organization, ANA, teacher, SIX_PM)


def test_a_pass_of_thirty_days_ends_at_the_studios_midnight(database: Database) -> None:
    studio = open_studio()
    ana = studio.member("Ana")
    plan = NewPlan(title="Ten classes", type=PassType.PUNCH_PASS, punches=10, valid_days=30)
    plan_id = pass_plans.add_plan(studio.organization, plan, house(studio), SIX_PM)
    sold = passes.sell_pass(studio.organization, ana, plan_id, house(studio), SIX_PM)
    assert (studio.punches_left(sold), studio.punches_available(sold)) == (10, 10)
    with reading():
        row = PassRow.get_by_id(sold)
    assert row.valid_from == SIX_PM
    assert row.valid_until == datetime(2026, 12, 20, 23, 0, tzinfo=UTC), "21 December 0:00 in Berlin"


def test_a_plan_that_is_sold_no_more(database: Database) -> None:
    studio = open_studio()
    plan_id = pass_plans.add_plan(
        studio.organization, NewPlan(title="Series", type=PassType.UNLIMITED_SERIES), house(studio), SIX_PM
    )
    pass_plans.retire_plan(studio.organization, plan_id, house(studio), SIX_PM)
    with pytest.raises(Conflict, match=r"plan\.retired"):
        passes.sell_pass(studio.organization, studio.member(), plan_id, house(studio), SIX_PM)


@pytest.mark.parametrize(
    "plan",
    [
        NewPlan(title="", type=PassType.UNLIMITED_SERIES),
        NewPlan(title="Ten", type=PassType.PUNCH_PASS),
        NewPlan(title="Ten", type=PassType.PUNCH_PASS, punches=0),
        NewPlan(title="Series", type=PassType.UNLIMITED_SERIES, punches=10),
        NewPlan(title="Course", type=PassType.FULL_COURSE),
        NewPlan(title="Series", type=PassType.UNLIMITED_SERIES, valid_days=0),
        NewPlan(title="Series", type=PassType.UNLIMITED_SERIES, class_type_ids=("nothing",)),
    ],
)
def test_a_plan_that_makes_no_sense_is_not_made(database: Database, plan: NewPlan) -> None:
    studio = open_studio()
    with pytest.raises(TesseraError):
        pass_plans.add_plan(studio.organization, plan, house(studio), SIX_PM)


def test_a_correction_never_takes_what_is_set_aside(database: Database) -> None:
    studio = open_studio()
    ana = studio.member("Ana")
    sold = studio.punch_pass(ana, 3)
    studio.reservation(ana, studio.session(), sold)
    with pytest.raises(Conflict, match="punches_not_there"):
        passes.correct_punches(studio.organization, sold, -3, "miscounted", house(studio), SIX_PM)
    passes.correct_punches(studio.organization, sold, -2, "miscounted", house(studio), SIX_PM)
    assert (studio.punches_left(sold), studio.punches_available(sold)) == (1, 0)
    passes.correct_punches(studio.organization, sold, 5, "a present", house(studio), SIX_PM)
    assert studio.punches_left(sold) == 6
    with pytest.raises(Invalid):
        passes.correct_punches(studio.organization, sold, 1, " ", house(studio), SIX_PM)


def test_a_studio_is_set_up_from_nothing(database: Database) -> None:
    kiln = organizations.open_organization("Kiln & Co.", SIX_PM, colour="#c8553d")
    assert organizations.only_organization() == kiln
    us = the_house(kiln)
    venue = venues.open_venue(kiln, "Harbour Street", "Europe/Berlin", us, SIX_PM)
    room = venues.open_room(kiln, venue, "Wheel Room", us, SIX_PM)
    teacher = class_types.add_instructor(kiln, "Marta Silva", us, SIX_PM)
    mugs = class_types.add_class_type(kiln, "Mug building", us, SIX_PM)
    course = courses.add_course(kiln, "Mug building", mugs, ["Wall", "Handle"], us, SIX_PM)
    new = NewSession(
        venue_id=venue,
        class_type_id=mugs,
        starts_at=SIX_PM,
        ends_at=SIX_PM + timedelta(hours=2),
        capacity=8,
        room_id=room,
        instructor_ids=(teacher, teacher),
        course_id=course,
        part=2,
    )
    session = sessions.plan_session(kiln, new, us, SIX_PM)
    with reading():
        assert (SessionRow.get_by_id(session).part, SessionInstructorRow.select().count()) == (2, 1)
        assert [row.title for row in CoursePartRow.select().order_by(CoursePartRow.part)] == ["Wall", "Handle"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"capacity": 0},
        {"ends_at": SIX_PM},
        {"starts_at": SIX_PM.replace(tzinfo=None)},
        {"venue_id": "another"},
        {"room_id": "another"},
        {"instructor_ids": ("another",)},
        {"part": 1},
    ],
)
def test_a_session_that_cannot_be_is_not_made(database: Database, wrong: dict[str, object]) -> None:
    studio = open_studio()
    right = {
        "venue_id": studio.venue,
        "class_type_id": studio.wheel,
        "starts_at": SIX_PM,
        "ends_at": SIX_PM + timedelta(hours=2),
        "capacity": 8,
    }
    with pytest.raises(TesseraError):
        sessions.plan_session(studio.organization, NewSession(**{**right, **wrong}), house(studio), SIX_PM)  # type: ignore[arg-type]
    with reading():
        assert SessionRow.select().count() == 0


def test_a_venue_needs_a_zone_that_exists(database: Database) -> None:
    studio = open_studio()
    with pytest.raises(Invalid):
        venues.open_venue(studio.organization, "Moon base", "Moon/Tranquility", house(studio), SIX_PM)
    with reading():
        assert VenueRow.select().count() == 1
