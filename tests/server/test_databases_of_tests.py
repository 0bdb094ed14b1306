"""A test finds its PostgreSQL as it was migrated, whatever the test before wrote there and left open."""

import psycopg
import pytest

from server.store.database import reading
from server.store.tables import TABLES, DeviceRow, MemberRow, OrganizationRow
from tests.databases import OwnPostgresql, emptied_postgresql
from tests.server.studio import open_studio


@pytest.mark.parametrize("too_much", [0, 10**12], ids=["made new", "deleted"])
def test_what_one_test_wrote_and_left_open_no_other_finds(own_postgresql: OwnPostgresql, too_much: int) -> None:
    with emptied_postgresql(own_postgresql):
        studio = open_studio()
        studio.kiosk()
        studio.punch_pass(studio.member())
        hanging = psycopg.connect(own_postgresql.url)
        hanging.execute(f"LOCK TABLE {MemberRow._meta.table_name} IN ACCESS EXCLUSIVE MODE")
        with reading():
            assert OrganizationRow.select().count() == DeviceRow.select().count() == 1
    own_postgresql.empty(too_much)
    with pytest.raises(psycopg.OperationalError):
        hanging.execute("SELECT 1")
    with emptied_postgresql(own_postgresql) as database, reading():
        assert not [table.__name__ for table in TABLES if table.select().exists()]
        [(migrated,)] = database.execute_sql("SELECT count(*) FROM migrations").fetchall()
        assert migrated > 0
