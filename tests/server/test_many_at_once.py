"""Many rows at once are what one after another would be: statuses with their history, versions that kiosks hear of."""

from datetime import timedelta

import pytest
from peewee import Database

from core.errors import Conflict
from core.model import Method, ReservationStatus
from server.services.door import history
from server.services.door.causes import Cause
from server.services.door.changes import touch_member, touch_members, touch_session, touch_sessions, version_of
from server.services.people.suspensions import give_up_places_of_all
from server.store.database import reading, writing
from server.store.tables import ChangeRow, ReplicaMarkRow, ReservationHistoryRow, ReservationRow, SuspensionRow
from tests.server.studio import SIX_PM, Studio, after, open_studio

S = ReservationStatus
NOBODY_CAME = Cause(by=Method.AUTO, because="nobody came")


@pytest.fixture
def studio(database: Database) -> Studio:
    return open_studio()


@pytest.fixture
def places(studio: Studio) -> list[str]:
    """Three places of three members in one session."""
    session = studio.session()
    members = [studio.member(name) for name in ("Alice", "Bea", "Cem")]
    return sorted(studio.reservation(member, session, studio.punch_pass(member, 8)) for member in members)


def rows(ids: list[str]) -> list[ReservationRow]:
    return list(ReservationRow.select().where(ReservationRow.id.in_(ids)).order_by(ReservationRow.id))


def steps(reservation: str) -> list[tuple[object, ...]]:
    """A reservation's history, but for the ids."""
    with reading():
        found = ReservationHistoryRow.select().where(ReservationHistoryRow.reservation == reservation)
        return [
            (
                row.step,
                row.action,
                row.from_status,
                row.to_status,
                row.by,
                row.staff_id,
                row.cause,
                row.at,
                row.metadata,
            )
            for row in found.order_by(ReservationHistoryRow.step)
        ]


def test_many_moves_are_written_as_one_move_is(places: list[str]) -> None:
    alone, *together = places
    with writing():
        history.move(rows([alone])[0], S.NO_SHOW, after(180), NOBODY_CAME)
    with writing():
        moved = rows(together)
        history.move_many(moved, S.NO_SHOW, after(180), NOBODY_CAME, has_hold=False, is_unconfirmed=True)
        assert [row.status for row in moved] == ["NO_SHOW", "NO_SHOW"]
    assert steps(together[0]) == steps(together[1]) == steps(alone)
    with reading():
        assert [(row.status, row.has_hold, row.is_unconfirmed) for row in rows(places)] == [
            ("NO_SHOW", True, False),
            ("NO_SHOW", False, True),
            ("NO_SHOW", False, True),
        ]


def test_the_steps_of_each_go_on_counting(places: list[str]) -> None:
    with writing():
        history.note(rows(places)[1], "HELD", SIX_PM, NOBODY_CAME)
    with writing():
        history.move_many(rows(places), S.NO_SHOW, after(180), NOBODY_CAME, action="MISSED")
    assert [steps(place)[-1][:4] for place in places] == [
        (2, "MISSED", "PENDING", "NO_SHOW"),
        (3, "MISSED", "PENDING", "NO_SHOW"),
        (2, "MISSED", "PENDING", "NO_SHOW"),
    ]


def test_a_step_that_is_not_allowed_is_taken_by_none(places: list[str]) -> None:
    with writing():
        history.move(rows(places)[2], S.CANCELLED, SIX_PM, NOBODY_CAME)
    before = [steps(place) for place in places]
    for ids, to in ((places, S.NO_SHOW), (places[:2], S.ATTENDED), (places[:2], S.PENDING)):
        with pytest.raises(Conflict) as refused, writing():
            history.move_many(rows(ids), to, after(180), NOBODY_CAME)
        assert refused.value.code == "reservation.step_not_allowed"
    assert [steps(place) for place in places] == before
    with reading():
        assert [row.status for row in rows(places)] == ["PENDING", "PENDING", "CANCELLED"]


def test_nothing_to_move_is_no_step(places: list[str]) -> None:
    with writing():
        history.move_many([], S.NO_SHOW, after(180), NOBODY_CAME)
    assert [len(steps(place)) for place in places] == [1, 1, 1]


