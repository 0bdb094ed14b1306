"""What the night's four jobs make of a studio, written by hand as set-based SQL: each job one transaction.

It makes the same rows for this one studio and asks nothing else: no second venue, version, feature or silent kiosk, and
nobody at the door meanwhile.
"""

from collections.abc import Iterator
from datetime import datetime

from core import clocktime
from server.store.database import is_postgresql, proxy, writing
from tests.bench.night_rows import A_DAY, LENGTH, Evening

ABSENT = "a session on this pass was missed, and the time to explain has run out"


def no_shows(evening: Evening, at: datetime) -> None:
    came = f"r.status = 'CHECKED_IN' AND s.cancelled_at IS NULL AND s.ends_at <= {_ms(at)}"
    missed = f"r.status = 'PENDING' AND s.cancelled_at IS NULL AND s.ends_at <= {_ms(at - LENGTH)}"
    late = f"r.status = 'CANCELLED' AND r.has_hold AND s.ends_at <= {_ms(at - LENGTH)}"
    step = _Step(evening, at)
    with writing():
        _run(
            _of(evening, "came", came),
            *step.history("came", "ATTENDED", "CHECKED_IN", "ATTENDED", "the session is over"),
            "UPDATE reservations SET status = 'ATTENDED' WHERE id IN (SELECT id FROM came)",
            *step.touched("member", "SELECT DISTINCT member_id AS subject FROM came"),
            _of(evening, "missed", missed),
            *step.history("missed", "NO_SHOW", "PENDING", "NO_SHOW", "nobody came"),
            "INSERT INTO no_shows (id, organization_id, member_id, session_id, reservation_id, noted_at, is_counted,"
            " is_unconfirmed, took_punch, amnesty_because, reversed_because, policy_version)"
            f" SELECT {step.id('missed')}, organization_id, member_id, session_id, id, {_ms(at)}, {_TRUE()},"
            f" {_FALSE()}, type = 'PUNCH_PASS', '', '', 0 FROM missed",
            "INSERT INTO punches (id, organization_id, pass_id, delta, kind, key, because, at)"
            f" SELECT {step.id('punch')}, organization_id, pass_id, -1, 'PENALTY', 'no-show:' || {step.id('missed')},"
            f" 'nobody came', {_ms(at)} FROM missed WHERE type = 'PUNCH_PASS'",
            *step.events("missed", "reservation.no_show", "NO_SHOW", "nobody came"),
            f"UPDATE reservations SET status = 'NO_SHOW', has_hold = {_FALSE()}, is_unconfirmed = {_FALSE()}"
            " WHERE id IN (SELECT id FROM missed)",
            *step.touched("member", "SELECT DISTINCT member_id AS subject FROM missed"),
            _of(evening, "late", late),
            *step.history("late", "HOLD_RELEASED", "CANCELLED", "CANCELLED", _GONE_BY),
            f"UPDATE reservations SET has_hold = {_FALSE()} WHERE id IN (SELECT id FROM late)",
            *step.touched("member", "SELECT DISTINCT member_id AS subject FROM late"),
        )


_GONE_BY = "the session is over and nobody came on it"


def auto_cancel(evening: Evening, at: datetime) -> None:
    grace_ends = "missed_in.ends_at + p.absence_grace_minutes * 60000"
    step = _Step(evening, at)
    with writing():
        _run(
            "CREATE TEMP TABLE lost AS SELECT *, row_number() OVER (ORDER BY member_id, id) AS n FROM ("
            "SELECT r.id, r.organization_id, r.member_id, r.session_id, a.id AS no_show_id,"
            " row_number() OVER (PARTITION BY r.id ORDER BY missed_in.ends_at, a.id) AS place"
            " FROM no_shows a JOIN reservations m ON m.id = a.reservation_id JOIN passes p ON p.id = m.pass_id"
            " JOIN sessions missed_in ON missed_in.id = a.session_id"
            " JOIN reservations r ON r.pass_id = m.pass_id JOIN sessions s ON s.id = r.session_id"
            f" WHERE a.reversed_at IS NULL AND a.is_counted AND NOT a.is_unconfirmed AND a.amnesty_because = ''"
            f" AND missed_in.venue_id = '{evening.studio.venue}' AND r.status = 'PENDING' AND s.starts_at > {_ms(at)}"
            f" AND coalesce(r.restored_at, r.made_at) < {grace_ends} AND {grace_ends} <= {_ms(at)}"
            ") AS taken WHERE place = 1",
            *step.given_up("lost", "AUTO_CANCELLED", ABSENT, "no_show_id", "cancelled_by_no_show"),
        )


