"""A studio on the evening before a night: a year of places, one in twenty due tonight, one in twenty still ahead.

Of 20 places in a session that is due, 14 were missed, 4 were come to, and 2 cancelled late with a punch set aside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from core import clocktime
from core.model import PassType, ReservationStatus
from server.store.database import writing
from server.store.many import Fields, insert_all
from server.store.rows import Row
from server.store.tables import (
    ChangeRow,
    MemberRow,
    NoShowRow,
    OrganizationRow,
    PassRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    SessionRow,
    SuspensionRow,
)
from tests.server.studio import A_YEAR_AGO, SIX_PM, Studio, open_studio

S = ReservationStatus
NIGHT = SIX_PM + timedelta(hours=7)
"""01:00 at the venue: the first of the night's jobs."""
A_DAY, LENGTH = timedelta(days=1), timedelta(hours=2)
A_WEEK = 7 * 24 * 60
"""In minutes: the grace of one pass in four; the others have none."""
PLACES = 20
"""In a session."""
MISSED, CAME = 14, 18
"""Of a session that is due: the places before this one."""
STRIDE = 7919
"""A prime, so that members who follow one another in a session lie far apart in a table."""
AT_ONCE = 20_000

PLACE = ("id", "member", "session", "pass_", "status", "has_hold", "made_at", "checked_in_at", "is_late_cancel")


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """The studio, and how many places there are in all."""

    studio: Studio
    places: int

    @property
    def members(self) -> int:
        return self.places // 50

    @property
    def due(self) -> int:
        return self.places // 20

    def member(self, number: int) -> str:
        return f"member-{number:08d}"


def furnish(places: int) -> Evening:
    """Written straight into the tables of the bound database; `places` is a multiple of 10,000."""
    evening = Evening(studio=open_studio(), places=places)
    for table, names, rows in _tables(evening):
        fields = tuple(getattr(table, name) for name in names)
        _write(table, evening, fields, rows)
    with writing():
        OrganizationRow.update(replica_version=evening.members).execute()
    return evening


def _write(table: type[Row], evening: Evening, fields: Fields, rows: Iterator[tuple[object, ...]]) -> None:
    organization = {table.organization: evening.studio.organization}  # type: ignore[attr-defined]
    while part := list(islice(rows, AT_ONCE)):
        with writing():
            insert_all(table, organization, fields, part)


