"""What QuickContext writes is what peewee's own context writes, letter by letter."""

import pytest
from peewee import JOIN, Case, Context, Database, PostgresqlDatabase, Query, fn
from playhouse.apsw_ext import APSWDatabase

from server.store.statements import QuickContext
from server.store.tables import TABLES, CardRow, MemberRow, PassRow, ReservationRow, Row, SessionRow, VisitRow
from tests.server.studio import A_YEAR_AGO

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
    "one of": PassRow.select().where(PassRow.id.in_(("p",)), PassRow.member.in_(frozenset({"m", "n"}))),
    "one of none": PassRow.select().where(PassRow.id.in_([])),
    "one of what is asked or named": PassRow.select().where(PassRow.id.in_([PassRow.member, "p"])),
    "at an instant": SessionRow.select().where((SessionRow.starts_at <= A_YEAR_AGO) & (SessionRow.ends_at == 0)),
    "nothing there": PassRow.select().where((PassRow.member == None) | (PassRow.plan != None)),  # noqa: E711
    "not so": PassRow.select().where(~(PassRow.member == "m"), ~((PassRow.id == "p") | (PassRow.id == "q"))),
    "columns beside columns": SessionRow.select().where(SessionRow.starts_at < SessionRow.ends_at),
    "reckoned": SessionRow.select((SessionRow.ends_at - SessionRow.starts_at).alias("ms")).where(
        SessionRow.starts_at + 1 > SessionRow.ends_at - 2
    ),
    "text found": MemberRow.select().where(MemberRow.first_name.contains("a%"), MemberRow.last_name ** "b"),
    "between": SessionRow.select().where(SessionRow.starts_at.between(1, 2)),
    "having": VisitRow.select(VisitRow.session).group_by(VisitRow.session).having(fn.COUNT(VisitRow.id) > 1),
    "chosen by case": MemberRow.select(Case(None, [(MemberRow.id == "m", 1)], 0)),
    "several": CardRow.insert_many([{"id": "c", "member": "m"}, {"id": "d", "member": None}]),
    "from another": CardRow.insert_from(PassRow.select(PassRow.id, PassRow.member), [CardRow.id, CardRow.member]),
    "changed by itself": SessionRow.update({SessionRow.ends_at: SessionRow.ends_at + 1}),
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
