"""Rows of places ahead: the session is found by its start on the venue's wall and its title, the place is reserved as
any other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property

from core import clocktime
from core.decisions import Refused
from core.import_values import Record
from core.importing import Kind
from server.services.importing.ahead import PlacesImagined
from server.services.importing.deciding import Decided, Doing
from server.services.importing.known import Known, row_hash, their_key
from server.services.importing.values import Remark, Unclear, Verdict
from server.services.reserving.reserve import Wish, reserve
from server.store.tables import ClassTypeRow, SessionRow, VenueRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Venue:
    id: str
    name: str
    zone: str


class ReservationsImport:
    """See `deciding.Importer`. A place that was taken over is never changed by a file again."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing
        self._known = Known(doing.organization_id, doing.source, Kind.RESERVATIONS)
        self._imagined = PlacesImagined(doing.organization_id, doing.at)

    def key_of(self, record: Record) -> str:
        who = record.text("member_id") or record.text("member_email") or record.text("member_number")
        return their_key(record, who, record.text("title"), _when(record), record.text("venue"))

    def look_up(self, keyed: Iterable[tuple[str, Record]], *, locked: bool) -> None:
        # Reserving locks the member itself, and before the session.
        keyed = list(keyed)
        self._known.look_up((key for key, _ in keyed), (record for _, record in keyed), locked=False)

    def decide(self, record: Record, key: str) -> Decided:
        link = self._known.links.get(key)
        if link is not None:
            if link.row_hash != row_hash(record):
                raise Unclear("reservation_changed")
            return Decided(verdict=Verdict.SAME, key=key, called=record.text("title"), writes=False)
        person = self._known.whose(record)
        self._session_of(record)
        return Decided(verdict=Verdict.NEW, key=key, called=f"{person.name}: {record.text('title')}")

    def imagine(self, record: Record, decided: Decided) -> Remark | None:
        refused = self._imagined.reserve(self._known.whose(record).id, self._session_of(record))
        if refused is not None:
            return Remark(refused=refused.reason)
        self._known.note_link(decided.key, f"row {record.row}", record)
        return None

    def apply(self, record: Record, decided: Decided) -> Remark | None:
        doing = self._doing
        wish = Wish(session_id=self._session_of(record), member_id=self._known.whose(record).id)
        outcome = reserve(doing.organization_id, wish, doing.house, doing.at)
        if isinstance(outcome, Refused):
            return Remark(refused=outcome.reason)
        self._known.note_link(decided.key, outcome.place.id, record)
        self._known.keep_link(decided.key, doing.by.staff_id, doing.at)
        return None

    def _session_of(self, record: Record) -> str:
        """Raises `Unclear` for one that is not there, is over, or is two."""
        when, title = _when(record), record.text("title")
        if when is None or not title:
            raise Unclear("session_not_said")
        shown = f"{when:%Y-%m-%d %H:%M}"
        starts = {venue.id: _instant(when, venue) for venue in self._venues_of(record)}
        if all(instant <= self._doing.at for instant in starts.values()):
            raise Unclear("in_the_past", when=shown)
        found = [row for venue_id, instant in starts.items() for row in self._sessions(venue_id, instant, title)]
        found = [row for row in found if row.cancelled_at is None] or found
        if not found:
            raise Unclear("session_unknown", title=title, when=shown)
        if len(found) > 1:
            raise Unclear("session_twice", title=title, when=shown)
        return str(found[0].id)

    def _sessions(self, venue_id: str, starts_at: datetime, title: str) -> list[SessionRow]:
        query = SessionRow.select(SessionRow, ClassTypeRow.name.alias("taught")).join(ClassTypeRow)
        query = query.where(
            SessionRow.organization == self._doing.organization_id,
            SessionRow.venue == venue_id,
            SessionRow.starts_at == starts_at,
        )
        wanted = title.casefold()
        return [row for row in query.objects() if wanted in (row.title.casefold(), row.taught.casefold())]

    def _venues_of(self, record: Record) -> list[Venue]:
        """The one the row names, or all."""
        name = record.text("venue")
        found = [venue for venue in self._venues if name.casefold() in ("", venue.name.casefold())]
        if not found:
            raise Unclear("venue_unknown", name=name)
        return found

    @cached_property
    def _venues(self) -> tuple[Venue, ...]:
        rows = VenueRow.select().where(VenueRow.organization == self._doing.organization_id).order_by(VenueRow.id)
        return tuple(Venue(id=row.id, name=row.name, zone=row.zone) for row in rows)


def _when(record: Record) -> datetime | None:
    """As the file says it: in one cell, or a day and a time. Without a zone, a wall clock's."""
    whole = record.values.get("starts_at")
    if isinstance(whole, datetime):
        return whole
    day, clock = record.day("day"), record.values.get("clock")
    return datetime.combine(day, clock) if day and isinstance(clock, time) else None


def _instant(when: datetime, venue: Venue) -> datetime:
    if when.tzinfo is not None:
        return when.astimezone(UTC)
    return clocktime.at_wall_clock(when.date(), when.time(), clocktime.zone_named(venue.zone))
