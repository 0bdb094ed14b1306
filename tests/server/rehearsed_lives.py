"""Eleven days of a studio, drawn from a seed, lived with the real nights; and the same days lived again.

What the tests of the dry run share. Reservations, check-ins and excuses are written as their services write them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Event
from typing import Any

from peewee import Database, SqliteDatabase

from core.model import Method, ReservationStatus
from core.nights import CLOCKS
from core.outages import Span
from core.policy import Policy
from server.scheduler import TIMETABLE, NightWatch, moment_of
from server.services.door import history
from server.services.door.causes import Cause
from server.services.door.undoing import EXCUSED, excuse_no_show
from server.services.door.welcoming import Welcome, welcome
from server.services.fleet.policies import change_policy
from server.services.night.amnesty import declare_outage
from server.services.people.rights import the_house
from server.services.reserving.cancel import cancel
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import (
    TABLES,
    AttemptRow,
    ClassTypeRow,
    DeviceRow,
    MemberRow,
    NoShowRow,
    OrganizationRow,
    OutageRow,
    PassRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    RoomRow,
    Row,
    SessionRow,
    StaffRow,
    SuspensionRow,
    VenueRow,
    VisitRow,
)
from tests.server.studio import HOUSE, Studio, open_studio

S = ReservationStatus
NOON = datetime(2026, 10, 18, 10, 0, tzinfo=UTC)
"""When it begins. In these days the clocks go back."""
DAYS = 11
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
THE_END = NOON + DAYS * DAY
CAME = (S.CHECKED_IN.value, S.ATTENDED.value)
BASE: tuple[type[Row], ...] = (
    OrganizationRow, VenueRow, RoomRow, ClassTypeRow, StaffRow, MemberRow, PassRow, DeviceRow, SessionRow, PunchRow
)  # fmt: skip


@dataclass(kw_only=True)
class Happening:
    """Something at an instant. Sorted by when; whatever comes first is done before a night of the same moment."""

    at: datetime
    what: str
    of: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Life:
    """The studio, what happens in it, and how far kiosks had told before each night, by how many hours they lag."""

    organization: str
    lags: dict[tuple[str, str], int]
    happenings: list[Happening] = field(default_factory=list)

    def live(self, *, excuses_at_once: frozenset[str] = frozenset()) -> None:
        """Everything in its order, and each step of each night when its turn is."""
        left = sorted(self.happenings, key=lambda one: one.at)
        for moment in self._moments():
            while left and left[0].at <= moment:
                self._do(left.pop(0))
            self._kiosks_tell(moment)
            NightWatch(lambda moment=moment: moment, Event(), "life").beat()  # type: ignore[misc]
            for reservation in excuses_at_once:
                self._excuse({"reservation": reservation}, moment)

    def _moments(self) -> list[datetime]:
        with reading():
            zones = {row.zone for row in VenueRow.select()}
        days = [(NOON + day * DAY).date() for day in range(DAYS + 1)]
        found = {moment_of(job, day, zone) for job in TIMETABLE[: len(CLOCKS)] for day in days for zone in zones}
        return sorted(moment for moment in found if NOON < moment <= THE_END)

    def _kiosks_tell(self, moment: datetime) -> None:
        with writing():
            for device in DeviceRow.select():
                lag = self.lags.get((device.venue_id, moment.date().isoformat()), 0)
                told = {DeviceRow.nothing_unsent_before: moment - lag * HOUR}
                DeviceRow.update(told).where(DeviceRow.id == device.id).execute()

    def _do(self, one: Happening) -> None:
        match one.what:
            case "reserve":
                self._reserve(one.of, one.at)
            case "give up":
                self._give_up(one.of, one.at)
            case "come":
                self._come(one.of, one.at)
            case "excuse":
                self._excuse(one.of, one.at)
            case "outage":
                span = Span(from_at=one.of["from_at"], until_at=one.of["until_at"])
                declare_outage(self.organization, one.of["venue"], span, "no power", self._house, one.at)
            case "policy":
                change_policy(self.organization, one.of["policy"], self._house, one.at)

    @property
    def _house(self) -> Any:
        return the_house(self.organization)

    def _reserve(self, of: dict[str, Any], at: datetime) -> None:
        with writing():
            taken = (ReservationRow.member == of["member"]) & (ReservationRow.session == of["session"])
            if ReservationRow.select().where(taken).exists():
                return
            row = ReservationRow.create(
                id=of["id"],
                organization=self.organization,
                member=of["member"],
                session=of["session"],
                pass_=of["pass_"],
                status=S.PENDING.value,
                made_at=at,
            )
            history.begin(row, "CREATED", at, HOUSE)

    def _give_up(self, of: dict[str, Any], at: datetime) -> None:
        with reading():
            row = ReservationRow.get_or_none(ReservationRow.id == of["reservation"])
        if row is not None and row.status == S.PENDING.value:
            cancel(self.organization, row.id, self._house, at)

    def _come(self, of: dict[str, Any], at: datetime) -> None:
        """`of["at"]`: when they really came, if that is told only now."""
        came_at, reservation = of.get("at", at), of.get("reservation")
        with writing():
            row = ReservationRow.get_or_none(ReservationRow.id == reservation) if reservation else None
            if reservation and (row is None or row.status == S.CANCELLED.value):
                return
            attempt = AttemptRow.create(
                id=new_id(at),
                organization=self.organization,
                venue=SessionRow.get_by_id(of["session"]).venue_id,
                kind="SELF",
                member=of["member"],
                session=of["session"],
                state="LOCAL",
                outcome="WELCOME",
                record="{}",
                happened_at=came_at,
                received_at=at,
            )
            word = Welcome(
                organization_id=self.organization,
                attempt_id=attempt.id,
                visit_key=f"R:{reservation}" if reservation else f"W:{of['member']}:{of['session']}",
                member_id=of["member"],
                session_id=of["session"],
                reservation_id=reservation,
                pass_id=of["pass_"],
                method=Method.SELF,
            )
            welcome(word, came_at, HOUSE, noted_at=at)

    def _excuse(self, of: dict[str, Any], at: datetime) -> None:
        with writing():
            standing = NoShowRow.get_or_none(
                (NoShowRow.reservation == of["reservation"])
                & NoShowRow.reversed_at.is_null()
                & (NoShowRow.amnesty_because == "")
            )
            if standing is not None:
                excuse_no_show(standing, at, Cause(by=Method.STAFF, because="was ill"), action=EXCUSED)


def a_life(seed: int, policy: Policy, other: Policy) -> Life:
    """Two venues in two zones, five members, a session a day at each; the policy changes half way."""
    dice = Random(seed)
    studio = open_studio()
    with writing():
        OrganizationRow.update({OrganizationRow.created_at: NOON}).execute()
    venues = [studio.venue, _venue_in_lisbon(studio)]
    people = [studio.member(name) for name in ("Alice", "Bob", "Cara", "Dan", "Eve")]
    passes = {
        person: studio.punch_pass(person, 40) if number % 2 else studio.unlimited(person)
        for number, person in enumerate(people)
    }
    for venue in venues:
        _kiosk(studio, venue)
    life = Life(organization=studio.organization, lags=_lags(venues, dice))
    life.happenings.append(Happening(at=NOON, what="policy", of={"policy": policy}))
    life.happenings.append(Happening(at=NOON + DAYS // 2 * DAY, what="policy", of={"policy": other}))
    for day in range(DAYS + 6):
        for venue in venues:
            starts_at = NOON + day * DAY + timedelta(hours=6)
            session = _session(studio, venue, starts_at, dice.choice((studio.wheel, studio.glazing)))
            for person in people:
                life.happenings += _visit_of(person, passes[person], session, starts_at, dice)
    for _ in range(2):
        from_at = NOON + dice.randrange(DAYS) * DAY + timedelta(hours=dice.choice((1, 5, 7, 9)))
        span = {"venue": dice.choice(venues), "from_at": from_at, "until_at": from_at + HOUR}
        life.happenings.append(Happening(at=from_at + dice.choice((2, 40)) * HOUR, what="outage", of=span))
    life.happenings = [one for one in life.happenings if NOON <= one.at <= THE_END]
    return life


def _visit_of(person: str, pass_: str, session: str, starts_at: datetime, dice: Random) -> Iterable[Happening]:
    """What one member has to do with one session: mostly nothing."""
    who = {"member": person, "session": session, "pass_": pass_}
    if dice.random() < 0.06:
        yield Happening(at=starts_at, what="come", of=who)
        return
    if dice.random() > 0.6:
        return
    made_at = max(NOON, starts_at - dice.choice((2, 30, 90, 200)) * HOUR)
    id_ = new_id(made_at)
    yield Happening(at=made_at, what="reserve", of={**who, "id": id_})
    match dice.choice(("come", "come", "miss", "miss", "miss", "give up", "told late", "ill")):
        case "come":
            yield Happening(at=starts_at, what="come", of={**who, "reservation": id_})
        case "told late":
            late = {**who, "reservation": id_, "at": starts_at}
            yield Happening(at=starts_at + dice.choice((20, 60)) * HOUR, what="come", of=late)
        case "give up":
            yield Happening(at=starts_at - HOUR, what="give up", of={"reservation": id_})
        case "ill":
            yield Happening(at=starts_at + dice.choice((15, 50)) * HOUR, what="excuse", of={"reservation": id_})


@dataclass(kw_only=True)
class Remembered:
    """What is known of a life once it was lived: rows to begin with, and what people did, as it turned out."""

    base: list[tuple[type[Row], list[dict[str, Any]]]]
    happenings: list[Happening]
    excused: frozenset[str]


def remembered() -> Remembered:
    excused: set[str] = set()
    with reading():
        base = [(table, list(table.select().dicts())) for table in BASE]
        happenings = list(_as_it_turned_out(excused))
    return Remembered(base=base, happenings=happenings, excused=frozenset(excused))


def lived_again(database: Database, life: Life, known: Remembered, candidate: Policy) -> None:
    """The same data in an empty database, known as it is known today, with other numbers from the beginning."""
    again = Life(organization=life.organization, lags=life.lags, happenings=list(known.happenings))
    again.happenings.append(Happening(at=NOON, what="policy", of={"policy": candidate}))
    empty(database)
    with writing():
        for table, all_rows in known.base:
            rows = [row for row in all_rows if table is not PunchRow or row["kind"] == "GRANT"]
            if rows:
                table.insert_many(rows).execute()
    again.happenings.sort(key=lambda one: (one.at, one.what != "policy", one.what != "reserve"))
    again.live(excuses_at_once=known.excused)


def _as_it_turned_out(excused: set[str]) -> Iterable[Happening]:
    by_staff = {row.reservation_id for row in ReservationHistoryRow.select() if row.action == EXCUSED}
    standing = {row.reservation_id for row in NoShowRow.select() if row.amnesty_because and row.reversed_at is None}
    excused |= by_staff & standing
    for row in ReservationRow.select():
        who = {"member": row.member_id, "session": row.session_id, "pass_": row.pass_id}
        yield Happening(at=row.made_at, what="reserve", of={**who, "id": row.id})
        if row.status in (S.CANCELLED.value, S.AUTO_CANCELLED.value):
            yield Happening(at=row.cancelled_at, what="give up", of={"reservation": row.id})
        if row.status in CAME:
            yield Happening(at=row.checked_in_at, what="come", of={**who, "reservation": row.id})
    for visit in VisitRow.select().where(VisitRow.is_live, VisitRow.reservation.is_null()):
        who = {"member": visit.member_id, "session": visit.session_id, "pass_": visit.pass_id}
        yield Happening(at=visit.first_at, what="come", of=who)
    for outage in OutageRow.select():
        span = {"venue": outage.venue_id, "from_at": outage.began_at, "until_at": outage.ended_at}
        yield Happening(at=outage.began_at, what="outage", of=span)


def empty(database: Database) -> None:
    """Of every row but the migrations'."""
    names = [table._meta.table_name for table in TABLES]
    with database.connection_context():
        if isinstance(database, SqliteDatabase):
            database.pragma("foreign_keys", 0)
            for name in names:
                database.execute_sql(f"DELETE FROM {name}")
            database.pragma("foreign_keys", 1)
        else:
            database.execute_sql(f"TRUNCATE {', '.join(names)}")