def _tables(evening: Evening) -> Iterator[tuple[type[Row], tuple[str, ...], Iterator[tuple[object, ...]]]]:
    members = range(evening.members)
    name = evening.member
    yield (
        MemberRow,
        ("id", "number", "first_name", "last_name", "member_since"),
        ((name(n), f"{n:08d}", "Alice", "Ackerman", "2025-11-21") for n in members),
    )
    yield ChangeRow, ("kind", "subject_id", "version"), (("member", name(n), n + 1) for n in members)
    yield (
        PassRow,
        ("id", "member", "type", "title", "valid_from", "issued_at", "absence_grace_minutes"),
        (
            (f"pass-{n:08d}", name(n), _type(n).value, "Pass", A_YEAR_AGO, A_YEAR_AGO, A_WEEK * (n % 4 == 3))
            for n in members
        ),
    )
    yield (
        PunchRow,
        ("id", "pass_", "delta", "kind", "key", "at"),
        (
            (f"grant-{n:08d}", f"pass-{n:08d}", 100, "GRANT", f"pass:pass-{n:08d}:granted", A_YEAR_AGO)
            for n in members
            if _type(n) is PassType.PUNCH_PASS
        ),
    )
    yield (
        SessionRow,
        ("id", "venue", "class_type", "starts_at", "ends_at", "capacity"),
        (
            (f"session-{n:08d}", evening.studio.venue, evening.studio.wheel, at, at + LENGTH, PLACES)
            for n, at in enumerate(_starts(evening))
        ),
    )
    yield ReservationRow, PLACE, _places(evening)
    yield (
        ReservationHistoryRow,
        ("id", "reservation", "step", "action", "to_status", "by", "at"),
        ((f"begun-{row[0]}", row[0], 1, "CREATED", S.PENDING.value, "SELF", row[6]) for row in _places(evening)),
    )
    yield (
        NoShowRow,
        ("id", "member", "session", "reservation", "noted_at"),
        (
            (f"absence-{row[0]}", row[1], row[2], row[0], row[6])
            for row in _places(evening)
            if row[4] == S.NO_SHOW.value
        ),
    )
    yield (
        SuspensionRow,
        ("id", "member", "starts_at", "ends_at", "because", "no_show_id", "made_at"),
        (
            (
                f"suspension-{n:08d}",
                name(n),
                NIGHT - 15 * A_DAY,
                NIGHT - A_DAY,
                "missed",
                "long-ago",
                NIGHT - 15 * A_DAY,
            )
            for n in range(evening.members * 3 // 4, evening.members * 17 // 20)
        ),
    )


def _type(member: int) -> PassType:
    return PassType.UNLIMITED_SERIES if member % 2 else PassType.PUNCH_PASS


def _starts(evening: Evening) -> Iterator[datetime]:
    """When the sessions start: those long over, those due, those ahead. No two at once."""
    due = evening.due // PLACES
    over = evening.places // PLACES - 2 * due
    yield from (NIGHT - 360 * A_DAY + number * (352 * A_DAY / over) for number in range(over))
    yield from (NIGHT - 3 * A_DAY + number * ((3 * A_DAY - 5 * LENGTH / 2) / due) for number in range(due))
    yield from (NIGHT + A_DAY + number * (9 * A_DAY / due) for number in range(due))


def _places(evening: Evening) -> Iterator[tuple[object, ...]]:
    """In the order of `PLACE`."""
    due = evening.due // PLACES
    over = evening.places // PLACES - 2 * due
    for number, starts_at in enumerate(_starts(evening)):
        made_at = starts_at - 5 * A_DAY if number < over + due else NIGHT - 4 * A_DAY
        for place in range(PLACES):
            member, status = _who(evening, number - over, place, is_due=over <= number < over + due)
            if number < over:
                status = _settled(number * PLACES + place, starts_at)
            is_punched = _type(member) is PassType.PUNCH_PASS
            yield (
                f"{clocktime.to_ms(made_at):012x}-{number:08d}-{place:02d}",
                evening.member(member),
                f"session-{number:08d}",
                f"pass-{member:08d}",
                status.value,
                is_punched and (status is S.PENDING or (status is S.CANCELLED and number >= over)),
                made_at,
                starts_at if status in (S.CHECKED_IN, S.ATTENDED) else None,
                status is S.CANCELLED,
            )


def _who(evening: Evening, session: int, place: int, *, is_due: bool) -> tuple[int, ReservationStatus]:
    """Three quarters of the members miss what is due, the others come or cancel late."""
    if not is_due:
        return (session * PLACES + place) * STRIDE % evening.members, S.PENDING
    careless = evening.members * 3 // 4
    if place < MISSED:
        return (session * MISSED + place) * STRIDE % careless, S.PENDING
    if place < CAME:
        return careless + (session * (CAME - MISSED) + place) * STRIDE % (evening.members // 4), S.CHECKED_IN
    return careless + 2 * ((session * (PLACES - CAME) + place) * STRIDE % (evening.members // 8)), S.CANCELLED


def _settled(number: int, starts_at: datetime) -> ReservationStatus:
    """Of the last month nothing counts as a strike, so that tonight's absences alone suspend."""
    if number % 25 < 2:
        return S.NO_SHOW if starts_at < NIGHT - 40 * A_DAY else S.ATTENDED
    return S.CANCELLED if number % 25 < 5 else S.ATTENDED
