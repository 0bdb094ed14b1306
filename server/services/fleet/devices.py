"""Kiosks as the server knows them: paired once by a code, known by a token of which only the hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.cards import ALPHABET
from core.errors import Conflict, NotFound, Unauthenticated
from core.protocol import Pair, Paired
from server.services.door.kiosks import KnownKiosk, as_known
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, reading, writing
from server.store.ids import hash_of, new_id
from server.store.tables import DeviceRow, OrganizationRow, PairingCodeRow, VenueRow

CODE_LENGTH = 8
CODE_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPairing:
    """For a demo on one machine: kiosks of this venue pair without a code. Never for a studio."""

    venue_id: str


def open_pairing(organization_id: str, venue_id: str, by: Asker, at: datetime) -> str:
    """A code of 8 characters, good once and for 10 minutes. Raises `NotFound`, `Forbidden`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with writing():
        require(organization_id, by, Right.PLAN)
        ours(VenueRow, organization_id, venue_id, "venue")
        PairingCodeRow.create(
            id=hash_of(code),
            organization=organization_id,
            venue=venue_id,
            made_by=by.staff_id,
            made_at=at,
            expires_at=at + CODE_LASTS,
        )
    return code


def pair(asked: Pair, at: datetime) -> Paired:
    """A new device's identity. Raises `Conflict` for a code that is wrong, used or too old: one answer for all."""
    code = asked.code.strip().upper().replace("-", "").replace(" ", "")
    if len(code) != CODE_LENGTH:
        raise Conflict("pairing.code_not_valid")
    with writing():
        row = for_update(PairingCodeRow.select().where(PairingCodeRow.id == hash_of(code))).first()
        if row is None or row.used_at is not None or at >= row.expires_at:
            raise Conflict("pairing.code_not_valid")
        paired = _new_device(row.organization_id, row.venue_id, asked.name, at)
        row.used_at, row.device = at, paired.device_id
        row.save()
        return paired


def pair_openly(opening: OpenPairing, asked: Pair, at: datetime) -> Paired:
    """For the demo: no code. Raises `NotFound`."""
    with writing():
        venue = VenueRow.get_or_none(VenueRow.id == opening.venue_id)
        if venue is None:
            raise NotFound("venue.not_found", id=opening.venue_id)
        return _new_device(venue.organization_id, venue.id, asked.name, at)


def kiosk_of_token(token: str) -> KnownKiosk:
    """Who asks or tells. Raises `Unauthenticated` for a token that is unknown or was revoked."""
    with reading():
        row = DeviceRow.get_or_none(DeviceRow.token_hash == hash_of(token))
    if row is None:
        raise Unauthenticated("device.unknown")
    if row.revoked_at is not None:
        raise Unauthenticated("device.revoked")
    return as_known(row)


def revoke_device(organization_id: str, device_id: str, by: Asker, at: datetime) -> None:
    """It asks and tells no more, and wipes its member list when it hears of it. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.PLAN)
        ours(DeviceRow, organization_id, device_id, "device")
        DeviceRow.update({DeviceRow.revoked_at: at}).where(
            DeviceRow.id == device_id, DeviceRow.revoked_at.is_null()
        ).execute()


def _new_device(organization_id: str, venue_id: str, name: str, at: datetime) -> Paired:
    token = secrets.token_urlsafe(32)
    device_id = new_id(at)
    venue = VenueRow.get_by_id(venue_id)
    DeviceRow.create(
        id=device_id,
        organization=organization_id,
        venue=venue_id,
        name=(name.strip() or "Kiosk")[:80],
        token_hash=hash_of(token),
        paired_at=at,
        nothing_unsent_before=at,
    )
    return Paired(
        device_id=device_id,
        token=token,
        venue_id=venue_id,
        organization_name=OrganizationRow.get_by_id(organization_id).name,
        venue_name=venue.name,
    )