def made_by_nights() -> dict[str, tuple[object, ...]]:
    """By member: (missed, counted, punches, places, suspensions), in ids and instants, as the rows say."""
    with reading():
        missed = list(NoShowRow.select().where(NoShowRow.reversed_at.is_null()))
        lost = {
            row.reservation_id
            for row in ReservationHistoryRow.select()
            if row.action in ("AUTO_CANCELLED", "SUSPENDED") and row.by == Method.AUTO.value
        }
        owner = {row.id: row.member_id for row in ReservationRow.select()}
        strikes = {row.id: row.reservation_id for row in missed}
        suspended = list(SuspensionRow.select().order_by(SuspensionRow.made_at, SuspensionRow.id))
        found: dict[str, tuple[object, ...]] = {}
        for member in (row.id for row in MemberRow.select()):
            own = [row for row in missed if row.member_id == member]
            costs = [row for row in own if not row.amnesty_because]
            found[member] = (
                {row.reservation_id for row in own},
                {row.reservation_id for row in costs if row.is_counted},
                {row.reservation_id for row in costs if row.took_punch},
                {id_ for id_ in lost if owner[id_] == member},
                [
                    (row.starts_at, min(row.ends_at, row.lifted_at or row.ends_at), strikes[row.no_show_id])
                    for row in suspended
                    if row.member_id == member
                ],
            )
        return found


def _venue_in_lisbon(studio: Studio) -> str:
    id_ = studio.another_venue()
    with writing():
        VenueRow.update({VenueRow.zone: "Europe/Lisbon"}).where(VenueRow.id == id_).execute()
    return id_


def _kiosk(studio: Studio, venue: str) -> None:
    id_ = studio.kiosk(f"At {venue}")
    with writing():
        DeviceRow.update({DeviceRow.venue: venue}).where(DeviceRow.id == id_).execute()


def _session(studio: Studio, venue: str, starts_at: datetime, class_type: str) -> str:
    id_ = studio.session(starts_at, class_type=class_type, capacity=50)
    with writing():
        SessionRow.update({SessionRow.venue: venue}).where(SessionRow.id == id_).execute()
    return id_


def _lags(venues: list[str], dice: Random) -> dict[tuple[str, str], int]:
    """Most nights nobody waits; now and then a kiosk is silent for a day or two."""
    days = [(NOON + day * DAY).date().isoformat() for day in range(DAYS + 1)]
    return {(venue, day): lag for venue in venues for day in days if (lag := dice.choice((0, 0, 0, 0, 10, 30, 60))) > 0}