def suspend(evening: Evening, at: datetime) -> None:
    step = _Step(evening, at)
    with writing():
        _run(
            "CREATE TEMP TABLE struck AS SELECT *, row_number() OVER (ORDER BY member_id) AS n FROM ("
            "SELECT a.organization_id, a.member_id, a.id AS no_show_id,"
            " row_number() OVER (PARTITION BY a.member_id ORDER BY s.ends_at DESC, a.id DESC) AS place,"
            " count(*) OVER (PARTITION BY a.member_id) AS strikes"
            " FROM sessions s JOIN no_shows a ON a.session_id = s.id"
            f" WHERE s.venue_id = '{evening.studio.venue}' AND s.ends_at > {_ms(at - 30 * A_DAY)}"
            f" AND s.ends_at <= {_ms(at)} AND a.reversed_at IS NULL AND a.is_counted AND NOT a.is_unconfirmed"
            " AND a.amnesty_because = '') AS counted WHERE place = 1 AND strikes >= 3",
            "INSERT INTO suspensions (id, organization_id, member_id, starts_at, ends_at, because, no_show_id, made_at,"
            " lifted_because, policy_version)"
            f" SELECT {step.id('struck')}, organization_id, member_id, {_ms(at)}, {_ms(at + 14 * A_DAY)},"
            f" strikes || ' missed sessions within 30 days', no_show_id, {_ms(at)}, '', 0 FROM struck",
            *step.told_of_suspensions(f"id IN (SELECT {step.id('struck')} FROM struck)", "suspended", "because"),
            "CREATE TEMP TABLE gone AS SELECT r.id, r.organization_id, r.member_id, r.session_id,"
            f" row_number() OVER (ORDER BY r.member_id, r.id) AS n, {step.id('struck')} AS suspension_id,"
            " strikes || ' missed sessions within 30 days' AS because"
            " FROM struck JOIN (SELECT * FROM reservations WHERE member_id IN (SELECT member_id FROM struck)) AS r"
            " ON r.member_id = struck.member_id JOIN sessions s ON s.id = r.session_id"
            f" WHERE r.status = 'PENDING' AND s.starts_at >= {_ms(at)} AND s.starts_at < {_ms(at + 14 * A_DAY)}",
            *step.given_up("gone", "SUSPENDED", None, "suspension_id", "cancelled_by_suspension_id"),
            *step.touched("member", "SELECT member_id AS subject FROM struck"),
        )


def lift(evening: Evening, at: datetime) -> None:
    step = _Step(evening, at)
    with writing():
        _run(
            "CREATE TEMP TABLE served AS SELECT id, organization_id, member_id, row_number() OVER (ORDER BY id) AS n"
            f" FROM suspensions WHERE lifted_at IS NULL AND ends_at <= {_ms(at)}",
            "UPDATE suspensions SET lifted_at = ends_at, lifted_because = 'served' WHERE id IN (SELECT id FROM served)",
            *step.told_of_suspensions("id IN (SELECT id FROM served)", "reinstated", "lifted_because"),
            *step.touched("member", "SELECT DISTINCT member_id AS subject FROM served"),
        )


def _of(evening: Evening, name: str, which: str) -> str:
    """A table of the places of which something is so, numbered."""
    return (
        f"CREATE TEMP TABLE {name} AS SELECT r.id, r.organization_id, r.member_id, r.session_id, r.pass_id, p.type,"
        " row_number() OVER (ORDER BY r.member_id, r.id) AS n FROM reservations r"
        " JOIN sessions s ON s.id = r.session_id JOIN passes p ON p.id = r.pass_id"
        f" WHERE {which} AND s.venue_id = '{evening.studio.venue}'"
    )


