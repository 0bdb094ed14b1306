"""A text that was written once finds and keeps what peewee's own would."""

from datetime import timedelta
from typing import Any

import pytest
from peewee import Database, IntegrityError

from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import MemberRow, ReservationRow, SessionRow
from server.store.written import add, among_given, given, save, written
from tests.server.studio import SIX_PM, open_studio

made: list[str] = []


@written
def _starting() -> Any:
    made.append("text")
    rows = SessionRow.select().where(SessionRow.starts_at >= given("since"), SessionRow.capacity > given("more_than"))
    return rows.where(among_given(SessionRow.room, "rooms")).order_by(SessionRow.starts_at)


@written
def _one_locked() -> Any:
    return for_update(MemberRow.select().where(MemberRow.id == given("id")).limit(1))


@written
def _names_and_rooms() -> Any:
    names = MemberRow.select(MemberRow.first_name, MemberRow.id).where(among_given(MemberRow.id, "ids"))
    rooms = SessionRow.select(SessionRow.room, SessionRow.id).where(SessionRow.starts_at == given("at"))
    return names.union_all(rooms).tuples()


def test_the_same_text_answers_for_other_values(database: Database) -> None:
    studio = open_studio()
    first, second = studio.session(), studio.session(SIX_PM + timedelta(hours=1), capacity=20)
    before = len(made)
    with reading():
        everything = _starting.all(since=SIX_PM, more_than=0, rooms=[studio.room])
        assert [row.id for row in everything] == [first, second]
        assert everything[0].starts_at == SIX_PM and everything[0].room_id == studio.room
        assert [row.id for row in _starting.all(since=SIX_PM, more_than=8, rooms={studio.room, "none"})] == [second]
        assert _starting.all(since=SIX_PM + timedelta(hours=1), more_than=0, rooms=[studio.room])[0].id == second
        assert _starting.all(since=SIX_PM, more_than=0, rooms=[]) == []
        assert _starting.first(since=SIX_PM + timedelta(days=1), more_than=0, rooms=[studio.room]) is None
    assert len(made) - before <= 1, "one text for each kind of database"


def test_a_row_is_found_by_its_id_and_only_by_that(database: Database) -> None:
    studio = open_studio()
    alice, ben, session = studio.member(), studio.member("Ben"), studio.session()
    with reading():
        assert [MemberRow.get_by_id(id_).first_name for id_ in (ben, alice)] == ["Ben", "Alice"]
        assert SessionRow.get_by_id(session).starts_at == SIX_PM
        for nobodys in ("nobody", session, "", None):
            with pytest.raises(MemberRow.DoesNotExist, match="members has no row"):
                MemberRow.get_by_id(nobodys)


def test_rows_can_be_locked_and_queries_joined(database: Database) -> None:
    studio = open_studio()
    alice, session = studio.member(), studio.session()
    with writing():
        assert _one_locked.first(id=alice).first_name == "Alice"
        assert _one_locked.first(id="nobody") is None
    with reading():
        assert _names_and_rooms.all(ids=[alice], at=SIX_PM) == [("Alice", alice), (studio.room, session)]
    with reading(), pytest.raises(KeyError):
        _one_locked.all()


def test_a_row_is_added_and_saved_as_its_own_verbs_do_it(database: Database) -> None:
    studio = open_studio()
    alice, session = studio.member(), studio.session()
    pass_ = studio.punch_pass(alice)

    def new() -> ReservationRow:
        return ReservationRow(
            id=new_id(SIX_PM),
            organization=studio.organization,
            member=alice,
            session=session,
            pass_=pass_,
            status="PENDING",
            has_hold=True,
            made_at=SIX_PM,
        )

    def held(id_: str) -> dict[str, object]:
        found = dict(ReservationRow.get_by_id(id_).__data__)
        return found | {"id": ""}

    with writing():
        by_peewee = new()
        by_peewee.save(force_insert=True)
        expected = held(by_peewee.id)
        by_peewee.delete_instance()
        ours = add(new())
        assert held(ours.id) == expected
        ours.status, ours.has_hold, ours.cancelled_at, ours.cancelled_because = "CANCELLED", False, SIX_PM, "ill"
        save(ours)
        assert held(ours.id) == expected | {
            "status": "CANCELLED",
            "has_hold": False,
            "cancelled_at": SIX_PM,
            "cancelled_because": "ill",
        }
    with pytest.raises(IntegrityError), writing():
        add(ours)