def versions() -> dict[str, int]:
    with reading():
        return {row.subject_id: row.version for row in ChangeRow.select().where(ChangeRow.kind == "member")}


def test_members_touched_together_have_a_version_each(studio: Studio) -> None:
    alice, bea, cem = (studio.member(name) for name in ("Alice", "Bea", "Cem"))
    with writing():
        touch_member(studio.organization, cem)
    with writing():
        touch_members(studio.organization, [bea, alice, bea])
    found = versions()
    assert found[cem] == 1
    assert {found[alice], found[bea]} == {2, 3}
    with reading():
        assert version_of(studio.organization) == 3
        assert [row.version for row in ReplicaMarkRow.select().order_by(ReplicaMarkRow.version)] == [1, 3]
    with writing():
        touch_members(studio.organization, [alice, cem])
    found = versions()
    assert found[bea] in (2, 3)
    assert {found[alice], found[cem]} == {4, 5}


def test_the_same_members_touched_twice_in_one_act_change_once(studio: Studio) -> None:
    alice, bea = studio.member(), studio.member("Bea")
    with writing():
        touch_members(studio.organization, [alice, bea])
        touch_members(studio.organization, [bea, alice])
    assert set(versions().values()) == {1, 2}


def test_members_and_sessions_touched_in_one_act_have_one_mark(studio: Studio) -> None:
    alice, session = studio.member(), studio.session()
    with writing():
        touch_sessions(studio.organization, [session])
        touch_member(studio.organization, alice)
        touch_session(studio.organization, session)
    with reading():
        found = ChangeRow.select(ChangeRow.subject_id).where(ChangeRow.version > 0)
        assert {row.subject_id for row in found} == {alice, session}
        assert version_of(studio.organization) == 2
        assert [row.version for row in ReplicaMarkRow.select()] == [2]


def test_each_gives_up_what_lies_in_its_own_suspension(studio: Studio) -> None:
    sessions = [studio.session(SIX_PM + timedelta(days=days)) for days in (1, 8, 15)]
    suspended, places = [], {}
    with writing():
        for name, days in (("Alice", 7), ("Bea", 14)):
            member = studio.member(name)
            suspended.append(
                SuspensionRow.create(
                    id=f"of {name}",
                    organization=studio.organization,
                    member=member,
                    starts_at=SIX_PM,
                    ends_at=SIX_PM + timedelta(days=days),
                    made_at=SIX_PM,
                )
            )
            pass_ = studio.punch_pass(member)
            places[name] = [studio.reservation(member, session, pass_) for session in sessions]
        assert give_up_places_of_all(suspended, SIX_PM, NOBODY_CAME) == 3
        found = {
            name: [
                (row.status, row.has_hold, row.cancelled_by_suspension_id, row.cancelled_because) for row in rows(ids)
            ]
            for name, ids in places.items()
        }
    stands = ("PENDING", True, None, "")
    gone = {name: ("AUTO_CANCELLED", False, f"of {name}", "nobody came") for name in places}
    assert sorted(found["Alice"]) == sorted([gone["Alice"], stands, stands])
    assert sorted(found["Bea"]) == sorted([gone["Bea"], gone["Bea"], stands])


def test_nobody_touched_is_no_version(studio: Studio) -> None:
    with writing():
        touch_members(studio.organization, [])
    with reading():
        assert version_of(studio.organization) == 0
    assert versions() == {}


def test_an_act_that_is_taken_back_gives_no_version(studio: Studio) -> None:
    alice = studio.member()
    with pytest.raises(RuntimeError, match="the lights go out"), writing():
        touch_members(studio.organization, [alice])
        raise RuntimeError("the lights go out")
    assert versions() == {}


def test_another_organization_counts_for_itself(studio: Studio) -> None:
    anvil = open_studio("Anvil")
    with writing():
        touch_members(studio.organization, [studio.member(), studio.member("Bea")])
    with writing():
        touch_members(anvil.organization, [anvil.member()])
    with reading():
        assert (version_of(studio.organization), version_of(anvil.organization)) == (2, 1)
