"""When kiosks could not serve: kept as they tell it, or as staff declare it for one that can tell nothing any more."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from peewee import fn

from core import clocktime
from core.errors import Invalid
from core.model import Method
from core.outages import OutageWhy, OutOfOrder, Span
from core.protocol import Hello, Outage
from server.services.door.causes import Cause
from server.services.door.kiosks import KnownKiosk
from server.services.door.time_told import BatchClock, instant_of
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, writing
from server.store.ids import new_id
from server.store.tables import DeviceRow, OutageRow, VenueRow

MOST = 50
"""In one hello. What is beyond is told again with the next."""
LONGEST_WORD = 40
LONGEST_DECLARED = timedelta(days=31)
WORDS: Mapping[str, str] = MappingProxyType(
    {
        OutageWhy.CAMERA: "had no camera",
        OutageWhy.DISK: "could not write to its disk",
        OutageWhy.CLOCK: "did not know the time",
        OutageWhy.NO_MEMBER_LIST: "had no member list",
        OutageWhy.NOT_RUNNING: "was not running",
        OutageWhy.TURNED_OFF: "was turned off",
        OutageWhy.BY_STAFF: "was put out of order by staff",
    }
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownOutage:
    """An outage as far as it is known: one that lasts is known until its kiosk last told of it, at `told_until_at`.

    `outage` is the part of it in which the kiosk was in use; `cause` is for the histories of those whom it excuses.
    """

    id: str
    outage: OutOfOrder
    told_until_at: datetime
    cause: Cause


def keep_outages(kiosk: KnownKiosk, hello: Hello, at: datetime) -> tuple[str, ...]:
    """Store what a kiosk tells; the ids of what is held now. Telling again changes nothing."""
    if not hello.outages:
        return ()
    clock = BatchClock(boot=hello.boot, t_mono=hello.t_mono, at=at)
    understood = [told for told in hello.outages[:MOST] if _is_understood(kiosk, told)]
    with writing():
        lock_venue(kiosk.venue_id)
        for told in understood:
            _keep(kiosk, told, clock)
    return tuple(told.id for told in understood)


def keep_declared(organization_id: str, venue_id: str, span: Span, because: str, by: Asker, at: datetime) -> str:
    """Staff's word that the venue's kiosks could not serve; its id. Raises `Invalid`, `NotFound`, `Forbidden`."""
    why = words.required("because", because)
    words.span(span.from_at, span.until_at)
    if span.until_at - span.from_at > LONGEST_DECLARED:
        given, day = span.until_at - span.from_at, timedelta(days=1)
        raise Invalid("field.out_of_range", field="days", given=given // day, least=0, most=LONGEST_DECLARED // day)
    with writing():
        require(organization_id, by, Right.PLAN)
        ours(VenueRow, organization_id, venue_id, "venue")
        lock_venue(venue_id)
        row = OutageRow.create(
            id=new_id(at),
            organization=organization_id,
            venue=venue_id,
            why=OutageWhy.DECLARED.value,
            because=why,
            staff=by.staff_id,
            began_at=span.from_at,
            ended_at=span.until_at,
            told_at=at,
            noted_at=at,
        )
        return str(row.id)


def lock_venue(venue_id: str) -> None:
    """Who judges a venue's absences and who says that its kiosks could not serve wait for each other."""
    for_update(VenueRow.select().where(VenueRow.id == venue_id)).get()


def outages_within(venue_id: str, span: Span) -> list[KnownOutage]:
    """Those of the venue that touch the span, the earliest first."""
    rows = (
        OutageRow.select()
        .where(
            OutageRow.venue == venue_id,
            OutageRow.began_at < span.until_at,
            fn.COALESCE(OutageRow.ended_at, OutageRow.told_at) > clocktime.to_ms(span.from_at),
        )
        .order_by(OutageRow.began_at, OutageRow.id)
    )
    return _known(rows)


def unsettled_outages(venue_id: str) -> list[KnownOutage]:
    """Those after which it was not looked yet whom the night had judged without knowing of them."""
    is_unsettled = (OutageRow.venue == venue_id) & OutageRow.settled_at.is_null()
    return _known(OutageRow.select().where(is_unsettled).order_by(OutageRow.began_at, OutageRow.id))


def note_settled(known: KnownOutage, at: datetime) -> None:
    """Whoever had to be excused is. It stays unsettled if more of it was told meanwhile."""
    is_as_seen = fn.COALESCE(OutageRow.ended_at, OutageRow.told_at) <= clocktime.to_ms(known.told_until_at)
    OutageRow.update({OutageRow.settled_at: at}).where(OutageRow.id == known.id, is_as_seen).execute()


def _is_understood(kiosk: KnownKiosk, told: Outage) -> bool:
    if 0 < len(told.id) <= LONGEST_WORD and 0 < len(told.why) <= LONGEST_WORD:
        return True
    log.warning("an outage of kiosk %s has an id or a reason that no kiosk gives", kiosk.id)
    return False


def _keep(kiosk: KnownKiosk, told: Outage, clock: BatchClock) -> None:
    began_at = instant_of(told.began, clock)
    ended_at = max(began_at, instant_of(told.ended, clock)) if told.ended is not None else None
    row = OutageRow.get_or_none((OutageRow.device == kiosk.id) & (OutageRow.told_as == told.id))
    if row is None:
        OutageRow.create(
            id=new_id(clock.at),
            organization=kiosk.organization_id,
            venue=kiosk.venue_id,
            device=kiosk.id,
            told_as=told.id,
            why=told.why,
            began_at=began_at,
            ended_at=ended_at,
            told_at=clock.at,
            noted_at=clock.at,
        )
    elif row.ended_at is None:
        row.ended_at = max(row.began_at, ended_at) if ended_at is not None else None
        row.told_at, row.settled_at = max(row.told_at, clock.at), None
        row.save()


def _known(rows: Iterable[OutageRow]) -> list[KnownOutage]:
    found = list(rows)
    devices = {row.id: row for row in DeviceRow.select().where(DeviceRow.id.in_({row.device_id for row in found}))}
    venues = {row.id: row for row in VenueRow.select().where(VenueRow.id.in_({row.venue_id for row in found}))}
    return [_as_known(row, devices.get(row.device_id), venues[row.venue_id]) for row in found]


def _as_known(row: OutageRow, device: DeviceRow | None, venue: VenueRow) -> KnownOutage:
    """A kiosk that was not in use yet, or not any more, was not missed."""
    told_until_at = row.ended_at or row.told_at
    span = Span(from_at=row.began_at, until_at=told_until_at)
    if device is None:
        said = f"no penalty: {row.because}"
        cause = Cause(by=Method.STAFF if row.staff_id else Method.AUTO, staff_id=row.staff_id, because=said)
    else:
        ends = [end for end in (told_until_at, device.retired_at, device.revoked_at) if end is not None]
        span = Span(from_at=max(row.began_at, device.paired_at), until_at=min(ends))
        zone = clocktime.zone_named(venue.zone)
        since, until = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (span.from_at, span.until_at))
        what = WORDS.get(row.why, f"was out of order ({row.why})")
        cause = Cause(by=Method.AUTO, because=f"no penalty: kiosk {device.name} {what} from {since} to {until}")
    return KnownOutage(
        id=row.id, outage=OutOfOrder(why=row.why, span=span), told_until_at=told_until_at, cause=cause
    )  # fmt: skip
