"""Names and zones that items of every kind need: venues, kiosks, members. Read once an inbox, in one query each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.services.desk.rights import venues_of
from server.store.tables import DeviceRow, MemberRow

LOOKS_BACK = timedelta(days=90)
"""What nobody answered for so long is history: it stays in its own rows, and leaves the inbox."""
LATELY = timedelta(days=14)
"""For what somebody may want to follow up, and then no more."""
MOST = 200
"""Items of one kind; more than anybody reads."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A kiosk, as items name it."""

    id: str
    name: str
    venue_id: str
    heard_at: datetime
    promised_until: datetime
    waiting: int
    forked_at: datetime | None
    is_revoked: bool
    is_retired: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """One organization's kiosks and zones at a moment."""

    organization_id: str
    at: datetime
    zones: dict[str, str]
    doors: dict[str, Door]

    @property
    def first_zone(self) -> str:
        return next(iter(self.zones.values()), "UTC")

    def door_name(self, device_id: str | None) -> str:
        """Empty for no kiosk."""
        return self.doors[device_id].name if device_id in self.doors else ""

    def zone_of_door(self, device_id: str | None) -> str:
        door = self.doors.get(device_id or "")
        return self.zones.get(door.venue_id, self.first_zone) if door else self.first_zone


def house_of(organization_id: str, at: datetime) -> House:
    rows = DeviceRow.select().where(DeviceRow.organization == organization_id)
    return House(
        organization_id=organization_id,
        at=at,
        zones={venue.id: venue.zone for venue in venues_of(organization_id)},
        doors={row.id: _as_door(row) for row in rows.order_by(DeviceRow.name, DeviceRow.id)},
    )


def names_of(organization_id: str, member_ids: Collection[str]) -> dict[str, str]:
    """By id; those of others are left out."""
    if not member_ids:
        return {}
    rows = MemberRow.select(MemberRow.id, MemberRow.first_name, MemberRow.last_name).where(
        MemberRow.organization == organization_id, MemberRow.id.in_(sorted(member_ids))
    )
    return {id_: f"{first} {last}".strip() for id_, first, last in rows.tuples()}


def _as_door(row: DeviceRow) -> Door:
    return Door(
        id=row.id,
        name=row.name,
        venue_id=row.venue_id,
        heard_at=row.last_heard_at or row.paired_at,
        promised_until=row.nothing_unsent_before or row.paired_at,
        waiting=max(0, row.max_seq - row.have_upto),
        forked_at=row.forked_at,
        is_revoked=row.revoked_at is not None,
        is_retired=row.retired_at is not None,
    )