class _Step:
    """Statements that several of the jobs need."""

    def __init__(self, evening: Evening, at: datetime) -> None:
        self._evening, self._at, self._touched = evening, _ms(at), 0

    def id(self, what: str) -> str:
        """Ids in a row, the cheapest there are."""
        number = "lpad(n::text, 12, '0')" if is_postgresql() else "printf('%012d', n)"
        return f"'{self._at:012x}-{what}-' || {number}"

    def history(self, name: str, action: str, before: str, after: str, because: str | None) -> Iterator[str]:
        cause = "because" if because is None else f"'{because}'"
        yield (
            "INSERT INTO reservation_history (id, organization_id, reservation_id, step, action, from_status,"
            f" to_status, by, cause, at, metadata) SELECT {self.id(name)}, organization_id, id, 1 + (SELECT count(*)"
            f" FROM reservation_history h WHERE h.reservation_id = {name}.id), '{action}', '{before}', '{after}',"
            f" 'AUTO', {cause}, {self._at}, {self._metadata(name)} FROM {name}"
        )

    def _metadata(self, name: str) -> str:
        return """'{"no_show_id": "' || no_show_id || '"}'""" if name == "lost" else "'{}'"

    def events(self, name: str, kind: str, action: str, because: str | None) -> Iterator[str]:
        cause = "' || because || '" if because is None else because
        besides = """, "no_show_id": "' || no_show_id || '\"""" if name == "lost" else ""
        data = f"""'{{"action": "{action}", "because": "{cause}", "by": "AUTO"{besides}}}'"""
        yield (
            "INSERT INTO events (id, organization_id, kind, member_id, session_id, reservation_id, subject, data,"
            f" happened_at, noted_at) SELECT {self.id(name)}, organization_id, '{kind}', member_id, session_id, id, '',"
            f" {data}, {self._at}, {self._at} FROM {name}"
        )

    def given_up(self, name: str, action: str, because: str | None, by: str, column: str) -> Iterator[str]:
        """Places that something takes away: `by` says what, and is kept in `column`."""
        cause = "because" if because is None else f"'{because}'"
        yield from self.history(name, action, "PENDING", "AUTO_CANCELLED", because)
        yield from self.events(name, "reservation.auto_cancelled", action, because)
        yield (
            f"UPDATE reservations SET status = 'AUTO_CANCELLED', has_hold = {_FALSE()}, cancelled_at = {self._at},"
            f" cancelled_because = {cause}, {column} = {by} FROM {name} WHERE reservations.id = {name}.id"
        )
        yield from self.touched("session", f"SELECT DISTINCT session_id AS subject FROM {name}")
        yield from self.touched("member", f"SELECT DISTINCT member_id AS subject FROM {name}")

    def told_of_suspensions(self, which: str, kind: str, because: str) -> Iterator[str]:
        numbered = f"SELECT *, row_number() OVER (ORDER BY id) AS n FROM suspensions WHERE {which}"
        data = (
            f"""'{{"because": "' || {because} || '", "ends_at": ' || ends_at || ', "no_show_id": "' || no_show_id ||"""
            """ '", "starts_at": ' || starts_at || '}'"""
        )
        yield (
            "INSERT INTO events (id, organization_id, kind, member_id, subject, data, happened_at, noted_at)"
            f" SELECT {self.id(kind)}, organization_id, 'member.{kind}', member_id, id, {data}, {self._at}, {self._at}"
            f" FROM ({numbered}) AS told"
        )

    def touched(self, kind: str, subjects: str) -> Iterator[str]:
        self._touched += 1
        table, organization = f"touched_{self._touched}", self._evening.studio.organization
        ours = f"WHERE id = '{organization}'"
        yield (
            f"CREATE TEMP TABLE {table} AS SELECT subject, row_number() OVER (ORDER BY subject) AS n"
            f" FROM ({subjects}) AS found"
        )
        yield (
            "INSERT INTO changes (organization_id, kind, subject_id, version)"
            f" SELECT '{organization}', '{kind}', subject, (SELECT replica_version FROM organizations {ours}) + n"
            f" FROM {table} WHERE true ON CONFLICT (organization_id, kind, subject_id)"
            " DO UPDATE SET version = EXCLUDED.version"
        )
        yield (
            "UPDATE organizations SET replica_version = replica_version"
            f" + (SELECT count(*) FROM {table}) {ours} AND EXISTS (SELECT 1 FROM {table})"
        )
        yield (
            "INSERT INTO replica_marks (organization_id, version, mark)"
            f" SELECT id, replica_version, 'mark' FROM organizations {ours} AND EXISTS (SELECT 1 FROM {table})"
        )


def _run(*statements: str) -> None:
    for statement in statements:
        proxy.obj.execute_sql(statement)
    for statement in statements:
        if statement.startswith("CREATE TEMP TABLE "):
            proxy.obj.execute_sql(f"DROP TABLE {statement.split()[3]}")


def _ms(instant: datetime) -> int:
    return clocktime.to_ms(instant)


def _TRUE() -> str:
    return "true" if is_postgresql() else "1"


def _FALSE() -> str:
    return "false" if is_postgresql() else "0"
