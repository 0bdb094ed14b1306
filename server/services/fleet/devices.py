"""Kiosks as the server knows them: by a token of which only the hash is kept, until staff revoke or retire them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.errors import Unauthenticated
from server.services.door.changes import VENUE, touch
from server.services.door.kiosks import KnownKiosk, as_known
from server.services.fleet.confirming import refuse_unconfirmed
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import reading, writing
from server.store.ids import hash_of
from server.store.tables import DeviceRow
from server.store.written import given, written


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """A kiosk for staff's list. `waiting`: how many attempts it had written and not told when it was last heard.

    `health` is what it says of itself, and `clock_offset_ms`, by which its clock is ahead of ours.
    """

    id: str
    name: str
    venue_id: str
    paired_at: datetime
    last_heard_at: datetime | None
    nothing_unsent_before: datetime | None
    waiting: int
    health: Mapping[str, str]
    is_revoked: bool
    is_retired: bool
    is_forked: bool
    forked_at: datetime | None
    revoked_at: datetime | None
    retired_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """Whoever tells: a kiosk, or one that was revoked and may only hand in what it still holds."""

    kiosk: KnownKiosk
    is_revoked: bool


def kiosk_of_token(token: str, at: datetime) -> KnownKiosk:
    """Who asks or fetches. Raises `Unauthenticated` for a token that is unknown or was revoked."""
    teller = teller_of_token(token, at)
    if teller.is_revoked:
        raise Unauthenticated("device.revoked")
    return teller.kiosk


def teller_of_token(token: str, at: datetime) -> Teller:
    """Who tells. Raises `Unauthenticated` for a token that is unknown, or that staff have still to confirm."""
    with reading():
        row = _device.first(token=hash_of(token))
        if row is None:
            refuse_unconfirmed(hash_of(token), at)
            raise Unauthenticated("device.unknown")
    return Teller(kiosk=as_known(row), is_revoked=row.revoked_at is not None)


@written
def _device() -> Any:
    return DeviceRow.select().where(DeviceRow.token_hash == given("token"))


def devices_of(organization_id: str, by: Asker) -> tuple[Device, ...]:
    """All there ever were, by name. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        rows = DeviceRow.select().where(DeviceRow.organization == organization_id)
        return tuple(_as_device(row) for row in rows.order_by(DeviceRow.name, DeviceRow.id))


def revoke_device(organization_id: str, device_id: str, by: Asker, at: datetime) -> None:
    """It asks no more, and forgets everybody when it hears of it. Raises `NotFound`, `Forbidden`.

    What it still tells is kept for staff to look at, and changes nothing by itself.
    """
    with writing():
        require(organization_id, by, Right.PLAN)
        row = ours(DeviceRow, organization_id, device_id, "device")
        DeviceRow.update({DeviceRow.revoked_at: at}).where(
            DeviceRow.id == device_id, DeviceRow.revoked_at.is_null()
        ).execute()
        touch(organization_id, VENUE, row.venue_id)


def retire_device(organization_id: str, device_id: str, by: Asker, at: datetime) -> None:
    """The night waits for it no more. What it tells after all still counts. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.PLAN)
        row = ours(DeviceRow, organization_id, device_id, "device")
        DeviceRow.update({DeviceRow.retired_at: at, DeviceRow.retired_by: by.staff_id}).where(
            DeviceRow.id == device_id, DeviceRow.retired_at.is_null()
        ).execute()
        touch(organization_id, VENUE, row.venue_id)


def _as_device(row: DeviceRow) -> Device:
    return Device(
        id=row.id,
        name=row.name,
        venue_id=row.venue_id,
        paired_at=row.paired_at,
        last_heard_at=row.last_heard_at,
        nothing_unsent_before=row.nothing_unsent_before,
        waiting=max(0, row.max_seq - row.have_upto),
        health=json.loads(row.health),
        is_revoked=row.revoked_at is not None,
        is_retired=row.retired_at is not None,
        is_forked=row.forked_at is not None,
        forked_at=row.forked_at,
        revoked_at=row.revoked_at,
        retired_at=row.retired_at,
    )
