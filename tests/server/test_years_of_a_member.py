"""Whoever came a thousand times is answered like anybody: what is long over is passed over in an index."""

from peewee import Database

from server.services.door.gathering import gather
from server.services.door.welcoming import visit_already_there
from server.store.database import reading, writing
from server.store.tables import MemberRow
from tests.server.query_plans import indexes_of
from tests.server.studio import SIX_PM, open_studio


def test_what_a_member_ever_came_to_is_passed_over_without_a_look_at_it(sqlite_database: Database) -> None:
    studio = open_studio()
    alice, session = studio.member(), studio.session()
    with reading():
        row = MemberRow.get_by_id(alice)

    def ask() -> None:
        with writing():
            gather([row], SIX_PM)
            visit_already_there(alice, session, "W:unknown")

    used = indexes_of(sqlite_database, ask)
    assert {"visits_member_id_session_id_is_live", "reservations_member_id_session_id_status"} <= used
    assert "sessions_of_courses" in used and "visits_session_id" not in used
