"""What QuickContext writes is what peewee's own context writes, letter by letter."""

import pytest
from peewee import JOIN, Context, Database, PostgresqlDatabase, Query, fn
from playhouse.apsw_ext import APSWDatabase

from server.store.statements import QuickContext
from server.store.tables import TABLES, CardRow, MemberRow, PassRow, ReservationRow, Row, SessionRow, VisitRow

OTHER = MemberRow.alias()
SOME = PassRow.select(PassRow.id).where(PassRow.member_id == "m")
QUERIES: dict[str, Query] = {
    "two tables": ReservationRow.select(ReservationRow, SessionRow).join(SessionRow).where(SessionRow.id == "s"),
    "some columns in order": SessionRow.select(SessionRow.id, SessionRow.starts_at).order_by(
        SessionRow.starts_at.desc()
    ),
    "a name given to a table": OTHER.select(OTHER.id).join(CardRow, JOIN.LEFT_OUTER, on=CardRow.member_id == OTHER.id),
    "a name given to a column": MemberRow.select(MemberRow.id.alias("who")),
    "a question in a question": PassRow.select().where(PassRow.id.in_(SOME) | PassRow.member_id.is_null()),
    "counted": VisitRow.select(VisitRow.session_id, fn.COUNT(VisitRow.id)).group_by(VisitRow.session_id),
    "united": PassRow.select(PassRow.id) | CardRow.select(CardRow.id),
    "inserted": CardRow.insert(id="c", member_id="m"),
    "inserted or changed": CardRow.insert(id="c").on_conflict(
        conflict_target=[CardRow.id], update={CardRow.member_id: "n"}, where=(CardRow.member_id != "n")
    ),
    "changed": PassRow.update({PassRow.member_id: "m"}).where(PassRow.id == "p"),
    "deleted": PassRow.delete().where(PassRow.id.not_in(["p", "q"])),
}


DATABASES: tuple[Database, ...] = (APSWDatabase(None), PostgresqlDatabase(None))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("database", DATABASES)
def test_every_tables_rows_are_asked_for_as_peewee_asks(database: Database, table: type[Row]) -> None:
    assert written(QuickContext, database, table.select()) == written(Context, database, table.select())


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("database", DATABASES)
def test_a_query_is_written_as_peewee_writes_it(database: Database, name: str) -> None:
    assert written(QuickContext, database, QUERIES[name]) == written(Context, database, QUERIES[name])


def written(kind: type[Context], database: Database, query: Query) -> tuple[str, list[object]]:
    text, values = kind(**database.get_context_options()).sql(query).query()
    return text, values
