"""Rows written many at once are as peewee would have written them one by one; and the night finds all, in its order."""

from datetime import timedelta

import pytest
from peewee import Database, IntegrityError

from core.model import ReservationStatus
from core.policy import Policy
from server.services.night.expected import Place, chunks, locked
from server.services.night.no_shows import PENDING, judge_absences
from server.services.night.work import NightWork
from server.store.database import reading, writing
from server.store.ids import new_id, new_ids
from server.store.many import among, found_by, insert_all, put_all, set_each
from server.store.tables import ChangeRow, EventRow, MemberRow, NoShowRow, ReservationRow, SuspensionRow
from tests.server.studio import SIX_PM, Studio, after, ms, open_studio

NIGHT = SIX_PM + timedelta(hours=7)
A_DAY = timedelta(days=1)


@pytest.fixture
def studio(database: Database) -> Studio:
    return open_studio()


def test_many_rows_hold_what_one_by_one_they_would(studio: Studio) -> None:
    alice, bea = studio.member(), studio.member("Bea")
    until = {alice: NIGHT, bea: NIGHT + A_DAY}
    with writing():
        alone = SuspensionRow.create(
            id=new_id(NIGHT), organization=studio.organization, member=alice, starts_at=SIX_PM, ends_at=NIGHT,
            because="missed", made_at=SIX_PM,
        )  # fmt: skip
        ids = new_ids(NIGHT, 2)
        insert_all(
            SuspensionRow,
            {
                SuspensionRow.organization: studio.organization,
                SuspensionRow.starts_at: SIX_PM,
                SuspensionRow.because: "missed",
                SuspensionRow.made_at: SIX_PM,
            },
            (SuspensionRow.id, SuspensionRow.member, SuspensionRow.ends_at),
            [(id_, member, ends_at) for id_, (member, ends_at) in zip(ids, until.items(), strict=True)],
        )
        insert_all(SuspensionRow, {}, (SuspensionRow.id,), [])
        rows = {row.id: row for row in SuspensionRow.select()}
        fields = [field.name for field in SuspensionRow._meta.sorted_fields if field.name != "id"]
        first, second = (rows[id_].__data__ for id_ in ids)
        assert [first[name] for name in fields] == [rows[alone.id].__data__[name] for name in fields]
        assert (second["member"], second["ends_at"], second["lifted_because"]) == (bea, NIGHT + A_DAY, "")
        set_each(SuspensionRow.lifted_at, {ids[0]: SIX_PM, ids[1]: NIGHT})
        found = SuspensionRow.select(SuspensionRow.lifted_at).order_by(SuspensionRow.lifted_at)
        assert [row.lifted_at for row in found.where(among(SuspensionRow.id, ids))] == [SIX_PM, NIGHT]
        assert found_by(found.where(among(SuspensionRow.id, ids))) == [(ms(SIX_PM),), (ms(NIGHT),)]
        assert found_by(found.where(among(SuspensionRow.id, []))) == []


def test_where_a_row_is_there_it_takes_the_new_values(studio: Studio) -> None:
    fields = (ChangeRow.kind, ChangeRow.subject_id, ChangeRow.version)
    with writing():
        put_all(
            ChangeRow, {ChangeRow.organization: studio.organization}, fields, [("member", "a", 1), ("session", "a", 2)]
        )
        put_all(
            ChangeRow, {ChangeRow.organization: studio.organization}, fields, [("member", "b", 4), ("member", "a", 3)]
        )
        versions = ChangeRow.select(ChangeRow.kind, ChangeRow.subject_id, ChangeRow.version).order_by(ChangeRow.version)
        assert found_by(versions) == [("session", "a", 2), ("member", "a", 3), ("member", "b", 4)]


def test_a_row_that_points_to_nothing_is_refused_and_none_is_written(studio: Studio) -> None:
    alice = studio.member()
    with pytest.raises(IntegrityError), writing():
        insert_all(
            EventRow,
            {EventRow.organization: studio.organization, EventRow.kind: "x", EventRow.happened_at: NIGHT,
             EventRow.noted_at: NIGHT},
            (EventRow.id, EventRow.member),
            [("one", alice), ("two", "nobody")],
        )  # fmt: skip
    with reading():
        assert EventRow.select().count() == 0


def test_the_night_finds_every_place_once_however_few_it_reads_at_a_time(studio: Studio) -> None:
    """And a member's earlier session first, since what a first absence costs may be another than the second's."""
    members = [studio.member(name) for name in ("Alice", "Bea", "Cem")]
    passes = {member: studio.unlimited(member) for member in members}
    sessions = [studio.session(SIX_PM - timedelta(hours=9 - 2 * number)) for number in (2, 0, 1)]
    studio.reservation(members[0], studio.session(NIGHT + A_DAY), passes[members[0]])
    places = {
        studio.reservation(member, session, passes[member]): (member, number)
        for member in members
        for session, number in zip(sessions, (2, 0, 1), strict=True)
    }
    work = NightWork(organization_id=studio.organization, venue_id=studio.venue, policy=Policy(), as_of=NIGHT)
    for read_at_once in (1, 2, 3, 4, 9, 50):
        found = [id_ for chunk in chunks(work, PENDING, read_at_once=read_at_once) for id_ in chunk]
        assert [places[id_] for id_ in found] == [(member, number) for member in sorted(members) for number in range(3)]
    with writing():
        seen: list[Place] = locked(list(places), ReservationStatus.PENDING)
        assert {place.id for place in seen} == set(places)
        assert [place.session.ends_at for place in seen] == sorted(place.session.ends_at for place in seen)
        assert not locked(list(places), ReservationStatus.CHECKED_IN)


def test_only_a_members_first_absence_is_free_though_a_night_brings_many(studio: Studio) -> None:
    """A server that slept for days judges a member's absences in the order of their sessions."""
    alice, bea = studio.member(), studio.member("Bea")
    earliest = {}
    for member in (alice, bea):
        pass_ = studio.punch_pass(member)
        late, early = studio.session(SIX_PM), studio.session(SIX_PM - A_DAY)
        studio.reservation(member, late, pass_)
        earliest[member] = studio.reservation(member, early, pass_)
    policy = Policy(is_first_free=True, no_show_takes_punch=True)
    work = NightWork(organization_id=studio.organization, venue_id=studio.venue, policy=policy, as_of=NIGHT)
    assert judge_absences(work).missed == 4
    with reading():
        noted = {row.reservation_id: (row.is_counted, row.took_punch) for row in NoShowRow.select()}
        assert [noted.pop(place) for place in earliest.values()] == [(False, False)] * 2
        assert list(noted.values()) == [(True, True)] * 2
        assert ReservationRow.select().where(ReservationRow.has_hold).count() == 0
        assert MemberRow.select().count() == 2


def test_ids_of_one_moment_lie_in_a_row() -> None:
    ids = new_ids(after(1), 3)
    assert ids == sorted(ids)
    assert [int(id_.replace("-", "")[-6:], 16) - int(ids[0].replace("-", "")[-6:], 16) for id_ in ids] == [0, 1, 2]
    assert new_ids(after(1), 1) != ids[:1]
    assert new_id(after(0)) < ids[0] < ids[-1] < new_id(after(2))
