"""The marks of old member lists go, and no kiosk that is in use notices."""

from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.protocol import ReplicaPart
from server.errands import house_errands
from server.services.door.changes import touch_member
from server.services.door.kiosks import KnownKiosk
from server.services.fleet import marks
from server.services.fleet.marks import forget_old_marks
from server.services.fleet.replica import replica_since
from server.store.database import reading, writing
from server.store.tables import DeviceRow, OrganizationRow, ReplicaMarkRow
from tests.server.door_stories import kiosk_of
from tests.server.studio import SIX_PM, Studio, open_studio

DAY = timedelta(days=1)


def changes(studio: Studio, member: str, count: int) -> None:
    for _ in range(count):
        with writing():
            touch_member(studio.organization, member)


def fetched(kiosk: KnownKiosk, since: ReplicaPart | None = None, at: datetime = SIX_PM) -> ReplicaPart:
    return replica_since(kiosk, since.version if since else 0, at, mark=since.mark if since else "")


def says(kiosk: KnownKiosk, part: ReplicaPart, at: datetime = SIX_PM, **more: object) -> None:
    with writing():
        heard = {"replica_version": part.version, "last_heard_at": at, **more}
        DeviceRow.update(heard).where(DeviceRow.id == kiosk.id).execute()


def versions(studio: Studio) -> list[int]:
    with reading():
        mine = ReplicaMarkRow.select().where(ReplicaMarkRow.organization == studio.organization)
        return [row.version for row in mine.order_by(ReplicaMarkRow.version)]


def test_a_mark_stays_as_long_as_a_kiosk_in_use_may_show_it(database: Database) -> None:
    studio, barn = open_studio(), open_studio("Barn")
    alice = studio.member()
    changes(barn, barn.member("Bob"), 3)
    door, yard, shed = (kiosk_of(studio, name).known for name in ("Door", "Yard", "Shed"))
    changes(studio, alice, 2)
    old = fetched(shed)
    changes(studio, alice, 2)
    behind = fetched(yard)
    changes(studio, alice, 2)
    newest = fetched(door)
    assert versions(studio) == [1, 2, 3, 4, 5, 6] and versions(barn) == [1, 2, 3]
    says(door, newest)
    says(yard, behind)
    says(shed, old, SIX_PM - 60 * DAY)
    [errand] = [one for one in house_errands() if one.name == "old-marks"]
    assert errand.run(SIX_PM) == "5 marks of old member lists forgotten"
    assert versions(studio) == [4, 5, 6] and versions(barn) == [3], "where there is no kiosk, the newest stays"
    assert errand.run(SIX_PM) == ""

    for kiosk, known in ((door, newest), (yard, behind)):
        part = fetched(kiosk, known)
        assert not part.is_anew and part.version == 6
    assert [one.member_id for one in fetched(yard, behind).members] == [alice]
    again = fetched(shed, old)
    assert again.is_anew and again.is_complete and not fetched(shed, again).is_anew


@pytest.mark.parametrize("gone", ["revoked_at", "retired_at"])
def test_a_kiosk_that_is_gone_shows_none_any_more(sqlite_database: Database, gone: str) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio).known
    changes(studio, studio.member(), 2)
    known = fetched(kiosk)
    changes(studio, studio.member(), 2)
    says(kiosk, known)
    assert forget_old_marks(SIX_PM) == 1 and versions(studio) == [2, 3, 4]
    says(kiosk, known, **{gone: SIX_PM})
    assert forget_old_marks(SIX_PM) == 2 and versions(studio) == [4]


def test_a_kiosk_without_a_list_and_one_of_a_time_put_back_count_for_nothing(database: Database) -> None:
    studio = open_studio()
    kiosk, new = kiosk_of(studio).known, kiosk_of(studio, "New").known
    changes(studio, studio.member(), 3)
    part = fetched(kiosk)
    says(new, part, replica_version=0)
    says(kiosk, part, replica_version=900)
    assert forget_old_marks(SIX_PM) == 2 and versions(studio) == [3]
    assert fetched(kiosk, part).mark == part.mark != ""


def test_many_go_a_few_at_a_time(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (marks.AT_ONCE, marks.MOST_AT_ONCE) == (2000, 50)
    monkeypatch.setattr(marks, "AT_ONCE", 2)
    monkeypatch.setattr(marks, "MOST_AT_ONCE", 2)
    studio = open_studio()
    changes(studio, studio.member(), 8)
    assert [forget_old_marks(SIX_PM) for _ in range(3)] == [4, 3, 0] and versions(studio) == [8]
    with reading():
        assert OrganizationRow.get().replica_version == 8
