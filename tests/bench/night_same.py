"""What a night left behind, in a form that is the same for whoever made it: but for ids and the order of versions."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from core import clocktime
from server.store.database import is_postgresql, proxy, reading

QUERIES = {
    "reservations": "SELECT id, status, has_hold, cancelled_at, cancelled_because, is_unconfirmed, restored_at,"
    " released_at, checked_in_at, cancelled_by_no_show, cancelled_by_suspension_id FROM reservations",
    "history": "SELECT reservation_id, step, action, from_status, to_status, by, staff_id, cause, at, metadata"
    " FROM reservation_history WHERE at >= {since}",
    "no_shows": "SELECT reservation_id, member_id, session_id, noted_at, is_counted, is_unconfirmed, took_punch,"
    " amnesty_because, reversed_at, policy_version FROM no_shows WHERE noted_at >= {since}",
    "punches": "SELECT pass_id, delta, kind, key, because, at FROM punches WHERE at >= {since}",
    "events": "SELECT kind, member_id, session_id, reservation_id, subject, data, happened_at, noted_at, letters_at,"
    " hooks_at FROM events WHERE noted_at >= {since}",
    "suspensions": "SELECT member_id, starts_at, ends_at, because, no_show_id, made_by_id, made_at, lifted_at,"
    " lifted_because, policy_version FROM suspensions",
    "changed": "SELECT kind, subject_id FROM changes WHERE version > {version}",
    "in all": "SELECT (SELECT count(*) FROM reservation_history), (SELECT count(*) FROM no_shows),"
    " (SELECT count(*) FROM punches), (SELECT count(*) FROM events), (SELECT count(*) FROM changes)",
    "versions given twice": "SELECT version FROM changes GROUP BY organization_id, version HAVING count(*) > 1",
    "versions without a mark": "SELECT c.version FROM changes c JOIN organizations o ON o.id = c.organization_id"
    " WHERE c.version > o.replica_version"
    " OR (c.version > {version} AND c.version > (SELECT max(version) FROM replica_marks))",
}
NAMES = (
    "SELECT id, 'absence of ' || reservation_id FROM no_shows",
    "SELECT id, 'suspension of ' || member_id || starts_at FROM suspensions",
)


def left_behind(since: datetime, version: int) -> dict[str, list[tuple[object, ...]]]:
    """By what it is about. `version`: the organization's before the night. For the bound database."""
    with reading():
        names = dict(row for query in NAMES for row in proxy.obj.execute_sql(query).fetchall())
        return {
            about: sorted(_named(_found(query, since, version), names), key=repr) for about, query in QUERIES.items()
        }


def _found(query: str, since: datetime, version: int) -> Iterator[tuple[object, ...]]:
    text = query.format(since=clocktime.to_ms(since), version=version)
    yield from proxy.obj.execute_sql(text.replace("%", "%%") if is_postgresql() else text).fetchall()


def _named(rows: Iterator[tuple[object, ...]], names: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    """Ids that each side drew for itself, by what they stand for."""
    is_id = re.compile(r"[0-9a-f-]{36}|[0-9a-f]{12}-[a-z]+-[0-9]{12}")

    def named(value: object) -> object:
        if isinstance(value, bool):
            return int(value)
        if not isinstance(value, str) or len(value) < 30:
            return value
        return is_id.sub(lambda found: names.get(found[0], found[0]), value)

    for row in rows:
        yield tuple(named(value) for value in row)
